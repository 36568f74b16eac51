/* cm-filter-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-filter-settings.h"

#include "model/cm-enum-types.h"

static const char * const filter_keys[] = {
  "filter-attention", "filter-kinds", "filter-source", "filter-phase",
};

static int
get_phase (GSettings *settings)
{
  g_autofree char *nick = g_settings_get_string (settings, "filter-phase");
  g_autoptr (GEnumClass) phases = g_type_class_ref (CM_TYPE_PHASE);
  GEnumValue *value = g_enum_get_value_by_nick (phases, nick);

  return value != NULL ? value->value : CM_PHASE_ANY;
}

static void
read_filter (GSettings    *settings,
             CmCallFilter *filter)
{
  *filter = (CmCallFilter) {
    .attention = g_settings_get_boolean (settings, "filter-attention"),
    .kinds = (CmCallKinds) g_settings_get_enum (settings, "filter-kinds"),
    .source = g_settings_get_string (settings, "filter-source"),
    .phase = get_phase (settings),
  };

  if (*filter->source == '\0')
    g_clear_pointer (&filter->source, g_free);
}

static void
changed_cb (CmCallOrder *order,
            const char  *key,
            GSettings   *settings)
{
  g_auto (CmCallFilter) filter = CM_CALL_FILTER_NONE;

  if (g_str_equal (key, "sort"))
    {
      cm_call_order_set_sort (order, (CmCallSort) g_settings_get_enum (settings, key));
    }
  else if (g_str_has_prefix (key, "filter-"))
    {
      read_filter (settings, &filter);
      cm_call_order_set_filter (order, &filter);
    }
}

/**
 * cm_filter_settings_bind:
 * @settings: the user's settings
 * @order: what follows them, as long as both are there
 */
void
cm_filter_settings_bind (GSettings   *settings,
                         CmCallOrder *order)
{
  g_signal_connect_object (settings, "changed", G_CALLBACK (changed_cb), order, G_CONNECT_SWAPPED);
  changed_cb (order, "filter-attention", settings);
  changed_cb (order, "sort", settings);
}

/* Lets everything through again. */
void
cm_filter_settings_reset (GSettings *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_keys); i++)
    g_settings_reset (settings, filter_keys[i]);
}

/* Returns: whether everything is let through */
gboolean
cm_filter_settings_is_none (GSettings *settings)
{
  g_auto (CmCallFilter) filter = CM_CALL_FILTER_NONE;

  read_filter (settings, &filter);

  return cm_call_filter_is_none (&filter);
}

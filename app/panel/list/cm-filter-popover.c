/* cm-filter-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-filter-popover.h"

#include <glib/gi18n.h>

#include "model/cm-enum-types.h"
#include "model/cm-words.h"
#include "panel/cm-choice.h"
#include "panel/cm-settings.h"
#include "panel/list/cm-filter-settings.h"

struct _CmFilterPopover
{
  GtkPopover parent_instance;

  CmSession *session;
  GSettings *settings;
  GPtrArray *sources;
  gboolean   filling;

  GtkCheckButton *attention;
  GtkDropDown    *kinds;
  GtkDropDown    *source;
  GtkDropDown    *phase;
  GtkDropDown    *sort;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmFilterPopover, cm_filter_popover, GTK_TYPE_POPOVER)

static GParamSpec *properties[N_PROPS];

/* The phases that are worth looking for, in the order of the choice. */
static const CmPhase phases[] = {
  CM_PHASE_RINGING, CM_PHASE_ESCALATING, CM_PHASE_LOBBY,  CM_PHASE_IN_CALL,
  CM_PHASE_IN_CONFERENCE, CM_PHASE_ON_HOLD, CM_PHASE_LEFT, CM_PHASE_FAILED,
};

static const char *
get_nick (CmPhase phase)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CM_TYPE_PHASE);

  return g_enum_get_value (klass, phase)->value_nick;
}

static void
fill_phases (CmFilterPopover *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All states"));
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    gtk_string_list_append (names, cm_words_get_phase (phases[i], CM_KIND_CALL,
                                                       CM_LEG_DIRECTION_NONE));
  gtk_drop_down_set_model (self->phase, G_LIST_MODEL (names));
}

static void
add_sources (CmFilterPopover  *self,
             const CmDocument *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (leg->source != NULL &&
          !g_ptr_array_find_with_equal_func (self->sources, leg->source, g_str_equal, NULL))
        g_ptr_array_add (self->sources, g_strdup (leg->source));
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* Those that report now, and the chosen one even when it does not. */
static void
fill_sources (CmFilterPopover *self)
{
  CmWatch *watch = self->session != NULL ? cm_session_get_watch (self->session) : NULL;
  GListModel *list = watch != NULL ? G_LIST_MODEL (cm_watch_get_conversations (watch)) : NULL;
  g_autofree char *chosen = g_settings_get_string (self->settings, "filter-source");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->sources, 0);
  if (*chosen != '\0')
    g_ptr_array_add (self->sources, g_strdup (chosen));
  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);

      add_sources (self, cm_conversation_get_document (conversation));
    }
  g_ptr_array_sort (self->sources, compare_names);

  gtk_string_list_append (names, _ ("All sources"));
  for (guint i = 0; i < self->sources->len; i++)
    {
      gtk_string_list_append (names, g_ptr_array_index (self->sources, i));
      if (g_str_equal (g_ptr_array_index (self->sources, i), chosen))
        selected = i + 1;
    }

  gtk_drop_down_set_model (self->source, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->source, selected);
}

static guint
find_phase (CmFilterPopover *self)
{
  g_autofree char *nick = g_settings_get_string (self->settings, "filter-phase");

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      if (g_str_equal (get_nick (phases[i]), nick))
        return i + 1;
    }

  return 0;
}

static void
fill (CmFilterPopover *self)
{
  self->filling = TRUE;
  gtk_check_button_set_active (self->attention,
                               g_settings_get_boolean (self->settings, "filter-attention"));
  gtk_drop_down_set_selected (self->kinds, (guint) g_settings_get_enum (self->settings,
                                                                        "filter-kinds"));
  gtk_drop_down_set_selected (self->sort, (guint) g_settings_get_enum (self->settings, "sort"));
  gtk_drop_down_set_selected (self->phase, find_phase (self));
  fill_sources (self);
  self->filling = FALSE;
}

static void
chosen_cb (CmFilterPopover *self)
{
  guint phase = gtk_drop_down_get_selected (self->phase);
  guint source = gtk_drop_down_get_selected (self->source);

  if (self->filling)
    return;

  g_settings_set_boolean (self->settings, "filter-attention",
                          gtk_check_button_get_active (self->attention));
  g_settings_set_enum (self->settings, "filter-kinds",
                       (int) gtk_drop_down_get_selected (self->kinds));
  g_settings_set_enum (self->settings, "sort", (int) gtk_drop_down_get_selected (self->sort));
  g_settings_set_string (self->settings, "filter-phase",
                         phase > 0 && phase <= G_N_ELEMENTS (phases) ?
                         get_nick (phases[phase - 1]) : "");
  g_settings_set_string (self->settings, "filter-source",
                         source > 0 && source <= self->sources->len ?
                         g_ptr_array_index (self->sources, source - 1) : "");
}

static void
reset_cb (CmFilterPopover *self)
{
  cm_filter_settings_reset (self->settings);
  fill (self);
}

static void
cm_filter_popover_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_object (value, CM_FILTER_POPOVER (object)->session);
}

static void
cm_filter_popover_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (g_set_object (&CM_FILTER_POPOVER (object)->session, g_value_get_object (value)))
    g_object_notify_by_pspec (object, pspec);
}

static void
set_captions (CmFilterPopover *self)
{
  cm_choice_set_caption (self->kinds, _ ("Kind"));
  cm_choice_set_caption (self->source, _ ("Source"));
  cm_choice_set_caption (self->phase, _ ("State"));
  cm_choice_set_caption (self->sort, _ ("Order"));
}

/* What is in it is made when it is shown for the first time: most often nobody asks. */
static void
cm_filter_popover_show (GtkWidget *widget)
{
  CmFilterPopover *self = CM_FILTER_POPOVER (widget);

  if (self->attention == NULL)
    {
      self->filling = TRUE;
      gtk_widget_init_template (widget);
      fill_phases (self);
      set_captions (self);
    }
  fill (self);

  GTK_WIDGET_CLASS (cm_filter_popover_parent_class)->show (widget);
}

static void
cm_filter_popover_dispose (GObject *object)
{
  CmFilterPopover *self = CM_FILTER_POPOVER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->sources, g_ptr_array_unref);

  G_OBJECT_CLASS (cm_filter_popover_parent_class)->dispose (object);
}

static void
cm_filter_popover_class_init (CmFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_filter_popover_get_property;
  object_class->set_property = cm_filter_popover_set_property;
  object_class->dispose = cm_filter_popover_dispose;
  widget_class->show = cm_filter_popover_show;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CmFilterPopover, attention);
  gtk_widget_class_bind_template_child (widget_class, CmFilterPopover, kinds);
  gtk_widget_class_bind_template_child (widget_class, CmFilterPopover, source);
  gtk_widget_class_bind_template_child (widget_class, CmFilterPopover, phase);
  gtk_widget_class_bind_template_child (widget_class, CmFilterPopover, sort);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
cm_filter_popover_init (CmFilterPopover *self)
{
  self->settings = cm_settings_new ();
  self->sources = g_ptr_array_new_with_free_func (g_free);
}

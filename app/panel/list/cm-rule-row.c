/* cm-rule-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-rule-row.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/* What the settings have for a rule that never begins. */
#define NEVER (-1)

struct _CmRuleRow
{
  GtkWidget parent_instance;

  GSettings *settings;
  char      *rule;
  char      *key;
  gboolean   reading; /* while the settings are put into the widgets */

  GtkWidget      *box;
  GtkLabel       *title;
  GtkSpinButton  *notice;
  GtkSpinButton  *warning;
  GtkCheckButton *notify;
};

G_DEFINE_FINAL_TYPE (CmRuleRow, cm_rule_row, GTK_TYPE_WIDGET)

static gboolean
output_cb (CmRuleRow     *self,
           GtkSpinButton *spin)
{
  int seconds = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = NULL;

  if (seconds == NEVER)
    /* Translators: a rule that never begins, in place of a number of seconds */
    text = g_strdup (C_ ("rule", "never"));
  else
    /* Translators: seconds */
    text = g_strdup_printf (_ ("%d s"), seconds);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);

  return TRUE;
}

static int
input_cb (CmRuleRow     *self,
          double        *value,
          GtkSpinButton *spin)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end = NULL;

  *value = g_strtod (text, &end);
  if (end == text)
    *value = NEVER;

  return TRUE;
}

static void
write_seconds (CmRuleRow *self)
{
  if (!self->reading)
    g_settings_set (self->settings, self->key, "(ii)",
                    gtk_spin_button_get_value_as_int (self->notice),
                    gtk_spin_button_get_value_as_int (self->warning));
}

static void
read_seconds (CmRuleRow *self)
{
  int notice, warning;

  g_settings_get (self->settings, self->key, "(ii)", &notice, &warning);
  self->reading = TRUE;
  gtk_spin_button_set_value (self->notice, notice);
  gtk_spin_button_set_value (self->warning, warning);
  self->reading = FALSE;
}

static void
read_notify (CmRuleRow *self)
{
  g_auto (GStrv) off = g_settings_get_strv (self->settings, "notifications-off");

  self->reading = TRUE;
  gtk_check_button_set_active (self->notify,
                               !g_strv_contains ((const char * const *) off, self->rule));
  self->reading = FALSE;
}

static void
write_notify (CmRuleRow *self)
{
  g_auto (GStrv) before = g_settings_get_strv (self->settings, "notifications-off");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) off = NULL;

  if (self->reading)
    return;

  for (guint i = 0; before[i] != NULL; i++)
    {
      if (!g_str_equal (before[i], self->rule))
        g_strv_builder_add (builder, before[i]);
    }
  if (!gtk_check_button_get_active (self->notify))
    g_strv_builder_add (builder, self->rule);

  off = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "notifications-off", (const char * const *) off);
}

/* Each of the three is heard on its own, so each says which rule it is of. */
static void
set_name (GtkWidget  *widget,
          const char *format,
          const char *title)
{
  g_autofree char *name = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  name = g_strdup_printf (format, title);
#pragma GCC diagnostic pop
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
cm_rule_row_dispose (GObject *object)
{
  CmRuleRow *self = CM_RULE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (cm_rule_row_parent_class)->dispose (object);
}

static void
cm_rule_row_class_init (CmRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cm_rule_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-rule-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CmRuleRow, box);
  gtk_widget_class_bind_template_child (widget_class, CmRuleRow, title);
  gtk_widget_class_bind_template_child (widget_class, CmRuleRow, notice);
  gtk_widget_class_bind_template_child (widget_class, CmRuleRow, warning);
  gtk_widget_class_bind_template_child (widget_class, CmRuleRow, notify);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, write_notify);
  gtk_widget_class_bind_template_callback (widget_class, write_seconds);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_rule_row_init (CmRuleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cm_rule_row_new:
 * @settings: the user's settings
 * @rule: the name of a rule that has a key there
 *
 * Returns: a row
 */
GtkWidget *
cm_rule_row_new (GSettings  *settings,
                 const char *rule)
{
  CmRuleRow *self = g_object_new (CM_TYPE_RULE_ROW, NULL);
  const char *title = cm_words_get_rule (rule);
  g_autofree char *changed = NULL;

  self->settings = g_object_ref (settings);
  self->rule = g_strdup (rule);
  self->key = g_strconcat ("rule-", rule, NULL);
  changed = g_strconcat ("changed::", self->key, NULL);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  /* Translators: %s is a rule such as “On hold for long” */
  set_name (GTK_WIDGET (self->notice), _ ("%s: notice after"), title);
  /* Translators: as above */
  set_name (GTK_WIDGET (self->warning), _ ("%s: warning after"), title);
  /* Translators: as above */
  set_name (GTK_WIDGET (self->notify), _ ("%s: notify"), title);

  g_signal_connect_object (settings, changed, G_CALLBACK (read_seconds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::notifications-off", G_CALLBACK (read_notify), self,
                           G_CONNECT_SWAPPED);
  g_settings_bind (settings, "notifications", self->notify, "sensitive", G_SETTINGS_BIND_GET);
  read_seconds (self);
  read_notify (self);

  return GTK_WIDGET (self);
}

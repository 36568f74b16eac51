/* cm-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-preferences.h"

#include <glib/gi18n.h>

#include "panel/cm-choice.h"
#include "panel/connect/cm-connect-settings.h"
#include "panel/list/cm-rule-row.h"
#include "tracker/cm-attention.h"

struct _CmPreferences
{
  GtkWindow parent_instance;

  GSettings *settings;

  GtkBox      *rows;
  GtkBox      *tracker;
  GtkEditable *stations;
  GtkSwitch   *notifications;
  GtkSwitch   *names;
  GtkSwitch   *compact;
  GtkSwitch   *safe_mode;
  GtkSwitch   *autostart;
  GtkDropDown *edge;
  GtkDropDown *scheme;
};

G_DEFINE_FINAL_TYPE (CmPreferences, cm_preferences, GTK_TYPE_WINDOW)

static char *
dup_preview (CmPreferences *self,
             gboolean       safe_mode)
{
  return g_strdup (safe_mode ? _ ("Shown now: “Person 1, •••123”")
                             : _ ("Shown now: “Ana Marić, +1 425 555 0123”"));
}

/* One station a line would need a text view; a comma is in no address. */
static gboolean
stations_to_text (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  g_autofree const char **stations = g_variant_get_strv (variant, NULL);

  g_value_take_string (value, g_strjoinv (", ", (char **) stations));

  return TRUE;
}

static GVariant *
text_to_stations (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  g_auto (GStrv) parts = g_strsplit (g_value_get_string (value), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) stations = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) != '\0')
        g_strv_builder_add (builder, parts[i]);
    }

  stations = g_strv_builder_end (builder);

  return g_variant_new_strv ((const char * const *) stations, -1);
}

static gboolean
enum_to_flag (GValue   *value,
              GVariant *variant,
              gpointer  user_data)
{
  g_value_set_boolean (value, g_str_equal (g_variant_get_string (variant, NULL), user_data));

  return TRUE;
}

static GVariant *
flag_to_density (const GValue       *value,
                 const GVariantType *type,
                 gpointer            user_data)
{
  return g_variant_new_string (g_value_get_boolean (value) ? "compact" : "comfortable");
}

/* The choices of a drop-down, in the order in which they stand there. */
static const char * const edges[] = { "left", "right", NULL };
static const char * const schemes[] = { "system", "light", "dark", NULL };

static gboolean
word_to_position (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  const char * const *words = user_data;
  guint position = 0;

  while (words[position] != NULL &&
         !g_str_equal (words[position], g_variant_get_string (variant, NULL)))
    position++;
  g_value_set_uint (value, position);

  return words[position] != NULL;
}

static GVariant *
position_to_word (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  const char * const *words = user_data;
  guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) words) ? g_variant_new_string (words[position]) : NULL;
}

static void
bind_choice (GSettings          *settings,
             const char         *key,
             GtkDropDown        *choice,
             const char         *caption,
             const char * const *words)
{
  g_settings_bind_with_mapping (settings, key, choice, "selected", G_SETTINGS_BIND_DEFAULT,
                                word_to_position, position_to_word, (gpointer) words, NULL);
  cm_choice_set_caption (choice, caption);
}

static void
set_settings (CmPreferences *self,
              GSettings     *settings)
{
  static char compact[] = "compact";

  self->settings = g_object_ref (settings);

  g_settings_bind (settings, "notifications", self->notifications, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notification-names", self->names, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "safe-mode", self->safe_mode, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "autostart", self->autostart, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "density", self->compact, "active",
                                G_SETTINGS_BIND_DEFAULT, enum_to_flag, flag_to_density, compact,
                                NULL);
  bind_choice (settings, "panel-edge", self->edge, _ ("Edge of the side panel"), edges);
  bind_choice (settings, "color-scheme", self->scheme, _ ("Colors"), schemes);
  /* Whose stations they are is seen there. */
  g_settings_bind (settings, "safe-mode", self->stations, "visibility",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  /* What is being typed is not put into another form at the same time. */
  g_settings_bind_with_mapping (settings, "my-stations", self->stations, "text",
                                G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_GET_NO_CHANGES,
                                stations_to_text, text_to_stations, NULL, NULL);
}

static void
cm_preferences_dispose (GObject *object)
{
  g_clear_object (&CM_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (cm_preferences_parent_class)->dispose (object);
}

static void
cm_preferences_class_init (CmPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cm_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, rows);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, tracker);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, stations);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, notifications);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, names);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, compact);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, safe_mode);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, autostart);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, edge);
  gtk_widget_class_bind_template_child (widget_class, CmPreferences, scheme);
  gtk_widget_class_bind_template_callback (widget_class, dup_preview);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "app.safe-mode", NULL);
}

static void
cm_preferences_init (CmPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cm_preferences_new (GtkWindow *parent,
                    GSettings *settings)
{
  CmPreferences *self = g_object_new (CM_TYPE_PREFERENCES, "transient-for", parent, NULL);

  /* It is none of the application's windows, and has its actions all the same. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app",
                                  G_ACTION_GROUP (gtk_window_get_application (parent)));
  set_settings (self, settings);
  gtk_box_append (self->tracker, cm_connect_settings_new (settings));
  for (guint rule = 0; rule < CM_N_RULES; rule++)
    gtk_box_append (self->rows, cm_rule_row_new (settings, cm_rule_get_name (rule)));

  return GTK_WIDGET (self);
}

/* cm-follow-field.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-field.h"

#include <glib/gi18n.h>

#include "panel/cm-choice.h"

/* Where a secret is; in this order they are offered. */
typedef enum
{
  PLACE_KEPT,
  PLACE_FILE,
  PLACE_VARIABLE,
  N_PLACES,
} Place;

static const char * const suffixes[N_PLACES] = {
  [PLACE_KEPT] = CM_FEED_CONFIG_KEPT,
  [PLACE_FILE] = CM_FEED_CONFIG_FILE,
  [PLACE_VARIABLE] = CM_FEED_CONFIG_VARIABLE,
};

/**
 * CmFollowField:
 * @option: of the registry
 * @given: (nullable): the secret that is kept already
 * @place: (nullable): where a secret is
 * @choice: (nullable): one of choices
 * @flag: (nullable): yes or no
 * @entry: (nullable): all else
 * @password: (nullable): a secret that is to be kept
 */
struct _CmFollowField
{
  GtkWidget parent_instance;

  const CmFeedOption *option;
  char               *given;
  GtkWidget          *box;
  GtkDropDown        *place;
  GtkDropDown        *choice;
  GtkSwitch          *flag;
  GtkEditable        *entry;
  GtkEditable        *password;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmFollowField, cm_follow_field, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
changed_cb (CmFollowField *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (CmFollowField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
place_changed_cb (CmFollowField *self)
{
  guint place = gtk_drop_down_get_selected (self->place);

  gtk_widget_set_visible (GTK_WIDGET (self->password), place == PLACE_KEPT);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), place != PLACE_KEPT);
  g_object_set (self->entry, "placeholder-text",
                place == PLACE_FILE ? _ ("Path of the file") : _ ("Name of the variable"), NULL);
  changed_cb (self);
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
append (CmFollowField *self,
        GtkWidget     *widget,
        const char    *name)
{
  set_name (widget, name);
  gtk_box_append (GTK_BOX (self->box), widget);
}

static void
connect_entry (CmFollowField *self,
               GtkEditable   *entry)
{
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

static void
add_entry (CmFollowField *self,
           const char    *name,
           const char    *text,
           const char    *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_editable_set_width_chars (self->entry, 24);
  gtk_editable_set_text (self->entry, text != NULL ? text : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  if (self->option->kind == CM_FEED_OPTION_NUMBER)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  connect_entry (self, self->entry);
  append (self, entry, name);
}

static void
add_password (CmFollowField *self,
              const char    *name)
{
  GtkWidget *password = gtk_password_entry_new ();

  self->password = GTK_EDITABLE (password);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (password), TRUE);
  if (self->given != NULL)
    g_object_set (password, "placeholder-text", _ ("As it is kept"), NULL);
  connect_entry (self, self->password);
  append (self, password, name);
}

static Place
find_place (CmFollowField      *self,
            const CmFeedConfig *config,
            const char        **value)
{
  for (guint i = 0; config != NULL && i < N_PLACES; i++)
    {
      g_autofree char *key = g_strconcat (self->option->key, suffixes[i], NULL);

      *value = cm_feed_config_get_written (config, key);
      if (*value != NULL)
        return (Place) i;
    }

  return PLACE_KEPT;
}

static void
add_secret (CmFollowField      *self,
            const char         *title,
            const CmFeedConfig *config)
{
  const char * const places[] = {
    /* Translators: where a password is */
    _ ("Entered here"), _ ("In a file"), _ ("In the environment"), NULL
  };
  const char *value = NULL;
  Place place = find_place (self, config, &value);
  g_autofree char *name = g_strdup_printf (_ ("%s: where it is"), title);
  GtkWidget *widget = gtk_drop_down_new_from_strings (places);

  self->place = GTK_DROP_DOWN (widget);
  gtk_widget_set_tooltip_text (widget, _ ("What is entered here is kept in the keyring of the desktop, or in a "
                                          "file that only you can read"));
  append (self, widget, name);
  cm_choice_set_caption (self->place, name);
  add_password (self, title);
  add_entry (self, title, place != PLACE_KEPT ? value : NULL, NULL);
  gtk_drop_down_set_selected (self->place, place);
  g_signal_connect_object (self->place, "notify::selected", G_CALLBACK (place_changed_cb), self,
                           G_CONNECT_SWAPPED);
  place_changed_cb (self);
}

static void
add_flag (CmFollowField *self,
          const char    *title,
          const char    *value)
{
  self->flag = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->flag), GTK_ALIGN_START);
  gtk_switch_set_active (self->flag, g_strcmp0 (value, "yes") == 0);
  g_signal_connect_object (self->flag, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  append (self, GTK_WIDGET (self->flag), title);
}

static void
add_choice (CmFollowField *self,
            const char    *title,
            const char    *value)
{
  g_auto (GStrv) choices = g_strsplit (self->option->choices, "|", -1);

  self->choice = GTK_DROP_DOWN (gtk_drop_down_new_from_strings ((const char * const *) choices));
  for (guint i = 0; choices[i] != NULL; i++)
    {
      if (g_strcmp0 (choices[i], value) == 0)
        gtk_drop_down_set_selected (self->choice, i);
    }
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  append (self, GTK_WIDGET (self->choice), title);
  cm_choice_set_caption (self->choice, title);
}

static void
add_widgets (CmFollowField      *self,
             const char         *title,
             const CmFeedConfig *config)
{
  const CmFeedOption *option = self->option;
  const char *written = config != NULL ? cm_feed_config_get_written (config, option->key) : NULL;
  const char *value = written != NULL ? written : option->standard;
  g_autofree char *key = g_strconcat (option->key, CM_FEED_CONFIG_FILE, NULL);

  switch (option->kind)
    {
    case CM_FEED_OPTION_SECRET:
      add_secret (self, title, config);
      break;
    case CM_FEED_OPTION_SECRET_FILE:
      add_entry (self, title, config != NULL ? cm_feed_config_get_written (config, key) : NULL,
                 _ ("Path of the file"));
      break;
    case CM_FEED_OPTION_FLAG:
      add_flag (self, title, value);
      break;
    case CM_FEED_OPTION_CHOICE:
      add_choice (self, title, value);
      break;
    case CM_FEED_OPTION_TEXT:
    case CM_FEED_OPTION_PATH:
    case CM_FEED_OPTION_NUMBER:
    default:
      add_entry (self, title, written, option->standard != NULL ? option->standard : option->example);
      break;
    }
}

static void
add_label (CmFollowField *self,
           const char    *title)
{
  /* Translators: the title of an entry that may stay empty */
  g_autofree char *text = self->option->is_required ? g_strdup (title) : g_strdup_printf (_ ("%s (optional)"), title);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
cm_follow_field_dispose (GObject *object)
{
  g_clear_pointer (&CM_FOLLOW_FIELD (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_follow_field_parent_class)->dispose (object);
}

static void
cm_follow_field_finalize (GObject *object)
{
  CmFollowField *self = CM_FOLLOW_FIELD (object);

  if (self->given != NULL)
    explicit_bzero (self->given, strlen (self->given));
  g_free (self->given);

  G_OBJECT_CLASS (cm_follow_field_parent_class)->finalize (object);
}

static void
cm_follow_field_class_init (CmFollowFieldClass *klass)
{
  static const char * const names[N_SIGNALS] = { "changed", "activate" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cm_follow_field_dispose;
  object_class->finalize = cm_follow_field_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cm_follow_field_init (CmFollowField *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cm_follow_field_new:
 * @option: of the registry, with a title
 * @config: (nullable): what is known of the system so far
 *
 * Returns: (transfer floating): a field
 */
CmFollowField *
cm_follow_field_new (const CmFeedOption *option,
                     const CmFeedConfig *config)
{
  CmFollowField *self = g_object_new (CM_TYPE_FOLLOW_FIELD, NULL);

  self->option = option;
  if (config != NULL)
    self->given = g_strdup (cm_feed_config_get_given (config, option->key));
  add_label (self, _ (option->title));
  add_widgets (self, _ (option->title), config);

  return self;
}

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdelimit (g_strdup (gtk_editable_get_text (editable)), "\r\n", ' '));
}

static void
write_text (CmFeedConfig *config,
            const char   *key,
            const char   *suffix,
            GtkEditable  *editable)
{
  g_autofree char *name = g_strconcat (key, suffix, NULL);
  g_autofree char *text = dup_text (editable);

  if (*text != '\0')
    cm_feed_config_set (config, name, text, 0);
}

/* Where nothing is entered, what was kept stays. */
static void
write_kept (CmFollowField *self,
            CmFeedConfig  *config)
{
  g_autofree char *name = g_strconcat (self->option->key, CM_FEED_CONFIG_KEPT, NULL);
  const char *entered = gtk_editable_get_text (self->password);
  const char *secret = *entered != '\0' ? entered : self->given;

  if (secret == NULL)
    return;

  cm_feed_config_set (config, name, "yes", 0);
  cm_feed_config_give_secret (config, self->option->key, secret);
}

static void
write_value (CmFollowField *self,
             CmFeedConfig  *config,
             const char    *value)
{
  if (g_strcmp0 (value, self->option->standard) != 0)
    cm_feed_config_set (config, self->option->key, value, 0);
}

/**
 * cm_follow_field_write:
 * @self: a field
 * @config: is told what was entered, where that is not what holds without
 */
void
cm_follow_field_write (CmFollowField *self,
                       CmFeedConfig  *config)
{
  GtkStringObject *chosen;
  guint place;

  g_return_if_fail (CM_IS_FOLLOW_FIELD (self));

  if (self->place != NULL)
    {
      place = gtk_drop_down_get_selected (self->place);
      if (place == PLACE_KEPT)
        write_kept (self, config);
      else
        write_text (config, self->option->key, suffixes[place], self->entry);
    }
  else if (self->flag != NULL)
    write_value (self, config, gtk_switch_get_active (self->flag) ? "yes" : "no");
  else if (self->choice != NULL)
    {
      chosen = gtk_drop_down_get_selected_item (self->choice);
      write_value (self, config, gtk_string_object_get_string (chosen));
    }
  else
    write_text (config, self->option->key,
                self->option->kind == CM_FEED_OPTION_SECRET_FILE ? CM_FEED_CONFIG_FILE : "", self->entry);
}

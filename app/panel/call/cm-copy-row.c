/* cm-copy-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-copy-row.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/* How long the button shows that it was done, ms. */
#define DONE_TIME 1500

struct _CmCopyRow
{
  GtkWidget parent_instance;

  char      *caption;
  char      *value;
  gboolean   link;
  guint      done_id;

  GtkWidget *box;
  GtkButton *copy_button;
  GtkWidget *link_button;
};

enum
{
  PROP_0,
  PROP_CAPTION,
  PROP_VALUE,
  PROP_LINK,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmCopyRow, cm_copy_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static gboolean
done_cb (gpointer user_data)
{
  CmCopyRow *self = CM_COPY_ROW (user_data);

  self->done_id = 0;
  gtk_button_set_icon_name (self->copy_button, "edit-copy-symbolic");

  return G_SOURCE_REMOVE;
}

static void
copy_clicked_cb (CmCopyRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->value);

  g_clear_handle_id (&self->done_id, g_source_remove);
  gtk_button_set_icon_name (self->copy_button, "object-select-symbolic");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", _ ("Copied"));
  self->done_id = g_timeout_add (DONE_TIME, done_cb, self);
}

/* An address without what every address has. */
static char *
dup_short_link (CmCopyRow  *self,
                const char *value)
{
  const char *rest = value != NULL ? strstr (value, "://") : NULL;

  return value != NULL ? cm_words_dup_isolated (rest != NULL ? rest + 3 : value) : NULL;
}

static char *
dup_shown (CmCopyRow  *self,
           const char *value)
{
  return value != NULL ? cm_words_dup_isolated (value) : NULL;
}

/* Only what the desktop's browser opens: whatever else a source says stays text. */
static gboolean
is_web_address (CmCopyRow  *self,
                gboolean    link,
                const char *value)
{
  return link && value != NULL &&
         (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://"));
}

static gboolean
is_plain_text (CmCopyRow  *self,
               gboolean    link,
               const char *value)
{
  return !is_web_address (self, link, value);
}

static char *
dup_uri (CmCopyRow  *self,
         gboolean    link,
         const char *value)
{
  return g_strdup (is_web_address (self, link, value) ? value : "");
}

static void
update_labels (CmCopyRow *self)
{
  /* Translators: what is copied, as “Conference id” */
  g_autofree char *label = g_strdup_printf (_ ("Copy: %s"), self->caption);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->value != NULL ? self->value : "",
                                  -1);
}

static void
set_text (CmCopyRow   *self,
          char       **field,
          const char  *text,
          guint        prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  gtk_widget_set_visible (GTK_WIDGET (self), self->value != NULL);
  update_labels (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
cm_copy_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CmCopyRow *self = CM_COPY_ROW (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_VALUE:
      g_value_set_string (value, self->value);
      break;
    case PROP_LINK:
      g_value_set_boolean (value, self->link);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_copy_row_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CmCopyRow *self = CM_COPY_ROW (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      set_text (self, &self->caption, g_value_get_string (value), prop_id);
      break;
    case PROP_VALUE:
      set_text (self, &self->value, g_value_get_string (value), prop_id);
      break;
    case PROP_LINK:
      self->link = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_copy_row_dispose (GObject *object)
{
  CmCopyRow *self = CM_COPY_ROW (object);

  g_clear_handle_id (&self->done_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_copy_row_parent_class)->dispose (object);
}

static void
cm_copy_row_finalize (GObject *object)
{
  CmCopyRow *self = CM_COPY_ROW (object);

  g_free (self->caption);
  g_free (self->value);

  G_OBJECT_CLASS (cm_copy_row_parent_class)->finalize (object);
}

static void
cm_copy_row_class_init (CmCopyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_copy_row_get_property;
  object_class->set_property = cm_copy_row_set_property;
  object_class->dispose = cm_copy_row_dispose;
  object_class->finalize = cm_copy_row_finalize;

  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_LINK] = g_param_spec_boolean ("link", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-copy-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CmCopyRow, box);
  gtk_widget_class_bind_template_child (widget_class, CmCopyRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, CmCopyRow, link_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, dup_short_link);
  gtk_widget_class_bind_template_callback (widget_class, dup_shown);
  gtk_widget_class_bind_template_callback (widget_class, dup_uri);
  gtk_widget_class_bind_template_callback (widget_class, is_web_address);
  gtk_widget_class_bind_template_callback (widget_class, is_plain_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_copy_row_init (CmCopyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

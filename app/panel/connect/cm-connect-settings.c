/* cm-connect-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-settings.h"

#include <glib/gi18n.h>

#include "panel/cm-desktop.h"
#include "panel/connect/cm-connect-secret.h"

struct _CmConnectSettings
{
  GtkWidget parent_instance;

  char         *tracker;
  GCancellable *cancellable;

  GtkWidget *box;
  GtkLabel  *address;
  GtkLabel  *authority;
  GtkLabel  *token;
  GtkWidget *forget;
};

G_DEFINE_FINAL_TYPE (CmConnectSettings, cm_connect_settings, GTK_TYPE_WIDGET)

static void
show_token (CmConnectSettings *self,
            const char        *words,
            gboolean           is_kept)
{
  gtk_label_set_label (self->token, words);
  gtk_widget_set_sensitive (self->forget, is_kept);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CmConnectSettings) self = user_data;
  g_autoptr (GError) error = NULL;
  CmConnectPlace place;
  g_autofree char *token = cm_connect_secret_lookup_finish (result, &place, &error);

  if (self->box == NULL)
    return;

  if (error != NULL)
    show_token (self, error->message, FALSE);
  else if (place == CM_CONNECT_KEYRING)
    show_token (self, _ ("Token: in the keyring"), TRUE);
  else if (place == CM_CONNECT_FILE)
    show_token (self, _ ("Token: in a file that only you can read"), TRUE);
  else
    show_token (self, _ ("Token: none is kept"), FALSE);
}

static void
look_up (CmConnectSettings *self)
{
  cm_connect_secret_lookup_async (self->tracker, self->cancellable, found_cb, g_object_ref (self));
}

static void
forgotten_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CmConnectSettings) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->box == NULL)
    return;

  if (cm_connect_secret_store_finish (result, NULL, &error))
    look_up (self);
  else
    show_token (self, error->message, TRUE);
}

static void
forget_cb (CmConnectSettings *self)
{
  cm_connect_secret_store_async (self->tracker, NULL, NULL, forgotten_cb, g_object_ref (self));
}

static void
cm_connect_settings_dispose (GObject *object)
{
  CmConnectSettings *self = CM_CONNECT_SETTINGS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->tracker, g_free);

  G_OBJECT_CLASS (cm_connect_settings_parent_class)->dispose (object);
}

static void
cm_connect_settings_class_init (CmConnectSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cm_connect_settings_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-connect-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, CmConnectSettings, box);
  gtk_widget_class_bind_template_child (widget_class, CmConnectSettings, address);
  gtk_widget_class_bind_template_child (widget_class, CmConnectSettings, authority);
  gtk_widget_class_bind_template_child (widget_class, CmConnectSettings, token);
  gtk_widget_class_bind_template_child (widget_class, CmConnectSettings, forget);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
cm_connect_settings_init (CmConnectSettings *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cm_connect_settings_new (GSettings *settings)
{
  CmConnectSettings *self = g_object_new (CM_TYPE_CONNECT_SETTINGS, NULL);
  g_autofree char *authority = g_settings_get_string (settings, "tracker-authority");
  g_autofree char *words = NULL;

  self->tracker = g_settings_get_string (settings, "last-address");
  if (!cm_desktop_is_address (self->tracker))
    {
      gtk_label_set_label (self->address, _ ("No tracker elsewhere is watched"));
      gtk_widget_set_visible (GTK_WIDGET (self->authority), FALSE);
      show_token (self, "", FALSE);
      return GTK_WIDGET (self);
    }

  gtk_label_set_label (self->address, self->tracker);
  /* Translators: whose certificates are trusted: the path of a file */
  words = *authority != '\0' ? g_strdup_printf (_ ("Trusted authorities: %s"), authority)
                             : g_strdup (_ ("Trusted authorities: this computer’s"));
  gtk_label_set_label (self->authority, words);
  look_up (self);

  return GTK_WIDGET (self);
}

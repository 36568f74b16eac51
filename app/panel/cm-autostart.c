/* cm-autostart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-autostart.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Background"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* What the portal's answers are told from others by. */
#define TOKEN "conference_monitor_autostart"

/* A sandbox has no autostart folder of its own, and a portal without a sandbox may
 * not know which program asks: Flatpak has a file to be known by, Snap a variable. */
#define FLATPAK_FILE "/.flatpak-info"
#define SNAP_VARIABLE "SNAP"

struct _CmAutostart
{
  GObject parent_instance;

  GSettings       *settings;
  GDBusConnection *bus;
  guint            subscription;
  gboolean         taking_back;
};

G_DEFINE_FINAL_TYPE (CmAutostart, cm_autostart, G_TYPE_OBJECT)

/* A panel that cannot start itself says so on the terminal only: the setting goes back,
 * which is not asked for again. */
static void
take_back (CmAutostart  *self,
           gboolean      wanted,
           const GError *error)
{
  g_message ("%s", error->message);
  if (g_settings_get_boolean (self->settings, "autostart") != wanted)
    return;

  self->taking_back = TRUE;
  g_settings_set_boolean (self->settings, "autostart", !wanted);
  self->taking_back = FALSE;
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", APPLICATION_ID ".desktop", NULL);
}

static gboolean
write_file (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME,
                         _ ("Conference Monitor"));
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC,
                         "conference-monitor");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON,
                         APPLICATION_ID);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s could not be made"), folder);
      return FALSE;
    }

  return g_key_file_save_to_file (file, path, error);
}

static void
apply_file (CmAutostart *self,
            gboolean     wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_path ();

  if (!wanted)
    g_unlink (path);
  else if (!write_file (&error))
    take_back (self, wanted, error);
}

static void
request_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CmAutostart) self = CM_AUTOSTART (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result,
                                                              &error);

  if (reply == NULL)
    take_back (self, g_settings_get_boolean (self->settings, "autostart"), error);
}

/* The user, or the desktop in his stead, may refuse. */
static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  CmAutostart *self = CM_AUTOSTART (user_data);
  gboolean wanted = g_settings_get_boolean (self->settings, "autostart");
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GError) error = NULL;
  gboolean granted = FALSE;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "autostart", "b", &granted);
  if (response == 0 && granted == wanted)
    return;

  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                       _ ("The desktop does not let the program start at sign-in"));
  take_back (self, wanted, error);
}

/* The answer may come before the call has returned the request, whose name follows
 * from the token and from who asks. */
static void
listen_to_answer (CmAutostart     *self,
                  GDBusConnection *bus)
{
  g_autofree char *name = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1),
                                        ".", '_');
  g_autofree char *path = g_strconcat (PORTAL_PATH "/request/", name, "/" TOKEN, NULL);

  if (self->subscription != 0)
    return;

  self->bus = g_object_ref (bus);
  self->subscription =
    g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, REQUEST_INTERFACE, "Response", path,
                                        NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb, self, NULL);
}

static void
bus_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (CmAutostart) self = CM_AUTOSTART (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);
  gboolean wanted = g_settings_get_boolean (self->settings, "autostart");
  GVariantBuilder options;

  if (bus == NULL)
    {
      take_back (self, wanted, error);
      return;
    }

  listen_to_answer (self, bus);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (TOKEN));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (wanted));
  g_variant_builder_add (&options, "{sv}", "commandline",
                         g_variant_new_strv ((const char *[]) { "conference-monitor", NULL }, 1));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Watch calls from sign-in on")));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, request_cb, g_object_ref (self));
}

static void
apply (CmAutostart *self)
{
  gboolean wanted = g_settings_get_boolean (self->settings, "autostart");

  if (self->taking_back)
    return;

  if (g_file_test (FLATPAK_FILE, G_FILE_TEST_EXISTS) || g_getenv (SNAP_VARIABLE) != NULL)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, g_object_ref (self));
  else
    apply_file (self, wanted);
}

static void
cm_autostart_dispose (GObject *object)
{
  CmAutostart *self = CM_AUTOSTART (object);

  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->bus);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cm_autostart_parent_class)->dispose (object);
}

static void
cm_autostart_class_init (CmAutostartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_autostart_dispose;
}

static void
cm_autostart_init (CmAutostart *self)
{
}

/**
 * cm_autostart_new:
 * @settings: the user's settings
 *
 * Returns: (transfer full): what acts on the setting, from its next change on
 */
CmAutostart *
cm_autostart_new (GSettings *settings)
{
  CmAutostart *self = g_object_new (CM_TYPE_AUTOSTART, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::autostart", G_CALLBACK (apply), self,
                           G_CONNECT_SWAPPED);

  return self;
}

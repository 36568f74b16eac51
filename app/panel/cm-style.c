/* cm-style.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-style.h"

#define RESOURCES "/org/conferencemonitor/Monitor/"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define COLOR_SCHEME "color-scheme"

/* The values of color-scheme (XDG desktop portal, Settings). */
#define PREFER_DARK 1

struct _CmStyle
{
  GObject parent_instance;

  GdkDisplay      *display;
  GtkSettings     *settings;
  GtkCssProvider  *structure;
  GtkCssProvider  *colors;
  const char      *palette;

  GDBusConnection *bus;
  guint            subscription;
  GCancellable    *cancellable;
  gboolean         forced;
  gboolean         first_dark;   /* what GTK's own settings said */
  gboolean         desktop_dark;
  GSettings       *preferences;
};

/* What the preference "color-scheme" may be. */
enum
{
  SCHEME_SYSTEM,
  SCHEME_LIGHT,
  SCHEME_DARK,
};

G_DEFINE_FINAL_TYPE (CmStyle, cm_style, G_TYPE_OBJECT)

static const char *
get_palette (CmStyle *self)
{
  g_autofree char *theme = NULL;
  gboolean prefer_dark;
  gboolean dark;

  g_object_get (self->settings,
                "gtk-theme-name", &theme,
                "gtk-application-prefer-dark-theme", &prefer_dark,
                NULL);

  dark = prefer_dark ||
         (theme != NULL && (g_str_has_suffix (theme, "-dark") || g_str_has_suffix (theme, "-Dark") ||
                            g_str_has_suffix (theme, "Inverse")));

  if (theme != NULL && (g_str_has_prefix (theme, "HighContrast") ||
                        g_str_has_prefix (theme, "Default-hc")))
    return dark ? RESOURCES "style-hc-dark.css" : RESOURCES "style-hc.css";

  return dark ? RESOURCES "style-dark.css" : RESOURCES "style-light.css";
}

static void
update_palette (CmStyle *self)
{
  const char *palette = get_palette (self);

  if (self->palette == palette)
    return;

  self->palette = palette;
  gtk_css_provider_load_from_resource (self->colors, palette);
}

/* GTK reads its whole theme anew each time that it is told, also where nothing changes:
 * that would be a tenth of the start. */
static void
update_dark (CmStyle *self)
{
  int scheme = self->preferences != NULL ? g_settings_get_enum (self->preferences, COLOR_SCHEME)
                                         : SCHEME_SYSTEM;
  gboolean dark = self->forced || scheme == SCHEME_DARK ||
                  (scheme == SCHEME_SYSTEM && (self->desktop_dark || self->first_dark));
  gboolean is_dark;

  g_object_get (self->settings, "gtk-application-prefer-dark-theme", &is_dark, NULL);
  if (is_dark != dark)
    g_object_set (self->settings, "gtk-application-prefer-dark-theme", dark, NULL);
}

/* What the desktop says counts more than what GTK's own settings did. */
static void
set_color_scheme (CmStyle *self,
                  guint32  scheme)
{
  self->desktop_dark = scheme == PREFER_DARK;
  self->first_dark = FALSE;
  update_dark (self);
}

static void
setting_changed_cb (GDBusConnection *bus,
                    const char      *sender,
                    const char      *path,
                    const char      *interface,
                    const char      *signal,
                    GVariant        *parameters,
                    gpointer         user_data)
{
  const char *space, *key;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;

  g_variant_get (parameters, "(&s&sv)", &space, &key, &value);
  if (g_str_equal (space, APPEARANCE) && g_str_equal (key, COLOR_SCHEME) &&
      g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    set_color_scheme (CM_STYLE (user_data), g_variant_get_uint32 (value));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CmStyle) self = CM_STYLE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result,
                                                              &error);
  g_autoptr (GVariant) outer = NULL;
  g_autoptr (GVariant) inner = NULL;

  /* Without a portal the desktop has said nothing, which is nothing to tell. */
  if (reply == NULL)
    {
      g_debug ("The desktop's color scheme is not known: %s", error->message);
      return;
    }

  g_variant_get (reply, "(v)", &outer);
  inner = g_variant_is_of_type (outer, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (outer)
                                                              : g_variant_ref (outer);
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    set_color_scheme (self, g_variant_get_uint32 (inner));
}

static void
bus_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (CmStyle) self = CM_STYLE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->bus = g_object_ref (bus);
  self->subscription =
    g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, PORTAL_INTERFACE, "SettingChanged",
                                        PORTAL_PATH, APPEARANCE, G_DBUS_SIGNAL_FLAGS_NONE,
                                        setting_changed_cb, self, NULL);
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "Read",
                          g_variant_new ("(ss)", APPEARANCE, COLOR_SCHEME), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, read_cb,
                          g_object_ref (self));
}

static void
add_provider (CmStyle        *self,
              GtkCssProvider *provider)
{
  gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
cm_style_dispose (GObject *object)
{
  CmStyle *self = CM_STYLE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;

  if (self->display != NULL)
    {
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->structure));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->colors));
      g_signal_handlers_disconnect_by_data (self->settings, self);
    }

  g_clear_object (&self->bus);
  g_clear_object (&self->preferences);
  g_clear_object (&self->display);

  G_OBJECT_CLASS (cm_style_parent_class)->dispose (object);
}

static void
cm_style_finalize (GObject *object)
{
  CmStyle *self = CM_STYLE (object);

  g_clear_object (&self->structure);
  g_clear_object (&self->colors);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cm_style_parent_class)->finalize (object);
}

static void
cm_style_class_init (CmStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cm_style_dispose;
  object_class->finalize = cm_style_finalize;
}

static void
cm_style_init (CmStyle *self)
{
  self->cancellable = g_cancellable_new ();
  self->structure = gtk_css_provider_new ();
  self->colors = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->structure, RESOURCES "style.css");
}

/**
 * cm_style_new:
 * @display: what to style
 *
 * Returns: (transfer full): the style, following the desktop's color scheme
 */
CmStyle *
cm_style_new (GdkDisplay *display)
{
  CmStyle *self = g_object_new (CM_TYPE_STYLE, NULL);

  self->display = g_object_ref (display);
  self->settings = gtk_settings_get_for_display (display);
  g_object_get (self->settings, "gtk-application-prefer-dark-theme", &self->first_dark, NULL);
  g_signal_connect_swapped (self->settings, "notify::gtk-application-prefer-dark-theme",
                            G_CALLBACK (update_palette), self);
  g_signal_connect_swapped (self->settings, "notify::gtk-theme-name",
                            G_CALLBACK (update_palette), self);

  update_palette (self);
  add_provider (self, self->colors);
  add_provider (self, self->structure);

  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, bus_cb, g_object_ref (self));

  return self;
}

/* Dark from now on, whatever the desktop says. */
void
cm_style_force_dark (CmStyle *self)
{
  g_return_if_fail (CM_IS_STYLE (self));

  self->forced = TRUE;
  update_dark (self);
}

/* Light or dark as @preferences have it, and at once where they change. */
void
cm_style_follow (CmStyle   *self,
                 GSettings *preferences)
{
  g_return_if_fail (CM_IS_STYLE (self));

  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (preferences, "changed::" COLOR_SCHEME, G_CALLBACK (update_dark), self,
                           G_CONNECT_SWAPPED);
  update_dark (self);
}

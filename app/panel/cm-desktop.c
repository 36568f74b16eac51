/* cm-desktop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-desktop.h"

#include "panel/cm-autostart.h"
#include "panel/pin/cm-pin.h"
#include "panel/cm-preferences.h"
#include "panel/cm-recent.h"
#include "panel/cm-settings.h"
#include "panel/cm-window.h"

/* What one press of a key makes the side panel wider, logical pixels. */
#define WIDTH_STEP 40

#define TIP_WIDTH 36

struct _CmDesktop
{
  GObject parent_instance;

  GtkApplication *application; /* borrowed: it owns this */
  CmSession      *session;
  GSettings      *settings;
  CmPin          *pin;
  CmAutostart    *autostart;
  guint           renew_id;
};

G_DEFINE_FINAL_TYPE (CmDesktop, cm_desktop, G_TYPE_OBJECT)

static GSimpleAction *
get_action (CmDesktop  *self,
            const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->application), name));
}

static void
close_tip_cb (GtkPopover *tip)
{
  gtk_widget_unparent (GTK_WIDGET (tip));
}

static gboolean
popup_cb (GtkWidget     *titlebar,
          GdkFrameClock *clock,
          gpointer       tip)
{
  gtk_popover_popup (GTK_POPOVER (tip));

  return G_SOURCE_REMOVE;
}

/* Where no window can be pinned, the button says so and what to do instead. A window
 * that is only just coming has no place yet that a tip could point at: that it has
 * with its first frame. */
static void
show_tip (CmDesktop *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);
  GtkWidget *titlebar = window != NULL ? gtk_window_get_titlebar (window) : NULL;
  g_autofree char *words = cm_pin_dup_tip (self->pin);
  GtkWidget *tip, *label;

  if (titlebar == NULL || words == NULL)
    return;

  label = gtk_label_new (words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TIP_WIDTH);
  tip = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (tip), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tip), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (tip, "tip");
  gtk_widget_set_parent (tip, titlebar);
  g_signal_connect (tip, "closed", G_CALLBACK (close_tip_cb), NULL);
  gtk_widget_add_tick_callback (titlebar, popup_cb, tip, NULL);
}

static void
pinned_changed_cb (CmDesktop *self)
{
  gboolean pinned = cm_pin_get_pinned (self->pin);

  g_simple_action_set_state (get_action (self, "pin"), g_variant_new_boolean (pinned));
  g_simple_action_set_enabled (get_action (self, "panel-wider"), pinned);
  g_simple_action_set_enabled (get_action (self, "panel-narrower"), pinned);
  g_settings_set_boolean (self->settings, "panel-pinned", pinned);
}

static void
pin_changed_cb (GSimpleAction *action,
                GVariant      *value,
                gpointer       user_data)
{
  CmDesktop *self = CM_DESKTOP (user_data);

  if (self->pin == NULL)
    return;

  if (cm_pin_is_possible (self->pin))
    {
      cm_pin_set_pinned (self->pin, g_variant_get_boolean (value));
      return;
    }

  show_tip (self);
  /* The button that was pressed goes back. */
  g_simple_action_set_state (action, g_variant_new_boolean (TRUE));
  g_simple_action_set_state (action, g_variant_new_boolean (FALSE));
}

static void
wider_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  cm_pin_add_width (CM_DESKTOP (user_data)->pin, WIDTH_STEP);
}

static void
narrower_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  cm_pin_add_width (CM_DESKTOP (user_data)->pin, -WIDTH_STEP);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CmDesktop *self = CM_DESKTOP (user_data);
  GtkWindow *window = gtk_application_get_active_window (self->application);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (cm_preferences_new (window, self->settings)));
}

static void
update_class (GtkWidget  *window,
              const char *name,
              gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (window, name);
  else
    gtk_widget_remove_css_class (window, name);
}

static void
update_looks (CmDesktop *self)
{
  gboolean compact = g_settings_get_enum (self->settings, "density") != 0;

  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    update_class (l->data, "compact", compact);
}

/* A side panel has a size of its own. */
static void
window_removed_cb (CmDesktop *self,
                   GtkWindow *window)
{
  int width, height;

  if (self->pin == NULL || window != cm_pin_get_window (self->pin) ||
      cm_pin_get_pinned (self->pin))
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
}

static void
update_safe_mode (CmDesktop *self)
{
  CmWatch *watch = cm_session_get_watch (self->session);

  if (watch != NULL)
    cm_conversation_list_set_disguised (cm_watch_get_conversations (watch),
                                        g_settings_get_boolean (self->settings, "safe-mode"));
}

static void
update_stations (CmDesktop *self)
{
  g_auto (GStrv) stations = g_settings_get_strv (self->settings, "my-stations");

  cm_banner_model_set_my_stations (cm_session_get_banner (self->session),
                                   (const char * const *) stations);
}

static gboolean
renew_cb (gpointer user_data)
{
  CmDesktop *self = CM_DESKTOP (user_data);
  GtkWindow *old = cm_pin_get_window (self->pin);

  self->renew_id = 0;
  if (old == NULL)
    return G_SOURCE_REMOVE;

  gtk_window_present (cm_desktop_create_window (self, 0, 0));
  gtk_window_destroy (old);

  return G_SOURCE_REMOVE;
}

/* What asks for it is not done yet. */
static void
renew_wanted_cb (CmDesktop *self)
{
  if (self->renew_id == 0)
    self->renew_id = g_idle_add (renew_cb, self);
}

/* Makes @window the one that may be pinned; as it was left, so it comes again. */
static void
attach (CmDesktop *self,
        GtkWindow *window)
{
  if (self->pin != NULL)
    g_signal_handlers_disconnect_by_data (self->pin, self);
  g_clear_object (&self->pin);

  self->pin = cm_pin_new (window, self->settings);
  cm_pin_set_pinned (self->pin, g_settings_get_boolean (self->settings, "panel-pinned"));
  g_signal_connect_swapped (self->pin, "notify::pinned", G_CALLBACK (pinned_changed_cb), self);
  g_signal_connect_swapped (self->pin, "renew", G_CALLBACK (renew_wanted_cb), self);
  pinned_changed_cb (self);
  update_looks (self);
}

static void
add_settings_action (CmDesktop  *self,
                     const char *key)
{
  g_autoptr (GAction) action = g_settings_create_action (self->settings, key);

  g_action_map_add_action (G_ACTION_MAP (self->application), action);
}

static void
add_actions (CmDesktop *self)
{
  static const GActionEntry actions[] = {
    { "pin", NULL, NULL, "false", pin_changed_cb },
    { "panel-wider", wider_cb },
    { "panel-narrower", narrower_cb },
    { "preferences", preferences_cb },
  };
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.pin", { "<Control>p" } },
    { "app.panel-wider", { "<Control>plus", "<Control>equal" } },
    { "app.panel-narrower", { "<Control>minus" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.safe-mode", { "<Control><Shift>m" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->application), actions,
                                   G_N_ELEMENTS (actions), self);
  add_settings_action (self, "panel-edge");
  add_settings_action (self, "safe-mode");
  g_simple_action_set_enabled (get_action (self, "panel-wider"), FALSE);
  g_simple_action_set_enabled (get_action (self, "panel-narrower"), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (self->application, accels[i].action, accels[i].keys);
}

static void
cm_desktop_dispose (GObject *object)
{
  CmDesktop *self = CM_DESKTOP (object);

  g_clear_handle_id (&self->renew_id, g_source_remove);
  if (self->pin != NULL)
    g_signal_handlers_disconnect_by_data (self->pin, self);
  g_clear_object (&self->pin);
  g_clear_object (&self->autostart);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cm_desktop_parent_class)->dispose (object);
}

static void
cm_desktop_class_init (CmDesktopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_desktop_dispose;
}

static void
cm_desktop_init (CmDesktop *self)
{
  self->settings = cm_settings_new ();
  self->autostart = cm_autostart_new (self->settings);
  g_signal_connect_object (self->settings, "changed::density", G_CALLBACK (update_looks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::my-stations", G_CALLBACK (update_stations),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::safe-mode", G_CALLBACK (update_safe_mode),
                           self, G_CONNECT_SWAPPED);
}

/**
 * cm_desktop_new:
 * @application: what owns it
 * @session: what is watched
 *
 * Returns: (transfer full): a desktop
 */
CmDesktop *
cm_desktop_new (GtkApplication *application,
                CmSession      *session)
{
  CmDesktop *self = g_object_new (CM_TYPE_DESKTOP, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::watch", G_CALLBACK (update_safe_mode), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self,
                           G_CONNECT_SWAPPED);
  add_actions (self);
  update_stations (self);

  return self;
}

/* Returns: (transfer none) */
GSettings *
cm_desktop_get_settings (CmDesktop *self)
{
  g_return_val_if_fail (CM_IS_DESKTOP (self), NULL);

  return self->settings;
}

/**
 * cm_desktop_create_window:
 * @self: a desktop
 * @width: logical pixels, or 0 for what it had when it was last used
 * @height: logical pixels, or 0
 *
 * Returns: (transfer none): a window of the application, pinned where it was left so
 */
GtkWindow *
cm_desktop_create_window (CmDesktop *self,
                          int        width,
                          int        height)
{
  GtkWindow *window;
  int last_width, last_height;

  g_return_val_if_fail (CM_IS_DESKTOP (self), NULL);

  window = GTK_WINDOW (cm_window_new (self->application, self->session));
  g_settings_get (self->settings, "window-size", "(ii)", &last_width, &last_height);
  gtk_window_set_default_size (window, width > 0 ? width : last_width,
                               height > 0 ? height : last_height);
  if (width == 0 && g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (window);
  attach (self, window);

  return window;
}

/**
 * cm_desktop_pin:
 * @self: a desktop
 * @edge: "left", "right", or "last" for the one that is remembered
 */
void
cm_desktop_pin (CmDesktop  *self,
                const char *edge)
{
  g_return_if_fail (CM_IS_DESKTOP (self));

  if (!g_str_equal (edge, "last"))
    g_settings_set_string (self->settings, "panel-edge", edge);
  g_action_group_change_action_state (G_ACTION_GROUP (self->application), "pin",
                                      g_variant_new_boolean (TRUE));
}

/* Returns: (nullable) (transfer full): what was watched last:
 * %CM_DESKTOP_DEMO, %CM_DESKTOP_FOLLOW, the URI of a recording or of a configuration,
 * or the address of a tracker */
char *
cm_desktop_dup_last (CmDesktop *self)
{
  g_autofree char *last = NULL;

  g_return_val_if_fail (CM_IS_DESKTOP (self), NULL);

  last = g_settings_get_string (self->settings, "last-address");

  return *last != '\0' ? g_steal_pointer (&last) : NULL;
}

/* @last: what was watched last. Returns: whether that was a tracker */
gboolean
cm_desktop_is_address (const char *last)
{
  return *last != '\0' && !g_str_equal (last, CM_DESKTOP_DEMO) && !g_str_equal (last, CM_DESKTOP_FOLLOW) &&
         !g_str_has_prefix (last, "file:");
}

/* Remembers @what for the next start. */
void
cm_desktop_remember (CmDesktop  *self,
                     const char *what)
{
  g_return_if_fail (CM_IS_DESKTOP (self));

  g_settings_set_string (self->settings, "last-address", what);
  if (g_str_has_prefix (what, "file:"))
    cm_recent_add (what);
}

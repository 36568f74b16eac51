/* cm-follow-control.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-control.h"

#include <glib/gi18n.h>

#include "panel/cm-notice.h"
#include "panel/cm-window.h"
#include "panel/follow/cm-follow-file.h"
#include "panel/follow/cm-follow-secrets.h"
#include "panel/follow/cm-following.h"

/**
 * CmFollowControl:
 * @page: (nullable): where the user is asked
 * @config: (nullable): what is checked
 */
struct _CmFollowControl
{
  GObject parent_instance;

  GtkApplication *application; /* borrowed: it owns this */
  CmDesktop      *desktop;
  CmSession      *session;
  CmFollowing    *following;
  CmFollowCheck  *check;
  CmFollowPage   *page;
  CmFeedConfig   *config;
};

G_DEFINE_FINAL_TYPE (CmFollowControl, cm_follow_control, G_TYPE_OBJECT)

static void
tell_fault (CmFollowControl *self,
            const char      *title,
            const char      *reason)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  if (window != NULL)
    cm_notice_show (window, title, reason);
}

static void
tell_unkept (CmFollowControl *self,
             const GError    *error)
{
  tell_fault (self, _ ("The systems could not be kept"), error->message);
}

static void
secret_fault_cb (const char *reason,
                 gpointer    user_data)
{
  tell_fault (CM_FOLLOW_CONTROL (user_data), _ ("The secret could not be kept"), reason);
}

static GListModel *
get_list (CmFollowControl *self)
{
  return cm_following_get_list (self->following);
}

static void
remember (CmFollowControl *self)
{
  const char *path = cm_following_get_path (self->following);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;

  cm_desktop_remember (self->desktop, uri != NULL ? uri : CM_DESKTOP_FOLLOW);
}

static void
show_calls (CmFollowControl *self)
{
  cm_session_set_watch (self->session, cm_following_start (self->following));
  cm_session_set_asking (self->session, NULL);
  remember (self);
}

/* What is shown instead is all that is followed. A tracker's systems were looked at;
 * the user's own are those that come next. */
static void
watch_changed_cb (CmFollowControl *self)
{
  if (CM_IS_FEED_WATCH (cm_session_get_watch (self->session)))
    return;

  cm_following_stop (self->following);
  if (cm_following_get_path (self->following) != NULL)
    cm_following_open (self->following, NULL, NULL);
}

static gboolean
ensure_open (CmFollowControl *self)
{
  g_autoptr (GError) error = NULL;

  if (cm_following_is_open (self->following) || cm_following_open (self->following, NULL, &error))
    return TRUE;

  tell_fault (self, _ ("The systems that are followed are not known"), error->message);

  return FALSE;
}

static void
show_form (CmFollowControl *self,
           CmFeedConfig    *config)
{
  g_autofree char *name = NULL;

  for (guint i = 1; name == NULL || (config == NULL && cm_following_find (self->following, name) != NULL); i++)
    {
      g_free (name);
      name = config != NULL ? g_strdup (cm_feed_config_get_name (config)) : g_strdup_printf ("system-%u", i);
    }

  cm_follow_check_cancel (self->check);
  cm_follow_form_set_config (cm_follow_page_get_form (self->page), config, name);
  cm_follow_page_show_form (self->page);
  cm_session_set_asking (self->session, CM_SESSION_FOLLOW);
  cm_follow_page_focus_first (self->page);
}

static void
show_list (CmFollowControl *self)
{
  cm_follow_page_set_path (self->page, cm_following_get_path (self->following));
  cm_follow_page_show_list (self->page);
  cm_session_set_asking (self->session, CM_SESSION_FOLLOW);
  cm_follow_page_focus_first (self->page);
}

static void
show_page (CmFollowControl *self)
{
  if (g_list_model_get_n_items (get_list (self)) > 0)
    show_list (self);
  else
    show_form (self, NULL);
}

static void
page_done_cb (CmFollowControl *self)
{
  show_calls (self);
}

static void
follow_now (CmFollowControl *self)
{
  g_autoptr (CmFeedConfig) config = g_steal_pointer (&self->config);
  g_autoptr (GError) error = NULL;

  if (config == NULL)
    return;

  if (!cm_following_set (self->following, config, &error))
    {
      tell_unkept (self, error);
      return;
    }

  cm_follow_secrets_keep (config, secret_fault_cb, G_OBJECT (self));
  show_calls (self);
}

static void
checked_cb (CmFollowControl *self,
            gboolean         good)
{
  g_autoptr (CmFeedConfig) entered =
    self->page != NULL ? cm_follow_form_dup_config (cm_follow_page_get_form (self->page)) : NULL;

  /* What was entered since is something else. */
  if (entered == NULL || self->config == NULL || !cm_feed_config_equal (entered, self->config))
    return;

  if (good)
    follow_now (self);
  else
    cm_follow_form_set_state (cm_follow_page_get_form (self->page), NULL, TRUE,
                              cm_follow_check_may_pass (self->check));
}

static void
form_start_cb (CmFollowControl *self)
{
  CmFollowForm *form = cm_follow_page_get_form (self->page);
  CmFeedConfig *config = cm_follow_form_dup_config (form);

  g_clear_pointer (&self->config, cm_feed_config_unref);
  self->config = config;
  if (cm_follow_form_is_new (form) &&
      cm_following_find (self->following, cm_feed_config_get_name (config)) != NULL)
    {
      cm_follow_form_set_state (form, _ ("There is a system of this name already; choose another one."), FALSE, FALSE);
      return;
    }

  cm_follow_form_set_state (form, NULL, TRUE, FALSE);
  cm_follow_check_start (self->check, config);
}

static void
form_cancelled_cb (CmFollowControl *self)
{
  cm_follow_check_cancel (self->check);
  if (g_list_model_get_n_items (get_list (self)) > 0)
    show_list (self);
  else
    cm_session_set_asking (self->session, NULL);
}

static void
form_remove_cb (CmFollowControl *self)
{
  g_autoptr (CmFeedConfig) config = cm_follow_form_dup_config (cm_follow_page_get_form (self->page));
  g_autoptr (GError) error = NULL;

  cm_follow_check_cancel (self->check);
  if (!cm_following_remove (self->following, cm_feed_config_get_name (config), &error))
    tell_unkept (self, error);
  else
    show_page (self);
}

static void
follow_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  CmFollowControl *self = CM_FOLLOW_CONTROL (user_data);

  g_application_activate (G_APPLICATION (self->application));
  if (self->page != NULL && ensure_open (self))
    show_page (self);
}

/* A tracker's systems are not added to; the user's own are. */
static void
add_activated (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CmFollowControl *self = CM_FOLLOW_CONTROL (user_data);

  if (self->page != NULL && ensure_open (self) && cm_following_get_path (self->following) == NULL)
    show_form (self, NULL);
}

static void
edit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CmFollowControl *self = CM_FOLLOW_CONTROL (user_data);
  CmFeedConfig *config = ensure_open (self)
    ? cm_following_find (self->following, g_variant_get_string (parameter, NULL)) : NULL;

  if (self->page == NULL || config == NULL)
    return;

  if (cm_following_get_path (self->following) == NULL)
    show_form (self, config);
  else
    tell_fault (self, _ ("This system is not changed here"),
                _ ("It is in the configuration of a tracker: change it there."));
}

static void
toggle_activated (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  CmFollowControl *self = CM_FOLLOW_CONTROL (user_data);
  const char *name = g_variant_get_string (parameter, NULL);
  CmFeedConfig *config = ensure_open (self) ? cm_following_find (self->following, name) : NULL;
  g_autoptr (GError) error = NULL;

  if (config != NULL &&
      !cm_following_set_enabled (self->following, name, !cm_feed_config_is_enabled (config), &error))
    tell_unkept (self, error);
}

static void
window_added_cb (CmFollowControl *self,
                 GtkWindow       *window)
{
  CmFollowPage *page = CM_IS_WINDOW (window) ? cm_window_get_follow_page (CM_WINDOW (window)) : NULL;
  CmFollowForm *form;

  if (page == NULL)
    return;

  form = cm_follow_page_get_form (page);
  g_set_weak_pointer (&self->page, page);
  cm_follow_page_set_list (page, get_list (self));
  cm_follow_form_set_check (form, self->check);
  g_signal_connect_object (page, "done", G_CALLBACK (page_done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "start", G_CALLBACK (form_start_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "anyway", G_CALLBACK (follow_now), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "remove", G_CALLBACK (form_remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "cancelled", G_CALLBACK (form_cancelled_cb), self, G_CONNECT_SWAPPED);
}

static void
cm_follow_control_dispose (GObject *object)
{
  CmFollowControl *self = CM_FOLLOW_CONTROL (object);

  g_clear_object (&self->check);
  g_clear_object (&self->following);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->desktop);
  g_clear_object (&self->session);
  g_clear_pointer (&self->config, cm_feed_config_unref);

  G_OBJECT_CLASS (cm_follow_control_parent_class)->dispose (object);
}

static void
cm_follow_control_class_init (CmFollowControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_follow_control_dispose;
}

static void
cm_follow_control_init (CmFollowControl *self)
{
  self->following = cm_following_new ();
  self->check = cm_follow_check_new ();
  g_signal_connect_object (self->check, "finished", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * cm_follow_control_new:
 * @application: what owns it
 * @desktop: what remembers that systems are followed
 * @session: what shows them
 *
 * Returns: (transfer full): a control
 */
CmFollowControl *
cm_follow_control_new (GtkApplication *application,
                       CmDesktop      *desktop,
                       CmSession      *session)
{
  static const GActionEntry actions[] = {
    { "follow", follow_activated },
    { "follow-add", add_activated },
    { "follow-edit", edit_activated, "s" },
    { "follow-toggle", toggle_activated, "s" },
  };
  CmFollowControl *self = g_object_new (CM_TYPE_FOLLOW_CONTROL, NULL);

  self->application = application;
  self->desktop = g_object_ref (desktop);
  self->session = g_object_ref (session);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::watch", G_CALLBACK (watch_changed_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), self);

  return self;
}

/**
 * cm_follow_control_open:
 * @self: a control
 * @file: (nullable): a tracker's configuration; %NULL for what the user follows
 *
 * Shows the calls of those systems; where the file cannot be used, why.
 *
 * Returns: %FALSE where it cannot be
 */
gboolean
cm_follow_control_open (CmFollowControl *self,
                        GFile           *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : cm_follow_file_dup_path ();
  g_autofree char *title = g_strdup_printf (_ ("Could not open %s"), name);
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (CM_IS_FOLLOW_CONTROL (self), FALSE);

  if (file != NULL && path == NULL)
    {
      cm_session_set_fault (self->session, title, _ ("It is not a file of this computer."));
      return FALSE;
    }

  if (!cm_following_open (self->following, path, &error))
    {
      cm_session_set_fault (self->session, title, error->message);
      return FALSE;
    }

  show_calls (self);

  return TRUE;
}

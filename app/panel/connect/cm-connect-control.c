/* cm-connect-control.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-control.h"

#include <glib/gi18n.h>

#include "panel/connect/cm-connect-secret.h"
#include "panel/cm-notice.h"
#include "panel/cm-window.h"
#include "watch/remote/cm-remote-address.h"
#include "watch/remote/cm-remote-watch.h"

/* Until a tracker that does not answer is tried again, s. */
#define RETRY_DELAY 5

typedef void (*Next) (CmConnectControl *self);

/**
 * CmConnectControl:
 * @page: (nullable): where the user is asked
 * @watch: (nullable): what has not been live yet
 * @address: (nullable): what is tried
 * @token: (nullable): for that
 * @token_fault: (nullable): why the token that is kept cannot be used
 * @is_new: the token was entered and is not kept yet
 * @is_checked: all steps have passed
 * @cancellable: for the token that is looked up
 * @settled: (nullable): waits until it is known whether it works
 */
struct _CmConnectControl
{
  GObject parent_instance;

  GtkApplication  *application; /* borrowed: it owns this */
  CmDesktop       *desktop;
  CmSession       *session;
  CmConnectCheck  *check;
  CmConnectPage   *page;
  CmWatch         *watch;
  CmRemoteAddress *address;
  char            *token;
  char            *token_fault;
  char            *authority;
  gboolean         is_new;
  gboolean         is_checked;
  GCancellable    *cancellable;
  Next             next;
  guint            retry_id;
  CmConnectFunc    settled;
  gpointer         settled_data;
};

G_DEFINE_FINAL_TYPE (CmConnectControl, cm_connect_control, G_TYPE_OBJECT)

static void
note (CmConnectControl *self,
      const char       *words)
{
  if (self->page != NULL)
    cm_connect_page_set_note (self->page, words);
}

static void
settle (CmConnectControl *self)
{
  CmConnectFunc func = g_steal_pointer (&self->settled);

  if (func != NULL)
    func (self->settled_data);
}

/* What was tried so far is tried no more. What is live stays. */
static void
stop (CmConnectControl *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  cm_connect_check_cancel (self->check);

  if (self->watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->watch, self);
      if (cm_session_get_watch (self->session) == self->watch)
        cm_session_set_watch (self->session, NULL);
      g_clear_object (&self->watch);
    }
}

static void
show_page (CmConnectControl *self)
{
  cm_session_set_asking (self->session, CM_SESSION_CONNECT);
}

static void
check (CmConnectControl *self)
{
  show_page (self);
  note (self, NULL);
  if (self->page != NULL)
    cm_connect_page_show_steps (self->page, TRUE);
  cm_connect_check_start (self->check, self->address->text, self->token, self->authority);
}

static gboolean
retry_cb (gpointer user_data)
{
  CmConnectControl *self = user_data;

  self->retry_id = 0;
  check (self);

  return G_SOURCE_REMOVE;
}

static void
retry_later (CmConnectControl *self,
             const char       *words)
{
  note (self, words);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add_seconds (RETRY_DELAY, retry_cb, self);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CmConnectControl) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_application_get_active_window (self->application);
  gboolean is_refused;

  if (!cm_connect_secret_store_finish (result, &is_refused, &error) && window != NULL)
    cm_notice_show (window, _ ("The token could not be kept"), error->message);
  else if (is_refused && window != NULL)
    cm_notice_show (window, _ ("The keyring did not take the token"), _ ("It is kept in a file that only you can read."));
}

/* It has worked, so it is worth being remembered. */
static void
remember (CmConnectControl *self)
{
  cm_desktop_remember (self->desktop, self->address->text);
  g_settings_set_string (cm_desktop_get_settings (self->desktop), "tracker-authority",
                         self->authority != NULL ? self->authority : "");
  if (self->is_new)
    cm_connect_secret_store_async (self->address->text, self->token, NULL, stored_cb, g_object_ref (self));
  self->is_new = FALSE;
  if (self->page != NULL)
    cm_connect_page_forget_token (self->page);
}

static void
live_cb (CmConnectControl *self)
{
  if (self->watch == NULL || cm_watch_get_status (self->watch) != CM_WATCH_LIVE)
    return;

  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->watch);
  note (self, NULL);
  cm_session_set_asking (self->session, NULL);
  remember (self);
  settle (self);
}

/* Before anything was shown the steps say what is wrong; afterwards the banner does,
 * and tries go on. */
static gboolean
broken_cb (gpointer user_data)
{
  CmConnectControl *self = CM_CONNECT_CONTROL (user_data);
  /* Translators: a reason, as “the connection was closed” */
  g_autofree char *reason = g_strdup_printf (_ ("The tracker cannot be watched: %s. Trying again."),
                                             cm_watch_get_error (self->watch));

  self->retry_id = 0;
  stop (self);
  show_page (self);
  if (self->is_checked)
    retry_later (self, reason);
  else
    check (self);

  return G_SOURCE_REMOVE;
}

/* A watch is not let go while it speaks. */
static void
error_cb (CmConnectControl *self)
{
  if (self->watch != NULL && cm_watch_get_error (self->watch) != NULL && self->retry_id == 0)
    self->retry_id = g_idle_add (broken_cb, self);
}

static void
connect_now (CmConnectControl *self)
{
  CmRemoteOptions options = { self->address->text, self->token, self->authority };
  g_autoptr (CmRemoteWatch) watch = cm_remote_watch_new (&options, NULL);

  /* What is wrong with the options the steps say better. */
  if (watch == NULL)
    {
      check (self);
      return;
    }

  self->watch = CM_WATCH (g_object_ref (watch));
  g_signal_connect_object (watch, "notify::status", G_CALLBACK (live_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "notify::error", G_CALLBACK (error_cb), self, G_CONNECT_SWAPPED);
  cm_session_set_watch (self->session, self->watch);
  show_page (self);
  note (self, _ ("Connecting…"));
}

static void
checked_cb (CmConnectControl *self,
            gboolean          good)
{
  self->is_checked = good;
  if (good)
    connect_now (self);
  else if (cm_connect_check_may_pass (self->check))
    retry_later (self, _ ("Trying again every few seconds."));
  else if (self->token_fault != NULL)
    note (self, self->token_fault);
  if (!good)
    settle (self);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CmConnectControl) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = cm_connect_secret_lookup_finish (result, NULL, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  g_clear_object (&self->cancellable);
  g_free (self->token);
  self->token = g_steal_pointer (&token);
  if (error != NULL)
    self->token_fault = g_strdup (error->message);
  self->next (self);
}

/* A socket asks for no token, and what was entered or given comes first. */
static void
find_token (CmConnectControl *self,
            const char       *entered,
            Next              next)
{
  const char *token = entered != NULL ? entered : g_getenv ("CONFERENCE_TRACKER_TOKEN");

  g_free (self->token);
  self->token = self->address->path == NULL ? g_strdup (token) : NULL;
  self->is_new = self->token != NULL && entered != NULL;
  self->is_checked = FALSE;
  g_clear_pointer (&self->token_fault, g_free);
  if (self->address->path != NULL || token != NULL)
    {
      next (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->next = next;
  cm_connect_secret_lookup_async (self->address->text, self->cancellable, found_cb,
                                  g_object_ref (self));
}

/* @address: as the user wrote it. Returns: %FALSE where that is none, which is shown */
static gboolean
take_address (CmConnectControl *self,
              const char       *address)
{
  g_autoptr (CmRemoteAddress) place = cm_remote_address_parse (address, NULL);

  stop (self);
  g_clear_pointer (&self->address, cm_remote_address_free);
  self->address = g_steal_pointer (&place);
  if (self->address != NULL)
    return TRUE;

  show_page (self);
  if (self->page != NULL)
    cm_connect_page_show_steps (self->page, TRUE);
  cm_connect_check_start (self->check, address, NULL, NULL);

  return FALSE;
}

static void
page_start_cb (CmConnectControl *self)
{
  if (!take_address (self, cm_connect_page_get_address (self->page)))
    return;

  g_free (self->authority);
  self->authority = g_strdup (cm_connect_page_get_authority (self->page));
  find_token (self, cm_connect_page_get_token (self->page), check);
}

static void
page_cancelled_cb (CmConnectControl *self)
{
  stop (self);
  cm_connect_page_show_steps (self->page, FALSE);
  cm_connect_page_forget_token (self->page);
  note (self, NULL);
  cm_session_set_asking (self->session, NULL);
}

static void
fill_page (CmConnectControl *self)
{
  GSettings *settings = cm_desktop_get_settings (self->desktop);
  g_autofree char *last = cm_desktop_dup_last (self->desktop);
  g_autofree char *authority = g_settings_get_string (settings, "tracker-authority");

  if (last != NULL && cm_desktop_is_address (last) &&
      *cm_connect_page_get_address (self->page) == '\0')
    cm_connect_page_set_address (self->page, last);
  cm_connect_page_set_authority (self->page, *authority != '\0' ? authority : NULL);
}

static void
connect_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  CmConnectControl *self = CM_CONNECT_CONTROL (user_data);

  g_application_activate (G_APPLICATION (self->application));
  if (self->page == NULL)
    return;

  fill_page (self);
  show_page (self);
  cm_connect_page_focus_address (self->page);
}

static void
network_changed_cb (CmConnectControl *self,
                    gboolean          is_available)
{
  if (is_available && self->retry_id != 0 && self->watch == NULL)
    {
      g_clear_handle_id (&self->retry_id, g_source_remove);
      check (self);
    }
}

static void
window_added_cb (CmConnectControl *self,
                 GtkWindow        *window)
{
  CmConnectPage *page = CM_IS_WINDOW (window) ? cm_window_get_connect_page (CM_WINDOW (window)) : NULL;

  if (page == NULL)
    return;

  g_set_weak_pointer (&self->page, page);
  cm_connect_page_set_check (page, self->check);
  g_signal_connect_object (page, "start", G_CALLBACK (page_start_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "cancelled", G_CALLBACK (page_cancelled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
cm_connect_control_dispose (GObject *object)
{
  CmConnectControl *self = CM_CONNECT_CONTROL (object);

  if (self->session != NULL)
    stop (self);
  g_clear_object (&self->check);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->desktop);
  g_clear_object (&self->session);
  g_clear_pointer (&self->address, cm_remote_address_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->token_fault, g_free);
  g_clear_pointer (&self->authority, g_free);

  G_OBJECT_CLASS (cm_connect_control_parent_class)->dispose (object);
}

static void
cm_connect_control_class_init (CmConnectControlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_connect_control_dispose;
}

static void
cm_connect_control_init (CmConnectControl *self)
{
  self->check = cm_connect_check_new ();
  g_signal_connect_object (self->check, "finished", G_CALLBACK (checked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * cm_connect_control_new:
 * @application: what owns it
 * @desktop: what remembers the tracker
 * @session: what shows it
 *
 * Returns: (transfer full): a control
 */
CmConnectControl *
cm_connect_control_new (GtkApplication *application,
                        CmDesktop      *desktop,
                        CmSession      *session)
{
  static const GActionEntry actions[] = { { "connect", connect_activated } };
  CmConnectControl *self = g_object_new (CM_TYPE_CONNECT_CONTROL, NULL);

  self->application = application;
  self->desktop = g_object_ref (desktop);
  self->session = g_object_ref (session);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), self);

  return self;
}

/**
 * cm_connect_control_open:
 * @self: a control
 * @address: of a tracker
 *
 * Shows what the tracker knows; where it cannot be had, why.
 *
 * Returns: %FALSE where that is no address
 */
gboolean
cm_connect_control_open (CmConnectControl *self,
                         const char       *address)
{
  g_autofree char *authority = NULL;

  g_return_val_if_fail (CM_IS_CONNECT_CONTROL (self), FALSE);

  authority = g_settings_get_string (cm_desktop_get_settings (self->desktop), "tracker-authority");
  if (self->page != NULL)
    {
      fill_page (self);
      cm_connect_page_set_address (self->page, address);
    }
  if (!take_address (self, address))
    return FALSE;

  g_free (self->authority);
  self->authority = *authority != '\0' ? g_steal_pointer (&authority) : NULL;
  show_page (self);
  note (self, _ ("Connecting…"));
  find_token (self, NULL, connect_now);

  return TRUE;
}

/**
 * cm_connect_control_when_settled:
 * @self: a control
 * @func: called once, when nothing is being tried or it is known whether it works
 * @user_data: for @func
 */
void
cm_connect_control_when_settled (CmConnectControl *self,
                                 CmConnectFunc     func,
                                 gpointer          user_data)
{
  gboolean running;

  g_return_if_fail (CM_IS_CONNECT_CONTROL (self));

  g_object_get (self->check, "running", &running, NULL);
  self->settled = func;
  self->settled_data = user_data;
  if (self->watch == NULL && self->cancellable == NULL && !running)
    settle (self);
}

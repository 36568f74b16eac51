/* cm-connect-control.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-connect-control.h"

#include <glib/gi18n.h>

#include "watch/cm-remote-address.h"
#include "watch/cm-remote-watch.h"

struct _CmConnectControl
{
  GObject parent_instance;

  GtkApplication *application; /* borrowed: it owns this */
  CmDesktop      *desktop;
  CmSession      *session;
};

G_DEFINE_FINAL_TYPE (CmConnectControl, cm_connect_control, G_TYPE_OBJECT)

static void
show_fault (CmConnectControl *self,
            const char       *reason)
{
  cm_session_set_fault (self->session, _ ("Could not connect"), reason);
}

/* Once something is shown the banner says it, and tries go on. */
static void
error_cb (CmWatch          *watch,
          GParamSpec       *pspec,
          CmConnectControl *self)
{
  g_autofree char *reason = g_strdup (cm_watch_get_error (watch));

  if (reason != NULL && cm_session_get_watch (self->session) == watch &&
      cm_watch_get_status (watch) == CM_WATCH_CONNECTING)
    show_fault (self, reason);
}

static void
cm_connect_control_dispose (GObject *object)
{
  CmConnectControl *self = CM_CONNECT_CONTROL (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->session);

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
  CmConnectControl *self = g_object_new (CM_TYPE_CONNECT_CONTROL, NULL);

  self->application = application;
  self->desktop = g_object_ref (desktop);
  self->session = g_object_ref (session);

  return self;
}

/**
 * cm_connect_control_open:
 * @self: a control
 * @address: of a tracker
 *
 * Shows what the tracker knows, from now on and at the next start.
 *
 * Returns: %FALSE where that is no address, which the window then says
 */
gboolean
cm_connect_control_open (CmConnectControl *self,
                         const char       *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmRemoteAddress) place = cm_remote_address_parse (address, &error);
  CmRemoteOptions options = { NULL, g_getenv ("CONFERENCE_TRACKER_TOKEN"), NULL };
  g_autoptr (CmRemoteWatch) watch = NULL;

  if (place != NULL)
    {
      options.address = place->text;
      watch = cm_remote_watch_new (&options, &error);
    }

  if (watch == NULL)
    {
      show_fault (self, error->message);
      return FALSE;
    }

  g_signal_connect_object (watch, "notify::error", G_CALLBACK (error_cb), self, 0);
  cm_session_set_watch (self->session, CM_WATCH (watch));
  cm_desktop_remember (self->desktop, place->text);

  return TRUE;
}

/* cm-webhook-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-webhook-look.h"

#include <glib/gi18n.h>

#include "core/cm-time.h"
#include "feeds/cm-http.h"

/* Thousands of people in one answer, bytes. */
#define MAX_ANSWER (8 * 1024 * 1024)
/* So long is one answer waited for, s. */
#define DEADLINE 15
/* "Date" and the times of some systems' events are whole seconds, ms. */
#define MARGIN 1000

struct _CmWebhookLook
{
  CmWebhookLookFuncs  funcs;
  gpointer            user_data;
  SoupSession        *session;
  GCancellable       *cancellable; /* (nullable) while nothing is asked */
  guint               deadline_id;
  gint64              asked;       /* ms UTC by our clock */
  gint64              at;          /* ms UTC by theirs, or CM_TIME_NONE */
  guint               wait;        /* ms: so long it is not to be asked again */
  gboolean            paused;
  gboolean            stopped;
};

static void
clear (gpointer data)
{
  CmWebhookLook *self = data;

  g_clear_object (&self->cancellable);
  g_object_unref (self->session);
}

static void
release (CmWebhookLook *self)
{
  g_rc_box_release_full (self, clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmWebhookLook, release)

static gboolean
on_deadline (gpointer user_data)
{
  CmWebhookLook *self = user_data;

  self->deadline_id = 0;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

/* When the look began, by the clock that events are told by: what came about after
 * it is not known by the answers. */
static gint64
get_time (CmWebhookLook *self,
          SoupMessage   *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  gint64 waited = MAX (g_get_real_time () / 1000 - self->asked, 0);

  return (date != NULL ? g_date_time_to_unix (date) * 1000 - waited : self->asked) - MARGIN;
}

static void
proceed (CmWebhookLook       *self,
         GAsyncReadyCallback  callback)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SoupMessage) message = self->funcs.ask (self->user_data, &error);

  if (message == NULL)
    {
      if (!self->paused)
        self->funcs.done (self->at, error, self->user_data);
      return;
    }

  /* It changes nothing there, and a kept connection may be gone. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  self->cancellable = g_cancellable_new ();
  self->deadline_id = g_timeout_add_seconds (DEADLINE, on_deadline, self);
  cm_http_send_async (self->session, message, MAX_ANSWER, self->cancellable, callback, g_rc_box_acquire (self));
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(CmWebhookLook) self = user_data;
  SoupMessage *message = SOUP_MESSAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = cm_http_send_finish (result, &error);
  gboolean late = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (self->stopped)
    return;

  if (late)
    {
      g_clear_error (&error);
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("the address does not answer within %d s"), DEADLINE);
    }
  if (error == NULL && cm_http_is_busy (soup_message_get_status (message)))
    {
      self->wait = cm_http_get_retry_after (message);
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_BUSY, _("the address answers with HTTP status %u"),
                   soup_message_get_status (message));
    }
  if (error == NULL && self->at == CM_TIME_NONE)
    self->at = get_time (self, message);

  if (error == NULL && self->funcs.hear (message, answer, self->user_data, &error))
    proceed (self, on_answered);
  else
    self->funcs.done (self->at, error, self->user_data);
}

/**
 * cm_webhook_look_new:
 * @funcs: what is asked, and what comes of it
 * @user_data: for @funcs; it must outlive the look
 *
 * Returns: (transfer full): a look that has not begun
 */
CmWebhookLook *
cm_webhook_look_new (const CmWebhookLookFuncs *funcs,
                     gpointer                  user_data)
{
  CmWebhookLook *self = g_rc_box_new0 (CmWebhookLook);

  self->funcs = *funcs;
  self->user_data = user_data;
  self->session = soup_session_new ();

  return self;
}

/**
 * cm_webhook_look_free:
 * @self: (transfer full): a look
 *
 * None of its functions is called any more.
 */
void
cm_webhook_look_free (CmWebhookLook *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  release (self);
}

/**
 * cm_webhook_look_start:
 * @self: a look that has not begun, or is done
 */
void
cm_webhook_look_start (CmWebhookLook *self)
{
  self->asked = g_get_real_time () / 1000;
  self->at = self->funcs.has_our_clock ? self->asked : CM_TIME_NONE;
  self->wait = 0;
  self->paused = FALSE;
  proceed (self, on_answered);
}

/* Returns: how long the system wants not to be asked again after the last look, ms */
guint
cm_webhook_look_get_wait (CmWebhookLook *self)
{
  return self->wait;
}

/**
 * cm_webhook_look_pause:
 * @self: a look that is asked for its next question
 *
 * There will be one, but something else comes first.
 */
void
cm_webhook_look_pause (CmWebhookLook *self)
{
  self->paused = TRUE;
}

/**
 * cm_webhook_look_go_on:
 * @self: a look that pauses
 * @error: (nullable): why there is no next question
 */
void
cm_webhook_look_go_on (CmWebhookLook *self,
                       const GError  *error)
{
  self->paused = FALSE;
  if (error != NULL)
    self->funcs.done (self->at, error, self->user_data);
  else
    proceed (self, on_answered);
}

/**
 * cm_webhook_look_check_address:
 * @address: of the API of a system
 * @error: where the reason goes
 *
 * Returns: whether it is one to which a path can be added
 */
gboolean
cm_webhook_look_check_address (const char  *address,
                               GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, error);

  if (uri == NULL)
    return FALSE;

  if ((g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http")) &&
      g_uri_get_host (uri) != NULL && g_uri_get_host (uri)[0] != '\0' && g_uri_get_userinfo (uri) == NULL &&
      g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("it is https://HOST/PATH or http://…, with neither a user nor a password nor a query"));

  return FALSE;
}

/**
 * cm_webhook_look_dup_place:
 * @address: of the API of a system
 * @path: begins with a "/"
 *
 * Returns: (transfer full): the path below the address, whether that ends with a
 *   "/" or not
 */
char *
cm_webhook_look_dup_place (const char *address,
                           const char *path)
{
  int size = (int) strlen (address) - (g_str_has_suffix (address, "/") ? 1 : 0);

  return g_strdup_printf ("%.*s%s", size, address, path);
}

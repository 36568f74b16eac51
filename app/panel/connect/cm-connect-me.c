/* cm-connect-me.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-me.h"

#include <gio/gunixsocketaddress.h>
#include <libsoup/soup.h>

#include "core/cm-json-reader.h"
#include "core/cm-time.h"
#include "panel/connect/cm-connect-words.h"

/* How long an answer may take, s. */
#define PATIENCE 10

/* Of an answer that should be one line, bytes. */
#define MAX_ANSWER 4096

/**
 * Ask:
 * @host: (nullable): for the words
 * @asked_at: when the tracker was asked for its time, ms UTC
 */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  char        *host;
  gboolean     has_token;
  gint64       asked_at;
  char         answer[MAX_ANSWER];
} Ask;

static void
ask_free (gpointer data)
{
  Ask *self = data;

  g_object_unref (self->session);
  g_object_unref (self->message);
  g_free (self->host);
  g_free (self);
}

/* @reason: (transfer full) */
static void
refuse (GTask *task,
        char  *reason)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", reason);
  g_free (reason);
}

static gboolean
read_member (CmJsonReader *reader,
             CmConnectMe  *me)
{
  CmText name = cm_json_reader_get_text (reader);
  gboolean is_token = cm_text_equal (name, CM_TEXT ("token"));
  gboolean is_role = cm_text_equal (name, CM_TEXT ("role"));
  CmTimeCache cache = { 0 };
  CmText text;

  if (!is_token && !is_role && !cm_text_equal (name, CM_TEXT ("at")))
    return cm_json_reader_skip (reader);
  if (cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  text = cm_json_reader_get_text (reader);
  if (is_token)
    me->token = cm_text_dup (text);
  else if (is_role)
    me->role = cm_text_dup (text);
  else
    return cm_time_parse (&cache, text, &me->at);

  return TRUE;
}

static gboolean
read_answer (CmConnectMe *me,
             const char  *text,
             gsize        size)
{
  g_autoptr (CmJsonReader) reader = cm_json_reader_new ();
  CmJsonToken token;

  cm_json_reader_load (reader, text, size, CM_JSON_STRICT);
  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!read_member (reader, me))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END && cm_json_reader_next (reader) == CM_JSON_END &&
         me->token != NULL && me->role != NULL && me->at != CM_TIME_NONE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (CmConnectMe) me = g_new0 (CmConnectMe, 1);
  gsize size;

  me->at = CM_TIME_NONE;
  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (object), result, &size, NULL) ||
      size == sizeof ask->answer || !read_answer (me, ask->answer, size))
    {
      refuse (task, cm_connect_words_dup_refused (SOUP_STATUS_OK, FALSE));
      return;
    }

  /* What the way takes is taken to be the same there and back. */
  me->skew = me->at - (ask->asked_at + g_get_real_time () / 1000) / 2;
  g_task_return_pointer (task, g_steal_pointer (&me), (GDestroyNotify) cm_connect_me_free);
}

static void
answer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint status = soup_message_get_status (ask->message);

  if (stream == NULL)
    refuse (task, cm_connect_words_dup_broken (ask->host, error));
  else if (status != SOUP_STATUS_OK)
    refuse (task, cm_connect_words_dup_refused (status, ask->has_token));
  else
    g_input_stream_read_all_async (stream, ask->answer, sizeof ask->answer, G_PRIORITY_DEFAULT,
                                   cancellable, read_cb, g_steal_pointer (&task));
}

static void
add_token (SoupMessage *message,
           const char  *token)
{
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
}

/**
 * cm_connect_me_ask_async:
 * @address: of a tracker
 * @token: (nullable): who we are
 * @authority: (nullable): the only certificates that are trusted
 * @cancellable: to give up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks a tracker who it takes us for.
 */
void
cm_connect_me_ask_async (const CmRemoteAddress *address,
                         const char            *token,
                         GTlsDatabase          *authority,
                         GCancellable          *cancellable,
                         GAsyncReadyCallback    callback,
                         gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *url = g_strconcat (address->base, "/v1/me", NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, url);
  g_autoptr (GSocketAddress) place =
    address->path != NULL ? g_unix_socket_address_new (address->path) : NULL;
  Ask *ask;

  g_task_set_source_tag (task, cm_connect_me_ask_async);
  if (message == NULL)
    {
      refuse (task, cm_connect_words_dup_refused (SOUP_STATUS_NOT_FOUND, FALSE));
      return;
    }

  /* Another place must not be shown the token. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (token != NULL)
    add_token (message, token);

  ask = g_new0 (Ask, 1);
  ask->session = g_object_new (SOUP_TYPE_SESSION, "remote-connectable", place, "timeout", PATIENCE,
                               NULL);
  if (authority != NULL)
    soup_session_set_tls_database (ask->session, authority);
  ask->message = g_steal_pointer (&message);
  ask->host = g_strdup (address->host);
  ask->has_token = token != NULL;
  ask->asked_at = g_get_real_time () / 1000;
  g_task_set_task_data (task, ask, ask_free);
  soup_session_send_async (ask->session, ask->message, G_PRIORITY_DEFAULT, cancellable, answer_cb,
                           g_steal_pointer (&task));
}

/**
 * cm_connect_me_ask_finish:
 * @result: what the callback got
 * @error: why there is no answer, and what to do, in sentences
 *
 * Returns: (nullable) (transfer full): who we are
 */
CmConnectMe *
cm_connect_me_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cm_connect_me_free (CmConnectMe *self)
{
  g_free (self->token);
  g_free (self->role);
  g_free (self);
}

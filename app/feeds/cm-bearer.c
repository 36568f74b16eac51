/* cm-bearer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-bearer.h"

#include <glib/gi18n.h>

#include <libsoup/soup.h>

#include "feeds/cm-http.h"
#include "feeds/cm-secret.h"
#include "feeds/decode/cm-record-json.h"

/* Longer than any answer of a login, bytes. */
#define MAX_ANSWER (64 * 1024)
/* So long is the login waited for, s. */
#define TIMEOUT 15
/* A token is not used in the last part of its life: clocks go, and requests take, s. */
#define SPARE 60
/* The longest life that is believed, s. */
#define MAX_LIFE (24 * 60 * 60)

struct _CmBearer
{
  CmFeedConfig *config;
  SoupSession  *session; /* (nullable) before the login is asked */
  char         *token;   /* (nullable) */
  gint64        until;   /* monotonic µs; 0 where its life is not known */
};

/**
 * cm_bearer_new:
 * @config: what the feed is told
 *
 * Returns: (transfer full): a bearer without a token
 */
CmBearer *
cm_bearer_new (CmFeedConfig *config)
{
  CmBearer *self = g_rc_box_new0 (CmBearer);

  self->config = cm_feed_config_ref (config);

  return self;
}

CmBearer *
cm_bearer_ref (CmBearer *self)
{
  return g_rc_box_acquire (self);
}

static void
cm_bearer_clear (gpointer data)
{
  CmBearer *self = data;

  cm_feed_config_unref (self->config);
  g_clear_object (&self->session);
  cm_secret_free (self->token);
}

void
cm_bearer_unref (CmBearer *self)
{
  g_rc_box_release_full (self, cm_bearer_clear);
}

/* Returns: (nullable) (transfer none): the token; %NULL where there is none, or
 * none any more */
const char *
cm_bearer_get (CmBearer *self)
{
  return self->until == 0 || g_get_monotonic_time () < self->until ? self->token : NULL;
}

/* The system does not take it. */
void
cm_bearer_drop (CmBearer *self)
{
  g_clear_pointer (&self->token, cm_secret_free);
  self->until = 0;
}

/* @token: (transfer full) (nullable); @error: (transfer full) (nullable): why there
 * is none */
static void
take_token (GTask  *task,
            char   *token,
            gint64  life,
            GError *error)
{
  CmBearer *self = g_task_get_task_data (task);

  if (token == NULL)
    {
      g_task_return_error (task, error != NULL ? error
                           : g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no token is configured"));
      return;
    }

  cm_bearer_drop (self);
  self->token = token;
  self->until = life > 0 ? g_get_monotonic_time () + MAX (life - SPARE, 1) * G_USEC_PER_SEC : 0;
  g_task_return_boolean (task, TRUE);
}

static void
on_program (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  char *out = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &out, NULL, &error);
  if (out != NULL)
    g_strstrip (out);
  if (error == NULL && (!g_subprocess_get_successful (G_SUBPROCESS (source)) || out == NULL || out[0] == '\0' ||
                        strlen (out) > CM_SECRET_MAX_SIZE))
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _("the program for the token gives none"));
      g_clear_pointer (&out, cm_secret_free);
    }
  take_token (task, out, 0, error);
}

/* No shell: the line is only taken apart as one would. */
static void
run_program (GTask      *task,
             const char *line)
{
  GError *error = NULL;
  g_auto(GStrv) argv = NULL;
  g_autoptr(GSubprocess) program = NULL;

  if (g_shell_parse_argv (line, NULL, &argv, &error))
    program = g_subprocess_newv ((const char * const *) argv,
                                 G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  if (program != NULL)
    g_subprocess_communicate_utf8_async (program, NULL, g_task_get_cancellable (task), on_program, g_object_ref (task));
  else
    take_token (task, NULL, 0, error);
}

/* In the words of whoever has set it up; the login's own may quote what was sent. */
static GError *
make_refusal (guint       status,
              JsonObject *answer)
{
  const char *code = cm_record_get_string (answer, "error");

  if (code == NULL || strspn (code, "abcdefghijklmnopqrstuvwxyz_") != strlen (code))
    return g_error_new (G_IO_ERROR, cm_http_is_busy (status) ? G_IO_ERROR_BUSY : G_IO_ERROR_FAILED,
                        "the login answers with HTTP status %u", status);

  return g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "the login refuses the application: %.64s", code);
}

static void
on_login (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) body = cm_http_send_finish (result, &error);
  g_autoptr(JsonParser) parser = NULL;
  JsonObject *answer;
  const char *token;

  if (body == NULL)
    {
      take_token (task, NULL, 0, error);
      return;
    }

  parser = cm_record_parse_body (body);
  answer = cm_record_get_root (parser);
  token = cm_record_get_string (answer, "access_token");
  if (soup_message_get_status (SOUP_MESSAGE (source)) == SOUP_STATUS_OK && token != NULL && token[0] != '\0')
    take_token (task, g_strdup (token), CLAMP (cm_record_get_integer (answer, "expires_in", 0), 0, MAX_LIFE), NULL);
  else
    take_token (task, NULL, 0, make_refusal (soup_message_get_status (SOUP_MESSAGE (source)), answer));
}

/* All that the application may do to the system at @address, and no more. */
static char *
dup_scope (const char *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) root = uri != NULL ? soup_uri_copy (uri, SOUP_URI_PATH, "/.default", SOUP_URI_NONE) : NULL;

  return root != NULL ? g_uri_to_string (root) : NULL;
}

static void
log_in (GTask *task)
{
  CmBearer *self = g_task_get_task_data (task);
  const char *login = cm_feed_config_get_text (self->config, "login-address");
  const char *tenant = cm_feed_config_get_text (self->config, "tenant");
  g_autofree char *scope = dup_scope (cm_feed_config_get_text (self->config, "address"));
  g_autofree char *place = NULL, *form = NULL;
  g_autoptr(SoupMessage) message = NULL;
  GError *error = NULL;
  char *secret = cm_feed_config_read_secret (self->config, "client-secret", &error);

  if (secret == NULL || tenant == NULL)
    {
      cm_secret_free (secret);
      take_token (task, NULL, 0, error);
      return;
    }

  place = g_strdup_printf ("%s%s%s/oauth2/v2.0/token", login, g_str_has_suffix (login, "/") ? "" : "/", tenant);
  form = soup_form_encode ("grant_type", "client_credentials", "client_id",
                           cm_feed_config_get_text (self->config, "client-id"), "client_secret", secret,
                           "scope", scope, NULL);
  cm_secret_free (secret);
  message = soup_message_new_from_encoded_form (SOUP_METHOD_POST, place, g_steal_pointer (&form));
  if (self->session == NULL)
    self->session = soup_session_new_with_options ("timeout", TIMEOUT, NULL);
  cm_http_send_async (self->session, message, MAX_ANSWER, g_task_get_cancellable (task), on_login, g_object_ref (task));
}

/**
 * cm_bearer_renew_async:
 * @self: a bearer
 * @cancellable: (nullable): to give up waiting
 * @callback: called when there is a token, or none can be had
 * @user_data: for @callback
 */
void
cm_bearer_renew_async (CmBearer            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char *line = cm_feed_config_get_text (self->config, "token-command");
  GError *error = NULL;

  g_task_set_task_data (task, cm_bearer_ref (self), (GDestroyNotify) cm_bearer_unref);
  if (line != NULL)
    run_program (task, line);
  else if (cm_feed_config_get_text (self->config, "client-id") != NULL && !cm_feed_config_has_secret (self->config, "token"))
    log_in (task);
  else
    {
      char *token = cm_feed_config_read_secret (self->config, "token", &error);

      take_token (task, token, 0, error);
    }
}

/**
 * cm_bearer_renew_finish:
 * @result: what the callback got
 * @error: why there is no token, one sentence without a secret
 *
 * Returns: whether there is one
 */
gboolean
cm_bearer_renew_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return g_strcmp0 (host, "localhost") == 0 || g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "::1") == 0;
}

/**
 * cm_bearer_check_address:
 * @value: the address of a server
 * @error: where the reason goes
 *
 * Returns: whether a token may be sent there
 */
gboolean
cm_bearer_check_address (const char  *value,
                         GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (value, SOUP_HTTP_URI_FLAGS, error);

  if (uri == NULL)
    return FALSE;

  if (g_uri_get_host (uri) != NULL && g_uri_get_user (uri) == NULL &&
      (g_str_equal (g_uri_get_scheme (uri), "https") ||
       (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (uri))))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("it must be https://HOST/…, without a user"));

  return FALSE;
}

/**
 * cm_bearer_check_id:
 * @value: of a tenant, or of an application
 * @error: where the reason goes
 *
 * Returns: whether it is a GUID, or the name of a domain
 */
gboolean
cm_bearer_check_id (const char  *value,
                    GError     **error)
{
  static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

  if (value[strspn (value, allowed)] == '\0' && value[0] != '.')
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("it has letters, digits, “-” and “.” only"));

  return FALSE;
}

/**
 * cm_bearer_check_program:
 * @value: a line with a program and its arguments
 * @error: where the reason goes
 *
 * Returns: whether it can only mean one program
 */
gboolean
cm_bearer_check_program (const char  *value,
                         GError     **error)
{
  if (g_path_is_absolute (value))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("it must begin with the absolute path of a program"));

  return FALSE;
}

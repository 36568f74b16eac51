/* cm-janus-api.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-api.h"

#include <glib/gi18n.h>

#include "feeds/janus/cm-janus-json.h"
#include "feeds/janus/cm-janus-wire.h"
#include "feeds/cm-secret.h"

/* Janus answers within milliseconds, or not at all, ms. */
#define TIMEOUT 1800

#define N_PLUGINS 2
#define PLUGIN_PREFIX "janus.plugin."

/* apierror.h */
#define ERROR_NO_SUCH_PLUGIN 460

static const char * const plugins[N_PLUGINS] = { "audiobridge", "videoroom" };

typedef struct
{
  CmJanusApi        *api;
  guint              timeout_id;
  CmJanusAnswerFunc  func;
  gpointer           user_data;
} Question;

struct _CmJanusApi
{
  CmFeedConfig    *config;
  CmJanusApiFuncs  funcs;
  gpointer         user_data;
  CmJanusWire     *wire;      /* (nullable) */
  char            *secret;    /* (nullable) */
  char            *server;
  GHashTable      *questions; /* transaction → Question */
  guint64          n_asked;
  gint64           session;
  gint64           handles[N_PLUGINS]; /* 0 where the plugin is not there */
  guint            n_attached;
  gboolean         is_admin;
};

static void
question_free (gpointer data)
{
  Question *self = data;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_free (self);
}

/* Nobody is left without an answer. */
static void
answer_all (CmJanusApi   *self,
            const GError *error)
{
  g_autoptr(GHashTable) questions = g_steal_pointer (&self->questions);
  GHashTableIter iter;
  gpointer value;

  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);
  g_hash_table_iter_init (&iter, questions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Question *question = value;

      question->func (NULL, error, question->user_data);
    }
}

static void
close_wire (CmJanusApi *self)
{
  if (self->wire != NULL)
    cm_janus_wire_close (self->wire);
  g_clear_object (&self->wire);
}

static void
on_lost (const GError *error,
         gpointer      user_data)
{
  CmJanusApi *self = user_data;

  close_wire (self);
  answer_all (self, error);
  self->funcs.lost (error, self->user_data);
}

static void G_GNUC_PRINTF (2, 3)
lose (CmJanusApi *self,
      const char *format,
      ...)
{
  g_autoptr(GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_FAILED, format, arguments);
  va_end (arguments);
  on_lost (error, self);
}

static gboolean
on_timeout (gpointer user_data)
{
  Question *question = user_data;

  question->timeout_id = 0;
  lose (question->api, _("Janus does not answer"));

  return G_SOURCE_REMOVE;
}

/* Takes the message over, and adds who asks. */
static void
send (CmJanusApi        *self,
      JsonObject        *message,
      CmJanusAnswerFunc  func,
      gpointer           user_data)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), message);
  char *transaction = g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->n_asked);
  Question *question = g_new0 (Question, 1);
  g_autofree char *text = NULL;

  json_object_set_string_member (message, "transaction", transaction);
  if (self->secret != NULL)
    json_object_set_string_member (message, self->is_admin ? "admin_secret" : "apisecret", self->secret);
  text = json_to_string (node, FALSE);
  json_object_unref (message);

  question->api = self;
  question->timeout_id = g_timeout_add (TIMEOUT, on_timeout, question);
  question->func = func;
  question->user_data = user_data;
  g_hash_table_insert (self->questions, transaction, question);
  cm_janus_wire_send (self->wire, text, strlen (text));
}

static JsonObject *
new_message (const char *kind)
{
  JsonObject *message = json_object_new ();

  json_object_set_string_member (message, "janus", kind);

  return message;
}

/* Returns: (nullable): an error where Janus itself has refused */
static GError *
new_refusal (JsonObject *message)
{
  JsonObject *error = cm_record_get_object (message, "error");
  const char *reason = cm_record_get_string (error, "reason");
  gint64 code = cm_record_get_integer (error, "code", 0);

  if (error == NULL)
    return NULL;

  return g_error_new (G_IO_ERROR, code == ERROR_NO_SUCH_PLUGIN ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
                      _("Janus refuses: %.200s"), reason != NULL ? reason : _("no reason"));
}

static void
take_message (CmJanusApi *self,
              JsonObject *message)
{
  const char *transaction = cm_record_get_string (message, "transaction");
  Question *question = transaction != NULL ? g_hash_table_lookup (self->questions, transaction) : NULL;
  JsonObject *plugin = cm_record_get_object (cm_record_get_object (message, "plugindata"), "data");
  JsonObject *response = cm_record_get_object (message, "response");
  g_autoptr(GError) error = new_refusal (message);
  Question asked;

  /* What a session is told besides, and an "ack" that the answer follows. */
  if (question == NULL || g_strcmp0 (cm_record_get_string (message, "janus"), "ack") == 0)
    return;

  asked = *question;
  g_hash_table_remove (self->questions, transaction);
  asked.func (error != NULL ? NULL : plugin != NULL ? plugin : response != NULL ? response : message,
              error, asked.user_data);
}

static void
on_received (const char *bytes,
             gsize       size,
             gpointer    user_data)
{
  CmJanusApi *self = user_data;
  g_autoptr(JsonParser) parser = cm_record_parse_object (bytes, size);

  self->funcs.reached (self->user_data);
  if (parser != NULL)
    take_message (self, cm_record_get_root (parser));
  else
    lose (self, _("an answer is no JSON object"));
}

static guint
get_index (const char *plugin)
{
  return g_str_equal (plugin, plugins[0]) ? 0 : 1;
}

static void
note_handle (CmJanusApi   *self,
             guint         index,
             JsonObject   *answer,
             const GError *error)
{
  /* The wire has gone, and that is told. */
  if (self->wire == NULL)
    return;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      lose (self, "%s", error->message);
      return;
    }

  self->handles[index] = cm_record_get_integer (cm_record_get_object (answer, "data"), "id", 0);
  self->n_attached++;
  if (self->n_attached == N_PLUGINS)
    self->funcs.ready (self->user_data);
}

static void
on_audio_attached (JsonObject   *answer,
                   const GError *error,
                   gpointer      user_data)
{
  note_handle (user_data, 0, answer, error);
}

static void
on_video_attached (JsonObject   *answer,
                   const GError *error,
                   gpointer      user_data)
{
  note_handle (user_data, 1, answer, error);
}

static void
on_created (JsonObject   *answer,
            const GError *error,
            gpointer      user_data)
{
  CmJanusApi *self = user_data;
  const CmJanusAnswerFunc funcs[N_PLUGINS] = { on_audio_attached, on_video_attached };

  if (self->wire == NULL)
    return;

  self->session = cm_record_get_integer (cm_record_get_object (answer, "data"), "id", 0);
  if (self->session == 0)
    {
      lose (self, "%s", error != NULL ? error->message : _("Janus gives no session"));
      return;
    }

  for (guint i = 0; i < N_PLUGINS && self->wire != NULL; i++)
    {
      g_autofree char *name = g_strconcat (PLUGIN_PREFIX, plugins[i], NULL);
      JsonObject *message = new_message ("attach");

      json_object_set_string_member (message, "plugin", name);
      json_object_set_int_member (message, "session_id", self->session);
      send (self, message, funcs[i], self);
    }
}

/* The Admin API needs no session; the one for clients has nothing without. */
static void
on_info (JsonObject   *answer,
         const GError *error,
         gpointer      user_data)
{
  CmJanusApi *self = user_data;
  const char *server = cm_record_get_string (answer, "server-name");

  if (self->wire == NULL)
    return;

  if (error != NULL)
    {
      lose (self, "%s", error->message);
      return;
    }

  g_free (self->server);
  self->server = g_strdup (server != NULL ? server : "");
  if (self->is_admin)
    self->funcs.ready (self->user_data);
  else
    send (self, new_message ("create"), on_created, self);
}

static void
on_opened (gpointer user_data)
{
  CmJanusApi *self = user_data;

  send (self, new_message ("info"), on_info, self);
}

static void
on_pong (JsonObject   *answer,
         const GError *error,
         gpointer      user_data)
{
  CmJanusApi *self = user_data;

  if (error != NULL && self->wire != NULL)
    lose (self, "%s", error->message);
}

/**
 * cm_janus_api_new:
 * @config: what the feed is told
 * @funcs: what becomes of it
 * @user_data: for @funcs
 *
 * Returns: (transfer full): what Janus is asked by; not opened
 */
CmJanusApi *
cm_janus_api_new (CmFeedConfig          *config,
                  const CmJanusApiFuncs *funcs,
                  gpointer               user_data)
{
  CmJanusApi *self = g_new0 (CmJanusApi, 1);

  self->config = cm_feed_config_ref (config);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->is_admin = g_str_equal (cm_feed_config_get_text (config, "api"), "admin");
  self->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);

  return self;
}

/**
 * cm_janus_api_free:
 * @self: (transfer full): what Janus is asked by; what is under way is answered
 *   with an error, and nothing else is told
 */
void
cm_janus_api_free (CmJanusApi *self)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "it is no longer followed");

  close_wire (self);
  answer_all (self, error);
  g_hash_table_unref (self->questions);
  cm_secret_free (self->secret);
  cm_feed_config_unref (self->config);
  g_free (self->server);
  g_free (self);
}

/**
 * cm_janus_api_open:
 * @self: what Janus is asked by; not open
 *
 * Connects; the secret is read anew. It may be lost before this returns.
 */
void
cm_janus_api_open (CmJanusApi *self)
{
  const CmJanusWireFuncs funcs = { on_opened, on_received, on_lost };
  CmJanusWireOptions options = {
    cm_feed_config_get_text (self->config, "address"), self->is_admin,
    cm_feed_config_get_text (self->config, "reply-folder")
  };
  g_autoptr(GError) error = NULL;

  close_wire (self);
  cm_secret_free (self->secret);
  self->secret = cm_feed_config_read_secret (self->config, "secret", &error);
  self->session = 0;
  self->n_attached = 0;
  if (error != NULL)
    {
      on_lost (error, self);
      return;
    }

  self->wire = cm_janus_wire_new (&options, &funcs, self);
  cm_janus_wire_open (self->wire);
}

/* Returns: (transfer none): what this Janus calls itself, and its events too */
const char *
cm_janus_api_get_server (CmJanusApi *self)
{
  return self->server;
}

/**
 * cm_janus_api_ping:
 * @self: what Janus is asked by; ready
 *
 * It is lost where nothing comes back.
 */
void
cm_janus_api_ping (CmJanusApi *self)
{
  send (self, new_message ("ping"), on_pong, self);
}

/**
 * cm_janus_api_ask:
 * @self: what Janus is asked by; ready
 * @plugin: "audiobridge" or "videoroom"
 * @body: (transfer full): the question
 * @func: called with the answer, once, maybe before this returns
 * @user_data: for @func
 */
void
cm_janus_api_ask (CmJanusApi        *self,
                  const char        *plugin,
                  JsonObject        *body,
                  CmJanusAnswerFunc  func,
                  gpointer           user_data)
{
  JsonObject *message = new_message (self->is_admin ? "message_plugin" : "message");
  g_autofree char *name = g_strconcat (PLUGIN_PREFIX, plugin, NULL);
  gint64 handle = self->handles[get_index (plugin)];
  g_autoptr(GError) error = NULL;

  if (self->wire == NULL || (!self->is_admin && handle == 0))
    {
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("this Janus has no %s"), plugin);
      json_object_unref (message);
      json_object_unref (body);
      func (NULL, error, user_data);
      return;
    }

  json_object_set_object_member (message, self->is_admin ? "request" : "body", body);
  if (self->is_admin)
    json_object_set_string_member (message, "plugin", name);
  else
    {
      json_object_set_int_member (message, "session_id", self->session);
      json_object_set_int_member (message, "handle_id", handle);
    }
  send (self, message, func, user_data);
}

/* cm-janus-hook.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-hook.h"

#include "core/cm-json-reader.h"
#include "feeds/cm-secret.h"

/* So large are a body's bytes at most once they are unpacked. */
#define MAX_BODY (8 * 1024 * 1024)

/* Secrets are read anew, where they are not what came, so often, µs. */
#define READ_INTERVAL G_USEC_PER_SEC

struct _CmJanusHook
{
  CmFeedConfig *config;
  char         *credentials; /* (nullable) "USER:PASSWORD" */
  char         *protocol;    /* (nullable) */
  gint64        read;        /* monotonic µs */
};

static void
read_secrets (CmJanusHook *self)
{
  char *password = cm_feed_config_read_secret (self->config, "hook-password", NULL);
  const char *user = cm_feed_config_get_text (self->config, "hook-user");

  cm_secret_free (self->credentials);
  cm_secret_free (self->protocol);
  self->credentials = password != NULL ? g_strconcat (user, ":", password, NULL) : NULL;
  self->protocol = cm_feed_config_read_secret (self->config, "hook-protocol", NULL);
  self->read = g_get_monotonic_time ();
  cm_secret_free (password);
}

/**
 * cm_janus_hook_new:
 * @config: what the feed is told
 *
 * Returns: (transfer full): what looks at requests
 */
CmJanusHook *
cm_janus_hook_new (CmFeedConfig *config)
{
  CmJanusHook *self = g_new0 (CmJanusHook, 1);

  self->config = cm_feed_config_ref (config);
  read_secrets (self);

  return self;
}

void
cm_janus_hook_free (CmJanusHook *self)
{
  cm_feed_config_unref (self->config);
  cm_secret_free (self->credentials);
  cm_secret_free (self->protocol);
  g_free (self);
}

static gboolean
has_credentials (CmJanusHook         *self,
                 const CmHookRequest *request)
{
  const char *header = g_hash_table_lookup (request->headers, "authorization");
  g_autofree char *text = NULL;
  gboolean is_equal;
  gsize size;

  if (self->credentials == NULL || header == NULL || g_ascii_strncasecmp (header, "Basic ", 6) != 0 ||
      header[6] == '\0')
    return FALSE;

  /* The bytes are followed by a NUL. */
  text = (char *) g_base64_decode (header + 6, &size);
  is_equal = cm_secret_equal (self->credentials, text);
  explicit_bzero (text, size);

  return is_equal;
}

static gboolean
has_protocol (CmJanusHook         *self,
              const CmHookRequest *request)
{
  const char *header = g_hash_table_lookup (request->headers, "sec-websocket-protocol");

  return self->protocol != NULL && header != NULL && cm_secret_equal (self->protocol, header);
}

static gboolean
is_known (CmJanusHook         *self,
          const CmHookRequest *request,
          gboolean             is_socket)
{
  gboolean ok = is_socket ? has_protocol (self, request) : has_credentials (self, request);

  if (ok || g_get_monotonic_time () - self->read < READ_INTERVAL)
    return ok;

  /* It may have been changed. */
  read_secrets (self);

  return is_socket ? has_protocol (self, request) : has_credentials (self, request);
}

/* The handler's "compress" packs with gzip. */
static GBytes *
unpack (GBytes  *body,
        GError **error)
{
  g_autoptr(GInputStream) packed = g_memory_input_stream_new_from_bytes (body);
  g_autoptr(GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr(GInputStream) stream = g_converter_input_stream_new (packed, G_CONVERTER (decompressor));
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[64 * 1024];
  gssize size;

  while ((size = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      g_byte_array_append (bytes, buffer, (guint) size);
      if (bytes->len > MAX_BODY)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "it is more than 8 MiB");
          return NULL;
        }
    }

  return size < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
take_body (const CmHookRequest *request,
           CmHookAnswer        *answer)
{
  const char *encoding = g_hash_table_lookup (request->headers, "content-encoding");
  gboolean is_packed = encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = is_packed ? unpack (request->body, &error) : g_bytes_ref (request->body);

  if (body != NULL && cm_json_validate (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &error))
    {
      cm_hook_answer_set (answer, 200, NULL);
      return g_steal_pointer (&body);
    }

  cm_hook_answer_set (answer, 400, error->message);

  return NULL;
}

/**
 * cm_janus_hook_take:
 * @self: what looks at requests
 * @request: one that came
 * @answer: (inout): what to answer
 *
 * Returns: (transfer full) (nullable): the events in it; %NULL where it is refused,
 *   or opens a WebSocket
 */
GBytes *
cm_janus_hook_take (CmJanusHook         *self,
                    const CmHookRequest *request,
                    CmHookAnswer        *answer)
{
  gboolean is_socket = g_str_equal (request->method, "GET");

  if (!is_socket && !g_str_equal (request->method, "POST"))
    {
      cm_hook_answer_set (answer, 405, "events are posted, or come over a WebSocket");
      return NULL;
    }

  if (!is_known (self, request, is_socket))
    {
      cm_hook_answer_set (answer, 401, is_socket ? "the sub-protocol is not that of the configuration"
                                                 : "the user and password are not those of the configuration");
      return NULL;
    }

  if (!is_socket)
    return take_body (request, answer);

  cm_hook_answer_set (answer, 101, NULL);
  answer->type = g_strdup (self->protocol);

  return NULL;
}

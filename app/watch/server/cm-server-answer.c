/* cm-server-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include "core/cm-json-writer.h"
#include "core/cm-time.h"

/* A list of all conversations on its way out. */
typedef struct
{
  CmServer     *server;
  CmHubView    *view;
  CmAccessRole  role;
  CmHubWalk     walk;
  GConverter   *converter; /* (nullable) */
  char         *epoch;
  gboolean      is_open;
} Listing;

static void
listing_free (gpointer  data,
              GClosure *closure)
{
  Listing *self = data;

  cm_hub_walk_clear (&self->walk);
  g_clear_object (&self->converter);
  g_free (self->epoch);
  g_free (self);
}

/* The view may have been let go meanwhile: then its list breaks off. */
static gboolean
has_view (Listing *self)
{
  GPtrArray *views = self->server->hub->views;

  return g_ptr_array_find (views, self->view, NULL) && g_str_equal (self->view->epoch, self->epoch);
}

/* Of the last part nothing may be left to see. */
static gboolean
write_listing (Listing *self,
               GString *out)
{
  gboolean is_first = self->walk.next == 0;
  gboolean has_more;
  gsize start;

  if (is_first)
    {
      cm_protocol_begin (out, "conversations", self->view->rev, g_get_real_time () / 1000);
      g_string_append_printf (out, ",\"epoch\":\"%s\",\"conversations\":{", self->epoch);
    }
  else
    {
      g_string_append_c (out, ',');
    }

  start = out->len;
  has_more = cm_hub_view_write_part (self->view, &self->walk, out);
  if (!is_first && out->len == start)
    g_string_truncate (out, 0);
  if (!has_more)
    g_string_append (out, "}}\n");

  return has_more;
}

/* What comes now, compressed where that is wanted: each part can be read when it is
 * there, and the last one ends it. */
static GBytes *
convert (Listing       *self,
         const GString *text,
         gboolean       is_last)
{
  GConverterFlags flags = is_last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_FLUSH;
  GConverterResult result = G_CONVERTER_CONVERTED;
  g_autoptr(GByteArray) out = g_byte_array_new ();
  gsize done = 0;

  if (self->converter == NULL)
    return g_bytes_new (text->str, text->len);

  while (result == G_CONVERTER_CONVERTED)
    {
      guint8 buffer[16 * 1024];
      gsize read = 0, written = 0;

      result = g_converter_convert (self->converter, text->str + done, text->len - done, buffer, sizeof buffer,
                                    flags, &read, &written, NULL);
      done += read;
      g_byte_array_append (out, buffer, (guint) written);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
wants_gzip (SoupServerMessage *message)
{
  const char *accepted = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Accept-Encoding");
  GSList *codings = accepted != NULL ? soup_header_parse_quality_list (accepted, NULL) : NULL;
  gboolean wants = g_slist_find_custom (codings, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (codings);

  return wants;
}

static void
append_listing (Listing           *self,
                SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  gboolean has_more;

  if (!self->is_open)
    return;

  if (!has_view (self))
    {
      self->is_open = FALSE;
      soup_message_body_complete (body);
      return;
    }

  has_more = write_listing (self, text);
  bytes = convert (self, text, !has_more);
  soup_message_body_append_bytes (body, bytes);
  if (!has_more)
    soup_message_body_complete (body);
  self->is_open = has_more;
}

static void
on_wrote_chunk (SoupServerMessage *message,
                gpointer           user_data)
{
  append_listing (user_data, message);
  soup_server_message_unpause (message);
}

/**
 * cm_server_answer:
 * @message: a request
 * @status: the HTTP status
 * @type: the type of the content
 * @text: the content
 */
void
cm_server_answer (SoupServerMessage *message,
                  guint              status,
                  const char        *type,
                  const char        *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (message, status, status == CM_SERVER_TOO_MANY ? "Too Many Requests" : NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

/**
 * cm_server_refuse:
 * @message: a request
 * @status: the HTTP status
 * @reason: a sentence
 */
void
cm_server_refuse (SoupServerMessage *message,
                  guint              status,
                  const char        *reason)
{
  GString *text = g_string_new ("{\"error\":");
  g_autofree char *json = NULL;

  cm_json_write_string (text, reason);
  g_string_append (text, "}\n");
  json = g_string_free (text, FALSE);
  cm_server_answer (message, status, "application/json", json);
}

/**
 * cm_server_answer_ready:
 * @self: a server
 * @message: a request for /readyz
 *
 * Ready is who keeps what it takes in.
 */
void
cm_server_answer_ready (CmServer          *self,
                        SoupServerMessage *message)
{
  if (self->journal != NULL && cm_journal_get_is_failing (self->journal))
    cm_server_refuse (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the journal cannot be written");
  else
    cm_server_answer (message, SOUP_STATUS_OK, "application/json", "{\"ready\":true}\n");
}

/**
 * cm_server_answer_me:
 * @message: a request for /v1/me
 * @grant: who asks
 *
 * Says who the caller is taken for, and what time it is here: what somebody who
 * connects for the first time wants to know.
 */
void
cm_server_answer_me (SoupServerMessage   *message,
                     const CmAccessGrant *grant)
{
  g_autoptr(GString) text = g_string_new ("{\"token\":");
  CmTimeCache cache = { 0 };
  char at[CM_TIME_FORMAT_SIZE];

  cm_time_format (&cache, g_get_real_time () / 1000, at);
  cm_json_write_string (text, grant->token);
  g_string_append_printf (text, ",\"role\":\"%s\",\"at\":\"%s\"}\n", cm_access_role_get_name (grant->role), at);
  cm_server_answer (message, SOUP_STATUS_OK, "application/json", text->str);
}

/**
 * cm_server_answer_conversations:
 * @self: a server
 * @message: a request for /v1/conversations
 * @view: what the caller may see
 *
 * Sends all conversations, part by part as the connection takes them.
 */
void
cm_server_answer_conversations (CmServer          *self,
                                SoupServerMessage *message,
                                CmHubView         *view)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  Listing *listing = g_new0 (Listing, 1);

  cm_hub_flush (self->hub);
  listing->server = self;
  listing->view = view;
  listing->epoch = g_strdup (view->epoch);
  listing->is_open = TRUE;
  cm_hub_walk_begin (&listing->walk, self->hub);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (wants_gzip (message))
    {
      listing->converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    }
  soup_message_body_set_accumulate (body, FALSE);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), listing, listing_free, 0);
  append_listing (listing, message);
}

/* cm-asterisk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk.h"

#include <json-glib/json-glib.h>

#include "core/cm-json-reader.h"
#include "feeds/exchange/cm-asterisk-private.h"

#define GREETING "Asterisk Call Manager/"

struct _CmAsterisk
{
  CmDecoder        parent_instance;

  CmExchange      *exchange;
  CmAsteriskLists  lists;
  gboolean         framed; /* the recording is the stream as on the wire */

  CmAsteriskMessageFunc  func;
  gpointer               user_data;
};

G_DEFINE_FINAL_TYPE (CmAsterisk, cm_asterisk, CM_TYPE_DECODER)

/* "2026-11-22T17:06:22.752+0000": RFC 3339 but for a colon. */
static void
take_event_time (CmExchange *exchange,
                 const char *text)
{
  gsize size = strlen (text);
  g_autofree char *fixed = NULL;
  CmTimeCache cache = { 0 };
  gint64 time;

  if (size < 5 || size > 64)
    return;

  fixed = g_strdup_printf ("%.*s:%s", (int) size - 2, text, text + size - 2);
  if (cm_time_parse (&cache, cm_text_from_string (fixed), &time))
    cm_exchange_set_now (exchange, time);
}

/* A channel's id ends in when it was made, in seconds, and a number. */
static void
take_channel_time (CmExchange *exchange,
                   const char *id)
{
  const char *dash = strrchr (id, '-');
  double seconds = g_ascii_strtod (dash != NULL ? dash + 1 : id, NULL);

  if (seconds > 1e9 && seconds < 1e10 && (gint64) seconds * 1000 > cm_exchange_get_now (exchange))
    cm_exchange_set_now (exchange, (gint64) seconds * 1000);
}

/* Timestamps are there with timestampevents=yes only. */
static void
take_time (CmAsteriskRecord *record,
           gint64            arrival,
           gboolean          timed)
{
  const char *stamp = cm_asterisk_get (record, "Timestamp");
  const char *event = cm_asterisk_get (record, "EventTV");
  const char *id = cm_asterisk_get (record, "Uniqueid");

  if (stamp != NULL)
    cm_exchange_set_seconds (record->exchange, g_ascii_strtod (stamp, NULL));
  else if (arrival != 0)
    cm_exchange_set_now (record->exchange, arrival);
  else if (timed)
    return;
  else if (event != NULL)
    take_event_time (record->exchange, event);
  else if (id != NULL && cm_asterisk_is (record, "Event", "Newchannel"))
    take_channel_time (record->exchange, id);
}

static void
take_fields (CmAsterisk *self,
             GHashTable *fields,
             gboolean    timed)
{
  CmAsteriskRecord record = { self->exchange, &self->lists, fields };

  take_time (&record, cm_decoder_get_arrival (CM_DECODER (self)), timed);
  if (cm_asterisk_get (&record, "Event") == NULL)
    cm_asterisk_take_response (&record);
  else if (!cm_asterisk_take_event (&record))
    cm_decoder_count_unknown (CM_DECODER (self));
  if (self->func != NULL)
    self->func (fields, self->user_data);
}

static void
add_field (JsonObject *object,
           const char *name,
           JsonNode   *node,
           gpointer    user_data)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_hash_table_insert (user_data, g_strdup (name), json_node_dup_string (node));
}

static GHashTable *
new_fields (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
take_object (CmAsterisk *self,
             JsonObject *object,
             gboolean    timed)
{
  g_autoptr(GHashTable) fields = new_fields ();

  json_object_foreach_member (object, add_field, fields);
  take_fields (self, fields, timed);
}

/* {"t": when it was recorded, in seconds, "msg": the fields} */
static void
take_line (CmAsterisk *self,
           const char *bytes,
           gsize       size)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) error = NULL;
  JsonNode *root, *time, *message;

  if (!cm_json_validate (bytes, size, &error) ||
      !json_parser_load_from_data (parser, bytes, (gssize) size, &error))
    {
      cm_decoder_fault (CM_DECODER (self), error->message);
      return;
    }

  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      cm_decoder_fault (CM_DECODER (self), "it is no message of the manager interface");
      return;
    }

  time = json_object_get_member (json_node_get_object (root), "t");
  message = json_object_get_member (json_node_get_object (root), "msg");
  if (time != NULL && JSON_NODE_HOLDS_VALUE (time))
    cm_exchange_set_seconds (self->exchange, json_node_get_double (time));
  if (message == NULL)
    message = root;
  if (JSON_NODE_HOLDS_OBJECT (message))
    take_object (self, json_node_get_object (message), time != NULL);
}

static gboolean
begins (const char *bytes,
        gsize       size,
        const char *begin)
{
  return memcmp (bytes, begin, MIN (size, strlen (begin))) == 0;
}

static gboolean
begins_record (const char *bytes,
               gsize       size)
{
  return begins (bytes, size, "Event: ") || begins (bytes, size, "Response: ");
}

/* Returns: the size of the line with its end; 0 where that is not there yet */
static gsize
get_line_size (const char *bytes,
               gsize       size)
{
  const char *end = size > 0 ? memchr (bytes, '\n', size) : NULL;

  return end != NULL ? (gsize) (end - bytes) + 1 : 0;
}

static gboolean
is_blank (const char *line,
          gsize       size)
{
  return size == 1 || (size == 2 && line[0] == '\r');
}

/* A record goes up to an empty line. Where another begins before, it was cut off;
 * what is between two goes up to the next. */
static gsize
split_block (const char *bytes,
             gsize       size,
             gboolean    garbage)
{
  gsize offset = 0, line;

  while ((line = get_line_size (bytes + offset, size - offset)) > 0)
    {
      offset += line;
      if (!garbage && is_blank (bytes + offset - line, line))
        return offset;
      if (garbage ? begins_record (bytes + offset, size - offset) : begins (bytes + offset, size - offset, "Event: "))
        return size - offset >= strlen ("Response: ") ? offset : 0;
    }

  return 0;
}

static gsize
cm_asterisk_split (CmDecoder  *decoder,
                   const char *bytes,
                   gsize       size)
{
  CM_ASTERISK (decoder)->framed = TRUE;
  if (bytes[0] == '\n')
    return 1;
  if (begins (bytes, size, GREETING) || begins (bytes, size, "\r\n"))
    return get_line_size (bytes, size);

  return split_block (bytes, size, !begins_record (bytes, size));
}

static void
add_line (GHashTable *fields,
          const char *line,
          gsize       size)
{
  const char *colon = memchr (line, ':', size);
  gsize skip;

  while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
    size--;
  if (colon == NULL || colon >= line + size)
    return;

  skip = (gsize) (colon - line) + 1;
  skip += skip < size && line[skip] == ' ';
  g_hash_table_insert (fields, g_strndup (line, (gsize) (colon - line)),
                       g_utf8_make_valid (line + skip, (gssize) (size - skip)));
}

static void
take_block (CmAsterisk *self,
            const char *bytes,
            gsize       size)
{
  g_autoptr(GHashTable) fields = new_fields ();
  gsize line = 0;

  for (gsize offset = 0; offset < size; offset += line)
    {
      line = get_line_size (bytes + offset, size - offset);
      if (line == 0 || is_blank (bytes + offset, line))
        break;
      add_line (fields, bytes + offset, line);
    }

  if (line == 0 || !is_blank (bytes + size - MIN (size, line), MIN (size, line)))
    cm_decoder_fault (CM_DECODER (self), "the message was cut off");
  else
    take_fields (self, fields, FALSE);
}

static void
take_frame (CmAsterisk *self,
            const char *bytes,
            gsize       size)
{
  if (begins (bytes, size, GREETING) && self->func != NULL)
    self->func (NULL, self->user_data);
  if (begins (bytes, size, GREETING) || is_blank (bytes, size))
    return;

  if (begins_record (bytes, size))
    take_block (self, bytes, size);
  else
    cm_decoder_fault (CM_DECODER (self), "it is no message of the manager interface");
}

static void
cm_asterisk_record (CmDecoder  *decoder,
                    const char *bytes,
                    gsize       size)
{
  CmAsterisk *self = CM_ASTERISK (decoder);

  if (self->framed)
    {
      take_frame (self, bytes, size);
      return;
    }

  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
    size--;
  if (size > 0)
    take_line (self, bytes, size);
}

static void
cm_asterisk_restart (CmDecoder *decoder)
{
  CmAsterisk *self = CM_ASTERISK (decoder);

  cm_asterisk_lists_clear (&self->lists);
  self->lists = (CmAsteriskLists) { 0 };
  cm_asterisk_lists_init (&self->lists);
  CM_DECODER_CLASS (cm_asterisk_parent_class)->restart (decoder);
}

static void
cm_asterisk_finalize (GObject *object)
{
  CmAsterisk *self = CM_ASTERISK (object);

  cm_exchange_free (self->exchange);
  cm_asterisk_lists_clear (&self->lists);

  G_OBJECT_CLASS (cm_asterisk_parent_class)->finalize (object);
}

static void
cm_asterisk_class_init (CmAsteriskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmDecoderClass *decoder_class = CM_DECODER_CLASS (klass);

  object_class->finalize = cm_asterisk_finalize;

  decoder_class->record = cm_asterisk_record;
  decoder_class->split = cm_asterisk_split;
  decoder_class->restart = cm_asterisk_restart;
}

static void
cm_asterisk_init (CmAsterisk *self)
{
  self->exchange = cm_exchange_new (CM_DECODER (self));
  cm_asterisk_lists_init (&self->lists);
}

/**
 * cm_asterisk_get_exchange:
 * @self: a decoder
 *
 * Returns: (transfer none): what is known of the server
 */
CmExchange *
cm_asterisk_get_exchange (CmAsterisk *self)
{
  return self->exchange;
}

/**
 * cm_asterisk_set_message_func:
 * @self: a decoder
 * @func: (nullable): told of each message
 * @user_data: for @func
 */
void
cm_asterisk_set_message_func (CmAsterisk            *self,
                              CmAsteriskMessageFunc  func,
                              gpointer               user_data)
{
  self->func = func;
  self->user_data = user_data;
}

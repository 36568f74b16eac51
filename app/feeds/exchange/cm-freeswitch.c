/* cm-freeswitch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch.h"

#include "core/cm-json-reader.h"
#include "feeds/exchange/cm-freeswitch-private.h"

/* More headers than this has no message of the event socket. */
#define MAX_HEAD 16384

struct _CmFreeswitch
{
  CmDecoder   parent_instance;

  CmExchange *exchange;
  char       *core;   /* which run of the server its sequence numbers are of */
  GString    *sheet;  /* the lines so far of an object that stands on several */
  gboolean    framed; /* the recording is the stream as on the wire */
  gint64      behind; /* how long the last event was on its way, ms */

  CmFreeswitchReplyFunc  func;
  gpointer               user_data;
};

G_DEFINE_FINAL_TYPE (CmFreeswitch, cm_freeswitch, CM_TYPE_DECODER)

/* json-glib takes what is not JSON, and sinks in deep nesting. The server writes
 * some headers twice (Hangup-Cause, Conference-Unique-ID): the last one stands. */
static gboolean
is_json (const char *bytes,
         gsize       size)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  CmJsonToken token;

  cm_json_reader_load (reader, bytes, size, CM_JSON_ALLOW_DUPLICATES);
  do
    token = cm_json_reader_next (reader);
  while (token != CM_JSON_END && token != CM_JSON_ERROR);

  return token == CM_JSON_END;
}

static JsonNode *
parse (CmFreeswitch *self,
       const char   *bytes,
       gsize         size)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();

  if (is_json (bytes, size) && json_parser_load_from_data (parser, bytes, (gssize) size, NULL))
    return json_parser_steal_root (parser);

  cm_decoder_fault (CM_DECODER (self), "it is not JSON");

  return NULL;
}

/* The server was started anew: none of its rooms is there any more, and it counts
 * from the beginning. */
static void
take_core (CmFreeswitch *self,
           JsonObject   *event)
{
  const char *core = cm_freeswitch_get_text (event, "Core-UUID");

  if (core == NULL || g_strcmp0 (core, self->core) == 0)
    return;

  if (self->core != NULL)
    {
      cm_exchange_close_all (self->exchange);
      cm_exchange_free (self->exchange);
      self->exchange = cm_exchange_new (CM_DECODER (self));
    }
  g_free (self->core);
  self->core = g_strdup (core);
}

static gboolean
take_reply_node (CmFreeswitch *self,
                 JsonNode     *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return cm_freeswitch_take_rooms (self->exchange, json_node_get_array (node));

  return JSON_NODE_HOLDS_OBJECT (node) &&
         cm_freeswitch_take_channels (self->exchange, json_node_get_object (node));
}

/* A list has no time: it is of now, as the server's clock has it. */
static void
take_arrival (CmFreeswitch *self)
{
  gint64 arrival = cm_decoder_get_arrival (CM_DECODER (self));

  if (arrival != 0)
    cm_exchange_set_now (self->exchange, MAX (cm_exchange_get_now (self->exchange), arrival - self->behind));
}

/* Most replies are a word to the command; two are lists. */
static void
take_reply (CmFreeswitch *self,
            const char   *bytes,
            gsize         size)
{
  static const char none[] = "+OK No active conferences";
  g_autoptr(JsonNode) node = NULL;

  take_arrival (self);
  if (size >= strlen (none) && memcmp (bytes, none, strlen (none)) == 0)
    {
      cm_exchange_end_places (self->exchange, cm_exchange_begin_list (self->exchange));
      return;
    }

  if (size == 0 || (bytes[0] != '{' && bytes[0] != '['))
    return;

  node = parse (self, bytes, size);
  if (node != NULL && !take_reply_node (self, node))
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* Both lists of one moment, each as the text that was answered. */
static gboolean
take_snapshot (CmFreeswitch *self,
               JsonObject   *snapshot)
{
  static const char * const names[] = { "show_channels", "conference_json_list" };
  gboolean taken = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = cm_freeswitch_get_text (snapshot, names[i]);

      if (text == NULL)
        continue;
      take_reply (self, text, strlen (text));
      taken = TRUE;
    }

  return taken;
}

static gboolean
take_object (CmFreeswitch *self,
             JsonObject   *object)
{
  gboolean known;

  if (cm_freeswitch_get_text (object, "Event-Name") == NULL)
    return cm_freeswitch_take_channels (self->exchange, object) || take_snapshot (self, object);

  take_core (self, object);
  known = cm_freeswitch_take_event (self->exchange, object);
  if (cm_decoder_get_arrival (CM_DECODER (self)) != 0)
    self->behind = cm_decoder_get_arrival (CM_DECODER (self)) - cm_exchange_get_now (self->exchange);

  return known;
}

static void
take_node (CmFreeswitch *self,
           JsonNode     *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      take_reply (self, json_node_get_string (node), strlen (json_node_get_string (node)));
      return;
    }

  if (JSON_NODE_HOLDS_OBJECT (node) ? !take_object (self, json_node_get_object (node))
                                    : !take_reply_node (self, node))
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* {"t": when it was recorded, in seconds, "msg": what was} */
static void
take_line (CmFreeswitch *self,
           const char   *bytes,
           gsize         size)
{
  g_autoptr(JsonNode) node = parse (self, bytes, size);
  JsonObject *line = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *time = line != NULL ? json_object_get_member (line, "t") : NULL;

  if (time != NULL && JSON_NODE_HOLDS_VALUE (time))
    cm_exchange_set_seconds (self->exchange, json_node_get_double (time));

  if (line != NULL && json_object_has_member (line, "msg"))
    take_node (self, json_object_get_member (line, "msg"));
  else if (node != NULL)
    take_node (self, node);
}

static void
end_sheet (CmFreeswitch *self)
{
  g_string_free (self->sheet, TRUE);
  self->sheet = NULL;
}

/* Returns: whether the line is part of an object that stands on several. It has
 * "{" and "}" on lines of their own and the rest indented. */
static gboolean
take_sheet_line (CmFreeswitch *self,
                 const char   *bytes,
                 gsize         size)
{
  if (self->sheet == NULL && size == 1 && bytes[0] == '{')
    self->sheet = g_string_new (NULL);
  if (self->sheet == NULL)
    return FALSE;

  if ((self->sheet->len > 0 && bytes[0] == '{') || self->sheet->len + size > CM_DECODER_MAX_RECORD)
    {
      cm_decoder_fault (CM_DECODER (self), "an object that stands on several lines has no end");
      end_sheet (self);
      return FALSE;
    }

  g_string_append_len (self->sheet, bytes, (gssize) size);
  if (size != 1 || bytes[0] != '}')
    return TRUE;

  take_line (self, self->sheet->str, self->sheet->len);
  end_sheet (self);

  return TRUE;
}

/* "Name: value" lines, then an empty one. */
static gboolean
get_header (const char *bytes,
            gsize       size,
            const char *name,
            CmText     *value)
{
  gsize length = strlen (name);
  const char *end = bytes + size;

  for (const char *line = bytes; line < end;)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));
      gsize rest = (gsize) ((next != NULL ? next : end) - line);

      if (rest > length && g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
        {
          gsize skip = length + 1 + (line[length + 1] == ' ' && rest > length + 1);

          *value = (CmText) { line + skip, rest - skip };
          return TRUE;
        }
      line += rest + 1;
    }

  return FALSE;
}

/* Returns: the size of the headers with the empty line; 0 where there is none yet */
static gsize
get_head_size (const char *bytes,
               gsize       size)
{
  const char *end = memmem (bytes, MIN (size, MAX_HEAD), "\n\n", 2);

  return end != NULL ? (gsize) (end - bytes) + 2 : 0;
}

/* Returns: how long the body is, or -1 where its head does not make sense */
static gssize
get_body_size (const char *bytes,
               gsize       head)
{
  g_autofree char *number = NULL;
  guint64 length;
  CmText value;

  if (!get_header (bytes, head, "Content-Length", &value))
    return get_header (bytes, head, "Content-Type", &value) ? 0 : -1;

  number = cm_text_dup (value);
  if (!g_ascii_string_to_unsigned (number, 10, 0, CM_DECODER_MAX_RECORD, &length, NULL))
    return -1;

  return (gssize) length;
}

/* What makes no sense goes up to where a head begins again, behind @from bytes. */
static gsize
split_garbage (const char *bytes,
               gsize       size,
               gsize       from)
{
  const char *next = memmem (bytes + from, size - from, "\nContent-", strlen ("\nContent-"));

  return next != NULL ? (gsize) (next - bytes) + 1 : 0;
}

static gboolean
begins_head (const char *bytes,
             gsize       size)
{
  static const char begin[] = "Content-";

  return memcmp (bytes, begin, MIN (size, strlen (begin))) == 0;
}

static gsize
cm_freeswitch_split (CmDecoder  *decoder,
                     const char *bytes,
                     gsize       size)
{
  gsize head;
  gssize body;

  CM_FREESWITCH (decoder)->framed = TRUE;
  if (bytes[0] == '\n')
    return 1;
  if (!begins_head (bytes, size))
    return split_garbage (bytes, size, 0);

  head = get_head_size (bytes, size);
  if (head == 0)
    return size > MAX_HEAD ? split_garbage (bytes, size, MAX_HEAD) : 0;

  body = get_body_size (bytes, head);
  if (body < 0)
    return head;

  return head + (gsize) body <= size ? head + (gsize) body : 0;
}

static void
tell_reply (CmFreeswitch *self,
            CmText        type,
            const char   *bytes,
            gsize         head,
            gsize         size)
{
  CmText reply = CM_TEXT_NONE;

  if (self->func == NULL)
    return;

  get_header (bytes, head, "Reply-Text", &reply);
  self->func (type, reply, (CmText) { bytes + head, size - head }, self->user_data);
}

static void
take_frame (CmFreeswitch *self,
            const char   *bytes,
            gsize         size)
{
  gsize head = begins_head (bytes, size) ? get_head_size (bytes, size) : 0;
  CmText type;

  if (size == 1 && bytes[0] == '\n')
    return;

  if (head == 0 || get_body_size (bytes, head) < 0 || !get_header (bytes, head, "Content-Type", &type))
    {
      cm_decoder_fault (CM_DECODER (self), "it is no message of the event socket");
      return;
    }

  if (cm_text_equal (type, CM_TEXT ("text/event-json")))
    take_line (self, bytes + head, size - head);
  else
    {
      if (cm_text_equal (type, CM_TEXT ("api/response")))
        take_reply (self, bytes + head, size - head);
      tell_reply (self, type, bytes, head, size);
    }
}

static void
cm_freeswitch_record (CmDecoder  *decoder,
                      const char *bytes,
                      gsize       size)
{
  CmFreeswitch *self = CM_FREESWITCH (decoder);

  if (self->framed)
    {
      take_frame (self, bytes, size);
      return;
    }

  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
    size--;
  if (size > 0 && !take_sheet_line (self, bytes, size))
    take_line (self, bytes, size);
}

static void
cm_freeswitch_restart (CmDecoder *decoder)
{
  CmFreeswitch *self = CM_FREESWITCH (decoder);

  if (self->sheet != NULL)
    end_sheet (self);
  CM_DECODER_CLASS (cm_freeswitch_parent_class)->restart (decoder);
}

static void
cm_freeswitch_finalize (GObject *object)
{
  CmFreeswitch *self = CM_FREESWITCH (object);

  cm_exchange_free (self->exchange);
  g_free (self->core);
  if (self->sheet != NULL)
    end_sheet (self);

  G_OBJECT_CLASS (cm_freeswitch_parent_class)->finalize (object);
}

static void
cm_freeswitch_class_init (CmFreeswitchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmDecoderClass *decoder_class = CM_DECODER_CLASS (klass);

  object_class->finalize = cm_freeswitch_finalize;

  decoder_class->record = cm_freeswitch_record;
  decoder_class->split = cm_freeswitch_split;
  decoder_class->restart = cm_freeswitch_restart;
}

static void
cm_freeswitch_init (CmFreeswitch *self)
{
  self->exchange = cm_exchange_new (CM_DECODER (self));
}

/**
 * cm_freeswitch_get_exchange:
 * @self: a decoder
 *
 * Returns: (transfer none): what is known of the server; another one after the
 *   server was started anew
 */
CmExchange *
cm_freeswitch_get_exchange (CmFreeswitch *self)
{
  return self->exchange;
}

/**
 * cm_freeswitch_set_reply_func:
 * @self: a decoder
 * @func: (nullable): told of each message that is no event
 * @user_data: for @func
 */
void
cm_freeswitch_set_reply_func (CmFreeswitch          *self,
                              CmFreeswitchReplyFunc  func,
                              gpointer               user_data)
{
  self->func = func;
  self->user_data = user_data;
}

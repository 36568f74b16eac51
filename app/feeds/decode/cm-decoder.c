/* cm-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-decoder.h"

#include "feeds/decode/cm-framing.h"

#define EXCERPT_SIZE 80

typedef struct
{
  char             *source;
  GByteArray       *buffer;
  CmFraming         framing;
  CmText            record;
  guint64           n_records;
  guint64           n_unknown;
  gint64            seq;
  gint64            arrival;
  gboolean          skipping;
  CmEventFunc       event_func;
  CmEventFaultFunc  fault_func;
  gpointer          user_data;
} CmDecoderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmDecoder, cm_decoder, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SOURCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static CmDecoderPrivate *
get_private (CmDecoder *self)
{
  return cm_decoder_get_instance_private (self);
}

static void
cm_decoder_finalize (GObject *object)
{
  CmDecoderPrivate *priv = get_private (CM_DECODER (object));

  g_free (priv->source);
  g_byte_array_unref (priv->buffer);

  G_OBJECT_CLASS (cm_decoder_parent_class)->finalize (object);
}

static void
cm_decoder_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CmDecoderPrivate *priv = get_private (CM_DECODER (object));

  switch (prop_id)
    {
    case PROP_SOURCE:
      priv->source = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Half a record is none. */
static void
cm_decoder_real_restart (CmDecoder *self)
{
  CmDecoderPrivate *priv = get_private (self);

  g_byte_array_set_size (priv->buffer, 0);
  priv->framing = CM_FRAMING_UNKNOWN;
  priv->skipping = FALSE;
}

static void
cm_decoder_class_init (CmDecoderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_decoder_finalize;
  object_class->set_property = cm_decoder_set_property;

  klass->restart = cm_decoder_real_restart;

  properties[PROP_SOURCE] =
    g_param_spec_string ("source", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_decoder_init (CmDecoder *self)
{
  get_private (self)->buffer = g_byte_array_new ();
}

static void
take_record (CmDecoder  *self,
             const char *bytes,
             gsize       size)
{
  CmDecoderPrivate *priv = get_private (self);

  priv->n_records++;
  if (priv->skipping)
    {
      priv->skipping = FALSE;
      return;
    }

  priv->record = (CmText) { bytes, size };
  CM_DECODER_GET_CLASS (self)->record (self, bytes, size);
  priv->record = CM_TEXT_NONE;
}

static gsize
split (CmDecoder  *self,
       const char *bytes,
       gsize       size)
{
  switch (get_private (self)->framing)
    {
    case CM_FRAMING_LINES:
      return cm_framing_split_line (bytes, size);
    case CM_FRAMING_DOCUMENTS:
      return cm_framing_split_document (bytes, size);
    case CM_FRAMING_STREAM:
      return CM_DECODER_GET_CLASS (self)->split (self, bytes, size);
    case CM_FRAMING_UNKNOWN:
    default:
      return 0;
    }
}

/* What has no end is told once and let go up to its end. */
static void
drop_endless (CmDecoder *self)
{
  CmDecoderPrivate *priv = get_private (self);

  if (!priv->skipping)
    {
      priv->record = (CmText) { (const char *) priv->buffer->data, priv->buffer->len };
      cm_decoder_fault (self, "the record is longer than 4 MiB");
      priv->record = CM_TEXT_NONE;
    }

  priv->skipping = TRUE;
  g_byte_array_set_size (priv->buffer, 0);
}

static void
take_records (CmDecoder *self)
{
  CmDecoderPrivate *priv = get_private (self);
  gsize offset = 0, size;

  if (priv->buffer->len == 0)
    return;

  if (priv->framing == CM_FRAMING_UNKNOWN)
    priv->framing = cm_framing_choose ((const char *) priv->buffer->data, priv->buffer->len,
                                       CM_DECODER_GET_CLASS (self)->split != NULL);

  while (offset < priv->buffer->len &&
         (size = split (self, (const char *) priv->buffer->data + offset, priv->buffer->len - offset)) > 0)
    {
      take_record (self, (const char *) priv->buffer->data + offset, size);
      offset += size;
    }

  g_byte_array_remove_range (priv->buffer, 0, (guint) offset);
  if (priv->buffer->len > CM_DECODER_MAX_RECORD)
    drop_endless (self);
}

/**
 * cm_decoder_set_sink:
 * @self: a decoder
 * @event_func: called for each event; its second argument is the record's number
 * @fault_func: called for each record that is skipped
 * @user_data: for both
 */
void
cm_decoder_set_sink (CmDecoder        *self,
                     CmEventFunc       event_func,
                     CmEventFaultFunc  fault_func,
                     gpointer          user_data)
{
  CmDecoderPrivate *priv = get_private (self);

  priv->event_func = event_func;
  priv->fault_func = fault_func;
  priv->user_data = user_data;
}

/**
 * cm_decoder_push:
 * @self: a decoder
 * @bytes: what the system sent, cut anywhere
 * @size: how many bytes
 */
void
cm_decoder_push (CmDecoder  *self,
                 const char *bytes,
                 gsize       size)
{
  g_return_if_fail (CM_IS_DECODER (self));

  while (size > 0)
    {
      gsize part = MIN (size, CM_DECODER_MAX_RECORD);

      g_byte_array_append (get_private (self)->buffer, (const guint8 *) bytes, (guint) part);
      take_records (self);
      bytes += part;
      size -= part;
    }
}

/**
 * cm_decoder_push_record:
 * @self: a decoder
 * @bytes: one record, whole: what a system has posted
 * @size: how many bytes
 */
void
cm_decoder_push_record (CmDecoder  *self,
                        const char *bytes,
                        gsize       size)
{
  g_return_if_fail (CM_IS_DECODER (self));

  take_record (self, bytes, size);
}

/**
 * cm_decoder_announce:
 * @self: a decoder
 * @at: when, ms UTC
 *
 * Says all that is known once more, between the Resync and the Connected of its
 * source.
 */
void
cm_decoder_announce (CmDecoder *self,
                     gint64     at)
{
  g_return_if_fail (CM_IS_DECODER (self));

  if (CM_DECODER_GET_CLASS (self)->announce != NULL)
    CM_DECODER_GET_CLASS (self)->announce (self, at);
}

/**
 * cm_decoder_recall:
 * @self: a decoder that has said nothing yet
 * @conversation: the id of one that goes on
 * @persons: (array zero-terminated=1): the addresses of those who are in it
 *
 * That was told before, by a decoder that is no more: it is not told again, but it
 * can end.
 */
void
cm_decoder_recall (CmDecoder          *self,
                   const char         *conversation,
                   const char * const *persons)
{
  g_return_if_fail (CM_IS_DECODER (self));

  if (CM_DECODER_GET_CLASS (self)->recall != NULL)
    CM_DECODER_GET_CLASS (self)->recall (self, conversation, persons);
}

static gboolean
is_blank (const GByteArray *bytes)
{
  for (guint i = 0; i < bytes->len; i++)
    {
      if (!g_ascii_isspace (bytes->data[i]))
        return FALSE;
    }

  return TRUE;
}

/* What is left is the last record, where a line's end is all it lacks. */
static void
take_rest (CmDecoder *self)
{
  CmDecoderPrivate *priv = get_private (self);
  g_autoptr(GByteArray) rest = g_steal_pointer (&priv->buffer);

  priv->buffer = g_byte_array_new ();
  if (is_blank (rest))
    return;

  if (priv->framing == CM_FRAMING_LINES || priv->framing == CM_FRAMING_UNKNOWN)
    {
      take_record (self, (const char *) rest->data, rest->len);
      return;
    }

  priv->n_records++;
  priv->record = (CmText) { (const char *) rest->data, rest->len };
  cm_decoder_fault (self, "the stream ends inside a record");
  priv->record = CM_TEXT_NONE;
}

/**
 * cm_decoder_finish:
 * @self: a decoder
 *
 * Nothing more will come.
 */
void
cm_decoder_finish (CmDecoder *self)
{
  g_return_if_fail (CM_IS_DECODER (self));

  take_rest (self);
  if (CM_DECODER_GET_CLASS (self)->end != NULL)
    CM_DECODER_GET_CLASS (self)->end (self);
}

/**
 * cm_decoder_restart:
 * @self: a decoder
 *
 * The link was lost and is there again: a new stream begins. What is known stays
 * known, and what the system lists next is told as the difference.
 */
void
cm_decoder_restart (CmDecoder *self)
{
  g_return_if_fail (CM_IS_DECODER (self));

  CM_DECODER_GET_CLASS (self)->restart (self);
}

/**
 * cm_decoder_set_arrival:
 * @self: a decoder
 * @arrival: when what is pushed next has come, ms UTC; 0 where it was recorded
 *
 * Records that have no time of their own get this one.
 */
void
cm_decoder_set_arrival (CmDecoder *self,
                        gint64     arrival)
{
  get_private (self)->arrival = arrival;
}

/**
 * cm_decoder_get_arrival:
 * @self: a decoder
 *
 * Returns: when the record has come, ms UTC; 0 where it was recorded
 */
gint64
cm_decoder_get_arrival (CmDecoder *self)
{
  return get_private (self)->arrival;
}

/**
 * cm_decoder_get_source:
 * @self: a decoder
 *
 * Returns: (transfer none): the id of the source that its events come from
 */
const char *
cm_decoder_get_source (CmDecoder *self)
{
  return get_private (self)->source;
}

/**
 * cm_decoder_emit:
 * @self: a decoder
 * @event: an event with all but its source and seq
 */
void
cm_decoder_emit (CmDecoder *self,
                 CmEvent   *event)
{
  CmDecoderPrivate *priv = get_private (self);

  event->source = cm_text_from_string (priv->source);
  event->has_seq = TRUE;
  event->seq = ++priv->seq;
  if (priv->event_func != NULL)
    priv->event_func (event, priv->n_records, priv->user_data);
}

static char *
dup_excerpt (CmText record)
{
  g_autofree char *head = g_strndup (record.bytes, MIN (record.size, EXCERPT_SIZE));
  g_autofree char *valid = g_utf8_make_valid (head, -1);

  return g_strescape (valid, NULL);
}

/**
 * cm_decoder_fault:
 * @self: a decoder
 * @reason: why the record is skipped
 */
void
cm_decoder_fault (CmDecoder  *self,
                  const char *reason)
{
  CmDecoderPrivate *priv = get_private (self);
  g_autofree char *excerpt = CM_DECODER_GET_CLASS (self)->has_secrets ? NULL : dup_excerpt (priv->record);
  CmEventFault fault = {
    .line = priv->n_records,
    .reason = reason,
    .excerpt = excerpt,
    .source = cm_text_from_string (priv->source),
  };

  if (priv->fault_func != NULL)
    priv->fault_func (&fault, priv->user_data);
}

/**
 * cm_decoder_count_unknown:
 * @self: a decoder
 *
 * Counts a record of a kind that the feed does not know: never a fault.
 */
void
cm_decoder_count_unknown (CmDecoder *self)
{
  get_private (self)->n_unknown++;
}

/**
 * cm_decoder_set_time:
 * @self: a decoder
 * @at: when what is pushed next came, ms UTC: for systems that tell no time
 */
void
cm_decoder_set_time (CmDecoder *self,
                     gint64     at)
{
  g_return_if_fail (CM_IS_DECODER (self));

  if (CM_DECODER_GET_CLASS (self)->set_time != NULL)
    CM_DECODER_GET_CLASS (self)->set_time (self, at);
}

/* cm-line-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-line-writer-private.h"

/* A line that is written, and waits for those that come before it. */
typedef struct
{
  gint64 at;
  guint  serial;
  gsize  offset;
  gsize  size;
} Line;

/* A conversation that is no more: its legs may be found in another one. */
typedef struct
{
  gint64      at;
  CmDocument *document;
} Gone;

/**
 * CmLineWriter:
 * @documents: by id, as they were told
 * @previous: the moment before @now, ms UTC
 * @stamp: counts the lines
 */
struct _CmLineWriter
{
  GHashTable *documents;
  GHashTable *legs;      /* id → CmLineLeg */
  GHashTable *silent;    /* sources that are told to be lost */
  GPtrArray  *gone;      /* Gone */
  GString    *text;      /* of the lines */
  GArray     *lines;
  GString    *ready;
  CmTimeCache cache;
  gint64      now;
  gint64      previous;
  guint64     stamp;
};

static void
leg_free (gpointer data)
{
  CmLineLeg *self = data;

  g_free (self->conversation);
  g_free (self->self);
  g_hash_table_unref (self->told);
  g_free (self);
}

static void
gone_free (gpointer data)
{
  Gone *self = data;

  cm_document_free (self->document);
  g_free (self);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Line *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return first->serial < second->serial ? -1 : 1;
}

/* Nothing earlier comes any more. */
static void
release_lines (CmLineWriter *self)
{
  g_array_sort (self->lines, compare_lines);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      g_string_append_len (self->ready, self->text->str + line->offset, (gssize) line->size);
    }

  g_array_set_size (self->lines, 0);
  g_string_truncate (self->text, 0);
}

static CmDocument *
find_gone (CmLineWriter *self,
           const char   *id)
{
  for (guint i = 0; i < self->gone->len; i++)
    {
      const Gone *gone = g_ptr_array_index (self->gone, i);

      if (g_str_equal (gone->document->id, id))
        return gone->document;
    }

  return NULL;
}

static CmLineLeg *
get_leg (CmLineWriter *self,
         const char   *id)
{
  CmLineLeg *leg = g_hash_table_lookup (self->legs, id);

  if (leg == NULL)
    {
      leg = g_new0 (CmLineLeg, 1);
      leg->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cm_line_told_free);
      g_hash_table_insert (self->legs, g_strdup (id), leg);
    }

  return leg;
}

/* What was told of a leg, in whichever conversation it was then. */
static void
find_before (CmLineTelling *telling)
{
  CmLineWriter *self = telling->writer;
  const char *id = telling->state->conversation;

  telling->before = NULL;
  telling->leg_before = NULL;
  if (id == NULL)
    return;

  telling->before = g_hash_table_lookup (self->documents, id);
  if (telling->before == NULL)
    telling->before = find_gone (self, id);
  if (telling->before != NULL)
    telling->leg_before = cm_document_find_leg (telling->before, telling->leg->id);
}

/* A leg that was over is another one when it is there again. */
static void
forget_ended (CmLineTelling *telling)
{
  if (telling->leg_before == NULL || telling->leg_before->phase != CM_PHASE_ENDED ||
      telling->leg->phase == CM_PHASE_ENDED)
    return;

  g_hash_table_remove_all (telling->state->told);
  telling->before = NULL;
  telling->leg_before = NULL;
}

static void
tell_silence (CmLineTelling *telling)
{
  CmLineWriter *self = telling->writer;
  const char *source = telling->leg->source;
  gboolean was = g_hash_table_contains (self->silent, source);
  gboolean is = telling->leg->silent_since != CM_TIME_NONE;
  CmEvent event;

  if (telling->leg->phase == CM_PHASE_ENDED || was == is)
    return;

  if (is)
    g_hash_table_add (self->silent, g_strdup (source));
  else
    g_hash_table_remove (self->silent, source);

  event = cm_line_begin (telling, CM_EVENT_SOURCE_STATUS_CHANGED);
  event.conversation = CM_TEXT_NONE;
  event.source_status = cm_line_name (&cm_wire_source_status, is ? "Lost" : "Connected");
  cm_line_say (telling, &event, is ? telling->leg->silent_since : telling->at);
}

static void
begin_leg (CmLineTelling *telling)
{
  find_before (telling);
  forget_ended (telling);
  cm_line_leg_tell (telling);
}

static void
end_leg (CmLineTelling *telling)
{
  if (cm_line_leg_ends (telling))
    cm_line_leg_end (telling);
  tell_silence (telling);
}

static void
tell_document (CmLineWriter     *self,
               gint64            at,
               const CmDocument *document)
{
  guint n = document->legs.len;
  g_autofree CmLineTelling *tellings = g_new0 (CmLineTelling, n);

  for (guint i = 0; i < n; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      tellings[i] = (CmLineTelling) { self, at, NULL, NULL, document, leg, get_leg (self, leg->id) };
      begin_leg (&tellings[i]);
    }

  cm_line_roster_tell (tellings, n);
  for (guint i = 0; i < n; i++)
    {
      end_leg (&tellings[i]);
      if (g_strcmp0 (tellings[i].state->conversation, document->id) == 0)
        continue;
      g_free (tellings[i].state->conversation);
      tellings[i].state->conversation = g_strdup (document->id);
    }
}

/* Of a conversation that was simply taken away nothing more is known than that. */
static void
end_gone (CmLineWriter *self,
          const Gone   *gone)
{
  for (guint i = 0; i < gone->document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (gone->document, i);
      CmLineLeg *state = g_hash_table_lookup (self->legs, leg->id);
      CmLineTelling telling = { self, gone->at, NULL, NULL, gone->document, leg, state };

      if (state == NULL || g_strcmp0 (state->conversation, gone->document->id) != 0)
        continue;

      if (leg->phase != CM_PHASE_ENDED)
        cm_line_leg_end (&telling);
      g_hash_table_remove (self->legs, leg->id);
    }
}

static void
settle (CmLineWriter *self)
{
  for (guint i = 0; i < self->gone->len; i++)
    end_gone (self, g_ptr_array_index (self->gone, i));

  g_ptr_array_set_size (self->gone, 0);
  release_lines (self);
}

static void
take_away (CmLineWriter *self,
           gint64        at,
           const char   *id)
{
  gpointer key, document;
  Gone *gone;

  if (!g_hash_table_steal_extended (self->documents, id, &key, &document))
    return;

  g_free (key);
  gone = g_new0 (Gone, 1);
  gone->at = at;
  gone->document = document;
  g_ptr_array_add (self->gone, gone);
}

/* Returns: an event of the leg, its time and its values still to be set */
CmEvent
cm_line_begin (const CmLineTelling *self,
               CmEventKind          kind)
{
  return (CmEvent) {
    .source = cm_text_from_string (self->leg->source),
    .conversation = cm_text_from_string (self->leg->conversation),
    .kind = kind,
  };
}

/**
 * cm_line_say:
 * @self: what is told
 * @event: an event
 * @at: when it was; %CM_TIME_NONE or a later time is taken as now
 *
 * Within what is told at one moment lines are put in the order of their times.
 *
 * Returns: the line's stamp: of two reports the one with the higher stamp is believed
 */
guint64
cm_line_say (const CmLineTelling *self,
             CmEvent             *event,
             gint64               at)
{
  CmLineWriter *writer = self->writer;
  Line line = { self->at, writer->lines->len, writer->text->len, 0 };

  if (at != CM_TIME_NONE && at < self->at)
    line.at = MAX (at, self->leg->timing.added);

  event->at = line.at;
  cm_event_write (writer->text, &writer->cache, event);
  line.size = writer->text->len - line.offset;
  g_array_append_val (writer->lines, line);

  return ++writer->stamp;
}

/* Returns: @time where nobody could be told of it before, else now */
gint64
cm_line_get_since (const CmLineTelling *self,
                   gint64               time)
{
  return self->leg_before == NULL || time > self->writer->previous ? time : self->at;
}

/* Returns: a value of an enumeration, by its name; what is none is kept as it is */
CmValue
cm_line_name (const CmWireEnum *values,
              const char       *name)
{
  CmValue value = { CM_VALUE_ENUM, FALSE, 0, cm_text_from_string (name) };
  int number;

  value.known = cm_wire_enum_get_number (values, value.text, &number);
  if (value.known)
    value.integer = number;

  return value;
}

CmValue
cm_line_boolean (gboolean value)
{
  return (CmValue) { CM_VALUE_BOOLEAN, TRUE, value != FALSE, CM_TEXT_NONE };
}

/* Returns: (transfer full): a writer that was told nothing yet */
CmLineWriter *
cm_line_writer_new (void)
{
  CmLineWriter *self = g_new0 (CmLineWriter, 1);

  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_document_free);
  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, leg_free);
  self->silent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_ptr_array_new_with_free_func (gone_free);
  self->text = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->ready = g_string_new (NULL);
  self->now = self->previous = CM_TIME_NONE;

  return self;
}

void
cm_line_writer_free (CmLineWriter *self)
{
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->legs);
  g_hash_table_unref (self->silent);
  g_ptr_array_unref (self->gone);
  g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_string_free (self->ready, TRUE);
  g_free (self);
}

/**
 * cm_line_writer_take:
 * @self: a writer
 * @at: when, ms UTC; not before what was taken last
 * @id: a conversation
 * @document: (nullable): what it is from then on; %NULL where it is no more
 */
void
cm_line_writer_take (CmLineWriter     *self,
                     gint64            at,
                     const char       *id,
                     const CmDocument *document)
{
  if (at > self->now)
    {
      settle (self);
      self->previous = self->now;
      self->now = at;
    }

  if (document == NULL)
    {
      take_away (self, self->now, id);
      return;
    }

  tell_document (self, self->now, document);
  g_hash_table_replace (self->documents, g_strdup (id), cm_document_copy (document));
}

/* There is no more to take. */
void
cm_line_writer_finish (CmLineWriter *self)
{
  settle (self);
}

/**
 * cm_line_writer_drain:
 * @self: a writer
 * @out: where the lines that are ready go
 *
 * Returns: whether there were any
 */
gboolean
cm_line_writer_drain (CmLineWriter *self,
                      GString      *out)
{
  gboolean any = self->ready->len > 0;

  g_string_append_len (out, self->ready->str, (gssize) self->ready->len);
  g_string_truncate (self->ready, 0);

  return any;
}

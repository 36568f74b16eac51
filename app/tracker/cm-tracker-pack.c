/* cm-tracker-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "core/cm-pack-fields.h"
#include "tracker/cm-attention-state.h"
#include "tracker/cm-tracked-pack.h"
#include "tracker/cm-tracked-update.h"

/* To be raised whenever what is written is written otherwise, and also whenever the
 * same events come to something else than before. */
#define VERSION 2

#define COUNTER(member) CM_PACK_NUMBER_FIELD (CM_PACK_UINT64, CmTrackerCounters, member, 0, G_MAXINT64)

static const CmPackField counter_fields[] = {
  COUNTER (events),
  COUNTER (duplicates),
  COUNTER (gaps),
  COUNTER (late),
  COUNTER (unknown_events),
  COUNTER (unknown_properties),
  COUNTER (unknown_values),
  COUNTER (unexpected),
  COUNTER (clamped),
  COUNTER (dropped),
};

static const CmPackField source_fields[] = {
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmTrackedSource, first_seq, G_MININT64, G_MAXINT64),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmTrackedSource, last_seq, G_MININT64, G_MAXINT64),
  CM_PACK_TIME_FIELD (CmTrackedSource, last_at),
  CM_PACK_TIME_FIELD (CmTrackedSource, silent_since),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, CmTrackedSource, heartbeat, 0, G_MAXINT64),
  CM_PACK_TIME_FIELD (CmTrackedSource, heard_at),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, CmTrackedSource, status, CM_SOURCE_STATUS_CONNECTED, CM_SOURCE_STATUS_RESYNC),
};

static void
write_source (const CmTrackedSource *source,
              CmPackWriter          *pack)
{
  guint n_holes = source->holes != NULL ? source->holes->len : 0;

  cm_pack_writer_text (pack, source->id);
  cm_pack_writer_number (pack, source->has_seq | source->resync << 1 | (source->alarm != NULL) << 2);
  cm_pack_writer_fields (pack, source_fields, G_N_ELEMENTS (source_fields), source);
  cm_pack_writer_number (pack, n_holes);
  for (guint i = 0; i < n_holes; i++)
    {
      const CmSourceHole *hole = &g_array_index (source->holes, CmSourceHole, i);

      cm_pack_writer_number (pack, hole->first);
      cm_pack_writer_number (pack, hole->last);
    }
}

static void
read_holes (CmTrackedSource *source,
            CmPackReader    *pack)
{
  guint n_holes = (guint) cm_pack_reader_number (pack, 0, CM_SOURCE_MAX_HOLES);

  if (n_holes > 0)
    source->holes = g_array_new (FALSE, FALSE, sizeof (CmSourceHole));

  for (guint i = 0; i < n_holes; i++)
    {
      CmSourceHole hole;

      hole.first = cm_pack_reader_number (pack, G_MININT64, G_MAXINT64);
      hole.last = cm_pack_reader_number (pack, hole.first, G_MAXINT64);
      g_array_append_val (source->holes, hole);
    }
}

static CmTrackedSource *
read_source (CmTracker    *self,
             CmPackReader *pack)
{
  CmText id = cm_pack_reader_text (pack);
  gint64 flags = cm_pack_reader_number (pack, 0, 7);
  CmTrackedSource *source;

  if (id.bytes == NULL || g_hash_table_contains (self->sources, &id))
    {
      cm_pack_reader_fail (pack);
      return NULL;
    }

  source = cm_tracked_source_new (id);
  g_hash_table_insert (self->sources, &source->key, source);
  source->has_seq = flags & 1;
  source->resync = flags >> 1 & 1;
  cm_pack_reader_fields (pack, source_fields, G_N_ELEMENTS (source_fields), source);
  read_holes (source, pack);
  cm_tracker_set_silent (self, source, source->silent_since);
  if (flags >> 2 & 1)
    cm_tracker_set_alarm (self, source);

  return source;
}

/* Returns: (transfer full) (element-type CmTrackedSource guint): their places */
static GHashTable *
write_sources (CmTracker    *self,
               CmPackWriter *pack)
{
  GHashTable *places = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer source;

  cm_pack_writer_number (pack, g_hash_table_size (self->sources));
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    {
      write_source (source, pack);
      g_hash_table_insert (places, source, GUINT_TO_POINTER (g_hash_table_size (places)));
    }

  return places;
}

static GPtrArray *
read_sources (CmTracker    *self,
              CmPackReader *pack)
{
  GPtrArray *sources = g_ptr_array_new ();
  guint n_sources = (guint) cm_pack_reader_number (pack, 0, CM_TRACKER_MAX_SOURCES);

  for (guint i = 0; i < n_sources && cm_pack_reader_is_good (pack); i++)
    g_ptr_array_add (sources, read_source (self, pack));

  return sources;
}

/* What is over stays as it was, whatever its people do later: it cannot be made anew
 * from what is known of them now. */
static void
write_published (CmTrackedConversation *conversation,
                 CmPackWriter          *pack)
{
  g_autoptr(GString) text = NULL;

  if (conversation->is_ended && !conversation->is_dirty && (conversation->is_untold || conversation->published != NULL))
    {
      text = g_string_new (NULL);
      cm_document_write (cm_tracked_conversation_complete (conversation), text);
    }

  cm_pack_writer_text (pack, text != NULL ? text->str : NULL);
}

static void
read_published (CmTracker             *self,
                CmTrackedConversation *conversation,
                CmPackReader          *pack)
{
  CmText text = cm_pack_reader_text (pack);
  g_autoptr(CmDocument) document = NULL;

  if (text.bytes == NULL)
    {
      cm_tracker_mark_dirty (self, conversation);
      return;
    }

  document = cm_document_new (conversation->id);
  cm_json_reader_load (self->reader, text.bytes, text.size, CM_JSON_STRICT);
  conversation->is_reborn = TRUE;
  if (cm_json_reader_next (self->reader) == CM_JSON_OBJECT && cm_document_apply (document, self->reader, NULL))
    conversation->published = g_steal_pointer (&document);
  else
    cm_pack_reader_fail (pack);
}

static void
write_conversation (CmTrackedConversation *conversation,
                    CmPackWriter          *pack,
                    GHashTable            *sources,
                    GHashTable            *contacts)
{
  cm_pack_writer_text (pack, conversation->id);
  cm_pack_writer_text (pack, conversation->replaces);
  cm_pack_writer_time (pack, conversation->started);
  cm_pack_writer_time (pack, conversation->ended);
  cm_pack_writer_number (pack, conversation->is_ended);
  cm_pack_writer_number (pack, conversation->attention != NULL);
  if (conversation->attention != NULL)
    cm_attention_state_write (conversation->attention, pack);
  write_published (conversation, pack);

  cm_pack_writer_number (pack, conversation->legs->len);
  for (guint i = 0; i < conversation->legs->len; i++)
    {
      const CmTrackedLeg *leg = g_ptr_array_index (conversation->legs, i);

      cm_pack_writer_number (pack, GPOINTER_TO_UINT (g_hash_table_lookup (sources, leg->source)));
      cm_pack_writer_number (pack, g_hash_table_lookup (leg->source->legs, &leg->key) == leg);
      cm_tracked_leg_write (leg, pack, contacts);
    }
}

static void
read_leg (CmTracker             *self,
          CmTrackedConversation *conversation,
          CmPackReader          *pack,
          GPtrArray             *sources,
          GPtrArray             *contacts)
{
  gint64 place = cm_pack_reader_number (pack, 0, (gint64) sources->len - 1);
  gboolean is_current = cm_pack_reader_number (pack, FALSE, TRUE) != 0;
  CmTrackedSource *source;
  CmTrackedLeg *leg;

  if (!cm_pack_reader_is_good (pack))
    return;

  source = g_ptr_array_index (sources, place);
  leg = cm_tracked_leg_read (pack, source, source->id, contacts);
  leg->parent = conversation;
  cm_tracked_conversation_add_leg (conversation, leg);
  cm_tracked_conversation_count_leg (conversation, leg);
  if (!is_current)
    cm_tracked_conversation_leave_leg (conversation, leg);
  self->n_legs++;
  if (is_current && g_hash_table_contains (source->legs, &leg->key))
    cm_pack_reader_fail (pack);
  else if (is_current)
    g_hash_table_insert (source->legs, &leg->key, leg);
}

/* What has ended waits in the order in which it has. */
static void
read_conversation (CmTracker    *self,
                   CmPackReader *pack,
                   GPtrArray    *sources,
                   GPtrArray    *contacts)
{
  g_autofree char *id = cm_text_dup (cm_pack_reader_text (pack));
  CmTrackedConversation *conversation;
  guint n_legs;

  if (id == NULL || g_hash_table_contains (self->conversations, id))
    {
      cm_pack_reader_fail (pack);
      return;
    }

  conversation = cm_tracker_get_conversation (self, id, CM_TIME_NONE);
  conversation->replaces = cm_pack_reader_dup_text (pack);
  conversation->started = cm_pack_reader_time (pack);
  conversation->ended = cm_pack_reader_time (pack);
  conversation->is_ended = cm_pack_reader_number (pack, FALSE, TRUE) != 0;
  if (conversation->is_ended)
    g_queue_push_tail_link (&self->ended, &conversation->ended_link);
  if (cm_pack_reader_number (pack, FALSE, TRUE))
    conversation->attention = cm_attention_state_read (pack);
  read_published (self, conversation, pack);

  n_legs = cm_pack_reader_count (pack);
  for (guint i = 0; i < n_legs && cm_pack_reader_is_good (pack); i++)
    read_leg (self, conversation, pack, sources, contacts);
}

static void
write_conversations (CmTracker    *self,
                     CmPackWriter *pack,
                     GHashTable   *sources,
                     GHashTable   *contacts)
{
  GHashTableIter iter;
  gpointer conversation;

  cm_pack_writer_number (pack, g_hash_table_size (self->conversations));
  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      if (!((CmTrackedConversation *) conversation)->is_ended)
        write_conversation (conversation, pack, sources, contacts);
    }

  for (GList *l = self->ended.head; l != NULL; l = l->next)
    write_conversation (l->data, pack, sources, contacts);
}

/**
 * cm_tracker_write:
 * @self: a tracker
 * @pack: where to
 *
 * Writes all that its events have come to, so that another one can go on exactly from
 * there. What it was told to do is not among it: rules, and how long things are kept.
 */
void
cm_tracker_write (CmTracker    *self,
                  CmPackWriter *pack)
{
  g_autoptr(GHashTable) contacts = NULL;
  g_autoptr(GHashTable) sources = NULL;

  g_return_if_fail (CM_IS_TRACKER (self));

  cm_pack_writer_number (pack, VERSION);
  cm_pack_writer_time (pack, self->now);
  cm_pack_writer_number (pack, (gint64) self->stamp);
  cm_pack_writer_number (pack, self->publishes);
  cm_pack_writer_fields (pack, counter_fields, G_N_ELEMENTS (counter_fields), &self->counters);

  contacts = cm_contact_book_write (self->book, pack);
  sources = write_sources (self, pack);
  write_conversations (self, pack, sources, contacts);
}

/**
 * cm_tracker_read:
 * @self: a tracker that has handled nothing yet
 * @pack: where from
 *
 * Only what is over counts as published; the next cm_tracker_flush() tells of all
 * else there is.
 *
 * Returns: %FALSE where this cannot be read: it was written by another version. Then
 *   the tracker is of no use
 */
gboolean
cm_tracker_read (CmTracker    *self,
                 CmPackReader *pack)
{
  g_autoptr(GPtrArray) contacts = NULL;
  g_autoptr(GPtrArray) sources = NULL;
  guint n_conversations;

  g_return_val_if_fail (CM_IS_TRACKER (self), FALSE);
  g_return_val_if_fail (self->stamp == 0, FALSE);

  if (cm_pack_reader_number (pack, G_MININT64, G_MAXINT64) != VERSION)
    return FALSE;

  self->now = cm_pack_reader_time (pack);
  self->stamp = (guint64) cm_pack_reader_number (pack, 0, G_MAXINT64);
  self->publishes = cm_pack_reader_number (pack, FALSE, TRUE) != 0;
  cm_pack_reader_fields (pack, counter_fields, G_N_ELEMENTS (counter_fields), &self->counters);

  contacts = cm_contact_book_read (self->book, pack);
  sources = read_sources (self, pack);
  n_conversations = cm_pack_reader_count (pack);
  for (guint i = 0; i < n_conversations && cm_pack_reader_is_good (pack); i++)
    read_conversation (self, pack, sources, contacts);

  return cm_pack_reader_is_good (pack);
}

/**
 * cm_tracker_foreach:
 * @self: a tracker
 * @func: called with the id of each conversation that is published
 * @user_data: for @func
 */
void
cm_tracker_foreach (CmTracker *self,
                    GFunc      func,
                    gpointer   user_data)
{
  GHashTableIter iter;
  gpointer conversation;

  g_return_if_fail (CM_IS_TRACKER (self));

  g_hash_table_iter_init (&iter, self->conversations);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      if (((CmTrackedConversation *) conversation)->published != NULL)
        func (((CmTrackedConversation *) conversation)->id, user_data);
    }
}

/* cm-tracker-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracker-private.h"

#include "tracker/cm-attention-state.h"
#include "tracker/cm-leg-counts.h"
#include "tracker/cm-tracked-update.h"

/**
 * cm_tracker_free_conversation:
 * @self: the tracker
 * @conversation: (transfer full): a conversation that is in none of its lists
 */
void
cm_tracker_free_conversation (CmTracker             *self,
                              CmTrackedConversation *conversation)
{
  for (guint i = 0; i < conversation->legs->len; i++)
    cm_tracked_leg_free (g_ptr_array_index (conversation->legs, i), self->book);

  self->n_legs -= conversation->legs->len;
  g_ptr_array_unref (conversation->legs);
  cm_leg_counts_clear (&conversation->counts);
  g_clear_pointer (&conversation->orphans, g_ptr_array_unref);
  g_clear_pointer (&conversation->ended_legs, g_ptr_array_unref);
  g_clear_pointer (&conversation->published, cm_document_free);
  g_clear_pointer (&conversation->touched, g_ptr_array_unref);
  g_clear_pointer (&conversation->changed_legs, g_ptr_array_unref);
  g_clear_pointer (&conversation->draft, cm_document_free);
  g_clear_pointer (&conversation->gone_legs, g_ptr_array_unref);
  g_clear_pointer (&conversation->untold_legs, g_ptr_array_unref);
  g_clear_pointer (&conversation->untold_gone, g_ptr_array_unref);
  g_clear_pointer (&conversation->attention, cm_attention_state_free);
  g_clear_pointer (&conversation->deadline, g_sequence_remove);
  g_clear_pointer (&conversation->replaces, g_ref_string_release);
  g_ref_string_release (conversation->id);
  g_free (conversation);
}

/**
 * cm_tracker_mark_dirty:
 * @self: the tracker
 * @conversation: a conversation that the next flush has to look at
 */
void
cm_tracker_mark_dirty (CmTracker             *self,
                       CmTrackedConversation *conversation)
{
  if (conversation->is_dirty || !self->publishes)
    return;

  conversation->is_dirty = TRUE;
  g_ptr_array_add (self->dirty, conversation);
}

static void
set_ended (CmTracker             *self,
           CmTrackedConversation *conversation,
           gboolean               ended,
           gint64                 at)
{
  if (conversation->is_ended == (guint) ended)
    return;

  conversation->is_ended = ended != FALSE;
  conversation->ended = ended ? at : CM_TIME_NONE;
  if (ended)
    g_queue_push_tail_link (&self->ended, &conversation->ended_link);
  else
    g_queue_unlink (&self->ended, &conversation->ended_link);
}

/* Where nobody wants to be told yet these are all that there are: the last one takes
 * its place. */
static void
forget_untold (CmTracker             *self,
               CmTrackedConversation *conversation)
{
  CmTrackedConversation *last = g_ptr_array_index (self->untold, self->untold->len - 1);

  last->untold_place = conversation->untold_place;
  g_ptr_array_remove_index_fast (self->untold, conversation->untold_place);
}

static void
drop_conversation (CmTracker             *self,
                   CmTrackedConversation *conversation)
{
  set_ended (self, conversation, FALSE, CM_TIME_NONE);
  if (conversation->published != NULL)
    g_ptr_array_add (self->gone, g_steal_pointer (&conversation->published));
  if (conversation->is_dirty)
    g_ptr_array_remove_fast (self->dirty, conversation);
  if (conversation->is_untold)
    forget_untold (self, conversation);

  g_hash_table_remove (self->conversations, conversation->id);
  cm_tracker_free_conversation (self, conversation);
}

/**
 * cm_tracker_get_conversation:
 * @self: the tracker
 * @id: a conversation's id
 * @started: when a new one began, ms UTC
 *
 * Returns: (transfer none): the conversation, a new one without legs where there
 *   was none
 */
CmTrackedConversation *
cm_tracker_get_conversation (CmTracker  *self,
                             const char *id,
                             gint64      started)
{
  CmTrackedConversation *conversation = g_hash_table_lookup (self->conversations, id);

  if (conversation != NULL)
    return conversation;

  conversation = g_new0 (CmTrackedConversation, 1);
  conversation->id = g_ref_string_new (id);
  conversation->legs = g_ptr_array_new ();
  conversation->started = started;
  conversation->ended = CM_TIME_NONE;
  conversation->ended_link.data = conversation;
  g_hash_table_insert (self->conversations, conversation->id, conversation);

  return conversation;
}

static void
forget_leg (CmTracker             *self,
            CmTrackedConversation *conversation,
            CmTrackedLeg          *leg)
{
  cm_tracked_conversation_drop_leg (conversation, leg);
  cm_tracked_leg_free (leg, self->book);
  self->n_legs--;
}

static void
forget_ended (CmTracker             *self,
              CmTrackedConversation *conversation)
{
  const GPtrArray *ended;

  if (conversation->n_ended <= CM_TRACKER_MAX_ENDED_LEGS)
    return;

  ended = cm_tracked_conversation_get_ended (conversation);
  for (guint i = ended->len - CM_TRACKER_MAX_ENDED_LEGS; i > 0; i--)
    forget_leg (self, conversation, g_ptr_array_index (ended, i - 1));
}

/* A conference may last for weeks while stations come and go: the first of its
 * legs that have ended make room. A leg under the same id is the same station's
 * same conversation in an earlier life. */
static void
make_room (CmTracker             *self,
           CmTrackedConversation *conversation,
           const char            *leg_id)
{
  const GPtrArray *orphans = conversation->orphans;

  forget_ended (self, conversation);
  for (guint i = orphans != NULL ? orphans->len : 0; i > 0; i--)
    {
      CmTrackedLeg *leg = g_ptr_array_index (orphans, i - 1);

      if (g_str_equal (leg->id, leg_id))
        forget_leg (self, conversation, leg);
    }
}

/* A leg in a conference belongs to the conversation of its key; another one is a
 * conversation of its own, under its own id. */
static char *
dup_conversation_id (const CmTrackedLeg *leg)
{
  if (leg->conference_key != NULL)
    return g_strconcat ("conf:", leg->conference_key, NULL);

  return g_strdup (leg->id);
}

static gboolean
is_in_place (const CmTrackedLeg *leg)
{
  if (leg->parent == NULL)
    return FALSE;

  if (leg->conference_key != NULL)
    return g_str_has_prefix (leg->parent->id, "conf:") &&
           g_str_equal (leg->parent->id + strlen ("conf:"), leg->conference_key);

  return leg->parent->id == leg->id || g_str_equal (leg->parent->id, leg->id);
}

static void
take_out (CmTracker             *self,
          CmTrackedLeg          *leg,
          CmTrackedConversation *to)
{
  CmTrackedConversation *from = leg->parent;

  cm_tracked_conversation_drop_leg (from, leg);
  leg->parent = NULL;

  if (from->legs->len > 0)
    {
      cm_tracker_mark_dirty (self, from);
      return;
    }

  g_clear_pointer (&to->replaces, g_ref_string_release);
  to->replaces = g_ref_string_acquire (from->id);
  if (to->attention == NULL)
    to->attention = g_steal_pointer (&from->attention);
  to->started = to->legs->len == 0 ? from->started : MIN (to->started, from->started);
  drop_conversation (self, from);
}

static void
place_leg (CmTracker    *self,
           CmTrackedLeg *leg)
{
  CmTrackedConversation *to;
  g_autofree char *id = NULL;

  if (leg->placed || is_in_place (leg))
    {
      leg->placed = TRUE;
      return;
    }

  id = dup_conversation_id (leg);
  to = cm_tracker_get_conversation (self, id, leg->started);
  make_room (self, to, leg->id);
  if (leg->parent != NULL)
    take_out (self, leg, to);

  leg->parent = to;
  cm_tracked_conversation_add_leg (to, leg);
  leg->placed = TRUE;
}

/* A conversation is over when all its legs are, and may begin again. */
static void
settle_conversation (CmTracker             *self,
                     CmTrackedConversation *conversation,
                     const CmTrackedLeg    *leg,
                     gint64                 at)
{
  gboolean ended = conversation->n_ended == conversation->legs->len;

  if (conversation->is_ended && !ended)
    conversation->started = leg->started;
  if (conversation->legs->len == 1)
    conversation->started = leg->started;

  set_ended (self, conversation, ended, at);
}

/**
 * cm_tracker_prune:
 * @self: the tracker
 *
 * Forgets the ended conversations that are too old or too many.
 */
void
cm_tracker_prune (CmTracker *self)
{
  while (self->ended.length > 0)
    {
      CmTrackedConversation *conversation = self->ended.head->data;

      if (self->ended.length <= self->max_ended &&
          (self->history == G_MAXINT64 || conversation->ended + self->history > self->now))
        break;

      drop_conversation (self, conversation);
    }
}

/**
 * cm_tracker_queue_change:
 * @self: the tracker
 * @leg: a leg of which something has changed that its facts do not tell
 */
void
cm_tracker_queue_change (CmTracker    *self,
                         CmTrackedLeg *leg)
{
  if (leg->parent == NULL)
    return;

  cm_leg_counts_note (leg->parent, leg);
  cm_tracked_conversation_note_leg (leg->parent, leg);
  cm_tracker_mark_dirty (self, leg->parent);
}

/**
 * cm_tracker_settle_leg:
 * @self: the tracker
 * @leg: a leg to which an event was applied
 * @at: when, ms UTC
 *
 * Brings the leg, its place and its conversation up to its facts.
 */
void
cm_tracker_settle_leg (CmTracker    *self,
                       CmTrackedLeg *leg,
                       gint64        at)
{
  cm_tracked_leg_settle (leg, at);
  place_leg (self, leg);
  cm_tracked_conversation_count_leg (leg->parent, leg);
  settle_conversation (self, leg->parent, leg, at);
  cm_tracker_queue_change (self, leg);
}

/* A source mostly goes on about the conversation that it spoke of last. */
static CmTrackedLeg *
find_leg (CmTrackedSource *source,
          CmText           conversation)
{
  if (source->recent == NULL || !cm_text_equal (source->recent->key, conversation))
    source->recent = g_hash_table_lookup (source->legs, &conversation);

  return source->recent;
}

/**
 * cm_tracker_get_leg:
 * @self: the tracker
 * @source: whose leg
 * @conversation: the source's own id of the conversation
 * @at: now, ms UTC
 *
 * Returns: (nullable) (transfer none): the leg, a new one where there was none;
 *   %NULL where the tracker holds as many as it can
 */
CmTrackedLeg *
cm_tracker_get_leg (CmTracker       *self,
                    CmTrackedSource *source,
                    CmText           conversation,
                    gint64           at)
{
  CmTrackedLeg *leg = find_leg (source, conversation);

  if (leg != NULL)
    return leg;

  if (self->n_legs >= CM_TRACKER_MAX_LEGS)
    return NULL;

  leg = cm_tracked_leg_new (source, source->id, conversation, self->stamp, at);
  g_hash_table_insert (source->legs, &leg->key, leg);
  self->n_legs++;

  return leg;
}

/**
 * cm_tracker_renew_leg:
 * @self: the tracker
 * @leg: a leg that has ended and is added again
 * @at: now, ms UTC
 *
 * What has ended stays as it was, in its conversation.
 *
 * Returns: (transfer none): a leg of the same id that starts from nothing
 */
CmTrackedLeg *
cm_tracker_renew_leg (CmTracker    *self,
                      CmTrackedLeg *leg,
                      gint64        at)
{
  CmTrackedSource *source = leg->source;
  CmTrackedLeg *renewed = cm_tracked_leg_new (source, source->id, leg->key, self->stamp, at);

  if (leg->parent != NULL)
    cm_tracked_conversation_leave_leg (leg->parent, leg);
  g_hash_table_replace (source->legs, &renewed->key, renewed);
  source->recent = renewed;
  self->n_legs++;

  return renewed;
}

/* Who left so long ago is no longer in the roster either. */
static void
forget_members (CmTracker    *self,
                CmTrackedLeg *leg,
                gint64        time)
{
  for (guint i = leg->members->len; i > 0; i--)
    {
      CmMember *member = &g_array_index (leg->members, CmMember, i - 1);

      if (member->present || member->is_self || member->left == CM_TIME_NONE || member->left >= time)
        continue;

      cm_tracked_conversation_touch (leg->parent, member->contact);
      cm_tracked_leg_remove_member (leg, i - 1, self->book);
      cm_tracker_mark_dirty (self, leg->parent);
    }
}

static void
forget_legs (CmTracker             *self,
             CmTrackedConversation *conversation,
             gint64                 time)
{
  for (guint i = conversation->legs->len; i > 0; i--)
    {
      CmTrackedLeg *leg = g_ptr_array_index (conversation->legs, i - 1);

      if (leg->touched >= time)
        {
          forget_members (self, leg, time);
          continue;
        }

      forget_leg (self, conversation, leg);
      cm_tracker_mark_dirty (self, conversation);
    }

  if (conversation->legs->len == 0)
    drop_conversation (self, conversation);
}

/**
 * cm_tracker_forget_before:
 * @self: a tracker
 * @time: ms UTC
 *
 * Forgets of what nothing was heard since: legs, whoever left, sources, and persons
 * who are in no call.
 */
void
cm_tracker_forget_before (CmTracker *self,
                          gint64     time)
{
  g_autoptr(GList) conversations = NULL;
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (CM_IS_TRACKER (self));

  conversations = g_hash_table_get_values (self->conversations);
  for (GList *l = conversations; l != NULL; l = l->next)
    forget_legs (self, l->data, time);

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CmTrackedSource *source = value;

      if (source->heard_at >= time || g_hash_table_size (source->legs) > 0)
        continue;

      g_clear_pointer (&source->alarm, g_sequence_remove);
      g_hash_table_iter_remove (&iter);
    }

  cm_contact_book_forget (self->book, time);
}

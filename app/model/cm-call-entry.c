/* cm-call-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-entry.h"

#include "model/cm-document-attention.h"

enum
{
  RANK_WARNING,
  RANK_NOTICE,
  RANK_LIVE,
};

static guint
get_rank (const CmDocument *document)
{
  const CmAttention *worst =
    document->attention->len > 0 ? g_ptr_array_index (document->attention, 0) : NULL;

  if (worst == NULL)
    return RANK_LIVE;

  return worst->level == CM_LEVEL_WARNING ? RANK_WARNING : RANK_NOTICE;
}

/* Another reason, or id, may leave the call where it stands, but it is one to be told of. Of
 * what a source that is silent now has said nobody knows whether it still is so. */
static guint
get_reasons (const CmDocument *document)
{
  gint64 as_of;
  guint hash;

  if (document->attention->len == 0)
    return 0;

  hash = g_str_hash (document->id);
  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      hash = hash * 31 + g_str_hash (attention->rule);
      hash = hash * 31 + g_int64_hash (&attention->since) + (guint) attention->level;
    }

  as_of = cm_document_get_as_of (document);

  return hash * 31 + g_int64_hash (&as_of);
}

static gint64
get_started (const CmDocument *document)
{
  return document->started != CM_TIME_NONE ? document->started : 0;
}

static gint64
get_size (const CmDocument *document)
{
  gint64 size = 0;

  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      size += person->left == CM_TIME_NONE;
    }

  return size;
}

/* Where nothing else is asked for, what needs attention comes by how long it has
 * done so, and all else as it came. */
static gint64
get_key (const CmDocument *document,
         guint             rank,
         CmCallSort        sort)
{
  switch (sort)
    {
    case CM_CALL_SORT_NEWEST:
      return -get_started (document);
    case CM_CALL_SORT_LONGEST:
      return get_started (document);
    case CM_CALL_SORT_SIZE:
      return -get_size (document);
    case CM_CALL_SORT_ATTENTION:
    default:
      if (rank == RANK_LIVE)
        return 0;
      return ((const CmAttention *) g_ptr_array_index (document->attention, 0))->since;
    }
}

CmCallEntry *
cm_call_entry_new (CmConversation *conversation,
                   guint           number)
{
  CmCallEntry *self = g_new0 (CmCallEntry, 1);

  self->conversation = g_object_ref (conversation);
  self->number = number;
  cm_call_entry_look (self);

  return self;
}

void
cm_call_entry_free (CmCallEntry *self)
{
  g_object_unref (self->conversation);
  g_free (self);
}

/* Takes what the entry is counted and filtered by from what the conversation is now: of
 * a hundred thousand nothing else is looked at, most often. */
void
cm_call_entry_look (CmCallEntry *self)
{
  self->attention = cm_conversation_get_attention (self->conversation);
  self->over = cm_conversation_get_phase (self->conversation) == CM_PHASE_ENDED;
  self->ended = self->over ? cm_conversation_get_ended (self->conversation) : CM_TIME_NONE;
}

/* Takes what the entry is sorted by from what the conversation is now. */
void
cm_call_entry_publish (CmCallEntry *self,
                       CmCallSort   sort)
{
  const CmDocument *document = cm_conversation_get_document (self->conversation);

  self->rank = get_rank (document);
  self->key = get_key (document, self->rank, sort);
  self->reasons = get_reasons (document);
}

/* Returns: whether publishing would change anything: most calls need no attention, before and
 * after, and then stand where they came */
gboolean
cm_call_entry_is_stale (CmCallEntry *self,
                        CmCallSort   sort)
{
  const CmDocument *document;
  guint rank;

  if (!self->attention && sort == CM_CALL_SORT_ATTENTION)
    return self->rank != RANK_LIVE;

  document = cm_conversation_get_document (self->conversation);
  rank = get_rank (document);

  return rank != self->rank || get_key (document, rank, sort) != self->key ||
         get_reasons (document) != self->reasons;
}

int
cm_call_entry_compare (const CmCallEntry *a,
                       const CmCallEntry *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->key != b->key)
    return a->key < b->key ? -1 : 1;

  return a->number < b->number ? -1 : a->number > b->number;
}

/**
 * cm_call_entry_count:
 * @self: an entry
 * @over: whether it is in the list no longer, whatever the filter
 * @counts: what it is counted in from now on, and was until now
 */
void
cm_call_entry_count (CmCallEntry *self,
                     gboolean     over,
                     guint        counts[static CM_N_CALL_COUNTS])
{
  guint counted = 0;

  if (!over)
    counted |= 1u << CM_CALL_COUNT_TOTAL;
  if (!over && self->attention)
    counted |= 1u << (self->shown ? CM_CALL_COUNT_ATTENTION : CM_CALL_COUNT_HIDDEN_ATTENTION);

  for (guint i = 0; i < CM_N_CALL_COUNTS; i++)
    counts[i] += (counted >> i & 1) - (self->counted >> i & 1);

  self->counted = counted;
}

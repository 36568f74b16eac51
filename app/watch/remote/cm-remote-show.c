/* cm-remote-show.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-remote-show.h"

/* So many are shown between two looks at the clock. */
#define STEP 16

/* So many rows the list takes at once where it may tell of a part. */
#define PART 2000

/**
 * CmRemoteShow:
 * @watch: (unowned): where it is shown
 * @documents: (unowned): what has changed
 * @at: when it was so, ms UTC
 * @gone: (element-type utf8): what is no more, and is taken out when all others are shown
 * @n_taken_out: how many of these are
 * @n_uncommitted: how many are shown that the list has not told of
 */
struct _CmRemoteShow
{
  CmWatch           *watch;
  CmRemoteDocuments *documents;
  gint64             at;
  GPtrArray         *gone;
  guint              n_taken_out;
  guint              n_uncommitted;
};

/* A row may go on under another id, so rows go when all others are told. */
static void
show_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  CmRemoteShow *self = user_data;

  self->n_uncommitted++;
  cm_watch_note (self->watch, self->at, id, before, after);
  if (after != NULL)
    cm_watch_show (self->watch, cm_document_ref (after));
  else
    g_ptr_array_add (self->gone, g_strdup (id));
}

/* Returns: whether there is more to take out */
static gboolean
take_out_some (CmRemoteShow *self)
{
  guint end = MIN (self->n_taken_out + STEP, self->gone->len);

  while (self->n_taken_out < end)
    cm_watch_hide (self->watch, g_ptr_array_index (self->gone, self->n_taken_out++));

  return end < self->gone->len;
}

static void
commit (CmRemoteShow *self)
{
  self->n_uncommitted = 0;
  cm_watch_commit (self->watch);
}

/**
 * cm_remote_show_new:
 * @watch: where to show them; outlives this
 * @documents: what to show; likewise
 */
CmRemoteShow *
cm_remote_show_new (CmWatch           *watch,
                    CmRemoteDocuments *documents)
{
  CmRemoteShow *self = g_new0 (CmRemoteShow, 1);

  self->watch = watch;
  self->documents = documents;
  self->gone = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
cm_remote_show_free (CmRemoteShow *self)
{
  g_ptr_array_unref (self->gone);
  g_free (self);
}

/**
 * cm_remote_show_some:
 * @self: what shows
 * @at: when what is shown was so, ms UTC
 * @in_parts: whether the list may tell of a part. It does not where all is said to be
 *   there: nobody then sees a part of a change, or counts it. So much at once takes too
 *   long where all of it is new, and until that is there nothing claims to be whole.
 * @end: when to stop, monotonic µs
 *
 * Returns: whether all is shown, and told of by the list
 */
gboolean
cm_remote_show_some (CmRemoteShow *self,
                     gint64        at,
                     gboolean      in_parts,
                     gint64        end)
{
  self->at = at;
  while (cm_remote_documents_tell (self->documents, STEP, show_change, self) || take_out_some (self))
    {
      if (in_parts && self->n_uncommitted >= PART)
        commit (self);
      if (g_get_monotonic_time () >= end)
        return FALSE;
    }

  commit (self);
  g_ptr_array_set_size (self->gone, 0);
  self->n_taken_out = 0;

  return TRUE;
}

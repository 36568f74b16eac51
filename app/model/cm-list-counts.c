/* cm-list-counts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-list-counts.h"

#include "model/cm-silence.h"

void
cm_list_counts_init (CmListCounts *self)
{
  *self = (CmListCounts) { .silent = g_hash_table_new (NULL, NULL), .sources = cm_silences_new () };
}

void
cm_list_counts_clear (CmListCounts *self)
{
  g_clear_pointer (&self->silent, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
}

/* @sources: (element-type CmSilence): which sources do not answer from now on */
void
cm_list_counts_set_sources (CmListCounts *self,
                            GPtrArray    *sources)
{
  self->silent_changed |= !cm_silences_equal (self->sources, sources);
  g_ptr_array_ref (sources);
  g_ptr_array_unref (self->sources);
  self->sources = sources;
}

static void
take_silence (CmListCounts   *self,
              CmConversation *conversation,
              gboolean        in)
{
  gboolean is_changed = FALSE;

  if (in && cm_silence_is_in (cm_conversation_get_document (conversation)))
    is_changed = g_hash_table_add (self->silent, conversation);
  else if (!in && g_hash_table_size (self->silent) > 0)
    is_changed = g_hash_table_remove (self->silent, conversation);

  self->silent_changed |= is_changed;
}

/**
 * cm_list_counts_take:
 * @self: what is counted
 * @conversation: a conversation, as it is counted or is to be
 * @in: whether it comes in or goes out
 */
void
cm_list_counts_take (CmListCounts   *self,
                     CmConversation *conversation,
                     gboolean        in)
{
  guint one = in ? 1 : G_MAXUINT;

  if (cm_conversation_get_attention (conversation))
    self->n_attention += one;
  if (cm_conversation_get_left (conversation))
    self->n_left += one;

  take_silence (self, conversation, in);
}

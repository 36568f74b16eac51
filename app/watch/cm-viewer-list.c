/* cm-viewer-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-viewer-list.h"

#include "core/cm-text-hash.h"
#include "core/cm-time.h"

void
cm_viewer_list_init (CmViewerList *self)
{
  self->list = cm_conversation_list_new ();
  self->rules = cm_viewer_rules_new ();
  self->told = g_hash_table_new_full (cm_string_hash, g_str_equal, NULL, (GDestroyNotify) cm_document_free);
  self->now = CM_TIME_NONE;
  self->due = CM_TIME_NONE;
}

void
cm_viewer_list_clear (CmViewerList *self)
{
  g_clear_object (&self->list);
  g_clear_pointer (&self->rules, cm_viewer_rules_free);
  g_clear_pointer (&self->told, g_hash_table_unref);
}

static void
apply (CmViewerList *self,
       CmDocument   *document)
{
  gint64 due = cm_viewer_rules_apply (self->rules, document, self->now);

  if (due != CM_TIME_NONE && (self->due == CM_TIME_NONE || due < self->due))
    self->due = due;
}

/* @document: (transfer full): what a conversation is now, as the tracker tells it */
void
cm_viewer_list_update (CmViewerList *self,
                       CmDocument   *document)
{
  CmDocument *told;

  if (document->replaces != NULL)
    {
      g_hash_table_remove (self->told, document->replaces);
      cm_viewer_rules_rename (self->rules, document->replaces, document->id);
    }

  if (document->attention->len > 0)
    {
      told = cm_document_copy (document);
      g_hash_table_replace (self->told, told->id, told);
      apply (self, document);
    }
  else
    {
      g_hash_table_remove (self->told, document->id);
    }

  cm_conversation_list_update (self->list, document);
}

void
cm_viewer_list_remove (CmViewerList *self,
                       const char   *id)
{
  g_hash_table_remove (self->told, id);
  cm_conversation_list_remove (self->list, id);
}

static gboolean
has_same_attention (const CmDocument *a,
                    const CmDocument *b)
{
  if (a->attention->len != b->attention->len)
    return FALSE;

  for (guint i = 0; i < a->attention->len; i++)
    {
      const CmAttention *first = g_ptr_array_index (a->attention, i);
      const CmAttention *second = g_ptr_array_index (b->attention, i);

      if (first->level != second->level || g_strcmp0 (first->rule, second->rule) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The rules, or the time, are others now: looks again at all that needs attention. */
void
cm_viewer_list_look (CmViewerList *self)
{
  GHashTableIter iter;
  gpointer id, told;

  self->due = CM_TIME_NONE;
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, &told))
    {
      g_autoptr(CmDocument) document = cm_document_copy (told);
      CmConversation *shown = cm_conversation_list_lookup (self->list, id);

      apply (self, document);
      if (shown != NULL && !has_same_attention (document, cm_conversation_get_document (shown)))
        cm_conversation_list_update (self->list, g_steal_pointer (&document));
    }

  cm_conversation_list_commit (self->list);
}

/* @now: the time that is shown, ms UTC; it may go back */
void
cm_viewer_list_set_now (CmViewerList *self,
                        gint64        now)
{
  gboolean goes_back = now < self->now;

  self->now = now;
  if (goes_back || (self->due != CM_TIME_NONE && now >= self->due))
    cm_viewer_list_look (self);
}

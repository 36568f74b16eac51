/* cm-timeline-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-timeline-set.h"

/* A conversation that goes on under another id may be told of as gone first: so
 * many are kept for that. */
#define MAX_GONE 64

struct _CmTimelineSet
{
  GHashTable *timelines; /* id → CmTimeline */
  GHashTable *gone;      /* likewise */
};

static GHashTable *
create_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static CmTimeline *
steal (GHashTable *table,
       const char *id)
{
  gpointer key = NULL, timeline = NULL;

  if (id == NULL || !g_hash_table_steal_extended (table, id, &key, &timeline))
    return NULL;

  g_free (key);

  return timeline;
}

static void
forget (CmTimelineSet *self,
        const char    *id)
{
  CmTimeline *timeline = steal (self->timelines, id);

  if (timeline == NULL)
    return;

  if (g_hash_table_size (self->gone) >= MAX_GONE)
    g_hash_table_remove_all (self->gone);
  g_hash_table_replace (self->gone, g_strdup (id), timeline);
}

/* The timeline of the conversation that this one goes on for, if that is not in yet. */
static CmTimeline *
steal_replaced (CmTimelineSet    *self,
                const CmDocument *document)
{
  CmTimeline *timeline = steal (self->timelines, document->replaces);

  return timeline != NULL ? timeline : steal (self->gone, document->replaces);
}

/* Returns: (transfer full): no timelines yet */
CmTimelineSet *
cm_timeline_set_new (void)
{
  CmTimelineSet *self = g_new0 (CmTimelineSet, 1);

  self->timelines = create_table ();
  self->gone = create_table ();

  return self;
}

void
cm_timeline_set_free (CmTimelineSet *self)
{
  g_hash_table_unref (self->timelines);
  g_hash_table_unref (self->gone);
  g_free (self);
}

/**
 * cm_timeline_set_take:
 * @self: timelines
 * @at: when, ms UTC
 * @id: a conversation
 * @document: (nullable): what it is from then on; %NULL where it is no more
 */
void
cm_timeline_set_take (CmTimelineSet    *self,
                      gint64            at,
                      const char       *id,
                      const CmDocument *document)
{
  g_autoptr(CmTimeline) replaced = NULL;
  CmTimeline *timeline;

  if (document == NULL)
    {
      forget (self, id);
      return;
    }

  replaced = steal_replaced (self, document);
  timeline = g_hash_table_lookup (self->timelines, id);
  if (timeline == NULL)
    {
      timeline = replaced != NULL ? g_steal_pointer (&replaced) : cm_timeline_new ();
      g_hash_table_insert (self->timelines, g_strdup (id), timeline);
    }
  if (replaced != NULL)
    cm_timeline_absorb (timeline, replaced);

  cm_timeline_take (timeline, at, document);
}

/* Returns: (nullable) (transfer none): a conversation's timeline */
CmTimeline *
cm_timeline_set_lookup (CmTimelineSet *self,
                        const char    *id)
{
  return g_hash_table_lookup (self->timelines, id);
}

void
cm_timeline_set_clear (CmTimelineSet *self)
{
  g_hash_table_remove_all (self->timelines);
  g_hash_table_remove_all (self->gone);
}

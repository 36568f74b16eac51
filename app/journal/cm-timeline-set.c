/* cm-timeline-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-timeline-set.h"

/* What was earlier is kept as long as it weighs no more: about 100 MiB. */
#define MAX_WEIGHT 2000000

/* What a timeline and a lane weigh, in segments. */
#define TIMELINE_WEIGHT 16
#define LANE_WEIGHT 8

/**
 * Earlier:
 * @id: a conversation
 * @until: from when on it was another one, or none, ms UTC
 * @goes_on: in the timeline of another one
 *
 * What the timeline of a conversation was until it went on under another id, became
 * one with another conversation, or was forgotten.
 */
typedef struct
{
  char       *id;
  gint64      until;
  CmTimeline *timeline;
  guint       weight;
  gboolean    goes_on;
} Earlier;

struct _CmTimelineSet
{
  GMutex      mutex;
  GHashTable *timelines; /* id → CmTimeline */
  GHashTable *earlier;   /* id → GQueue of Earlier, the oldest first */
  GQueue      order;     /* of all Earlier, likewise */
  guint       weight;
};

static void
earlier_free (gpointer data)
{
  Earlier *self = data;

  g_free (self->id);
  g_object_unref (self->timeline);
  g_free (self);
}

static guint
weigh (CmTimeline *timeline)
{
  return TIMELINE_WEIGHT + cm_timeline_get_n_lanes (timeline) * LANE_WEIGHT +
         cm_timeline_get_n_segments (timeline);
}

/* The oldest of all is also the first one of its conversation. */
static void
drop_oldest (CmTimelineSet *self)
{
  Earlier *oldest = g_queue_pop_head (&self->order);
  GQueue *versions = g_hash_table_lookup (self->earlier, oldest->id);

  g_queue_pop_head (versions);
  if (versions->length == 0)
    g_hash_table_remove (self->earlier, oldest->id);

  self->weight -= oldest->weight;
  earlier_free (oldest);
}

/* @timeline: (transfer full): what the conversation was until then */
static Earlier *
keep_earlier (CmTimelineSet *self,
              const char    *id,
              gint64         until,
              CmTimeline    *timeline)
{
  Earlier *earlier = g_new0 (Earlier, 1);
  GQueue *versions = g_hash_table_lookup (self->earlier, id);

  earlier->id = g_strdup (id);
  earlier->until = until;
  earlier->timeline = timeline;
  earlier->weight = weigh (timeline);
  self->weight += earlier->weight;
  g_queue_push_tail (&self->order, earlier);

  if (versions == NULL)
    {
      versions = g_queue_new ();
      g_hash_table_insert (self->earlier, g_strdup (id), versions);
    }
  g_queue_push_tail (versions, earlier);

  while (self->weight > MAX_WEIGHT && self->order.length > 1)
    drop_oldest (self);

  return earlier;
}

static CmTimeline *
copy_timeline (CmTimeline *timeline)
{
  CmTimeline *copy = cm_timeline_new ();

  cm_timeline_show (copy, timeline, G_MAXINT64);

  return copy;
}

static CmTimeline *
steal (CmTimelineSet *self,
       const char    *id)
{
  gpointer key = NULL, timeline = NULL;

  if (id == NULL || !g_hash_table_steal_extended (self->timelines, id, &key, &timeline))
    return NULL;

  g_free (key);

  return timeline;
}

/* A conversation that goes on under another id may be told of as gone first. */
static CmTimeline *
copy_gone (CmTimelineSet *self,
           const char    *id,
           gint64         at)
{
  GQueue *versions = id != NULL ? g_hash_table_lookup (self->earlier, id) : NULL;
  Earlier *last = versions != NULL ? g_queue_peek_tail (versions) : NULL;

  if (last == NULL || last->until != at || last->goes_on)
    return NULL;

  last->goes_on = TRUE;

  return copy_timeline (last->timeline);
}

/* The timeline of the conversation that this one goes on for, if that is not in yet. */
static CmTimeline *
steal_replaced (CmTimelineSet    *self,
                gint64            at,
                const CmDocument *document)
{
  CmTimeline *timeline = steal (self, document->replaces);

  if (timeline == NULL)
    return copy_gone (self, document->replaces, at);

  keep_earlier (self, document->replaces, at, copy_timeline (timeline))->goes_on = TRUE;

  return timeline;
}

static void
take (CmTimelineSet    *self,
      gint64            at,
      const CmDocument *document)
{
  g_autoptr(CmTimeline) replaced = steal_replaced (self, at, document);
  CmTimeline *timeline = g_hash_table_lookup (self->timelines, document->id);

  if (timeline == NULL)
    {
      timeline = replaced != NULL ? g_steal_pointer (&replaced) : cm_timeline_new ();
      g_hash_table_insert (self->timelines, g_strdup (document->id), timeline);
    }
  if (replaced != NULL)
    {
      keep_earlier (self, document->id, at, copy_timeline (timeline));
      cm_timeline_absorb (timeline, replaced);
    }

  cm_timeline_take (timeline, at, document);
}

static void
clear (CmTimelineSet *self)
{
  g_hash_table_remove_all (self->timelines);
  while (self->order.length > 0)
    drop_oldest (self);
}

static void
clear_set (gpointer data)
{
  CmTimelineSet *self = data;

  clear (self);
  g_hash_table_unref (self->timelines);
  g_hash_table_unref (self->earlier);
  g_mutex_clear (&self->mutex);
}

/* Returns: (transfer full): no timelines yet */
CmTimelineSet *
cm_timeline_set_new (void)
{
  CmTimelineSet *self = g_atomic_rc_box_new0 (CmTimelineSet);

  g_mutex_init (&self->mutex);
  self->timelines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->earlier = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_queue_free);

  return self;
}

/* Returns: (transfer full): the same, for another thread too */
CmTimelineSet *
cm_timeline_set_ref (CmTimelineSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
cm_timeline_set_unref (CmTimelineSet *self)
{
  g_atomic_rc_box_release_full (self, clear_set);
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
  CmTimeline *gone;

  g_mutex_lock (&self->mutex);
  gone = document == NULL ? steal (self, id) : NULL;
  if (gone != NULL)
    keep_earlier (self, id, at, gone);
  if (document != NULL)
    take (self, at, document);
  g_mutex_unlock (&self->mutex);
}

/**
 * cm_timeline_set_lookup:
 * @self: timelines that no other thread takes anything into
 * @id: a conversation
 *
 * Returns: (nullable) (transfer none): its timeline as it is now
 */
CmTimeline *
cm_timeline_set_lookup (CmTimelineSet *self,
                        const char    *id)
{
  return g_hash_table_lookup (self->timelines, id);
}

/* Returns: (nullable): what a conversation's timeline is that was its own at @time */
static CmTimeline *
find (CmTimelineSet *self,
      const char    *id,
      gint64         time)
{
  GQueue *versions = g_hash_table_lookup (self->earlier, id);

  for (GList *l = versions != NULL ? versions->head : NULL; l != NULL; l = l->next)
    {
      const Earlier *earlier = l->data;

      if (earlier->until > time)
        return earlier->timeline;
    }

  return g_hash_table_lookup (self->timelines, id);
}

/**
 * cm_timeline_set_show:
 * @self: timelines, which another thread may be taking something into
 * @id: a conversation
 * @time: a moment, ms UTC
 * @timeline: what becomes its timeline as it was at that moment
 *
 * Returns: whether there was one then
 */
gboolean
cm_timeline_set_show (CmTimelineSet *self,
                      const char    *id,
                      gint64         time,
                      CmTimeline    *timeline)
{
  CmTimeline *then;

  g_mutex_lock (&self->mutex);
  then = find (self, id, time);
  if (then != NULL)
    cm_timeline_show (timeline, then, time);
  g_mutex_unlock (&self->mutex);

  return then != NULL;
}

/**
 * cm_timeline_set_forget:
 * @self: timelines
 * @before: nobody will ask for an earlier moment, ms UTC
 */
void
cm_timeline_set_forget (CmTimelineSet *self,
                        gint64         before)
{
  g_mutex_lock (&self->mutex);
  while (self->order.length > 0 && ((Earlier *) g_queue_peek_head (&self->order))->until < before)
    drop_oldest (self);
  g_mutex_unlock (&self->mutex);
}

void
cm_timeline_set_clear (CmTimelineSet *self)
{
  g_mutex_lock (&self->mutex);
  clear (self);
  g_mutex_unlock (&self->mutex);
}

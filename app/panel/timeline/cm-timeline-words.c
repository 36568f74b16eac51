/* cm-timeline-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "panel/timeline/cm-timeline-private.h"

/* More is not read out. */
#define MAX_DESCRIBED 12

/* Returns: (transfer full): whose lane it is, or what stands for that while names are hidden */
char *
cm_timeline_dup_name (CmTimelineView       *self,
                      const CmTimelineLane *lane)
{
  CmDisguise *disguise = self->conversations != NULL
    ? cm_conversation_list_get_disguise (self->conversations) : NULL;

  return disguise != NULL && lane->address != NULL ? cm_disguise_dup_name (disguise, lane->address)
                                                   : cm_timeline_lane_dup_name (lane);
}

/* Returns: (transfer full): "Ana Kovač: On hold, 13:52:10 to 13:53:02, 52 s" */
char *
cm_timeline_dup_segment (CmTimelineView          *self,
                         const CmTimelineLane    *lane,
                         const CmTimelineSegment *segment)
{
  gboolean lasts = segment->end == CM_TIME_NONE || segment->end > self->now;
  gint64 end = lasts ? self->now : segment->end;
  g_autofree char *name = cm_timeline_dup_name (self, lane);
  g_autofree char *label = cm_timeline_segment_dup_label (lane, segment);
  g_autofree char *from = cm_words_dup_clock (segment->start);
  g_autofree char *to = cm_words_dup_clock (end);
  g_autofree char *span = cm_words_dup_seconds (MAX (end - segment->start, 0));

  if (lasts)
    /* Translators: a person, a state, a time of day and how long: “Ana: On hold since 13:52:10, 52 s” */
    return g_strdup_printf (_ ("%s: %s since %s, %s"), name, label, from, span);

  /* Translators: a person, a state, two times of day and how long:
   * “Ana: On hold from 13:52:10 to 13:53:02, 52 s” */
  return g_strdup_printf (_ ("%s: %s from %s to %s, %s"), name, label, from, to, span);
}

static char *
dup_lane (CmTimelineView       *self,
          const CmTimelineLane *lane)
{
  guint i = cm_timeline_lane_find (lane, self->now);

  if (i >= lane->segments->len)
    i = lane->segments->len - 1;

  return cm_timeline_dup_segment (self, lane, &g_array_index (lane->segments, CmTimelineSegment, i));
}

static void
add_selected (CmTimelineView *self,
              GPtrArray      *sentences)
{
  const CmTimelineLane *lane = cm_timeline_get_lane (self->timeline, self->lane);

  g_ptr_array_add (sentences,
                   cm_timeline_dup_segment (self, lane, &g_array_index (lane->segments, CmTimelineSegment,
                                                                        self->segment)));
}

/* Returns: (transfer full): what is drawn, for who does not see it; where the keys
 * are at a segment, that alone */
char *
cm_timeline_dup_description (CmTimelineView *self)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  guint n = self->timeline != NULL ? cm_timeline_get_n_lanes (self->timeline) : 0;

  if (n == 0 || self->now == CM_TIME_NONE)
    return g_strdup (_ ("Nothing has happened yet"));

  if (self->segment >= 0)
    add_selected (self, sentences);

  for (guint i = 0; self->segment < 0 && i < n && sentences->len < MAX_DESCRIBED; i++)
    {
      const CmTimelineLane *lane = cm_timeline_get_lane (self->timeline, i);

      if (lane->segments->len > 0 &&
          g_array_index (lane->segments, CmTimelineSegment, 0).start <= self->now)
        g_ptr_array_add (sentences, dup_lane (self, lane));
    }

  return cm_words_dup_join (sentences, ". ");
}

void
cm_timeline_update_description (CmTimelineView *self)
{
  g_autofree char *description = cm_timeline_dup_description (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

/* cm-tracked-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tracker/cm-tracked.h"

G_BEGIN_DECLS

/* So many holes in a source's numbers are kept open for a resend. */
#define CM_SOURCE_MAX_HOLES 64

/* The numbers from first to last, both included, are missing. */
typedef struct
{
  gint64 first;
  gint64 last;
} CmSourceHole;

/**
 * CmTrackedSource:
 * @key: for the tracker's table; the bytes are those of @id
 * @legs: (element-type CmText CmTrackedLeg): the current leg of each of the
 *   source's conversations, borrowed from the conversations
 * @recent: (nullable): the one of them that it spoke of last
 * @first_seq: the lowest number so far
 * @last_seq: the highest number so far
 * @holes: (nullable) (element-type CmSourceHole): what is missing below it
 * @last_at: the latest time so far, ms UTC: a source's clock never goes back
 * @silent_since: since when it is lost or does not keep its promise, ms UTC
 * @heartbeat: it has promised to be heard of within such spans, ms; 0 for none
 * @heard_at: the tracker's time when it was heard of last, ms UTC
 * @alarm: (nullable): its place among those who have promised, see cm-liveness.c
 * @resync: everything is being announced anew
 */
struct _CmTrackedSource
{
  CmText          key;
  char           *id;       /* GRefString */
  GHashTable     *legs;
  CmTrackedLeg   *recent;
  GArray         *holes;
  gint64          first_seq;
  gint64          last_seq;
  gint64          last_at;
  gint64          silent_since;
  gint64          heartbeat;
  gint64          heard_at;
  GSequenceIter  *alarm;
  CmSourceStatus  status;
  guint           has_seq : 1;
  guint           resync : 1;
};

/**
 * CmSequence:
 * @CM_SEQUENCE_NEXT: as expected, or the source does not number its events
 * @CM_SEQUENCE_GAP: some are missing before it
 * @CM_SEQUENCE_LATE: it is one of those that were missing, or from before the
 *   first
 * @CM_SEQUENCE_DUPLICATE: it was there already
 */
typedef enum
{
  CM_SEQUENCE_NEXT,
  CM_SEQUENCE_GAP,
  CM_SEQUENCE_LATE,
  CM_SEQUENCE_DUPLICATE,
} CmSequence;

CmTrackedSource *cm_tracked_source_new            (CmText            id);
void             cm_tracked_source_free           (CmTrackedSource  *self);
CmSequence       cm_tracked_source_take_seq       (CmTrackedSource  *self,
                                                   const CmEvent    *event);
gint64           cm_tracked_source_take_time      (CmTrackedSource  *self,
                                                   gint64            at);
gboolean         cm_tracked_source_has_holes      (const CmTrackedSource *self);
gint64           cm_tracked_source_get_whole      (const CmTrackedSource *self);
void             cm_tracked_source_begin_resync   (CmTrackedSource  *self);
void             cm_tracked_source_forget_holes   (CmTrackedSource  *self);

G_END_DECLS

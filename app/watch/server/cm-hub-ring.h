/* cm-hub-ring.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-protocol.h"

G_BEGIN_DECLS

/**
 * CmHubRing:
 * @head: where the next frame goes; places are counted from the first byte ever
 * @tail: the begin of the oldest frame that is still there
 * @marks: (element-type CmHubMark): the frames, oldest first
 * @lost_rev: the latest revision that is no longer there
 *
 * The encoded frames of one view, once for all its subscribers. Each of them
 * holds a place in it; who is slower than @size allows falls out.
 */
typedef struct
{
  char    *bytes;
  gsize    size;
  guint64  head;
  guint64  tail;
  GQueue   marks;
  guint64  lost_rev;
} CmHubRing;

typedef struct
{
  guint64 start;
  guint64 rev;   /* 0 for what changes nothing */
} CmHubMark;

void     cm_hub_ring_init      (CmHubRing   *self,
                                gsize        size,
                                guint64      rev);
void     cm_hub_ring_clear     (CmHubRing   *self);
guint64  cm_hub_ring_make_room (CmHubRing   *self,
                                gsize        payload_size);
void     cm_hub_ring_append    (CmHubRing   *self,
                                guint64      rev,
                                const char  *payload,
                                gsize        size);
gsize    cm_hub_ring_peek      (CmHubRing   *self,
                                guint64      place,
                                const char **bytes);
guint64  cm_hub_ring_frame_end (CmHubRing   *self,
                                guint64      place);
gboolean cm_hub_ring_find      (CmHubRing   *self,
                                guint64      since,
                                guint64     *place);

G_END_DECLS

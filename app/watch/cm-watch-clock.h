/* cm-watch-clock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two clocks that agree on the time differ by less, ms. */
#define CM_WATCH_CLOCK_MAX_SKEW 2000

/* So many of the last spans are looked at, each of a second. */
#define CM_WATCH_CLOCK_SPANS 15

/**
 * CmWatchClock:
 * @best: the smallest difference of each of the last spans, ms
 * @worst: the largest one since the last span ended, ms
 *
 * What the times of messages tell of the way they took and of the clock that they
 * were stamped by. A message cannot come before it is sent, and one now and then
 * comes at once: the smallest difference is that of the clocks, and what goes
 * beyond it is the way.
 */
typedef struct
{
  gint64 best[CM_WATCH_CLOCK_SPANS];
  guint  n_spans;
  gint64 least;
  gint64 worst;
  gint64 began;
} CmWatchClock;

void     cm_watch_clock_init (CmWatchClock *self);
gboolean cm_watch_clock_take (CmWatchClock *self,
                              gint64        at,
                              gint64        received,
                              gint64       *delay,
                              gint64       *skew);

G_END_DECLS

/* cm-watch-clock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-watch-clock.h"

#define SPAN 1000

static void
begin_span (CmWatchClock *self,
            gint64        now)
{
  self->began = now;
  self->least = G_MAXINT64;
  self->worst = G_MININT64;
}

/**
 * cm_watch_clock_init:
 * @self: what is known of a tracker's clock: nothing
 */
void
cm_watch_clock_init (CmWatchClock *self)
{
  self->n_spans = 0;
  begin_span (self, 0);
}

static gint64
get_least (const CmWatchClock *self)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < MIN (self->n_spans, CM_WATCH_CLOCK_SPANS); i++)
    least = MIN (least, self->best[i]);

  return least;
}

/**
 * cm_watch_clock_take:
 * @self: what is known so far
 * @at: the tracker's time when it sent a message, ms UTC
 * @received: this computer's when it came, ms UTC
 * @delay: (out): how long the slowest message of the last second took, ms
 * @skew: (out): how far the tracker's clock is ahead, ms
 *
 * Where the clocks differ by no more than a message may take, and not the wrong way
 * round, all of the difference is taken for the way: the delay is rather told too
 * long than too short.
 *
 * Returns: whether there is something to tell: once a second
 */
gboolean
cm_watch_clock_take (CmWatchClock *self,
                     gint64        at,
                     gint64        received,
                     gint64       *delay,
                     gint64       *skew)
{
  gint64 difference = received - at;
  gint64 least;

  self->least = MIN (self->least, difference);
  self->worst = MAX (self->worst, difference);

  /* A clock that was set back here begins anew as well. */
  if (self->n_spans > 0 && received >= self->began && received < self->began + SPAN)
    return FALSE;

  self->best[self->n_spans++ % CM_WATCH_CLOCK_SPANS] = self->least;
  least = get_least (self);
  *skew = least < 0 || least > CM_WATCH_CLOCK_MAX_SKEW ? -least : 0;
  *delay = self->worst + *skew;
  begin_span (self, received);

  return TRUE;
}

/* cm-test-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"
#include "tracker/cm-tracker.h"

G_BEGIN_DECLS

/**
 * CmTestFeed:
 * @lines: the event lines so far
 * @n_faults: how many records were skipped
 *
 * A decoder, and a tracker that hears what it says.
 */
typedef struct
{
  CmDecoder   *decoder;
  CmTracker   *tracker;
  GString     *lines;
  guint        n_faults;
  CmTimeCache  cache;
} CmTestFeed;

CmTestFeed *cm_test_feed_new      (const char *name);
void        cm_test_feed_free     (CmTestFeed *self);
void        cm_test_feed_push     (CmTestFeed *self,
                                   const char *bytes);
void        cm_test_feed_push_quoted
                                  (CmTestFeed *self,
                                   const char *record);
void        cm_test_feed_expect   (CmTestFeed *self,
                                   const char *conversation,
                                   const char *expected);
void        cm_test_feed_expect_over
                                  (CmTestFeed *self);
char       *cm_test_feed_read     (const char *file,
                                   gsize      *size);
void        cm_test_feed_splits   (const char *name,
                                   const char *bytes,
                                   gsize       size);
void        cm_test_feed_damage   (const char *name,
                                   const char *bytes,
                                   gsize       size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmTestFeed, cm_test_feed_free)

G_END_DECLS

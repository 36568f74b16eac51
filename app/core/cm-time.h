/* cm-time.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cm-text.h"

G_BEGIN_DECLS

/* All times are milliseconds since 1970-01-01T00:00:00Z. This one is none. */
#define CM_TIME_NONE G_MININT64

/* The form "2011-11-09T09:00:12.400Z" and its NUL. */
#define CM_TIME_FORMAT_SIZE 25

/**
 * CmTimeCache:
 *
 * The minute that was read or written last. Zero it before the first use.
 */
typedef struct
{
  char   prefix[17];
  char   offset[6];
  guint8 offset_size;
  gint64 minute;
} CmTimeCache;

gint64   cm_time_earliest (gint64      a,
                           gint64      b);
gboolean cm_time_parse    (CmTimeCache *cache,
                           CmText       text,
                           gint64      *time);
void     cm_time_format   (CmTimeCache *cache,
                           gint64       time,
                           char         buffer[static CM_TIME_FORMAT_SIZE]);

G_END_DECLS

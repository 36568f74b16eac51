/* cm-retry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*CmRetryFunc) (gpointer user_data);

/**
 * CmRetry:
 *
 * When to try again what has failed: soon at first, then less and less often, and
 * never all at the same moment. Zero it before the first use.
 */
typedef struct
{
  guint        id;
  guint        delay; /* ms; 0 before the first failure */
  CmRetryFunc  func;
  gpointer     user_data;
} CmRetry;

/* The shortest and the longest time between two tries, ms. */
#define CM_RETRY_MIN 250
#define CM_RETRY_MAX 5000

void cm_retry_later  (CmRetry     *self,
                      CmRetryFunc  func,
                      gpointer     user_data);
void cm_retry_after  (CmRetry     *self,
                      guint        least,
                      CmRetryFunc  func,
                      gpointer     user_data);
void cm_retry_reset  (CmRetry     *self);
void cm_retry_cancel (CmRetry     *self);

G_END_DECLS

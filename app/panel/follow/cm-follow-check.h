/* cm-follow-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"
#include "panel/connect/cm-connect-step.h"

G_BEGIN_DECLS

/* In this order, and no step is taken before the one before it has passed. */
typedef enum
{
  CM_FOLLOW_SETTINGS,
  CM_FOLLOW_SECRETS,
  CM_FOLLOW_ADDRESS,
  CM_FOLLOW_SIGN_IN,
  CM_FOLLOW_CALLS,
  CM_FOLLOW_N_STEPS,
} CmFollowStepKind;

#define CM_TYPE_FOLLOW_CHECK (cm_follow_check_get_type ())

G_DECLARE_FINAL_TYPE (CmFollowCheck, cm_follow_check, CM, FOLLOW_CHECK, GObject)

/* Looks, one thing after the other, whether a system can be followed: by a feed of its
 * own, that is told the same.
 *
 * Signal "finished" (gboolean: whether all is well), not where it was cancelled. */
CmFollowCheck *cm_follow_check_new      (void);
void           cm_follow_check_start    (CmFollowCheck    *self,
                                         CmFeedConfig     *config);
void           cm_follow_check_cancel   (CmFollowCheck    *self);
CmConnectStep *cm_follow_check_get_step (CmFollowCheck    *self,
                                         CmFollowStepKind  kind);
gboolean       cm_follow_check_may_pass (CmFollowCheck    *self);

G_END_DECLS

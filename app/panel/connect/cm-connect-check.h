/* cm-connect-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/connect/cm-connect-step.h"

G_BEGIN_DECLS

/* In this order, and no step is taken before the one before it has passed. */
typedef enum
{
  CM_CONNECT_ADDRESS,
  CM_CONNECT_CERTIFICATE,
  CM_CONNECT_SIGN_IN,
  CM_CONNECT_RIGHTS,
  CM_CONNECT_CLOCK,
  CM_CONNECT_N_STEPS,
} CmConnectStepKind;

#define CM_TYPE_CONNECT_CHECK (cm_connect_check_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectCheck, cm_connect_check, CM, CONNECT_CHECK, GObject)

/* Looks, one thing after the other, whether a tracker can be watched. Nothing of a token
 * is sent before the certificate is trusted.
 *
 * Property "running" (gboolean, notified). Signal "finished" (gboolean: whether all is
 * well), not where it was cancelled. */
CmConnectCheck *cm_connect_check_new       (void);
void            cm_connect_check_start     (CmConnectCheck    *self,
                                            const char        *address,
                                            const char        *token,
                                            const char        *authority);
void            cm_connect_check_cancel    (CmConnectCheck    *self);
void            cm_connect_check_fail      (CmConnectCheck    *self,
                                            CmConnectStepKind  kind,
                                            const char        *reason);
CmConnectStep  *cm_connect_check_get_step  (CmConnectCheck    *self,
                                            CmConnectStepKind  kind);
gboolean        cm_connect_check_may_pass  (CmConnectCheck    *self);

G_END_DECLS

/* cm-connect-step.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmConnectState:
 * @CM_CONNECT_WAITING: its turn has not come
 * @CM_CONNECT_RUNNING: it is being looked at
 * @CM_CONNECT_PASSED: as it should be
 * @CM_CONNECT_NOTED: good enough, and worth knowing
 * @CM_CONNECT_FAILED: nothing goes on from here
 */
typedef enum
{
  CM_CONNECT_WAITING,
  CM_CONNECT_RUNNING,
  CM_CONNECT_PASSED,
  CM_CONNECT_NOTED,
  CM_CONNECT_FAILED,
} CmConnectState;

#define CM_TYPE_CONNECT_STEP (cm_connect_step_get_type ())

G_DECLARE_FINAL_TYPE (CmConnectStep, cm_connect_step, CM, CONNECT_STEP, GObject)

/* One thing that is looked at before a tracker is connected to. Properties, notified
 * together: "title" (constant), "text" (what was found, and what to do; may be NULL),
 * "icon-name", "state-class" and "sentence" (all of it, for a screen reader). */
CmConnectStep  *cm_connect_step_new       (const char     *title);
CmConnectState  cm_connect_step_get_state (CmConnectStep  *self);
void            cm_connect_step_set       (CmConnectStep  *self,
                                           CmConnectState  state,
                                           const char     *text);

G_END_DECLS

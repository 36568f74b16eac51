/* cm-commander.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_COMMANDER (cm_commander_get_type ())

G_DECLARE_FINAL_TYPE (CmCommander, cm_commander, CM, COMMANDER, GObject)

/* What cannot be taken back is sent only after so long, ms. */
#define CM_COMMANDER_DELAY 5000

/* Asks the sources of calls to do something. That they did is only what the calls then
 * show; that they would not is said.
 *
 * Properties: "words" (what is about to be done, or was refused and why; NULL while
 * there is nothing to say), "can-undo" (gboolean: it is not done yet), both read-only
 * and notified; "delay" (guint, rw, ms). */
CmCommander *cm_commander_new     (void);
void         cm_commander_ask     (CmCommander      *self,
                                   CmWatch          *watch,
                                   const CmCommand  *command,
                                   const char       *name);
void         cm_commander_undo    (CmCommander      *self);
void         cm_commander_dismiss (CmCommander      *self);
CmActions    cm_commander_get_actions (CmWatch          *watch,
                                   const CmDocument *document);
CmCommand   *cm_commander_create  (CmWatch          *watch,
                                   const CmDocument *document,
                                   CmAction          action,
                                   const char       *participant);

G_END_DECLS

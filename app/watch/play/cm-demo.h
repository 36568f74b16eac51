/* cm-demo.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-local-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_DEMO (cm_demo_get_type ())

/* The recorded meetings, hurried, among simulated conversations, through the
 * real tracker and without end. The stations in it take Rejoin. */
G_DECLARE_FINAL_TYPE (CmDemo, cm_demo, CM, DEMO, CmLocalWatch)

/* Whose meeting is there from the beginning, and is the one to look at first. */
#define CM_DEMO_STATION "lync/user2@contoso.com"

CmDemo *cm_demo_new     (void);
void    cm_demo_advance (CmDemo *self,
                         gint64  duration);

G_END_DECLS

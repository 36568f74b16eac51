/* cm-opening.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-desktop.h"
#include "watch/play/cm-playback.h"

G_BEGIN_DECLS

/* What needs neither a tracker nor a system: the demo, and recordings. */
void     cm_opening_show_demo      (CmSession  *session,
                                    CmDesktop  *desktop,
                                    double      at);
gboolean cm_opening_show_recording (CmSession  *session,
                                    CmDesktop  *desktop,
                                    GFile      *file,
                                    double      speed,
                                    double      at);
void     cm_opening_go_to          (CmPlayback *playback,
                                    double      at);

G_END_DECLS

/* cm-ticket-note.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-timeline.h"

G_BEGIN_DECLS

char *cm_ticket_note_dup (const CmDocument *document,
                          CmTimeline       *timeline,
                          gint64            now);

G_END_DECLS

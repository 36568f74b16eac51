/* cm-triage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "panel/cm-session.h"

G_BEGIN_DECLS

#define CM_TYPE_TRIAGE (cm_triage_get_type ())

G_DECLARE_FINAL_TYPE (CmTriage, cm_triage, CM, TRIAGE, GObject)

/* What a program does for what needs attention besides listing it: the rules as the
 * user wants them, notifications, and what their buttons do: app.show-call (s: a
 * conversation's id, empty for the first of the list), app.rejoin-call (s: a leg's). */
CmTriage *cm_triage_new (GtkApplication *application,
                         CmSession      *session);

G_END_DECLS

/* cm-call-entries.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-call-entry.h"

G_BEGIN_DECLS

/* Arrays of CmCallEntry in the order of what was published last. Of a long one only
 * what changes is looked at: the rest is moved in one piece from change to change. */
void cm_call_entries_sort     (GPtrArray *entries);
void cm_call_entries_take_out (GPtrArray *entries,
                               GPtrArray *out);
void cm_call_entries_put_in   (GPtrArray *entries,
                               GPtrArray *in);

G_END_DECLS

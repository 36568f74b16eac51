/* cm-call-records.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

void cm_call_records_write_csv  (GPtrArray *documents,
                                 GString   *out);
void cm_call_records_write_json (GPtrArray *documents,
                                 GString   *out);

G_END_DECLS

/* cm-json-writer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

G_BEGIN_DECLS

void cm_json_write_text   (GString    *out,
                           CmText      text);
void cm_json_write_string (GString    *out,
                           const char *string);

G_END_DECLS

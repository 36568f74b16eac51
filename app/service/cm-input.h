/* cm-input.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"

G_BEGIN_DECLS

gboolean cm_input_read        (const char         *path,
                               CmEventReader      *reader);
void     cm_input_print_fault (const char         *path,
                               const CmEventFault *fault);

G_END_DECLS

/* cm-command-effect.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"
#include "model/cm-document.h"

G_BEGIN_DECLS

const char *cm_command_find_obstacle (const CmCommand  *command,
                                      const CmDocument *document);
gboolean    cm_command_is_done       (const CmCommand  *command,
                                      const CmDocument *before,
                                      const CmDocument *after);

G_END_DECLS

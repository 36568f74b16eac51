/* cm-janus-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"
#include "feeds/janus/cm-janus-api.h"
#include "feeds/janus/cm-janus.h"

G_BEGIN_DECLS

void cm_janus_command_send (CmJanusApi      *api,
                            CmJanus         *decoder,
                            CmFeed          *feed,
                            const CmCommand *command,
                            GTask           *task);

G_END_DECLS

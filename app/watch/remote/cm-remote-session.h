/* cm-remote-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/remote/cm-remote-link.h"

G_BEGIN_DECLS

SoupSession *cm_remote_session_new (const CmRemoteOptions  *options,
                                    char                  **base,
                                    GError                **error);

G_END_DECLS

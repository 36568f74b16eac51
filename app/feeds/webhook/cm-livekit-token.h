/* cm-livekit-token.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cm_livekit_token_new (const char *key,
                            const char *secret,
                            const char *room,
                            gint64      now);

G_END_DECLS

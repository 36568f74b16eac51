/* cm-graph-token.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

CmHookOutcome cm_graph_token_check (const char *token,
                                    JsonArray  *keys,
                                    const char *client,
                                    const char *tenant,
                                    gint64      now);

G_END_DECLS

/* cm-graph.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_GRAPH (cm_graph_get_type ())

/**
 * CmGraph:
 *
 * Microsoft Graph's notifications of calls and meetings in Teams: a record is the
 * body of one POST to a bot, {"value": [{"resourceUrl", "resourceData"}]}, an event
 * of a meeting with its "eventType", or an onlineMeeting, which alone tells roles.
 * It may stand in {"at": when, "body": the record}: calls themselves tell no time.
 */
G_DECLARE_FINAL_TYPE (CmGraph, cm_graph, CM, GRAPH, CmDecoder)

gboolean   cm_graph_wants_look (CmGraph    *self);
GPtrArray *cm_graph_dup_calls  (CmGraph    *self);
void       cm_graph_take_call  (CmGraph    *self,
                                gint64      at,
                                const char *name,
                                JsonObject *call,
                                GPtrArray  *lists);

G_END_DECLS

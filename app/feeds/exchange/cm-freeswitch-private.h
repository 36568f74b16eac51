/* cm-freeswitch-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/exchange/cm-exchange.h"

G_BEGIN_DECLS

const char *cm_freeswitch_get_text      (JsonObject *object,
                                         const char *name);
guint32     cm_freeswitch_get_status    (const char *cause);
gboolean    cm_freeswitch_take_event    (CmExchange *exchange,
                                         JsonObject *event);
gboolean    cm_freeswitch_take_rooms    (CmExchange *exchange,
                                         JsonArray  *rooms);
gboolean    cm_freeswitch_take_channels (CmExchange *exchange,
                                         JsonObject *reply);

G_END_DECLS

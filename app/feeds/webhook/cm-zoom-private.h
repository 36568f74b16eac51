/* cm-zoom-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/webhook/cm-meeting.h"
#include "feeds/webhook/cm-zoom.h"

G_BEGIN_DECLS

struct _CmZoom
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* uuid → CmMeeting; "phone:" and a call's id → likewise */
  gint64      at;       /* ms UTC */
};

char *cm_zoom_dup_number (JsonObject *object);
void  cm_zoom_take_phone (CmZoom     *self,
                          const char *name,
                          JsonObject *object);

G_END_DECLS

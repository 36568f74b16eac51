/* cm-janus.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_JANUS (cm_janus_get_type ())

/**
 * CmJanus:
 *
 * The event handlers of Janus 1.1 (AudioBridge and VideoRoom): a record is what
 * one POST or one WebSocket message carries, an event or an array of them. A
 * record of its API, {"t": seconds, "dir": "<", "msg": answer}, is read as well:
 * the answers to "listparticipants" and "list" tell all at once.
 */
G_DECLARE_FINAL_TYPE (CmJanus, cm_janus, CM, JANUS, CmDecoder)

/**
 * CmJanusTarget:
 * @plugin: "audiobridge" or "videoroom"
 * @room: what the plugin calls the room
 * @id: (nullable): what it calls the person
 * @mids: (transfer full) (element-type utf8): the person's audio streams
 *
 * What a command is about, in Janus' own words.
 */
typedef struct
{
  const char *plugin;
  const char *room;
  const char *id;
  GPtrArray  *mids;
} CmJanusTarget;

/* What is asked for while events come in. Stamps are Janus' time of the question,
 * µs: what has happened since is known better from the events. */
void       cm_janus_set_link    (CmJanus       *self,
                                 const char    *link);
void       cm_janus_set_emitter (CmJanus       *self,
                                 const char    *emitter);
gint64     cm_janus_get_newest  (CmJanus       *self);
GPtrArray *cm_janus_dup_rooms   (CmJanus       *self,
                                 const char    *plugin);
void       cm_janus_list_rooms  (CmJanus       *self,
                                 gint64         stamp,
                                 const char    *plugin,
                                 JsonArray     *rooms);
void       cm_janus_list_people (CmJanus       *self,
                                 gint64         stamp,
                                 const char    *plugin,
                                 JsonObject    *answer);
void       cm_janus_end_room    (CmJanus       *self,
                                 gint64         stamp,
                                 const char    *plugin,
                                 const char    *room);
gboolean   cm_janus_find        (CmJanus       *self,
                                 const char    *conversation,
                                 const char    *address,
                                 CmJanusTarget *target);
JsonNode  *cm_janus_new_id      (CmJanus       *self,
                                 const char    *plugin,
                                 const char    *id);

G_END_DECLS

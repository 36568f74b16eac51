/* cm-janus-room.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-member.h"
#include "feeds/decode/cm-room.h"

G_BEGIN_DECLS

/**
 * CmJanusMoment:
 * @at: ms UTC, for the events
 * @stamp: Janus's own time, µs: the order of what happened, whatever order it
 *   arrived in
 */
typedef struct
{
  gint64 at;
  gint64 stamp;
} CmJanusMoment;

/**
 * CmJanusRoom:
 *
 * One room of one plugin of one Janus, for all the times that it is there.
 */
typedef struct _CmJanusRoom CmJanusRoom;

CmJanusRoom *cm_janus_room_new         (CmDecoder           *decoder,
                                        const char          *id,
                                        const char          *plugin,
                                        const char          *number,
                                        const char          *link);
void         cm_janus_room_free        (CmJanusRoom         *self);
void         cm_janus_room_set_subject (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *subject);
void         cm_janus_room_create      (CmJanusRoom         *self,
                                        const CmJanusMoment *when);
void         cm_janus_room_destroy     (CmJanusRoom         *self,
                                        const CmJanusMoment *when);
gboolean     cm_janus_room_join        (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        gboolean             anew);
void         cm_janus_room_leave       (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        guint32              status);
void         cm_janus_room_kick        (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        gboolean             left_follows);
gboolean     cm_janus_room_take_left   (CmJanusRoom         *self,
                                        const char          *id);
void         cm_janus_room_describe    (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        JsonObject          *data);
void         cm_janus_room_set_media   (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        int                  media,
                                        guint32              status);
void         cm_janus_room_publish     (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        gboolean             publishes);
void         cm_janus_room_moderate    (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        JsonObject          *data);
void         cm_janus_room_mute        (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id,
                                        gboolean             muted);
GPtrArray   *cm_janus_room_dup_ids     (CmJanusRoom         *self);
gboolean     cm_janus_room_has         (CmJanusRoom         *self,
                                        const char          *id);
gboolean     cm_janus_room_is_going    (CmJanusRoom         *self,
                                        const CmJanusMoment *when,
                                        const char          *id);
void         cm_janus_room_set_listed  (CmJanusRoom         *self,
                                        gint64               stamp);
void         cm_janus_room_announce    (CmJanusRoom         *self,
                                        gint64               at);
const char  *cm_janus_room_get_plugin  (CmJanusRoom         *self);
const char  *cm_janus_room_get_number  (CmJanusRoom         *self);
const char  *cm_janus_room_get_conversation
                                       (CmJanusRoom         *self);
CmJanusMember *
             cm_janus_room_find        (CmJanusRoom         *self,
                                        const char          *address,
                                        const char         **id);

G_END_DECLS

/* cm-janus-handle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-room.h"

G_BEGIN_DECLS

/**
 * CmJanusHandle:
 * @emitter: the Janus that it belongs to
 * @session: the session that it belongs to
 * @opaque_id: (nullable): what its client calls it: the handles of one person
 * @room: (nullable): the room that it is in, or looks at
 * @member: (nullable): who is in @room by it; %NULL while it only looks
 * @was_in: somebody is in by it, or was
 * @media: how far its media has come, or %CM_JANUS_NO_MEDIA
 *
 * A client's tie to one plugin, with its own media.
 */
typedef struct
{
  char        *emitter;
  gint64       session;
  char        *opaque_id;
  CmJanusRoom *room;
  char        *member;
  gboolean     was_in;
  int          media;
  gint64       up;  /* µs: when its media stood */
  gint64       cut; /* µs: when it was hung up */
} CmJanusHandle;

CmJanusHandle *cm_janus_handle_new         (const char    *emitter,
                                            gint64         session);
void           cm_janus_handle_free        (gpointer       data);
gboolean       cm_janus_handle_take_media  (CmJanusHandle *self,
                                            JsonObject    *event,
                                            gint64         stamp,
                                            guint32       *status);
CmJanusHandle *cm_janus_handles_get        (GHashTable    *handles,
                                            const char    *emitter,
                                            JsonObject    *record);
CmJanusHandle *cm_janus_handles_find_owner (GHashTable    *handles,
                                            CmJanusHandle *handle);
int            cm_janus_handles_get_media  (GHashTable    *handles,
                                            CmJanusHandle *owner);

G_END_DECLS

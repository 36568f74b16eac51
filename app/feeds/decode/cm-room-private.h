/* cm-room-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-room.h"

G_BEGIN_DECLS

/* Nothing is known of a member's state yet. */
#define CM_ROOM_STATE_UNKNOWN (-2)

/* -1 where nothing was said. */
typedef struct
{
  char *name;
  int   state;
  int   presenter;
  int   lobby;
  int   muted;
} CmRoomMember;

struct _CmRoom
{
  CmDecoder  *decoder; /* borrowed: it owns the room */
  char       *conversation;
  char       *uri;
  char       *subject;
  char       *access; /* JSON */
  GHashTable *members; /* address → CmRoomMember */
  int         n_in;            /* of them have audio */
  int         n_on_way;        /* are about to */
  gboolean    begun;
  gboolean    is_call;         /* of two: not a room */
  gboolean    has_seat;        /* who tells of it is in it himself */
  gboolean    counts_presence; /* people without audio keep it up as well */
  gboolean    recalled;        /* what the audio of its first is in, was told before */
  int         state;
  int         locked;
  int         progress;
};

CmEvent  cm_room_make_event    (CmRoom          *self,
                                CmEventKind      kind,
                                gint64           at);
void     cm_room_insert_member (CmRoom             *self,
                                const char         *address,
                                const char         *name);
void     cm_room_count_member  (CmRoom             *self,
                                const CmRoomMember *member,
                                int                 change);
gboolean cm_room_anybody_is_in (CmRoom          *self);
void     cm_room_emit_added    (CmRoom          *self,
                                gint64           at);
void     cm_room_emit_property (CmRoom          *self,
                                gint64           at,
                                CmProperty       property,
                                CmValue          value);
void     cm_room_emit_state    (CmRoom          *self,
                                gint64           at,
                                const char      *address,
                                CmModalityState  state,
                                guint32          status);
void     cm_room_emit_flag     (CmRoom          *self,
                                gint64           at,
                                const char      *address,
                                CmProperty       property,
                                gboolean         flag);
void     cm_room_emit_person   (CmRoom          *self,
                                gint64           at,
                                const char      *address,
                                const char      *name);

G_END_DECLS

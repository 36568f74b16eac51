/* cm-room.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

/**
 * CmRoom:
 *
 * A conference as a server sees it, and the events that make a tracker see the
 * same. What does not change is not said again, so that repeated and late
 * records do no harm; the end implies that all have left. The room's own
 * AudioVideo is Connected while anybody's is: a server has no seat of its own.
 */
typedef struct _CmRoom CmRoom;

CmRoom  *cm_room_new            (CmDecoder       *decoder,
                                 const char      *conversation);
void     cm_room_free           (CmRoom          *self);
void     cm_room_begin          (CmRoom          *self,
                                 gint64           at,
                                 const char      *uri,
                                 const char      *subject);
void     cm_room_begin_call     (CmRoom          *self,
                                 gint64           at,
                                 const char      *inviter);
void     cm_room_recall         (CmRoom             *self,
                                 const char * const *persons);
void     cm_room_end            (CmRoom          *self,
                                 gint64           at,
                                 guint32          status);
void     cm_room_become_conference
                                (CmRoom          *self,
                                 gint64           at,
                                 const char      *uri);
void     cm_room_count_presence (CmRoom          *self);
void     cm_room_set_access     (CmRoom          *self,
                                 gint64           at,
                                 const char      *access);
void     cm_room_set_own_state  (CmRoom          *self,
                                 gint64           at,
                                 CmModalityState  state);
void     cm_room_set_held       (CmRoom          *self,
                                 gint64           at,
                                 gboolean         held);
void     cm_room_set_locked     (CmRoom          *self,
                                 gint64           at,
                                 gboolean         locked);
void     cm_room_set_progress   (CmRoom          *self,
                                 gint64           at,
                                 CmProgress       progress);
void     cm_room_add            (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 const char      *name);
void     cm_room_remove         (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 guint32          status);
void     cm_room_set_state      (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 CmModalityState  state,
                                 guint32          status);
void     cm_room_set_presenter  (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 gboolean         presenter);
void     cm_room_set_lobby      (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 gboolean         lobby);
void     cm_room_set_muted      (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 gboolean         muted);
void     cm_room_set_name       (CmRoom          *self,
                                 gint64           at,
                                 const char      *address,
                                 const char      *name);
void     cm_room_set_subject    (CmRoom          *self,
                                 gint64           at,
                                 const char      *subject);
void     cm_room_set_link       (CmRoom          *self,
                                 gint64           at,
                                 const char      *link);
void     cm_room_announce       (CmRoom          *self,
                                 gint64           at);
gboolean cm_room_is_locked      (CmRoom          *self);
gboolean cm_room_has            (CmRoom          *self,
                                 const char      *address);
guint    cm_room_get_n_members  (CmRoom          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRoom, cm_room_free)

G_END_DECLS

/* cm-meeting.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-room.h"

G_BEGIN_DECLS

/**
 * CmMeeting:
 *
 * A meeting that is told by webhooks: doubled, late, and in any order. Everybody
 * in it has a key that is his for one stay; several stays may be one person's, who
 * is gone when the last of them is over. What is older than the end of a stay does
 * not begin it again, and nothing begins a meeting again that is over.
 */
typedef struct _CmMeeting CmMeeting;

CmMeeting  *cm_meeting_new           (CmDecoder       *decoder,
                                      const char      *conversation);
void        cm_meeting_free          (CmMeeting       *self);
CmRoom     *cm_meeting_get_room      (CmMeeting       *self);
gboolean    cm_meeting_is_over       (CmMeeting       *self);
void        cm_meeting_recall        (CmMeeting          *self,
                                      const char * const *persons);
gboolean    cm_meeting_begin         (CmMeeting       *self,
                                      gint64           at,
                                      const char      *uri,
                                      const char      *subject);
void        cm_meeting_end           (CmMeeting       *self,
                                      gint64           at,
                                      guint32          status);
gboolean    cm_meeting_has_begun     (CmMeeting       *self);
gboolean    cm_meeting_is_older      (CmMeeting       *self,
                                      gint64           at);
gpointer    cm_meeting_get_note      (CmMeeting       *self,
                                      const char      *key,
                                      gsize            size);
gboolean    cm_meeting_has           (CmMeeting       *self,
                                      const char      *key);
gboolean    cm_meeting_has_left      (CmMeeting       *self,
                                      const char      *key);
const char *cm_meeting_find          (CmMeeting       *self,
                                      const char      *address);
void        cm_meeting_claim         (CmMeeting       *self,
                                      const char      *key,
                                      const char      *address);
void        cm_meeting_adopt         (CmMeeting       *self,
                                      const char      *old_key,
                                      const char      *key);
gboolean    cm_meeting_join          (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      const char      *address,
                                      const char      *name);
void        cm_meeting_leave         (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      guint32          status);
void        cm_meeting_keep_only     (CmMeeting       *self,
                                      gint64           at,
                                      GHashTable      *keys);
void        cm_meeting_take_list     (CmMeeting       *self,
                                      gint64           at,
                                      GHashTable      *keys);
void        cm_meeting_set_state     (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      CmModalityState  state);
void        cm_meeting_set_presenter (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      gboolean         presenter);
void        cm_meeting_set_lobby     (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      gboolean         lobby);
gboolean    cm_meeting_is_waiting    (CmMeeting       *self,
                                      const char      *key);
void        cm_meeting_set_muted     (CmMeeting       *self,
                                      gint64           at,
                                      const char      *key,
                                      gboolean         muted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmMeeting, cm_meeting_free)

char       *cm_meeting_dup_link      (const char      *pattern,
                                      const char      *room);

/* (element-type utf8 CmMeeting): all that a decoder knows. */
GHashTable *cm_meetings_new          (void);
CmMeeting  *cm_meetings_get          (GHashTable      *meetings,
                                      CmDecoder       *decoder,
                                      const char      *conversation);
void        cm_meetings_recall       (GHashTable         *meetings,
                                      CmDecoder          *decoder,
                                      const char         *conversation,
                                      const char * const *persons);
void        cm_meetings_take_list    (GHashTable      *meetings,
                                      gint64           at,
                                      GHashTable      *conversations);
void        cm_meetings_announce     (GHashTable      *meetings,
                                      gint64           at);

G_END_DECLS

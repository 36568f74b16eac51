/* cm-ucwa-talk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

/* The collections of a conversation that say what somebody is in it. */
typedef enum
{
  CM_UCWA_GROUP_ATTENDEES,
  CM_UCWA_GROUP_LEADERS,
  CM_UCWA_GROUP_LOBBY,
  CM_UCWA_N_GROUPS,
} CmUcwaGroup;

/* Audio of the computer, and of a telephone that the server calls. */
typedef enum
{
  CM_UCWA_CHANNEL_AUDIO_VIDEO,
  CM_UCWA_CHANNEL_PHONE_AUDIO,
  CM_UCWA_N_CHANNELS,
} CmUcwaChannel;

/**
 * CmUcwaPerson:
 * @uri: (nullable): the address; without it, who it is will be told later
 * @name: (nullable): what he is called
 *
 * What a participant's resource says; flags are -1 where it does not.
 */
typedef struct
{
  const char *uri;
  const char *name;
  int         is_self;
  int         is_organizer;
  int         is_anonymous;
  int         in_lobby;
  int         is_leader;
} CmUcwaPerson;

/**
 * CmUcwaTalk:
 *
 * A conversation of the client that UCWA stands for, and the events that tell it
 * as Lync's own client would. What does not change is not said again.
 */
typedef struct _CmUcwaTalk CmUcwaTalk;

CmUcwaTalk *cm_ucwa_talk_new              (CmDecoder          *decoder,
                                           const char         *id,
                                           const char         *href);
void        cm_ucwa_talk_free             (CmUcwaTalk         *self);
void        cm_ucwa_talk_begin            (CmUcwaTalk         *self,
                                           gint64              at);
void        cm_ucwa_talk_end              (CmUcwaTalk         *self,
                                           gint64              at);
void        cm_ucwa_talk_set_subject      (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *subject);
void        cm_ucwa_talk_set_direction    (CmUcwaTalk         *self,
                                           gint64              at,
                                           CmDirection         direction,
                                           const char         *inviter);
void        cm_ucwa_talk_set_has_audio    (CmUcwaTalk         *self,
                                           gboolean            has_audio);
void        cm_ucwa_talk_set_state        (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *state);
void        cm_ucwa_talk_set_uri          (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *uri);
void        cm_ucwa_talk_set_access       (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *id,
                                           const char         *join_url);
void        cm_ucwa_talk_ring             (CmUcwaTalk         *self,
                                           gint64              at,
                                           gboolean            incoming);
void        cm_ucwa_talk_connect          (CmUcwaTalk         *self,
                                           gint64              at);
void        cm_ucwa_talk_set_audio        (CmUcwaTalk         *self,
                                           gint64              at,
                                           CmUcwaChannel       channel,
                                           const char         *state);
void        cm_ucwa_talk_set_session      (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *state);
void        cm_ucwa_talk_set_messaging    (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *state);
void        cm_ucwa_talk_fail             (CmUcwaTalk         *self,
                                           gint64              at,
                                           guint32             status);
const char *cm_ucwa_talk_get_href         (CmUcwaTalk         *self);
const char *cm_ucwa_talk_get_uri          (CmUcwaTalk         *self);
gboolean    cm_ucwa_talk_is_in_conference (CmUcwaTalk         *self);
char       *cm_ucwa_talk_dup_person       (CmUcwaTalk         *self,
                                           const char         *address);
gboolean    cm_ucwa_talk_has_person       (CmUcwaTalk         *self,
                                           const char         *href);
void        cm_ucwa_talk_expect_person    (CmUcwaTalk         *self,
                                           const char         *href,
                                           const char         *title,
                                           gboolean            is_self);
void        cm_ucwa_talk_take_person      (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *href,
                                           const CmUcwaPerson *person);
void        cm_ucwa_talk_drop_person      (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *href,
                                           guint32             status);
void        cm_ucwa_talk_keep_only        (CmUcwaTalk         *self,
                                           gint64              at,
                                           GHashTable         *hrefs);
void        cm_ucwa_talk_set_group        (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *href,
                                           CmUcwaGroup         group,
                                           gboolean            is_in);
void        cm_ucwa_talk_set_person_audio (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *href,
                                           gboolean            has_audio);
void        cm_ucwa_talk_set_muted        (CmUcwaTalk         *self,
                                           gint64              at,
                                           const char         *href,
                                           gboolean            muted);
void        cm_ucwa_talk_name_the_rest    (CmUcwaTalk         *self,
                                           gint64              at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmUcwaTalk, cm_ucwa_talk_free)

G_END_DECLS

/* cm-ucwa-talk-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/skype/cm-ucwa-talk.h"

G_BEGIN_DECLS

#define CM_UCWA_UNKNOWN (-1)

struct _CmUcwaTalk
{
  CmDecoder  *decoder;   /* borrowed: it owns the talk */
  char       *id;
  char       *href;
  gboolean    begun;
  gboolean    has_audio; /* what "activeModalities" says */
  gboolean    conferencing;
  char       *subject;
  char       *uri;
  char       *access;
  char       *inviter;
  int         direction;
  int         state;
  int         audio;     /* the better of its channels, or a hold */
  int         channels[CM_UCWA_N_CHANNELS];
  int         messaging;
  int         progress;
  GHashTable *persons;   /* href → Person, of cm-ucwa-people.c */
};

CmEvent     cm_ucwa_talk_make_event       (CmUcwaTalk  *self,
                                           CmEventKind  kind,
                                           gint64       at);
void        cm_ucwa_talk_set_modality     (CmUcwaTalk  *self,
                                           gint64       at,
                                           CmModality   modality,
                                           int         *known,
                                           int          state,
                                           guint32      status);
void        cm_ucwa_talk_settle           (CmUcwaTalk  *self,
                                           gint64       at);
gboolean    cm_ucwa_find_modality_state   (const char  *name,
                                           int         *state);

/* cm-ucwa-audio.c */
void        cm_ucwa_talk_disconnect_audio (CmUcwaTalk  *self,
                                           gint64       at,
                                           guint32      status);

/* cm-ucwa-people.c */
GHashTable *cm_ucwa_people_new            (void);

G_END_DECLS

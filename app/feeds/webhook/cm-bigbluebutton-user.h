/* cm-bigbluebutton-user.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/webhook/cm-meeting.h"

G_BEGIN_DECLS

/* What changes of a user, and by when it was last told: a callback that is tried
 * again comes behind later ones. */
typedef enum
{
  CHANGE_PRESENTER,
  CHANGE_AUDIO,
  CHANGE_MUTED,
  N_CHANGES,
} CmBigbluebuttonChange;

/* What is kept of each, as the note of his stay. */
typedef struct
{
  gboolean told; /* whether he is a moderator */
  gboolean moderator;
  gboolean presenter;
  gboolean heard; /* he had audio */
  gint64   stamps[N_CHANGES];
} CmBigbluebuttonUser;

CmBigbluebuttonUser *cm_bigbluebutton_user_get         (CmMeeting             *meeting,
                                                        const char            *key);
gboolean             cm_bigbluebutton_user_is_news     (CmBigbluebuttonUser   *self,
                                                        CmBigbluebuttonChange  change,
                                                        gint64                 at);
char                *cm_bigbluebutton_user_dup_address (CmMeeting             *meeting,
                                                        const char            *key,
                                                        JsonObject            *user);
void                 cm_bigbluebutton_user_claim       (CmMeeting             *meeting,
                                                        const char            *key,
                                                        JsonObject            *user);

G_END_DECLS

/* cm-bigbluebutton-user.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

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
  gboolean moderator;
  gboolean presenter;
  gboolean heard; /* he had audio */
  gint64   stamps[N_CHANGES];
} CmBigbluebuttonUser;

gboolean cm_bigbluebutton_user_is_news (CmBigbluebuttonUser   *self,
                                        CmBigbluebuttonChange  change,
                                        gint64                 at);

G_END_DECLS

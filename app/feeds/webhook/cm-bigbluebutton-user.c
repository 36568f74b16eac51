/* cm-bigbluebutton-user.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton-user.h"

/* Returns: whether this is the newest that was told of it */
gboolean
cm_bigbluebutton_user_is_news (CmBigbluebuttonUser   *self,
                               CmBigbluebuttonChange  change,
                               gint64                 at)
{
  if (at < self->stamps[change])
    return FALSE;

  self->stamps[change] = at;

  return TRUE;
}

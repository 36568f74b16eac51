/* cm-bigbluebutton-user.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton-user.h"

#define MAX_USERS 100000

/**
 * cm_bigbluebutton_users_get:
 * @users: all that are known, by "meeting/internal id"
 * @meeting: the internal id of a meeting
 * @key: the internal id of a user
 *
 * Returns: (transfer none): the user, perhaps a new one
 */
CmBigbluebuttonUser *
cm_bigbluebutton_users_get (GHashTable *users,
                            const char *meeting,
                            const char *key)
{
  g_autofree char *id = g_strconcat (meeting, "/", key, NULL);
  CmBigbluebuttonUser *user = g_hash_table_lookup (users, id);

  if (user != NULL)
    return user;

  if (g_hash_table_size (users) >= MAX_USERS)
    g_hash_table_remove_all (users);
  user = g_new0 (CmBigbluebuttonUser, 1);
  g_hash_table_insert (users, g_steal_pointer (&id), user);

  return user;
}

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

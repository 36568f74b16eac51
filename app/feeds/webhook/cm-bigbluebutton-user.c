/* cm-bigbluebutton-user.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton-user.h"

#include "feeds/decode/cm-record-json.h"

/* Returns: (nullable) (transfer none): what is kept of a user, by his internal id */
CmBigbluebuttonUser *
cm_bigbluebutton_user_get (CmMeeting  *meeting,
                           const char *key)
{
  return cm_meeting_get_note (meeting, key, sizeof (CmBigbluebuttonUser));
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

/* By the id that the site itself gives out, so that who comes again is the same. */
static char *
dup_site_address (JsonObject *user)
{
  g_autofree char *external = cm_record_dup_text (user, "external-user-id");

  return external != NULL && strlen (external) <= CM_EVENT_MAX_ID
    ? g_strconcat (strchr (external, '@') != NULL ? "sip:" : "bbb:", external, NULL) : NULL;
}

/**
 * cm_bigbluebutton_user_dup_address:
 * @meeting: the meeting
 * @key: his internal id
 * @user: (nullable): what an event tells of him
 *
 * Returns: (transfer full): who he is; where two have the same id of the site at
 *   once it is none
 */
char *
cm_bigbluebutton_user_dup_address (CmMeeting  *meeting,
                                   const char *key,
                                   JsonObject *user)
{
  g_autofree char *address = dup_site_address (user);
  const char *known = address != NULL ? cm_meeting_find (meeting, address) : NULL;

  return address != NULL && (known == NULL || g_str_equal (known, key))
    ? g_steal_pointer (&address) : g_strconcat ("bbb:", key, NULL);
}

/**
 * cm_bigbluebutton_user_claim:
 * @meeting: the meeting
 * @key: his internal id
 * @user: (nullable): what an event tells of him
 *
 * One who was there before the tracker was known by his address only.
 */
void
cm_bigbluebutton_user_claim (CmMeeting  *meeting,
                             const char *key,
                             JsonObject *user)
{
  g_autofree char *address = dup_site_address (user);
  g_autofree char *own = g_strconcat ("bbb:", key, NULL);

  if (cm_meeting_has (meeting, key))
    return;

  cm_meeting_claim (meeting, key, own);
  cm_meeting_claim (meeting, key, address);
}

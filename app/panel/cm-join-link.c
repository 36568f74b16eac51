/* cm-join-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-join-link.h"

#include "watch/cm-demo.h"
#include "watch/cm-playback.h"

/**
 * cm_join_link_get:
 * @watch: what is watched
 * @conversation: (nullable): a conversation of it
 *
 * Where the source takes no commands, the desktop may know how to join: by the
 * link, or by the address that the client itself would open. Not what is only
 * recorded, made up or past.
 *
 * Returns: (nullable) (transfer none): what the desktop can open
 */
const char *
cm_join_link_get (CmWatch        *watch,
                  CmConversation *conversation)
{
  const CmConference *conference;

  if (conversation == NULL || CM_IS_PLAYBACK (watch) || CM_IS_DEMO (watch) ||
      cm_watch_get_moment (watch) != CM_TIME_NONE)
    return NULL;

  conference = &cm_conversation_get_document (conversation)->conference;
  if (conference->access.join_url != NULL && g_str_has_prefix (conference->access.join_url, "https://"))
    return conference->access.join_url;

  return conference->uri != NULL && g_str_has_prefix (conference->uri, "conf:") ? conference->uri : NULL;
}

/* cm-join-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-join-link.h"

#include <glib/gi18n.h>

#include "model/cm-document-attention.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"

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

/**
 * cm_join_link_dup_why_not:
 * @watch: what is watched
 * @conversation: (nullable): a conversation of it
 * @leg: the leg's id that is to rejoin
 *
 * Returns: (nullable) (transfer full): why neither the source nor the desktop can
 *   rejoin the call, as a translated sentence
 */
char *
cm_join_link_dup_why_not (CmWatch        *watch,
                          CmConversation *conversation,
                          const char     *leg)
{
  g_autoptr (CmCommand) command = NULL;

  if (conversation != NULL &&
      cm_document_get_as_of (cm_conversation_get_document (conversation)) != CM_TIME_NONE)
    return g_strdup (_ ("The station does not answer"));
  if (cm_join_link_get (watch, conversation) != NULL)
    return NULL;

  command = cm_command_new (conversation != NULL ? cm_conversation_get_id (conversation) : NULL, leg,
                            CM_ACTION_REJOIN, NULL);

  return cm_watch_why_not (watch, command);
}

/* cm-meetings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-meeting.h"

/* More than happen in a day; then those that are over are forgotten. */
#define MAX_MEETINGS 65536

/**
 * cm_meeting_dup_link:
 * @pattern: (nullable): the address by which people join, with "{room}"
 * @room: (nullable): what the room is called there
 *
 * Returns: (nullable) (transfer full): the address of that room
 */
char *
cm_meeting_dup_link (const char *pattern,
                     const char *room)
{
  g_autofree char *escaped = NULL;
  GString *link;

  if (pattern == NULL || room == NULL)
    return NULL;

  escaped = g_uri_escape_string (room, NULL, FALSE);
  link = g_string_new (pattern);
  g_string_replace (link, "{room}", escaped, 0);

  return g_string_free (link, FALSE);
}

/* Returns: (transfer full): no meetings */
GHashTable *
cm_meetings_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_meeting_free);
}

static gboolean
is_over (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return cm_meeting_is_over (value);
}

/**
 * cm_meetings_get:
 * @meetings: all that are known
 * @decoder: whose they are
 * @conversation: the id of an instance of a meeting
 *
 * Returns: (nullable) (transfer none): the meeting, perhaps a new one; %NULL where
 *   there are too many, or the id is none
 */
CmMeeting *
cm_meetings_get (GHashTable *meetings,
                 CmDecoder  *decoder,
                 const char *conversation)
{
  CmMeeting *meeting;

  if (conversation == NULL || conversation[0] == '\0' || strlen (conversation) > CM_EVENT_MAX_ID)
    return NULL;

  meeting = g_hash_table_lookup (meetings, conversation);
  if (meeting != NULL)
    return meeting;

  if (g_hash_table_size (meetings) >= MAX_MEETINGS)
    g_hash_table_foreach_remove (meetings, is_over, NULL);
  if (g_hash_table_size (meetings) >= MAX_MEETINGS)
    return NULL;

  meeting = cm_meeting_new (decoder, conversation);
  g_hash_table_insert (meetings, g_strdup (conversation), meeting);

  return meeting;
}

/**
 * cm_meetings_recall:
 * @meetings: none that are known
 * @decoder: whose they are
 * @conversation: the id of an instance of a meeting that goes on
 * @persons: (array zero-terminated=1): who is in it
 */
void
cm_meetings_recall (GHashTable         *meetings,
                    CmDecoder          *decoder,
                    const char         *conversation,
                    const char * const *persons)
{
  CmMeeting *meeting = cm_meetings_get (meetings, decoder, conversation);

  if (meeting != NULL && !cm_meeting_has_begun (meeting))
    cm_meeting_recall (meeting, persons);
}

/**
 * cm_meetings_take_list:
 * @meetings: all that are known
 * @at: when all were known, ms UTC
 * @conversations: a set: the ids of all that went on then
 *
 * The others are over.
 */
void
cm_meetings_take_list (GHashTable *meetings,
                       gint64      at,
                       GHashTable *conversations)
{
  GHashTableIter iter;
  gpointer conversation, value;

  g_hash_table_iter_init (&iter, meetings);
  while (g_hash_table_iter_next (&iter, &conversation, &value))
    {
      if (cm_meeting_is_older (value, at) && !g_hash_table_contains (conversations, conversation))
        cm_meeting_end (value, at, 0);
    }
}

/**
 * cm_meetings_announce:
 * @meetings: all that are known
 * @at: when, ms UTC
 *
 * Says all that is known of those that go on once more.
 */
void
cm_meetings_announce (GHashTable *meetings,
                      gint64      at)
{
  GHashTableIter iter;
  gpointer meeting;

  g_hash_table_iter_init (&iter, meetings);
  while (g_hash_table_iter_next (&iter, NULL, &meeting))
    cm_room_announce (cm_meeting_get_room (meeting), at);
}

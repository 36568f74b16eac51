/* cm-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-meeting.h"

/* More than happen in a day; then those that are over are forgotten. */
#define MAX_MEETINGS 65536
#define MAX_STAYS 20000

typedef struct
{
  char    *address;
  gint64   since; /* ms UTC: of the newest that was believed */
  gint64   left;  /* or CM_TIME_NONE */
  gboolean waits; /* in the lobby */
} Stay;

struct _CmMeeting
{
  CmRoom     *room;
  GHashTable *stays;  /* key → Stay */
  gint64      newest; /* ms UTC: when it last was said to go on; 0 before */
  gint64      listed; /* ms UTC: when all who are in it were last known; 0 before */
  gboolean    over;
};

static void
stay_free (gpointer data)
{
  Stay *self = data;

  g_free (self->address);
  g_free (self);
}

/**
 * cm_meeting_new:
 * @decoder: what emits its events; it must outlive the meeting
 * @conversation: the id of this instance of the meeting
 *
 * Returns: (transfer full): a meeting that has not begun
 */
CmMeeting *
cm_meeting_new (CmDecoder  *decoder,
                const char *conversation)
{
  CmMeeting *self = g_new0 (CmMeeting, 1);

  self->room = cm_room_new (decoder, conversation);
  self->stays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stay_free);

  return self;
}

/**
 * cm_meeting_free:
 * @self: (transfer full): a meeting
 */
void
cm_meeting_free (CmMeeting *self)
{
  g_hash_table_unref (self->stays);
  cm_room_free (self->room);
  g_free (self);
}

/* Returns: (transfer none): the room behind it */
CmRoom *
cm_meeting_get_room (CmMeeting *self)
{
  return self->room;
}

gboolean
cm_meeting_is_over (CmMeeting *self)
{
  return self->over;
}

/**
 * cm_meeting_begin:
 * @self: a meeting
 * @at: when, ms UTC
 * @uri: (nullable): what it is joined by
 * @subject: (nullable): what people call it
 *
 * Returns: whether it goes on now: not where it is over
 */
gboolean
cm_meeting_begin (CmMeeting  *self,
                  gint64      at,
                  const char *uri,
                  const char *subject)
{
  if (self->over)
    return FALSE;

  self->newest = MAX (self->newest, at);
  cm_room_begin (self->room, at, uri, subject);

  return TRUE;
}

/* Returns: whether it was ever said to go on */
gboolean
cm_meeting_has_begun (CmMeeting *self)
{
  return self->newest != 0;
}

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

/**
 * cm_meeting_end:
 * @self: a meeting
 * @at: when, ms UTC
 * @status: why, or 0
 *
 * Who was in it has left.
 */
void
cm_meeting_end (CmMeeting *self,
                gint64     at,
                guint32    status)
{
  if (!self->over)
    cm_room_end (self->room, at, status);

  self->over = TRUE;
  g_hash_table_remove_all (self->stays);
}

static Stay *
find_present (CmMeeting  *self,
              const char *key)
{
  Stay *stay = g_hash_table_lookup (self->stays, key);

  return stay != NULL && stay->left == CM_TIME_NONE ? stay : NULL;
}

/* Returns: whether one with this key is in the meeting */
gboolean
cm_meeting_has (CmMeeting  *self,
                const char *key)
{
  return find_present (self, key) != NULL;
}

/**
 * cm_meeting_find:
 * @self: a meeting
 * @address: a person's
 *
 * Returns: (nullable) (transfer none): the key of a stay of his
 */
const char *
cm_meeting_find (CmMeeting  *self,
                 const char *address)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->stays);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Stay *stay = value;

      if (stay->left == CM_TIME_NONE && g_str_equal (stay->address, address))
        return key;
    }

  return NULL;
}

/**
 * cm_meeting_adopt:
 * @self: a meeting
 * @old_key: of somebody who is in it
 * @key: what he is called from now on
 */
void
cm_meeting_adopt (CmMeeting  *self,
                  const char *old_key,
                  const char *key)
{
  gpointer stolen_key, stay;

  if (g_str_equal (old_key, key) || g_hash_table_contains (self->stays, key) ||
      !g_hash_table_steal_extended (self->stays, old_key, &stolen_key, &stay))
    return;

  g_hash_table_insert (self->stays, g_strdup (key), stay);
  g_free (stolen_key);
}

/**
 * cm_meeting_join:
 * @self: a meeting that goes on
 * @at: when, ms UTC
 * @key: his for this stay
 * @address: who it is
 * @name: (nullable): what he is called
 *
 * Returns: whether he is in it now
 */
gboolean
cm_meeting_join (CmMeeting  *self,
                 gint64      at,
                 const char *key,
                 const char *address,
                 const char *name)
{
  Stay *stay = g_hash_table_lookup (self->stays, key);

  if (self->over || (stay != NULL && stay->left != CM_TIME_NONE && at < stay->left) ||
      (stay == NULL && (at < self->listed || g_hash_table_size (self->stays) >= MAX_STAYS)))
    return FALSE;

  if (stay == NULL)
    {
      stay = g_new0 (Stay, 1);
      stay->left = at;
      g_hash_table_insert (self->stays, g_strdup (key), stay);
    }
  if (stay->left != CM_TIME_NONE)
    {
      g_free (stay->address);
      stay->address = g_strdup (address);
    }
  stay->left = CM_TIME_NONE;
  stay->since = MAX (stay->since, at);
  cm_room_add (self->room, at, stay->address, name);

  return TRUE;
}

/**
 * cm_meeting_leave:
 * @self: a meeting
 * @at: when, ms UTC
 * @key: of the stay that is over; it need not have begun
 * @status: why, or 0
 */
void
cm_meeting_leave (CmMeeting  *self,
                  gint64      at,
                  const char *key,
                  guint32     status)
{
  Stay *stay = g_hash_table_lookup (self->stays, key);

  if (self->over || g_hash_table_size (self->stays) >= MAX_STAYS)
    return;

  if (stay == NULL)
    {
      stay = g_new0 (Stay, 1);
      stay->address = g_strdup ("");
      stay->left = at;
      g_hash_table_insert (self->stays, g_strdup (key), stay);
      return;
    }

  /* It is late: he has come again since. */
  if (stay->left != CM_TIME_NONE || at < stay->since)
    return;

  stay->left = at;
  if (cm_meeting_find (self, stay->address) == NULL)
    cm_room_remove (self->room, at, stay->address, status);
}

/**
 * cm_meeting_keep_only:
 * @self: a meeting
 * @at: when, ms UTC
 * @keys: a set: of all who are in it
 */
void
cm_meeting_keep_only (CmMeeting  *self,
                      gint64      at,
                      GHashTable *keys)
{
  g_autoptr(GList) known = g_hash_table_get_keys (self->stays);

  for (GList *l = known; l != NULL; l = l->next)
    {
      if (!g_hash_table_contains (keys, l->data))
        cm_meeting_leave (self, at, l->data, 0);
    }
}

/**
 * cm_meeting_take_list:
 * @self: a meeting that goes on
 * @at: when all were known, ms UTC
 * @keys: a set: of all who were in it then, and have joined
 *
 * The others have left, and nothing that is older brings anybody else in.
 */
void
cm_meeting_take_list (CmMeeting  *self,
                      gint64      at,
                      GHashTable *keys)
{
  cm_meeting_keep_only (self, at, keys);
  self->listed = MAX (self->listed, at);
}

void
cm_meeting_set_state (CmMeeting       *self,
                      gint64           at,
                      const char      *key,
                      CmModalityState  state)
{
  const Stay *stay = find_present (self, key);

  if (stay != NULL)
    cm_room_set_state (self->room, at, stay->address, state, 0);
}

void
cm_meeting_set_presenter (CmMeeting  *self,
                          gint64      at,
                          const char *key,
                          gboolean    presenter)
{
  const Stay *stay = find_present (self, key);

  if (stay != NULL)
    cm_room_set_presenter (self->room, at, stay->address, presenter);
}

void
cm_meeting_set_lobby (CmMeeting  *self,
                      gint64      at,
                      const char *key,
                      gboolean    lobby)
{
  Stay *stay = find_present (self, key);

  if (stay == NULL)
    return;

  stay->waits = lobby;
  cm_room_set_lobby (self->room, at, stay->address, lobby);
}

/* Returns: whether he waits in the lobby */
gboolean
cm_meeting_is_waiting (CmMeeting  *self,
                       const char *key)
{
  const Stay *stay = find_present (self, key);

  return stay != NULL && stay->waits;
}

void
cm_meeting_set_muted (CmMeeting  *self,
                      gint64      at,
                      const char *key,
                      gboolean    muted)
{
  const Stay *stay = find_present (self, key);

  if (stay != NULL)
    cm_room_set_muted (self->room, at, stay->address, muted);
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
  return ((CmMeeting *) value)->over;
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
      CmMeeting *meeting = value;

      if (cm_meeting_has_begun (meeting) && meeting->newest < at && !g_hash_table_contains (conversations, conversation))
        cm_meeting_end (meeting, at, 0);
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
    cm_room_announce (((CmMeeting *) meeting)->room, at);
}

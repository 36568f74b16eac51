/* cm-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-meeting.h"

/* Of people who are in it, and of such as have left. */
#define MAX_STAYS 20000

typedef struct
{
  char    *key;
  char    *address;
  GList    link;  /* in the queue of that person, while he is there */
  gint64   since; /* ms UTC: of the newest that was believed */
  gint64   left;  /* or CM_TIME_NONE */
  gboolean waits; /* in the lobby */
} Stay;

struct _CmMeeting
{
  CmRoom     *room;
  GHashTable *stays;   /* key → Stay */
  GHashTable *persons; /* address → GQueue of his Stays that go on, which own the links */
  GHashTable *notes;   /* key → what the decoder keeps of that stay */
  gint64      newest;  /* ms UTC: when it last was said to go on; 0 before */
  gint64      listed;  /* ms UTC: when all who are in it were last known; 0 before */
  gboolean    over;
};

static void
stay_free (gpointer data)
{
  Stay *self = data;

  g_free (self->key);
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
  self->stays = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, stay_free);
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * cm_meeting_free:
 * @self: (transfer full): a meeting
 */
void
cm_meeting_free (CmMeeting *self)
{
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->notes);
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

static Stay *
find_present (CmMeeting  *self,
              const char *key)
{
  Stay *stay = g_hash_table_lookup (self->stays, key);

  return stay != NULL && stay->left == CM_TIME_NONE ? stay : NULL;
}

static gboolean
is_away (gpointer key,
         gpointer note,
         gpointer user_data)
{
  return find_present (user_data, key) == NULL;
}

/**
 * cm_meeting_is_older:
 * @self: a meeting
 * @at: when, ms UTC
 *
 * Returns: whether it was said to go on, but only before that
 */
gboolean
cm_meeting_is_older (CmMeeting *self,
                     gint64     at)
{
  return self->newest != 0 && self->newest < at;
}

/* Returns: whether it was ever said to go on */
gboolean
cm_meeting_has_begun (CmMeeting *self)
{
  return self->newest != 0;
}

/**
 * cm_meeting_get_note:
 * @self: a meeting
 * @key: of a stay, whether it has begun or not
 * @size: of a note, bytes; all of one meeting have the same
 *
 * Returns: (transfer none) (nullable): what the decoder keeps of that stay, zeros at
 *   first; it goes with the meeting's end. %NULL where there are too many
 */
gpointer
cm_meeting_get_note (CmMeeting  *self,
                     const char *key,
                     gsize       size)
{
  gpointer note = g_hash_table_lookup (self->notes, key);

  if (note != NULL)
    return note;

  if (g_hash_table_size (self->notes) >= MAX_STAYS)
    g_hash_table_foreach_remove (self->notes, is_away, self);
  if (self->over || g_hash_table_size (self->notes) >= MAX_STAYS)
    return NULL;

  note = g_malloc0 (size);
  g_hash_table_insert (self->notes, g_strdup (key), note);

  return note;
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
  g_hash_table_remove_all (self->persons);
  g_hash_table_remove_all (self->notes);
  g_hash_table_remove_all (self->stays);
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
  GQueue *queue = g_hash_table_lookup (self->persons, address);

  return queue != NULL ? ((Stay *) g_queue_peek_head (queue))->key : NULL;
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
  Stay *stay = g_hash_table_lookup (self->stays, old_key);

  if (stay == NULL || g_hash_table_contains (self->stays, key))
    return;

  g_hash_table_steal (self->stays, old_key);
  g_free (stay->key);
  stay->key = g_strdup (key);
  g_hash_table_insert (self->stays, stay->key, stay);
}

static void
enter (CmMeeting *self,
       Stay      *stay)
{
  GQueue *queue = g_hash_table_lookup (self->persons, stay->address);

  if (queue == NULL)
    {
      queue = g_new0 (GQueue, 1);
      g_hash_table_insert (self->persons, g_strdup (stay->address), queue);
    }

  stay->left = CM_TIME_NONE;
  stay->link = (GList) { .data = stay };
  g_queue_push_tail_link (queue, &stay->link);
}

/* Returns: whether it was the last of that person */
static gboolean
go (CmMeeting *self,
    Stay      *stay,
    gint64     at)
{
  GQueue *queue = g_hash_table_lookup (self->persons, stay->address);

  stay->left = at;
  g_queue_unlink (queue, &stay->link);
  if (!g_queue_is_empty (queue))
    return FALSE;

  g_hash_table_remove (self->persons, stay->address);

  return TRUE;
}

static gboolean
forget (gpointer key,
        gpointer value,
        gpointer user_data)
{
  CmMeeting *self = user_data;
  const Stay *stay = value;

  if (stay->left == CM_TIME_NONE)
    return FALSE;

  self->listed = MAX (self->listed, stay->left);

  return TRUE;
}

/* Whoever has left is remembered so that nothing late brings him in again. Where
 * they are too many all of them go, and nothing older than that is believed. */
static Stay *
add_stay (CmMeeting  *self,
          const char *key,
          gint64      left)
{
  Stay *stay;

  if (g_hash_table_size (self->stays) >= MAX_STAYS)
    g_hash_table_foreach_remove (self->stays, forget, self);
  if (g_hash_table_size (self->stays) >= MAX_STAYS || left < self->listed)
    return NULL;

  stay = g_new0 (Stay, 1);
  stay->key = g_strdup (key);
  stay->left = left;
  g_hash_table_insert (self->stays, stay->key, stay);

  return stay;
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

  /* Of the two at the same time the end is the later one. */
  if (self->over || (stay != NULL && stay->left != CM_TIME_NONE && at <= stay->left))
    return FALSE;

  if (stay == NULL)
    stay = add_stay (self, key, at);
  if (stay == NULL)
    return FALSE;

  if (stay->left != CM_TIME_NONE)
    {
      g_free (stay->address);
      stay->address = g_strdup (address);
      enter (self, stay);
    }
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

  if (self->over)
    return;

  if (stay == NULL)
    add_stay (self, key, at);
  /* It is late: he has come again since. */
  else if (stay->left == CM_TIME_NONE && at >= stay->since && go (self, stay, at))
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

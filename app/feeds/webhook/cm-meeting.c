/* cm-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-meeting.h"

#include "feeds/webhook/cm-stays.h"

/* As many as there may be stays, or nearly. */
#define MAX_NOTES 20000

struct _CmMeeting
{
  CmRoom     *room;
  CmStays    *stays;
  GHashTable *notes;   /* key → what the decoder keeps of that stay */
  gint64      newest;  /* ms UTC: when it last was said to go on; 0 before */
  gboolean    over;
};

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
  self->stays = cm_stays_new ();
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
  g_hash_table_unref (self->notes);
  cm_stays_free (self->stays);
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

/* Returns: whether one with this key is in the meeting */
gboolean
cm_meeting_has (CmMeeting  *self,
                const char *key)
{
  return cm_stays_find_present (self->stays, key) != NULL;
}

/* Returns: whether one with this key was in the meeting, or was said to have left it */
gboolean
cm_meeting_has_left (CmMeeting  *self,
                     const char *key)
{
  const CmStay *stay = cm_stays_find (self->stays, key);

  return stay != NULL && stay->left != CM_TIME_NONE;
}

static gboolean
is_away (gpointer key,
         gpointer note,
         gpointer user_data)
{
  return !cm_meeting_has (user_data, key);
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

  if (g_hash_table_size (self->notes) >= MAX_NOTES)
    g_hash_table_foreach_remove (self->notes, is_away, self);
  if (self->over || g_hash_table_size (self->notes) >= MAX_NOTES)
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
  g_hash_table_remove_all (self->notes);
  cm_stays_clear (self->stays);
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
  const CmStay *stay = cm_stays_find_person (self->stays, address);

  return stay != NULL ? stay->key : NULL;
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
  CmStay *stay = cm_stays_find (self->stays, old_key);

  if (stay != NULL && cm_stays_find (self->stays, key) == NULL)
    cm_stays_adopt (self->stays, stay, key);
}

/**
 * cm_meeting_recall:
 * @self: a meeting of which nothing was said
 * @persons: (array zero-terminated=1): who is in it
 *
 * It has begun before this decoder: the keys of their stays are known to nobody any
 * more, so that each has his address for one until cm_meeting_claim().
 */
void
cm_meeting_recall (CmMeeting          *self,
                   const char * const *persons)
{
  self->newest = 1;
  cm_room_recall (self->room, persons);
  for (guint i = 0; persons[i] != NULL; i++)
    {
      CmStay *stay = cm_stays_add (self->stays, persons[i], 0);

      if (stay != NULL)
        cm_stays_enter (self->stays, stay, persons[i]);
    }
}

/**
 * cm_meeting_claim:
 * @self: a meeting
 * @key: of a stay
 * @address: (nullable): whose
 *
 * Who is in it, but only known as a person so far, has this key from now on.
 */
void
cm_meeting_claim (CmMeeting  *self,
                  const char *key,
                  const char *address)
{
  if (address != NULL && cm_meeting_has (self, address))
    cm_meeting_adopt (self, address, key);
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
  CmStay *stay = cm_stays_find (self->stays, key);

  if (self->over || (stay != NULL && stay->left != CM_TIME_NONE && at < stay->left))
    return FALSE;

  if (stay == NULL)
    stay = cm_stays_add (self->stays, key, at);
  if (stay == NULL)
    return FALSE;

  if (stay->left != CM_TIME_NONE)
    cm_stays_enter (self->stays, stay, address);
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
  CmStay *stay = cm_stays_find (self->stays, key);

  if (self->over)
    return;

  if (stay == NULL)
    cm_stays_add (self->stays, key, at);
  /* Where it is late he has come again since. */
  else if (stay->left == CM_TIME_NONE && at >= stay->since && cm_stays_leave (self->stays, stay, at))
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
  g_autoptr(GList) known = cm_stays_list (self->stays);

  for (GList *l = known; l != NULL; l = l->next)
    {
      const CmStay *stay = l->data;

      if (!g_hash_table_contains (keys, stay->key))
        cm_meeting_leave (self, at, stay->key, 0);
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
  cm_stays_know (self->stays, at);
}

void
cm_meeting_set_state (CmMeeting       *self,
                      gint64           at,
                      const char      *key,
                      CmModalityState  state)
{
  const CmStay *stay = cm_stays_find_present (self->stays, key);

  if (stay != NULL)
    cm_room_set_state (self->room, at, stay->address, state, 0);
}

void
cm_meeting_set_presenter (CmMeeting  *self,
                          gint64      at,
                          const char *key,
                          gboolean    presenter)
{
  const CmStay *stay = cm_stays_find_present (self->stays, key);

  if (stay != NULL)
    cm_room_set_presenter (self->room, at, stay->address, presenter);
}

void
cm_meeting_set_lobby (CmMeeting  *self,
                      gint64      at,
                      const char *key,
                      gboolean    lobby)
{
  CmStay *stay = cm_stays_find_present (self->stays, key);

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
  const CmStay *stay = cm_stays_find_present (self->stays, key);

  return stay != NULL && stay->waits;
}

void
cm_meeting_set_muted (CmMeeting  *self,
                      gint64      at,
                      const char *key,
                      gboolean    muted)
{
  const CmStay *stay = cm_stays_find_present (self->stays, key);

  if (stay != NULL)
    cm_room_set_muted (self->room, at, stay->address, muted);
}

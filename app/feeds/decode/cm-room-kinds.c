/* cm-room-kinds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-room-private.h"

/* Counts a member in, or out again, by what his audio is in. */
void
cm_room_count_member (CmRoom             *self,
                      const CmRoomMember *member,
                      int                 change)
{
  switch (member->state)
    {
    case CM_MODALITY_STATE_CONNECTED:
    case CM_MODALITY_STATE_ON_HOLD:
    case CM_MODALITY_STATE_SUSPENDED:
    case CM_MODALITY_STATE_TRANSFERRING:
      self->n_in += change;
      break;
    case CM_MODALITY_STATE_CONNECTING:
    case CM_MODALITY_STATE_JOINING:
      self->n_on_way += change;
      break;
    default:
      break;
    }
}

/* Whoever is on the way keeps audio up where there is some, but brings none:
 * one who sets his media up anew has not left the room empty. Nor has he with whom
 * only those remain whose audio was told of before. */
gboolean
cm_room_anybody_is_in (CmRoom *self)
{
  gboolean up = self->state == CM_MODALITY_STATE_CONNECTED;
  gboolean present = cm_room_get_n_members (self) > 0;

  if (self->counts_presence)
    return present;

  return self->n_in > 0 || (up && (self->n_on_way > 0 || (self->recalled && present)));
}

/**
 * cm_room_begin_call:
 * @self: a room
 * @at: when, ms UTC
 * @inviter: (nullable): who calls
 *
 * Not a room at all, but a call of two, and it rings.
 */
void
cm_room_begin_call (CmRoom     *self,
                    gint64      at,
                    const char *inviter)
{
  CmEvent event = cm_room_make_event (self, CM_EVENT_CONVERSATION_ADDED, at);

  if (self->begun)
    return;

  self->begun = TRUE;
  self->is_call = TRUE;
  event.inviter = cm_text_from_string (inviter);
  cm_decoder_emit (self->decoder, &event);
  self->state = CM_MODALITY_STATE_NOTIFIED;
  cm_room_emit_state (self, at, NULL, CM_MODALITY_STATE_NOTIFIED, 0);
}

/**
 * cm_room_become_conference:
 * @self: a room that has begun
 * @at: when, ms UTC
 * @uri: (nullable): what the conference is joined by; its id where there is none
 *
 * What was a call of two, as far as was known, is none.
 */
void
cm_room_become_conference (CmRoom     *self,
                           gint64      at,
                           const char *uri)
{
  if (!self->begun || !self->is_call)
    return;

  self->is_call = FALSE;
  g_free (self->uri);
  self->uri = g_strdup (uri);
  cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCING_URI,
                         cm_value_from_text (uri != NULL ? uri : self->conversation));
}

/**
 * cm_room_count_presence:
 * @self: a room
 *
 * From now on it goes on as long as somebody is in its list, with audio or without.
 */
void
cm_room_count_presence (CmRoom *self)
{
  self->counts_presence = TRUE;
}

/**
 * cm_room_set_own_state:
 * @self: a room
 * @at: when, ms UTC
 * @state: of the audio of who tells of it, who is in it himself
 */
void
cm_room_set_own_state (CmRoom          *self,
                       gint64           at,
                       CmModalityState  state)
{
  self->has_seat = TRUE;
  if (!self->begun || self->state == (int) state)
    return;

  self->state = (int) state;
  cm_room_emit_state (self, at, NULL, state, 0);
}

/**
 * cm_room_set_held:
 * @self: a call of two
 * @at: when, ms UTC
 * @held: whether one of them holds it
 */
void
cm_room_set_held (CmRoom   *self,
                  gint64    at,
                  gboolean  held)
{
  CmModalityState state = held ? CM_MODALITY_STATE_ON_HOLD : CM_MODALITY_STATE_CONNECTED;

  if (!self->begun || self->state == (int) state || !cm_room_anybody_is_in (self))
    return;

  self->state = (int) state;
  cm_room_emit_state (self, at, NULL, state, 0);
}

/**
 * cm_room_recall:
 * @self: a room that has not begun
 * @persons: (array zero-terminated=1): who is in its list
 *
 * It has begun, and those are in it: that was told before, by a decoder that is no
 * more.
 */
void
cm_room_recall (CmRoom             *self,
                const char * const *persons)
{
  self->begun = self->recalled = TRUE;
  for (guint i = 0; persons[i] != NULL; i++)
    cm_room_insert_member (self, persons[i], NULL);
}

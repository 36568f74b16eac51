/* cm-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-room-private.h"

static void
member_free (gpointer data)
{
  CmRoomMember *self = data;

  g_free (self->name);
  g_free (self);
}

/**
 * cm_room_new:
 * @decoder: what emits the room's events; it must outlive the room
 * @conversation: the id of this instance of the room
 *
 * Returns: (transfer full): a room that has not begun
 */
CmRoom *
cm_room_new (CmDecoder  *decoder,
             const char *conversation)
{
  CmRoom *self = g_new0 (CmRoom, 1);

  self->decoder = decoder;
  self->conversation = g_strdup (conversation);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, member_free);
  self->state = CM_MODALITY_STATE_DISCONNECTED;
  self->locked = -1;
  self->progress = CM_PROGRESS_NOT_STARTED;

  return self;
}

/**
 * cm_room_free:
 * @self: (transfer full): a room
 */
void
cm_room_free (CmRoom *self)
{
  g_hash_table_unref (self->members);
  g_free (self->conversation);
  g_free (self->uri);
  g_free (self->subject);
  g_free (self->access);
  g_free (self);
}

CmEvent
cm_room_make_event (CmRoom      *self,
            CmEventKind  kind,
            gint64       at)
{
  return (CmEvent) {
    .at = at,
    .kind = kind,
    .conversation = cm_text_from_string (self->conversation),
  };
}

static CmEvent
make_member_event (CmRoom      *self,
                   CmEventKind  kind,
                   gint64       at,
                   const char  *address)
{
  CmEvent event = cm_room_make_event (self, kind, at);

  event.participant = cm_text_from_string (address);

  return event;
}

/* Says it, whatever was said before. */
void
cm_room_emit_property (CmRoom     *self,
                       gint64      at,
                       CmProperty  property,
                       CmValue     value)
{
  CmEvent event = cm_room_make_event (self, CM_EVENT_CONVERSATION_PROPERTY_CHANGED, at);

  event.property = property;
  event.value = value;
  cm_decoder_emit (self->decoder, &event);
}

/* Says it, whatever was said before. */
void
cm_room_emit_flag (CmRoom     *self,
                   gint64      at,
                   const char *address,
                   CmProperty  property,
                   gboolean    flag)
{
  CmEvent event = make_member_event (self, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, at, address);

  event.property = property;
  event.value = cm_value_from_flag (flag);
  cm_decoder_emit (self->decoder, &event);
}

/* Says it, whatever was said before. */
void
cm_room_emit_state (CmRoom          *self,
                    gint64           at,
                    const char      *address,
                    CmModalityState  state,
                    guint32          status)
{
  CmEvent event = cm_room_make_event (self, CM_EVENT_MODALITY_STATE_CHANGED, at);

  if (address != NULL)
    event.participant = cm_text_from_string (address);
  event.modality = cm_value_from_enum (CM_MODALITY_AUDIO_VIDEO);
  event.state = cm_value_from_enum (state);
  event.status_code = cm_value_from_status (status);
  cm_decoder_emit (self->decoder, &event);
}

/* Says it, whatever was said before. */
void
cm_room_emit_added (CmRoom *self,
                    gint64  at)
{
  CmEvent event = cm_room_make_event (self, CM_EVENT_CONVERSATION_ADDED, at);

  if (!self->is_call)
    event.conferencing_uri = cm_text_from_string (self->uri != NULL ? self->uri : self->conversation);
  event.subject = cm_text_from_string (self->subject);
  cm_decoder_emit (self->decoder, &event);
}

/**
 * cm_room_begin:
 * @self: a room
 * @at: when, ms UTC
 * @uri: (nullable): what the conference is joined by
 * @subject: (nullable): what people call it
 *
 * The room is there. Without a @uri it has its id for one: it is a conference
 * from the beginning.
 */
void
cm_room_begin (CmRoom     *self,
               gint64      at,
               const char *uri,
               const char *subject)
{
  if (self->begun)
    return;

  self->begun = TRUE;
  g_free (self->uri);
  self->uri = g_strdup (uri);
  g_free (self->subject);
  self->subject = g_strdup (subject);
  cm_room_emit_added (self, at);
}

/**
 * cm_room_end:
 * @self: a room
 * @at: when, ms UTC
 * @status: why, or 0
 *
 * The room is over, and who was in it has left.
 */
void
cm_room_end (CmRoom  *self,
             gint64   at,
             guint32  status)
{
  CmEvent event = cm_room_make_event (self, CM_EVENT_CONVERSATION_REMOVED, at);

  if (!self->begun)
    return;

  self->begun = self->recalled = FALSE;
  event.status_code = cm_value_from_status (status);
  g_hash_table_remove_all (self->members);
  self->n_in = self->n_on_way = 0;
  self->state = CM_MODALITY_STATE_DISCONNECTED;
  self->progress = CM_PROGRESS_NOT_STARTED;
  cm_decoder_emit (self->decoder, &event);
}

/**
 * cm_room_set_locked:
 * @self: a room
 * @at: when, ms UTC
 * @locked: whether nobody else comes in
 */
void
cm_room_set_locked (CmRoom   *self,
                    gint64    at,
                    gboolean  locked)
{
  if (self->locked == (locked != FALSE))
    return;

  self->locked = locked != FALSE;
  cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCING_LOCKED, cm_value_from_flag (locked));
}

/**
 * cm_room_set_progress:
 * @self: a room
 * @at: when, ms UTC
 * @progress: how far somebody is on the way into it
 */
void
cm_room_set_progress (CmRoom     *self,
                      gint64      at,
                      CmProgress  progress)
{
  if (self->progress == (int) progress)
    return;

  self->progress = (int) progress;
  cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS, cm_value_from_enum (progress));
}

/**
 * cm_room_has:
 * @self: a room
 * @address: a person
 *
 * Returns: whether the person is in the room's list
 */
gboolean
cm_room_has (CmRoom     *self,
             const char *address)
{
  return g_hash_table_contains (self->members, address);
}

/**
 * cm_room_get_n_members:
 * @self: a room
 *
 * Returns: how many persons are in its list
 */
guint
cm_room_get_n_members (CmRoom *self)
{
  return g_hash_table_size (self->members);
}

/* Says it, whatever was said before. */
void
cm_room_emit_person (CmRoom     *self,
                     gint64      at,
                     const char *address,
                     const char *name)
{
  CmEvent event = make_member_event (self, CM_EVENT_PARTICIPANT_ADDED, at, address);

  event.display_name = cm_text_from_string (name);
  cm_decoder_emit (self->decoder, &event);
}

/* Says nothing of him. */
void
cm_room_insert_member (CmRoom     *self,
                       const char *address,
                       const char *name)
{
  CmRoomMember *member = g_new (CmRoomMember, 1);

  *member = (CmRoomMember) { g_strdup (name), CM_ROOM_STATE_UNKNOWN, -1, -1, -1 };
  g_hash_table_replace (self->members, g_strdup (address), member);
}

/**
 * cm_room_add:
 * @self: a room that has begun
 * @at: when, ms UTC
 * @address: a person
 * @name: (nullable): what he is called
 */
void
cm_room_add (CmRoom     *self,
             gint64      at,
             const char *address,
             const char *name)
{
  if (cm_room_has (self, address))
    return;

  cm_room_insert_member (self, address, name);
  cm_room_emit_person (self, at, address, name);
}

/* The room has audio as long as one person has. */
static void
settle (CmRoom *self,
        gint64  at)
{
  gboolean in = cm_room_anybody_is_in (self);
  int state = in ? CM_MODALITY_STATE_CONNECTED : CM_MODALITY_STATE_DISCONNECTED;

  if (self->has_seat)
    return;

  /* A call that still rings has nobody in it, one that is held has. */
  if (state == self->state || (!in && self->state == CM_MODALITY_STATE_NOTIFIED) ||
      (in && self->state == CM_MODALITY_STATE_ON_HOLD))
    return;

  self->state = state;
  cm_room_emit_state (self, at, NULL, (CmModalityState) state, 0);
}

/**
 * cm_room_remove:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person
 * @status: why he went, or 0
 */
void
cm_room_remove (CmRoom     *self,
                gint64      at,
                const char *address,
                guint32     status)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);
  CmEvent event = make_member_event (self, CM_EVENT_PARTICIPANT_REMOVED, at, address);

  if (member == NULL)
    return;

  cm_room_count_member (self, member, -1);
  g_hash_table_remove (self->members, address);
  event.status_code = cm_value_from_status (status);
  cm_decoder_emit (self->decoder, &event);
  settle (self, at);
}

/**
 * cm_room_set_state:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person of its list
 * @state: what his audio is in
 * @status: why, or 0
 */
void
cm_room_set_state (CmRoom          *self,
                   gint64           at,
                   const char      *address,
                   CmModalityState  state,
                   guint32          status)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);

  if (member == NULL || member->state == (int) state)
    return;

  cm_room_count_member (self, member, -1);
  member->state = (int) state;
  cm_room_count_member (self, member, 1);
  cm_room_emit_state (self, at, address, state, status);
  settle (self, at);
}

static void
set_flag (CmRoom     *self,
          gint64      at,
          const char *address,
          int        *known,
          gboolean    flag,
          CmProperty  property)
{
  if (*known == (flag != FALSE))
    return;

  *known = flag != FALSE;
  cm_room_emit_flag (self, at, address, property, flag);
}

/**
 * cm_room_set_presenter:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person of its list
 * @presenter: whether he is a presenter
 */
void
cm_room_set_presenter (CmRoom     *self,
                       gint64      at,
                       const char *address,
                       gboolean    presenter)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);

  if (member != NULL)
    set_flag (self, at, address, &member->presenter, presenter, CM_PROPERTY_IS_PRESENTER);
}

/**
 * cm_room_set_lobby:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person of its list
 * @lobby: whether he waits to be let in
 */
void
cm_room_set_lobby (CmRoom     *self,
                   gint64      at,
                   const char *address,
                   gboolean    lobby)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);

  if (member != NULL && (lobby || member->lobby >= 0))
    set_flag (self, at, address, &member->lobby, lobby, CM_PROPERTY_IS_IN_LOBBY);
}

/**
 * cm_room_set_muted:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person of its list
 * @muted: whether he is muted
 */
void
cm_room_set_muted (CmRoom     *self,
                   gint64      at,
                   const char *address,
                   gboolean    muted)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);

  if (member != NULL && (muted || member->muted >= 0))
    set_flag (self, at, address, &member->muted, muted, CM_PROPERTY_IS_MUTED);
}

/**
 * cm_room_set_name:
 * @self: a room
 * @at: when, ms UTC
 * @address: a person of its list
 * @name: (nullable): what he is called, where that is known by now
 */
void
cm_room_set_name (CmRoom     *self,
                  gint64      at,
                  const char *address,
                  const char *name)
{
  CmRoomMember *member = g_hash_table_lookup (self->members, address);
  CmEvent event = make_member_event (self, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, at, address);

  if (member == NULL || name == NULL || g_strcmp0 (member->name, name) == 0)
    return;

  g_free (member->name);
  member->name = g_strdup (name);
  event.property = CM_PROPERTY_NAME;
  event.value = (CmValue) { CM_VALUE_TEXT, TRUE, 0, cm_text_from_string (name) };
  cm_decoder_emit (self->decoder, &event);
}

/* Returns: whether nobody else comes in, as far as that is known */
gboolean
cm_room_is_locked (CmRoom *self)
{
  return self->locked == TRUE;
}

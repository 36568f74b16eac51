/* cm-room-announce.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-room-private.h"

#include "feeds/decode/cm-conference-access.h"

static void
emit_access (CmRoom *self,
             gint64  at)
{
  cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION,
                         (CmValue) { CM_VALUE_JSON, TRUE, 0, cm_text_from_string (self->access) });
}

static void
emit_flag (CmRoom     *self,
           gint64      at,
           const char *address,
           CmProperty  property,
           int         flag)
{
  if (flag >= 0)
    cm_room_emit_flag (self, at, address, property, flag);
}

static void
announce_member (CmRoom             *self,
                 gint64              at,
                 const char         *address,
                 const CmRoomMember *member)
{
  cm_room_emit_person (self, at, address, member->name);
  emit_flag (self, at, address, CM_PROPERTY_IS_PRESENTER, member->presenter);
  emit_flag (self, at, address, CM_PROPERTY_IS_IN_LOBBY, member->lobby);
  emit_flag (self, at, address, CM_PROPERTY_IS_MUTED, member->muted);
  if (member->state != CM_ROOM_STATE_UNKNOWN)
    cm_room_emit_state (self, at, address, (CmModalityState) member->state, 0);
}

/**
 * cm_room_announce:
 * @self: a room
 * @at: when, ms UTC
 *
 * Says all that is known of it once more, for a tracker that forgets what is not
 * mentioned now.
 */
void
cm_room_announce (CmRoom *self,
                  gint64  at)
{
  GHashTableIter iter;
  gpointer address, member;

  if (!self->begun)
    return;

  cm_room_emit_added (self, at);
  if (self->access != NULL)
    emit_access (self, at);
  if (self->locked >= 0)
    cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCING_LOCKED,
                           (CmValue) { CM_VALUE_BOOLEAN, TRUE, self->locked, CM_TEXT_NONE });

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &address, &member))
    announce_member (self, at, address, member);
  if (self->state != CM_MODALITY_STATE_DISCONNECTED)
    cm_room_emit_state (self, at, NULL, (CmModalityState) self->state, 0);
}

/**
 * cm_room_set_access:
 * @self: a room that has begun
 * @at: when, ms UTC
 * @access: how it is joined: the JSON of a ConferenceAccessInformation
 */
void
cm_room_set_access (CmRoom     *self,
                    gint64      at,
                    const char *access)
{
  if (g_strcmp0 (self->access, access) == 0)
    return;

  g_free (self->access);
  self->access = g_strdup (access);
  emit_access (self, at);
}

/**
 * cm_room_set_link:
 * @self: a room that has begun
 * @at: when, ms UTC
 * @link: the address by which people join it
 */
void
cm_room_set_link (CmRoom     *self,
                  gint64      at,
                  const char *link)
{
  g_autofree char *access = cm_conference_access_dup (NULL, link, NULL);

  cm_room_set_access (self, at, access);
}

/**
 * cm_room_set_subject:
 * @self: a room that has begun
 * @at: when, ms UTC
 * @subject: what people call it, where that is known by now
 */
void
cm_room_set_subject (CmRoom     *self,
                     gint64      at,
                     const char *subject)
{
  if (g_strcmp0 (self->subject, subject) == 0)
    return;

  g_free (self->subject);
  self->subject = g_strdup (subject);
  cm_room_emit_property (self, at, CM_PROPERTY_SUBJECT, cm_value_from_text (subject));
}

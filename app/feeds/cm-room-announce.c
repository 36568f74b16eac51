/* cm-room-announce.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-room-private.h"

#include "core/cm-json-writer.h"

static CmValue
text_value (CmValueType  type,
            const char  *text)
{
  return (CmValue) { type, TRUE, 0, cm_text_from_string (text) };
}

static void
emit_link (CmRoom *self,
           gint64  at)
{
  g_autoptr(GString) access = g_string_new ("{\"ExternalUrl\":");

  cm_json_write_string (access, self->link);
  g_string_append_c (access, '}');
  cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION, text_value (CM_VALUE_JSON, access->str));
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
  if (self->link != NULL)
    emit_link (self, at);
  if (self->locked >= 0)
    cm_room_emit_property (self, at, CM_PROPERTY_CONFERENCING_LOCKED,
                           (CmValue) { CM_VALUE_BOOLEAN, TRUE, self->locked, CM_TEXT_NONE });

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &address, &member))
    announce_member (self, at, address, member);
  if (self->state == CM_MODALITY_STATE_CONNECTED)
    cm_room_emit_state (self, at, NULL, CM_MODALITY_STATE_CONNECTED, 0);
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
  if (g_strcmp0 (self->link, link) == 0)
    return;

  g_free (self->link);
  self->link = g_strdup (link);
  emit_link (self, at);
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
  cm_room_emit_property (self, at, CM_PROPERTY_SUBJECT, text_value (CM_VALUE_TEXT, subject));
}

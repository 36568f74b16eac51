/* cm-janus-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-room-private.h"

#include "model/cm-reason.h"

/* Of so many who have gone is it known when; then the oldest news is news. */
#define MAX_GONE 10000
#define MAX_SUBJECT 1024

/**
 * cm_janus_room_new:
 * @decoder: what emits the room's events; it must outlive the room
 * @id: emitter, plugin and room
 * @plugin: "audiobridge" or "videoroom"
 * @number: what the plugin calls it: digits, or a name
 * @link: (nullable): by which people join it
 *
 * Returns: (transfer full): a room that is not there yet
 */
CmJanusRoom *
cm_janus_room_new (CmDecoder  *decoder,
                   const char *id,
                   const char *plugin,
                   const char *number,
                   const char *link)
{
  CmJanusRoom *self = g_new0 (CmJanusRoom, 1);

  self->decoder = decoder;
  self->id = g_strdup (id);
  self->plugin = g_strdup (plugin);
  self->number = g_strdup (number);
  self->link = g_strdup (link);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cm_janus_member_free);
  self->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->kicked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ended = self->listed = self->told = G_MININT64;

  return self;
}

/**
 * cm_janus_room_free:
 * @self: (transfer full): a room
 */
void
cm_janus_room_free (CmJanusRoom *self)
{
  g_clear_pointer (&self->room, cm_room_free);
  g_hash_table_unref (self->members);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->kicked);
  g_free (self->conversation);
  g_free (self->subject);
  g_free (self->link);
  g_free (self->number);
  g_free (self->plugin);
  g_free (self->id);
  g_free (self);
}

/* Rooms are made again under the same number; Janus has no id for the instance. */
static void
begin (CmJanusRoom         *self,
       const CmJanusMoment *when)
{
  if (self->room != NULL)
    return;

  self->conversation = self->was_there ? g_strdup_printf ("%s/%" G_GINT64_FORMAT, self->id, when->at)
                                       : g_strdup (self->id);
  self->room = cm_room_new (self->decoder, self->conversation);
  self->was_there = TRUE;
  self->begun = when->stamp;
  cm_room_begin (self->room, when->at, NULL, self->subject);
  if (self->link != NULL)
    cm_room_set_link (self->room, when->at, self->link);
}

static void
end (CmJanusRoom         *self,
     const CmJanusMoment *when)
{
  if (self->room == NULL)
    return;

  cm_room_end (self->room, when->at, 0);
  g_clear_pointer (&self->room, cm_room_free);
  g_clear_pointer (&self->conversation, g_free);
  g_hash_table_remove_all (self->members);
  g_hash_table_remove_all (self->gone);
  self->created = FALSE;
  self->muted = FALSE;
  self->told = G_MININT64;
  self->ended = when->stamp;
}

/**
 * cm_janus_room_set_subject:
 * @self: a room
 * @when: when it was said
 * @subject: its description, which only the API's "list" tells
 */
void
cm_janus_room_set_subject (CmJanusRoom         *self,
                           const CmJanusMoment *when,
                           const char          *subject)
{
  if (strlen (subject) > MAX_SUBJECT || g_strcmp0 (self->subject, subject) == 0)
    return;

  g_free (self->subject);
  self->subject = g_strdup (subject);
  if (self->room != NULL)
    cm_room_set_subject (self->room, when->at, subject);
}

/**
 * cm_janus_room_create:
 * @self: a room
 * @when: when it was made
 *
 * Made while it is there: then its end was lost, unless the news is old.
 */
void
cm_janus_room_create (CmJanusRoom         *self,
                      const CmJanusMoment *when)
{
  if (when->stamp <= self->ended || (self->room == NULL && when->stamp <= self->listed))
    return;
  if (self->room != NULL && self->created && when->stamp > self->begun)
    end (self, when);

  begin (self, when);
  self->created = TRUE;
}

/**
 * cm_janus_room_destroy:
 * @self: a room
 * @when: when it ended; for those inside there is no "left"
 */
void
cm_janus_room_destroy (CmJanusRoom         *self,
                       const CmJanusMoment *when)
{
  if (self->room == NULL || when->stamp < self->begun)
    return;

  end (self, when);
  g_hash_table_remove_all (self->kicked);
}

static gboolean
is_stale (CmJanusRoom         *self,
          const CmJanusMoment *when,
          const char          *id)
{
  const gint64 *gone = g_hash_table_lookup (self->gone, id);

  return when->stamp <= self->ended || when->stamp <= self->listed || (gone != NULL && when->stamp <= *gone);
}

static void
note_gone (CmJanusRoom *self,
           const char  *id,
           gint64       stamp)
{
  if (g_hash_table_size (self->gone) >= MAX_GONE)
    g_hash_table_remove_all (self->gone);

  g_hash_table_insert (self->gone, g_strdup (id), g_memdup2 (&stamp, sizeof stamp));
}

static void
remove_member (CmJanusRoom         *self,
               const CmJanusMoment *when,
               const char          *id,
               guint32              status)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  cm_room_remove (self->room, when->at, member->address, status);
  note_gone (self, id, when->stamp);
  g_hash_table_remove (self->members, id);
}

/**
 * cm_janus_room_join:
 * @self: a room
 * @when: when it was said
 * @id: a person
 * @anew: whether he comes in by another handle than before
 *
 * Anything that only somebody inside can do tells that he is inside: Janus drops
 * events that it cannot deliver, and "joined" may be one of them.
 *
 * Returns: whether he is in the room: not where the news is older than his end
 */
gboolean
cm_janus_room_join (CmJanusRoom         *self,
                    const CmJanusMoment *when,
                    const char          *id,
                    gboolean             anew)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member != NULL && anew && when->stamp > member->since)
    {
      remove_member (self, when, id, 0);
      g_hash_table_remove (self->gone, id);
      member = NULL;
    }
  if (member != NULL)
    return TRUE;
  if (is_stale (self, when, id))
    return FALSE;

  begin (self, when);
  g_hash_table_remove (self->gone, id);
  g_hash_table_insert (self->members, g_strdup (id), cm_janus_member_new (id, when->stamp));

  return TRUE;
}

/**
 * cm_janus_room_leave:
 * @self: a room
 * @when: when he left
 * @id: a person
 * @status: why, or 0
 *
 * A room that was made by request stays when all have left, until it is
 * destroyed. One that is always there has its meeting over then: nothing else
 * would ever end it.
 */
void
cm_janus_room_leave (CmJanusRoom         *self,
                     const CmJanusMoment *when,
                     const char          *id,
                     guint32              status)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member == NULL || when->stamp < member->since)
    return;

  remove_member (self, when, id, status);
  if (!self->created && g_hash_table_size (self->members) == 0)
    end (self, when);
}

/**
 * cm_janus_room_kick:
 * @self: a room
 * @when: when he was removed
 * @id: a person
 * @left_follows: whether the plugin says "left" as well, later
 */
void
cm_janus_room_kick (CmJanusRoom         *self,
                    const CmJanusMoment *when,
                    const char          *id,
                    gboolean             left_follows)
{
  if (!g_hash_table_contains (self->members, id))
    return;

  cm_janus_room_leave (self, when, id, CM_STATUS_REMOVED);
  if (left_follows)
    g_hash_table_insert (self->kicked, g_strdup (id), g_memdup2 (&when->stamp, sizeof when->stamp));
}

/**
 * cm_janus_room_take_left:
 * @self: a room
 * @id: a person of whom a "left" without a handle has come
 *
 * The "left" after a kick comes 0.4 s later and names no handle; by then he may
 * be back, and it is not about that.
 *
 * Returns: whether it belongs to the kick
 */
gboolean
cm_janus_room_take_left (CmJanusRoom *self,
                         const char  *id)
{
  return g_hash_table_remove (self->kicked, id);
}

static void
show_state (CmJanusRoom         *self,
            const CmJanusMoment *when,
            CmJanusMember       *member,
            guint32              status)
{
  cm_room_set_state (self->room, when->at, member->address,
                     (CmModalityState) cm_janus_member_get_state (member), status);
}

static void
show_muted (CmJanusRoom         *self,
            const CmJanusMoment *when,
            CmJanusMember       *member)
{
  cm_room_set_muted (self->room, when->at, member->address, member->muted || self->muted);
}

/* He is listed as soon as he is described: by then his name is known. */
static void
show_name (CmJanusRoom         *self,
           const CmJanusMoment *when,
           CmJanusMember       *member,
           const char          *name)
{
  if (cm_janus_member_set_name (member, name))
    cm_room_set_name (self->room, when->at, member->address, name);

  cm_room_add (self->room, when->at, member->address, member->name);
}

/**
 * cm_janus_room_describe:
 * @self: a room
 * @when: when it was said
 * @id: a person in it
 * @data: what is said of him: display, setup, muted, streams
 */
void
cm_janus_room_describe (CmJanusRoom         *self,
                        const CmJanusMoment *when,
                        const char          *id,
                        JsonObject          *data)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member == NULL)
    return;

  if (when->stamp >= member->told)
    {
      member->told = when->stamp;
      show_name (self, when, member, cm_record_get_string (data, "display"));
      cm_janus_member_describe (member, data);
    }
  show_state (self, when, member, 0);
  show_muted (self, when, member);
}

/**
 * cm_janus_room_set_media:
 * @self: a room
 * @when: when it was said
 * @id: a person
 * @media: a #CmModalityState, or %CM_JANUS_NO_MEDIA
 * @status: why, or 0
 */
void
cm_janus_room_set_media (CmJanusRoom         *self,
                         const CmJanusMoment *when,
                         const char          *id,
                         int                  media,
                         guint32              status)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member == NULL)
    return;

  member->media = media;
  show_state (self, when, member, status);
}

/**
 * cm_janus_room_publish:
 * @self: a room of the VideoRoom plugin
 * @when: when it was said
 * @id: a person; "unpublished" comes twice, and also for who has left
 * @publishes: whether he sends media: then he is a presenter
 */
void
cm_janus_room_publish (CmJanusRoom         *self,
                       const CmJanusMoment *when,
                       const char          *id,
                       gboolean             publishes)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member == NULL || when->stamp < member->published)
    return;

  member->published = when->stamp;
  cm_room_set_presenter (self->room, when->at, member->address, publishes);
}

/**
 * cm_janus_room_moderate:
 * @self: a room of the VideoRoom plugin
 * @when: when it was said
 * @id: a person
 * @data: "mid" and "moderation"
 */
void
cm_janus_room_moderate (CmJanusRoom         *self,
                        const CmJanusMoment *when,
                        const char          *id,
                        JsonObject          *data)
{
  CmJanusMember *member = g_hash_table_lookup (self->members, id);

  if (member == NULL || !cm_janus_member_moderate (member, data))
    return;

  member->told = MAX (member->told, when->stamp);
  show_muted (self, when, member);
}

/**
 * cm_janus_room_mute:
 * @self: a room
 * @when: when it was said
 * @id: (nullable): a person; %NULL means the whole room, over what each one is
 * @muted: whether
 */
void
cm_janus_room_mute (CmJanusRoom         *self,
                    const CmJanusMoment *when,
                    const char          *id,
                    gboolean             muted)
{
  CmJanusMember *member = id != NULL ? g_hash_table_lookup (self->members, id) : NULL;
  GHashTableIter iter;
  gpointer value;

  if (member != NULL && when->stamp >= member->told)
    {
      member->told = when->stamp;
      member->muted = muted;
      show_muted (self, when, member);
    }
  if (id != NULL || self->room == NULL || when->stamp < self->told)
    return;

  self->told = when->stamp;
  self->muted = muted;
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    show_muted (self, when, value);
}

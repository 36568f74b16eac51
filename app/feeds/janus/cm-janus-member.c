/* cm-janus-member.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-member.h"

#include "core/cm-wire.h"

#define MAX_NAME 1024

/**
 * cm_janus_member_new:
 * @id: what he is called in the room's events
 * @since: when he came in, µs
 *
 * Returns: (transfer full): a person in a room
 */
CmJanusMember *
cm_janus_member_new (const char *id,
                     gint64      since)
{
  CmJanusMember *self = g_new0 (CmJanusMember, 1);

  /* The prefix keeps a number from being taken for a telephone's. */
  self->address = g_strconcat ("janus:", id, NULL);
  self->since = since;
  self->base = CM_MODALITY_STATE_CONNECTED;
  self->media = CM_JANUS_NO_MEDIA;
  self->told = G_MININT64;
  self->published = G_MININT64;
  self->video = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->audio = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * cm_janus_member_free:
 * @data: (transfer full): a person in a room
 */
void
cm_janus_member_free (gpointer data)
{
  CmJanusMember *self = data;

  g_free (self->address);
  g_free (self->name);
  g_hash_table_unref (self->video);
  g_hash_table_unref (self->audio);
  g_free (self);
}

/**
 * cm_janus_member_get_state:
 * @self: a person
 *
 * Returns: a #CmModalityState: that of his media where there is any
 */
int
cm_janus_member_get_state (CmJanusMember *self)
{
  return self->media != CM_JANUS_NO_MEDIA ? self->media : self->base;
}

/* The streams that he publishes: a muted camera is nobody's silence. */
static void
note_streams (CmJanusMember *self,
              JsonArray     *streams)
{
  g_hash_table_remove_all (self->video);
  g_hash_table_remove_all (self->audio);

  for (guint i = 0; i < json_array_get_length (streams); i++)
    {
      JsonNode *node = json_array_get_element (streams, i);
      JsonObject *stream = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *mid = cm_record_get_string (stream, "mid");

      if (mid != NULL && strlen (mid) <= CM_JANUS_MAX_ID)
        g_hash_table_add (g_strcmp0 (cm_record_get_string (stream, "type"), "audio") == 0 ? self->audio : self->video,
                          g_strdup (mid));
    }
}

/**
 * cm_janus_member_describe:
 * @self: a person
 * @data: what is said of him: "setup" (whether his media stands), "muted" and
 *   "streams"; what is absent stays as it was
 */
void
cm_janus_member_describe (CmJanusMember *self,
                          JsonObject    *data)
{
  int setup = cm_record_get_flag (data, "setup");
  int muted = cm_record_get_flag (data, "muted");
  JsonArray *streams = cm_record_get_array (data, "streams");

  if (setup >= 0)
    self->base = setup ? CM_MODALITY_STATE_CONNECTED : CM_MODALITY_STATE_JOINING;
  if (muted >= 0)
    self->muted = muted;
  if (streams != NULL)
    note_streams (self, streams);
}

/**
 * cm_janus_member_set_name:
 * @self: a person
 * @name: (nullable): his display name, where one was given
 *
 * Returns: whether that is another name than before
 */
gboolean
cm_janus_member_set_name (CmJanusMember *self,
                          const char    *name)
{
  if (name == NULL || strlen (name) > MAX_NAME || g_strcmp0 (name, self->name) == 0)
    return FALSE;

  g_free (self->name);
  self->name = g_strdup (name);

  return TRUE;
}

/**
 * cm_janus_member_moderate:
 * @self: a person
 * @data: of a "moderated" event: "mid" and "moderation"
 *
 * Returns: whether it is his voice that is meant
 */
gboolean
cm_janus_member_moderate (CmJanusMember *self,
                          JsonObject    *data)
{
  const char *mid = cm_record_get_string (data, "mid");

  if (mid != NULL && g_hash_table_contains (self->video, mid))
    return FALSE;

  self->muted = g_strcmp0 (cm_record_get_string (data, "moderation"), "muted") == 0;

  return TRUE;
}

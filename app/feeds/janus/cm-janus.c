/* cm-janus.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-private.h"


/* Types of events, as events/eventhandler.h numbers them. */
#define TYPE_SESSION 1
#define TYPE_HANDLE 2
#define TYPE_JSEP 8
#define TYPE_WEBRTC 16
#define TYPE_MEDIA 32
#define TYPE_PLUGIN 64
#define TYPE_CORE 256
#define CORE_SHUTDOWN 2 /* and 1 is the start */

/* The year 9999. */
#define MAX_STAMP G_GINT64_CONSTANT (253402300800000000)

/* What is said of whom: a record of type 64, taken apart. */
typedef struct
{
  JsonObject    *data;
  const char    *name;
  CmJanusRoom   *room;
  CmJanusHandle *handle; /* (nullable) */
  const char    *id;     /* (nullable) */
  gboolean       video;
  CmJanusMoment  when;
} News;

G_DEFINE_FINAL_TYPE (CmJanus, cm_janus, CM_TYPE_DECODER)

static CmJanusHandle *
get_handle (CmJanus    *self,
            const char *emitter,
            JsonObject *record)
{
  return cm_janus_handles_get (self->handles, emitter, record);
}

/* A person is as far as the best of his handles. */
static void
show_media (CmJanus             *self,
            const CmJanusMoment *when,
            CmJanusHandle       *owner,
            guint32              status)
{
  cm_janus_room_set_media (owner->room, when, owner->member,
                           cm_janus_handles_get_media (self->handles, owner), status);
}

static void
take_media (CmJanus             *self,
            const CmJanusMoment *when,
            CmJanusHandle       *handle,
            JsonObject          *event)
{
  CmJanusHandle *owner;
  guint32 status;

  if (handle == NULL || event == NULL || !cm_janus_handle_take_media (handle, event, when->stamp, &status))
    return;

  owner = cm_janus_handles_find_owner (self->handles, handle);
  if (owner != NULL)
    show_media (self, when, owner, status);
}

static void
tie (CmJanusHandle *handle,
     const News    *news)
{
  if (handle == NULL)
    return;

  handle->room = news->room;
  handle->was_in = TRUE;
  g_free (handle->member);
  handle->member = g_strdup (news->id);
}

static gboolean
is_other_handle (const News *news)
{
  return news->handle != NULL &&
         (news->handle->room != news->room || g_strcmp0 (news->handle->member, news->id) != 0);
}

static void
take_person (CmJanus    *self,
             const News *news)
{
  gboolean joined = g_str_equal (news->name, "joined");
  gboolean anew = joined && is_other_handle (news);

  if (!cm_janus_room_join (news->room, &news->when, news->id, anew))
    return;

  tie (news->handle, news);
  cm_janus_room_describe (news->room, &news->when, news->id, news->data);
  if (news->video && (joined || g_str_equal (news->name, "published")))
    cm_janus_room_publish (news->room, &news->when, news->id, !joined);
  if (news->handle != NULL && news->handle->member != NULL)
    show_media (self, &news->when, news->handle, 0);
}

/* Who has left by one handle and is back by another has not left; and a handle that
 * is in another room by now stays there. One of which nothing was heard is that of
 * somebody who was in before. */
static void
take_left (const News *news)
{
  if (news->handle != NULL && news->handle->member == NULL && news->handle->was_in)
    return;
  if (news->handle == NULL && cm_janus_room_take_left (news->room, news->id))
    return;

  cm_janus_room_leave (news->room, &news->when, news->id, 0);
  if (news->handle != NULL && news->handle->room == news->room)
    g_clear_pointer (&news->handle->member, g_free);
}

static gboolean
is_one_of (const char *name,
           const char *names)
{
  g_auto(GStrv) list = g_strsplit (names, " ", 0);

  return g_strv_contains ((const char * const *) list, name);
}

/* Returns: whether the event is one of the room itself. */
static gboolean
take_room_news (const News *news)
{
  if (g_str_equal (news->name, "created"))
    cm_janus_room_create (news->room, &news->when);
  else if (g_str_equal (news->name, "destroyed"))
    cm_janus_room_destroy (news->room, &news->when);
  else if (is_one_of (news->name, "mute_room unmute_room"))
    cm_janus_room_mute (news->room, &news->when, NULL, g_str_equal (news->name, "mute_room"));
  else
    return FALSE;

  return TRUE;
}

static gboolean
take_person_news (CmJanus    *self,
                  const News *news)
{
  if (news->id == NULL)
    return FALSE;

  if (is_one_of (news->name, "joined configured published"))
    take_person (self, news);
  else if (is_one_of (news->name, "left leaving"))
    take_left (news);
  else if (g_str_equal (news->name, "kicked"))
    cm_janus_room_kick (news->room, &news->when, news->id, !news->video);
  else if (is_one_of (news->name, "mute unmute"))
    cm_janus_room_mute (news->room, &news->when, news->id, g_str_equal (news->name, "mute"));
  else if (g_str_equal (news->name, "unpublished"))
    cm_janus_room_publish (news->room, &news->when, news->id, FALSE);
  else if (g_str_equal (news->name, "moderated"))
    cm_janus_room_moderate (news->room, &news->when, news->id, news->data);
  else
    return FALSE;

  return TRUE;
}

static void
take_news (CmJanus *self,
           News    *news)
{
  if (take_room_news (news) || take_person_news (self, news))
    return;

  /* A handle that only looks at a room is its person's, not another person. */
  if (is_one_of (news->name, "subscribing subscribed") && news->handle != NULL)
    news->handle->room = news->room;
  else
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* "moderated" has its name under the plugin's own, as in the API. */
static const char *
get_name (JsonObject *data,
          const char *plugin)
{
  const char *name = cm_record_get_string (data, "event");

  return name != NULL ? name : cm_record_get_string (data, plugin);
}

static void
take_plugin (CmJanus             *self,
             const CmJanusMoment *when,
             const char          *emitter,
             JsonObject          *record)
{
  JsonObject *event = cm_record_get_object (record, "event");
  JsonObject *data = cm_record_get_object (event, "data");
  g_autofree char *room = cm_janus_dup_id (data, "room");
  g_autofree char *id = cm_janus_dup_id (data, "id");
  const char *plugin = cm_janus_get_plugin (event);
  News news = { .data = data, .id = id, .when = *when };

  if (plugin == NULL || room == NULL || (news.name = get_name (data, plugin)) == NULL)
    {
      cm_decoder_count_unknown (CM_DECODER (self));
      return;
    }

  news.video = g_str_equal (plugin, "videoroom");
  news.room = cm_janus_get_room (self, emitter, plugin, data);
  news.handle = get_handle (self, emitter, record);
  if (news.room != NULL)
    take_news (self, &news);
}

static void
drop_handle (const CmJanusMoment *when,
             CmJanusHandle       *handle)
{
  if (handle->member != NULL)
    cm_janus_room_leave (handle->room, when, handle->member, 0);
}

static void
take_handle (CmJanus             *self,
             const CmJanusMoment *when,
             const char          *emitter,
             JsonObject          *record)
{
  CmJanusHandle *handle = get_handle (self, emitter, record);
  const char *name = cm_record_get_string (cm_record_get_object (record, "event"), "name");
  g_autofree char *key = NULL;

  if (handle == NULL || g_strcmp0 (name, "detached") != 0)
    return;

  key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, emitter, cm_record_get_integer (record, "handle_id", 0));
  drop_handle (when, handle);
  g_hash_table_remove (self->handles, key);
}

/* The session's handles go with it, whether their "detached" comes before, after
 * or never. @session 0 means all of that Janus. */
static void
drop_session (CmJanus             *self,
              const CmJanusMoment *when,
              const char          *emitter,
              gint64               session)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->handles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CmJanusHandle *handle = value;

      if (!g_str_equal (handle->emitter, emitter) || (session != 0 && handle->session != session))
        continue;

      drop_handle (when, handle);
      g_hash_table_iter_remove (&iter);
    }
}

/* Shutdown ends all; and where a start comes without one, it was missed. */
static void
take_core (CmJanus             *self,
           const CmJanusMoment *when,
           const char          *emitter)
{
  g_autofree char *prefix = g_strconcat (emitter, "/", NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (g_str_has_prefix (key, prefix))
        cm_janus_room_destroy (value, when);
    }

  drop_session (self, when, emitter, 0);
}

static void
take_typed (CmJanus             *self,
            const CmJanusMoment *when,
            const char          *emitter,
            JsonObject          *record)
{
  JsonObject *event = cm_record_get_object (record, "event");
  gint64 session = cm_record_get_integer (record, "session_id", 0);

  switch (cm_record_get_integer (record, "type", 0))
    {
    case TYPE_SESSION:
      if (session != 0 && g_strcmp0 (cm_record_get_string (event, "name"), "destroyed") == 0)
        drop_session (self, when, emitter, session);
      break;
    case TYPE_HANDLE:
      take_handle (self, when, emitter, record);
      break;
    case TYPE_JSEP:
    case TYPE_WEBRTC:
    case TYPE_MEDIA:
      take_media (self, when, get_handle (self, emitter, record), event);
      break;
    case TYPE_PLUGIN:
      take_plugin (self, when, emitter, record);
      break;
    case TYPE_CORE:
      if (cm_record_get_integer (record, "subtype", 0) <= CORE_SHUTDOWN)
        take_core (self, when, emitter);
      break;
    default:
      cm_decoder_count_unknown (CM_DECODER (self));
    }
}

static void
take_event (CmJanus    *self,
            JsonObject *record)
{
  const char *emitter = cm_record_get_string (record, "emitter");
  gint64 stamp = cm_record_get_integer (record, "timestamp", self->newest);
  CmJanusMoment when = { stamp / 1000, stamp };

  if (emitter == NULL || strlen (emitter) > CM_JANUS_MAX_ID)
    emitter = "";
  if (!json_object_has_member (record, "type") || stamp < 0 || stamp >= MAX_STAMP)
    {
      cm_decoder_fault (CM_DECODER (self), "the record is no event of Janus");
      return;
    }

  self->newest = MAX (self->newest, stamp);
  if (g_strcmp0 (self->emitter, emitter) != 0)
    {
      g_free (self->emitter);
      self->emitter = g_strdup (emitter);
    }
  take_typed (self, &when, self->emitter, record);
}

static void
take_node (CmJanus  *self,
           JsonNode *node)
{
  JsonObject *record = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (record == NULL)
    cm_decoder_fault (CM_DECODER (self), "the record is not an object");
  else if (cm_record_get_object (record, "msg") != NULL)
    cm_janus_take_answer (self, record);
  else
    take_event (self, record);
}

static void
cm_janus_record (CmDecoder  *decoder,
                 const char *bytes,
                 gsize       size)
{
  CmJanus *self = CM_JANUS (decoder);
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);
  JsonNode *root;

  if (parser == NULL)
    return;

  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      take_node (self, root);
      return;
    }

  for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
    take_node (self, json_array_get_element (json_node_get_array (root), i));
}

static void
cm_janus_announce (CmDecoder *decoder,
                   gint64     at)
{
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, CM_JANUS (decoder)->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    cm_janus_room_announce (room, at);
}

static void
cm_janus_finalize (GObject *object)
{
  CmJanus *self = CM_JANUS (object);

  g_hash_table_unref (self->handles);
  g_hash_table_unref (self->rooms);
  g_free (self->emitter);
  g_free (self->link);

  G_OBJECT_CLASS (cm_janus_parent_class)->finalize (object);
}

static void
cm_janus_class_init (CmJanusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_janus_finalize;
  CM_DECODER_CLASS (klass)->record = cm_janus_record;
  CM_DECODER_CLASS (klass)->announce = cm_janus_announce;
}

static void
cm_janus_init (CmJanus *self)
{
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) cm_janus_room_free);
  self->handles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cm_janus_handle_free);
  self->emitter = g_strdup ("");
  for (guint i = 0; i < CM_JANUS_N_PLUGINS; i++)
    self->listed[i] = G_MININT64;
}

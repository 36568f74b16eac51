/* cm-janus-handle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-handle.h"

#define MAX_HANDLES 65536

/* E_FAIL: what is known of it is that it failed. */
#define STATUS_FAILED 0x80004005U

typedef struct
{
  const char *name;
  const char *value;
  int         media;
} Stage;

/* What Janus says on the way, in its own words (core events of type 16). */
static const Stage stages[] = {
  { "ice", "gathering", CM_MODALITY_STATE_CONNECTING },
  { "ice", "connecting", CM_MODALITY_STATE_JOINING },
  { "ice", "connected", CM_MODALITY_STATE_JOINING },
  { "ice", "ready", CM_MODALITY_STATE_JOINING },
  { "ice", "failed", CM_MODALITY_STATE_DISCONNECTED },
  { "dtls", "trying", CM_MODALITY_STATE_JOINING },
  { "dtls", "connected", CM_MODALITY_STATE_JOINING },
  { "dtls", "failed", CM_MODALITY_STATE_DISCONNECTED },
  { "connection", "webrtcup", CM_MODALITY_STATE_CONNECTED },
  { "connection", "hangup", CM_MODALITY_STATE_DISCONNECTED },
};

/**
 * cm_janus_handle_new:
 * @emitter: the Janus that it belongs to
 * @session: the session that it belongs to
 *
 * Returns: (transfer full): a handle without media
 */
CmJanusHandle *
cm_janus_handle_new (const char *emitter,
                     gint64      session)
{
  CmJanusHandle *self = g_new0 (CmJanusHandle, 1);

  self->emitter = g_strdup (emitter);
  self->session = session;
  self->media = CM_JANUS_NO_MEDIA;
  self->up = G_MININT64;
  self->cut = G_MININT64;

  return self;
}

/**
 * cm_janus_handle_free:
 * @data: (transfer full): a handle
 */
void
cm_janus_handle_free (gpointer data)
{
  CmJanusHandle *self = data;

  g_free (self->emitter);
  g_free (self->opaque_id);
  g_free (self->member);
  g_free (self);
}

static int
get_rank (int media)
{
  switch (media)
    {
    case CM_MODALITY_STATE_DISCONNECTED:
      return 1;
    case CM_MODALITY_STATE_CONNECTING:
      return 2;
    case CM_MODALITY_STATE_JOINING:
      return 3;
    case CM_MODALITY_STATE_CONNECTED:
      return 4;
    default:
      return 0;
    }
}

static int
find_media (JsonObject *event)
{
  if (cm_record_get_object (event, "jsep") != NULL)
    return CM_MODALITY_STATE_CONNECTING;
  if (cm_record_get_flag (event, "receiving") == 1)
    return CM_MODALITY_STATE_CONNECTED;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (g_strcmp0 (cm_record_get_string (event, stages[i].name), stages[i].value) == 0)
        return stages[i].media;
    }

  return CM_JANUS_NO_MEDIA;
}

/* "Close PC" is what a client does that leaves; "ICE failed" and "DTLS alert"
 * happen to it. */
static guint32
get_status (JsonObject *event)
{
  const char *reason = cm_record_get_string (event, "reason");
  gboolean alert = reason != NULL && strstr (reason, "alert") != NULL;
  gboolean failed = reason != NULL && strstr (reason, "failed") != NULL;
  gboolean hangup = g_strcmp0 (cm_record_get_string (event, "connection"), "hangup") == 0;

  return !hangup || alert || failed ? STATUS_FAILED : 0;
}

static gboolean
hang_up (CmJanusHandle *self,
         JsonObject    *event,
         gint64         stamp,
         guint32       *status)
{
  if (stamp < self->up || self->media == CM_JANUS_NO_MEDIA)
    return FALSE;

  self->cut = stamp;
  self->media = CM_MODALITY_STATE_DISCONNECTED;
  *status = get_status (event);

  return TRUE;
}

/**
 * cm_janus_handle_take_media:
 * @self: a handle
 * @event: the event of a record of type 8, 16 or 32
 * @stamp: when, µs
 * @status: (out): why its media ended, or 0
 *
 * Media that stands is not taken back by an offer or by late news of its way:
 * only a hang-up ends it.
 *
 * Returns: whether its media has come further, or has ended
 */
gboolean
cm_janus_handle_take_media (CmJanusHandle *self,
                            JsonObject    *event,
                            gint64         stamp,
                            guint32       *status)
{
  int media = find_media (event);

  *status = 0;
  if (media == CM_MODALITY_STATE_DISCONNECTED)
    return hang_up (self, event, stamp, status);
  if (stamp < self->cut || get_rank (media) <= get_rank (self->media))
    return FALSE;

  self->media = media;
  if (media == CM_MODALITY_STATE_CONNECTED)
    self->up = stamp;

  return TRUE;
}

/**
 * cm_janus_handles_get:
 * @handles: (element-type utf8 CmJanusHandle): those that are known
 * @emitter: the Janus that the record is from
 * @record: an event
 *
 * Returns: (transfer none) (nullable): the handle that the record names
 */
CmJanusHandle *
cm_janus_handles_get (GHashTable *handles,
                      const char *emitter,
                      JsonObject *record)
{
  gint64 id = cm_record_get_integer (record, "handle_id", 0);
  const char *opaque_id = cm_record_get_string (record, "opaque_id");
  g_autofree char *key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, emitter, id);
  CmJanusHandle *handle = g_hash_table_lookup (handles, key);

  if (id == 0 || (handle == NULL && g_hash_table_size (handles) >= MAX_HANDLES))
    return NULL;

  if (handle == NULL)
    {
      handle = cm_janus_handle_new (emitter, cm_record_get_integer (record, "session_id", 0));
      g_hash_table_insert (handles, g_steal_pointer (&key), handle);
    }
  if (opaque_id != NULL && handle->opaque_id == NULL && strlen (opaque_id) <= CM_JANUS_MAX_ID)
    handle->opaque_id = g_strdup (opaque_id);

  return handle;
}

static gboolean
is_companion (const CmJanusHandle *handle,
              const CmJanusHandle *owner)
{
  if (owner->member == NULL || handle->member != NULL ||
      !g_str_equal (handle->emitter, owner->emitter) ||
      (handle->room != NULL && handle->room != owner->room))
    return FALSE;

  return (handle->session != 0 && handle->session == owner->session) ||
         (handle->opaque_id != NULL && g_strcmp0 (handle->opaque_id, owner->opaque_id) == 0);
}

/**
 * cm_janus_handles_find_owner:
 * @handles: (element-type utf8 CmJanusHandle): those that are known
 * @handle: one of them
 *
 * Returns: (transfer none) (nullable): the handle by which the person is in that
 *   @handle belongs to, by opaque_id or session; %NULL where several people are
 *   in by them
 */
CmJanusHandle *
cm_janus_handles_find_owner (GHashTable    *handles,
                             CmJanusHandle *handle)
{
  CmJanusHandle *owner = NULL;
  GHashTableIter iter;
  gpointer value;

  if (handle->member != NULL)
    return handle;

  g_hash_table_iter_init (&iter, handles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (!is_companion (handle, value))
        continue;
      if (owner != NULL)
        return NULL;
      owner = value;
    }

  return owner;
}

/**
 * cm_janus_handles_get_media:
 * @handles: (element-type utf8 CmJanusHandle): those that are known
 * @owner: one by which a person is in
 *
 * Returns: how far the best of that person's handles has come
 */
int
cm_janus_handles_get_media (GHashTable    *handles,
                            CmJanusHandle *owner)
{
  int media = owner->media;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, handles);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (is_companion (value, owner) && cm_janus_handles_find_owner (handles, value) == owner &&
          get_rank (((CmJanusHandle *) value)->media) > get_rank (media))
        media = ((CmJanusHandle *) value)->media;
    }

  return media;
}

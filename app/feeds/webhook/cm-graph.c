/* cm-graph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-private.h"

#include "core/cm-time.h"
#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-graph-identity.h"

G_DEFINE_FINAL_TYPE (CmGraph, cm_graph, CM_TYPE_DECODER)

/**
 * cm_graph_join:
 * @self: a decoder
 * @meeting: a meeting that goes on
 * @scope: what roles in it are known by
 * @stay: (nullable): the key of his stay, where it has one
 * @set: (nullable): a set of identities: who he is
 *
 * Returns: (nullable) (transfer full): the key of the stay that was begun
 */
char *
cm_graph_join (CmGraph    *self,
               CmMeeting  *meeting,
               const char *scope,
               const char *stay,
               JsonObject *set)
{
  gboolean is_phone;
  JsonObject *identity = cm_graph_find_identity (set, &is_phone);
  g_autofree char *id = cm_graph_dup_either (identity, "id", "Id");
  g_autofree char *name = cm_graph_dup_either (identity, "displayName", "DisplayName");
  g_autofree char *address = cm_graph_dup_set_address (set);
  const char *key = stay != NULL ? stay : id;
  int presents;

  if (address == NULL || strlen (key) > CM_EVENT_MAX_ID)
    return NULL;

  presents = cm_graph_get_role (self, scope, id);
  cm_meeting_claim (meeting, key, address);
  if (!cm_meeting_join (meeting, self->at, key, address, name))
    return NULL;
  if (presents >= 0)
    cm_meeting_set_presenter (meeting, self->at, key, presents);

  return g_strdup (key);
}

static void
take_record (CmGraph    *self,
             JsonObject *record)
{
  JsonArray *value = cm_record_get_array (record, "value");
  const char *type = cm_record_get_string (record, "eventType");

  for (guint i = 0; value != NULL && i < json_array_get_length (value); i++)
    cm_graph_take_notification (self, cm_record_as_object (json_array_get_element (value, i)));

  if (value == NULL && type != NULL)
    cm_graph_take_meeting_event (self, type, record);
  else if (value == NULL && cm_record_get_object (record, "participants") != NULL)
    cm_graph_learn_meeting (self, record);
  else if (value == NULL)
    cm_decoder_fault (CM_DECODER (self), "the record is no notification of Graph");
}

static void
cm_graph_record (CmDecoder  *decoder,
                 const char *bytes,
                 gsize       size)
{
  CmGraph *self = CM_GRAPH (decoder);
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);
  JsonObject *record = parser != NULL ? cm_record_as_object (json_parser_get_root (parser)) : NULL;
  JsonObject *body = cm_record_get_object (record, "body");
  const char *at = cm_record_get_string (record, "at");
  CmTimeCache cache = { 0 };

  if (parser == NULL)
    return;

  if (body != NULL && at != NULL && !cm_time_parse (&cache, cm_text_from_string (at), &self->at))
    cm_decoder_fault (decoder, "\"at\" is not a time of RFC 3339");
  take_record (self, body != NULL ? body : record);
}

static void
cm_graph_set_time (CmDecoder *decoder,
                  gint64     at)
{
  CM_GRAPH (decoder)->at = at;
}

static void
cm_graph_recall (CmDecoder          *decoder,
                 const char         *conversation,
                 const char * const *persons)
{
  cm_meetings_recall (CM_GRAPH (decoder)->meetings, decoder, conversation, persons);
}

static void
cm_graph_finalize (GObject *object)
{
  CmGraph *self = CM_GRAPH (object);

  g_hash_table_unref (self->meetings);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->ended);

  G_OBJECT_CLASS (cm_graph_parent_class)->finalize (object);
}

static void
cm_graph_class_init (CmGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_graph_finalize;
  CM_DECODER_CLASS (klass)->record = cm_graph_record;
  CM_DECODER_CLASS (klass)->recall = cm_graph_recall;
  CM_DECODER_CLASS (klass)->set_time = cm_graph_set_time;
  CM_DECODER_CLASS (klass)->has_secrets = TRUE;
}

static void
cm_graph_init (CmGraph *self)
{
  self->meetings = cm_meetings_new ();
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cm_graph_call_free);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * cm_graph_wants_look:
 * @self: a decoder
 *
 * Returns: whether, since this was last asked, a call was heard of of which more may
 *   be known than was posted, or Graph itself has said that something was lost
 */
gboolean
cm_graph_wants_look (CmGraph *self)
{
  gboolean wants_look = self->wants_look;

  self->wants_look = FALSE;

  return wants_look;
}

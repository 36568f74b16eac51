/* cm-ucwa.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-private.h"

#include "feeds/decode/cm-record-json.h"
#include "feeds/skype/cm-ucwa-reason.h"

/* An event of the channel, taken apart. */
typedef struct
{
  const char *rel;
  const char *href;
  const char *title;
  const char *in_rel;  /* (nullable) */
  const char *in_href; /* (nullable) */
  const char *type;
  JsonObject *resource; /* (nullable): what came with it */
  JsonObject *event;
} News;

G_DEFINE_FINAL_TYPE (CmUcwa, cm_ucwa, CM_TYPE_DECODER)

static void
take_participant_event (CmUcwa     *self,
                        CmUcwaTalk *talk,
                        const News *news)
{
  gboolean deleted = g_str_equal (news->type, "deleted");
  CmUcwaGroup group;

  if (news->href == NULL)
    return;

  if (cm_ucwa_find_group (news->in_rel, &group))
    {
      if (!deleted)
        cm_ucwa_talk_expect_person (talk, news->href, news->title, FALSE);
      if (!deleted || cm_ucwa_talk_has_person (talk, news->href))
        cm_ucwa_talk_set_group (talk, self->at, news->href, group, !deleted);
      return;
    }

  if (deleted)
    cm_ucwa_talk_drop_person (talk, self->at, news->href, cm_ucwa_get_status (news->event));
  else
    cm_ucwa_talk_expect_person (talk, news->href, news->title, g_str_equal (news->rel, "localParticipant"));
}

static void
take_conversation_event (CmUcwa     *self,
                         CmUcwaTalk *talk,
                         const News *news)
{
  g_autofree char *id = NULL;

  if (!g_str_equal (news->type, "deleted"))
    return;

  id = cm_ucwa_dup_talk_id (news->href);
  cm_ucwa_talk_name_the_rest (talk, self->at);
  cm_ucwa_talk_end (talk, self->at);
  g_hash_table_remove (self->talks, id);
}

static void
take_invitation_event (CmUcwa     *self,
                       CmUcwaTalk *talk,
                       const News *news)
{
  const char *status = cm_record_get_string (news->event, "status");

  if (!g_str_equal (news->type, "completed"))
    return;

  if (g_strcmp0 (status, "Failure") == 0 && !g_str_equal (news->rel, "participantInvitation"))
    cm_ucwa_talk_fail (talk, self->at, cm_ucwa_get_status (news->event));
  else if (g_strcmp0 (status, "Success") == 0 &&
           (g_str_equal (news->rel, "audioVideoInvitation") || g_str_equal (news->rel, "phoneAudioInvitation")))
    cm_ucwa_talk_connect (talk, self->at);
}

static void
take_news (CmUcwa     *self,
           CmUcwaTalk *talk,
           const News *news)
{
  if (g_str_equal (news->rel, "conversation"))
    take_conversation_event (self, talk, news);
  else if (cm_ucwa_is_participant (news->rel))
    take_participant_event (self, talk, news);
  else if (g_str_has_suffix (news->rel, "Invitation"))
    take_invitation_event (self, talk, news);
  else if (g_str_equal (news->rel, "participantAudio") && news->in_href != NULL)
    cm_ucwa_talk_set_person_audio (talk, self->at, news->in_href, !g_str_equal (news->type, "deleted"));
}

/* What has to be asked for to know more. */
static gboolean
is_wanted (const News *news)
{
  static const char * const names[] = {
    "conversation", "participant", "localParticipant", "onlineMeeting", "audioVideo", "phoneAudio",
    "audioVideoSession", "session", "participantAudio", NULL
  };

  return news->resource == NULL && !g_str_equal (news->type, "deleted") &&
         (g_strv_contains (names, news->rel) || g_str_has_suffix (news->rel, "Invitation"));
}

static void
take_event (CmUcwa     *self,
            const char *sender,
            JsonObject *event)
{
  JsonObject *link = cm_record_get_object (event, "link");
  JsonObject *in = cm_record_get_object (event, "in");
  JsonObject *embedded = cm_record_get_object (event, "_embedded");
  News news = {
    .rel = cm_record_get_string (link, "rel"),
    .href = cm_ucwa_get_path (cm_record_get_string (link, "href")),
    .title = cm_record_get_string (link, "title"),
    .in_rel = cm_record_get_string (in, "rel"),
    .in_href = cm_ucwa_get_path (cm_record_get_string (in, "href")),
    .type = cm_record_get_string (event, "type"),
    .event = event,
  };
  CmUcwaTalk *talk;
  gboolean gone;

  if (news.rel == NULL || news.type == NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "an event has no link or no type");
      return;
    }

  news.resource = cm_record_get_object (embedded, news.rel);
  gone = g_str_equal (news.type, "deleted") || g_str_equal (news.type, "completed");
  talk = gone ? cm_ucwa_find_talk (self, news.href) : cm_ucwa_get_talk (self, news.href);
  if (talk == NULL)
    talk = gone ? cm_ucwa_find_talk (self, sender) : cm_ucwa_get_talk (self, sender);
  if (news.resource != NULL)
    cm_ucwa_take_resources (self, news.rel, json_object_get_member (embedded, news.rel));
  if (talk == NULL)
    talk = cm_ucwa_find_talk (self, cm_ucwa_get_link (news.resource, "conversation"));
  if (is_wanted (&news))
    cm_ucwa_want (self, news.href);
  if (talk != NULL)
    take_news (self, talk, &news);
}

static JsonObject *
get_element (JsonArray *array,
             guint      i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
emit_source (CmUcwa         *self,
             CmSourceStatus  status,
             const char     *reason)
{
  CmEvent event = {
    .at = self->at,
    .kind = CM_EVENT_SOURCE_STATUS_CHANGED,
    .source_status = cm_value_from_enum ((int) status),
    .reason = cm_text_from_string (reason),
  };

  cm_decoder_emit (CM_DECODER (self), &event);
}

/* The server has forgotten what we were told: all is asked for anew, and what is
 * not mentioned then is over. */
static void
begin_resync (CmUcwa *self)
{
  g_hash_table_remove_all (self->talks);
  g_ptr_array_set_size (self->order, 0);
  g_hash_table_remove_all (self->wanted);
  emit_source (self, CM_SOURCE_STATUS_RESYNC, NULL);
  self->resyncing = TRUE;
  self->listed = FALSE;
  cm_ucwa_want (self, self->conversations);
}

static void
finish_resync (CmUcwa *self)
{
  if (!self->resyncing || !self->listed || self->order->len > 0)
    return;

  self->resyncing = FALSE;
  emit_source (self, CM_SOURCE_STATUS_CONNECTED, NULL);
}

static void
take_channel (CmUcwa     *self,
              JsonObject *answer,
              JsonArray  *senders)
{
  static const char * const links[] = { "next", "resume", "resync" };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      const char *next = cm_ucwa_get_link (answer, links[i]);

      if (next == NULL)
        continue;
      g_free (self->next);
      self->next = g_strdup (next);
      if (i == 2)
        begin_resync (self);
      break;
    }

  for (guint i = 0; i < json_array_get_length (senders); i++)
    {
      JsonObject *sender = get_element (senders, i);
      JsonArray *events = cm_record_get_array (sender, "events");
      const char *href = cm_ucwa_get_path (cm_record_get_string (sender, "href"));

      for (guint j = 0; events != NULL && j < json_array_get_length (events); j++)
        {
          JsonObject *event = get_element (events, j);

          if (event != NULL)
            take_event (self, href, event);
        }
    }
}

/* All conversations: what is in the list goes on. */
static void
take_conversations (CmUcwa     *self,
                    JsonObject *answer)
{
  JsonObject *links = cm_record_get_object (answer, "_links");
  JsonArray *list = cm_record_get_array (links, "conversation");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *href = cm_ucwa_get_path (cm_record_get_string (get_element (list, i), "href"));

      if (cm_ucwa_get_talk (self, href) != NULL)
        cm_ucwa_want (self, href);
    }

  self->listed = TRUE;
  cm_ucwa_stop_wanting (self, cm_ucwa_get_link (answer, "self"));
  cm_ucwa_stop_wanting (self, self->conversations);
}

static void
take_answer (CmUcwa   *self,
             JsonNode *node)
{
  JsonObject *answer = json_node_get_object (node);
  JsonObject *communication = cm_record_get_object (cm_record_get_object (answer, "_embedded"), "communication");
  JsonArray *senders = cm_record_get_array (answer, "sender");
  const char *rel = cm_record_get_string (answer, "rel");
  const char *conversations;

  if (g_strcmp0 (rel, "communication") == 0)
    communication = answer;
  if (cm_ucwa_get_link (communication, "self") != NULL)
    {
      g_free (self->communication);
      self->communication = g_strdup (cm_ucwa_get_link (communication, "self"));
    }
  conversations = cm_ucwa_get_link (communication, "conversations");
  if (conversations != NULL)
    {
      g_free (self->conversations);
      self->conversations = g_strdup (conversations);
    }

  if (senders != NULL)
    take_channel (self, answer, senders);
  else if (g_strcmp0 (rel, "conversations") == 0)
    take_conversations (self, answer);
  if (senders == NULL && rel != NULL)
    cm_ucwa_take_resources (self, rel, node);
  else if (senders == NULL && cm_record_get_object (answer, "link") != NULL)
    take_event (self, NULL, answer);
  else if (senders == NULL)
    cm_decoder_count_unknown (CM_DECODER (self));
}

/* Another client polls in our place, or the sign-in has run out: from now on
 * nothing is heard. What was asked for and is not there will not come. */
static void
take_refusal (CmUcwa     *self,
              JsonObject *record,
              gint64      status)
{
  JsonObject *body = cm_record_get_object (record, "body");
  const char *href = cm_ucwa_get_path (cm_record_get_string (record, "href"));

  if (status == 409 && g_strcmp0 (cm_record_get_string (body, "subcode"), "PGetReplaced") == 0)
    emit_source (self, CM_SOURCE_STATUS_LOST, "another client of the same user took over");
  else
    cm_ucwa_stop_wanting (self, href);
}

static void
take_time (CmUcwa     *self,
           JsonObject *record)
{
  const char *at = cm_record_get_string (record, "at");
  CmTimeCache cache = { 0 };
  gint64 time;

  if (at == NULL)
    return;
  if (cm_time_parse (&cache, cm_text_from_string (at), &time))
    self->at = time;
  else
    cm_decoder_fault (CM_DECODER (self), "\"at\" is not a time of RFC 3339");
}

static void
take_record (CmUcwa   *self,
             JsonNode *root)
{
  JsonObject *record = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  gint64 status = cm_record_get_integer (record, "status", 200);

  if (record == NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "the record is not an object");
      return;
    }

  take_time (self, record);
  if (status >= 400)
    take_refusal (self, record, status);
  else if (cm_record_get_object (record, "body") != NULL)
    take_answer (self, json_object_get_member (record, "body"));
  else
    take_answer (self, root);
  finish_resync (self);
}

static void
cm_ucwa_record (CmDecoder  *decoder,
                const char *bytes,
                gsize       size)
{
  g_autoptr(JsonParser) parser = cm_record_parse (decoder, bytes, size);

  if (parser != NULL)
    take_record (CM_UCWA (decoder), json_parser_get_root (parser));
}

static void
cm_ucwa_end (CmDecoder *decoder)
{
  CmUcwa *self = CM_UCWA (decoder);
  GHashTableIter iter;
  gpointer talk;

  g_hash_table_iter_init (&iter, self->talks);
  while (g_hash_table_iter_next (&iter, NULL, &talk))
    cm_ucwa_talk_name_the_rest (talk, self->at);
}

static void
cm_ucwa_set_time (CmDecoder *decoder,
                 gint64     at)
{
  CM_UCWA (decoder)->at = at;
}

static void
cm_ucwa_finalize (GObject *object)
{
  CmUcwa *self = CM_UCWA (object);

  g_hash_table_unref (self->talks);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->wanted);
  g_free (self->next);
  g_free (self->conversations);
  g_free (self->communication);

  G_OBJECT_CLASS (cm_ucwa_parent_class)->finalize (object);
}

static void
cm_ucwa_class_init (CmUcwaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_ucwa_finalize;
  CM_DECODER_CLASS (klass)->record = cm_ucwa_record;
  CM_DECODER_CLASS (klass)->set_time = cm_ucwa_set_time;
  CM_DECODER_CLASS (klass)->end = cm_ucwa_end;
}

static void
cm_ucwa_init (CmUcwa *self)
{
  self->talks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_ucwa_talk_free);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_ptr_array_new ();
}

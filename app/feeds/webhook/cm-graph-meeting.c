/* cm-graph-meeting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-private.h"

#include "core/cm-time.h"
#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-graph-identity.h"

/* So many are remembered that are over. */
#define MAX_ENDED 65536

/* What an event is about. */
typedef struct
{
  CmGraph    *graph;
  CmMeeting  *meeting;
  const char *scope;
} News;

/* A meeting is known by the address that all join by, which may be long. */
static char *
dup_meeting_id (const char *id)
{
  return strlen (id) <= CM_EVENT_MAX_ID ? g_strdup (id) : g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
}

static void
take_person (News       *news,
             JsonObject *person,
             gboolean    joined)
{
  g_autofree char *stay = cm_graph_dup_either (person, "Id", "id");
  JsonObject *identity = cm_graph_get_either (person, "Identity", "identity");
  gint64 at = news->graph->at;
  g_autofree char *key = NULL;

  if (stay == NULL)
    return;

  if (!joined)
    {
      g_autofree char *address = cm_graph_dup_set_address (identity);

      cm_meeting_claim (news->meeting, stay, address);
      cm_meeting_leave (news->meeting, at, stay, 0);
      return;
    }

  key = cm_graph_join (news->graph, news->meeting, news->scope, stay, identity);
  if (key != NULL)
    cm_meeting_set_state (news->meeting, at, key, CM_MODALITY_STATE_CONNECTED);
}

static void
take_list (News       *news,
           JsonObject *event,
           const char *name,
           gboolean    joined)
{
  JsonArray *list = cm_record_get_array (event, name);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    take_person (news, cm_record_as_object (json_array_get_element (list, i)), joined);
}

/* The join address in "communications/onlineMeetings?$filter=joinWebUrl+eq+'…'" */
static char *
dup_join_url (const char *id)
{
  const char *start = strchr (id, '\'');
  const char *end = start != NULL ? strrchr (start + 1, '\'') : NULL;
  g_autofree char *quoted = end != NULL ? g_strndup (start + 1, (gsize) (end - start - 1)) : NULL;

  return quoted != NULL ? g_uri_unescape_string (quoted, NULL) : NULL;
}

/* The same address serves every call of the meeting. */
static void
end_meeting (CmGraph    *self,
             CmMeeting  *meeting,
             const char *id)
{
  gint64 *at = g_new (gint64, 1);

  *at = self->at;
  cm_meeting_end (meeting, self->at, 0);
  g_hash_table_remove (self->meetings, id);
  if (g_hash_table_size (self->ended) >= MAX_ENDED)
    g_hash_table_remove_all (self->ended);
  g_hash_table_replace (self->ended, g_strdup (id), at);
}

/* Told after the end of the call that it was about. */
static gboolean
is_late (CmGraph    *self,
         const char *id)
{
  const gint64 *ended = g_hash_table_lookup (self->ended, id);

  return ended != NULL && self->at <= *ended;
}

/**
 * cm_graph_take_meeting_event:
 * @self: a decoder
 * @type: "Microsoft.Communication.CallStarted" and others
 * @event: the event (Graph, "Get change notifications for Microsoft Teams meeting
 *   call updates")
 */
void
cm_graph_take_meeting_event (CmGraph    *self,
                             const char *type,
                             JsonObject *event)
{
  const char *source = cm_record_get_string (event, "id");
  const char *time = cm_record_get_string (event, "eventDateTime");
  g_autofree char *id = source != NULL && source[0] != '\0' ? dup_meeting_id (source) : NULL;
  g_autofree char *url = source != NULL ? dup_join_url (source) : NULL;
  CmTimeCache cache = { 0 };
  CmMeeting *meeting;
  News news;
  gint64 at;

  if (time != NULL && cm_time_parse (&cache, cm_text_from_string (time), &at))
    self->at = at;
  if (id != NULL && is_late (self, id))
    return;

  meeting = cm_meetings_get (self->meetings, CM_DECODER (self), id);
  if (meeting == NULL)
    {
      cm_decoder_fault (CM_DECODER (self), "the event has no id of a meeting");
      return;
    }

  if (g_str_has_suffix (type, "CallEnded"))
    {
      end_meeting (self, meeting, id);
      return;
    }

  cm_meeting_begin (meeting, self->at, url, NULL);
  news = (News) { self, meeting, url };
  take_list (&news, event, "activeParticipants@exited", FALSE);
  take_list (&news, event, "activeParticipants@joined", TRUE);
}

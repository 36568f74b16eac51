/* cm-graph-role.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-private.h"

#include "feeds/decode/cm-record-json.h"

#define MAX_ROLES 100000

/* onlineMeetingRole (Graph, "meetingParticipantInfo"). */
static gboolean
presents (const char *role)
{
  static const char * const names[] = { "presenter", "organizer", "coorganizer", "producer", NULL };

  return g_strv_contains (names, role);
}

/**
 * cm_graph_dup_thread:
 * @url: (nullable): by which a meeting is joined
 *
 * Returns: (nullable) (transfer full): the thread of its chat, which stands in it,
 *   "19:meeting_…@thread.v2"
 */
char *
cm_graph_dup_thread (const char *url)
{
  g_autofree char *plain = url != NULL ? g_uri_unescape_string (url, NULL) : NULL;
  const char *start = plain != NULL ? strstr (plain, "/19:") : NULL;

  return start != NULL ? g_strndup (start + 1, strcspn (start + 1, "/?")) : NULL;
}

static char *
dup_key (const char *scope,
         const char *user)
{
  return g_strconcat (scope != NULL ? scope : "", "\n", user, NULL);
}

static void
learn (CmGraph    *self,
       const char *scope,
       const char *user,
       gboolean    is_presenter)
{
  if (g_hash_table_size (self->roles) < MAX_ROLES)
    g_hash_table_replace (self->roles, dup_key (scope, user), GINT_TO_POINTER (is_presenter));
}

static char *
dup_user (JsonObject *set)
{
  return cm_record_dup_text (cm_record_get_object (set, "user"), "id");
}

/**
 * cm_graph_learn_organizer:
 * @self: a decoder
 * @scope: of which meeting
 * @set: (nullable): who he is
 */
void
cm_graph_learn_organizer (CmGraph    *self,
                          const char *scope,
                          JsonObject *set)
{
  g_autofree char *user = dup_user (set);

  if (user != NULL)
    learn (self, scope, user, TRUE);
}

static void
learn_person (CmGraph    *self,
              const char *thread,
              const char *url,
              JsonObject *person)
{
  const char *role = cm_record_get_string (person, "role");
  g_autofree char *user = dup_user (cm_record_get_object (person, "identity"));

  if (user == NULL || role == NULL)
    return;

  if (thread != NULL || url == NULL)
    learn (self, thread, user, presents (role));
  if (url != NULL)
    learn (self, url, user, presents (role));
}

/**
 * cm_graph_learn_meeting:
 * @self: a decoder
 * @meeting: an onlineMeeting: who is what in it, there or not
 */
void
cm_graph_learn_meeting (CmGraph    *self,
                        JsonObject *meeting)
{
  JsonObject *participants = cm_record_get_object (meeting, "participants");
  JsonArray *attendees = cm_record_get_array (participants, "attendees");
  const char *url = cm_record_get_string (meeting, "joinWebUrl");
  g_autofree char *named = cm_record_dup_text (cm_record_get_object (meeting, "chatInfo"), "threadId");
  g_autofree char *thread = named != NULL ? g_steal_pointer (&named) : cm_graph_dup_thread (url);

  learn_person (self, thread, url, cm_record_get_object (participants, "organizer"));
  for (guint i = 0; attendees != NULL && i < json_array_get_length (attendees); i++)
    learn_person (self, thread, url, cm_record_as_object (json_array_get_element (attendees, i)));
}

/**
 * cm_graph_get_role:
 * @self: a decoder
 * @scope: (nullable): of which meeting
 * @user: the id of a user
 *
 * Returns: whether he presents; -1 where it is not known
 */
int
cm_graph_get_role (CmGraph    *self,
                   const char *scope,
                   const char *user)
{
  g_autofree char *key = dup_key (scope, user);
  g_autofree char *any = dup_key (NULL, user);
  gpointer is_presenter;

  return g_hash_table_lookup_extended (self->roles, key, NULL, &is_presenter) ||
         g_hash_table_lookup_extended (self->roles, any, NULL, &is_presenter) ? GPOINTER_TO_INT (is_presenter) : -1;
}

/**
 * cm_graph_dup_link:
 * @thread: (nullable): of the chat of a meeting
 * @call: a call of it
 *
 * The address by which Teams has people join is made of the thread, and of whose
 * meeting it is (Teams, "Deep link to a meeting").
 *
 * Returns: (nullable) (transfer full): that address, where all of it is known
 */
char *
cm_graph_dup_link (const char *thread,
                   JsonObject *call)
{
  JsonObject *organizer = cm_record_get_object (cm_record_get_object (cm_record_get_object (call, "meetingInfo"), "organizer"), "user");
  g_autofree char *message = cm_record_dup_text (cm_record_get_object (call, "chatInfo"), "messageId");
  gboolean is_number = message != NULL && message[strspn (message, "0123456789")] == '\0';
  const char *tenant = cm_record_get_string (organizer, "tenantId");
  const char *user = cm_record_get_string (organizer, "id");
  g_autofree char *plain = NULL, *place = NULL, *context = NULL;

  if (thread == NULL || user == NULL || tenant == NULL || !g_uuid_string_is_valid (user) || !g_uuid_string_is_valid (tenant))
    return NULL;

  plain = g_strdup_printf ("{\"Tid\":\"%s\",\"Oid\":\"%s\"}", tenant, user);
  context = g_uri_escape_string (plain, NULL, FALSE);
  place = g_uri_escape_string (thread, NULL, FALSE);

  return g_strdup_printf ("https://teams.microsoft.com/l/meetup-join/%s/%s?context=%s", place,
                          is_number ? message : "0", context);
}

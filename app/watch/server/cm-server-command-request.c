/* cm-server-command-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#include "core/cm-json-reader.h"
#include "model/cm-address.h"

#define MAX_BODY (16 * 1024)

/* A command as it stands in a request, by the names that the caller's view has. */
typedef struct
{
  char *conversation;
  char *leg;
  char *action;
  char *participant;
  char *number;
} Request;

static void
request_clear (Request *self)
{
  g_free (self->conversation);
  g_free (self->leg);
  g_free (self->action);
  g_free (self->participant);
  g_free (self->number);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static char **
get_member (Request *self,
            CmText   name)
{
  if (cm_text_equal (name, CM_TEXT ("conversation")))
    return &self->conversation;
  if (cm_text_equal (name, CM_TEXT ("leg")))
    return &self->leg;
  if (cm_text_equal (name, CM_TEXT ("action")))
    return &self->action;
  if (cm_text_equal (name, CM_TEXT ("participant")))
    return &self->participant;
  if (cm_text_equal (name, CM_TEXT ("number")))
    return &self->number;

  return NULL;
}

static char *
dup_fault (CmJsonReader *reader,
           const char   *what)
{
  return g_strdup_printf ("%s (at byte %" G_GSIZE_FORMAT ")", what, cm_json_reader_get_start (reader) + 1);
}

static char *
dup_json_fault (CmJsonReader *reader)
{
  return g_strdup_printf ("%s (at byte %" G_GSIZE_FORMAT ")", cm_json_reader_get_message (reader),
                          cm_json_reader_get_offset (reader) + 1);
}

/* Returns: (nullable) (transfer full): what is wrong */
static char *
read_member (CmJsonReader *reader,
             Request      *request)
{
  char **member = get_member (request, cm_json_reader_get_text (reader));
  CmJsonToken token;

  if (member == NULL)
    return dup_fault (reader, "a command has no member of this name");

  token = cm_json_reader_next (reader);
  if (token == CM_JSON_ERROR)
    return dup_json_fault (reader);
  if (token != CM_JSON_STRING)
    return dup_fault (reader, "the member must be a string");
  if (cm_json_reader_get_text (reader).size > CM_COMMAND_MAX_PARTICIPANT)
    return dup_fault (reader, "the string is too long");

  *member = cm_text_dup (cm_json_reader_get_text (reader));

  return NULL;
}

static char *
read_request (CmJsonReader *reader,
              Request      *request)
{
  CmJsonToken token = cm_json_reader_next (reader);
  char *fault = NULL;

  if (token != CM_JSON_OBJECT)
    return token == CM_JSON_ERROR ? dup_json_fault (reader) : dup_fault (reader, "a command is an object");

  while (fault == NULL && (token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    fault = read_member (reader, request);

  if (fault == NULL && token == CM_JSON_OBJECT_END)
    token = cm_json_reader_next (reader);

  return fault != NULL || token == CM_JSON_END ? fault : dup_json_fault (reader);
}

static char *
dup_number (const char *number)
{
  g_autofree char *uri = g_str_has_prefix (number, "tel:") ? g_strdup (number) : g_strconcat ("tel:", number, NULL);

  return cm_address_normalize (cm_text_from_string (uri));
}

/* Returns: (nullable): what is missing, or makes no sense */
static const char *
find_fault (const Request *self,
            CmAction      *action)
{
  if (self->conversation == NULL)
    return "“conversation” is missing";
  if (self->leg == NULL)
    return "“leg” is missing";
  if (self->action == NULL)
    return "“action” is missing";
  if (!cm_action_parse (self->action, action))
    return "“action” is none of rejoin, mute, unmute, remove, admit, lock, unlock, invite, end, mute-all, unmute-all";
  if (self->number != NULL && (*action != CM_ACTION_INVITE || self->participant != NULL))
    return "“number” is for “invite” alone, in place of “participant”";
  if (*action == CM_ACTION_REJOIN && self->participant == NULL)
    return NULL;
  if (!cm_action_needs_participant (*action) && *action != CM_ACTION_REJOIN)
    return self->participant != NULL ? "“participant” has no meaning for this action" : NULL;
  if (self->participant == NULL && self->number == NULL)
    return "“participant” is missing";
  if (self->participant != NULL ? self->participant[0] == '\0' : self->number[strspn (self->number, "+0123456789-.() ")] != '\0')
    return "“participant” or “number” is no address";

  return NULL;
}

typedef char * (*DupNameFunc) (const CmMasking *masking,
                               const char      *id);

static gboolean
is_named (const CmMasking *masking,
          DupNameFunc      dup_name,
          const char      *id,
          const char      *name)
{
  g_autofree char *own = dup_name (masking, id);

  return g_str_equal (own, name);
}

/* Who does not see all knows conversations by other names, which say nothing: all
 * are looked at. */
static CmDocument *
find_conversation (CmServer        *self,
                   const CmMasking *masking,
                   const char      *name)
{
  GHashTableIter iter;
  gpointer id;

  if (cm_masking_get_role (masking) == CM_ACCESS_ENGINEER)
    return cm_tracker_dup_document (self->tracker, name);

  g_hash_table_iter_init (&iter, self->hub->known);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (is_named (masking, cm_masking_dup_id, id, name))
        return cm_tracker_dup_document (self->tracker, id);
    }

  return NULL;
}

static const CmLeg *
find_leg (const CmDocument *document,
          const CmMasking  *masking,
          const char       *name)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      if (is_named (masking, cm_masking_dup_leg, leg->id, name))
        return leg;
    }

  return NULL;
}

static void
send (CmServer          *self,
      SoupServerMessage *message,
      CmServerCall      *call,
      GHashTable        *query,
      const Request     *request,
      CmAction           action)
{
  g_autofree char *person = cm_server_dup_person (call->grant, query);
  CmHubView *view = cm_hub_get_view (self->hub, call->grant, person, cm_view_filter_parse (NULL, FALSE, NULL));
  g_autoptr(CmDocument) document = NULL;
  g_autoptr(CmCommand) command = NULL;
  g_autofree char *participant = NULL;
  const CmLeg *leg = NULL;

  cm_hub_flush (self->hub);
  if (view != NULL)
    document = find_conversation (self, view->masking, request->conversation);
  if (document != NULL)
    leg = find_leg (document, view->masking, request->leg);
  if (leg != NULL && !cm_masking_has_source (view->masking, leg->source))
    leg = NULL;
  if (leg == NULL)
    {
      cm_server_refuse (message, SOUP_STATUS_NOT_FOUND, document == NULL ? "there is no such conversation"
                                                                         : "the conversation has no such leg");
      return;
    }

  if (request->number != NULL)
    participant = dup_number (request->number);
  else if (request->participant != NULL)
    participant = cm_address_normalize (cm_text_from_string (request->participant));
  command = cm_command_new (document->id, leg->id, action, participant);
  cm_server_commands_send (self, call->grant, command, message);
}

/**
 * cm_server_take_command:
 * @self: a server
 * @message: a request whose body is a command
 * @call: what is known of it
 * @query: (nullable): as it was for what the caller watches: his names are those
 *   of that view
 */
void
cm_server_take_command (CmServer          *self,
                        SoupServerMessage *message,
                        CmServerCall      *call,
                        GHashTable        *query)
{
  g_auto(Request) request = { 0 };
  g_autofree char *fault = NULL;
  const char *reason = NULL;
  CmAction action;

  if (cm_access_get_actions (call->grant->role) == 0)
    {
      cm_server_refuse (message, SOUP_STATUS_FORBIDDEN, "this token may not give commands");
      return;
    }

  if (call->is_too_large || call->body->len > MAX_BODY)
    {
      cm_server_refuse (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a command has at most 16 KiB");
      return;
    }

  cm_json_reader_load (self->json, (const char *) call->body->data, call->body->len, CM_JSON_STRICT);
  fault = read_request (self->json, &request);
  reason = fault != NULL ? fault : find_fault (&request, &action);
  if (reason != NULL)
    cm_server_refuse (message, SOUP_STATUS_BAD_REQUEST, reason);
  else if (!cm_actions_contain (cm_access_get_actions (call->grant->role), action))
    cm_server_refuse (message, SOUP_STATUS_FORBIDDEN, "this token may not ask for that");
  else
    send (self, message, call, query, &request, action);
}

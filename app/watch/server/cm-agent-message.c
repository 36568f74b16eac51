/* cm-agent-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-agent-message.h"

#define MAX_HEARTBEAT 3600
#define MAX_SOURCES 1000

static gboolean
read_string (CmJsonReader  *reader,
             char         **text)
{
  if (*text != NULL || cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  *text = cm_text_dup (cm_json_reader_get_text (reader));

  return TRUE;
}

static gboolean
read_strings (CmJsonReader *reader,
              GPtrArray    *strings)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_ARRAY)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_STRING && strings->len < MAX_SOURCES)
    g_ptr_array_add (strings, cm_text_dup (cm_json_reader_get_text (reader)));

  return token == CM_JSON_ARRAY_END;
}

/* An action that is not known here is one that nobody here will ask for. */
static gboolean
read_actions (CmJsonReader *reader,
              CmActions    *actions)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  CmAction action;

  if (!read_strings (reader, names))
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      if (cm_action_parse (g_ptr_array_index (names, i), &action))
        *actions |= 1u << action;
    }

  return TRUE;
}

static gboolean
read_member (CmJsonReader   *reader,
             CmText          name,
             CmAgentMessage *message)
{
  if (cm_text_equal (name, CM_TEXT ("type")))
    return read_string (reader, &message->type);
  if (cm_text_equal (name, CM_TEXT ("id")))
    return read_string (reader, &message->id);
  if (cm_text_equal (name, CM_TEXT ("reason")))
    return read_string (reader, &message->reason);
  if (cm_text_equal (name, CM_TEXT ("sources")))
    return read_strings (reader, message->sources);
  if (cm_text_equal (name, CM_TEXT ("actions")))
    return read_actions (reader, &message->actions);
  if (cm_text_equal (name, CM_TEXT ("heartbeat")))
    return cm_json_reader_next (reader) == CM_JSON_NUMBER &&
           cm_json_reader_get_integer (reader, &message->heartbeat) &&
           message->heartbeat >= 0 && message->heartbeat <= MAX_HEARTBEAT;

  return cm_json_reader_skip (reader);
}

static gboolean
read_message (CmJsonReader   *reader,
              CmAgentMessage *message)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!read_member (reader, cm_json_reader_get_text (reader), message))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END && cm_json_reader_next (reader) == CM_JSON_END && message->type != NULL;
}

/**
 * cm_agent_message_is_one:
 * @reader: a reader
 * @bytes: (array length=size): what an agent has sent
 * @size: how many bytes
 *
 * Event lines have no "type"; all other messages begin with it.
 *
 * Returns: whether it is no event line
 */
gboolean
cm_agent_message_is_one (CmJsonReader *reader,
                         const char   *bytes,
                         gsize         size)
{
  cm_json_reader_load (reader, bytes, size, CM_JSON_STRICT);

  return cm_json_reader_next (reader) == CM_JSON_OBJECT && cm_json_reader_next (reader) == CM_JSON_NAME &&
         cm_text_equal (cm_json_reader_get_text (reader), CM_TEXT ("type"));
}

/**
 * cm_agent_message_read:
 * @self: (out): what it says; to be cleared in any case
 * @reader: a reader
 * @bytes: (array length=size): a whole message
 * @size: how many bytes
 *
 * Returns: whether it is one
 */
gboolean
cm_agent_message_read (CmAgentMessage *self,
                       CmJsonReader   *reader,
                       const char     *bytes,
                       gsize           size)
{
  *self = (CmAgentMessage) { .sources = g_ptr_array_new_with_free_func (g_free) };
  cm_json_reader_load (reader, bytes, size, CM_JSON_STRICT);

  return read_message (reader, self);
}

void
cm_agent_message_clear (CmAgentMessage *self)
{
  g_free (self->type);
  g_free (self->id);
  g_free (self->reason);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
}

/* cm-bigbluebutton-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-bigbluebutton-list.h"

#include "core/cm-event.h"

/* Metadata of a meeting are the deepest. */
#define MAX_DEPTH 32
#define MAX_MEETINGS 10000

typedef struct
{
  GPtrArray              *meetings;
  GPtrArray              *path;     /* names of the elements that are open */
  GString                *text;
  GString                *code;     /* "SUCCESS" or "FAILED" */
  GString                *key;      /* of the message, where it has failed */
  CmBigbluebuttonMeeting *meeting;  /* (nullable): the one that is open */
  GHashTable             *attendee; /* (nullable): likewise */
} Reading;

static const char * const meeting_path[] = { "response", "meetings", "meeting", NULL };
static const char * const attendee_path[] = { "response", "meetings", "meeting", "attendees", "attendee", NULL };

/* What is needed; passwords are not. */
static const char * const meeting_fields[] = {
  "meetingName", "meetingID", "internalMeetingID", "voiceBridge", "dialNumber", "hasBeenForciblyEnded", NULL
};
static const char * const attendee_fields[] = {
  "userID", "fullName", "role", "isPresenter", "isListeningOnly", "hasJoinedVoice", NULL
};

static void
meeting_free (gpointer data)
{
  CmBigbluebuttonMeeting *self = data;

  g_hash_table_unref (self->fields);
  g_ptr_array_unref (self->attendees);
  g_free (self);
}

static GHashTable *
new_fields (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/* Returns: whether @depth elements are open, and are called so */
static gboolean
is_at (Reading            *self,
       const char * const *path,
       guint               depth)
{
  if (self->path->len != depth)
    return FALSE;

  for (guint i = 0; path[i] != NULL; i++)
    {
      if (!g_str_equal (g_ptr_array_index (self->path, i), path[i]))
        return FALSE;
    }

  return TRUE;
}

static void
begin_meeting (Reading *self)
{
  self->meeting = g_new0 (CmBigbluebuttonMeeting, 1);
  self->meeting->fields = new_fields ();
  self->meeting->attendees = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_ptr_array_add (self->meetings, self->meeting);
}

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              user_data,
          GError              **error)
{
  Reading *self = user_data;

  if (self->path->len >= MAX_DEPTH || self->meetings->len >= MAX_MEETINGS)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "it is too deep, or too long");
      return;
    }

  g_ptr_array_add (self->path, g_strdup (element));
  g_string_truncate (self->text, 0);
  if (is_at (self, meeting_path, 3))
    begin_meeting (self);
  else if (is_at (self, attendee_path, 5))
    {
      self->attendee = new_fields ();
      g_ptr_array_add (self->meeting->attendees, self->attendee);
    }
}

static void
take_field (GHashTable         *fields,
            const char * const *names,
            const char         *name,
            const char         *text)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], name))
        g_hash_table_replace (fields, (gpointer) names[i], g_strdup (text));
    }
}

static void
on_end (GMarkupParseContext  *context,
        const char           *element,
        gpointer              user_data,
        GError              **error)
{
  Reading *self = user_data;
  const char *text = g_strstrip (self->text->str);

  if (is_at (self, attendee_path, 6))
    take_field (self->attendee, attendee_fields, element, text);
  else if (is_at (self, meeting_path, 4))
    take_field (self->meeting->fields, meeting_fields, element, text);
  else if (self->path->len == 2 && g_str_equal (element, "returncode"))
    g_string_assign (self->code, text);
  else if (self->path->len == 2 && g_str_equal (element, "messageKey"))
    g_string_assign (self->key, text);

  g_ptr_array_set_size (self->path, (int) self->path->len - 1);
  g_string_truncate (self->text, 0);
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 size,
         gpointer              user_data,
         GError              **error)
{
  Reading *self = user_data;

  /* What is kept is short. */
  if (self->text->len + size <= CM_EVENT_MAX_URI)
    g_string_append_len (self->text, text, (gssize) size);
}

/* Comments and processing instructions pass; a document type does not. */
static void
on_passthrough (GMarkupParseContext  *context,
                const char           *text,
                gsize                 size,
                gpointer              user_data,
                GError              **error)
{
  g_autofree char *copy = g_strndup (text, size);

  if (g_str_has_prefix (copy, "<!") && !g_str_has_prefix (copy, "<!--"))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "a document type is refused");
}

static gboolean
check_outcome (Reading  *reading,
               GError  **error)
{
  g_autofree char *key = g_utf8_make_valid (reading->key->str, -1);

  if (g_str_equal (reading->code->str, "SUCCESS"))
    return TRUE;

  if (g_str_equal (key, "checksumError"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "BigBlueButton refuses the secret");
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "BigBlueButton does not list its meetings: \"%.64s\"",
                 g_str_is_ascii (key) && key[0] != '\0' ? key : "no reason given");

  return FALSE;
}

/**
 * cm_bigbluebutton_list_parse:
 * @bytes: the answer to getMeetings
 * @size: how many bytes
 * @error: why it is refused
 *
 * No document type, no entities but XML's own five, 32 levels and 10,000 meetings
 * at most.
 *
 * Returns: (transfer full) (nullable) (element-type CmBigbluebuttonMeeting): what it
 *   lists
 */
GPtrArray *
cm_bigbluebutton_list_parse (const char  *bytes,
                             gsize        size,
                             GError     **error)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, on_passthrough, NULL };
  g_autoptr(GPtrArray) meetings = g_ptr_array_new_with_free_func (meeting_free);
  g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) code = g_string_new (NULL);
  g_autoptr(GString) key = g_string_new (NULL);
  Reading reading = { .meetings = meetings, .path = path, .text = text, .code = code, .key = key };
  g_autoptr(GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
  g_autoptr(GError) fault = NULL;

  /* What the parser says may quote the answer, in which there are passwords. */
  if (!g_markup_parse_context_parse (context, bytes, (gssize) size, &fault) ||
      !g_markup_parse_context_end_parse (context, &fault))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the answer of the address is no list of meetings");
      return NULL;
    }

  return check_outcome (&reading, error) ? g_steal_pointer (&meetings) : NULL;
}

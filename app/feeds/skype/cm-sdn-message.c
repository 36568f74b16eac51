/* cm-sdn-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-sdn-message.h"

#include "core/cm-event.h"

#define MAX_DEPTH 32
#define MAX_SIGNALS 64

typedef struct
{
  CmSdnMessage *message;
  CmSdnSignal  *signal; /* (nullable): the one that is being read */
  GString      *text;
  GPtrArray    *path;   /* local names, owned */
} Reading;

static void
signal_free (gpointer data)
{
  CmSdnSignal *self = data;

  g_free (self->media);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/**
 * cm_sdn_message_free:
 * @self: (transfer full): a message
 */
void
cm_sdn_message_free (CmSdnMessage *self)
{
  g_free (self->call);
  g_free (self->conference);
  g_ptr_array_unref (self->signals);
  g_free (self);
}

static const char *
get_local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static gboolean
is_at (const Reading *self,
       guint          depth,
       const char    *name)
{
  return self->path->len > depth && g_str_equal (g_ptr_array_index (self->path, depth), name);
}

/* Version 1.0 had one element for both. */
static CmSdnKind
find_kind (const char *name)
{
  static const struct
  {
    const char *name;
    CmSdnKind   kind;
  } kinds[] = {
    { "Invite", CM_SDN_INVITE }, { "Start", CM_SDN_START }, { "StartOrUpdate", CM_SDN_UPDATE },
    { "Update", CM_SDN_UPDATE }, { "Ended", CM_SDN_ENDED }, { "Bye", CM_SDN_BYE },
    { "Error", CM_SDN_BYE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, name))
        return kinds[i].kind;
    }

  return CM_SDN_OTHER;
}

static void
begin_signal (Reading     *self,
              const char  *name,
              const char **names,
              const char **values)
{
  CmSdnKind kind = find_kind (name);

  self->signal = NULL;
  if (kind == CM_SDN_OTHER || self->message->signals->len >= MAX_SIGNALS)
    return;

  self->signal = g_new0 (CmSdnSignal, 1);
  self->signal->kind = kind;
  self->signal->bandwidth = -1;
  g_ptr_array_add (self->message->signals, self->signal);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "Type") && self->signal->media == NULL)
        self->signal->media = g_ascii_strdown (values[i], -1);
    }
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
  const char *name = get_local_name (element);

  if (self->path->len >= MAX_DEPTH)
    {
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too deep");
      return;
    }

  g_ptr_array_add (self->path, g_strdup (name));
  g_string_truncate (self->text, 0);
  if (self->path->len == 2)
    begin_signal (self, name, names, values);
}

static void
keep (char       **place,
      const char  *text,
      gsize        limit)
{
  if (*place == NULL && text[0] != '\0' && strlen (text) <= limit)
    *place = g_strdup (text);
}

static void
take_connection (Reading    *self,
                 const char *name,
                 const char *text)
{
  CmSdnMessage *message = self->message;
  CmTimeCache cache = { 0 };

  if (g_str_equal (name, "CallId"))
    keep (&message->call, text, CM_EVENT_MAX_ID);
  else if (g_str_equal (name, "ConferenceId"))
    keep (&message->conference, text, CM_EVENT_MAX_ID);
  else if (g_str_equal (name, "TimeStamp") && !cm_time_parse (&cache, cm_text_from_string (text), &message->at))
    message->at = CM_TIME_NONE;
}

/* Bye has two "EndPoint", in no order that means anything. */
static void
take_end (Reading    *self,
          const char *text)
{
  CmSdnSignal *signal = self->signal;

  if (is_at (self, 2, "Caller") || is_at (self, 2, "From"))
    keep (&signal->from, text, CM_EVENT_MAX_URI);
  else if (is_at (self, 2, "Callee") || is_at (self, 2, "To"))
    keep (&signal->to, text, CM_EVENT_MAX_URI);
  else if (is_at (self, 2, "EndPoint"))
    keep (signal->from == NULL ? &signal->from : &signal->to, text, CM_EVENT_MAX_URI);
}

static void
take_property (Reading    *self,
               const char *name,
               const char *text)
{
  CmSdnSignal *signal = self->signal;
  gboolean bandwidth = is_at (self, 3, "Bandwidth") || is_at (self, 3, "EstimatedBandwidth");

  if (self->path->len == 5 && bandwidth && g_ascii_isdigit (text[0]))
    signal->bandwidth = MAX (signal->bandwidth, g_ascii_strtoll (text, NULL, 10));
  else if (self->path->len == 4 && g_str_has_prefix (name, "MSDiagnostics") && signal->status == 0)
    signal->status = (guint32) g_ascii_strtoull (text, NULL, 10);
}

static void
on_end (GMarkupParseContext  *context,
        const char           *element,
        gpointer              user_data,
        GError              **error)
{
  Reading *self = user_data;
  const char *name = get_local_name (element);
  const char *text = g_strstrip (self->text->str);

  if (self->path->len == 3 && is_at (self, 1, "ConnectionInfo"))
    take_connection (self, name, text);
  else if (self->signal != NULL && self->path->len == 4 && g_str_equal (name, "URI"))
    take_end (self, text);
  else if (self->signal != NULL && is_at (self, 2, "Properties"))
    take_property (self, name, text);

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

  /* What is kept is short; RawSDP is not. */
  if (self->text->len <= CM_EVENT_MAX_URI)
    g_string_append_len (self->text, text, (gssize) MIN (size, CM_EVENT_MAX_URI + 1));
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

  if (g_str_has_prefix (copy, "<!") && !g_str_has_prefix (copy, "<!--") && !g_str_has_prefix (copy, "<![CDATA["))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "a document type is refused");
}

static const GMarkupParser parser = { on_start, on_end, on_text, on_passthrough, NULL };

/**
 * cm_sdn_message_new_from_xml:
 * @bytes: one LyncDiagnostics document, from its root on
 * @size: how many bytes
 * @error: why it is refused
 *
 * No document type, no entities but XML's own five, 32 levels at most.
 *
 * Returns: (transfer full): what it says; %NULL where it is refused
 */
CmSdnMessage *
cm_sdn_message_new_from_xml (const char  *bytes,
                             gsize        size,
                             GError     **error)
{
  g_autoptr(CmSdnMessage) message = g_new0 (CmSdnMessage, 1);
  g_autoptr(GPtrArray) path = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) text = g_string_new (NULL);
  Reading reading = { .message = message, .path = path, .text = text };
  g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reading, NULL);

  message->at = CM_TIME_NONE;
  message->signals = g_ptr_array_new_with_free_func (signal_free);
  if (!g_markup_parse_context_parse (context, bytes, (gssize) size, error) ||
      !g_markup_parse_context_end_parse (context, error))
    return NULL;

  return g_steal_pointer (&message);
}

/* Unlike g_strstr_len(): a NUL is a byte like any other. */
static const char *
find_bytes (const char *text,
            gsize       size,
            const char *wanted)
{
  gsize length = strlen (wanted);

  for (gsize i = 0; i + length <= size; i++)
    {
      if (memcmp (text + i, wanted, length) == 0)
        return text + i;
    }

  return NULL;
}

/* How long the thing at @text is that begins with "<"; 0 where its end is not
 * there yet. */
static gsize
get_token_size (const char *text,
                gsize       size)
{
  static const char * const pairs[][2] = {
    { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" }, { "<!", ">" }, { "<", ">" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gsize head = MIN (strlen (pairs[i][0]), size);
      const char *found;

      if (memcmp (text, pairs[i][0], head) != 0)
        continue;
      /* What it is is not known before its head is there. */
      if (head < strlen (pairs[i][0]))
        return 0;
      found = find_bytes (text + head, size - head, pairs[i][1]);

      return found != NULL ? (gsize) (found - text) + strlen (pairs[i][1]) : 0;
    }

  return 0;
}

static gboolean
is_root (const char *token,
         gsize       size,
         gsize       head)
{
  g_autofree char *inner = g_strndup (token + head, size - head - 1);
  const char *name;

  inner[strcspn (inner, " \t\r\n/")] = '\0';
  name = get_local_name (inner);

  return g_str_equal (name, "LyncDiagnostics");
}

/**
 * cm_sdn_find_document:
 * @bytes: a stream of documents, between whatever wraps them
 * @size: how many bytes
 * @start: (out): where the root of the document begins
 *
 * Returns: where it ends; 0 where more is needed. A wrapper's end is returned
 *   alone, with @start behind it.
 */
gsize
cm_sdn_find_document (const char *bytes,
                      gsize       size,
                      gsize      *start)
{
  gboolean found = FALSE;
  gsize offset = 0;

  while (offset < size)
    {
      const char *next = memchr (bytes + offset, '<', size - offset);
      gsize token = next != NULL ? get_token_size (next, size - (gsize) (next - bytes)) : 0;
      gboolean closing;

      if (token == 0)
        return 0;

      closing = token > 2 && next[1] == '/';
      offset = (gsize) (next - bytes) + token;
      if (closing && (!found || is_root (next, token, 2)))
        {
          if (!found)
            *start = offset;
          return offset;
        }
      /* A document type belongs to what it stands in front of. */
      if (found)
        continue;
      if (next[1] == '!' && next[2] != '-')
        found = TRUE;
      else if (is_root (next, token, 1))
        found = TRUE;
      else
        continue;

      *start = (gsize) (next - bytes);
    }

  return 0;
}

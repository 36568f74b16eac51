/* cm-graph-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-graph-look.h"

#include "feeds/decode/cm-record-json.h"

/* Of the people in one call. */
#define MAX_PAGES 100

typedef struct
{
  JsonParser *call;  /* (nullable): %NULL where there is no such call any more */
  GPtrArray  *pages; /* JsonParser: of people */
  gboolean    is_told; /* all of the people were */
} Answer;

struct _CmGraphLook
{
  char      *address;
  GPtrArray *names;
  GPtrArray *answers;   /* Answer: of the calls so far */
  Answer    *current;   /* (nullable): that of whose people are asked for */
  char      *next_page; /* (nullable) */
};

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_clear_object (&self->call);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

/**
 * cm_graph_look_new:
 * @names: (transfer full) (element-type utf8): the ids of calls
 * @address: of Graph, "https://graph.microsoft.com/v1.0"
 *
 * Returns: (transfer full): a look that has asked nothing
 */
CmGraphLook *
cm_graph_look_new (GPtrArray  *names,
                   const char *address)
{
  CmGraphLook *self = g_new0 (CmGraphLook, 1);

  self->address = g_strdup (address);
  self->names = names;
  self->answers = g_ptr_array_new_with_free_func (answer_free);

  return self;
}

void
cm_graph_look_free (CmGraphLook *self)
{
  g_free (self->address);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->answers);
  g_free (self->next_page);
  g_free (self);
}

/**
 * cm_graph_look_dup_next:
 * @self: a look
 *
 * Returns: (nullable) (transfer full): what is to be asked for now; %NULL where all is
 */
char *
cm_graph_look_dup_next (CmGraphLook *self)
{
  int size = (int) strlen (self->address) - (g_str_has_suffix (self->address, "/") ? 1 : 0);
  guint n = self->answers->len;
  g_autofree char *name = NULL;

  if (self->next_page != NULL)
    return g_strdup (self->next_page);
  if (self->current == NULL && n == self->names->len)
    return NULL;

  name = g_uri_escape_string (g_ptr_array_index (self->names, self->current != NULL ? n - 1 : n), NULL, FALSE);

  return g_strdup_printf ("%.*s/communications/calls/%s%s", size, self->address, name,
                          self->current != NULL ? "/participants" : "");
}

static gboolean
fail (GError     **error,
      const char  *reason)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", reason);

  return FALSE;
}

static gboolean
check_status (guint    status,
              GError **error)
{
  if (status == SOUP_STATUS_OK)
    return TRUE;
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return fail (error, "Graph refuses the token");
  if (status == SOUP_STATUS_FORBIDDEN)
    return fail (error, "Graph does not let the application see the call; an administrator can consent to it");

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the address answers with HTTP status %u", status);

  return FALSE;
}

static void
add_answer (CmGraphLook *self,
            JsonParser  *call)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->call = call;
  answer->pages = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->answers, answer);
  self->current = call != NULL ? answer : NULL;
}

/* The token is for nobody else. */
static gboolean
is_there (CmGraphLook *self,
          const char  *place)
{
  g_autoptr(GUri) base = g_uri_parse (self->address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GUri) uri = g_uri_parse (place, SOUP_HTTP_URI_FLAGS, NULL);

  return base != NULL && uri != NULL && g_str_equal (g_uri_get_scheme (base), g_uri_get_scheme (uri)) &&
         g_strcmp0 (g_uri_get_host (base), g_uri_get_host (uri)) == 0 && g_uri_get_port (base) == g_uri_get_port (uri);
}

static gboolean
take_page (CmGraphLook  *self,
           JsonParser   *parser,
           GError      **error)
{
  Answer *answer = self->current;
  JsonObject *page = cm_record_get_root (parser);
  const char *next = cm_record_get_string (page, "@odata.nextLink");

  if (cm_record_get_array (page, "value") == NULL)
    return fail (error, "the answer of the address is no list of participants");
  if (answer->pages->len == MAX_PAGES)
    return fail (error, "the list of participants has no end");
  if (next != NULL && !is_there (self, next))
    return fail (error, "the list of participants goes on at another address");

  g_ptr_array_add (answer->pages, g_object_ref (parser));
  g_free (self->next_page);
  self->next_page = g_strdup (next);
  answer->is_told = next == NULL;
  if (next == NULL)
    self->current = NULL;

  return TRUE;
}

/* Of a call of two Graph does not list who is in it, and a call may be over since. */
static gboolean
take_no_page (CmGraphLook *self)
{
  g_clear_pointer (&self->next_page, g_free);
  self->current = NULL;

  return TRUE;
}

/**
 * cm_graph_look_hear:
 * @self: a look
 * @status: of HTTP
 * @answer: to what cm_graph_look_dup_next() has asked for
 * @error: why it is none
 *
 * Returns: whether it is one
 */
gboolean
cm_graph_look_hear (CmGraphLook  *self,
                    guint         status,
                    GBytes       *answer,
                    GError      **error)
{
  gboolean are_people = self->current != NULL;
  g_autoptr(JsonParser) parser = NULL;

  if (are_people && (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_BAD_REQUEST))
    return take_no_page (self);
  if (status == SOUP_STATUS_NOT_FOUND)
    {
      add_answer (self, NULL);
      return TRUE;
    }
  if (!check_status (status, error))
    return FALSE;

  parser = cm_record_parse_body (answer);
  if (parser == NULL)
    return fail (error, "the answer of the address is no JSON object");
  if (are_people)
    return take_page (self, parser, error);
  if (cm_record_get_string (cm_record_get_root (parser), "state") == NULL)
    return fail (error, "the answer of the address is no call");

  add_answer (self, g_steal_pointer (&parser));

  return TRUE;
}

static GPtrArray *
dup_lists (const Answer *answer)
{
  GPtrArray *lists = g_ptr_array_new ();

  for (guint i = 0; i < answer->pages->len; i++)
    g_ptr_array_add (lists, cm_record_get_array (cm_record_get_root (g_ptr_array_index (answer->pages, i)), "value"));

  return lists;
}

/**
 * cm_graph_look_tell:
 * @self: a look that has asked for all
 * @decoder: whom it is told
 * @at: when it began, ms UTC by our clock
 */
void
cm_graph_look_tell (CmGraphLook *self,
                    CmGraph     *decoder,
                    gint64       at)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (self->answers, i);
      g_autoptr(GPtrArray) lists = answer->is_told ? dup_lists (answer) : NULL;

      cm_graph_take_call (decoder, at, g_ptr_array_index (self->names, i), cm_record_get_root (answer->call), lists);
    }
}

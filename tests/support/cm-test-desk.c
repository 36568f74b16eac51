/* cm-test-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "core/cm-merge-patch.h"

static JsonNode *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = NULL;

  cm_json_validate (json, strlen (json), &error);
  g_assert_no_error (error);
  node = json_from_string (json, &error);
  g_assert_no_error (error);

  return node;
}

/**
 * cm_test_desk_new:
 *
 * Returns: (transfer full): a desk at which nothing has happened
 */
CmTestDesk *
cm_test_desk_new (void)
{
  CmTestDesk *self = g_new0 (CmTestDesk, 1);

  self->tracker = cm_tracker_new ();
  self->now = CM_TEST_START;
  self->mirror = parse ("{}");
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_document_free);

  return self;
}

/**
 * cm_test_desk_free:
 * @self: (transfer full): a desk
 */
void
cm_test_desk_free (CmTestDesk *self)
{
  g_assert_finalize_object (self->tracker);
  json_node_unref (self->mirror);
  g_hash_table_unref (self->documents);
  g_free (self);
}

static void
apply_to_document (CmTestDesk *self,
                   const char *id,
                   const char *patch)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autoptr(GError) error = NULL;
  CmDocument *document = g_hash_table_lookup (self->documents, id);

  if (document == NULL)
    {
      document = cm_document_new (id);
      g_hash_table_insert (self->documents, g_strdup (id), document);
    }

  cm_json_reader_load (reader, patch, strlen (patch), CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT);
  cm_document_apply (document, reader, &error);
  g_assert_no_error (error);
}

static void
take_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  CmTestDesk *self = user_data;
  g_autoptr(GString) patch = g_string_new (NULL);
  g_autoptr(JsonNode) whole = json_node_new (JSON_NODE_OBJECT);

  self->n_changes++;
  json_node_take_object (whole, json_object_new ());

  if (after == NULL)
    {
      g_assert_true (g_hash_table_remove (self->documents, id));
      json_object_set_null_member (json_node_get_object (whole), id);
    }
  else
    {
      g_assert_cmpint (before != NULL, ==, g_hash_table_contains (self->documents, id));
      g_assert_true (cm_document_write_patch (before, after, patch));
      apply_to_document (self, id, patch->str);
      json_object_set_member (json_node_get_object (whole), id, parse (patch->str));
    }

  self->mirror = cm_merge_patch_apply (self->mirror, whole);
}

/**
 * cm_test_desk_flush:
 * @self: a desk
 *
 * Publishes what has changed and applies it.
 */
void
cm_test_desk_flush (CmTestDesk *self)
{
  cm_tracker_flush (self->tracker, take_change, self);
}

/**
 * cm_test_desk_handle:
 * @self: a desk
 * @event: what happens
 */
void
cm_test_desk_handle (CmTestDesk    *self,
                     const CmEvent *event)
{
  cm_tracker_handle (self->tracker, event);
  cm_test_desk_flush (self);
}

/**
 * cm_test_desk_line:
 * @self: a desk
 * @line: an event line
 */
void
cm_test_desk_line (CmTestDesk *self,
                   const char *line)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autoptr(GError) error = NULL;
  CmTimeCache cache = { 0 };
  CmEvent event;
  gsize column;

  if (!cm_event_decode (&event, reader, &cache, line, strlen (line), &column, &error))
    g_error ("%s: %s", line, error->message);

  cm_test_desk_handle (self, &event);
}

/**
 * cm_test_desk_play:
 * @self: a desk
 * @script: what happens, in short; see cm-test-script.c
 */
void
cm_test_desk_play (CmTestDesk *self,
                   const char *script)
{
  g_auto(GStrv) commands = g_strsplit (script, "; ", -1);

  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_autofree char *line = cm_test_script_line (commands[i], &self->now);

      if (line != NULL)
        cm_test_desk_line (self, line);
    }
}

/**
 * cm_test_desk_check:
 * @self: a desk
 *
 * Asserts that the patches add up to exactly the tracker's documents, however
 * they were applied.
 */
void
cm_test_desk_check (CmTestDesk *self)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (self->tracker);
  JsonObject *mirror = json_node_get_object (self->mirror);

  g_assert_cmpuint (documents->len, ==, g_hash_table_size (self->documents));
  g_assert_cmpuint (documents->len, ==, json_object_get_size (mirror));

  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);
      const CmDocument *applied = g_hash_table_lookup (self->documents, document->id);
      g_autoptr(GString) json = g_string_new (NULL);
      g_autoptr(JsonNode) node = NULL;

      g_assert_nonnull (applied);
      g_assert_true (cm_document_equal (applied, document));
      g_assert_true (cm_document_equal (document, applied));

      cm_document_write (document, json);
      node = parse (json->str);
      g_assert_true (json_node_equal (node, json_object_get_member (mirror, document->id)));
    }
}

static JsonNode *
find_child (JsonNode   *node,
            const char *name)
{
  guint i = (guint) g_ascii_strtoull (name, NULL, 10);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);

  if (JSON_NODE_HOLDS_ARRAY (node) && i < json_array_get_length (json_node_get_array (node)))
    return json_array_get_element (json_node_get_array (node), i);

  return NULL;
}

/* "leg:" is short for legs, "who:ann" for the participant sip:ann@x. */
static JsonNode *
find (JsonNode   *node,
      const char *path)
{
  g_auto(GStrv) names = g_strsplit (path, ":", -1);
  gboolean person = g_str_equal (names[0], "who");

  if (person)
    node = find_child (node, "participants");
  else
    node = find_child (node, g_str_equal (names[0], "leg") ? "legs" : names[0]);

  for (guint i = 1; names[i] != NULL && node != NULL; i++)
    {
      g_autofree char *address = g_strdup_printf ("sip:%s@x", names[i]);

      node = find_child (node, person && i == 1 ? address : names[i]);
    }

  return node;
}

/**
 * cm_test_desk_dup:
 * @self: a desk
 * @id: a conversation
 * @path: where in its document: names between ":"
 *
 * Returns: (transfer full): the value as JSON, a string without quotes; "-"
 *   where there is none
 */
char *
cm_test_desk_dup (CmTestDesk *self,
                  const char *id,
                  const char *path)
{
  JsonNode *document = json_object_get_member (json_node_get_object (self->mirror), id);
  JsonNode *node = document != NULL ? find (document, path) : NULL;

  if (node == NULL)
    return g_strdup ("-");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));

  return json_to_string (node, FALSE);
}

/**
 * cm_test_desk_expect:
 * @self: a desk
 * @id: a conversation, or %NULL for none that has to be there
 * @expectations: "path=value" between blanks; "-" is no value
 */
void
cm_test_desk_expect (CmTestDesk *self,
                     const char *id,
                     const char *expectations)
{
  g_auto(GStrv) pairs = g_strsplit_set (expectations, " \n", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *value = strchr (pairs[i], '=');
      g_autofree char *actual = NULL;

      if (value == NULL)
        continue;

      *value++ = '\0';
      actual = cm_test_desk_dup (self, id, pairs[i]);
      if (!g_str_equal (actual, value))
        {
          g_autofree char *all = json_to_string (self->mirror, TRUE);

          g_error ("%s: %s is %s and not %s in %s", id, pairs[i], actual, value, all);
        }
    }
}

static void
run_case (gconstpointer user_data)
{
  const CmTestCase *test_case = user_data;
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  for (const CmTestStep *step = test_case->steps; step->id != NULL; step++)
    {
      cm_test_desk_play (desk, step->script);
      cm_test_desk_expect (desk, step->id, step->expectations);
      cm_test_desk_check (desk);
    }
}

/**
 * cm_test_add_cases:
 * @folder: the path of the tests, "/tracker"
 * @cases: the cases; each is a test of its own
 */
void
cm_test_add_cases (const char       *folder,
                   const CmTestCase *cases)
{
  for (const CmTestCase *c = cases; c->name != NULL; c++)
    {
      g_autofree char *path = g_strconcat (folder, "/", c->name, NULL);

      g_test_add_data_func (path, c, run_case);
    }
}

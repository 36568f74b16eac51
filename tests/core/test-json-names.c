/* test-json-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"

/* Writes a name so that no two spellings in a row are the same bytes. */
static void
append_name (GString *json,
             guint    number)
{
  g_string_append_printf (json, number % 2 == 0 ? "\"n%u\":0" : "\"\\u006e%u\":0", number);
}

static GString *
make_object (guint count)
{
  GString *json = g_string_new ("{\"inner\":{\"n0\":0,\"n1\":1}");

  for (guint i = 0; i < count; i++)
    {
      g_string_append_c (json, ',');
      append_name (json, i);
    }

  return json;
}

static void
check_object (CmJsonReader *reader,
              guint         count,
              int           repeated)
{
  g_autoptr(GString) json = make_object (count);
  gsize offset = json->len + 1;

  if (repeated >= 0)
    g_string_append_printf (json, ",\"\\u006E%d\":0", repeated);

  g_string_append_c (json, '}');
  cm_json_reader_load (reader, json->str, json->len, CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT);
  g_assert_cmpint (cm_json_reader_skip (reader), ==, repeated < 0);

  if (repeated >= 0)
    {
      g_assert_cmpuint (cm_json_reader_get_offset (reader), ==, offset);
      g_assert_cmpstr (cm_json_reader_get_message (reader), ==, "the same name twice in one object");
    }
}

/* Around the number at which a table takes over, each name repeated once. */
static void
test_each_name (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint count = 1; count < 40; count++)
    {
      check_object (reader, count, -1);

      for (guint repeated = 0; repeated < count; repeated++)
        check_object (reader, count, (int) repeated);
    }
}

/* Tables grow, are given back and used again; what an earlier text had in them is
 * never found. */
static void
test_many_names (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint round = 0; round < 3; round++)
    {
      check_object (reader, 20, -1);
      check_object (reader, 100000, -1);
      check_object (reader, 20, -1);
      check_object (reader, 5000, 4999);
      check_object (reader, 5000, 0);
      check_object (reader, 5000, -1);
    }
}

/* The same names in many objects of one text do not meet. */
static void
test_many_objects (void)
{
  g_autoptr(GString) json = g_string_new ("[0");

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr(GString) object = make_object (20);

      g_string_append_printf (json, ",%s,\"nested\":%s}}", object->str, object->str);
    }

  g_string_append_c (json, ']');
  g_assert_true (cm_json_validate (json->str, json->len, NULL));
}

/* A line as large as a line may be, of nothing but names, in an object that the
 * event does not know. */
static void
test_hostile_line (void)
{
  g_autoptr(CmEventReader) reader = cm_event_reader_new (NULL, NULL, NULL);
  g_autoptr(GString) line = g_string_new ("{\"x\":{\"\":0");

  for (guint i = 0; line->len < CM_EVENT_MAX_LINE - 16; i++)
    g_string_append_printf (line, ",\"%x\":0", i);

  g_string_append (line, "}}\n");
  cm_event_reader_push (reader, line->str, line->len);
  g_assert_cmpuint (cm_event_reader_get_faults (reader), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-names/each-name", test_each_name);
  g_test_add_func ("/json-names/many-names", test_many_names);
  g_test_add_func ("/json-names/many-objects", test_many_objects);
  g_test_add_func ("/json-names/hostile-line", test_hostile_line);

  return g_test_run ();
}

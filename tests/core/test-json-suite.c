/* test-json-suite.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-reader.h"

/* The strict rule goes beyond the RFC in two points; these are the suite's files
 * that hold them. */
static const char *beyond_rfc[] = {
  "y_object_duplicated_key.json",
  "y_object_duplicated_key_and_value.json",
  "y_object_escaped_null_in_key.json",
  "y_string_null_escape.json",
  NULL,
};

/* Third parties' texts are not part of the project: they lie beside it, or where
 * the environment says. */
static char *
find_suite (void)
{
  const char *samples = g_getenv ("CM_SAMPLES");
  const char *tests = g_getenv ("G_TEST_SRCDIR");
  g_autofree char *folder = NULL;

  if (samples != NULL)
    folder = g_build_filename (samples, "json-test-suite", NULL);
  else if (tests != NULL)
    folder = g_build_filename (tests, "..", "..", "shared", "samples", "json-test-suite", NULL);

  return folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&folder) : NULL;
}

static gboolean
accepts (CmJsonReader *reader,
         const char   *bytes,
         gsize         size,
         CmJsonFlags   flags)
{
  CmJsonToken token;

  cm_json_reader_load (reader, bytes, size, flags);

  do
    token = cm_json_reader_next (reader);
  while (token != CM_JSON_END && token != CM_JSON_ERROR);

  return token == CM_JSON_END;
}

/* Each length in memory of just that size, so that a sanitizer sees a reader that
 * looks behind the end. */
static void
check_cuts (CmJsonReader *reader,
            const char   *bytes,
            gsize         size)
{
  gsize limit = MIN (size, 4096);

  for (gsize length = 0; length < limit; length++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);

      accepts (reader, copy, length, CM_JSON_STRICT);
      g_assert_cmpuint (cm_json_reader_get_offset (reader), <=, length);
    }
}

static void
check_file (CmJsonReader *reader,
            const char   *folder,
            const char   *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *copy = NULL;
  gsize size;
  gboolean is_rfc, is_strict;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_test_message ("%s", name);
  copy = g_memdup2 (bytes, size);
  is_rfc = accepts (reader, copy, size, CM_JSON_ALLOW_DUPLICATES | CM_JSON_ALLOW_NUL);
  is_strict = accepts (reader, copy, size, CM_JSON_STRICT);

  if (name[0] == 'y')
    {
      g_assert_true (is_rfc);
      g_assert_cmpint (is_strict, !=, g_strv_contains (beyond_rfc, name));
    }
  else if (name[0] == 'n')
    {
      g_assert_false (is_rfc);
      g_assert_false (is_strict);
    }

  check_cuts (reader, bytes, size);
}

static void
test_suite (void)
{
  g_autofree char *folder = find_suite ();
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  if (folder == NULL)
    {
      g_test_skip ("JSONTestSuite is not beside the project; CM_SAMPLES tells where it is");
      return;
    }

  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        check_file (reader, folder, name);
        n_files++;
      }

  g_assert_cmpuint (n_files, >, 300);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-suite/files", test_suite);

  return g_test_run ();
}

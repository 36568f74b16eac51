/* test-recordings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "model/cm-enum-types.h"

/* A recording NAME.jsonl and what it comes to: NAME.expect has, line by line,
 *
 *   way LEG WORD…     the phases that the leg passes, and while it escalates
 *                     "escalating:STEP/STEPS"; in front of "+" the banner
 *   is ID PATH=VALUE… what the last document says; see cm_test_desk_expect() */

typedef struct
{
  char  *name;
  char **lines;
  char  *expect;
} Recording;

static GPtrArray *recordings;

static void
recording_free (gpointer data)
{
  Recording *self = data;

  g_free (self->name);
  g_strfreev (self->lines);
  g_free (self->expect);
  g_free (self);
}

static char *
dup_file (const char *folder,
          const char *name,
          const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static void
read_folder (const char *folder)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *text = NULL;
      Recording *recording;

      if (!g_str_has_suffix (file, ".jsonl"))
        continue;

      recording = g_new0 (Recording, 1);
      recording->name = g_strndup (file, strlen (file) - strlen (".jsonl"));
      text = dup_file (folder, recording->name, ".jsonl");
      recording->lines = g_strsplit (g_strchomp (text), "\n", -1);
      recording->expect = dup_file (data, recording->name, ".expect");
      g_ptr_array_add (recordings, recording);
    }
}

static char *
dup_phase (const CmLeg *leg)
{
  g_autoptr(GEnumClass) phases = g_type_class_ref (CM_TYPE_PHASE);
  g_autoptr(GEnumClass) banners = g_type_class_ref (CM_TYPE_BANNER);
  GString *word = g_string_new (NULL);

  if (leg->banner != CM_BANNER_NONE)
    g_string_append_printf (word, "%s+", g_enum_get_value (banners, (int) leg->banner)->value_nick);
  g_string_append (word, g_enum_get_value (phases, (int) leg->phase)->value_nick);
  if (leg->phase == CM_PHASE_ESCALATING)
    g_string_append_printf (word, ":%u/%u", leg->escalation.step, leg->escalation.steps);

  return g_string_free (word, FALSE);
}

/* Adds to each leg's way where it is now. */
static void
note_phases (CmTestDesk *desk,
             GHashTable *ways)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, desk->documents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const CmDocument *document = value;

      for (guint i = 0; i < document->legs.len; i++)
        {
          const CmLeg *leg = cm_document_get_leg (document, i);
          g_autofree char *word = dup_phase (leg);
          g_autofree char *last = g_strconcat (" ", word, NULL);
          const char *way = g_hash_table_lookup (ways, leg->id);

          if (way == NULL || !g_str_has_suffix (way, last))
            g_hash_table_insert (ways, g_strdup (leg->id), g_strconcat (way ? way : "", last, NULL));
        }
    }
}

static void
check_expectation (CmTestDesk *desk,
                   GHashTable *ways,
                   const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", 3);

  if (g_str_equal (words[0], "is"))
    cm_test_desk_expect (desk, words[1], words[2]);
  else
    g_assert_cmpstr (g_hash_table_lookup (ways, words[1]), ==, line + strlen ("way ") + strlen (words[1]));
}

static void
test_what_it_comes_to (void)
{
  for (guint i = 0; i < recordings->len; i++)
    {
      const Recording *recording = g_ptr_array_index (recordings, i);
      g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
      g_autoptr(GHashTable) ways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_auto(GStrv) expectations = NULL;

      g_test_message ("%s", recording->name);
      g_assert_nonnull (recording->expect);
      for (guint j = 0; recording->lines[j] != NULL; j++)
        {
          cm_test_desk_line (desk, recording->lines[j]);
          note_phases (desk, ways);
        }
      cm_test_desk_check (desk);

      expectations = g_strsplit (g_strchomp (recording->expect), "\n", -1);
      for (guint j = 0; expectations[j] != NULL; j++)
        check_expectation (desk, ways, expectations[j]);
    }
}

/* How a recording is spoilt at one of its lines. */
typedef enum
{
  CUT,
  WITHOUT,
  DOUBLED,
  SWAPPED,
  N_WAYS,
} Way;

static void
play_spoilt (const Recording *recording,
             Way              way,
             guint            at)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  guint n = g_strv_length (recording->lines);

  for (guint i = 0; i < n && !(way == CUT && i > at); i++)
    {
      guint line = i;

      if (way == WITHOUT && i == at)
        continue;
      if (way == SWAPPED && at + 1 < n && (i == at || i == at + 1))
        line = 2 * at + 1 - i;
      cm_test_desk_line (desk, recording->lines[line]);
      if (way == DOUBLED && i == at)
        cm_test_desk_line (desk, recording->lines[line]);
    }

  cm_test_desk_check (desk);
}

static void
test_spoilt (gconstpointer user_data)
{
  Way way = (Way) GPOINTER_TO_INT (user_data);

  for (guint i = 0; i < recordings->len; i++)
    {
      const Recording *recording = g_ptr_array_index (recordings, i);

      g_test_message ("%s", recording->name);
      for (guint at = 0; recording->lines[at] != NULL; at++)
        play_spoilt (recording, way, at);
    }
}

/* A numbered line that comes twice, or two that came in the wrong order, change
 * no final document but for what only its time tells. */
static void
test_doubled_is_the_same (void)
{
  for (guint i = 0; i < recordings->len; i++)
    {
      const Recording *recording = g_ptr_array_index (recordings, i);
      g_autoptr(CmTestDesk) once = cm_test_desk_new ();
      g_autoptr(CmTestDesk) twice = cm_test_desk_new ();

      if (strstr (recording->lines[0], "\"seq\"") == NULL)
        continue;

      for (guint j = 0; recording->lines[j] != NULL; j++)
        {
          cm_test_desk_line (once, recording->lines[j]);
          cm_test_desk_line (twice, recording->lines[j]);
          cm_test_desk_line (twice, recording->lines[j]);
        }
      g_assert_true (json_node_equal (once->mirror, twice->mirror));
    }
}

/* Whoever begins to listen late gets everything at once. */
static void
test_late_listener (void)
{
  for (guint i = 0; i < recordings->len; i++)
    {
      const Recording *recording = g_ptr_array_index (recordings, i);
      g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
      g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
      CmTimeCache cache = { 0 };

      for (guint j = 0; recording->lines[j] != NULL; j++)
        {
          CmEvent event;
          gsize column;

          g_assert_true (cm_event_decode (&event, reader, &cache, recording->lines[j],
                                          strlen (recording->lines[j]), &column, NULL));
          cm_tracker_handle (desk->tracker, &event);
          if (j % 7 == 6)
            cm_test_desk_flush (desk);
        }
      cm_test_desk_flush (desk);
      cm_test_desk_check (desk);
    }
}

int
main (int    argc,
      char **argv)
{
  static const char * const ways[N_WAYS] = { "cut", "without", "doubled", "swapped" };
  g_autofree char *data = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  recordings = g_ptr_array_new_with_free_func (recording_free);
  read_folder (g_getenv ("CM_RECORDINGS"));
  data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  read_folder (data);

  g_test_add_func ("/recordings/what-it-comes-to", test_what_it_comes_to);
  for (gint i = 0; i < N_WAYS; i++)
    {
      g_autofree char *path = g_strconcat ("/recordings/spoilt/", ways[i], NULL);

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_spoilt);
    }
  g_test_add_func ("/recordings/doubled-is-the-same", test_doubled_is_the_same);
  g_test_add_func ("/recordings/late-listener", test_late_listener);

  status = g_test_run ();
  g_ptr_array_unref (recordings);

  return status;
}

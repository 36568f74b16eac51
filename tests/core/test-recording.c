/* test-recording.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-recording-file.h"

#define AT(second) "{\"at\":\"2011-11-09T09:00:0" second "Z\",\"source\":\"a\",\"conversation\":\"1\","
#define ADDED(second) AT (second) "\"event\":\"ConversationAdded\"}"
#define REMOVED(second) AT (second) "\"event\":\"ConversationRemoved\"}"

#define START G_GINT64_CONSTANT (1320829200000)

static CmRecording *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  return cm_recording_new_for_bytes (bytes, error);
}

static void
test_events (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CmRecording) recording =
    parse (ADDED ("1") "\nnonsense\n\n" ADDED ("5") "\r\n" ADDED ("3") "\n{}\n" REMOVED ("7"), &error);
  static const gint64 times[] = { 1000, 5000, 5000, 7000 };

  g_assert_no_error (error);
  g_assert_cmpuint (cm_recording_get_n_events (recording), ==, G_N_ELEMENTS (times));

  /* In any order, and each as often as one likes. */
  for (guint i = 2 * G_N_ELEMENTS (times); i > 0; i--)
    {
      guint event_no = (i - 1) % G_N_ELEMENTS (times);
      CmEvent event;

      cm_recording_get_event (recording, event_no, &event);
      g_assert_cmpint (cm_recording_get_time (recording, event_no), ==, START + times[event_no]);
      g_assert_cmpint (event.kind, ==, event_no == 3 ? CM_EVENT_CONVERSATION_REMOVED : CM_EVENT_CONVERSATION_ADDED);
      g_assert_true (cm_text_equal (event.source, CM_TEXT ("a")));
    }
}

static void
test_faults (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CmRecording) recording = parse ("nonsense\n" ADDED ("1") "\n{}\n", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cm_recording_get_n_faults (recording), ==, 2);
  g_assert_true (g_str_has_prefix (cm_recording_get_fault (recording, 0), "Line 1: "));
  g_assert_true (g_str_has_prefix (cm_recording_get_fault (recording, 1), "Line 3: "));
  g_assert_null (cm_recording_get_fault (recording, 2));
}

static void
test_many_faults (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(CmRecording) recording = NULL;

  for (guint i = 0; i < CM_RECORDING_MAX_FAULTS + 5; i++)
    g_string_append (text, "x\n");
  g_string_append (text, ADDED ("1"));
  recording = parse (text->str, NULL);

  g_assert_cmpuint (cm_recording_get_n_faults (recording), ==, CM_RECORDING_MAX_FAULTS + 5);
  g_assert_nonnull (cm_recording_get_fault (recording, CM_RECORDING_MAX_FAULTS - 1));
  g_assert_null (cm_recording_get_fault (recording, CM_RECORDING_MAX_FAULTS));
}

static void
test_nothing_in_it (void)
{
  static const char * const texts[] = { "", "\n\n", "nonsense", "[]\n{}\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (texts[i], &error));
      g_assert_error (error, CM_RECORDING_ERROR, CM_RECORDING_ERROR_EMPTY);
    }
}

static void
test_files (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), "escalation-merged.jsonl", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFile) missing = g_file_new_for_path ("/nonexistent/meeting.jsonl");
  g_autoptr(GFile) folder = g_file_new_for_path ("/");
  g_autoptr(CmRecordingFile) opened = NULL;
  g_autoptr(CmRecording) recording = NULL;
  g_autoptr(GError) error = NULL;

  opened = cm_recording_file_open (file, &error);
  g_assert_no_error (error);
  g_assert_true (cm_recording_file_is_whole (opened));
  recording = cm_recording_file_dup_head (opened);
  g_assert_cmpuint (cm_recording_get_n_events (recording), ==, 79);

  g_assert_null (cm_recording_file_open (missing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cm_recording_file_open (folder, &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recording/events", test_events);
  g_test_add_func ("/recording/faults", test_faults);
  g_test_add_func ("/recording/many-faults", test_many_faults);
  g_test_add_func ("/recording/nothing-in-it", test_nothing_in_it);
  g_test_add_func ("/recording/files", test_files);

  return g_test_run ();
}

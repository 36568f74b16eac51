/* test-call-texts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "core/cm-json-reader.h"
#include "journal/cm-call-records.h"
#include "journal/cm-line-mask.h"
#include "journal/cm-stage-times.h"
#include "journal/cm-ticket-note.h"
#include "model/cm-document-words.h"
#include "watch/play/cm-playback.h"

static CmPlayback *
play_to_end (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  CmPlayback *playback = cm_playback_new (file, 1, NULL);

  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_position (playback, cm_playback_get_duration (playback));

  return playback;
}

static void
test_records (void)
{
  g_autoptr(CmPlayback) playback = play_to_end ("escalation-user2.jsonl");
  g_autoptr(GPtrArray) documents =
    cm_tracker_dup_documents (cm_local_watch_get_tracker (CM_LOCAL_WATCH (playback)));
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(JsonNode) root = NULL;
  JsonObject *record;

  cm_call_records_write_json (documents, json);
  g_assert_true (cm_json_validate (json->str, json->len, NULL));
  root = json_from_string (json->str, NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (root)), ==, 1);

  record = json_array_get_object_element (json_node_get_array (root), 0);
  g_assert_cmpstr (json_object_get_string_member (record, "type"), ==, "conference");
  g_assert_cmpstr (json_object_get_string_member (record, "direction"), ==, "incoming");
  g_assert_cmpint (json_object_get_int_member (record, "ring_ms"), ==, 3800);
  g_assert_cmpint (json_object_get_int_member (record, "escalation_ms"), ==, 5600);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (record, "parties")), ==, 3);
  g_assert_false (json_object_has_member (record, "ended"));
}

static void
ignore_change (const char       *id,
               const CmDocument *before,
               const CmDocument *after,
               gpointer          user_data)
{
}

/* Returns: (transfer full): what a file of event lines comes to */
static GPtrArray *
track (const char *path)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr(CmRecording) recording = cm_recording_new_for_bytes (bytes, NULL);
  g_autoptr(CmTracker) tracker = cm_tracker_new ();

  cm_tracker_set_history (tracker, G_MAXINT64, G_MAXUINT);
  for (guint i = 0; i < cm_recording_get_n_events (recording); i++)
    {
      CmEvent event;

      cm_recording_get_event (recording, i, &event);
      cm_tracker_advance (tracker, event.at);
      cm_tracker_handle (tracker, &event);
    }
  cm_tracker_flush (tracker, ignore_change, NULL);

  return cm_tracker_dup_documents (tracker);
}

static void
check_time (JsonObject *record,
            const char *name,
            gint64      time)
{
  CmTimeCache cache = { 0 };
  char expected[CM_TIME_FORMAT_SIZE];

  g_assert_cmpint (json_object_has_member (record, name), ==, time != CM_TIME_NONE);
  if (time == CM_TIME_NONE)
    return;

  cm_time_format (&cache, time, expected);
  g_assert_cmpstr (json_object_get_string_member (record, name), ==, expected);
}

static void
check_duration (JsonObject *record,
                const char *name,
                gint64      duration)
{
  g_assert_cmpint (json_object_get_int_member_with_default (record, name, -1), ==, MAX (duration, -1));
}

static void
check_record (JsonObject       *record,
              const CmDocument *document,
              const CmLeg      *leg)
{
  const CmTiming *timing = &leg->timing;
  JsonArray *parties = json_object_get_array_member (record, "parties");
  gint64 escalation = -1;

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    escalation = timing->stages[i] >= 0 ? MAX (escalation, 0) + timing->stages[i] : escalation;

  g_assert_cmpstr (json_object_get_string_member (record, "leg"), ==, leg->id);
  g_assert_cmpstr (json_object_get_string_member_with_default (record, "inviter", NULL), ==, leg->inviter);
  g_assert_cmpstr (json_object_get_string_member_with_default (record, "organizer", NULL), ==,
                   document->conference.organizer);
  g_assert_cmpstr (json_object_get_string_member (record, "end"), !=, "");
  g_assert_cmpint (json_object_has_member (record, "direction"), ==, leg->direction != CM_LEG_DIRECTION_NONE);
  g_assert_cmpuint (json_array_get_length (parties), ==, document->persons.len);
  check_time (record, "added", timing->added);
  check_time (record, "rang", timing->rang);
  check_time (record, "answered", timing->answered);
  check_time (record, "joined", timing->joined);
  check_time (record, "left", timing->left);
  check_time (record, "ended", timing->ended);
  check_duration (record, "ring_ms", timing->ring);
  check_duration (record, "talk_ms", timing->talk);
  check_duration (record, "hold_ms", timing->hold);
  check_duration (record, "escalation_ms", escalation);
}

/* Returns: how many records there are, each of them as the documents have it */
static guint
check_records (const char *path)
{
  g_autoptr(GPtrArray) documents = track (path);
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(JsonNode) root = NULL;
  JsonArray *records;
  guint n = 0;

  cm_call_records_write_json (documents, json);
  g_assert_true (cm_json_validate (json->str, json->len, NULL));
  root = json_from_string (json->str, NULL);
  records = json_node_get_array (root);
  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      for (guint j = 0; j < document->legs.len; j++)
        check_record (json_array_get_object_element (records, n++), document,
                      cm_document_get_leg (document, j));
    }
  g_assert_cmpuint (json_array_get_length (records), ==, n);

  return n;
}

static guint
check_folder (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_str_has_suffix (name, ".jsonl"))
        n += check_records (file);
    }

  return n;
}

static void
test_records_add_up (void)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autofree char *rules = g_test_build_filename (G_TEST_DIST, "data", "rules", NULL);

  g_assert_cmpuint (check_folder (g_getenv ("CM_RECORDINGS")), >=, 5);
  g_assert_cmpuint (check_folder (data), >=, 10);
  g_assert_cmpuint (check_folder (rules), >=, 10);
}

static void
test_no_records (void)
{
  g_autoptr(GPtrArray) documents = g_ptr_array_new ();
  g_autoptr(GString) json = g_string_new (NULL);

  cm_call_records_write_json (documents, json);
  g_assert_cmpstr (json->str, ==, "[\n]\n");
}

/* The same stands for the same, and nothing of what was there is left. */
static void
test_mask (void)
{
  static const char line[] =
    "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"lync/ana@contoso.com\",\"conversation\":\"c1\","
    "\"event\":\"ParticipantAdded\",\"participant\":\"sip:ana@contoso.com\",\"name\":\"Ana\"}";
  static const char other[] =
    "{\"at\":\"2011-11-09T09:00:01Z\",\"source\":\"lync/ana@contoso.com\",\"conversation\":\"c1\","
    "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingUri\","
    "\"value\":\"sip:ANA@contoso.com;gruu;opaque=app:conf:focus:id:AB12\"}";
  static const char access[] =
    "{\"at\":\"2011-11-09T09:00:02Z\",\"source\":\"lync/ana@contoso.com\",\"conversation\":\"c1\","
    "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceAccessInformation\","
    "\"value\":{\"AutoAttendantNumbers\":[\"+1 555 0100\"],\"ExternalUrl\":\"https://meet.contoso.com/ana/X\"}}";
  g_autoptr(CmLineMask) mask = cm_line_mask_new ();
  g_autofree char *first = cm_line_mask_dup (mask, line);
  g_autofree char *second = cm_line_mask_dup (mask, other);
  g_autofree char *third = cm_line_mask_dup (mask, access);

  g_assert_nonnull (strstr (first, "\"lync/person1@example.com\""));
  g_assert_nonnull (strstr (first, "\"sip:person1@example.com\""));
  g_assert_nonnull (strstr (first, "\"at\":\"2011-11-09T09:00:00Z\""));
  g_assert_null (strstr (first, "Ana"));
  g_assert_nonnull (strstr (second, "sip:person1@example.com;gruu;opaque=app:conf:focus:id:AB12"));
  g_assert_null (strstr (third, "0100"));
  g_assert_null (strstr (third, "contoso"));
}

static void
test_note (void)
{
  g_autoptr(CmPlayback) playback = play_to_end ("escalation-user2.jsonl");
  CmWatch *watch = CM_WATCH (playback);
  g_autoptr(CmDocument) document =
    cm_tracker_dup_document (cm_local_watch_get_tracker (CM_LOCAL_WATCH (playback)),
                             "lync/user2@contoso.com#c1");
  g_autofree char *note = cm_ticket_note_dup (document, cm_watch_get_timeline (watch, document->id),
                                              cm_watch_get_now (watch));
  g_auto(GStrv) lines = g_strsplit (note, "\n", -1);

  g_test_message ("%s", note);
  g_assert_true (g_str_has_prefix (note, "User One"));
  g_assert_nonnull (strstr (note, "\n- User One, presenter, Connected\n"));
  /* Title, kind, age, three people, ten events, and the end of the last line. */
  g_assert_cmpuint (g_strv_length (lines), ==, 17);
}

static void
test_since_left (void)
{
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  CmLeg *leg = cm_document_add_leg (document, "a#1");
  CmPerson *person = cm_document_add_person (document, "sip:ana@contoso.com");
  g_autofree char *words = NULL;

  leg->source = g_ref_string_new ("lync/eva@contoso.com");
  leg->phase = CM_PHASE_LEFT;
  leg->banner = CM_BANNER_LEFT_CALL;
  leg->timing.left = 1000;
  person->joined = 500;
  g_assert_null (cm_document_dup_since_left (document));

  person->joined = 2000;
  cm_document_add_person (document, "sip:ivo@contoso.com")->joined = 3000;
  words = cm_document_dup_since_left (document);
  g_assert_cmpstr (words, ==, "2 joined since you left");
}

/* Counted from the moment of leaving: who came and went since was never missed. */
static void
test_since_left_others (void)
{
  g_autoptr(CmDocument) document = cm_document_new ("conf:a");
  CmLeg *leg = cm_document_add_leg (document, "a#1");
  CmPerson *stayed = cm_document_add_person (document, "sip:ana@contoso.com");
  CmPerson *passed = cm_document_add_person (document, "sip:ivo@contoso.com");
  g_autofree char *one = NULL, *both = NULL, *named = NULL, *back = NULL;

  leg->source = g_ref_string_new ("lync/eva@contoso.com");
  leg->phase = CM_PHASE_LEFT;
  leg->banner = CM_BANNER_LEFT_CALL;
  leg->timing.left = 1000;
  stayed->joined = 500;
  stayed->left = 1500;
  passed->joined = 1200;
  passed->left = 1800;
  one = cm_document_dup_since_left (document);
  g_assert_cmpstr (one, ==, "1 left since you left");

  cm_document_add_person (document, "sip:ben@contoso.com")->joined = 1001;
  both = cm_document_dup_since_left (document);
  g_assert_cmpstr (both, ==, "1 joined since you left · 1 left since you left");

  /* Of several stations none is "you". */
  cm_document_add_leg (document, "b#1")->source = g_ref_string_new ("lync/ben@contoso.com");
  cm_document_add_person (document, "sip:ben@contoso.com")->joined = 900;
  named = cm_document_dup_since_left (document);
  g_assert_cmpstr (named, ==, "1 left since eva@contoso.com left");

  leg->phase = CM_PHASE_IN_CONFERENCE;
  back = cm_document_dup_since_left (document);
  g_assert_null (back);
}

static void
test_slower (void)
{
  g_autoptr(CmStageTimes) times = cm_stage_times_new ();
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  CmLeg *leg = cm_document_add_leg (document, "a#1");
  g_autofree char *words = NULL;

  leg->escalation.stage = g_ref_string_new ("Completed");
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (cm_stage_times_get_median (times, CM_PROGRESS_JOINING_LOCAL_MEDIA), ==, -1);
      leg->timing.stages[CM_PROGRESS_JOINING_LOCAL_MEDIA] = 1500 + i;
      cm_stage_times_take (times, 100 * i, NULL, document);
    }

  g_assert_cmpint (cm_stage_times_get_median (times, CM_PROGRESS_JOINING_LOCAL_MEDIA), ==, 1502);
  g_assert_null (cm_stage_times_dup_slower (times, leg));

  /* Of an earlier moment what came later is not known. */
  cm_stage_times_set_moment (times, 399);
  g_assert_cmpint (cm_stage_times_get_median (times, CM_PROGRESS_JOINING_LOCAL_MEDIA), ==, -1);
  cm_stage_times_set_moment (times, 400);
  g_assert_cmpint (cm_stage_times_get_median (times, CM_PROGRESS_JOINING_LOCAL_MEDIA), ==, 1502);
  leg->timing.stages[CM_PROGRESS_JOINING_LOCAL_MEDIA] = 8000;
  words = cm_stage_times_dup_slower (times, leg);
  g_assert_cmpstr (words, ==, "Joining audio: slower than usual (1.5\302\240s)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/call-texts/records", test_records);
  g_test_add_func ("/call-texts/records-add-up", test_records_add_up);
  g_test_add_func ("/call-texts/no-records", test_no_records);
  g_test_add_func ("/call-texts/mask", test_mask);
  g_test_add_func ("/call-texts/note", test_note);
  g_test_add_func ("/call-texts/since-left", test_since_left);
  g_test_add_func ("/call-texts/since-left-others", test_since_left_others);
  g_test_add_func ("/call-texts/slower", test_slower);

  return g_test_run ();
}

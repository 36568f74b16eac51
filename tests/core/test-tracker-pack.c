/* test-tracker-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a tracker has written another one reads, and goes on exactly as the first. */

#include "support/cm-test-desk.h"

#include "core/cm-pack-fields.h"
#include "tracker/cm-tracker.h"

#define N_LINES 700
#define N_SOURCES 5

static const char * const pieces[] = {
  "\"event\":\"ConversationAdded\",\"subject\":\"Budget\"",
  "\"event\":\"ConversationAdded\",\"direction\":\"Incoming\",\"inviter\":\"sip:ann@x\"",
  "\"event\":\"ConversationAdded\",\"conferencingUri\":\"sip:ann@x;gruu;opaque=app:conf:focus:id:f1\"",
  "\"event\":\"ConversationRemoved\"",
  "\"event\":\"ConversationRemoved\",\"statusCode\":2147943515",
  "\"event\":\"ConversationStateChanged\",\"state\":\"Active\"",
  "\"event\":\"ConversationStateChanged\",\"state\":\"Terminated\"",
  "\"event\":\"ConversationStateChanged\",\"state\":\"Dreaming\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Notified\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Connecting\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Connected\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"OnHold\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Disconnected\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Humming\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"InstantMessage\",\"state\":\"Connected\"",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingUri\",\"value\":\"sip:ann@x;gruu;opaque=app:conf:focus:id:f1\"",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingUri\",\"value\":\"sip:bob@x;gruu;opaque=app:conf:focus:id:f2\"",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingUri\",\"value\":null",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":2",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":3",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":4",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":7",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":8",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationProgress\",\"value\":\"Musing\"",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceEscalationResult\",\"value\":2147500037",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferencingLocked\",\"value\":true",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"ConferenceAccessInformation\",\"value\":{\"Id\":\"42\",\"ExternalUrl\":\"https://x/1\",\"AutoAttendantNumbers\":[\"+49 1\",\"+49 2\"]}",
  "\"event\":\"ConversationPropertyChanged\",\"property\":\"Subject\",\"value\":\"Other\"",
  "\"event\":\"SourceStatusChanged\",\"status\":\"resync\"",
  "\"event\":\"SourceStatusChanged\",\"status\":\"connected\"",
  "\"event\":\"SourceStatusChanged\",\"status\":\"connected\",\"heartbeat\":20000",
  "\"event\":\"SourceStatusChanged\",\"status\":\"lost\"",
};

static const char * const person_pieces[] = {
  "\"event\":\"ParticipantAdded\",\"name\":\"Someone\",\"isPresenter\":true",
  "\"event\":\"ParticipantAdded\",\"isInLobby\":true",
  "\"event\":\"ParticipantAdded\",\"isSelf\":true",
  "\"event\":\"ParticipantRemoved\",\"statusCode\":42",
  "\"event\":\"ParticipantRemoved\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Connected\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Disconnected\"",
  "\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Waving\"",
  "\"event\":\"ParticipantPropertyChanged\",\"property\":\"IsMuted\",\"value\":true",
  "\"event\":\"ParticipantPropertyChanged\",\"property\":\"IsPresenter\",\"value\":false",
  "\"event\":\"ContactInformationChanged\",\"availability\":6500,\"activity\":\"in-a-conference\"",
};

/**
 * Desk:
 * @told: what was told of by the last flush
 */
typedef struct
{
  CmTracker    *tracker;
  CmJsonReader *json;
  CmTimeCache   cache;
  GString      *told;
} Desk;

static CmTracker *
create_tracker (void)
{
  CmTracker *tracker = cm_tracker_new ();

  cm_tracker_set_history (tracker, 10 * 60 * 1000, 4);

  return tracker;
}

static void
desk_init (Desk *self)
{
  *self = (Desk) { .tracker = create_tracker (), .json = cm_json_reader_new (), .told = g_string_new (NULL) };
}

static void
desk_clear (Desk *self)
{
  g_assert_finalize_object (self->tracker);
  cm_json_reader_free (self->json);
  g_string_free (self->told, TRUE);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  GPtrArray *lines = user_data;
  GString *line = g_string_new (id);

  g_string_append_c (line, ' ');
  if (after != NULL)
    cm_document_write (after, line);
  g_ptr_array_add (lines, g_string_free (line, FALSE));
}

/* In which order conversations are told of does not matter. */
static void
flush (Desk *self)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  cm_tracker_flush (self->tracker, note_change, lines);
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (self->told, "%s\n", (char *) g_ptr_array_index (lines, i));
}

static void
take (Desk       *self,
      const char *line)
{
  CmEvent event;
  g_autoptr(GError) error = NULL;
  gboolean ok = cm_event_decode (&event, self->json, &self->cache, line, strlen (line), NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_string_truncate (self->told, 0);
  cm_tracker_advance (self->tracker, event.at);
  flush (self);
  cm_tracker_handle (self->tracker, &event);
  flush (self);
}

static char *
dup_state (Desk *self)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (self->tracker);
  const CmTrackerCounters *counters = cm_tracker_get_counters (self->tracker);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < documents->len; i++)
    {
      cm_document_write (g_ptr_array_index (documents, i), out);
      g_string_append_c (out, '\n');
    }

  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_autofree char *source = g_strdup_printf ("s%u", i);
      gint64 seq = -1, last = -1;

      cm_tracker_get_seq (self->tracker, source, &seq, &last);
      g_string_append_printf (out, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", source, seq, last,
                              cm_tracker_get_silent_since (self->tracker, cm_text_from_string (source)));
    }

  g_string_append_printf (out, "%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                          cm_tracker_get_now (self->tracker), counters->events, counters->duplicates, counters->late);

  return g_string_free (out, FALSE);
}

static gboolean
append_bytes (const guint8 *bytes,
              gsize         size,
              gpointer      user_data)
{
  g_byte_array_append (user_data, bytes, (guint) size);

  return TRUE;
}

static GByteArray *
write_pack (CmTracker *tracker)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr(CmPackWriter) pack = cm_pack_writer_new (append_bytes, bytes);

  cm_tracker_write (tracker, pack);
  g_assert_true (cm_pack_writer_finish (pack));

  return bytes;
}

/* What was published of it is published anew at the first flush, and is no change. */
static void
read_pack (Desk       *self,
           GByteArray *bytes)
{
  g_autoptr(CmPackReader) pack = cm_pack_reader_new (bytes->data, bytes->len);

  g_clear_object (&self->tracker);
  self->tracker = create_tracker ();
  g_assert_true (cm_tracker_read (self->tracker, pack));
  g_assert_true (cm_pack_reader_is_at_end (pack));
  flush (self);
}

/* Numbers go on, come again, and are missing. */
static char *
make_line (GRand  *chance,
           gint64 *at,
           gint64 *seqs)
{
  guint source = (guint) g_rand_int_range (chance, 0, N_SOURCES);
  gboolean is_person = g_rand_int_range (chance, 0, 3) == 0;
  CmTimeCache cache = { 0 };
  char time[CM_TIME_FORMAT_SIZE];
  GString *line = g_string_new ("{");

  *at += g_rand_int_range (chance, 0, 20) == 0 ? g_rand_int_range (chance, 0, 90000) : g_rand_int_range (chance, 0, 3000);
  cm_time_format (&cache, *at - (g_rand_int_range (chance, 0, 30) == 0 ? 5000 : 0), time);
  seqs[source] += g_rand_int_range (chance, 0, 40) == 0 ? g_rand_int_range (chance, -4, 5) : 1;

  g_string_append_printf (line, "\"at\":\"%s\",\"source\":\"s%u\",\"conversation\":\"c%d\",", time, source,
                          g_rand_int_range (chance, 0, 3));
  if (source != 0)
    g_string_append_printf (line, "\"seq\":%" G_GINT64_FORMAT ",", MAX (seqs[source], 0));
  if (is_person)
    {
      guint piece = (guint) g_rand_int_range (chance, 0, G_N_ELEMENTS (person_pieces));

      g_string_append_printf (line, "\"%s\":\"sip:p%d@x\",%s}",
                              strstr (person_pieces[piece], "Contact") != NULL ? "contact" : "participant",
                              g_rand_int_range (chance, 0, 6), person_pieces[piece]);
    }
  else
    {
      g_string_append_printf (line, "%s}", pieces[g_rand_int_range (chance, 0, G_N_ELEMENTS (pieces))]);
    }

  return g_string_free (line, FALSE);
}

static GPtrArray *
make_lines (guint seed)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  GRand *chance = g_rand_new_with_seed (seed);
  gint64 seqs[N_SOURCES] = { 0 };
  gint64 at = CM_TEST_START;

  for (guint i = 0; i < N_LINES; i++)
    g_ptr_array_add (lines, make_line (chance, &at, seqs));
  g_rand_free (chance);

  return lines;
}

static void
assert_same (Desk       *self,
             Desk       *other,
             const char *line)
{
  g_autofree char *state = dup_state (self);
  g_autofree char *other_state = dup_state (other);

  if (!g_str_equal (state, other_state))
    g_error ("After %s\n%s\nis not\n%s", line, other_state, state);
}

/* One tracker lives; another one dies after each line, and comes back. */
static void
test_every_cut (gconstpointer data)
{
  g_autoptr(GPtrArray) lines = make_lines (GPOINTER_TO_UINT (data));
  Desk living, dying;

  desk_init (&living);
  desk_init (&dying);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      g_autoptr(GByteArray) bytes = NULL;

      take (&living, line);
      take (&dying, line);
      g_assert_cmpstr (living.told->str, ==, dying.told->str);
      bytes = write_pack (dying.tracker);
      read_pack (&dying, bytes);
      assert_same (&living, &dying, line);
    }
  desk_clear (&dying);
  desk_clear (&living);
}

/* One that came back once goes on as if nothing had happened, and tells of the same. */
static void
test_later (void)
{
  for (guint cut = 0; cut < N_LINES; cut += 100)
    {
      g_autoptr(GPtrArray) lines = make_lines (100 + cut);
      g_autoptr(GByteArray) bytes = NULL;
      Desk living, other;

      desk_init (&living);
      desk_init (&other);
      for (guint i = 0; i < cut; i++)
        take (&living, g_ptr_array_index (lines, i));
      flush (&living);
      bytes = write_pack (living.tracker);
      read_pack (&other, bytes);
      for (guint i = cut; i < lines->len; i++)
        {
          take (&living, g_ptr_array_index (lines, i));
          take (&other, g_ptr_array_index (lines, i));
          g_assert_cmpstr (living.told->str, ==, other.told->str);
        }
      assert_same (&living, &other, "the end");
      desk_clear (&other);
      desk_clear (&living);
    }
}

/* Whatever is damaged is told, and nothing of it is believed. */
static void
test_damage (void)
{
  g_autoptr(GPtrArray) lines = make_lines (7);
  g_autoptr(GByteArray) bytes = NULL;
  GRand *chance = g_rand_new_with_seed (7);
  Desk desk;

  desk_init (&desk);
  for (guint i = 0; i < 300; i++)
    take (&desk, g_ptr_array_index (lines, i));
  bytes = write_pack (desk.tracker);

  for (guint size = 0; size < bytes->len; size += 1 + size / 50)
    {
      g_autoptr(CmPackReader) pack = cm_pack_reader_new (bytes->data, size);

      g_assert_false (cm_pack_reader_is_good (pack));
    }

  for (guint i = 0; i < bytes->len; i += 1 + i / 50)
    {
      guint8 kept = bytes->data[i];
      g_autoptr(CmPackReader) pack = NULL;

      bytes->data[i] ^= (guint8) g_rand_int_range (chance, 1, 256);
      pack = cm_pack_reader_new (bytes->data, bytes->len);
      g_assert_false (cm_pack_reader_is_good (pack));
      bytes->data[i] = kept;
    }

  g_rand_free (chance);
  desk_clear (&desk);
}

static void
write_number (CmPackWriter *pack,
              gint64        number)
{
  cm_pack_writer_number (pack, number);
  cm_pack_writer_time (pack, number);
}

/* A whole pack of something else is refused, without any harm: its bytes are lawful,
 * and mean what nobody has written. */
static void
test_nonsense (void)
{
  GRand *chance = g_rand_new_with_seed (3);

  for (guint turn = 0; turn < 3000; turn++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      g_autoptr(CmPackWriter) writer = cm_pack_writer_new (append_bytes, bytes);
      g_autoptr(CmPackReader) reader = NULL;
      CmTracker *tracker = cm_tracker_new ();

      cm_pack_writer_number (writer, 1);
      for (gint i = g_rand_int_range (chance, 0, 400); i > 0; i--)
        {
          if (g_rand_int_range (chance, 0, 3) == 0)
            cm_pack_writer_text (writer, g_rand_boolean (chance) ? "sip:a@x" : NULL);
          else
            cm_pack_writer_number (writer, g_rand_int_range (chance, -2, 12));
        }
      g_assert_true (cm_pack_writer_finish (writer));
      reader = cm_pack_reader_new (bytes->data, bytes->len);
      g_assert_true (cm_pack_reader_is_good (reader));
      g_assert_false (cm_tracker_read (tracker, reader) && cm_pack_reader_is_at_end (reader));
      g_assert_finalize_object (tracker);
    }

  g_rand_free (chance);
}

static void
test_values (void)
{
  static const gint64 numbers[] = { 0, 1, -1, 63, 64, -64, -65, 1320829200000, G_MAXINT64, G_MININT64, G_MININT64 + 1 };
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(CmPackWriter) writer = cm_pack_writer_new (append_bytes, bytes);
  g_autoptr(CmPackReader) reader = NULL;
  g_autofree char *large = g_strnfill (700000, 'x');
  CmText text;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    write_number (writer, numbers[i]);
  cm_pack_writer_text (writer, NULL);
  cm_pack_writer_text (writer, "");
  cm_pack_writer_text (writer, large);
  g_assert_true (cm_pack_writer_finish (writer));

  reader = cm_pack_reader_new (bytes->data, bytes->len);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_assert_cmpint (cm_pack_reader_number (reader, G_MININT64, G_MAXINT64), ==, numbers[i]);
      g_assert_cmpint (cm_pack_reader_time (reader), ==, numbers[i]);
    }
  g_assert_null (cm_pack_reader_text (reader).bytes);
  text = cm_pack_reader_text (reader);
  g_assert_nonnull (text.bytes);
  g_assert_cmpuint (text.size, ==, 0);
  g_assert_true (cm_text_equal (cm_pack_reader_text (reader), cm_text_from_string (large)));
  g_assert_true (cm_pack_reader_is_at_end (reader));
  g_assert_null (cm_pack_reader_text (reader).bytes);
  g_assert_false (cm_pack_reader_is_good (reader));
}

static void
test_forgotten (void)
{
  Desk desk;
  gint64 seq, last;

  desk_init (&desk);
  cm_tracker_set_history (desk.tracker, G_MAXINT64, 100);
  take (&desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"old\",\"seq\":1,\"conversation\":\"c\",\"event\":\"ConversationAdded\"}");
  take (&desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"new\",\"seq\":1,\"conversation\":\"a\",\"event\":\"ConversationAdded\"}");
  take (&desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"new\",\"seq\":2,\"conversation\":\"b\",\"event\":\"ParticipantAdded\",\"participant\":\"sip:gone@x\"}");
  take (&desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"new\",\"seq\":3,\"conversation\":\"b\",\"event\":\"ParticipantAdded\",\"participant\":\"sip:here@x\"}");
  take (&desk, "{\"at\":\"2011-11-09T09:00:01Z\",\"source\":\"new\",\"seq\":4,\"conversation\":\"b\",\"event\":\"ParticipantRemoved\",\"participant\":\"sip:gone@x\"}");
  take (&desk, "{\"at\":\"2011-11-10T09:00:00Z\",\"source\":\"new\",\"seq\":5,\"conversation\":\"b\",\"event\":\"ConversationStateChanged\",\"state\":\"Active\"}");
  g_assert_cmpuint (cm_tracker_get_n_conversations (desk.tracker), ==, 3);

  cm_tracker_forget_before (desk.tracker, cm_tracker_get_now (desk.tracker) - 60000);
  g_string_truncate (desk.told, 0);
  flush (&desk);
  g_assert_nonnull (strstr (desk.told->str, "old#c \n"));
  g_assert_nonnull (strstr (desk.told->str, "new#a \n"));
  g_assert_nonnull (strstr (desk.told->str, "sip:here@x"));
  g_assert_null (strstr (desk.told->str, "sip:gone@x"));
  g_assert_cmpuint (cm_tracker_get_n_conversations (desk.tracker), ==, 1);
  g_assert_false (cm_tracker_get_seq (desk.tracker, "old", &seq, &last));
  g_assert_true (cm_tracker_get_seq (desk.tracker, "new", &seq, &last));
  g_assert_cmpint (seq, ==, 5);
  desk_clear (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/tracker-pack/every-cut/1", GUINT_TO_POINTER (1), test_every_cut);
  g_test_add_data_func ("/tracker-pack/every-cut/2", GUINT_TO_POINTER (2), test_every_cut);
  g_test_add_data_func ("/tracker-pack/every-cut/3", GUINT_TO_POINTER (3), test_every_cut);
  g_test_add_data_func ("/tracker-pack/every-cut/4", GUINT_TO_POINTER (4), test_every_cut);
  g_test_add_func ("/tracker-pack/later", test_later);
  g_test_add_func ("/tracker-pack/damage", test_damage);
  g_test_add_func ("/tracker-pack/nonsense", test_nonsense);
  g_test_add_func ("/tracker-pack/values", test_values);
  g_test_add_func ("/tracker-pack/forgotten", test_forgotten);

  return g_test_run ();
}

/* test-event-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"

#define AT "{\"at\":\"2011-11-09T09:00:12.400Z\",\"source\":\"s\""
#define GOOD AT ",\"conversation\":\"c1\",\"event\":\"ConversationAdded\"}"

/* All that was told, one line each. */
typedef struct
{
  GString     *told;
  CmTimeCache  cache;
  guint        n_events;
  guint        n_faults;
} Listener;

static void
on_event (const CmEvent *event,
          guint64        line,
          gpointer       user_data)
{
  Listener *self = user_data;

  self->n_events++;
  g_string_append_printf (self->told, "%" G_GUINT64_FORMAT " ", line);
  cm_event_write (self->told, &self->cache, event);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  Listener *self = user_data;

  self->n_faults++;
  g_assert_true (g_utf8_validate (fault->excerpt, -1, NULL));
  g_assert_cmpuint (strlen (fault->excerpt), <=, 80);
  g_string_append_printf (self->told, "%" G_GUINT64_FORMAT ":%" G_GSIZE_FORMAT ": %s <%.*s> %s\n",
                          fault->line, fault->column, fault->reason,
                          (int) fault->source.size, fault->source.bytes, fault->excerpt);
}

static void
listener_clear (Listener *self)
{
  g_string_free (self->told, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listener, listener_clear)

static CmEventReader *
listen (Listener *self)
{
  *self = (Listener) { .told = g_string_new (NULL) };

  return cm_event_reader_new (on_event, on_fault, self);
}

/* Pushes memory of just that size, which is gone afterwards. */
static void
push (CmEventReader *reader,
      const char    *bytes,
      gsize          size)
{
  g_autofree char *copy = g_memdup2 (bytes, size);

  cm_event_reader_push (reader, copy, size);
}

static const char stream[] =
  GOOD "\n"
  AT ",\"seq\":2,\"conversation\":\"c1\",\"event\":\"ConversationPropertyChanged\",\"property\":\"Subject\","
  "\"value\":\"\\u00dcbung \360\237\230\200\"}\r\n"
  "\n"
  " \r\n"
  AT ",\"conversation\":\"c1\",\"event\":\"ModalityStateChanged\",\"modality\":2,\"state\":5,\"participant\":null}\n"
  AT ",\"event\":\"ConversationAdded\"}\n"
  AT ",\"event\n"
  "{\"at\":\"soon\",\"source\":\"\\u0073\"}\n"
  "[]\n"
  "\377\001 not JSON\n"
  AT ",\"conversation\":\"c1\",\"event\":\"ParticipantAdded\",\"participant\":\"sip:a@b\",\"isMuted\":null}\n"
  AT ",\"conversation\":\"c1\",\"event\":\"ParticipantRemoved\",\"participant\":\"sip:a@b\"}\n"
  AT ",\"event\":\"ContactInformationChanged\",\"contact\":\"sip:a@b\",\"availability\":7000}\n"
  AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Connected\"}\n"
  AT ",\"event\":\"Thunder\"}\n"
  AT ",\"conversation\":\"c1\",\"event\":\"ConversationRemoved\"}";

static const char *told =
  "1 " GOOD "\n"
  "2 " AT ",\"seq\":2,\"conversation\":\"c1\",\"event\":\"ConversationPropertyChanged\",\"property\":\"Subject\","
  "\"value\":\"\303\234bung \360\237\230\200\"}\n"
  "3:0: the line is empty <> \n"
  "4:0: the line is empty <>  \\x0D\n"
  "5 " AT ",\"conversation\":\"c1\",\"event\":\"ModalityStateChanged\",\"modality\":\"AudioVideo\",\"state\":\"Connected\"}\n"
  "6:0: the field conversation is missing <s> " AT ",\"event\":\"ConversationAdded\"}\n"
  "7:53: the text ends inside a string <s> " AT ",\"event\n"
  "8:7: the field at must be a date and time as in RFC 3339 <s> {\"at\":\"soon\",\"source\":\"\\u0073\"}\n"
  "9:1: the line is not an object <> []\n"
  "10:1: a value is expected <> \\xFF\\x01 not JSON\n"
  "11 " AT ",\"conversation\":\"c1\",\"event\":\"ParticipantAdded\",\"participant\":\"sip:a@b\",\"isMuted\":null}\n"
  "12 " AT ",\"conversation\":\"c1\",\"event\":\"ParticipantRemoved\",\"participant\":\"sip:a@b\"}\n"
  "13 " AT ",\"event\":\"ContactInformationChanged\",\"contact\":\"sip:a@b\",\"availability\":7000}\n"
  "14 " AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Connected\"}\n"
  "15 " AT ",\"event\":\"Thunder\"}\n"
  "16 " AT ",\"conversation\":\"c1\",\"event\":\"ConversationRemoved\"}\n";

static void
test_splits (void)
{
  for (gsize split = 0; split <= strlen (stream); split++)
    {
      g_auto(Listener) listener;
      g_autoptr(CmEventReader) reader = listen (&listener);

      push (reader, stream, split);
      push (reader, stream + split, strlen (stream) - split);
      cm_event_reader_finish (reader);
      g_assert_cmpstr (listener.told->str, ==, told);
      g_assert_cmpuint (cm_event_reader_get_lines (reader), ==, 16);
      g_assert_cmpuint (cm_event_reader_get_faults (reader), ==, 7);
    }
}

static void
test_sizes (void)
{
  static const gsize sizes[] = { 1, 2, 3, 7, 64, 4096 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto(Listener) listener;
      g_autoptr(CmEventReader) reader = listen (&listener);

      for (gsize position = 0; position < strlen (stream); position += sizes[i])
        push (reader, stream + position, MIN (sizes[i], strlen (stream) - position));

      cm_event_reader_finish (reader);
      g_assert_cmpstr (listener.told->str, ==, told);
    }
}

static void
test_end (void)
{
  g_auto(Listener) listener;
  g_autoptr(CmEventReader) reader = listen (&listener);

  cm_event_reader_finish (reader);
  cm_event_reader_push (reader, NULL, 0);
  push (reader, GOOD "\n", strlen (GOOD) + 1);
  cm_event_reader_finish (reader);
  cm_event_reader_finish (reader);
  push (reader, GOOD, strlen (GOOD));
  g_assert_cmpuint (listener.n_events, ==, 1);
  cm_event_reader_finish (reader);
  g_assert_cmpuint (listener.n_events, ==, 2);
  g_assert_cmpuint (listener.n_faults, ==, 0);
  g_assert_cmpuint (cm_event_reader_get_lines (reader), ==, 2);
}

static void
test_nobody_listens (void)
{
  g_autoptr(CmEventReader) reader = cm_event_reader_new (NULL, NULL, NULL);

  push (reader, stream, strlen (stream));
  g_assert_cmpuint (cm_event_reader_get_lines (reader), ==, 15);
  g_assert_cmpuint (cm_event_reader_get_faults (reader), ==, 7);
}

/* An event line of just @size bytes, a line feed, and another one after it. */
static GString *
make_long_line (gsize size)
{
  GString *line = g_string_new (AT ",\"conversation\":\"c1\",\"event\":\"ConversationAdded\",\"subject\":\"");
  g_autofree char *filler = g_strnfill (size - line->len - 2, 'x');

  g_string_append_printf (line, "%s\"}\n" GOOD "\n", filler);

  return line;
}

static void
test_longest_line (void)
{
  static const gsize sizes[] = { 1000, 65536, CM_EVENT_MAX_LINE, 2 * CM_EVENT_MAX_LINE };

  for (gsize extra = 0; extra < 2; extra++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr(GString) line = make_long_line (CM_EVENT_MAX_LINE + extra);
        g_auto(Listener) listener;
        g_autoptr(CmEventReader) reader = listen (&listener);

        for (gsize position = 0; position < line->len; position += sizes[i])
          push (reader, line->str + position, MIN (sizes[i], line->len - position));

        g_assert_cmpuint (listener.n_events, ==, 2 - extra);
        g_assert_cmpuint (listener.n_faults, ==, extra);
        g_assert_cmpuint (cm_event_reader_get_lines (reader), ==, 2);

        if (extra == 1)
          g_assert_true (g_str_has_prefix (listener.told->str, "1:0: the line is longer than 1048576 bytes <s> {\"at\""));
      }
}

/* A line that never ends is told once, and costs no more than a line may. */
static void
test_endless_line (void)
{
  g_auto(Listener) listener;
  g_autoptr(CmEventReader) reader = listen (&listener);
  g_autofree char *filler = g_strnfill (65536, 'x');

  for (guint i = 0; i < 512; i++)
    cm_event_reader_push (reader, filler, 65536);

  g_assert_cmpuint (listener.n_faults, ==, 1);
  push (reader, "\n" GOOD "\n", strlen (GOOD) + 2);
  g_assert_cmpuint (listener.n_faults, ==, 1);
  g_assert_cmpuint (listener.n_events, ==, 1);
  g_assert_nonnull (strstr (listener.told->str, "\n2 {"));
}

static void
test_deep_line (void)
{
  g_auto(Listener) listener;
  g_autoptr(CmEventReader) reader = listen (&listener);
  g_autofree char *brackets = g_strnfill (100000, '[');

  push (reader, brackets, 100000);
  push (reader, "\n" GOOD "\n", strlen (GOOD) + 2);
  g_assert_true (g_str_has_prefix (listener.told->str, "1:65: the text nests deeper than 64 levels <> [[["));
  g_assert_cmpuint (listener.n_events, ==, 1);
  g_assert_cmpuint (listener.n_faults, ==, 1);
}

static void
test_excerpts (void)
{
  static const struct
  {
    const char *line;
    const char *excerpt;
  } excerpts[] = {
    { "plain", "plain" },
    { "\033[2J\007", "\\x1B[2J\\x07" },
    { "\302\233m", "\\xC2\\x9Bm" },
    { "\342\200\256abc", "\\xE2\\x80\\xAEabc" },
    { "\303\251\360\237\230\200\303", "\303\251\360\237\230\200\\xC3" },
    { "\355\240\200", "\\xED\\xA0\\x80" },
    { "x123456789012345678901234567890123456789012345678901234567890123456789012345678\303\251",
      "x123456789012345678901234567890123456789012345678901234567890123456789012345678" },
    { "12345678901234567890123456789012345678901234567890123456789012345678901234567\001x",
      "12345678901234567890123456789012345678901234567890123456789012345678901234567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (excerpts); i++)
    {
      g_auto(Listener) listener;
      g_autoptr(CmEventReader) reader = listen (&listener);
      g_autofree char *end = g_strdup_printf ("> %s\n", excerpts[i].excerpt);

      push (reader, excerpts[i].line, strlen (excerpts[i].line));
      cm_event_reader_finish (reader);
      g_assert_true (g_str_has_suffix (listener.told->str, end));
    }
}

/* A NUL is a byte as any other: it ends neither the line nor the excerpt. */
static void
test_nul (void)
{
  g_auto(Listener) listener;
  g_autoptr(CmEventReader) reader = listen (&listener);

  push (reader, "{\"a\0b\":1}\n" GOOD "\n", strlen (GOOD) + 11);
  g_assert_true (g_str_has_prefix (listener.told->str, "1:4: a string holds a control character <> {\"a\\x00b\":1}\n2 "));
}

/* Every tenth line is broken at another place: it ends in a byte that no text has.
 * The others are untouched by that. */
static void
test_every_tenth_broken (void)
{
  g_auto(Listener) listener;
  g_autoptr(CmEventReader) reader = listen (&listener);
  g_autoptr(GRand) rand = g_rand_new_with_seed (10);
  guint n_good = 0, n_broken = 0;

  for (guint i = 1; i <= 10000; i++)
    {
      g_autoptr(GString) line = g_string_new (GOOD "\n");
      gsize place = (gsize) g_rand_int_range (rand, 0, (int) line->len - 1);

      if (i % 10 == 0)
        {
          g_string_truncate (line, place);
          g_string_append_c (line, (char) g_rand_int_range (rand, 0x80, 0xff));
          g_string_append_c (line, '\n');
          n_broken++;
        }
      else
        {
          n_good++;
        }

      push (reader, line->str, line->len);
    }

  g_assert_cmpuint (listener.n_events, ==, n_good);
  g_assert_cmpuint (listener.n_faults, ==, n_broken);
  g_assert_cmpuint (cm_event_reader_get_lines (reader), ==, 10000);
}

static void
test_recordings (void)
{
  const char *folder = g_getenv ("CM_RECORDINGS");
  g_autoptr(GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  if (dir == NULL)
    {
      g_test_skip ("CM_RECORDINGS does not tell where the recordings are");
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      g_auto(Listener) listener;
      g_autoptr(CmEventReader) reader = listen (&listener);
      gsize size;

      if (!g_str_has_suffix (name, ".jsonl"))
        continue;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      cm_event_reader_push (reader, bytes, size);
      cm_event_reader_finish (reader);
      g_assert_cmpuint (listener.n_faults, ==, 0);
      g_assert_cmpuint (listener.n_events, >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-reader/splits", test_splits);
  g_test_add_func ("/event-reader/sizes", test_sizes);
  g_test_add_func ("/event-reader/end", test_end);
  g_test_add_func ("/event-reader/nobody-listens", test_nobody_listens);
  g_test_add_func ("/event-reader/longest-line", test_longest_line);
  g_test_add_func ("/event-reader/endless-line", test_endless_line);
  g_test_add_func ("/event-reader/deep-line", test_deep_line);
  g_test_add_func ("/event-reader/excerpts", test_excerpts);
  g_test_add_func ("/event-reader/nul", test_nul);
  g_test_add_func ("/event-reader/every-tenth-broken", test_every_tenth_broken);
  g_test_add_func ("/event-reader/recordings", test_recordings);

  return g_test_run ();
}

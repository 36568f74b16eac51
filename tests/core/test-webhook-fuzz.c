/* test-webhook-fuzz.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

typedef struct
{
  const char *feed;
  const char *file;
  const char *conversation;
  const char *expected;
} Recording;

/* Of each system a meeting in which everything happens that it tells of. */
static const Recording recordings[] = {
  { "zoom", "zoom-meeting.ndjson", "abcd/EFGH==",
    "ended -; ana@example.org left ended; +12025550101 left ended; acc-dia left removed; pu-ben left ended" },
  { "bigbluebutton", "bigbluebutton-meeting.ndjson", "m-1-100",
    "ended -; site-ana left ended; site-ben left ended" },
  { "bigbluebutton", "bigbluebutton-meeting.ndjson", "m-2-101", "ended -; site-ana-1 left ended" },
  { "livekit", "livekit-room.ndjson", "RM_a",
    "ended -; agent-1 left ended; ben left ended; ana@example.org left ended; +12025550101 left rejected" },
  { "graph", "graph-calls.ndjson", "421f6d006c6b4a30a5c26f2f6ef0a1b2",
    "ended -; ana left ended; ben left ended; bot left ended; eve left left" },
};

static GPtrArray *
read_records (const Recording *recording)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_free);
  gsize size;
  g_autofree char *text = cm_test_feed_read (recording->file, &size);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_ptr_array_add (records, g_strdup (lines[i]));

  return records;
}

static void
push (CmTestFeed *feed,
      const char *record)
{
  cm_decoder_push_record (feed->decoder, record, strlen (record));
}

/* Whatever was pushed, every event that came of it is one that the strict reader takes. */
static void
check_lines (CmTestFeed *feed)
{
  g_autoptr(CmEventReader) reader = cm_event_reader_new (NULL, NULL, NULL);

  cm_event_reader_push (reader, feed->lines->str, feed->lines->len);
  cm_event_reader_finish (reader);
  g_assert_cmpuint (cm_event_reader_get_faults (reader), ==, feed->n_faults);
}

static void
test_whole (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);
  g_autoptr(GPtrArray) records = read_records (recording);

  for (guint i = 0; i < records->len; i++)
    push (feed, g_ptr_array_index (records, i));
  cm_test_feed_expect (feed, recording->conversation, recording->expected);
  check_lines (feed);
  g_assert_null (strstr (feed->lines->str, "sesame"));
}

/* Each record twice, and then all of them once more. */
static void
test_doubled (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);
  g_autoptr(GPtrArray) records = read_records (recording);

  for (guint i = 0; i < records->len * 2; i++)
    push (feed, g_ptr_array_index (records, i / 2));
  cm_test_feed_expect (feed, recording->conversation, recording->expected);

  for (guint i = 0; i < records->len; i++)
    push (feed, g_ptr_array_index (records, i));
  cm_test_feed_expect (feed, recording->conversation, recording->expected);
  check_lines (feed);
}

/* In any order it is over at last, once its end was told, and nobody is left in it. */
static void
test_shuffled (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr(GRand) rand = g_rand_new_with_seed (20111109);
  g_autoptr(GPtrArray) records = read_records (recording);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);

      for (guint i = records->len - 1; i > 0; i--)
        {
          guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
          gpointer record = records->pdata[i];

          records->pdata[i] = records->pdata[j];
          records->pdata[j] = record;
        }
      for (guint i = 0; i < records->len; i++)
        push (feed, g_ptr_array_index (records, i));
      check_lines (feed);
      g_assert_null (strstr (feed->lines->str, "sesame"));
      cm_test_feed_expect_over (feed);
    }
}

/* From one byte on. */
static void
test_cut (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);
  g_autoptr(GPtrArray) records = read_records (recording);

  for (guint i = 0; i < records->len; i++)
    {
      const char *record = g_ptr_array_index (records, i);

      for (gsize size = 1; size < strlen (record); size++)
        {
          g_autofree char *copy = g_memdup2 (record, size);

          cm_decoder_push_record (feed->decoder, copy, size);
        }
    }
  check_lines (feed);
  g_assert_null (strstr (feed->lines->str, "ConversationAdded"));
}

/* Every value in it, one after the other, is something else. */
static void
test_strange (gconstpointer data)
{
  static const char * const values[] = {
    "null", "true", "0", "-1", "9223372036854775807", "1e308", "\"\"", "\"\\u0000\"", "\"\xf0\x9f\x99\x81\"", "[]", "{}",
    "[[]]", "[{}]", "{\"id\":{}}", "\"x@\"", "\"../..\"", "\"%zz\"",
  };
  const Recording *recording = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);
  g_autoptr(GPtrArray) records = read_records (recording);

  for (guint i = 0; i < records->len; i++)
    {
      const char *record = g_ptr_array_index (records, i);

      for (const char *colon = strstr (record, "\":"); colon != NULL; colon = strstr (colon + 1, "\":"))
        {
          const char *value = colon + 2;
          gsize size = value[0] == '"' ? strcspn (value + 1, "\"") + 2 : strcspn (value, ",}]");

          for (guint j = 0; j < G_N_ELEMENTS (values); j++)
            {
              g_autofree char *head = g_strndup (record, (gsize) (value - record));
              g_autofree char *changed = g_strconcat (head, values[j], value + size, NULL);

              push (feed, changed);
            }
        }
    }
  check_lines (feed);
  g_assert_null (strstr (feed->lines->str, "sesame"));
}

/* Longer than anything that is kept. */
static void
test_long (gconstpointer data)
{
  const Recording *recording = data;
  g_autoptr(CmTestFeed) feed = cm_test_feed_new (recording->feed);
  g_autoptr(GPtrArray) records = read_records (recording);
  g_autofree char *filling = g_strnfill (20000, 'x');

  for (guint i = 0; i < records->len; i++)
    {
      const char *record = g_ptr_array_index (records, i);

      for (const char *colon = strstr (record, "\":\""); colon != NULL; colon = strstr (colon + 1, "\":\""))
        {
          g_autofree char *head = g_strndup (record, (gsize) (colon + 3 - record));
          g_autofree char *changed = g_strconcat (head, filling, colon + 3, NULL);

          push (feed, changed);
        }
    }
  check_lines (feed);
}

static void
add (const char      *name,
     const Recording *recording,
     GTestDataFunc    func)
{
  g_autofree char *path = g_strdup_printf ("/%s/%s/%s", recording->feed, recording->conversation, name);

  g_strdelimit (path, "=", '-');
  g_test_add_data_func (path, recording, func);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (recordings); i++)
    {
      add ("whole", &recordings[i], test_whole);
      add ("doubled", &recordings[i], test_doubled);
      add ("shuffled", &recordings[i], test_shuffled);
      add ("cut", &recordings[i], test_cut);
      add ("strange", &recordings[i], test_strange);
      add ("long", &recordings[i], test_long);
    }

  return g_test_run ();
}

/* test-paced-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-paced-stream.h"

#define TEXT "all that there is to be read"

/* Longer than any test takes, µs. */
#define LONG (3600 * G_GINT64_CONSTANT (1000000))

typedef struct
{
  GInputStream *stream;
  GString      *text;
  guint         n_turns;
  gboolean      is_at_end;
} Reader;

static GInputStream *
new_stream (gint64 turn)
{
  g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_data (TEXT, -1, NULL);

  return cm_paced_stream_new (memory, turn);
}

/* As libsoup does it: reads on until nothing is there. */
static void
read_all (Reader *reader)
{
  g_autoptr(GError) error = NULL;
  gssize n;
  char byte;

  reader->n_turns++;
  while ((n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (reader->stream), &byte, 1, NULL,
                                                        &error)) > 0)
    g_string_append_c (reader->text, byte);

  reader->is_at_end = n == 0;
  if (n < 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
on_readable (GObject  *stream,
             gpointer  user_data)
{
  read_all (user_data);

  return G_SOURCE_REMOVE;
}

static void
wait_for_more (Reader *reader)
{
  GPollableInputStream *stream = G_POLLABLE_INPUT_STREAM (reader->stream);
  g_autoptr(GSource) source = g_pollable_input_stream_create_source (stream, NULL);
  guint n_turns = reader->n_turns;

  g_source_set_callback (source, G_SOURCE_FUNC (on_readable), reader, NULL);
  g_source_attach (source, NULL);
  while (reader->n_turns == n_turns)
    g_main_context_iteration (NULL, TRUE);
}

static guint
read_in_turns (GInputStream *stream)
{
  g_autoptr(GString) text = g_string_new (NULL);
  Reader reader = { stream, text, 0, FALSE };

  g_assert_true (g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (stream)));
  while (!reader.is_at_end)
    wait_for_more (&reader);
  g_assert_cmpstr (text->str, ==, TEXT);

  return reader.n_turns;
}

/* A reader who is given no time gets one part in each turn, and loses nothing. */
static void
test_pauses (void)
{
  g_autoptr(GInputStream) stream = new_stream (0);

  g_assert_cmpuint (read_in_turns (stream), ==, strlen (TEXT) + 1);
}

static void
test_no_pause (void)
{
  g_autoptr(GInputStream) stream = new_stream (LONG);

  g_assert_cmpuint (read_in_turns (stream), ==, 1);
}

/* Who waits for what he reads is not told to come again. */
static void
test_waiting (void)
{
  g_autoptr(GInputStream) stream = new_stream (0);
  char text[sizeof TEXT] = "";
  gsize n;

  g_assert_true (g_input_stream_read_all (stream, text, sizeof text, &n, NULL, NULL));
  g_assert_cmpuint (n, ==, strlen (TEXT));
  g_assert_cmpstr (text, ==, TEXT);
}

/* Something waits in a pause although there is more. */
static void
test_readable (void)
{
  g_autoptr(GInputStream) stream = new_stream (0);
  g_autoptr(GString) text = g_string_new (NULL);
  Reader reader = { stream, text, 0, FALSE };

  g_assert_true (g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (stream)));
  read_all (&reader);
  g_assert_cmpstr (text->str, ==, "a");
  g_assert_false (g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (stream)));
  wait_for_more (&reader);
  g_assert_cmpstr (text->str, ==, "al");
}

/* Only a stream that reads from another one, which can be asked, gets pauses. */
static void
test_below (void)
{
  g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_data (TEXT, -1, NULL);
  g_autoptr(GInputStream) filter = g_buffered_input_stream_new (memory);
  g_autoptr(GFile) nothing = g_file_new_for_path ("/dev/null");
  g_autoptr(GFileInputStream) file = g_file_read (nothing, NULL, NULL);
  g_autoptr(GInputStream) other = g_buffered_input_stream_new (G_INPUT_STREAM (file));

  cm_paced_stream_put_below (memory, 0);
  cm_paced_stream_put_below (filter, 0);
  cm_paced_stream_put_below (other, 0);
  g_assert_true (CM_IS_PACED_STREAM (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (filter))));
  g_assert_true (g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (other)) == G_INPUT_STREAM (file));

  g_clear_object (&filter);
  g_assert_true (g_input_stream_is_closed (memory));
  g_assert_finalize_object (g_steal_pointer (&memory));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paced-stream/pauses", test_pauses);
  g_test_add_func ("/paced-stream/no-pause", test_no_pause);
  g_test_add_func ("/paced-stream/waiting", test_waiting);
  g_test_add_func ("/paced-stream/readable", test_readable);
  g_test_add_func ("/paced-stream/below", test_below);

  return g_test_run ();
}

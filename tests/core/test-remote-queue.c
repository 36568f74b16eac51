/* test-remote-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-remote-documents.h"
#include "watch/remote/cm-remote-queue.h"

static void
push (CmRemoteQueue *queue,
      const char    *text,
      gint64         heard_at)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));

  cm_remote_queue_push (queue, bytes, heard_at);
}

static void
test_order (void)
{
  g_autoptr(CmRemoteQueue) queue = cm_remote_queue_new ();
  g_autoptr(GBytes) first = NULL;
  gint64 heard_at;

  g_assert_true (cm_remote_queue_is_empty (queue));
  push (queue, "one", 1);
  push (queue, "two", 2);

  first = cm_remote_queue_pop (queue, &heard_at);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "one", 3);
  g_assert_cmpint (heard_at, ==, 1);
  g_assert_false (cm_remote_queue_is_empty (queue));

  cm_remote_queue_clear (queue);
  g_assert_true (cm_remote_queue_is_empty (queue));
}

/* Both many bytes and many messages are too much; what is taken out makes room again. */
static void
test_full (void)
{
  g_autoptr(CmRemoteQueue) queue = cm_remote_queue_new ();
  g_autoptr(GBytes) large = g_bytes_new_take (g_malloc0 (64 * 1024 * 1024), 64 * 1024 * 1024);
  gint64 heard_at;

  for (guint i = 0; i < 2; i++)
    cm_remote_queue_push (queue, large, 0);
  g_assert_false (cm_remote_queue_is_full (queue));
  push (queue, "x", 0);
  g_assert_true (cm_remote_queue_is_full (queue));
  g_bytes_unref (cm_remote_queue_pop (queue, &heard_at));
  g_assert_false (cm_remote_queue_is_full (queue));

  cm_remote_queue_clear (queue);
  while (!cm_remote_queue_is_full (queue))
    push (queue, "", 0);
  g_bytes_unref (cm_remote_queue_pop (queue, &heard_at));
  g_assert_false (cm_remote_queue_is_full (queue));
}

static void
note_change (const char       *id,
             const CmDocument *before,
             const CmDocument *after,
             gpointer          user_data)
{
  g_string_append_printf (user_data, "%s%s%s ", before != NULL ? "-" : "", id, after != NULL ? "+" : "");
}

static void
read_text (CmRemoteDocuments *documents,
           const char        *text)
{
  g_auto(CmRemoteMessage) message = { 0 };

  g_assert_true (cm_remote_documents_read (documents, text, strlen (text), &message));
}

/* What has changed is told once, in its order, in however many parts; what a second
 * snapshot does not have is told as gone. */
static void
test_parts (void)
{
  g_autoptr(CmRemoteDocuments) documents = cm_remote_documents_new ();
  g_autoptr(GString) told = g_string_new (NULL);

  read_text (documents, "{\"type\":\"snapshot\",\"first\":true,\"epoch\":\"e\","
                        "\"conversations\":{\"a\":{},\"b\":{},\"c\":{}}}");
  g_assert_true (cm_remote_documents_tell (documents, 2, note_change, told));
  g_assert_cmpstr (told->str, ==, "a+ b+ ");
  g_assert_false (cm_remote_documents_tell (documents, 2, note_change, told));
  g_assert_cmpstr (told->str, ==, "a+ b+ c+ ");
  g_assert_false (cm_remote_documents_tell (documents, 2, note_change, told));
  g_assert_cmpstr (told->str, ==, "a+ b+ c+ ");

  g_string_truncate (told, 0);
  read_text (documents, "{\"type\":\"snapshot\",\"first\":true,\"epoch\":\"f\",\"conversations\":{\"b\":{}}}");
  while (cm_remote_documents_tell (documents, 1, note_change, told))
    continue;
  g_assert_cmpuint (told->len, ==, strlen ("-a -b+ -c "));
  g_assert_nonnull (strstr (told->str, "-a "));
  g_assert_nonnull (strstr (told->str, "-b+ "));
  g_assert_nonnull (strstr (told->str, "-c "));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote-queue/order", test_order);
  g_test_add_func ("/remote-queue/full", test_full);
  g_test_add_func ("/remote-queue/parts", test_parts);

  return g_test_run ();
}

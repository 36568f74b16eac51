/* remote-load.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What it costs a window to follow the updates of a tracker elsewhere, before anything
 * of them is shown: their JSON is read and told to the model's list. The lines of the
 * connection itself are libsoup's and not in it. And for how long its main loop does
 * nothing else while it connects and all that there is comes. */

#include <time.h>

#include "bench/cm-load-tracker.h"
#include "bench/cm-load-watch.h"
#include "core/cm-json-writer.h"
#include "model/cm-call-order.h"
#include "watch/cm-protocol.h"
#include "watch/remote/cm-remote-documents.h"
#include "watch/remote/cm-remote-watch.h"

#define SECONDS 3
/* Of a core. */
#define MAX_CPU 15.0
/* Of one turn of the main loop, ms. */
#define MAX_BLOCK 50.0
#define AT "\"at\":\"2026-01-01T00:00:00Z\","
/* A tracker on the same machine has told all long before, s. */
#define PATIENCE 60

typedef struct
{
  CmRemoteDocuments *documents;
  GHashTable        *known;  /* id: CmDocument, as it was written last */
  guint              n_told;
} Bench;

static double
get_busy (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);

  return (double) spent.tv_sec + (double) spent.tv_nsec / 1e9;
}

static void
write_change (const CmDocument *before,
              const char       *id,
              const CmDocument *after,
              GString          *out)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');

  cm_json_write_string (out, id);
  g_string_append_c (out, ':');
  if (after == NULL)
    g_string_append (out, "null");
  else if (before == NULL)
    cm_document_write (after, out);
  else if (!cm_document_write_patch (before, after, out))
    g_string_append (out, "{}");
}

/* Of two changes of a call within one frame the last one counts, as with a tracker.
 *
 * Returns: (transfer full): id: CmDocument, or %NULL for what is gone; all borrowed */
static GHashTable *
collect (CmLoadBatch *batch)
{
  GHashTable *changes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < batch->documents->len; i++)
    {
      CmDocument *document = g_ptr_array_index (batch->documents, i);

      g_hash_table_replace (changes, document->id, document);
    }
  for (guint i = 0; i < batch->gone->len; i++)
    g_hash_table_replace (changes, g_ptr_array_index (batch->gone, i), NULL);

  return changes;
}

/* Returns: (transfer full): the update that a tracker sends */
static GString *
write_update (Bench      *bench,
              GHashTable *changes)
{
  GString *out = g_string_new ("{\"type\":\"update\",\"rev\":1,\"patch\":{\"conversations\":{");
  GHashTableIter iter;
  gpointer id, after;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &id, &after))
    {
      write_change (g_hash_table_lookup (bench->known, id), id, after, out);
      if (after != NULL)
        g_hash_table_replace (bench->known, g_strdup (id), cm_document_copy (after));
      else
        g_hash_table_remove (bench->known, id);
    }
  g_string_append (out, "}}}");

  return out;
}

static void
tell (const char       *id,
      const CmDocument *before,
      const CmDocument *after,
      gpointer          user_data)
{
  Bench *bench = user_data;

  if (after != NULL)
    cm_document_free (cm_document_copy (after));
  bench->n_told++;
}

/* Returns: how long it took to take in, s */
static double
take (Bench         *bench,
      const GString *update)
{
  g_auto (CmRemoteMessage) message = { 0 };
  double begin = get_busy ();

  if (!cm_remote_documents_read (bench->documents, update->str, update->len, &message))
    g_error ("An update could not be read");
  cm_remote_documents_tell (bench->documents, G_MAXUINT, tell, bench);

  return get_busy () - begin;
}

static double
run_frame (Bench     *bench,
           GPtrArray *documents,
           GRand     *random,
           guint     *version,
           gsize     *size)
{
  CmLoadBatch *batch = cm_load_batch_new (documents, random, version);
  g_autoptr (GHashTable) changes = collect (batch);
  g_autoptr (GString) update = write_update (bench, changes);
  double busy = take (bench, update);

  *size += update->len;
  g_ptr_array_set_free_func (batch->documents, (GDestroyNotify) cm_document_free);
  cm_load_batch_free (batch);

  return busy;
}

static void
take_snapshot (Bench     *bench,
               GPtrArray *documents)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) update = NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      CmDocument *document = g_ptr_array_index (documents, i);

      g_hash_table_insert (all, document->id, document);
    }

  update = write_update (bench, all);
  take (bench, update);
}

/* Returns: (transfer full) (element-type utf8): what a tracker tells who connects */
static GPtrArray *
write_messages (GPtrArray *documents)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_free);
  const char *first = "\"first\":true,\"epoch\":\"e\",";

  for (guint i = 0; i < documents->len;)
    {
      GString *out = g_string_new (NULL);

      g_string_printf (out, "{\"type\":\"snapshot\",%s" AT "\"conversations\":{", i == 0 ? first : "");
      for (; i < documents->len && out->len < CM_PROTOCOL_PART; i++)
        {
          const CmDocument *document = g_ptr_array_index (documents, i);

          write_change (NULL, document->id, document, out);
        }
      g_string_append (out, "}}");
      g_ptr_array_add (messages, g_string_free (out, FALSE));
    }
  g_ptr_array_add (messages, g_strdup ("{\"type\":\"live\"," AT "\"rev\":1,\"count\":1}"));

  return messages;
}

/* What this thread was busy between two polls; the tracker's thread is another one. */
static struct
{
  double begin;
  double longest;
} turn;

static double
get_own_busy (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1000 + (double) spent.tv_nsec / 1e6;
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int n;

  turn.longest = MAX (turn.longest, get_own_busy () - turn.begin);
  n = g_poll (fds, n_fds, timeout);
  turn.begin = get_own_busy ();

  return n;
}

static gboolean
on_late (gpointer user_data)
{
  g_error ("The tracker has not told all");

  return G_SOURCE_REMOVE;
}

/* Returns: whether no turn of the main loop took too long */
static gboolean
connect_to (GPtrArray *documents)
{
  CmLoadTracker *tracker = cm_load_tracker_new (write_messages (documents));
  CmRemoteOptions options = { .address = cm_load_tracker_get_address (tracker) };
  g_autoptr (CmRemoteWatch) watch = cm_remote_watch_new (&options, NULL);
  g_autoptr (CmCallOrder) order = cm_call_order_new ();
  guint late_id = g_timeout_add_seconds (PATIENCE, on_late, NULL);
  gint64 begin = g_get_monotonic_time ();

  cm_call_order_set_model (order, cm_watch_get_conversations (CM_WATCH (watch)));
  turn.begin = get_own_busy ();
  g_main_context_set_poll_func (NULL, poll_cb);
  while (cm_watch_get_status (CM_WATCH (watch)) != CM_WATCH_LIVE ||
         g_list_model_get_n_items (G_LIST_MODEL (order)) < documents->len)
    g_main_context_iteration (NULL, TRUE);
  g_main_context_set_poll_func (NULL, NULL);
  g_source_remove (late_id);

  g_print ("%u conversations of a tracker elsewhere are there after %.1f s\n", documents->len,
           (double) (g_get_monotonic_time () - begin) / 1e6);
  g_print ("%s longest turn of the main loop until then: %.1f ms (goal %.0f)\n",
           turn.longest <= MAX_BLOCK ? "ok    " : "MISSED", turn.longest, MAX_BLOCK);

  g_clear_object (&watch);
  cm_load_tracker_free (tracker);

  return turn.longest <= MAX_BLOCK;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GPtrArray) documents = cm_load_documents_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Bench bench = { .documents = cm_remote_documents_new () };
  double busy = 0, cpu;
  guint version = 0;
  gsize size = 0;
  gboolean is_smooth = connect_to (documents);

  bench.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) cm_document_free);
  take_snapshot (&bench, documents);
  bench.n_told = 0;
  for (guint i = 0; i < SECONDS * CM_LOAD_FRAMES; i++)
    busy += run_frame (&bench, documents, random, &version, &size);
  cpu = busy / SECONDS * 100;

  g_print ("%d conversations, %u changes a second in frames of %d ms, %.1f MB/s of JSON\n",
           CM_LOAD_CALLS, bench.n_told / SECONDS, CM_LOAD_FRAME, (double) size / SECONDS / 1e6);
  g_print ("%s of a core: %.1f %% (goal %.0f), %.4f ms a change\n",
           cpu <= MAX_CPU ? "ok    " : "MISSED", cpu, MAX_CPU, busy / bench.n_told * 1000);

  g_hash_table_unref (bench.known);
  cm_remote_documents_free (bench.documents);

  return cpu <= MAX_CPU && is_smooth ? 0 : 1;
}

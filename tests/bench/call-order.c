/* call-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-order.h"
#include "model/cm-conversation-list.h"

#include <time.h>

/* The list of the panel with many conversations, without the window: how long a search
 * takes, and what 20,000 updates with 200 comings and goings a second cost. */

#define N_CALLS 100000
#define N_UPDATES 20000
#define N_MOVES 200
#define N_FRAMES 20 /* a second's */
#define SECONDS 5
#define NOW G_GINT64_CONSTANT (1320829200000)

static double
get_cpu (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

static CmDocument *
document_new (guint    i,
              gboolean attention)
{
  g_autofree char *id = g_strdup_printf ("call-%u", i);
  g_autofree char *subject = g_strdup_printf ("Meeting %u of many", i);
  g_autofree char *address = g_strdup_printf ("sip:user%u@contoso.com", i);
  CmDocument *document = cm_document_new (id);
  CmPerson *person = cm_document_add_person (document, address);

  document->subject = g_ref_string_new (subject);
  document->phase = CM_PHASE_IN_CALL;
  document->live = TRUE;
  document->started = NOW;
  person->name = g_ref_string_new (subject);
  if (attention)
    {
      CmAttention *reason = cm_document_add_attention (document);

      reason->rule = g_ref_string_new ("on-hold");
      reason->since = NOW;
    }

  return document;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return *first < *second ? -1 : *first > *second;
}

static void
bench_search (CmCallOrder *order)
{
  static const char * const texts[] = { "m", "me", "user777", "meeting 4", "nobody" };
  double times[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double before = get_cpu ();

      cm_call_order_set_search (order, texts[i]);
      times[i] = get_cpu () - before;
    }

  cm_call_order_set_search (order, NULL);
  qsort (times, G_N_ELEMENTS (times), sizeof *times, compare_times);
  g_print ("search over %d: median %.1f ms, slowest %.1f (goal 30)\n", N_CALLS,
           times[G_N_ELEMENTS (times) / 2], times[G_N_ELEMENTS (times) - 1]);
}

static void
bench_updates (CmConversationList *list,
               CmCallOrder        *order)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  double spent = 0, longest = 0;
  guint next = N_CALLS, gone = 0;

  for (guint frame = 0; frame < SECONDS * N_FRAMES; frame++)
    {
      g_autoptr (GPtrArray) documents = g_ptr_array_new ();
      double before;

      for (guint i = 0; i < N_UPDATES / N_FRAMES; i++)
        g_ptr_array_add (documents,
                         document_new ((guint) g_rand_int_range (random, (int) gone, (int) next),
                                       g_rand_int_range (random, 0, 200) == 0));
      for (guint i = 0; i < N_MOVES / N_FRAMES; i++)
        g_ptr_array_add (documents, document_new (next++, FALSE));

      before = get_cpu ();
      for (guint i = 0; i < documents->len; i++)
        cm_conversation_list_update (list, g_ptr_array_index (documents, i));
      for (guint i = 0; i < N_MOVES / N_FRAMES; i++)
        {
          g_autofree char *id = g_strdup_printf ("call-%u", gone++);

          cm_conversation_list_remove (list, id);
        }
      cm_conversation_list_commit (list);
      /* A tick is five frames. */
      if (frame % 5 == 4)
        cm_call_order_flush (order);
      longest = MAX (longest, get_cpu () - before);
      spent += get_cpu () - before;
    }

  g_print ("%d updates and %d moves a second: %.1f %% of a core, longest %.1f ms (model only)\n",
           N_UPDATES, N_MOVES, spent / SECONDS / 10, longest);
}

int
main (void)
{
  g_autoptr (CmConversationList) list = cm_conversation_list_new ();
  g_autoptr (CmCallOrder) order = cm_call_order_new ();

  cm_call_order_set_model (order, list);
  for (guint i = 0; i < N_CALLS; i++)
    cm_conversation_list_update (list, document_new (i, i % 500 == 0));
  cm_conversation_list_commit (list);
  bench_search (order);
  bench_updates (list, order);

  return 0;
}

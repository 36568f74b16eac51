/* test-simulator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-simulator.h"
#include "support/cm-test-desk.h"

static CmSimulator *
simulate (guint    stations,
          guint    conversations,
          guint32  seed,
          gboolean renews)
{
  const CmSimulatorOptions options = {
    .stations = stations,
    .first_station = 1,
    .conversations = conversations,
    .rate = 10,
    .seed = seed,
    .start = CM_TEST_START,
    .renews = renews,
  };

  return cm_simulator_new (&options);
}

static char *
dup_lines (guint   stations,
           guint   conversations,
           guint32 seed)
{
  g_autoptr(CmSimulator) simulator = simulate (stations, conversations, seed, FALSE);
  GString *lines = g_string_new (NULL);
  CmTimeCache cache = { 0 };
  CmEvent event;

  while (cm_simulator_next (simulator, &event))
    cm_event_write (lines, &cache, &event);

  return g_string_free (lines, FALSE);
}

static void
test_seed (void)
{
  g_autofree char *first = dup_lines (5, 10, 7);
  g_autofree char *again = dup_lines (5, 10, 7);
  g_autofree char *other = dup_lines (5, 10, 8);

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
}

/* Numbers go up by one, time does not go back, and the tracker finds nothing odd
 * about it; and in the end everything is over. */
static void
test_lawful (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 1, 20 }, { 2, 20 }, { 3, 30 }, { 20, 60 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
      const CmTrackerCounters *counters = cm_tracker_get_counters (desk->tracker);
      g_autofree char *text = dup_lines (sizes[i][0], sizes[i][1], i + 1);
      g_auto(GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
      g_autoptr(GPtrArray) documents = NULL;

      for (guint j = 0; lines[j] != NULL; j++)
        cm_test_desk_line (desk, lines[j]);
      cm_test_desk_check (desk);

      g_assert_cmpuint (counters->events, ==, g_strv_length (lines));
      g_assert_cmpuint (counters->duplicates + counters->gaps + counters->late + counters->clamped, ==, 0);
      g_assert_cmpuint (counters->unknown_events + counters->unknown_properties + counters->unknown_values, ==, 0);
      g_assert_cmpuint (counters->dropped, ==, 0);

      documents = cm_tracker_dup_documents (desk->tracker);
      for (guint j = 0; j < documents->len; j++)
        g_assert_cmpint (((CmDocument *) g_ptr_array_index (documents, j))->phase, ==, CM_PHASE_ENDED);
    }
}

/* It goes on for as long as one likes, with as many conversations open. */
static void
test_renews (void)
{
  g_autoptr(CmSimulator) simulator = simulate (10, 5, 3, TRUE);
  g_autoptr(CmTracker) tracker = cm_tracker_new ();
  CmEvent event;

  cm_tracker_set_history (tracker, 0, 0);
  for (guint i = 0; i < 20000; i++)
    {
      g_assert_true (cm_simulator_next (simulator, &event));
      g_assert_cmpint (event.at, ==, CM_TEST_START + (gint64) i * 100);
      cm_tracker_handle (tracker, &event);
      g_assert_cmpuint (cm_tracker_get_n_conversations (tracker), <=, 5);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulator/seed", test_seed);
  g_test_add_func ("/simulator/lawful", test_lawful);
  g_test_add_func ("/simulator/renews", test_renews);

  return g_test_run ();
}

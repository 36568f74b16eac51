/* panel-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gtk/gtk.h>
#include <time.h>

#include "bench/cm-load-watch.h"
#include "model/cm-call-order.h"

/* How long a search takes, beside GTK's own model that filters by the same words. */

#define MAX_TIME 30.0
#define MAX_RATIO 0.2
#define TURNS 5

static const char * const texts[] = { "m", "meet", "ben.777", "meeting 4 carla", "nobody" };

#define N_TEXTS G_N_ELEMENTS (texts)

/* So much is the processor busy with it, ms: others may use it as well. */
static double
get_busy (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);

  return (double) spent.tv_sec * 1e3 + (double) spent.tv_nsec / 1e6;
}

typedef void (*SearchFunc) (gpointer    model,
                            const char *text);

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const double *first = a;
  const double *second = b;

  return *first < *second ? -1 : *first > *second;
}

static void
search_order (gpointer    model,
              const char *text)
{
  cm_call_order_set_search (model, text);
}

static char *
dup_text (CmConversation *conversation)
{
  return g_strdup (cm_conversation_get_search (conversation));
}

/* What is searched is the same, and folded once. */
static void
search_filter (gpointer    model,
               const char *text)
{
  GtkEveryFilter *every = gtk_every_filter_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      GtkExpression *expression =
        gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_text), NULL,
                                     NULL);
      GtkStringFilter *filter = gtk_string_filter_new (expression);

      gtk_string_filter_set_search (filter, words[i]);
      gtk_string_filter_set_ignore_case (filter, FALSE);
      gtk_multi_filter_append (GTK_MULTI_FILTER (every), GTK_FILTER (filter));
    }

  gtk_filter_list_model_set_filter (model, GTK_FILTER (every));
  g_object_unref (every);
}

static gboolean
match (gpointer item,
       gpointer words)
{
  return cm_search_match (cm_conversation_get_search (item), words);
}

/* The same, by our own function: what is left is what the model costs. */
static void
search_custom (gpointer    model,
               const char *text)
{
  GtkCustomFilter *filter =
    gtk_custom_filter_new (match, g_strsplit (text, " ", -1), (GDestroyNotify) g_strfreev);

  gtk_filter_list_model_set_filter (model, GTK_FILTER (filter));
  g_object_unref (filter);
}

/* Returns: the median of the longest of each turn, ms */
static double
measure (gpointer     model,
         SearchFunc   search,
         guint        n_found[static N_TEXTS])
{
  double times[TURNS] = { 0 };

  for (guint turn = 0; turn < TURNS; turn++)
    {
      for (guint i = 0; i < N_TEXTS; i++)
        {
          double begin = get_busy ();

          search (model, texts[i]);
          times[turn] = MAX (times[turn], get_busy () - begin);
          n_found[i] = g_list_model_get_n_items (model);
        }
    }

  qsort (times, TURNS, sizeof *times, compare_times);

  return times[TURNS / 2];
}

static gboolean
check (const char *what,
       double      value,
       double      most)
{
  g_print ("%s %s: %.2f (goal %.2g)\n", value <= most ? "ok    " : "MISSED", what, value, most);

  return value <= most;
}

int
main (void)
{
  g_autoptr (CmWatch) watch = cm_load_watch_new ();
  CmConversationList *list = cm_watch_get_conversations (watch);
  g_autoptr (CmCallOrder) order = cm_call_order_new ();
  g_autoptr (GtkFilterListModel) model =
    gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (list)), NULL);
  guint found[3][N_TEXTS];
  double ours, theirs, custom;
  gboolean good = TRUE;

  cm_call_order_set_model (order, list);
  ours = measure (order, search_order, found[0]);
  theirs = measure (model, search_filter, found[1]);
  custom = measure (model, search_custom, found[2]);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_assert_cmpuint (found[0][i], ==, found[1][i]);
      g_assert_cmpuint (found[0][i], ==, found[2][i]);
      g_print ("\"%s\" is in %u of %d\n", texts[i], found[0][i], CM_LOAD_CALLS);
    }

  g_print ("slowest search: ours %.1f ms, GtkFilterListModel %.1f, with our function %.1f\n", ours,
           theirs, custom);
  good &= check ("search, ms", ours, MAX_TIME);
  good &= check ("search beside GtkFilterListModel, ratio", ours / theirs, MAX_RATIO);

  return good ? 0 : 1;
}

/* test-flicker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "panel/list/cm-conversation-row.h"
#include "panel/list/cm-list-page.h"
#include "panel/cm-panel-test.h"
#include "watch/play/cm-demo.h"

/* Looks at each frame of the demo: no row goes somewhere and comes back within a second,
 * and no label says something else in between. CM_FLICKER_SECONDS makes it long. */

#define SECONDS 5.0
#define SECOND G_USEC_PER_SEC

/**
 * Seen:
 * @value: what it is now
 * @before: (nullable): what it was before that
 * @changed: when it became another one, µs
 */
typedef struct
{
  char   *value;
  char   *before;
  gint64  changed;
} Seen;

typedef struct
{
  GtkWidget  *page;
  GHashTable *seen; /* what and whose: Seen */
  gint64      now;
  guint       n_frames;
  guint       n_changes;
  guint       n_flickers;
} Eye;

static void
seen_free (Seen *seen)
{
  g_free (seen->value);
  g_free (seen->before);
  g_free (seen);
}

/* @key, @value: (transfer full) */
static void
see (Eye  *eye,
     char *key,
     char *value)
{
  Seen *seen = g_hash_table_lookup (eye->seen, key);

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      seen->value = value;
      g_hash_table_insert (eye->seen, key, seen);
      return;
    }

  if (g_str_equal (seen->value, value))
    {
      g_free (key);
      g_free (value);
      return;
    }

  eye->n_changes++;
  if (g_strcmp0 (seen->before, value) == 0 && eye->now - seen->changed < SECOND)
    {
      eye->n_flickers++;
      g_test_message ("%s: \"%s\", \"%s\" and back within %.2f s", key, value, seen->value,
                      (double) (eye->now - seen->changed) / SECOND);
    }

  g_free (key);
  g_free (seen->before);
  seen->before = seen->value;
  seen->value = value;
  seen->changed = eye->now;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));

  return NULL;
}

/* All the labels of a row, each by where it stands in it. A call that is joined counts
 * its time anew: then its figures are others (data/tracking.md). */
static void
see_labels (Eye        *eye,
            const char *id,
            gint64      started,
            const char *path,
            GtkWidget  *widget)
{
  const char *text = get_text (widget);
  guint i = 0;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (text != NULL)
    see (eye, g_strdup_printf ("label %s of %s %" G_GINT64_FORMAT, path, id,
                               gtk_widget_has_css_class (widget, "figures") ? started : 0),
         g_strdup (text));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *below = g_strdup_printf ("%s/%u", path, i++);

      see_labels (eye, id, started, below, child);
    }
}

static void
see_row (Eye       *eye,
         GtkWidget *row)
{
  g_autoptr (CmConversation) conversation = NULL;
  graphene_rect_t bounds;
  const char *id;
  gint64 started;

  g_object_get (row, "conversation", &conversation, NULL);
  if (conversation == NULL || !gtk_widget_compute_bounds (row, eye->page, &bounds))
    return;
  g_object_get (conversation, "started", &started, NULL);

  /* What stands above a row belongs to it: its foot is where it is. */
  id = cm_conversation_get_id (conversation);
  see (eye, g_strdup_printf ("place of %s", id),
       g_strdup_printf ("%.0f", round ((double) (bounds.origin.y + bounds.size.height))));
  see_labels (eye, id, started, "", row);
}

static void
see_rows (Eye       *eye,
          GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (CM_IS_CONVERSATION_ROW (widget))
    see_row (eye, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    see_rows (eye, child);
}

static void
painted_cb (Eye *eye)
{
  eye->now = g_get_monotonic_time ();
  eye->n_frames++;
  see_rows (eye, eye->page);
}

static double
get_seconds (void)
{
  const char *seconds = g_getenv ("CM_FLICKER_SECONDS");

  return seconds != NULL ? g_ascii_strtod (seconds, NULL) : SECONDS;
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint) (seconds * 1000), on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_demo (void)
{
  g_autoptr (CmDemo) demo = cm_demo_new ();
  g_autoptr (CmSession) session = cm_session_new ();
  GtkWidget *window = gtk_window_new ();
  Eye eye = { 0 };

  eye.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) seen_free);
  cm_session_set_watch (session, CM_WATCH (demo));
  eye.page = g_object_new (CM_TYPE_LIST_PAGE, "session", session, NULL);
  gtk_window_set_child (GTK_WINDOW (window), eye.page);
  gtk_window_set_default_size (GTK_WINDOW (window), 340, 720);
  gtk_window_present (GTK_WINDOW (window));
  cm_panel_test_settle ();

  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (painted_cb), &eye);
  run_for (get_seconds ());

  g_test_message ("%u frames, %u changes seen, %u of them back within a second", eye.n_frames,
                  eye.n_changes, eye.n_flickers);
  g_assert_cmpuint (eye.n_frames, >, 0);
  g_assert_cmpuint (eye.n_changes, >, 0);
  g_assert_cmpuint (eye.n_flickers, ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  cm_session_set_watch (session, NULL);
  g_hash_table_unref (eye.seen);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add_func ("/flicker/demo", test_demo);

  return g_test_run ();
}

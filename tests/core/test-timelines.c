/* test-timelines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "journal/cm-timeline-set.h"
#include "watch/play/cm-playback.h"

static char *
dup_lane (CmTimeline *timeline,
          guint       i)
{
  const CmTimelineLane *lane = cm_timeline_get_lane (timeline, i);
  GString *text = g_string_new (lane->name != NULL ? lane->name : "-");

  for (guint j = 0; j < lane->segments->len; j++)
    {
      const CmTimelineSegment *segment = &g_array_index (lane->segments, CmTimelineSegment, j);

      g_string_append_printf (text, " %s", segment->state);
      if (segment->end != CM_TIME_NONE)
        g_string_append_printf (text, "=%" G_GINT64_FORMAT, segment->end - segment->start);
    }

  return g_string_free (text, FALSE);
}

static void
test_recording (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("CM_RECORDINGS"), "escalation-user2.jsonl", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(CmPlayback) playback = cm_playback_new (file, 1, NULL);
  CmTimeline *timeline;
  g_autofree char *escalation = NULL;
  g_autofree char *first = NULL;

  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_position (playback, cm_playback_get_duration (playback));
  timeline = cm_watch_get_timeline (CM_WATCH (playback), "lync/user2@contoso.com#c1");
  g_assert_nonnull (timeline);
  g_assert_cmpuint (cm_timeline_get_n_lanes (timeline), ==, 4);

  escalation = dup_lane (timeline, 0);
  g_assert_true (g_str_has_prefix (escalation,
                                   "- ConnectingToConference=1200 JoiningLocalMedia=1500 WaitingForPeer=2900"));
  first = dup_lane (timeline, 1);
  g_test_message ("%s; %s", escalation, first);
  g_assert_nonnull (strstr (first, "Connected"));
}

static void
take (CmTimelineSet *set,
      gint64         at,
      const char    *id,
      const char    *replaces,
      const char    *first,
      const char    *second)
{
  g_autoptr(CmDocument) document = cm_document_new (id);

  document->replaces = replaces != NULL ? g_ref_string_new (replaces) : NULL;
  document->started = at;
  cm_document_add_person (document, first)->state = g_ref_string_new ("Connected");
  if (second != NULL)
    cm_document_add_person (document, second)->state = g_ref_string_new ("OnHold");
  cm_timeline_set_take (set, at, id, document);
}

/* Two calls that turn out to be one conference: neither loses what it was before. */
static void
test_merged (void)
{
  g_autoptr(CmTimelineSet) set = cm_timeline_set_new ();
  CmTimeline *timeline;
  g_autofree char *ana = NULL, *ben = NULL;

  take (set, 0, "a#1", NULL, "sip:ana@x.org", NULL);
  take (set, 100, "conf:k", NULL, "sip:ben@x.org", NULL);
  take (set, 200, "conf:k", "a#1", "sip:ben@x.org", "sip:ana@x.org");
  cm_timeline_set_take (set, 200, "a#1", NULL);

  timeline = cm_timeline_set_lookup (set, "conf:k");
  g_assert_null (cm_timeline_set_lookup (set, "a#1"));
  g_assert_cmpint (cm_timeline_get_start (timeline), ==, 0);
  g_assert_cmpuint (cm_timeline_get_n_lanes (timeline), ==, 3);
  ben = dup_lane (timeline, 1);
  ana = dup_lane (timeline, 2);
  g_assert_cmpstr (ben, ==, "- Connected");
  g_assert_cmpstr (ana, ==, "- Connected=200 OnHold");
}

/* Returns: (nullable) (transfer full): what a timeline was then, lane by lane */
static char *
dup_then (CmTimelineSet *set,
          const char    *id,
          gint64         time)
{
  g_autoptr(CmTimeline) timeline = cm_timeline_new ();
  GString *text = g_string_new (NULL);

  if (!cm_timeline_set_show (set, id, time, timeline))
    return g_string_free (text, TRUE);

  for (guint i = 1; i < cm_timeline_get_n_lanes (timeline); i++)
    {
      g_autofree char *lane = dup_lane (timeline, i);

      g_string_append_printf (text, "%s%s", i > 1 ? ", " : "", lane);
    }

  return g_string_free (text, FALSE);
}

static void
check_then (CmTimelineSet *set,
            const char    *id,
            gint64         time,
            const char    *expected)
{
  g_autofree char *then = dup_then (set, id, time);

  g_assert_cmpstr (then, ==, expected);
}

/* At an earlier moment a conversation is not yet what it became. */
static void
test_earlier (void)
{
  g_autoptr(CmTimelineSet) set = cm_timeline_set_new ();

  take (set, 0, "a#1", NULL, "sip:ana@x.org", NULL);
  take (set, 100, "conf:k", NULL, "sip:ben@x.org", NULL);
  take (set, 200, "conf:k", "a#1", "sip:ben@x.org", "sip:ana@x.org");
  cm_timeline_set_take (set, 200, "a#1", NULL);
  take (set, 300, "c#1", NULL, "sip:eva@x.org", NULL);
  cm_timeline_set_take (set, 400, "c#1", NULL);
  take (set, 400, "conf:m", "c#1", "sip:eva@x.org", NULL);
  cm_timeline_set_take (set, 500, "conf:k", NULL);

  check_then (set, "a#1", 50, "- Connected");
  check_then (set, "conf:k", 199, "- Connected");
  check_then (set, "conf:k", 200, "- Connected, - Connected=200 OnHold");
  check_then (set, "conf:k", 499, "- Connected, - Connected=200 OnHold");
  check_then (set, "c#1", 399, "- Connected");
  check_then (set, "conf:m", 400, "- Connected");
  check_then (set, "a#1", 200, NULL);
  check_then (set, "c#1", 400, NULL);
  check_then (set, "conf:k", 500, NULL);

  cm_timeline_set_forget (set, 201);
  check_then (set, "a#1", 50, NULL);
  check_then (set, "conf:k", 499, "- Connected, - Connected=200 OnHold");
}

/* Whoever renames a long conversation again and again does not fill the memory. */
static void
test_bounded (void)
{
  g_autoptr(CmTimelineSet) set = cm_timeline_set_new ();
  g_autofree char *before = NULL;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *id = g_strdup_printf ("a#%u", i);

      for (guint j = 0; j < 100; j++)
        {
          g_autoptr(CmDocument) document = cm_document_new (id);

          document->replaces = before != NULL ? g_ref_string_new (before) : NULL;
          cm_document_add_person (document, "sip:ana@x.org")->state =
            g_ref_string_new (j % 2 == 0 ? "OnHold" : "Connected");
          cm_timeline_set_take (set, i * 100 + j, id, document);
        }
      g_free (g_steal_pointer (&before));
      before = g_steal_pointer (&id);
    }

  check_then (set, "a#0", 99, NULL);
  g_assert_nonnull (cm_timeline_set_lookup (set, "a#399"));
  g_assert_cmpuint (cm_timeline_get_n_segments (cm_timeline_set_lookup (set, "a#399")), >, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timelines/recording", test_recording);
  g_test_add_func ("/timelines/merged", test_merged);
  g_test_add_func ("/timelines/earlier", test_earlier);
  g_test_add_func ("/timelines/bounded", test_bounded);

  return g_test_run ();
}

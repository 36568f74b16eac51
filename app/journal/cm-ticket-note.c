/* cm-ticket-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-ticket-note.h"

#include <glib/gi18n.h>

#include "model/cm-document-words.h"
#include "model/cm-words.h"

#define MAX_EVENTS 10

typedef struct
{
  gint64  at;
  char   *words;
} Event;

static void
event_clear (gpointer data)
{
  g_free (((Event *) data)->words);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  gint64 first = ((const Event *) a)->at, second = ((const Event *) b)->at;

  return (first > second) - (first < second);
}

static void
add_person (const CmPerson *person,
            GString        *note)
{
  g_autofree char *name = cm_words_dup_name (person->address, person->name);
  const char *state = person->left != CM_TIME_NONE ? C_("timeline", "Left")
                                                   : cm_words_get_modality (person->state);

  g_string_append_printf (note, "- %s, %s", name, cm_words_get_role (person->role));
  if (state != NULL)
    g_string_append_printf (note, ", %s", state);
  g_string_append_c (note, '\n');
}

static void
collect_lane (const CmTimelineLane *lane,
              gint64                now,
              GArray               *events)
{
  g_autofree char *name = cm_timeline_lane_dup_name (lane);

  for (guint i = 0; i < lane->segments->len; i++)
    {
      const CmTimelineSegment *segment = &g_array_index (lane->segments, CmTimelineSegment, i);
      g_autofree char *label = NULL;
      Event *event;

      if (segment->start > now)
        return;

      label = cm_timeline_segment_dup_label (lane, segment);
      g_array_set_size (events, events->len + 1);
      event = &g_array_index (events, Event, events->len - 1);
      event->at = segment->start;
      event->words = g_strdup_printf ("%s: %s", name, label);
    }
}

static void
add_events (CmTimeline *timeline,
            gint64      now,
            GString    *note)
{
  g_autoptr(GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));

  g_array_set_clear_func (events, event_clear);
  for (guint i = 0; timeline != NULL && i < cm_timeline_get_n_lanes (timeline); i++)
    collect_lane (cm_timeline_get_lane (timeline, i), now, events);
  g_array_sort (events, compare_events);

  for (guint i = events->len > MAX_EVENTS ? events->len - MAX_EVENTS : 0; i < events->len; i++)
    {
      const Event *event = &g_array_index (events, Event, i);
      g_autofree char *clock = cm_words_dup_clock (event->at);

      g_string_append_printf (note, "%s %s\n", clock, event->words);
    }
}

static void
add_times (const CmDocument *document,
           gint64            now,
           GString          *note)
{
  g_autofree char *started = NULL;
  g_autofree char *age = NULL;

  if (document->started == CM_TIME_NONE || now == CM_TIME_NONE)
    return;

  started = cm_words_dup_clock (document->started);
  age = cm_words_dup_age ((document->ended != CM_TIME_NONE ? document->ended : now) - document->started);
  /* Translators: the time of day at which a call began, and how long it has lasted */
  g_string_append_printf (note, _("Since %s, %s"), started, age);
  g_string_append_c (note, '\n');
}

/**
 * cm_ticket_note_dup:
 * @document: a conversation
 * @timeline: (nullable): its timeline
 * @now: ms UTC
 *
 * Returns: (transfer full): what a ticket has to say of the call: subject, ages,
 *   who was in it, the last ten events
 */
char *
cm_ticket_note_dup (const CmDocument *document,
                    CmTimeline       *timeline,
                    gint64            now)
{
  g_autoptr(GString) note = g_string_new (NULL);
  g_autofree char *title = cm_document_dup_title (document);
  g_autofree char *head = cm_document_dup_head (document);

  g_string_append_printf (note, "%s\n%s", title, cm_words_get_kind (document->kind));
  if (head != NULL && *head != '\0')
    g_string_append_printf (note, " · %s", head);
  g_string_append_c (note, '\n');
  add_times (document, now, note);
  for (guint i = 0; i < document->persons.len; i++)
    add_person (cm_document_get_person (document, i), note);
  add_events (timeline, now, note);

  return g_string_free (g_steal_pointer (&note), FALSE);
}

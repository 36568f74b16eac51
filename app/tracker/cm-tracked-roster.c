/* cm-tracked-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-tracked-roster.h"

#include "model/cm-reason.h"
#include "tracker/cm-modality.h"

/* So many are put together without an allocation. */
#define FEW_REPORTS 16

/* One leg's report on one person. */
typedef struct
{
  const CmTrackedLeg *leg;
  const CmMember     *member;
} Report;

static int
compare_reports (gconstpointer a,
                 gconstpointer b)
{
  const Report *first = a;
  const Report *second = b;

  return strcmp (first->member->contact->address, second->member->contact->address);
}

static GArray *
collect_reports (const CmTrackedConversation *conversation)
{
  GArray *reports = g_array_new (FALSE, FALSE, sizeof (Report));

  for (guint i = 0; i < conversation->legs->len; i++)
    {
      const CmTrackedLeg *leg = g_ptr_array_index (conversation->legs, i);

      for (guint j = 0; j < leg->members->len; j++)
        {
          Report report = { leg, &g_array_index (leg->members, CmMember, j) };

          g_array_append_val (reports, report);
        }
    }

  /* Equal addresses keep no order: every choice below goes by stamps. */
  g_array_sort (reports, compare_reports);

  return reports;
}

/* Whether the report can still be true: what a leg said before it ended is
 * only believed where nobody else says anything. */
static gboolean
is_current (const Report *report)
{
  return report->leg->phase != CM_PHASE_ENDED;
}

/* A source that has announced everything anew may have said the same of somebody in
 * two legs at once: then the older leg is believed. */
static gboolean
is_later (const Report *report,
          guint64       stamp,
          const Report *other,
          guint64       other_stamp)
{
  return stamp != other_stamp ? stamp > other_stamp : report->leg->serial < other->leg->serial;
}

static gboolean
is_better (const Report *report,
           guint64       stamp,
           const Report *best,
           guint64       best_stamp)
{
  if (best == NULL)
    return TRUE;
  if (is_current (report) != is_current (best))
    return is_current (report);

  return is_later (report, stamp, best, best_stamp);
}

/* When the report was made: a station's own audio is a report on its user. */
static guint64
get_stamp (const Report *report)
{
  return report->member->is_self ? MAX (report->member->seen, report->leg->seen) : report->member->seen;
}

/* A station knows best whether its own user is in the call, as long as he is;
 * after that the later report counts: he may be back by another way. */
static gboolean
is_own (const Report *report)
{
  return report->member->is_self && cm_tracked_leg_is_live (report->leg);
}

static const Report *
find_presence (const Report *reports,
               guint         n)
{
  const Report *best = &reports[0];
  guint best_rank = 0;

  for (guint i = 0; i < n; i++)
    {
      const Report *report = &reports[i];
      guint rank = is_own (report) ? 3 : is_current (report) || report->member->is_self ? 2 : 1;

      if (rank > best_rank || (rank == best_rank && is_later (report, get_stamp (report), best, get_stamp (best))))
        {
          best = report;
          best_rank = rank;
        }
    }

  return best;
}

/* A client may list people and say nothing of their audio: then it is told by
 * whoever knows. */
static const Report *
find_audio (const Report *reports,
            guint         n,
            const Report *presence)
{
  const Report *best = presence;

  if (presence->member->is_self || !presence->member->present || presence->member->state != CM_MEMBER_STATE_UNKNOWN ||
      presence->member->state_name != NULL)
    return presence;

  for (guint i = 0; i < n; i++)
    {
      const Report *report = &reports[i];

      if (!is_current (report) || report->member->is_self || !report->member->present ||
          report->member->state == CM_MEMBER_STATE_UNKNOWN)
        continue;
      if (best == presence || is_later (report, get_stamp (report), best, get_stamp (best)))
        best = report;
    }

  return best;
}

static char *
get_name (const Report *reports,
          guint         n)
{
  const Report *best = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (reports[i].member->name != NULL &&
          is_better (&reports[i], reports[i].member->seen, best, best ? best->member->seen : 0))
        best = &reports[i];
    }

  return best != NULL ? best->member->name : NULL;
}

static gboolean
is_waiting (const Report *report)
{
  return report->member->lobby == CM_YES ||
         (report->member->is_self && report->leg->phase == CM_PHASE_LOBBY);
}

static CmRole
get_role (const Report *reports,
          guint         n,
          gboolean     *known)
{
  const Report *best = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (reports[i].member->is_self && reports[i].leg->phase == CM_PHASE_LOBBY)
        return CM_ROLE_LOBBY;
      if (reports[i].member->role_seen > 0 &&
          is_better (&reports[i], reports[i].member->role_seen, best, best ? best->member->role_seen : 0))
        best = &reports[i];
    }

  *known = best != NULL;
  if (best == NULL)
    return CM_ROLE_ATTENDEE;
  if (is_waiting (best))
    return CM_ROLE_LOBBY;

  return best->member->presenter == CM_YES || best->member->leader == CM_YES
    ? CM_ROLE_PRESENTER : CM_ROLE_ATTENDEE;
}

static CmTristate
get_muted (const Report *reports,
           guint         n)
{
  const Report *best = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (reports[i].member->muted_seen > 0 &&
          is_better (&reports[i], reports[i].member->muted_seen, best, best ? best->member->muted_seen : 0))
        best = &reports[i];
    }

  return best != NULL ? (CmTristate) best->member->muted : CM_UNKNOWN;
}

/* A person's state as the report has it: a station's own audio is its user's. */
static void
set_state (CmPerson     *person,
           const Report *report)
{
  const char *name = report->member->state_name;
  int state = report->member->state;

  if (report->member->is_self)
    {
      name = report->leg->audio_video_name;
      state = report->leg->facts.audio_video_seen ? report->leg->facts.audio_video : CM_MEMBER_STATE_UNKNOWN;
    }

  if (name == NULL && state != CM_MEMBER_STATE_UNKNOWN)
    name = cm_wire_enum_get_name (&cm_wire_modality_state, state);

  cm_ref_string_set (&person->state, cm_text_from_string (name));
}

static void
set_left (CmPerson   *person,
          gint64      left,
          guint32     status,
          const char *reason)
{
  g_autofree char *told = status != 0 ? cm_reason_dup_from_status (status) : NULL;

  person->left = left;
  cm_ref_string_set (&person->left_reason, cm_text_from_string (told != NULL ? told : reason));
}

/* Of two parties, one that hangs up takes the other along. */
static gboolean
is_over_for_all (const CmTrackedLeg *leg)
{
  return leg->phase == CM_PHASE_ENDED || leg->phase == CM_PHASE_HUNG_UP;
}

static void
set_presence (CmPerson     *person,
              const Report *report,
              const Report *audio)
{
  const CmTrackedLeg *leg = report->leg;
  const CmMember *member = report->member;
  gint64 gone = leg->timing.left != CM_TIME_NONE ? leg->timing.left : leg->timing.ended;

  set_state (person, audio);
  person->joined = member->is_self ? leg->connected : audio->member->connected;

  if (member->is_self && (leg->phase == CM_PHASE_LEFT || is_over_for_all (leg)))
    set_left (person, gone, leg->status, CM_REASON_HUNG_UP);
  else if (!member->present)
    set_left (person, member->left, member->status, CM_REASON_LEFT);
  else if (is_over_for_all (leg))
    set_left (person, gone, 0, leg->phase == CM_PHASE_ENDED ? CM_REASON_ENDED : CM_REASON_HUNG_UP);
}

static gboolean
is_confirmed (const Report *reports,
              guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      if (cm_tracked_leg_is_confirmed (reports[i].leg))
        return TRUE;
    }

  return FALSE;
}

static gboolean
any_flag (const Report *reports,
          guint         n,
          gboolean      self)
{
  for (guint i = 0; i < n; i++)
    {
      if (self ? reports[i].member->is_self : reports[i].member->organizer == CM_YES)
        return TRUE;
    }

  return FALSE;
}

static void
fill_person (CmPerson         *person,
             const CmDocument *document,
             const Report     *reports,
             guint             n)
{
  const CmContact *contact = reports[0].member->contact;
  const Report *presence = find_presence (reports, n);

  cm_ref_string_share (&person->name, get_name (reports, n));
  person->role = get_role (reports, n, &person->role_known);
  person->muted = get_muted (reports, n);
  person->is_self = any_flag (reports, n, TRUE);
  person->is_organizer = any_flag (reports, n, FALSE) ||
                         g_strcmp0 (document->conference.organizer, contact->address) == 0;
  person->availability = contact->availability;
  cm_ref_string_share (&person->activity, contact->activity);
  person->confirmed = is_confirmed (reports, n);
  set_presence (person, presence, find_audio (reports, n, presence));
}

/**
 * cm_tracked_roster_build:
 * @conversation: a conversation
 * @document: its document, the conference already in it
 *
 * Makes one roster of what the legs report. Of each person: the station that is
 * the person's own is believed while it is in the call; otherwise the latest
 * report of a leg that has not ended. What that one does not say, role, mute and
 * audio, is taken from the latest that says it.
 */
void
cm_tracked_roster_build (const CmTrackedConversation *conversation,
                         CmDocument                  *document)
{
  g_autoptr(GArray) reports = collect_reports (conversation);
  guint start = 0;

  for (guint i = 1; i <= reports->len; i++)
    {
      const Report *first = &g_array_index (reports, Report, start);

      if (i < reports->len && g_array_index (reports, Report, i).member->contact == first->member->contact)
        continue;

      fill_person (cm_document_add_person (document, first->member->contact->address), document, first, i - start);
      start = i;
    }
}

/* @reports: has room for as many as the person's legs
 *
 * Returns: how many legs of the conversation report on the person */
static guint
collect_about (const CmTrackedConversation *conversation,
               const CmContact             *contact,
               Report                      *reports)
{
  guint n = 0;

  for (guint i = 0; i < contact->legs->len; i++)
    {
      CmTrackedLeg *leg = g_ptr_array_index (contact->legs, i);

      if (leg->parent == conversation)
        reports[n++] = (Report) { leg, cm_tracked_leg_find_member (leg, contact) };
    }

  return n;
}

/**
 * cm_tracked_roster_build_person:
 * @conversation: a conversation
 * @document: its document, the conference already in it
 * @contact: (nullable): somebody
 * @person: nothing but the address
 *
 * As cm_tracked_roster_build(), of one person.
 *
 * Returns: %FALSE where the person is not in the roster
 */
gboolean
cm_tracked_roster_build_person (const CmTrackedConversation *conversation,
                                const CmDocument            *document,
                                const CmContact             *contact,
                                CmPerson                    *person)
{
  Report few[FEW_REPORTS];
  g_autofree Report *many = NULL;
  Report *reports = few;
  guint n;

  if (contact == NULL)
    return FALSE;

  if (contact->legs->len > FEW_REPORTS)
    reports = many = g_new (Report, contact->legs->len);
  n = collect_about (conversation, contact, reports);
  if (n > 0)
    fill_person (person, document, reports, n);

  return n > 0;
}

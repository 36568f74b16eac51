/* cm-line-writer-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-line-writer-private.h"

#include "model/cm-words.h"

static void
set_string (char       **member,
            const char  *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return;

  g_clear_pointer (member, g_ref_string_release);
  *member = text != NULL ? g_ref_string_new (text) : NULL;
}

/* "lync/ana@contoso.com" is Ana's station. */
static gboolean
is_station_of (const CmLeg    *leg,
               const CmPerson *person)
{
  const char *slash = strrchr (leg->source, '/');
  g_autofree char *address = g_strconcat ("sip:", slash != NULL ? slash + 1 : leg->source, NULL);

  return g_str_equal (address, person->address);
}

static gboolean
is_out (CmPhase phase)
{
  return phase == CM_PHASE_LEFT || phase == CM_PHASE_HUNG_UP || phase == CM_PHASE_ENDED;
}

/* The only station there is is its user's, and stays so when others come. */
static void
find_self (const CmLineTelling *self)
{
  const CmDocument *document = self->document;

  for (guint i = 0; self->state->self == NULL && i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (person->is_self && (document->legs.len == 1 || is_station_of (self->leg, person)))
        self->state->self = g_strdup (person->address);
    }
}

static gboolean
is_own (const CmLineTelling *self,
        const CmPerson      *person)
{
  return self->state->self != NULL && g_str_equal (self->state->self, person->address);
}

/* Who waits in the lobby is told by a leg that knows of it. */
static gboolean
knows (const CmLineTelling *self,
       const CmPerson      *person)
{
  return person->role != CM_ROLE_LOBBY || person->left != CM_TIME_NONE ||
         self->leg->banner == CM_BANNER_LOBBY || is_out (self->leg->phase);
}

/* Whether the end of the leg, or of its part in the call, takes the person along. */
static gboolean
goes_along (const CmLineTelling *self,
            gboolean             own)
{
  CmPhase phase = self->leg->phase;

  return phase == CM_PHASE_ENDED || phase == CM_PHASE_HUNG_UP || (own && phase == CM_PHASE_LEFT);
}

static CmEvent
begin (const CmLineTelling *self,
       const CmPerson      *person,
       CmEventKind          kind)
{
  CmEvent event = cm_line_begin (self, kind);

  event.participant = cm_text_from_string (person->address);

  return event;
}

static void
say_property (const CmLineTelling *self,
              const CmPerson      *person,
              CmProperty           property,
              CmValue              value)
{
  CmEvent event = begin (self, person, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED);

  event.property = property;
  event.value = value;
  cm_line_say (self, &event, self->at);
}

static void
say_state (const CmLineTelling *self,
           const CmPerson      *person,
           CmLineTold          *told,
           const char          *state,
           gint64               at)
{
  CmEvent event = begin (self, person, CM_EVENT_MODALITY_STATE_CHANGED);

  event.modality = cm_line_name (&cm_wire_modality, "AudioVideo");
  event.state = cm_line_name (&cm_wire_modality_state, state);
  told->stamp = cm_line_say (self, &event, at);
}

/* A call of two has no roles, and whose leg is in the lobby has none yet. */
static gboolean
has_role (const CmLineTelling *self,
          const CmPerson      *person,
          gboolean             own)
{
  if ((own && self->leg->phase == CM_PHASE_LOBBY) || !knows (self, person))
    return FALSE;

  return person->role != CM_ROLE_ATTENDEE || self->document->kind == CM_KIND_CONFERENCE;
}

static gint64
get_added_time (const CmLineTelling *self,
                const CmPerson      *person)
{
  if (person->joined == CM_TIME_NONE)
    return person->left != CM_TIME_NONE ? cm_line_get_since (self, self->leg->timing.added) : self->at;

  return cm_line_get_since (self, person->joined);
}

static void
say_added (const CmLineTelling *self,
           const CmPerson      *person,
           CmLineTold          *told,
           gboolean             own)
{
  CmEvent event = begin (self, person, CM_EVENT_PARTICIPANT_ADDED);

  event.display_name = cm_text_from_string (person->name);
  if (own)
    event.is_self = cm_line_boolean (TRUE);
  if (has_role (self, person, own))
    event.is_presenter = cm_line_boolean (person->role == CM_ROLE_PRESENTER);
  if (has_role (self, person, own) && (person->role == CM_ROLE_LOBBY || told->role == CM_ROLE_LOBBY))
    event.is_in_lobby = cm_line_boolean (person->role == CM_ROLE_LOBBY);
  if (person->muted != CM_UNKNOWN)
    event.is_muted = cm_line_boolean (person->muted == CM_YES);
  told->stamp = cm_line_say (self, &event, get_added_time (self, person));

  set_string (&told->name, person->name);
  set_string (&told->state, NULL);
  told->role = person->role;
  told->muted = person->muted;
}

static void
say_removed (const CmLineTelling *self,
             const CmPerson      *person,
             CmLineTold          *told,
             gint64               at)
{
  CmEvent event = begin (self, person, CM_EVENT_PARTICIPANT_REMOVED);

  event.status_code = cm_line_status (person->left_reason);
  told->stamp = cm_line_say (self, &event, at);
}

static void
tell_role (const CmLineTelling *self,
           const CmPerson      *person,
           CmLineTold          *told,
           gboolean             own)
{
  gboolean was = told->role == CM_ROLE_LOBBY, is = person->role == CM_ROLE_LOBBY;

  if (told->role == person->role || !has_role (self, person, own))
    return;

  if (was != is)
    say_property (self, person, CM_PROPERTY_IS_IN_LOBBY, cm_line_boolean (is));
  if (!is)
    say_property (self, person, CM_PROPERTY_IS_PRESENTER,
                  cm_line_boolean (person->role == CM_ROLE_PRESENTER));
  told->role = person->role;
}

static void
tell_properties (const CmLineTelling *self,
                 const CmPerson      *person,
                 CmLineTold          *told,
                 gboolean             own)
{
  const CmValue null = { CM_VALUE_NULL, TRUE, 0, CM_TEXT_NONE };

  if (g_strcmp0 (told->name, person->name) != 0 && person->name != NULL)
    {
      CmValue name = { CM_VALUE_TEXT, TRUE, 0, cm_text_from_string (person->name) };

      say_property (self, person, CM_PROPERTY_NAME, name);
      set_string (&told->name, person->name);
    }

  tell_role (self, person, told, own);
  if (told->muted != person->muted)
    say_property (self, person, CM_PROPERTY_IS_MUTED,
                  person->muted != CM_UNKNOWN ? cm_line_boolean (person->muted == CM_YES) : null);
  told->muted = person->muted;

  if (told->is_organizer != person->is_organizer &&
      g_strcmp0 (self->document->conference.organizer, person->address) != 0)
    say_property (self, person, CM_PROPERTY_AS_ORGANIZER, cm_line_boolean (person->is_organizer));
  told->is_organizer = person->is_organizer;
}

/* A station's own audio is its user's. */
static void
tell_state (const CmLineTelling *self,
            const CmPerson      *person,
            CmLineTold          *told,
            gboolean             own)
{
  gboolean connected = g_strcmp0 (person->state, "Connected") == 0;

  if (own || person->state == NULL || g_strcmp0 (told->state, person->state) == 0)
    return;

  if (told->state == NULL && person->joined != CM_TIME_NONE && !connected)
    say_state (self, person, told, "Connected", cm_line_get_since (self, person->joined));
  say_state (self, person, told, person->state, connected ? cm_line_get_since (self, person->joined) : self->at);
  set_string (&told->state, person->state);
}

static void
tell_end (const CmLineTelling *self,
          const CmPerson      *person,
          CmLineTold          *told,
          gboolean             own)
{
  gboolean gone = person->left != CM_TIME_NONE;

  if (gone && !told->gone && !goes_along (self, own))
    say_removed (self, person, told, cm_line_get_since (self, person->left));

  told->gone = gone;
}

/* What somebody else told meanwhile is told anew. Only who goes and comes back is one
 * of whose audio nothing is known. */
static void
tell_person (const CmLineTelling *self,
             const CmPerson      *person,
             gboolean             anew)
{
  gboolean own = is_own (self, person);
  CmLineTold *told = g_hash_table_lookup (self->state->told, person->address);

  if (told == NULL)
    {
      told = g_new0 (CmLineTold, 1);
      g_hash_table_insert (self->state->told, g_strdup (person->address), told);
      anew = TRUE;
    }

  if (told->state != NULL && person->state == NULL && !own && !told->gone)
    {
      say_removed (self, person, told, self->at);
      anew = TRUE;
    }
  if (anew || (told->gone && person->left == CM_TIME_NONE && !own))
    say_added (self, person, told, own);

  tell_properties (self, person, told, own);
  tell_state (self, person, told, own);
  tell_end (self, person, told, own);
}

/* A leg that was over before cannot tell anything any more. */
static gboolean
can_tell (const CmLineTelling *self)
{
  return self->leg->phase != CM_PHASE_ENDED || cm_line_leg_ends (self);
}

static guint64
get_stamp (const CmLineTelling *self,
           const CmPerson      *person)
{
  const CmLineTold *told = g_hash_table_lookup (self->state->told, person->address);

  return told != NULL ? told->stamp : 0;
}

/* Of several stations of his, the one that is in the call. */
static const CmLineTelling *
find_own (const CmLineTelling *tellings,
          guint                n,
          const CmPerson      *person)
{
  const CmLineTelling *best = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (is_own (&tellings[i], person) && (best == NULL || is_out (best->leg->phase)))
        best = &tellings[i];
    }

  return best;
}

/* Who is believed, since he has told of the person last. */
static const CmLineTelling *
find_last (const CmLineTelling *tellings,
           guint                n,
           const CmPerson      *person,
           const CmLineTelling *own)
{
  const CmLineTelling *best = NULL;

  for (guint i = 0; i < n; i++)
    {
      const CmLineTelling *telling = &tellings[i];
      gboolean ended = telling->leg->phase == CM_PHASE_ENDED;

      if (telling == own || !can_tell (telling) || !knows (telling, person))
        continue;
      if (best == NULL || (best->leg->phase == CM_PHASE_ENDED && !ended) ||
          (ended == (best->leg->phase == CM_PHASE_ENDED) &&
           get_stamp (telling, person) > get_stamp (best, person)))
        best = telling;
    }

  return best;
}

/* What contacts publish does not belong to a conversation: one leg tells it. */
static void
tell_contact (const CmLineTelling *self,
              const CmPerson      *person)
{
  const CmPerson *before = self->before != NULL ? cm_document_find_person (self->before, person->address) : NULL;
  CmEvent event = begin (self, person, CM_EVENT_CONTACT_INFORMATION_CHANGED);
  gint64 availability = before != NULL ? before->availability : -1;
  const char *activity = before != NULL ? before->activity : NULL;

  if (availability == person->availability && g_strcmp0 (activity, person->activity) == 0)
    return;

  event.conversation = CM_TEXT_NONE;
  if (person->availability >= 0)
    event.availability = (CmValue) { CM_VALUE_INTEGER, TRUE, person->availability, CM_TEXT_NONE };
  event.activity = cm_text_from_string (person->activity != NULL ? person->activity : "");
  cm_line_say (self, &event, self->at);
}

static gboolean
sees_in_lobby (const CmLineTelling *self,
               const CmPerson      *person)
{
  return person->role == CM_ROLE_LOBBY && person->left == CM_TIME_NONE &&
         self->leg->banner == CM_BANNER_LOBBY && self->leg->phase != CM_PHASE_LOBBY;
}

/* The leg knows that nobody waits any more. */
static void
tell_let_in (const CmLineTelling *self,
             const CmPerson      *person,
             CmLineTold          *told)
{
  if (told->role != CM_ROLE_LOBBY)
    return;

  say_property (self, person, CM_PROPERTY_IS_IN_LOBBY, cm_line_boolean (FALSE));
  told->role = CM_ROLE_ATTENDEE;
}

/* Whoever has told of a person before goes on to tell what the person is; and each leg
 * has its own view of the lobby. */
static void
tell_others (const CmLineTelling *tellings,
             guint                n,
             const CmPerson      *person,
             const CmLineTelling *teller)
{
  for (guint i = 0; i < n; i++)
    {
      const CmLineTelling *telling = &tellings[i];
      CmLineTold *told = g_hash_table_lookup (telling->state->told, person->address);

      if (telling == teller || !can_tell (telling))
        continue;
      if (told != NULL && (!knows (telling, person) || person->left != CM_TIME_NONE))
        tell_let_in (telling, person, told);
      else if (told != NULL)
        tell_properties (telling, person, told, is_own (telling, person));
      else if (sees_in_lobby (telling, person))
        tell_person (telling, person, TRUE);
    }
}

/* Whoever was told of by a leg that is over has gone along with it. */
static gboolean
is_settled (const CmLineTelling *tellings,
            guint                n,
            const CmPerson      *person)
{
  const CmLineTelling *last = &tellings[0];

  for (guint i = 1; i < n; i++)
    {
      if (get_stamp (&tellings[i], person) > get_stamp (last, person))
        last = &tellings[i];
    }

  return person->left != CM_TIME_NONE && last->leg->phase == CM_PHASE_ENDED && get_stamp (last, person) > 0;
}

/* A station is believed of its user while it is in the call or on its way, and when
 * it takes the user along; else whoever has told last. */
static gboolean
is_believed (const CmLineTelling *own,
             const CmPerson      *person)
{
  const char *audio = own->leg->audio_video;

  if (is_out (own->leg->phase))
    return person->left != CM_TIME_NONE;
  if (g_strcmp0 (audio, "Disconnected") == 0 || g_strcmp0 (audio, "Disconnecting") == 0)
    return person->left == CM_TIME_NONE && person->state == NULL;

  return TRUE;
}

static void
tell_of (const CmLineTelling *tellings,
         guint                n,
         const CmPerson      *person)
{
  const CmLineTelling *own = find_own (tellings, n, person);
  gboolean own_tells = own != NULL && is_believed (own, person);
  const CmLineTelling *teller = own_tells ? own : find_last (tellings, n, person, own);

  tell_others (tellings, n, person, teller);
  if (teller == NULL || !can_tell (teller) || is_settled (tellings, n, person))
    return;

  tell_person (teller, person, teller != own && own != NULL && own->state->stamp > get_stamp (teller, person));
}

void
cm_line_told_free (gpointer data)
{
  CmLineTold *self = data;

  g_clear_pointer (&self->name, g_ref_string_release);
  g_clear_pointer (&self->state, g_ref_string_release);
  g_free (self);
}

/**
 * cm_line_roster_tell:
 * @tellings: all legs of a conversation
 * @n_tellings: how many there are
 *
 * Whether a person is in the call is told by one leg: by the own station, or where
 * that has left and the person has not, by the one that has told of him last.
 */
void
cm_line_roster_tell (CmLineTelling *tellings,
                     guint          n_tellings)
{
  const CmDocument *document = n_tellings > 0 ? tellings[0].document : NULL;

  for (guint i = 0; i < n_tellings; i++)
    find_self (&tellings[i]);

  for (guint i = 0; document != NULL && i < document->persons.len; i++)
    {
      tell_contact (&tellings[0], cm_document_get_person (document, i));
      tell_of (tellings, n_tellings, cm_document_get_person (document, i));
    }
}

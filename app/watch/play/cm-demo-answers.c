/* cm-demo-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-demo-answers.h"

#include <glib/gi18n.h>

#include "model/cm-address.h"
#include "model/cm-reason.h"

/* A station does what it is asked to after so long, ms. */
#define DELAY 300

/* Whoever is invited answers after so long, ms. */
#define RINGING 3000

/* The conference is ending, as an ms-diagnostics id has it. */
#define STATUS_ENDING 7035

/* An event to come. Of its texts it owns those that are here. */
typedef struct
{
  CmEvent event;
  char   *source;
  char   *conversation;
  char   *participant;
} Answer;

struct _CmDemoAnswers
{
  GPtrArray  *answers;
  GHashTable *over; /* source TAB conversation: nothing more comes of these */
};

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_free (self->source);
  g_free (self->conversation);
  g_free (self->participant);
  g_free (self);
}

static CmValue
get_boolean (gboolean value)
{
  return (CmValue) { CM_VALUE_BOOLEAN, TRUE, value, CM_TEXT_NONE };
}

static CmValue
get_enum (int value)
{
  return (CmValue) { CM_VALUE_ENUM, TRUE, value, CM_TEXT_NONE };
}

static CmEvent *
add (CmDemoAnswers *self,
     const CmLeg   *leg,
     CmEventKind    kind,
     const char    *participant,
     gint64         at)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->source = g_strdup (leg->source);
  answer->conversation = g_strdup (leg->conversation);
  answer->participant = g_strdup (participant);
  answer->event.at = at;
  answer->event.kind = kind;
  answer->event.source = cm_text_from_string (answer->source);
  answer->event.conversation = cm_text_from_string (answer->conversation);
  answer->event.participant = cm_text_from_string (answer->participant);
  g_ptr_array_add (self->answers, answer);

  return &answer->event;
}

static void
add_audio (CmDemoAnswers   *self,
           const CmLeg     *leg,
           const char      *participant,
           CmModalityState  state,
           gint64           at)
{
  CmEvent *event = add (self, leg, CM_EVENT_MODALITY_STATE_CHANGED, participant, at);

  event->modality = get_enum (CM_MODALITY_AUDIO_VIDEO);
  event->state = get_enum ((int) state);
}

static void
rejoin (CmDemoAnswers *self,
        const CmLeg   *leg,
        gint64         now)
{
  add_audio (self, leg, NULL, CM_MODALITY_STATE_CONNECTING, now + 700);
  add (self, leg, CM_EVENT_CONVERSATION_STATE_CHANGED, NULL, now + 1000)->state =
    get_enum (CM_CONVERSATION_STATE_ACTIVE);
  add_audio (self, leg, NULL, CM_MODALITY_STATE_JOINING, now + 2000);
  add_audio (self, leg, NULL, CM_MODALITY_STATE_CONNECTED, now + 3000);
}

static void
set_property (CmDemoAnswers *self,
              const CmLeg   *leg,
              CmEventKind    kind,
              const char    *participant,
              CmProperty     property,
              gboolean       value,
              gint64         now)
{
  CmEvent *event = add (self, leg, kind, participant, now + DELAY);

  event->property = property;
  event->value = get_boolean (value);
}

static void
remove_person (CmDemoAnswers *self,
               const CmLeg   *leg,
               const char    *participant,
               gint64         now)
{
  CmEvent *event = add (self, leg, CM_EVENT_PARTICIPANT_REMOVED, participant, now + DELAY);

  event->status_code = (CmValue) { CM_VALUE_INTEGER, TRUE, CM_STATUS_REMOVED, CM_TEXT_NONE };
}

static void
invite (CmDemoAnswers *self,
        const CmLeg   *leg,
        const char    *participant,
        gint64         now)
{
  CmEvent *event = add (self, leg, CM_EVENT_PARTICIPANT_ADDED, participant, now + DELAY);

  event->is_presenter = get_boolean (FALSE);
  add_audio (self, leg, participant, CM_MODALITY_STATE_CONNECTING, now + DELAY);
  add_audio (self, leg, participant, CM_MODALITY_STATE_CONNECTED, now + RINGING);
}

static void
end (CmDemoAnswers    *self,
     const CmDocument *document,
     gint64            now)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);
      CmEvent *event;

      if (leg->phase == CM_PHASE_ENDED)
        continue;

      g_hash_table_add (self->over, g_strconcat (leg->source, "\t", leg->conversation, NULL));
      add_audio (self, leg, NULL, CM_MODALITY_STATE_DISCONNECTED, now + DELAY);
      event = add (self, leg, CM_EVENT_CONVERSATION_REMOVED, NULL, now + DELAY);
      event->status_code = (CmValue) { CM_VALUE_INTEGER, TRUE, STATUS_ENDING, CM_TEXT_NONE };
    }
}

CmDemoAnswers *
cm_demo_answers_new (void)
{
  CmDemoAnswers *self = g_new0 (CmDemoAnswers, 1);

  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->over = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
cm_demo_answers_free (CmDemoAnswers *self)
{
  g_ptr_array_unref (self->answers);
  g_hash_table_unref (self->over);
  g_free (self);
}

/* Returns: what a station of the demo can be asked for */
CmActions
cm_demo_answers_get_actions (void)
{
  return (1u << CM_N_ACTIONS) - 1;
}

/**
 * cm_demo_answers_why_not:
 * @document: a conversation
 * @leg: the leg of it that is asked
 * @command: what for
 *
 * Returns: (nullable) (transfer full): why it does not do that, as a translated
 *   sentence
 */
char *
cm_demo_answers_why_not (const CmDocument *document,
                         const CmLeg      *leg,
                         const CmCommand  *command)
{
  const CmPerson *person = NULL;

  if (command->action == CM_ACTION_REJOIN)
    return leg->phase != CM_PHASE_LEFT ? g_strdup (_("The station has not left the call")) : NULL;
  if (leg->phase != CM_PHASE_IN_CONFERENCE)
    return g_strdup (_("The station is not in a conference"));

  if (command->participant != NULL)
    person = cm_document_find_person (document, command->participant);
  if (person != NULL && command->action == CM_ACTION_REMOVE && person->is_organizer)
    return g_strdup (_("The organizer cannot be removed"));

  return NULL;
}

static void
mute_all (CmDemoAnswers    *self,
          const CmDocument *document,
          const CmLeg      *leg,
          gboolean          muted,
          gint64            now)
{
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (person->left == CM_TIME_NONE)
        set_property (self, leg, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, person->address, CM_PROPERTY_IS_MUTED, muted, now);
    }
}

/**
 * cm_demo_answers_take:
 * @self: answers
 * @document: a conversation
 * @leg: the leg of it that is asked
 * @command: what for; nothing that cm_demo_answers_why_not() refuses
 * @now: ms UTC
 */
void
cm_demo_answers_take (CmDemoAnswers    *self,
                      const CmDocument *document,
                      const CmLeg      *leg,
                      const CmCommand  *command,
                      gint64            now)
{
  gboolean is_on = command->action == CM_ACTION_MUTE || command->action == CM_ACTION_LOCK;

  switch (command->action)
    {
    case CM_ACTION_REJOIN:
      rejoin (self, leg, now);
      break;
    case CM_ACTION_MUTE:
    case CM_ACTION_UNMUTE:
      set_property (self, leg, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, command->participant,
                    CM_PROPERTY_IS_MUTED, is_on, now);
      break;
    case CM_ACTION_MUTE_ALL:
    case CM_ACTION_UNMUTE_ALL:
      mute_all (self, document, leg, command->action == CM_ACTION_MUTE_ALL, now);
      break;
    case CM_ACTION_ADMIT:
      set_property (self, leg, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, command->participant,
                    CM_PROPERTY_IS_IN_LOBBY, FALSE, now);
      break;
    case CM_ACTION_LOCK:
    case CM_ACTION_UNLOCK:
      set_property (self, leg, CM_EVENT_CONVERSATION_PROPERTY_CHANGED, NULL,
                    CM_PROPERTY_CONFERENCING_LOCKED, is_on, now);
      break;
    case CM_ACTION_REMOVE:
      remove_person (self, leg, command->participant, now);
      break;
    case CM_ACTION_INVITE:
      invite (self, leg, command->participant, now);
      break;
    case CM_ACTION_END:
      end (self, document, now);
      break;
    case CM_N_ACTIONS:
    default:
      g_assert_not_reached ();
    }
}

/* Gives the tracker what has followed by now. */
void
cm_demo_answers_play (CmDemoAnswers *self,
                      CmTracker     *tracker,
                      gint64         now)
{
  for (guint i = 0; i < self->answers->len;)
    {
      const Answer *answer = g_ptr_array_index (self->answers, i);

      if (answer->event.at > now)
        {
          i++;
          continue;
        }
      cm_tracker_handle (tracker, &answer->event);
      g_ptr_array_remove_index (self->answers, i);
    }
}

/* Returns: whether the event is one of a call that was ended by a command */
gboolean
cm_demo_answers_is_over (CmDemoAnswers *self,
                         const CmEvent *event)
{
  g_autofree char *key = NULL;

  if (event->conversation.bytes == NULL || g_hash_table_size (self->over) == 0)
    return FALSE;

  key = g_strdup_printf ("%.*s\t%.*s", (int) event->source.size, event->source.bytes,
                         (int) event->conversation.size, event->conversation.bytes);

  return g_hash_table_contains (self->over, key);
}

/* What was asked for was asked of calls that are no more. */
void
cm_demo_answers_clear (CmDemoAnswers *self)
{
  g_ptr_array_set_size (self->answers, 0);
}

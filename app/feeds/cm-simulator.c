/* cm-simulator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-simulator.h"

#include "feeds/cm-scenario.h"

typedef struct
{
  char    address[64];
  char    source[64];
  char    name[32];
  gint64  seq;
  guint   calls;
} Station;

/* One conversation, on its way through its scenario. */
typedef struct
{
  const CmScenario *scenario;
  guint             step;
  guint             waits;
  guint             station;
  guint             peer;
  guint             guest;
  char              conversation[16];
  char              uri[96];
} Slot;

struct _CmSimulator
{
  CmSimulatorOptions options;
  GRand             *random;
  Station           *stations;
  Slot              *slots;
  guint              n_open;
  guint              greeted;
  guint64            serial;
  guint64            n_events;
  guint              total_weight;
  char               last_conference[96];
  guint              last_organizer;
  char               access[256];
};

static void
init_station (Station *station,
              guint    number)
{
  g_snprintf (station->address, sizeof station->address, "sip:user%u@contoso.com", number);
  g_snprintf (station->source, sizeof station->source, "lync/user%u@contoso.com", number);
  g_snprintf (station->name, sizeof station->name, "User %u", number);
}

/* Another station than the one given, where there is one. */
static guint
pick_other (CmSimulator *self,
            guint        station)
{
  guint n = self->options.stations;

  if (n == 1)
    return station;

  return (station + 1 + (guint) g_rand_int_range (self->random, 0, (gint32) n - 1)) % n;
}

static const CmScenario *
pick_scenario (CmSimulator *self)
{
  gint32 ticket = g_rand_int_range (self->random, 0, (gint32) self->total_weight);
  guint i = 0;

  while (ticket >= (gint32) cm_scenarios[i].weight)
    ticket -= (gint32) cm_scenarios[i++].weight;

  /* There is no conference to come into yet: make one. */
  if (cm_scenarios[i].joins && self->last_conference[0] == '\0')
    i = 2;

  return &cm_scenarios[i];
}

static void
begin_conversation (CmSimulator *self,
                    Slot        *slot)
{
  guint n = self->options.stations;

  slot->scenario = pick_scenario (self);
  slot->step = 0;
  slot->waits = 0;
  slot->station = (guint) g_rand_int_range (self->random, 0, (gint32) n);
  slot->peer = pick_other (self, slot->station);
  slot->guest = pick_other (self, slot->peer);
  if (slot->guest == slot->station)
    slot->guest = (slot->guest + 1) % n;

  g_snprintf (slot->conversation, sizeof slot->conversation, "c%u", ++self->stations[slot->station].calls);
  self->serial++;

  if (slot->scenario->joins)
    {
      slot->peer = self->last_organizer;
      g_strlcpy (slot->uri, self->last_conference, sizeof slot->uri);
      return;
    }

  g_snprintf (slot->uri, sizeof slot->uri, "%s;gruu;opaque=app:conf:focus:id:%08X",
              self->stations[slot->station].address, (guint) self->serial);
}

/**
 * cm_simulator_new:
 * @options: what to simulate; at least one station and one conversation
 *
 * Returns: (transfer full): a desk of stations at work
 */
CmSimulator *
cm_simulator_new (const CmSimulatorOptions *options)
{
  CmSimulator *self;

  g_return_val_if_fail (options->stations > 0 && options->conversations > 0, NULL);
  g_return_val_if_fail (options->rate > 0, NULL);

  self = g_new0 (CmSimulator, 1);
  self->options = *options;
  self->random = g_rand_new_with_seed (options->seed);
  self->stations = g_new0 (Station, options->stations);
  self->slots = g_new0 (Slot, options->conversations);
  self->n_open = options->conversations;

  for (guint i = 0; i < cm_n_scenarios; i++)
    self->total_weight += cm_scenarios[i].weight;
  for (guint i = 0; i < options->stations; i++)
    init_station (&self->stations[i], options->first_station + i);
  for (guint i = 0; i < options->conversations; i++)
    begin_conversation (self, &self->slots[i]);

  return self;
}

/**
 * cm_simulator_free:
 * @self: (transfer full): a simulator
 */
void
cm_simulator_free (CmSimulator *self)
{
  g_rand_free (self->random);
  g_free (self->stations);
  g_free (self->slots);
  g_free (self);
}

static CmText
text_of (const char *string)
{
  return cm_text_from_string (string);
}

static const Station *
get_person (const CmSimulator *self,
            const Slot        *slot,
            CmWho              who)
{
  switch (who)
    {
    case CM_WHO_PEER:
      return &self->stations[slot->peer];
    case CM_WHO_GUEST:
      return &self->stations[slot->guest];
    case CM_WHO_NONE:
    case CM_WHO_SELF:
    default:
      return &self->stations[slot->station];
    }
}

static void
fill_access (CmSimulator *self,
             const Slot  *slot)
{
  const char *id = strrchr (slot->uri, ':') + 1;

  g_snprintf (self->access, sizeof self->access,
              "{\"Id\":\"%05u\",\"AutoAttendantNumbers\":[\"+1 555 0100\"],"
              "\"ExternalUrl\":\"https://meet.contoso.com/user%u/%s\"}",
              (guint) (self->serial % 100000), self->options.first_station + slot->station, id);
}

/* The conference is made: others may come into it from now on. */
static void
note_conference (CmSimulator *self,
                 const Slot  *slot)
{
  if (slot->scenario->joins)
    return;

  g_strlcpy (self->last_conference, slot->uri, sizeof self->last_conference);
  self->last_organizer = slot->station;
}

static void
fill_property (CmSimulator  *self,
               const Slot   *slot,
               const CmStep *step,
               CmEvent      *event)
{
  event->property = step->property;

  switch ((int) step->property)
    {
    case CM_PROPERTY_CONFERENCING_URI:
      note_conference (self, slot);
      event->value = (CmValue) { CM_VALUE_TEXT, TRUE, 0, text_of (slot->uri) };
      break;
    case CM_PROPERTY_INVITER:
      event->value = (CmValue) { CM_VALUE_TEXT, TRUE, 0, text_of (self->stations[slot->peer].address) };
      break;
    case CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION:
      fill_access (self, slot);
      event->value = (CmValue) { CM_VALUE_JSON, TRUE, 0, text_of (self->access) };
      break;
    case CM_PROPERTY_CONFERENCE_ESCALATION_RESULT:
      event->value = (CmValue) { CM_VALUE_INTEGER, TRUE, (guint32) step->value, CM_TEXT_NONE };
      break;
    case CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS:
      event->value = cm_value_from_enum (step->value);
      break;
    default:
      event->value = cm_value_from_flag (step->value);
    }
}

static void
fill_person (const CmSimulator *self,
             const Slot        *slot,
             const CmStep      *step,
             CmEvent           *event)
{
  const Station *person = get_person (self, slot, step->who);

  event->participant = text_of (person->address);
  if (step->kind != CM_EVENT_PARTICIPANT_ADDED)
    return;

  event->display_name = text_of (person->name);
  if (step->who == CM_WHO_SELF)
    event->is_self = cm_value_from_flag (TRUE);
}

static void
fill_presence (const CmStep *step,
               CmEvent      *event)
{
  event->conversation = CM_TEXT_NONE;
  event->availability = (CmValue) { CM_VALUE_INTEGER, TRUE, step->value, CM_TEXT_NONE };
  event->activity = step->value >= 7000 ? CM_TEXT ("in-a-conference") : CM_TEXT ("on-the-phone");
}

static void
fill_step (CmSimulator  *self,
           const Slot   *slot,
           const CmStep *step,
           CmEvent      *event)
{
  event->kind = step->kind;
  event->conversation = text_of (slot->conversation);
  if (step->who != CM_WHO_NONE)
    fill_person (self, slot, step, event);

  switch ((int) step->kind)
    {
    case CM_EVENT_CONVERSATION_ADDED:
      if (step->value != CM_DIRECTION_NONE)
        event->direction = cm_value_from_enum (step->value);
      break;
    case CM_EVENT_CONVERSATION_STATE_CHANGED:
      event->state = cm_value_from_enum (step->value);
      break;
    case CM_EVENT_MODALITY_STATE_CHANGED:
      event->modality = cm_value_from_enum (step->property == CM_PROPERTY_NAME ? CM_MODALITY_INSTANT_MESSAGE
                                                                       : CM_MODALITY_AUDIO_VIDEO);
      event->state = cm_value_from_enum (step->value);
      break;
    case CM_EVENT_CONVERSATION_PROPERTY_CHANGED:
    case CM_EVENT_PARTICIPANT_PROPERTY_CHANGED:
      fill_property (self, slot, step, event);
      break;
    case CM_EVENT_CONTACT_INFORMATION_CHANGED:
      fill_presence (step, event);
      break;
    default:
      break;
    }
}

static void
stamp_event (CmSimulator *self,
             Station     *station,
             CmEvent     *event)
{
  event->at = self->options.start + (gint64) ((double) self->n_events * 1000.0 / self->options.rate);
  event->source = text_of (station->source);
  event->has_seq = TRUE;
  event->seq = ++station->seq;
  self->n_events++;
}

static void
end_conversation (CmSimulator *self,
                  Slot        *slot)
{
  if (self->options.renews)
    begin_conversation (self, slot);
  else
    *slot = self->slots[--self->n_open];
}

/* The next step of one conversation; %NULL where nothing happens in this turn. */
static const CmStep *
take_step (CmSimulator *self,
           Slot        *slot)
{
  const CmStep *step;

  /* Its last event may still have been in use until now. */
  if (slot->step == slot->scenario->n_steps)
    {
      end_conversation (self, slot);
      return NULL;
    }

  step = &slot->scenario->steps[slot->step];
  if (step->kind == CM_EVENT_UNKNOWN && slot->waits < (guint) step->value)
    {
      slot->waits++;
      return NULL;
    }

  slot->waits = 0;
  slot->step++;

  return step->kind != CM_EVENT_UNKNOWN ? step : NULL;
}

/**
 * cm_simulator_next:
 * @self: a simulator
 * @event: (out caller-allocates): the next event, valid until the next call
 *
 * Conversations take turns at random; each station counts its own events.
 *
 * Returns: %FALSE where every conversation is over
 */
gboolean
cm_simulator_next (CmSimulator *self,
                   CmEvent     *event)
{
  const CmStep *step = NULL;
  Slot *slot = NULL;

  *event = (CmEvent) { 0 };

  if (self->greeted < self->options.stations)
    {
      event->kind = CM_EVENT_SOURCE_STATUS_CHANGED;
      event->source_status = cm_value_from_enum (CM_SOURCE_STATUS_CONNECTED);
      stamp_event (self, &self->stations[self->greeted++], event);
      return TRUE;
    }

  while (step == NULL)
    {
      if (self->n_open == 0)
        return FALSE;

      slot = &self->slots[g_rand_int_range (self->random, 0, (gint32) self->n_open)];
      step = take_step (self, slot);
    }

  fill_step (self, slot, step, event);
  stamp_event (self, &self->stations[slot->station], event);

  return TRUE;
}

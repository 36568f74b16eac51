/* cm-ucwa-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-talk-private.h"

#include "feeds/decode/cm-conference-access.h"

typedef struct
{
  const char *name;
  int         value;
} Name;

/* The states of audioVideo, phoneAudio and messaging (UCWA 2.0, "audioVideo"). */
static const Name modality_states[] = {
  { "Connecting", CM_MODALITY_STATE_CONNECTING },
  { "Connected", CM_MODALITY_STATE_CONNECTED },
  { "Disconnecting", CM_MODALITY_STATE_DISCONNECTING },
  { "Disconnected", CM_MODALITY_STATE_DISCONNECTED },
  { "Transferring", CM_MODALITY_STATE_TRANSFERRING },
  { NULL, 0 }
};

/* The states of a conversation (UCWA 2.0, "conversation"). */
static const Name conversation_states[] = {
  { "Connecting", CM_CONVERSATION_STATE_INACTIVE },
  { "Incoming", CM_CONVERSATION_STATE_INACTIVE },
  { "Connected", CM_CONVERSATION_STATE_ACTIVE },
  { "Conferencing", CM_CONVERSATION_STATE_ACTIVE },
  { "Conferenced", CM_CONVERSATION_STATE_ACTIVE },
  { "InLobby", CM_CONVERSATION_STATE_ACTIVE },
  { "Disconnecting", CM_CONVERSATION_STATE_INACTIVE },
  { "Disconnected", CM_CONVERSATION_STATE_INACTIVE },
  { NULL, 0 }
};

static gboolean
find_value (const Name *names,
            const char *name,
            int        *value)
{
  for (guint i = 0; names[i].name != NULL; i++)
    {
      if (g_strcmp0 (names[i].name, name) == 0)
        {
          *value = names[i].value;
          return TRUE;
        }
    }

  return FALSE;
}

/* Returns: whether there is such a state */
gboolean
cm_ucwa_find_modality_state (const char *name,
                             int        *state)
{
  return find_value (modality_states, name, state);
}

/**
 * cm_ucwa_talk_new:
 * @decoder: what emits its events; it must outlive the talk
 * @id: what the conversation is called in its address
 * @href: its address
 *
 * Returns: (transfer full): a talk that has not begun
 */
CmUcwaTalk *
cm_ucwa_talk_new (CmDecoder  *decoder,
                  const char *id,
                  const char *href)
{
  CmUcwaTalk *self = g_new0 (CmUcwaTalk, 1);

  self->decoder = decoder;
  self->id = g_strdup (id);
  self->href = g_strdup (href);
  self->direction = self->state = self->audio = self->messaging = CM_UCWA_UNKNOWN;
  for (guint i = 0; i < CM_UCWA_N_CHANNELS; i++)
    self->channels[i] = CM_UCWA_UNKNOWN;
  self->progress = CM_PROGRESS_NOT_STARTED;
  self->persons = cm_ucwa_people_new ();

  return self;
}

/**
 * cm_ucwa_talk_free:
 * @self: (transfer full): a talk
 */
void
cm_ucwa_talk_free (CmUcwaTalk *self)
{
  g_hash_table_unref (self->persons);
  g_free (self->id);
  g_free (self->href);
  g_free (self->subject);
  g_free (self->uri);
  g_free (self->access);
  g_free (self->inviter);
  g_free (self);
}

CmEvent
cm_ucwa_talk_make_event (CmUcwaTalk  *self,
                         CmEventKind  kind,
                         gint64       at)
{
  return (CmEvent) {
    .at = at,
    .kind = kind,
    .conversation = cm_text_from_string (self->id),
  };
}

static void
emit_property (CmUcwaTalk *self,
               gint64      at,
               CmProperty  property,
               CmValue     value)
{
  CmEvent event = cm_ucwa_talk_make_event (self, CM_EVENT_CONVERSATION_PROPERTY_CHANGED, at);

  event.property = property;
  event.value = value;
  cm_decoder_emit (self->decoder, &event);
}

void
cm_ucwa_talk_set_modality (CmUcwaTalk *self,
              gint64      at,
              CmModality  modality,
              int        *known,
              int         state,
              guint32     status)
{
  CmEvent event = cm_ucwa_talk_make_event (self, CM_EVENT_MODALITY_STATE_CHANGED, at);

  if (*known == state || (*known == CM_UCWA_UNKNOWN && state == CM_MODALITY_STATE_DISCONNECTED))
    return;

  *known = state;
  event.modality = cm_value_from_enum (modality);
  event.state = cm_value_from_enum (state);
  event.status_code = cm_value_from_status (status);
  cm_decoder_emit (self->decoder, &event);
}

/* Where neither text nor audio is used for it, nobody waits for audio. */
static gboolean
awaits_audio (CmUcwaTalk *self)
{
  return self->has_audio || self->audio == CM_MODALITY_STATE_CONNECTING ||
         self->audio == CM_MODALITY_STATE_NOTIFIED || self->audio == CM_MODALITY_STATE_ON_HOLD ||
         self->audio == CM_MODALITY_STATE_TRANSFERRING;
}

static void
set_progress (CmUcwaTalk *self,
              gint64      at,
              CmProgress  progress)
{
  if (self->progress == (int) progress)
    return;

  self->progress = (int) progress;
  emit_property (self, at, CM_PROPERTY_CONFERENCE_ESCALATION_PROGRESS, cm_value_from_enum ((int) progress));
}

/* In the conference; whether in its audio as well is told by the audio. */
void
cm_ucwa_talk_settle (CmUcwaTalk *self,
        gint64      at)
{
  if (!self->conferencing || self->progress == CM_PROGRESS_COMPLETED)
    return;

  set_progress (self, at, CM_PROGRESS_JOINING_LOCAL_MEDIA);
  if (self->audio == CM_MODALITY_STATE_CONNECTED || !awaits_audio (self))
    set_progress (self, at, CM_PROGRESS_COMPLETED);
}

/**
 * cm_ucwa_talk_begin:
 * @self: a talk
 * @at: when, ms UTC
 */
void
cm_ucwa_talk_begin (CmUcwaTalk *self,
                    gint64      at)
{
  CmEvent event = cm_ucwa_talk_make_event (self, CM_EVENT_CONVERSATION_ADDED, at);

  if (self->begun)
    return;

  self->begun = TRUE;
  cm_decoder_emit (self->decoder, &event);
}

/**
 * cm_ucwa_talk_end:
 * @self: a talk
 * @at: when, ms UTC
 *
 * The client has closed the conversation.
 */
void
cm_ucwa_talk_end (CmUcwaTalk *self,
                  gint64      at)
{
  CmEvent event = cm_ucwa_talk_make_event (self, CM_EVENT_CONVERSATION_REMOVED, at);

  if (!self->begun)
    return;

  self->begun = FALSE;
  cm_decoder_emit (self->decoder, &event);
}

/* Returns: whether @text is new, and kept then */
static gboolean
keep (char       **known,
      const char  *text)
{
  if (text == NULL || text[0] == '\0' || g_strcmp0 (*known, text) == 0)
    return FALSE;

  g_free (*known);
  *known = g_strdup (text);

  return TRUE;
}

void
cm_ucwa_talk_set_subject (CmUcwaTalk *self,
                          gint64      at,
                          const char *subject)
{
  if (keep (&self->subject, subject))
    emit_property (self, at, CM_PROPERTY_SUBJECT, cm_value_from_text (self->subject));
}

/**
 * cm_ucwa_talk_set_direction:
 * @self: a talk
 * @at: when, ms UTC
 * @direction: who began it
 * @inviter: (nullable): who invited us, where it is incoming
 */
void
cm_ucwa_talk_set_direction (CmUcwaTalk  *self,
                            gint64       at,
                            CmDirection  direction,
                            const char  *inviter)
{
  if (self->direction == CM_UCWA_UNKNOWN)
    {
      self->direction = (int) direction;
      emit_property (self, at, CM_PROPERTY_DIRECTION, cm_value_from_enum ((int) direction));
    }
  if (direction == CM_DIRECTION_INCOMING && keep (&self->inviter, inviter))
    emit_property (self, at, CM_PROPERTY_INVITER, cm_value_from_text (self->inviter));
}

/* What "activeModalities" says of audio and video. */
void
cm_ucwa_talk_set_has_audio (CmUcwaTalk *self,
                            gboolean    has_audio)
{
  self->has_audio = has_audio;
}

/* The documents print some addresses with blanks in them; none has one. */
static char *
dup_without_blanks (const char *text)
{
  GString *string = g_string_new (text);

  g_string_replace (string, " ", "", 0);

  return g_string_free (string, FALSE);
}

void
cm_ucwa_talk_set_uri (CmUcwaTalk *self,
                      gint64      at,
                      const char *uri)
{
  g_autofree char *clean = uri != NULL ? dup_without_blanks (uri) : NULL;

  if (keep (&self->uri, clean))
    emit_property (self, at, CM_PROPERTY_CONFERENCING_URI, cm_value_from_text (self->uri));
}

/**
 * cm_ucwa_talk_set_access:
 * @self: a talk
 * @at: when, ms UTC
 * @id: (nullable): the id that is dialled
 * @join_url: (nullable): the address by which it is joined
 */
void
cm_ucwa_talk_set_access (CmUcwaTalk *self,
                         gint64      at,
                         const char *id,
                         const char *join_url)
{
  g_autofree char *clean = join_url != NULL ? dup_without_blanks (join_url) : NULL;
  g_autofree char *access = cm_conference_access_dup (id, clean, NULL);

  if (keep (&self->access, access))
    emit_property (self, at, CM_PROPERTY_CONFERENCE_ACCESS_INFORMATION,
                   (CmValue) { CM_VALUE_JSON, TRUE, 0, cm_text_from_string (self->access) });
}

/* An escalation that comes back to the two-party call has failed. */
static void
leave_escalation (CmUcwaTalk *self,
                  gint64      at)
{
  if (self->progress >= CM_PROGRESS_CONNECTING_TO_CONFERENCE && self->progress < CM_PROGRESS_COMPLETED)
    set_progress (self, at, CM_PROGRESS_FAILED);
}

/**
 * cm_ucwa_talk_set_state:
 * @self: a talk
 * @at: when, ms UTC
 * @state: the conversation's state; any may follow any, since the server skips some
 */
void
cm_ucwa_talk_set_state (CmUcwaTalk *self,
                        gint64      at,
                        const char *state)
{
  CmEvent event = cm_ucwa_talk_make_event (self, CM_EVENT_CONVERSATION_STATE_CHANGED, at);
  int value;

  if (!find_value (conversation_states, state, &value))
    {
      cm_decoder_count_unknown (self->decoder);
      return;
    }

  self->conferencing = g_str_equal (state, "Conferenced");
  if (g_str_equal (state, "Conferencing"))
    set_progress (self, at, CM_PROGRESS_CONNECTING_TO_CONFERENCE);
  else if (g_str_equal (state, "InLobby"))
    set_progress (self, at, CM_PROGRESS_CONNECTED_TO_LOBBY);
  else if (g_str_equal (state, "Connected"))
    leave_escalation (self, at);
  cm_ucwa_talk_settle (self, at);

  if (g_str_equal (state, "Disconnected"))
    {
      cm_ucwa_talk_disconnect_audio (self, at, 0);
      cm_ucwa_talk_set_modality (self, at, CM_MODALITY_INSTANT_MESSAGE, &self->messaging, CM_MODALITY_STATE_DISCONNECTED, 0);
    }
  if (self->state == value)
    return;

  self->state = value;
  event.state = cm_value_from_enum (value);
  cm_decoder_emit (self->decoder, &event);
}

void
cm_ucwa_talk_set_messaging (CmUcwaTalk *self,
                            gint64      at,
                            const char *state)
{
  int value;

  if (find_value (modality_states, state, &value))
    cm_ucwa_talk_set_modality (self, at, CM_MODALITY_INSTANT_MESSAGE, &self->messaging, value, 0);
}

/**
 * cm_ucwa_talk_fail:
 * @self: a talk
 * @at: when, ms UTC
 * @status: why, or 0
 *
 * An invitation of ours, or to us, came to nothing.
 */
void
cm_ucwa_talk_fail (CmUcwaTalk *self,
                   gint64      at,
                   guint32     status)
{
  gboolean escalates = self->progress >= CM_PROGRESS_CONNECTING_TO_CONFERENCE &&
                       self->progress < CM_PROGRESS_COMPLETED;

  if (self->audio == CM_MODALITY_STATE_NOTIFIED || self->audio == CM_MODALITY_STATE_CONNECTING)
    cm_ucwa_talk_disconnect_audio (self, at, status);
  if (!escalates)
    return;

  set_progress (self, at, CM_PROGRESS_FAILED);
  if (status != 0)
    emit_property (self, at, CM_PROPERTY_CONFERENCE_ESCALATION_RESULT, cm_value_from_status (status));
}

/* Returns: (transfer none): its address */
const char *
cm_ucwa_talk_get_href (CmUcwaTalk *self)
{
  return self->href;
}

/* Returns: (nullable) (transfer none): what its meeting is joined by */
const char *
cm_ucwa_talk_get_uri (CmUcwaTalk *self)
{
  return self->uri;
}

gboolean
cm_ucwa_talk_is_in_conference (CmUcwaTalk *self)
{
  return self->conferencing;
}

/* cm-ucwa-audio.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-talk-private.h"

static int
get_rank (int state)
{
  static const int ranks[] = {
    [CM_MODALITY_STATE_DISCONNECTED] = 1, [CM_MODALITY_STATE_DISCONNECTING] = 2,
    [CM_MODALITY_STATE_CONNECTING] = 3, [CM_MODALITY_STATE_TRANSFERRING] = 4,
    [CM_MODALITY_STATE_CONNECTED] = 5,
  };

  return state >= 0 && state < (int) G_N_ELEMENTS (ranks) ? ranks[state] : 0;
}

/* What one of the channels has is had. */
static int
get_best (CmUcwaTalk *self)
{
  int best = CM_UCWA_UNKNOWN;

  for (guint i = 0; i < CM_UCWA_N_CHANNELS; i++)
    {
      if (get_rank (self->channels[i]) > get_rank (best))
        best = self->channels[i];
    }

  return best;
}

/* What rings is Connecting for the server too, and a hold ends when the session
 * says so. */
static gboolean
says_less (CmUcwaTalk *self,
           int         state)
{
  return (self->audio == CM_MODALITY_STATE_NOTIFIED && state == CM_MODALITY_STATE_CONNECTING &&
          self->state != CM_CONVERSATION_STATE_ACTIVE) ||
         (self->audio == CM_MODALITY_STATE_ON_HOLD && state == CM_MODALITY_STATE_CONNECTED);
}

static void
show_audio (CmUcwaTalk *self,
            gint64      at,
            guint32     status)
{
  int best = get_best (self);

  if (!says_less (self, best))
    cm_ucwa_talk_set_modality (self, at, CM_MODALITY_AUDIO_VIDEO, &self->audio, best, status);
  cm_ucwa_talk_settle (self, at);
}

/**
 * cm_ucwa_talk_set_audio:
 * @self: a talk
 * @at: when, ms UTC
 * @channel: which of the two
 * @state: of audioVideo or phoneAudio
 */
void
cm_ucwa_talk_set_audio (CmUcwaTalk    *self,
                        gint64         at,
                        CmUcwaChannel  channel,
                        const char    *state)
{
  if (cm_ucwa_find_modality_state (state, &self->channels[channel]))
    show_audio (self, at, 0);
  else
    cm_decoder_count_unknown (self->decoder);
}

/* Our invitation, or the one to us, was accepted: the state itself may be skipped. */
void
cm_ucwa_talk_connect (CmUcwaTalk *self,
                      gint64      at)
{
  if (get_best (self) == CM_MODALITY_STATE_CONNECTED)
    return;

  self->channels[CM_UCWA_CHANNEL_AUDIO_VIDEO] = CM_MODALITY_STATE_CONNECTED;
  show_audio (self, at, 0);
}

void
cm_ucwa_talk_disconnect_audio (CmUcwaTalk *self,
                  gint64      at,
                  guint32     status)
{
  for (guint i = 0; i < CM_UCWA_N_CHANNELS; i++)
    self->channels[i] = CM_MODALITY_STATE_DISCONNECTED;
  show_audio (self, at, status);
}

/* An invitation to audio is on its way; what is there already stays. */
void
cm_ucwa_talk_ring (CmUcwaTalk *self,
                   gint64      at,
                   gboolean    incoming)
{
  if (self->audio != CM_UCWA_UNKNOWN && self->audio != CM_MODALITY_STATE_DISCONNECTED)
    return;

  self->channels[CM_UCWA_CHANNEL_AUDIO_VIDEO] = CM_MODALITY_STATE_CONNECTING;
  cm_ucwa_talk_set_modality (self, at, CM_MODALITY_AUDIO_VIDEO, &self->audio,
                incoming ? CM_MODALITY_STATE_NOTIFIED : CM_MODALITY_STATE_CONNECTING, 0);
}

/* The media's session: Suspended is a hold, anything else but that has ended it. */
void
cm_ucwa_talk_set_session (CmUcwaTalk *self,
                          gint64      at,
                          const char *state)
{
  if (g_strcmp0 (state, "Suspended") == 0 && self->audio == CM_MODALITY_STATE_CONNECTED)
    cm_ucwa_talk_set_modality (self, at, CM_MODALITY_AUDIO_VIDEO, &self->audio, CM_MODALITY_STATE_ON_HOLD, 0);
  else if (g_strcmp0 (state, "Suspended") != 0 && self->audio == CM_MODALITY_STATE_ON_HOLD)
    cm_ucwa_talk_set_modality (self, at, CM_MODALITY_AUDIO_VIDEO, &self->audio, CM_MODALITY_STATE_CONNECTED, 0);
}

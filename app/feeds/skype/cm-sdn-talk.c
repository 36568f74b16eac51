/* cm-sdn-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-sdn-talk.h"

#include "model/cm-address.h"

#define NO_STATE (-1)

/* What a leg has of the media that make a call. */
#define AUDIO 1U
#define VIDEO 2U

typedef struct
{
  char   *ends[2]; /* addresses; a conference's leg has one */
  int     states[2];
  guint   media;
  gint64  at;      /* of the newest that was believed */
} Leg;

struct _CmSdnTalk
{
  CmDecoder  *decoder; /* borrowed: it owns the talk */
  char       *id;
  gboolean    conference;
  gboolean    begun;
  gboolean    over;
  int         state;   /* a call's own, as it was last said */
  CmRoom     *room;
  GHashTable *legs;    /* CallId → Leg */
};

static void
leg_free (gpointer data)
{
  Leg *self = data;

  g_free (self->ends[0]);
  g_free (self->ends[1]);
  g_free (self);
}

/**
 * cm_sdn_talk_new:
 * @decoder: what emits its events; it must outlive the talk
 * @id: the ConferenceId, or the CallId of two parties
 * @conference: whether it is a conference
 *
 * Returns: (transfer full): a talk that has not begun
 */
CmSdnTalk *
cm_sdn_talk_new (CmDecoder  *decoder,
                 const char *id,
                 gboolean    conference)
{
  CmSdnTalk *self = g_new0 (CmSdnTalk, 1);

  self->decoder = decoder;
  self->id = g_strdup (id);
  self->conference = conference;
  self->state = NO_STATE;
  self->room = cm_room_new (decoder, id);
  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, leg_free);

  return self;
}

/**
 * cm_sdn_talk_free:
 * @self: (transfer full): a talk
 */
void
cm_sdn_talk_free (CmSdnTalk *self)
{
  g_hash_table_unref (self->legs);
  cm_room_free (self->room);
  g_free (self->id);
  g_free (self);
}

/**
 * cm_sdn_talk_is_over:
 * @self: a talk
 *
 * Returns: whether all have left it
 */
gboolean
cm_sdn_talk_is_over (CmSdnTalk *self)
{
  return self->over;
}

static void
emit (CmSdnTalk   *self,
      gint64       at,
      CmEventKind  kind,
      int          state,
      const char  *inviter,
      guint32      status)
{
  CmEvent event = {
    .at = at,
    .kind = kind,
    .conversation = cm_text_from_string (self->id),
    .inviter = cm_text_from_string (inviter),
  };

  if (state != NO_STATE)
    {
      event.modality = (CmValue) { CM_VALUE_ENUM, TRUE, CM_MODALITY_AUDIO_VIDEO, CM_TEXT_NONE };
      event.state = (CmValue) { CM_VALUE_ENUM, TRUE, state, CM_TEXT_NONE };
    }
  if (status != 0)
    event.status_code = (CmValue) { CM_VALUE_INTEGER, TRUE, status, CM_TEXT_NONE };

  cm_decoder_emit (self->decoder, &event);
}

/* A call of two has no seat of its own either: it rings as long as one of them
 * is rung, and is held where one of them is. */
static void
show_call (CmSdnTalk *self,
           gint64     at,
           int        state)
{
  if (self->conference || state == self->state)
    return;

  /* The room says Connected itself when the first is in. */
  if (state != CM_MODALITY_STATE_CONNECTED || self->state == CM_MODALITY_STATE_ON_HOLD)
    emit (self, at, CM_EVENT_MODALITY_STATE_CHANGED, state, NULL, 0);
  self->state = state;
}

/* The conference by its focus, under which stations know it; the server names
 * its media server ("app:conf:audio-video:id:"). */
static char *
dup_focus (const char *uri)
{
  g_autoptr(GRegex) media = g_regex_new ("opaque=app:conf:[a-z-]+:id:", G_REGEX_CASELESS, 0, NULL);

  return g_regex_replace_literal (media, uri, -1, 0, "opaque=app:conf:focus:id:", 0, NULL);
}

static gboolean
is_conference (const char *uri)
{
  return uri != NULL && cm_address_is_conference (cm_text_from_string (uri));
}

static void
begin (CmSdnTalk         *self,
       gint64             at,
       const CmSdnSignal *signal,
       const Leg         *leg)
{
  const char *uri = is_conference (signal->from) ? signal->from : signal->to;
  g_autofree char *focus = is_conference (uri) ? dup_focus (uri) : NULL;

  if (self->begun)
    return;

  self->begun = TRUE;
  if (self->conference)
    cm_room_begin (self->room, at, focus, NULL);
  else
    emit (self, at, CM_EVENT_CONVERSATION_ADDED, NO_STATE,
          signal->kind == CM_SDN_INVITE ? leg->ends[0] : NULL, 0);
}

static Leg *
add_leg (CmSdnTalk         *self,
         const char        *call,
         const CmSdnSignal *signal)
{
  const char *ends[] = { signal->from, signal->to };
  Leg *leg = g_new0 (Leg, 1);
  guint n = 0;

  for (guint i = 0; i < 2; i++)
    {
      if (ends[i] != NULL && !is_conference (ends[i]) && (n == 0 || !self->conference))
        leg->ends[n++] = cm_address_normalize (cm_text_from_string (ends[i]));
    }
  leg->states[0] = leg->states[1] = NO_STATE;
  leg->at = G_MININT64;
  if (n == 0)
    {
      leg_free (leg);
      return NULL;
    }

  g_hash_table_insert (self->legs, g_strdup (call), leg);

  return leg;
}

/* A person may be in by several devices: the furthest of them counts. */
static int
find_state (CmSdnTalk  *self,
            const char *address,
            gboolean   *present)
{
  static const int ranks[] = {
    [CM_MODALITY_STATE_NOTIFIED] = 1, [CM_MODALITY_STATE_CONNECTING] = 2,
    [CM_MODALITY_STATE_ON_HOLD] = 3, [CM_MODALITY_STATE_CONNECTED] = 4,
  };
  int best = NO_STATE;
  GHashTableIter iter;
  gpointer value;

  *present = FALSE;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      for (guint i = 0; i < 2; i++)
        {
          const Leg *leg = value;

          if (g_strcmp0 (leg->ends[i], address) != 0)
            continue;
          *present = TRUE;
          if (leg->states[i] != NO_STATE && (best == NO_STATE || ranks[leg->states[i]] > ranks[best]))
            best = leg->states[i];
        }
    }

  return best;
}

static void
show_person (CmSdnTalk  *self,
             gint64      at,
             const char *address,
             guint32     status)
{
  gboolean present;
  int state = find_state (self, address, &present);

  if (!present)
    {
      cm_room_remove (self->room, at, address, status);
      return;
    }

  cm_room_add (self->room, at, address, NULL);
  if (state != NO_STATE)
    cm_room_set_state (self->room, at, address, (CmModalityState) state, 0);
}

static void
set_states (CmSdnTalk *self,
            gint64     at,
            Leg       *leg,
            int        first,
            int        second)
{
  leg->states[0] = first;
  leg->states[1] = second;
  for (guint i = 0; i < 2 && leg->ends[i] != NULL; i++)
    show_person (self, at, leg->ends[i], 0);
}

/* An invitation is repeated with the next CSEQ, also within the call. */
static void
take_invite (CmSdnTalk         *self,
             gint64             at,
             Leg               *leg,
             const CmSdnSignal *signal)
{
  if (leg->states[0] != NO_STATE)
    return;

  set_states (self, at, leg,
              is_conference (signal->from) ? CM_MODALITY_STATE_NOTIFIED : CM_MODALITY_STATE_CONNECTING,
              CM_MODALITY_STATE_NOTIFIED);
  show_call (self, at, CM_MODALITY_STATE_NOTIFIED);
}

/* Bandwidth 0 average and 0 maximum is a hold; one of a camera is none as long
 * as there is sound. */
static void
take_media (CmSdnTalk         *self,
            gint64             at,
            Leg               *leg,
            const CmSdnSignal *signal)
{
  guint media = g_strcmp0 (signal->media, "video") == 0 ? VIDEO : AUDIO;
  int state = signal->bandwidth == 0 ? CM_MODALITY_STATE_ON_HOLD : CM_MODALITY_STATE_CONNECTED;

  leg->media |= media;
  if (media == VIDEO && (leg->media & AUDIO) != 0)
    return;

  set_states (self, at, leg, state, state);
  show_call (self, at, state);
}

/* When the last has left, nothing else says that it is over. */
static void
end_leg (CmSdnTalk  *self,
         gint64      at,
         const char *call,
         guint32     status)
{
  Leg *leg = g_hash_table_lookup (self->legs, call);
  g_autofree char *first = g_strdup (leg->ends[0]);
  g_autofree char *second = g_strdup (leg->ends[1]);

  g_hash_table_remove (self->legs, call);
  show_person (self, at, first, status);
  if (second != NULL)
    show_person (self, at, second, status);
  if (g_hash_table_size (self->legs) > 0)
    return;

  self->over = TRUE;
  if (self->conference)
    cm_room_end (self->room, at, status);
  else
    emit (self, at, CM_EVENT_CONVERSATION_REMOVED, NO_STATE, NULL, status);
}

/* Returns: whether the signal ends the whole leg: not where only the camera is
 * switched off. */
static gboolean
is_leg_end (Leg               *leg,
            const CmSdnSignal *signal)
{
  if (signal->kind != CM_SDN_BYE && g_strcmp0 (signal->media, "video") == 0)
    {
      leg->media &= ~VIDEO;
      return (leg->media & AUDIO) == 0;
    }

  return signal->kind == CM_SDN_BYE || signal->media == NULL || g_str_equal (signal->media, "audio") ||
         leg->media == 0;
}

static gboolean
is_call_media (const CmSdnSignal *signal)
{
  return signal->media == NULL || g_str_equal (signal->media, "audio") || g_str_equal (signal->media, "video");
}

/**
 * cm_sdn_talk_take:
 * @self: a talk
 * @call: the leg's CallId
 * @at: when, ms UTC
 * @signal: what happened to the leg
 *
 * What is older than what was believed of the leg is not believed, except its
 * end.
 *
 * Returns: whether the leg has ended by it
 */
gboolean
cm_sdn_talk_take (CmSdnTalk         *self,
                  const char        *call,
                  gint64             at,
                  const CmSdnSignal *signal)
{
  Leg *leg = g_hash_table_lookup (self->legs, call);
  gboolean ends = signal->kind == CM_SDN_ENDED || signal->kind == CM_SDN_BYE;

  if (leg == NULL && (ends || (leg = add_leg (self, call, signal)) == NULL))
    return ends;

  begin (self, at, signal, leg);
  if (ends && is_leg_end (leg, signal))
    {
      end_leg (self, at, call, signal->status);
      return TRUE;
    }
  if (ends || at < leg->at)
    return FALSE;

  leg->at = at;
  if (signal->kind == CM_SDN_INVITE)
    take_invite (self, at, leg, signal);
  else if (is_call_media (signal))
    take_media (self, at, leg, signal);
  else
    set_states (self, at, leg, leg->states[0], leg->states[1]);

  return FALSE;
}

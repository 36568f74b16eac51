/* cm-sdn-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-sdn-talk.h"

#include "feeds/skype/cm-sdn-leg.h"
#include "model/cm-address.h"

struct _CmSdnTalk
{
  CmDecoder  *decoder; /* borrowed: it owns the talk */
  char       *id;
  gboolean    conference;
  gboolean    begun;
  gboolean    recalled; /* and whether it is a conference is not known yet */
  gboolean    over;
  int         state;    /* a call's own, as it was last said */
  CmRoom     *room;
  GHashTable *legs;     /* CallId → CmSdnLeg; one that was recalled has its person for a key */
};

static GHashTable *
legs_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_sdn_leg_free);
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
  self->state = CM_SDN_NO_STATE;
  self->room = cm_room_new (decoder, id);
  self->legs = legs_new ();

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

  if (state != CM_SDN_NO_STATE)
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

static void
begin (CmSdnTalk         *self,
       gint64             at,
       const CmSdnSignal *signal,
       const CmSdnLeg    *leg)
{
  const char *uri = cm_sdn_is_conference (signal->from) ? signal->from : signal->to;
  g_autofree char *focus = cm_sdn_is_conference (uri) ? dup_focus (uri) : NULL;

  if (self->begun)
    return;

  self->begun = TRUE;
  if (self->conference)
    cm_room_begin (self->room, at, focus, NULL);
  else
    emit (self, at, CM_EVENT_CONVERSATION_ADDED, CM_SDN_NO_STATE,
          signal->kind == CM_SDN_INVITE ? leg->ends[0] : NULL, 0);
}

static CmSdnLeg *
add_leg (CmSdnTalk         *self,
         const char        *call,
         const CmSdnSignal *signal)
{
  CmSdnLeg *leg = cm_sdn_leg_new ();

  cm_sdn_leg_find_ends (leg, signal, self->conference);
  if (leg->ends[0] == NULL)
    {
      cm_sdn_leg_free (leg);
      return NULL;
    }

  g_hash_table_insert (self->legs, g_strdup (call), leg);

  return leg;
}

/* That there is sound in it is likely: then a camera that is switched off is not its
 * end. */
static CmSdnLeg *
add_recalled_leg (CmSdnTalk  *self,
                  const char *key)
{
  CmSdnLeg *leg = cm_sdn_leg_new ();

  leg->media = CM_SDN_AUDIO;
  leg->recalled = TRUE;
  g_hash_table_insert (self->legs, g_strdup (key), leg);

  return leg;
}

/* A call of two is one leg, which has the call's own id: it is known whose end it is
 * also where the signal names nobody. */
static void
join_recalled (CmSdnTalk *self)
{
  g_autoptr(GHashTable) persons = g_steal_pointer (&self->legs);
  GHashTableIter iter;
  gpointer person;
  guint n = 0;
  CmSdnLeg *leg;

  self->legs = legs_new ();
  leg = add_recalled_leg (self, self->id);
  g_hash_table_iter_init (&iter, persons);
  while (n < G_N_ELEMENTS (leg->ends) && g_hash_table_iter_next (&iter, &person, NULL))
    leg->ends[n++] = g_strdup (person);
}

/* The first signal tells whether what was recalled is a conference: its legs have
 * CallIds of their own. */
static void
settle_recalled (CmSdnTalk  *self,
                 const char *call)
{
  if (!self->recalled)
    return;

  self->recalled = FALSE;
  self->conference = !g_str_equal (call, self->id);
  if (!self->conference)
    join_recalled (self);
}

/* The first leg of a person that is heard of is taken for the one that was recalled:
 * else that would never end. */
static CmSdnLeg *
claim_leg (CmSdnTalk         *self,
           const char        *call,
           const CmSdnSignal *signal)
{
  g_autoptr(CmSdnLeg) named = cm_sdn_leg_new ();
  gpointer key, leg;

  cm_sdn_leg_find_ends (named, signal, self->conference);
  leg = named->ends[0] != NULL ? g_hash_table_lookup (self->legs, named->ends[0]) : NULL;
  if (leg == NULL || !((CmSdnLeg *) leg)->recalled)
    return NULL;

  g_hash_table_steal_extended (self->legs, named->ends[0], &key, &leg);
  g_free (key);
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
  int best = CM_SDN_NO_STATE;
  GHashTableIter iter;
  gpointer value;

  *present = FALSE;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      for (guint i = 0; i < 2; i++)
        {
          const CmSdnLeg *leg = value;

          if (g_strcmp0 (leg->ends[i], address) != 0)
            continue;
          *present = TRUE;
          if (leg->states[i] != CM_SDN_NO_STATE && (best == CM_SDN_NO_STATE || ranks[leg->states[i]] > ranks[best]))
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
  if (state != CM_SDN_NO_STATE)
    cm_room_set_state (self->room, at, address, (CmModalityState) state, 0);
}

static void
set_states (CmSdnTalk *self,
            gint64     at,
            CmSdnLeg       *leg,
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
             CmSdnLeg          *leg,
             const CmSdnSignal *signal)
{
  if (leg->states[0] != CM_SDN_NO_STATE || leg->recalled)
    return;

  set_states (self, at, leg,
              cm_sdn_is_conference (signal->from) ? CM_MODALITY_STATE_NOTIFIED : CM_MODALITY_STATE_CONNECTING,
              CM_MODALITY_STATE_NOTIFIED);
  show_call (self, at, CM_MODALITY_STATE_NOTIFIED);
}

/* Bandwidth 0 average and 0 maximum is a hold; one of a camera is none as long
 * as there is sound. */
static void
take_media (CmSdnTalk         *self,
            gint64             at,
            CmSdnLeg          *leg,
            const CmSdnSignal *signal)
{
  guint media = g_strcmp0 (signal->media, "video") == 0 ? CM_SDN_VIDEO : CM_SDN_AUDIO;
  int state = signal->bandwidth == 0 ? CM_MODALITY_STATE_ON_HOLD : CM_MODALITY_STATE_CONNECTED;

  leg->media |= media;
  if (media == CM_SDN_VIDEO && (leg->media & CM_SDN_AUDIO) != 0)
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
  CmSdnLeg *leg = g_hash_table_lookup (self->legs, call);
  g_autofree char *first = g_strdup (leg->ends[0]);
  g_autofree char *second = g_strdup (leg->ends[1]);

  g_hash_table_remove (self->legs, call);
  if (first != NULL)
    show_person (self, at, first, status);
  if (second != NULL)
    show_person (self, at, second, status);
  if (g_hash_table_size (self->legs) > 0)
    return;

  self->over = TRUE;
  if (self->conference)
    cm_room_end (self->room, at, status);
  else
    emit (self, at, CM_EVENT_CONVERSATION_REMOVED, CM_SDN_NO_STATE, NULL, status);
}

static gboolean
is_call_media (const CmSdnSignal *signal)
{
  return signal->media == NULL || g_str_equal (signal->media, "audio") || g_str_equal (signal->media, "video");
}

/**
 * cm_sdn_talk_recall:
 * @self: a talk of which nothing was said
 * @persons: (array zero-terminated=1): who is in it
 *
 * It has begun before this decoder, and whether it is a conference is told by what
 * comes next of it.
 */
void
cm_sdn_talk_recall (CmSdnTalk          *self,
                    const char * const *persons)
{
  self->begun = self->recalled = TRUE;
  cm_room_recall (self->room, persons);
  for (guint i = 0; persons[i] != NULL; i++)
    add_recalled_leg (self, persons[i])->ends[0] = g_strdup (persons[i]);
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
  gboolean ends = signal->kind == CM_SDN_ENDED || signal->kind == CM_SDN_BYE;
  CmSdnLeg *leg;

  settle_recalled (self, call);
  leg = g_hash_table_lookup (self->legs, call);
  if (leg == NULL)
    leg = claim_leg (self, call, signal);
  if (leg == NULL && (ends || (leg = add_leg (self, call, signal)) == NULL))
    return ends;

  begin (self, at, signal, leg);
  if (ends && cm_sdn_leg_is_end (leg, signal))
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

/* cm-leg-facts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "core/cm-wire.h"
#include "model/cm-enums.h"

G_BEGIN_DECLS

/**
 * CmLegFacts:
 * @conversation_state: the last that was told and is known
 * @audio_video: likewise, of the source's own modality
 * @instant_message: likewise
 * @progress: likewise, of the escalation
 * @reached: the furthest stage (1 to 7) of the path that runs, or 0
 * @stages: the stages of the path that runs, as bits
 * @result: the HRESULT of the path that runs, unsigned; -1 while there is none
 * @restarts: how often the path began anew
 * @has_uri: there is a ConferencingUri
 * @has_inviter: there is an Inviter
 * @is_organizer: the source's own address is the one in the ConferencingUri
 * @removed: the conversation was removed
 * @audio_video_seen: audio was anything but disconnected
 * @answered: audio was connected
 * @joined: audio was connected while the path that runs was completed
 * @connected_in_escalation: audio was connected or on hold within this escalation
 * @rang_only: since it rang, audio was nothing but disconnected
 * @left_before: the leg has left and its audio is not back yet
 * @was_in_call: the leg was in a two-party call
 * @progress_moved: the escalation has begun
 * @escalated_call: it began in a two-party call, without a ConferencingUri
 * @uri_before_progress: it began with a ConferencingUri or an Inviter
 * @waited_for_peer: WaitingForPeer was seen
 * @is_conference: there was a ConferencingUri, or the leg was in a conference
 * @direction: given, or read off the first state of the audio
 *
 * All that decides what a leg is in. Facts change only by the functions below,
 * and a phase is a pure function of them.
 */
typedef struct
{
  gint8    conversation_state;
  gint8    audio_video;
  gint8    instant_message;
  gint8    progress;
  guint8   reached;
  guint8   stages;
  guint8   direction;
  gint64   result;
  guint    restarts;
  guint    has_uri : 1;
  guint    has_inviter : 1;
  guint    is_organizer : 1;
  guint    removed : 1;
  guint    audio_video_seen : 1;
  guint    answered : 1;
  guint    joined : 1;
  guint    connected_in_escalation : 1;
  guint    rang_only : 1;
  guint    left_before : 1;
  guint    was_in_call : 1;
  guint    progress_moved : 1;
  guint    escalated_call : 1;
  guint    uri_before_progress : 1;
  guint    waited_for_peer : 1;
  guint    is_conference : 1;
  guint    direction_given : 1;
} CmLegFacts;

void      cm_leg_facts_init                   (CmLegFacts          *self);
void      cm_leg_facts_set_conversation_state (CmLegFacts          *self,
                                               CmConversationState  state);
void      cm_leg_facts_set_audio_video        (CmLegFacts          *self,
                                               CmModalityState      state);
void      cm_leg_facts_set_instant_message    (CmLegFacts          *self,
                                               CmModalityState      state);
void      cm_leg_facts_set_progress           (CmLegFacts          *self,
                                               CmProgress           progress);
void      cm_leg_facts_set_result             (CmLegFacts          *self,
                                               gint64               result);
void      cm_leg_facts_set_uri                (CmLegFacts          *self,
                                               gboolean             has_uri);
void      cm_leg_facts_set_inviter            (CmLegFacts          *self,
                                               gboolean             has_inviter);
void      cm_leg_facts_set_organizer          (CmLegFacts          *self,
                                               gboolean             is_organizer);
void      cm_leg_facts_set_direction          (CmLegFacts          *self,
                                               CmDirection          direction);
void      cm_leg_facts_set_removed            (CmLegFacts          *self);

CmPhase   cm_leg_facts_get_phase              (const CmLegFacts    *self);
CmKind    cm_leg_facts_get_kind               (const CmLegFacts    *self);
CmLegRole cm_leg_facts_get_role               (const CmLegFacts    *self);
guint     cm_leg_facts_get_step               (const CmLegFacts    *self,
                                               guint               *steps);
gboolean  cm_leg_facts_get_escalation_failed  (const CmLegFacts    *self);
gboolean  cm_leg_facts_get_in_conference      (const CmLegFacts    *self);

G_END_DECLS

/* cm-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-words.h"

#include <glib/gi18n-lib.h>

#include "model/cm-reason.h"

typedef struct
{
  const char *token;
  const char *words;
} CmWords;

/* Names of enum CmProgress, as headings and within a sentence: only a
 * translator can know how the first letter changes. */
static const CmWords stage_words[] = {
  { "SchedulingConference", N_ ("Setting up the conference") },
  { "ConnectingToConference", N_ ("Connecting to the conference") },
  { "ConnectedToLobby", N_ ("Waiting in lobby") },
  { "JoiningLocalMedia", N_ ("Joining audio") },
  { "WaitingForPair", N_ ("Waiting for the paired phone") },
  { "WaitingForPeer", N_ ("Waiting for the other side") },
  { "Completed", N_ ("In the conference") },
  { "Failed", N_ ("Could not join the conference") },
  { "AwaitingDisclaimerResponse", N_ ("Waiting for an answer to the disclaimer") },
  { "AwaitingJoinDialogResponse", N_ ("Waiting for an answer to the audio prompt") },
};

static const CmWords inline_stage_words[] = {
  /* Translators: these stand after a colon: “Step 2 of 4: joining audio” */
  { "SchedulingConference", N_ ("setting up the conference") },
  { "ConnectingToConference", N_ ("connecting to the conference") },
  { "ConnectedToLobby", N_ ("waiting in lobby") },
  { "JoiningLocalMedia", N_ ("joining audio") },
  { "WaitingForPair", N_ ("waiting for the paired phone") },
  { "WaitingForPeer", N_ ("waiting for the other side") },
  { "Completed", N_ ("in the conference") },
  { "Failed", N_ ("could not join the conference") },
  { "AwaitingDisclaimerResponse", N_ ("waiting for an answer to the disclaimer") },
  { "AwaitingJoinDialogResponse", N_ ("waiting for an answer to the audio prompt") },
};

/* Names of enum CmModalityState: what a person's audio is doing. */
static const CmWords modality_words[] = {
  { "Disconnected", N_ ("Not connected") },
  { "Connecting", N_ ("Connecting") },
  { "Notified", N_ ("Ringing") },
  { "Joining", N_ ("Joining") },
  { "ConnectingToCaller", N_ ("Connecting to the caller") },
  { "Connected", N_ ("Connected") },
  { "Suspended", N_ ("On hold") },
  { "OnHold", N_ ("On hold") },
  { "Forwarding", N_ ("Being forwarded") },
  { "Transferring", N_ ("Being transferred") },
  { "Disconnecting", N_ ("Leaving") },
};

static const CmWords inline_modality_words[] = {
  /* Translators: after a person's name: “User One, presenter, connected” */
  { "Disconnected", N_ ("not connected") },
  { "Connecting", N_ ("connecting") },
  { "Notified", N_ ("ringing") },
  { "Joining", N_ ("joining") },
  { "ConnectingToCaller", N_ ("connecting to the caller") },
  { "Connected", N_ ("connected") },
  { "Suspended", N_ ("on hold") },
  { "OnHold", N_ ("on hold") },
  { "Forwarding", N_ ("being forwarded") },
  { "Transferring", N_ ("being transferred") },
  { "Disconnecting", N_ ("leaving") },
};

static const CmWords reason_words[] = {
  /* Translators: why somebody is no longer in a call: “Left the call, 14:02:51” */
  { CM_REASON_LEFT, N_ ("Left the call") },
  { CM_REASON_HUNG_UP, N_ ("Hung up") },
  { CM_REASON_ENDED, N_ ("The call has ended") },
  { CM_REASON_REMOVED, N_ ("Removed by a presenter") },
  { CM_REASON_NOT_CONFIRMED, N_ ("No longer reported") },
  { CM_REASON_PENDING_MODALITIES, N_ ("Something else in this call is still being set up") },
  { CM_REASON_NOT_LEADER, N_ ("Only a presenter may do that") },
  { CM_REASON_NOT_IN_MULTI_PARTY, N_ ("Not possible with more than two people") },
  { CM_REASON_ALREADY_IN_CONFERENCE, N_ ("Already in a conference") },
  { CM_REASON_ESCALATING, N_ ("The call is just becoming a conference") },
  { CM_REASON_ANSWERED_BY_ANOTHER_PERSON, N_ ("Answered by another person") },
  { CM_REASON_ANSWERED_ELSEWHERE, N_ ("Answered on another device") },
  { CM_REASON_CANNOT_HOLD, N_ ("The call cannot be put on hold") },
  { CM_REASON_ON_HOLD, N_ ("The call is on hold") },
  { CM_REASON_TRANSFER_REJECTED, N_ ("The transfer was rejected") },
  { CM_REASON_AUTO_REJECTED, N_ ("Rejected automatically") },
  { CM_REASON_DO_NOT_DISTURB, N_ ("Does not want to be disturbed") },
  { CM_REASON_CANCELLED, N_ ("Cancelled") },
  { CM_REASON_INVALID_STATE, N_ ("Not possible in this state") },
  { CM_REASON_TIMED_OUT, N_ ("No answer in time") },
  { CM_REASON_FAILED, N_ ("It failed") },
  { CM_REASON_CONFERENCE_ENDING, N_ ("The conference was ended") },
  /* Translators: these say why a dialled person did not come: “Busy, 14:02:51” */
  { CM_REASON_BUSY, N_ ("Busy") },
  { CM_REASON_NO_ANSWER, N_ ("Did not answer") },
  { CM_REASON_REJECTED, N_ ("Declined the call") },
  { CM_REASON_NO_SUCH_NUMBER, N_ ("There is no such number") },
  { CM_REASON_UNREACHABLE, N_ ("Cannot be reached") },
  { CM_REASON_NETWORK, N_ ("The connection failed") },
};

/* Activity tokens of the publication schema, within a sentence. */
static const CmWords activity_words[] = {
  /* Translators: a person's presence, after a dot: “Connected · in a conference call” */
  { "on-the-phone", N_ ("in a call") },
  { "in-a-conference", N_ ("in a conference call") },
  { "in-a-meeting", N_ ("in a meeting") },
  { "in-presentation", N_ ("presenting") },
  { "urgent-interruptions-only", N_ ("urgent interruptions only") },
  { "out-of-office", N_ ("out of office") },
  { "off-work", N_ ("off work") },
};

static const CmWords rule_words[] = {
  /* Translators: why a conversation needs attention */
  { "source-silent", N_ ("The source does not answer") },
  { "escalation-stuck", N_ ("The escalation does not move on") },
  { "escalation-failed", N_ ("The escalation failed") },
  { "lobby-wait", N_ ("Somebody waits in the lobby") },
  { "alone", N_ ("Alone in the call") },
  { "no-presenter", N_ ("No presenter") },
  { "on-hold", N_ ("On hold for long") },
  { "ringing", N_ ("Ringing for long") },
  { "flapping", N_ ("Somebody comes and goes") },
  { "left-not-rejoined", N_ ("Left, the call is still on") },
  { "unconfirmed", N_ ("Not confirmed") },
  { "long-call", N_ ("A long call") },
};

static const char *
find_words (const CmWords *table,
            gsize          n_words,
            const char    *token)
{
  if (token == NULL)
    return NULL;

  for (gsize i = 0; i < n_words; i++)
    {
      if (g_str_equal (table[i].token, token))
        return _ (table[i].words);
    }

  return token;
}

#define FIND_WORDS(table, token) find_words (table, G_N_ELEMENTS (table), token)

static const char *
get_ringing (CmKind      kind,
             CmLegDirection direction)
{
  if (direction == CM_LEG_DIRECTION_OUTGOING)
    return kind == CM_KIND_CONFERENCE ? _ ("Calling into a conference") : _ ("Calling");

  return kind == CM_KIND_CONFERENCE ? _ ("Incoming conference call") : _ ("Ringing");
}

const char *
cm_words_get_kind (CmKind kind)
{
  switch (kind)
    {
    case CM_KIND_CONFERENCE:
      return _ ("Conference");
    case CM_KIND_CALL:
      return _ ("Two-party call");
    case CM_KIND_MESSAGE:
    default:
      return _ ("Messages");
    }
}

/**
 * cm_words_get_phase:
 * @phase: a leg's or a conversation's phase
 * @kind: what it is a phase of
 * @direction: who called whom, as far as known
 *
 * Returns: (transfer none): the state in plain words, without names and times
 */
const char *
cm_words_get_phase (CmPhase     phase,
                    CmKind      kind,
                    CmLegDirection direction)
{
  switch (phase)
    {
    case CM_PHASE_FAILED:
      return _ ("Could not join the conference");
    case CM_PHASE_LOBBY:
      return _ ("Waiting in lobby");
    case CM_PHASE_ESCALATING:
      return _ ("Escalating to a conference");
    case CM_PHASE_RINGING:
      return get_ringing (kind, direction);
    case CM_PHASE_LEFT:
      return _ ("You have left the call");
    case CM_PHASE_REJOINING:
      return _ ("Rejoining the call");
    case CM_PHASE_ON_HOLD:
      return _ ("On hold");
    case CM_PHASE_TRANSFERRING:
      return _ ("Being transferred");
    case CM_PHASE_CONNECTING:
      return _ ("Connecting");
    case CM_PHASE_IN_CONFERENCE:
      return _ ("In a conference");
    case CM_PHASE_IN_CALL:
      return _ ("In a call");
    case CM_PHASE_MESSAGE:
      return _ ("Messages only");
    case CM_PHASE_HUNG_UP:
      return _ ("Hung up");
    case CM_PHASE_MISSED:
      return _ ("Missed call");
    case CM_PHASE_ENDED:
      return _ ("Ended");
    case CM_PHASE_IDLE:
    default:
      return _ ("Not started");
    }
}

/* Returns: (nullable): within a sentence */
const char *
cm_words_get_direction (CmLegDirection direction)
{
  switch (direction)
    {
    case CM_LEG_DIRECTION_INCOMING:
      /* Translators: a call */
      return _ ("incoming");
    case CM_LEG_DIRECTION_OUTGOING:
      /* Translators: a call */
      return _ ("outgoing");
    case CM_LEG_DIRECTION_NONE:
    default:
      return NULL;
    }
}

/* Returns: (nullable): what a station did in an escalation */
const char *
cm_words_get_leg_role (CmLegRole role)
{
  switch (role)
    {
    case CM_LEG_ROLE_ESCALATOR:
      /* Translators: a station: it made the conference out of the call */
      return _ ("escalated the call");
    case CM_LEG_ROLE_INVITED:
      /* Translators: a station: it was called into the conference */
      return _ ("invited");
    case CM_LEG_ROLE_PEER:
    default:
      return NULL;
    }
}

const char *
cm_words_get_role (CmRole role)
{
  switch (role)
    {
    case CM_ROLE_LOBBY:
      /* Translators: a person, within a sentence */
      return _ ("waiting in the lobby");
    case CM_ROLE_PRESENTER:
      /* Translators: a person, within a sentence */
      return _ ("presenter");
    case CM_ROLE_ATTENDEE:
    default:
      /* Translators: a person, within a sentence */
      return _ ("attendee");
    }
}

/**
 * cm_words_get_stage:
 * @stage: (nullable): the name of a #CmProgress
 *
 * Returns: (nullable): the words for it, or @stage itself where there are none
 */
const char *
cm_words_get_stage (const char *stage)
{
  return FIND_WORDS (stage_words, stage);
}

/**
 * cm_words_get_stage_inline:
 * @stage: (nullable): the name of a #CmProgress
 *
 * Returns: (nullable): the same, for within a sentence
 */
const char *
cm_words_get_stage_inline (const char *stage)
{
  return FIND_WORDS (inline_stage_words, stage);
}

const char *
cm_words_get_modality (const char *state)
{
  return FIND_WORDS (modality_words, state);
}

const char *
cm_words_get_modality_inline (const char *state)
{
  return FIND_WORDS (inline_modality_words, state);
}

const char *
cm_words_get_reason (const char *reason)
{
  return FIND_WORDS (reason_words, reason);
}

const char *
cm_words_get_activity (const char *activity)
{
  return FIND_WORDS (activity_words, activity);
}

const char *
cm_words_get_rule (const char *rule)
{
  return FIND_WORDS (rule_words, rule);
}

/**
 * cm_words_get_availability:
 * @availability: as published, or negative
 *
 * By range, never by equality (ContactAvailability, [MS-PRES] state element).
 *
 * Returns: (nullable): presence within a sentence
 */
const char *
cm_words_get_availability (gint64 availability)
{
  if (availability <= 0)
    return NULL;
  if (availability < 4500)
    return _ ("available");
  if (availability < 6000)
    return _ ("available, idle");
  if (availability < 7500)
    return _ ("busy");
  if (availability < 9000)
    return _ ("busy, idle");
  if (availability < 12000)
    return _ ("do not disturb");
  if (availability < 15000)
    return _ ("be right back");
  if (availability < 18000)
    return _ ("away");

  return _ ("offline");
}

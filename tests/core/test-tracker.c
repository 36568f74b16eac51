/* test-tracker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#define CONF "conf:ann@x/f1"
#define CALL(leg) leg " added; " leg " av Connecting; " leg " av Connected; "
#define JOIN(leg) leg " added; " leg " uri ann f1; " leg " av Connecting; " leg " av Connected; "

static const CmTestCase merging[] = {
  { "one key, one conversation", {
    { JOIN ("a/1") JOIN ("b/9"), CONF,
      "id=conf:ann@x/f1 kind=conference phase=in-conference live=true leg:a#1:phase=in-conference "
      "leg:b#9:phase=in-conference conference:key=ann@x/f1 conference:organizer=sip:ann@x" },
    { "", "a#1", "id=-" },
  } },
  { "the old id goes when the key comes", {
    { CALL ("a/1"), "a#1", "kind=call phase=in-call replaces=-" },
    { "a/1 uri ann f1", CONF, "replaces=a#1 kind=conference phase=in-conference started=2011-11-09T09:00:01.000Z" },
    { "", "a#1", "id=-" },
    { CALL ("b/1"), "b#1", "phase=in-call" },
    { "b/1 uri ann f1", CONF, "replaces=b#1 leg:b#1:phase=in-conference" },
    { "", "b#1", "id=-" },
  } },
  { "a bare address is no key", {
    { "a/1 added; a/1 set ConferencingUri \"sip:ann@x\"; b/1 added; b/1 set ConferencingUri \"sip:ann@x\"", "a#1",
      "kind=conference conference:organizer=sip:ann@x conference:key=- conference:uri=sip:ann@x" },
    { "", "b#1", "kind=conference leg:a#1=-" },
  } },
  { "spellings of one conference", {
    { JOIN ("a/1") "b/1 added; b/1 set ConferencingUri \"conf:SIP:Ann@X;GRUU;opaque=app:conf:audio-video:id:F1?conversation-id=7\"",
      CONF, "leg:b#1:source=b conference:uri=sip:ann@x;gruu;opaque=app:conf:focus:id:f1" },
  } },
  { "another key moves the leg", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 uri ann f2", "conf:ann@x/f2", "leg:a#1:phase=in-conference leg:b#1=- replaces=-" },
    { "", CONF, "leg:b#1:phase=in-conference leg:a#1=-" },
  } },
  { "a key that goes gives the leg its own conversation back", {
    { JOIN ("a/1") "a/1 set ConferencingUri null", "a#1", "replaces=conf:ann@x/f1 kind=conference" },
    { "", CONF, "id=-" },
  } },
  { "the worst phase of any leg", {
    { JOIN ("a/1") JOIN ("b/1") "b/1 av OnHold", CONF, "phase=on-hold" },
    { "c/1 added; c/1 uri ann f1; c/1 av Notified", CONF, "phase=ringing" },
    { "c/1 E 3", CONF, "phase=lobby" },
    { "c/1 removed; b/1 removed", CONF, "phase=in-conference" },
    { "a/1 removed", CONF, "phase=ended live=false ended=2011-11-09T09:00:15.000Z" },
  } },
  { "one row while anybody is in it", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 removed", CONF, "phase=in-conference live=true ended=-" },
    { "b/1 removed", CONF, "phase=ended live=false" },
    { JOIN ("a/2"), CONF, "phase=in-conference live=true ended=-" },
  } },
  { NULL }
};

static const CmTestCase leaving[] = {
  { "left, and back by the same conversation", {
    { JOIN ("a/1") "a/1 in ann; a/1 av Connected ann; a/1 state Inactive", CONF, "phase=in-conference" },
    { "a/1 av Disconnected", CONF, "phase=left live=true leg:a#1:banner=left-call" },
    { "a/1 av Connecting", CONF, "phase=rejoining leg:a#1:banner=rejoining" },
    { "a/1 av Joining", CONF, "phase=rejoining leg:a#1:banner=rejoining" },
    { "a/1 av Connected", CONF, "phase=in-conference leg:a#1:banner=- leg:a#1:timing:left=-" },
    { "a/1 av Disconnecting", CONF, "phase=left leg:a#1:banner=left-call" },
    { "a/1 removed", CONF, "phase=ended leg:a#1:banner=-" },
  } },
  { "back by a new conversation", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 av Disconnected", CONF, "phase=left leg:a#1:banner=left-call" },
    { "a/2 added; a/2 uri ann f1", CONF, "phase=left leg:a#1:banner=left-call" },
    { "a/2 av Connecting", CONF, "phase=connecting leg:a#1:banner=- leg:a#1:phase=left" },
    { "a/2 av Connected", CONF, "phase=in-conference leg:a#1:banner=-" },
    { "a/2 av Disconnected", CONF, "phase=left leg:a#1:banner=- leg:a#2:banner=left-call" },
  } },
  { "another station's new conversation is not this one's", {
    { JOIN ("a/1") "a/1 av Disconnected; " JOIN ("b/1"), CONF, "phase=left leg:a#1:banner=left-call" },
  } },
  { "a new conversation under the old id", {
    { JOIN ("a/1") "a/1 removed; " CALL ("a/1"), "a#1", "kind=call phase=in-call" },
    { "", CONF, "phase=ended leg:a#1:phase=ended" },
    { "a/1 uri ann f1", CONF, "phase=in-conference leg:a#1:phase=in-conference replaces=a#1" },
  } },
  { "a new call under the old id", {
    { CALL ("a/1") "a/1 removed 0; a/1 added; a/1 av Notified", "a#1", "phase=ringing ended=- leg:a#1:timing:answered=-" },
  } },
  { "removed by a presenter, signed", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 av Disconnected -2131555282", CONF,
      "leg:a#1:banner=removed leg:a#1:phase=left leg:a#1:reason=removed" },
    { "a/1 av Connecting", CONF, "leg:a#1:banner=rejoining leg:a#1:reason=-" },
  } },
  { "removed by a presenter, unsigned", {
    { JOIN ("a/1") "a/1 in ann isSelf=true; a/1 out ann 2163412014", CONF, "leg:a#1:banner=removed" },
  } },
  { "removed by a presenter, hex", {
    { JOIN ("a/1") "a/1 av Disconnected; a/1 removed 0x80F30C2E", CONF, "leg:a#1:banner=removed leg:a#1:phase=ended" },
  } },
  { "removed, and back by a new conversation", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 av Disconnected 0x80F30C2E", CONF, "leg:a#1:banner=removed" },
    { JOIN ("a/2"), CONF, "leg:a#1:banner=- leg:a#2:banner=- phase=in-conference" },
  } },
  { "others go on without us", {
    { JOIN ("a/1") "a/1 in bob; a/1 av Connected bob; a/1 av Disconnected", CONF, "live=true" },
    { "a/1 av Disconnected bob", CONF, "live=false" },
  } },
  { "nobody to rejoin", {
    { JOIN ("a/1") "a/1 in bob; a/1 av Connected bob; a/1 av Disconnected", CONF, "leg:a#1:banner=left-call" },
    { "a/1 out bob", CONF, "leg:a#1:banner=- live=false phase=left" },
  } },
  { NULL }
};

static const CmTestCase calls[] = {
  { "hung up", {
    { CALL ("a/1") "a/1 in bob; a/1 av Connected bob; a/1 av Disconnected", "a#1",
      "phase=hung-up kind=call live=false leg:a#1:banner=- who:bob:leftReason=hung-up who:bob:left=2011-11-09T09:00:05.000Z" },
  } },
  { "missed", {
    { "a/1 added; a/1 av Notified", "a#1", "phase=ringing leg:a#1:direction=incoming live=true" },
    { "a/1 av Disconnected", "a#1", "phase=missed live=false leg:a#1:timing:ringMs=1000" },
    { "a/1 removed", "a#1", "phase=ended" },
  } },
  { "messages only", {
    { "a/1 added; a/1 im Connected", "a#1", "phase=message kind=message live=false leg:a#1:direction=-" },
    { "a/1 removed", "a#1", "phase=ended kind=message" },
  } },
  { "messages make no call", {
    { "a/1 added; a/1 im Connected; a/1 av Connecting", "a#1", "phase=connecting kind=call leg:a#1:direction=outgoing" },
    { "a/1 av Connected", "a#1", "phase=in-call" },
    { "a/1 im Disconnected; a/1 av Disconnected", "a#1", "phase=hung-up kind=call" },
  } },
  { "alone in a conference is in it", {
    { JOIN ("a/1") "a/1 in ann isSelf=true", CONF, "phase=in-conference live=true" },
  } },
  { "forwarded", {
    { "a/1 added; a/1 av Notified; a/1 av Forwarding", "a#1", "phase=connecting live=true" },
    { "a/1 av Disconnected", "a#1", "phase=idle" },
  } },
  { "parked", {
    { CALL ("a/1") "a/1 state Parked", "a#1", "phase=on-hold live=true" },
    { "a/1 state Active", "a#1", "phase=in-call leg:a#1:timing:holdMs=1000" },
  } },
  { "a user's hold", {
    { CALL ("a/1") "a/1 state Inactive; a/1 av OnHold", "a#1", "phase=on-hold leg:a#1:timing:holdSince=2011-11-09T09:00:04.000Z" },
    { "+4000; a/1 av Connected", "a#1", "phase=in-call leg:a#1:timing:holdMs=5000 leg:a#1:timing:talkMs=2000" },
  } },
  { "a transfer that is accepted", {
    { CALL ("a/1") "a/1 av Transferring", "a#1", "phase=transferring" },
    { "a/1 state Active", "a#1", "phase=transferring" },
    { "a/1 state Terminated", "a#1", "phase=ended" },
  } },
  { "a transfer that is rejected", {
    { CALL ("a/1") "a/1 av Transferring; a/1 state Active; a/1 av OnHold", "a#1", "phase=on-hold" },
    { "a/1 av Transferring; a/1 av Connected 0x80F10087", "a#1", "phase=in-call leg:a#1:banner=-" },
  } },
  { "unknown values are kept", {
    { CALL ("a/1") "a/1 av 42", "a#1", "phase=in-call leg:a#1:audioVideo=42" },
    { "a/1 state Hibernating; a/1 E 77", "a#1", "phase=in-call leg:a#1:state=Hibernating leg:a#1:escalation:stage=77" },
    { "a/1 set ConferencingAccessType 99", "a#1", "conference:accessType=99" },
    { "a/1 av Connected; a/1 E 0; a/1 state Active", "a#1",
      "leg:a#1:audioVideo=Connected leg:a#1:escalation=- leg:a#1:state=Active" },
  } },
  { "what the conference is like", {
    { JOIN ("a/1") "a/1 set ConferencingLocked true; a/1 set ConferencingAccessType 256; a/1 set Subject \"Budget\"", CONF,
      "conference:locked=true conference:accessType=Anonymous subject=Budget" },
    { "a/1 set ConferenceAccessInformation {\"Id\":\"48213\",\"AdmissionKey\":\"s3cret\",\"InternalUrl\":\"https://in/\","
      "\"AutoAttendantNumbers\":[\"+15550100\",\"+15550101\"]}", CONF,
      "conference:access:id=48213 conference:access:joinUrl=https://in/ conference:access:numbers:1=+15550101 "
      "conference:access:AdmissionKey=-" },
    { "a/1 set ConferencingLocked null; a/1 set Subject null; a/1 set ConferenceAccessInformation null", CONF,
      "conference:locked=- subject=- conference:access=-" },
  } },
  { NULL }
};

static const CmTestCase escalations[] = {
  { "the escalator's path", {
    { CALL ("a/1") "a/1 E 2", "a#1", "phase=escalating leg:a#1:escalation:step=1 leg:a#1:escalation:steps=4 leg:a#1:role=escalator" },
    { "a/1 E 4", "a#1", "leg:a#1:escalation:step=2 leg:a#1:escalation:stage=JoiningLocalMedia" },
    { "a/1 E 6; a/1 av OnHold", "a#1", "phase=escalating leg:a#1:escalation:step=3" },
    { "a/1 E 7; a/1 R 0; a/1 uri ann f1", CONF, "phase=escalating leg:a#1:timing:holdMs=- leg:a#1:timing:holdSince=-" },
    { "a/1 av Connected", CONF, "phase=in-conference leg:a#1:escalation:step=4 leg:a#1:escalation:result=0 "
      "leg:a#1:timing:escalationMs:ConnectingToConference=1000 leg:a#1:timing:escalationMs:WaitingForPeer=2000" },
    { "a/1 av OnHold", CONF, "phase=on-hold" },
  } },
  { "it fails and falls back", {
    { CALL ("a/1") "a/1 E 2; a/1 E 4; a/1 E 8; a/1 R -2131571888", "a#1",
      "phase=in-call kind=call live=true leg:a#1:banner=escalation-failed leg:a#1:reason=pending-modalities" },
    { "a/1 av OnHold", "a#1", "phase=on-hold" },
    { "a/1 av Connected; a/1 E 2", "a#1",
      "phase=escalating leg:a#1:banner=- leg:a#1:escalation:restarts=1 leg:a#1:reason=-" },
  } },
  { "it completes with an error", {
    { CALL ("a/1") "a/1 E 2; a/1 E 7; a/1 R 2163395408", "a#1",
      "phase=in-call kind=call leg:a#1:banner=escalation-failed leg:a#1:escalation:result=2163395408" },
    { "a/1 av Joining", "a#1", "phase=failed" },
  } },
  { "it fails for good", {
    { "a/1 added; a/1 uri ann f1; a/1 av Connecting; a/1 E 2; a/1 E 8", CONF, "phase=failed kind=conference leg:a#1:banner=escalation-failed" },
    { "a/1 removed", CONF, "phase=ended leg:a#1:banner=-" },
  } },
  { "it waits in the lobby", {
    { "a/1 added; a/1 uri ann f1; a/1 av Connecting; a/1 in bob isSelf=true; a/1 E 2; a/1 E 3", CONF,
      "phase=lobby leg:a#1:banner=lobby who:bob:role=lobby leg:a#1:escalation:step=2 leg:a#1:escalation:steps=4" },
    { "a/1 E 4", CONF, "phase=escalating leg:a#1:banner=- who:bob:role=attendee" },
  } },
  { "a prompt keeps the step", {
    { CALL ("a/1") "a/1 E 2; a/1 E 9", "a#1", "phase=escalating leg:a#1:escalation:step=1 "
      "leg:a#1:escalation:stage=AwaitingDisclaimerResponse leg:a#1:escalation:restarts=-" },
    { "a/1 E 4; a/1 E 10", "a#1", "leg:a#1:escalation:step=2 leg:a#1:escalation:stage=AwaitingJoinDialogResponse" },
    { "a/1 E 6; a/1 E 7", "a#1", "leg:a#1:escalation:step=4 leg:a#1:escalation:steps=4 leg:a#1:escalation:restarts=-" },
  } },
  { "back to a lower number", {
    { CALL ("a/1") "a/1 E 1; a/1 E 2; a/1 E 4", "a#1", "leg:a#1:escalation:step=3 leg:a#1:escalation:steps=5" },
    { "a/1 E 2", "a#1", "phase=escalating leg:a#1:escalation:step=1 leg:a#1:escalation:steps=4 leg:a#1:escalation:restarts=1 "
      "leg:a#1:timing:escalationMs=-" },
    { "a/1 E 2", "a#1", "leg:a#1:escalation:restarts=1" },
  } },
  { "a drop while escalating", {
    { CALL ("a/1") "a/1 E 2; a/1 av Disconnected", "a#1", "phase=hung-up" },
    { "a/1 av Connecting", "a#1", "phase=escalating" },
    { JOIN ("b/1") "b/1 E 2; b/1 av Disconnected", CONF, "leg:b#1:phase=left" },
  } },
  { NULL }
};

static void
test_history (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();

  cm_tracker_set_history (desk->tracker, 10000, 2);
  cm_test_desk_play (desk, CALL ("a/1") "a/1 removed; a/2 added; a/2 removed");
  g_assert_cmpuint (cm_tracker_get_n_conversations (desk->tracker), ==, 2);
  cm_test_desk_play (desk, "a/3 added; a/3 removed");
  g_assert_cmpuint (cm_tracker_get_n_conversations (desk->tracker), ==, 2);
  cm_test_desk_expect (desk, "a#1", "id=-");
  cm_test_desk_check (desk);

  cm_tracker_advance (desk->tracker, desk->now + 9000);
  cm_test_desk_flush (desk);
  cm_test_desk_check (desk);
  g_assert_cmpuint (cm_tracker_get_n_conversations (desk->tracker), ==, 0 + 0 * 1);
}

static void
test_unexpected (void)
{
  g_autoptr(CmTestDesk) desk = cm_test_desk_new ();
  const CmTrackerCounters *counters = cm_tracker_get_counters (desk->tracker);

  cm_test_desk_play (desk, "a/1 av Transferring; a/1 av Notified; a/1 av 42; a/1 set Mood 7");
  cm_test_desk_line (desk, "{\"at\":\"2011-11-09T09:00:00Z\",\"source\":\"a\",\"conversation\":\"1\",\"event\":\"Sang\"}");
  g_assert_cmpuint (counters->events, ==, 5);
  g_assert_cmpuint (counters->unexpected, ==, 2);
  g_assert_cmpuint (counters->unknown_values, ==, 1);
  g_assert_cmpuint (counters->unknown_properties, ==, 1);
  g_assert_cmpuint (counters->unknown_events, ==, 1);
  cm_test_desk_expect (desk, "a#1", "phase=ringing");
  cm_test_desk_check (desk);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  cm_test_add_cases ("/tracker/merging", merging);
  cm_test_add_cases ("/tracker/leaving", leaving);
  cm_test_add_cases ("/tracker/calls", calls);
  cm_test_add_cases ("/tracker/escalations", escalations);
  g_test_add_func ("/tracker/history", test_history);
  g_test_add_func ("/tracker/unexpected", test_unexpected);

  return g_test_run ();
}

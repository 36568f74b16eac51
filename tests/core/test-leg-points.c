/* test-leg-points.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#define CONF "conf:ann@x/f1"
#define CALL "a/1 added; a/1 av Connecting; a/1 av Connected; "
#define INVITED "a/1 added; a/1 uri ann f1; a/1 set Inviter \"sip:ann@x\"; "
#define ESCALATES "a/1 E 2; a/1 E 4; a/1 E 6; a/1 av OnHold; a/1 E 7; a/1 R 0; a/1 uri ann f1; a/1 av Connected; "

/* domain.md, section 4: the points that decide whether a tracker is right. */
static const CmTestCase points[] = {
  { "1: leaving does not reset the progress", {
    { CALL ESCALATES "a/1 state Inactive; a/1 av Disconnected", CONF, "phase=left leg:a#1:escalation:stage=Completed" },
    { "a/1 av Connecting; a/1 av Connected", CONF, "phase=in-conference leg:a#1:escalation:step=4" },
  } },
  { "2: inactive alone says nothing", {
    { CALL "a/1 state Inactive", "a#1", "phase=in-call" },
    { "a/1 av OnHold", "a#1", "phase=on-hold" },
    { "a/1 av Connected; a/1 uri ann f1; a/1 av Disconnected", CONF, "phase=left" },
    { "b/1 added; b/1 av Notified; b/1 state Inactive; b/1 av Connecting", "b#1", "phase=connecting" },
  } },
  { "3: a conference before it rings", {
    { "a/1 added; a/1 uri ann f1", CONF, "kind=conference phase=idle" },
    { "a/1 av Notified", CONF, "kind=conference phase=ringing leg:a#1:direction=incoming" },
  } },
  { "4: the order of presence says nothing", {
    { CALL "a/1 in ann isSelf=true; a presence ann 7000 in-a-conference", "a#1", "phase=in-call" },
    { ESCALATES "a presence ann 6500 on-the-phone", CONF, "phase=in-conference who:ann:activity=on-the-phone" },
    { "b/1 added; b/1 uri ann f2; b/1 av Notified; b/1 av Connecting; b/1 E 2; b/1 E 4; b/1 av Joining; b/1 av Connected; b/1 E 7",
      "conf:ann@x/f2", "phase=in-conference leg:b#1:escalation:steps=3" },
  } },
  { "5: the role of who escalates", {
    { CALL "a/1 E 2", "a#1", "leg:a#1:role=escalator" },
    { "b/1 added; b/1 E 6", "b#1", "leg:b#1:role=escalator" },
    { "c/1 added; c/1 in ann isSelf=true; c/1 uri ann f1", CONF, "leg:c#1:role=escalator" },
  } },
  { "5: the role of who is invited", {
    { INVITED, CONF, "leg:a#1:role=invited leg:a#1:inviter=sip:ann@x" },
    { "b/1 added; b/1 set Inviter \"sip:ann@x\"; b/1 E 2", "b#1", "leg:b#1:role=invited" },
    { "c/1 added inviter=\"SIP:Ann@x\"; c/1 E 2", "c#1", "leg:c#1:role=invited" },
  } },
  { "5: the role of a peer", {
    { CALL, "a#1", "leg:a#1:role=peer" },
    { "b/1 added; b/1 E 2; b/1 uri ann f1", CONF, "leg:b#1:role=peer" },
  } },
  { "6: whose call it was", {
    { "a/1 added; a/1 av Notified; a/1 av Connecting", "a#1", "leg:a#1:direction=incoming" },
    { "b/1 added; b/1 av Connecting", "b#1", "leg:b#1:direction=outgoing" },
    { "c/1 added direction=1; c/1 av Connecting", "c#1", "leg:c#1:direction=incoming" },
    { "d/1 added; d/1 set Direction \"Outgoing\"; d/1 av Notified", "d#1", "leg:d#1:direction=outgoing" },
    { "e/1 added; e/1 uri ann f1; +60000; e/1 av Connecting", CONF, "leg:e#1:direction=incoming started=2011-11-09T09:01:12.000Z" },
  } },
  { "7: alone in a conference", {
    { CALL ESCALATES "a/1 in ann isSelf=true; a/1 in bob; a/1 av Connected bob; a/1 out bob", CONF, "phase=in-conference live=true" },
    { "a/1 av Disconnected", CONF, "live=false" },
  } },
  { "8: the steps shown", {
    { CALL "a/1 E 1; a/1 E 2; a/1 E 3; a/1 E 5", "a#1", "leg:a#1:escalation:step=5 leg:a#1:escalation:steps=7" },
    { "b/1 added; b/1 uri ann f1; b/1 E 2", CONF, "leg:b#1:escalation:step=1 leg:b#1:escalation:steps=3" },
    { "b/1 E 10", CONF, "leg:b#1:escalation:step=1" },
    { "b/1 E 4; b/1 E 2", CONF, "leg:b#1:escalation:step=1 leg:b#1:escalation:restarts=1" },
  } },
  { "9: the same or a new conversation", {
    { CALL ESCALATES "a/1 av Disconnected; a/1 av Connecting", CONF, "phase=rejoining" },
    { "a/1 av Disconnected; a/2 added; a/2 uri ann f1; a/2 av Connecting; a/2 av Connected", CONF,
      "phase=in-conference leg:a#1:phase=left leg:a#1:banner=-" },
  } },
  { "10: who is invited becomes a presenter", {
    { CALL "a/1 in bob isPresenter=false", "a#1", "who:bob:role=attendee" },
    { "a/1 who bob IsPresenter true", "a#1", "who:bob:role=presenter" },
    { "a/1 in cyd isLeader=true isPresenter=null", "a#1", "who:cyd:role=presenter" },
  } },
  { "11: the conference is nobody", {
    { INVITED "a/1 in sip:ann@x;gruu;opaque=app:conf:focus:id:f1; a/1 in SIP:Ann@x;GRUU;opaque=APP:CONF:audio-video:id:f1", CONF,
      "participants={}" },
    { "b/1 added; b/1 set ConferencingUri \"sip:ann@x\"; b/1 in ann", "b#1", "who:ann:role=attendee who:ann:organizer=true" },
  } },
  { "12: a transfer passes through active", {
    { CALL "a/1 av Transferring; a/1 state Active", "a#1", "phase=transferring" },
    { "a/1 av Connected", "a#1", "phase=in-call" },
    { "a/1 av Transferring; a/1 state Active; a/1 state Terminated", "a#1", "phase=ended" },
  } },
  { "13: every state may follow every state", {
    { "a/1 added; a/1 av OnHold; a/1 av Notified; a/1 av Connected; a/1 av ConnectingToCaller", "a#1", "phase=connecting" },
    { "a/1 state Terminated; a/1 state Active", "a#1", "phase=connecting ended=-" },
  } },
  { NULL }
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  cm_test_add_cases ("/leg/point", points);

  return g_test_run ();
}

/* test-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#define CONF "conf:ann@x/f1"
#define JOIN(leg) leg " added; " leg " uri ann f1; " leg " av Connecting; " leg " av Connected; "

static const CmTestCase people[] = {
  { "one line a person, however spelt", {
    { "a/1 added; a/1 in bob name=\"Bob\"; a/1 in SIP:BOB@X;opaque=user:epid:1; a/1 av Connected sip:Bob@x", "a#1",
      "who:bob:name=Bob who:bob:state=Connected who:bob:joined=2011-11-09T09:00:03.000Z" },
  } },
  { "several stations, one roster", {
    { JOIN ("a/1") "a/1 in ann isSelf=true name=\"Ann\"; a/1 in bob; " JOIN ("b/1") "b/1 in bob isSelf=true isPresenter=true; b/1 in ann", CONF,
      "who:ann:self=true who:bob:self=true who:ann:state=Connected who:bob:state=Connected who:bob:role=presenter who:ann:organizer=true" },
    { "b/1 av OnHold", CONF, "who:bob:state=OnHold" },
    { "b/1 removed", CONF, "who:bob:left=2011-11-09T09:00:13.000Z who:ann:left=-" },
  } },
  { "in, out, and in again", {
    { JOIN ("a/1") "a/1 in bob; a/1 av Connected bob; a/1 out bob", CONF,
      "who:bob:left=2011-11-09T09:00:06.000Z who:bob:leftReason=left" },
    { "a/1 in bob", CONF, "who:bob:left=- who:bob:leftReason=- who:bob:state=- who:bob:joined=-" },
    { "a/1 av Connected bob", CONF, "who:bob:joined=2011-11-09T09:00:08.000Z" },
  } },
  { "doubles change nothing", {
    { JOIN ("a/1") "a/1 in bob isPresenter=true; a/1 in bob; a/1 av Connected bob; a/1 av Connected bob", CONF,
      "who:bob:role=presenter who:bob:joined=2011-11-09T09:00:06.000Z" },
    { "a/1 out bob 0x80F30C2E; a/1 out bob", CONF, "who:bob:left=2011-11-09T09:00:08.000Z who:bob:leftReason=removed" },
  } },
  { "out without ever being in", {
    { JOIN ("a/1") "a/1 out bob; a/1 av Disconnected bob", CONF, "who:bob=-" },
  } },
  { "in without being added", {
    { JOIN ("a/1") "a/1 av Connected bob; a/1 who cyd IsMuted true", CONF, "who:bob:state=Connected who:cyd:muted=true" },
  } },
  { "one who could not be added was never in", {
    { JOIN ("a/1") "a/1 in bob statusCode=2163278926", CONF, "who:bob:left=2011-11-09T09:00:04.000Z who:bob:leftReason=0x80F1044E" },
    { "a/1 in cyd statusCode=0", CONF, "who:cyd:left=-" },
  } },
  { "left with everybody when the call is over", {
    { JOIN ("a/1") "a/1 in bob; a/1 av Connected bob; a/1 removed", CONF,
      "who:bob:left=2011-11-09T09:00:06.000Z who:bob:leftReason=ended phase=ended" },
  } },
  { "the conference among its participants", {
    { JOIN ("a/1") "a/1 in ann; a/1 in conf:sip:ann@x;gruu;opaque=app:conf:focus:id:f1", CONF, "who:ann:role=attendee" },
    { "a/1 out sip:ann@x;gruu;opaque=app:conf:focus:id:f1", CONF, "who:ann:left=-" },
  } },
  { "names change and go", {
    { "a/1 added; a/1 in bob name=\"Bob\"; a/1 who bob Name \"Robert\"", "a#1", "who:bob:name=Robert" },
    { "a/1 who bob Name null", "a#1", "who:bob:name=-" },
  } },
  { "an unknown state is shown as the source calls it", {
    { "a/1 added; a/1 in bob; a/1 av Levitating bob", "a#1", "who:bob:state=Levitating who:bob:left=-" },
    { "a/1 av Connected bob", "a#1", "who:bob:state=Connected" },
  } },
  { NULL }
};

static const CmTestCase roles[] = {
  { "nothing said, or null, is an attendee", {
    { "a/1 added; a/1 in bob; a/1 in cyd isPresenter=null isMuted=null name=null", "a#1",
      "who:bob:role=attendee who:cyd:role=attendee who:cyd:muted=- who:cyd:name=-" },
  } },
  { "the leader is a presenter", {
    { "a/1 added; a/1 in bob isLeader=true; a/1 in cyd; a/1 who cyd IsLeader true", "a#1",
      "who:bob:role=presenter who:cyd:role=presenter" },
    { "a/1 who bob IsLeader false", "a#1", "who:bob:role=attendee" },
  } },
  { "the lobby comes before any role", {
    { "a/1 added; a/1 uri ann f1; a/1 av Connected; a/1 in bob isInLobby=true isPresenter=true", CONF,
      "who:bob:role=lobby leg:a#1:banner=lobby" },
    { "a/1 who bob IsInLobby false", CONF, "who:bob:role=presenter leg:a#1:banner=-" },
  } },
  { "the lobby from both sides", {
    { JOIN ("a/1") "a/1 in ann isSelf=true; a/1 in bob isInLobby=true; "
      "b/1 added; b/1 uri ann f1; b/1 in bob isSelf=true; b/1 av Connecting; b/1 E 2; b/1 E 3", CONF,
      "who:bob:role=lobby leg:a#1:banner=lobby leg:b#1:banner=lobby phase=lobby" },
    { "a/1 who bob IsInLobby false; b/1 E 4; b/1 av Connected; b/1 E 7; b/1 who bob IsPresenter true", CONF,
      "who:bob:role=presenter leg:a#1:banner=- leg:b#1:banner=- phase=in-conference" },
  } },
  { "refused in the lobby", {
    { JOIN ("a/1") "a/1 in bob isInLobby=true; a/1 out bob", CONF, "leg:a#1:banner=- who:bob:leftReason=left" },
  } },
  { "the later report on a role", {
    { JOIN ("a/1") JOIN ("b/1") "a/1 in cyd isPresenter=true; b/1 in cyd isPresenter=false", CONF, "who:cyd:role=attendee" },
    { "a/1 who cyd IsPresenter true", CONF, "who:cyd:role=presenter" },
    { "a/1 removed", CONF, "who:cyd:role=attendee" },
  } },
  { "muted and not", {
    { "a/1 added; a/1 in bob isMuted=true", "a#1", "who:bob:muted=true" },
    { "a/1 who bob IsMuted false", "a#1", "who:bob:muted=false" },
    { "a/1 who bob IsMuted null", "a#1", "who:bob:muted=-" },
  } },
  { "the organizer by flag or by address", {
    { JOIN ("a/1") "a/1 in ann; a/1 in bob; a/1 who bob AsOrganizer true", CONF,
      "who:ann:organizer=true who:bob:organizer=true" },
  } },
  { NULL }
};

static const CmTestCase presence[] = {
  { "before he joins", {
    { "s presence bob 6500 on-the-phone; a/1 added; a/1 in bob", "a#1", "who:bob:availability=6500 who:bob:activity=on-the-phone" },
  } },
  { "in all of his calls, from any source", {
    { "a/1 added; a/1 in bob; b/1 added; b/1 in SIP:BOB@X; s presence bob 7000 in-a-conference", "a#1", "who:bob:availability=7000" },
    { "", "b#1", "who:bob:availability=7000 who:bob:activity=in-a-conference" },
    { "s presence bob 18500", "a#1", "who:bob:availability=18500 who:bob:activity=in-a-conference" },
  } },
  { "after he has left", {
    { "a/1 added; a/1 in bob; a/1 out bob; s presence bob 3500", "a#1", "who:bob:availability=3500" },
  } },
  { NULL }
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  cm_test_add_cases ("/roster/people", people);
  cm_test_add_cases ("/roster/roles", roles);
  cm_test_add_cases ("/roster/presence", presence);

  return g_test_run ();
}

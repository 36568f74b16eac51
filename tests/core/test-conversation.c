/* test-conversation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-conversation.h"
#include "model/cm-leg-item.h"

#define NOW G_GINT64_CONSTANT (1320829200000)

static char *
ref (const char *text)
{
  return g_ref_string_new (text);
}

static CmPerson *
add_person (CmDocument *document,
            const char *address,
            const char *name,
            CmRole      role)
{
  CmPerson *person = cm_document_add_person (document, address);

  person->name = ref (name);
  person->role = role;
  person->state = ref ("Connected");
  person->joined = NOW;
  person->confirmed = TRUE;

  return person;
}

static CmLeg *
add_leg (CmDocument *document,
         const char *station,
         CmPhase     phase)
{
  g_autofree char *id = g_strdup_printf ("lync/%s#c1", station);
  g_autofree char *source = g_strdup_printf ("lync/%s", station);
  CmLeg *leg = cm_document_add_leg (document, id);

  leg->source = ref (source);
  leg->conversation = ref ("c1");
  leg->phase = phase;
  leg->confirmed = TRUE;

  return leg;
}

/* Ana's station, in a conference with Ben and Cyd. */
static CmDocument *
create_conference (const char *id)
{
  CmDocument *document = cm_document_new (id);

  document->kind = CM_KIND_CONFERENCE;
  document->phase = CM_PHASE_IN_CONFERENCE;
  document->live = TRUE;
  document->started = NOW;
  add_person (document, "sip:ana@x.org", "Ana", CM_ROLE_PRESENTER)->is_self = TRUE;
  add_person (document, "sip:ben@x.org", "Ben", CM_ROLE_PRESENTER);
  add_person (document, "sip:cyd@x.org", "Cyd", CM_ROLE_ATTENDEE);
  add_leg (document, "ana@x.org", CM_PHASE_IN_CONFERENCE);

  return document;
}

static void
leave (CmDocument *document,
       guint       leg)
{
  CmLeg *left = cm_document_edit_leg (document, leg);

  document->phase = CM_PHASE_LEFT;
  left->phase = CM_PHASE_LEFT;
  left->banner = CM_BANNER_LEFT_CALL;
  left->timing.left = NOW + 1000;
}

static void
note_cb (GObject    *object,
         GParamSpec *pspec,
         gpointer    user_data)
{
  GString *noted = user_data;

  g_string_append_printf (noted, "%s ", pspec->name);
}

static char *
get_text (gpointer    object,
          const char *property)
{
  char *text = NULL;

  g_object_get (object, property, &text, NULL);

  return text;
}

static void
assert_text (gpointer    object,
             const char *property,
             const char *expected)
{
  g_autofree char *text = get_text (object, property);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_update_tells_what_changed (void)
{
  CmConversation *self = cm_conversation_new (create_conference ("c"));
  g_autoptr (GString) noted = g_string_new (NULL);
  CmDocument *document;

  g_signal_connect (self, "notify", G_CALLBACK (note_cb), noted);

  /* Who is to be told has asked once. */
  assert_text (self, "title", "Ben, Cyd");
  g_free (get_text (self, "sentence"));
  g_free (get_text (self, "counts-text"));
  cm_conversation_update (self, create_conference ("c"));
  g_assert_cmpstr (noted->str, ==, "");

  document = create_conference ("c");
  document->subject = ref ("Budget");
  cm_conversation_update (self, document);
  g_assert_nonnull (strstr (noted->str, "title "));
  g_assert_nonnull (strstr (noted->str, "sentence "));
  g_assert_null (strstr (noted->str, "phase "));
  g_assert_null (strstr (noted->str, "counts-text "));

  g_string_truncate (noted, 0);
  document = cm_document_copy (cm_conversation_get_document (self));
  document->ended = NOW + 5;
  cm_conversation_update (self, document);
  g_assert_cmpstr (noted->str, ==, "ended ");

  g_assert_finalize_object (self);
}

static void
test_words_are_made_when_asked_for (void)
{
  CmConversation *self = cm_conversation_new (create_conference ("c"));
  g_autoptr (GString) noted = g_string_new (NULL);
  CmDocument *document = create_conference ("c");

  g_signal_connect (self, "notify", G_CALLBACK (note_cb), noted);
  document->subject = ref ("Budget");
  cm_conversation_update (self, document);
  g_assert_cmpstr (noted->str, ==, "");
  assert_text (self, "title", "Budget");

  /* Who was told and did not ask is not told again, until he does. */
  for (guint i = 0; i < 3; i++)
    {
      document = create_conference ("c");
      document->subject = ref (i == 1 ? "Planning" : "Review");
      cm_conversation_update (self, document);
    }
  g_assert_cmpstr (noted->str, ==, "title ");
  assert_text (self, "title", "Review");
  cm_conversation_update (self, create_conference ("c"));
  g_assert_cmpstr (noted->str, ==, "title title ");
  assert_text (self, "title", "Ben, Cyd");

  g_assert_finalize_object (self);
}

static void
test_search (void)
{
  CmConversation *self = cm_conversation_new (create_conference ("c"));
  CmDocument *document = create_conference ("c");

  g_assert_nonnull (strstr (cm_conversation_get_search (self), "ben"));
  document->subject = ref ("Budget");
  cm_conversation_update (self, document);
  g_assert_nonnull (strstr (cm_conversation_get_search (self), "budget"));

  document = cm_document_copy (cm_conversation_get_document (self));
  g_ref_string_release (cm_document_edit_person (document, 1)->name);
  cm_document_edit_person (document, 1)->name = ref ("Dora");
  cm_conversation_update (self, document);
  g_assert_nonnull (strstr (cm_conversation_get_search (self), "dora"));

  document = cm_document_copy (cm_conversation_get_document (self));
  document->conference.access.numbers = g_strsplit ("+1 555 0100", ",", -1);
  cm_conversation_update (self, document);
  g_assert_nonnull (strstr (cm_conversation_get_search (self), "0100"));

  g_assert_finalize_object (self);
}

static void
test_escalation (void)
{
  CmDocument *document = create_conference ("c");
  CmLeg *leg = cm_document_edit_leg (document, 0);
  CmConversation *self;
  double fraction;
  gboolean escalating;

  document->phase = leg->phase = CM_PHASE_ESCALATING;
  leg->escalation.stage = ref ("JoiningLocalMedia");
  leg->escalation.step = 2;
  leg->escalation.steps = 4;
  leg->escalation.since = NOW;
  leg->timing.stages[CM_PROGRESS_CONNECTING_TO_CONFERENCE] = 1200;

  self = cm_conversation_new (document);
  g_object_get (self, "fraction", &fraction, "escalating", &escalating, NULL);
  g_assert_true (ABS (fraction - 0.5) < 1e-9);
  g_assert_true (escalating);
  assert_text (self, "step-text", "Step 2 of 4: joining audio");
  assert_text (self, "escalation-times", "Connecting to the conference 1.2\302\240s");
  assert_text (self, "state-class", "escalating");

  document = cm_document_copy (document);
  leg = cm_document_edit_leg (document, 0);
  document->phase = leg->phase = CM_PHASE_FAILED;
  g_ref_string_release (leg->escalation.stage);
  leg->escalation.stage = ref ("Failed");
  leg->reason = ref ("timed-out");
  cm_conversation_update (self, document);
  assert_text (self, "step-text", "Could not join the conference: No answer in time");
  g_object_get (self, "fraction", &fraction, "escalating", &escalating, NULL);
  g_assert_true (ABS (fraction - 0.5) < 1e-9);
  g_assert_true (escalating);

  g_assert_finalize_object (self);
}

static void
test_states_that_last (void)
{
  CmDocument *document = create_conference ("c");
  CmLeg *leg = cm_document_edit_leg (document, 0);
  CmConversation *self;
  g_autofree char *held = NULL;
  g_autofree char *left = NULL;

  document->phase = leg->phase = CM_PHASE_ON_HOLD;
  leg->timing.hold_since = NOW;
  self = cm_conversation_new (document);
  held = cm_conversation_dup_state_at (self, NOW + 5 * 60 * 1000);
  g_assert_cmpstr (held, ==, "On hold for 5 min");

  document = create_conference ("c");
  leave (document, 0);
  cm_conversation_update (self, document);
  assert_text (self, "state-text", "You have left the call");
  left = cm_conversation_dup_state_at (self, NOW + 2 * 60 * 1000);
  g_assert_cmpstr (left, ==, "You left 1 min ago, call still on");

  cm_conversation_set_own (self, FALSE);
  assert_text (self, "state-text", "Ana has left the call");

  g_assert_finalize_object (self);
}

static void
assert_banner (CmDocument *document,
               const char *mirrored,
               const char *words,
               const char *button)
{
  g_auto (CmBannerText) banner = { 0 };

  cm_document_get_banner (document, mirrored, &banner);
  g_assert_cmpstr (banner.words, ==, words);
  g_assert_cmpstr (banner.button, ==, button);
}

static void
test_banners (void)
{
  g_autoptr (CmDocument) document = create_conference ("c");
  CmLeg *leg = cm_document_edit_leg (document, 0);
  CmPerson *waiting;

  assert_banner (document, leg->id, NULL, NULL);

  waiting = add_person (document, "sip:dan@x.org", "Dan", CM_ROLE_LOBBY);
  assert_banner (document, leg->id, "1 person is waiting in the lobby", "See Lobby");
  add_person (document, "sip:eva@x.org", "Eva", CM_ROLE_LOBBY);
  assert_banner (document, leg->id, "2 people are waiting in the lobby", "See Lobby");
  waiting->left = NOW;
  assert_banner (document, leg->id, "1 person is waiting in the lobby", "See Lobby");

  leg->banner = CM_BANNER_ESCALATION_FAILED;
  assert_banner (document, leg->id, "Could not join the conference", NULL);
  leg->reason = ref ("timed-out");
  assert_banner (document, leg->id, "Could not join the conference: No answer in time", NULL);
  leg->banner = CM_BANNER_REJOINING;
  assert_banner (document, leg->id, "Rejoining the call", NULL);
  leg->banner = CM_BANNER_REMOVED;
  assert_banner (document, leg->id, "You have been removed from the call", NULL);
  leave (document, 0);
  assert_banner (document, leg->id, "You have left the call", "Rejoin");
  assert_banner (document, NULL, "Ana has left the call", "Rejoin");

  add_leg (document, "ben@x.org", CM_PHASE_IN_CONFERENCE);
  assert_banner (document, "lync/ben@x.org#c1", "Ana has left the call", "Rejoin");
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static CmPersonItem *
get_person (CmConversation *self,
            CmRosterPlace   place,
            guint           position)
{
  GListModel *items =
    cm_roster_group_get_items (cm_roster_get_group (cm_conversation_get_roster (self), place));
  g_autoptr (CmPersonItem) person = g_list_model_get_item (items, position);

  return person;
}

static void
test_roster (void)
{
  CmConversation *self = cm_conversation_new (create_conference ("c"));
  CmRoster *roster = cm_conversation_get_roster (self);
  CmRosterGroup *presenters = cm_roster_get_group (roster, CM_ROSTER_PRESENTERS);
  CmPersonItem *cyd = get_person (self, CM_ROSTER_ATTENDEES, 0);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GString) noted = g_string_new (NULL);
  CmDocument *document;

  g_assert_cmpstr (cm_roster_group_get_title (presenters), ==, "Presenters (2)");
  assert_text (cyd, "sentence", "Cyd, attendee, connected");
  g_signal_connect (cm_roster_group_get_items (presenters), "items-changed",
                    G_CALLBACK (changed_cb), changes);
  g_signal_connect (cyd, "notify", G_CALLBACK (note_cb), noted);

  cm_conversation_update (self, create_conference ("c"));
  g_assert_cmpstr (changes->str, ==, "");
  g_assert_cmpstr (noted->str, ==, "");

  document = create_conference ("c");
  cm_document_add_person (document, "sip:cyd@x.org")->role = CM_ROLE_PRESENTER;
  cm_document_add_person (document, "sip:ben@x.org")->left = NOW;
  cm_conversation_update (self, document);
  g_assert_cmpstr (changes->str, ==, "1-1+1 ");
  g_assert_cmpstr (noted->str, ==, "sentence ");
  g_assert_true (get_person (self, CM_ROSTER_PRESENTERS, 1) == cyd);
  g_assert_false (cm_roster_group_get_shown (cm_roster_get_group (roster, CM_ROSTER_ATTENDEES)));
  assert_text (get_person (self, CM_ROSTER_LEFT, 0), "sentence", "Ben, left");

  document = create_conference ("c");
  cm_document_add_person (document, "sip:ana@x.org")->role = CM_ROLE_ATTENDEE;
  cm_document_add_person (document, "sip:ben@x.org")->role = CM_ROLE_ATTENDEE;
  cm_conversation_update (self, document);
  g_assert_true (cm_roster_group_get_shown (presenters));
  g_assert_cmpstr (cm_roster_group_get_title (presenters), ==, "No presenter");

  g_assert_finalize_object (self);
}

static void
test_two_party_roster (void)
{
  CmDocument *document = create_conference ("c");
  CmConversation *self;
  CmRoster *roster;

  document->kind = CM_KIND_CALL;
  self = cm_conversation_new (document);
  roster = cm_conversation_get_roster (self);
  g_assert_cmpstr (cm_roster_group_get_title (cm_roster_get_group (roster, CM_ROSTER_IN_CALL)), ==,
                   "In the call (3)");
  g_assert_false (cm_roster_group_get_shown (cm_roster_get_group (roster, CM_ROSTER_PRESENTERS)));
  assert_text (get_person (self, CM_ROSTER_IN_CALL, 0), "sentence", "Ana, connected");

  g_assert_finalize_object (self);
}

static void
test_legs (void)
{
  CmDocument *document = create_conference ("c");
  CmConversation *self = cm_conversation_new (document);
  GListModel *legs = cm_conversation_get_legs (self);
  g_autoptr (CmLegItem) ana = g_list_model_get_item (legs, 0);
  g_autoptr (CmLegItem) same = NULL;

  assert_text (ana, "name", "Ana");
  document = create_conference ("c");
  add_leg (document, "aaa@x.org", CM_PHASE_RINGING);
  leave (document, 1);
  cm_conversation_update (self, document);

  g_assert_cmpuint (g_list_model_get_n_items (legs), ==, 2);
  same = g_list_model_get_item (legs, 1);
  g_assert_true (same == ana);
  assert_text (ana, "detail", "Left the call");

  g_clear_object (&same);
  g_clear_object (&ana);
  g_assert_finalize_object (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/conversation/update-tells-what-changed", test_update_tells_what_changed);
  g_test_add_func ("/conversation/words-when-asked-for", test_words_are_made_when_asked_for);
  g_test_add_func ("/conversation/search", test_search);
  g_test_add_func ("/conversation/escalation", test_escalation);
  g_test_add_func ("/conversation/states-that-last", test_states_that_last);
  g_test_add_func ("/conversation/banners", test_banners);
  g_test_add_func ("/conversation/roster", test_roster);
  g_test_add_func ("/conversation/two-party-roster", test_two_party_roster);
  g_test_add_func ("/conversation/legs", test_legs);

  return g_test_run ();
}

/* test-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>

#include "core/cm-merge-patch.h"
#include "model/cm-document.h"

#define ANY(random, n) ((guint) g_rand_int_range (random, 0, (gint32) (n)))

static const char * const texts[] = {
  "a", "Budget review", "\"quoted\" \\ back", "tab\tnewline\n", "\x01\x1f\x7f", "Grüße 日本 🎉", "</script>", "null", "sip:ann@x",
};

static void
set_text (GRand  *random,
          char  **text)
{
  g_clear_pointer (text, g_ref_string_release);
  if (ANY (random, 3) > 0)
    *text = g_ref_string_new (texts[ANY (random, G_N_ELEMENTS (texts))]);
}

static gint64
any_time (GRand *random)
{
  return ANY (random, 3) > 0 ? G_GINT64_CONSTANT (1320829200000) + ANY (random, 5) : CM_TIME_NONE;
}

static gint64
any_number (GRand *random)
{
  return ANY (random, 3) > 0 ? (gint64) ANY (random, 4) * G_MAXUINT32 : -1;
}

static void
set_access (GRand    *random,
            CmAccess *access)
{
  set_text (random, &access->id);
  set_text (random, &access->join_url);
  g_clear_pointer (&access->numbers, g_strfreev);
  if (ANY (random, 2) > 0)
    access->numbers = g_strsplit ("+1 555 0100,+1 555 0101", ",", (gint) ANY (random, 3));
}

static void
set_conference (GRand        *random,
                CmConference *conference)
{
  set_text (random, &conference->uri);
  set_text (random, &conference->key);
  set_text (random, &conference->organizer);
  set_text (random, &conference->access_type);
  conference->locked = (CmTristate) ((int) ANY (random, 3) - 1);
  set_access (random, &conference->access);
}

static void
set_person (GRand    *random,
            CmPerson *person)
{
  set_text (random, &person->name);
  set_text (random, &person->state);
  set_text (random, &person->left_reason);
  set_text (random, &person->activity);
  person->role = (CmRole) ANY (random, CM_ROLE_ATTENDEE + 1);
  person->muted = (CmTristate) ((int) ANY (random, 3) - 1);
  person->is_self = (gboolean) ANY (random, 2);
  person->is_organizer = (gboolean) ANY (random, 2);
  person->confirmed = (gboolean) ANY (random, 2);
  person->joined = any_time (random);
  person->left = any_time (random);
  person->availability = any_number (random);
}

static void
set_leg (GRand *random,
         CmLeg *leg)
{
  set_text (random, &leg->source);
  set_text (random, &leg->inviter);
  set_text (random, &leg->reason);
  set_text (random, &leg->escalation.stage);
  leg->phase = (CmPhase) ANY (random, CM_PHASE_ENDED + 1);
  leg->role = (CmLegRole) ANY (random, CM_LEG_ROLE_INVITED + 1);
  leg->direction = (CmLegDirection) ANY (random, CM_LEG_DIRECTION_OUTGOING + 1);
  leg->banner = (CmBanner) ANY (random, CM_BANNER_LOBBY + 1);
  leg->confirmed = (gboolean) ANY (random, 2);
  leg->escalation.step = ANY (random, 3);
  leg->escalation.steps = ANY (random, 3);
  leg->escalation.restarts = ANY (random, 2);
  leg->escalation.since = any_time (random);
  leg->escalation.result = any_number (random);
  leg->timing.added = any_time (random);
  leg->timing.hold = any_number (random);
  leg->timing.hold_since = any_time (random);
  leg->timing.stages[1 + ANY (random, CM_N_TIMED_STAGES - 1)] = any_number (random);
}

static void
set_attention (GRand      *random,
               CmDocument *document)
{
  cm_document_clear_attention (document);
  for (guint i = ANY (random, 3); i > 0; i--)
    {
      CmAttention *attention = cm_document_add_attention (document);

      set_text (random, &attention->rule);
      set_text (random, &attention->leg);
      attention->level = (CmLevel) ANY (random, 2);
      attention->since = any_time (random);
    }
}

/* Changes about half of what the document says. */
static void
change (GRand      *random,
        CmDocument *document)
{
  document->kind = (CmKind) ANY (random, CM_KIND_CONFERENCE + 1);
  document->phase = (CmPhase) ANY (random, CM_PHASE_ENDED + 1);
  document->live = (gboolean) ANY (random, 2);
  document->started = any_time (random);
  document->ended = any_time (random);
  set_text (random, &document->subject);
  set_text (random, &document->replaces);
  if (ANY (random, 2))
    set_conference (random, &document->conference);
  if (ANY (random, 2))
    set_attention (random, document);
  if (document->persons.len > 0 && ANY (random, 2))
    cm_document_remove_person (document, cm_document_get_person (document, ANY (random, document->persons.len))->address);
  if (document->legs.len > 0 && ANY (random, 2))
    cm_document_remove_leg (document, cm_document_get_leg (document, ANY (random, document->legs.len))->id);
  for (guint i = ANY (random, 3); i > 0; i--)
    set_person (random, cm_document_add_person (document, texts[ANY (random, G_N_ELEMENTS (texts))]));
  for (guint i = ANY (random, 3); i > 0; i--)
    set_leg (random, cm_document_add_leg (document, texts[ANY (random, G_N_ELEMENTS (texts))]));
}

static char *
dup_json (const CmDocument *document)
{
  GString *json = g_string_new (NULL);

  cm_document_write (document, json);

  return g_string_free (json, FALSE);
}

static gboolean
apply (CmDocument  *document,
       const char  *patch,
       GError     **error)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  cm_json_reader_load (reader, patch, strlen (patch), CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT);

  return cm_document_apply (document, reader, error);
}

static JsonNode *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  g_assert_true (cm_json_validate (json, strlen (json), &error));
  node = json_from_string (json, &error);
  g_assert_no_error (error);

  return node;
}

/* What is there has to be right in both ways of reading a patch. */
static void
check_patch (const CmDocument *before,
             const CmDocument *after,
             const char       *patch)
{
  g_autoptr(CmDocument) applied = cm_document_copy (before);
  g_autoptr(GError) error = NULL;
  g_autofree char *before_json = dup_json (before);
  g_autofree char *after_json = dup_json (after);
  g_autofree char *applied_json = NULL;
  g_autoptr(JsonNode) patch_node = parse (patch);
  g_autoptr(JsonNode) merged = cm_merge_patch_apply (parse (before_json), patch_node);
  g_autoptr(JsonNode) expected = parse (after_json);

  apply (applied, patch, &error);
  g_assert_no_error (error);
  applied_json = dup_json (applied);
  g_assert_cmpstr (applied_json, ==, after_json);
  g_assert_true (cm_document_equal (applied, after));
  g_assert_true (json_node_equal (merged, expected));
}

static void
test_random (void)
{
  for (guint32 seed = 1; seed <= 3000; seed++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      g_autoptr(CmDocument) before = cm_document_new ("a#1");
      g_autoptr(CmDocument) after = NULL;
      g_autoptr(GString) patch = g_string_new (NULL);

      change (random, before);
      change (random, before);
      after = cm_document_copy (before);
      g_assert_true (cm_document_equal (before, after));
      g_assert_false (cm_document_write_patch (before, after, patch));
      g_assert_cmpuint (patch->len, ==, 0);

      change (random, after);
      if (cm_document_write_patch (before, after, patch))
        {
          g_assert_false (cm_document_equal (before, after));
          check_patch (before, after, patch->str);
        }
      else
        g_assert_true (cm_document_equal (before, after));
    }
}

/* The whole document is a patch over nothing. */
static void
test_from_nothing (void)
{
  for (guint32 seed = 1; seed <= 300; seed++)
    {
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      g_autoptr(CmDocument) document = cm_document_new ("a#1");
      g_autoptr(CmDocument) empty = cm_document_new ("a#1");
      g_autofree char *json = NULL;

      change (random, document);
      json = dup_json (document);
      g_assert_null (strstr (json, "\":null"));
      check_patch (empty, document, json);
    }
}

/* What is made anew says nothing but what always is there. */
static void
test_fresh (void)
{
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  g_autoptr(CmDocument) copy = NULL;
  g_autofree char *json = NULL;

  cm_document_add_person (document, "sip:ann@x");
  cm_document_add_leg (document, "b#1");
  copy = cm_document_copy (document);
  cm_document_add_attention (document)->rule = g_ref_string_new ("drop");
  json = dup_json (document);

  g_assert_cmpstr (json, ==,
                   "{\"id\":\"a#1\",\"kind\":\"message\",\"phase\":\"idle\",\"live\":false,\"participants\":{\"sip:ann@x\":"
                   "{\"role\":\"attendee\",\"self\":false,\"organizer\":false,\"confirmed\":false}},\"legs\":{\"b#1\":"
                   "{\"phase\":\"idle\",\"role\":\"peer\",\"confirmed\":false}},\"attention\":[{\"rule\":\"drop\",\"level\":"
                   "\"notice\"}]}");
  g_assert_cmpuint (copy->attention->len, ==, 0);
  cm_document_clear_attention (document);
  g_assert_true (cm_document_equal (copy, document));
}

/* A patch that says only what has changed. */
static void
test_small (void)
{
  g_autoptr(CmDocument) before = cm_document_new ("a#1");
  g_autoptr(CmDocument) after = NULL;
  g_autoptr(GString) patch = g_string_new (NULL);

  cm_document_add_person (before, "sip:ann@x")->name = g_ref_string_new ("Ann");
  cm_document_add_person (before, "sip:bob@x");
  before->subject = g_ref_string_new ("Budget");
  after = cm_document_copy (before);
  after->phase = CM_PHASE_RINGING;
  g_clear_pointer (&after->subject, g_ref_string_release);
  cm_document_add_person (after, "sip:ann@x")->muted = CM_YES;
  cm_document_remove_person (after, "sip:bob@x");

  g_assert_true (cm_document_write_patch (before, after, patch));
  g_assert_cmpstr (patch->str, ==,
                   "{\"phase\":\"ringing\",\"subject\":null,"
                   "\"participants\":{\"sip:ann@x\":{\"muted\":true},\"sip:bob@x\":null}}");
}

/* Keys are found and sorted by their bytes. */
static void
test_keys (void)
{
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  static const char * const keys[] = { "b", "a", "é", "B", "aa", "" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_null (cm_document_find_person (document, keys[i]));
      g_assert_true (cm_document_add_person (document, keys[i]) == cm_document_add_person (document, keys[i]));
    }
  for (guint i = 0; i + 1 < document->persons.len; i++)
    g_assert_cmpstr (cm_document_get_person (document, i)->address, <,
                     cm_document_get_person (document, i + 1)->address);
  g_assert_cmpuint (document->persons.len, ==, G_N_ELEMENTS (keys));
}

static void
test_null (void)
{
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  g_autoptr(CmDocument) empty = cm_document_new ("a#1");
  g_autoptr(GError) error = NULL;

  apply (document, "{\"subject\":\"x\",\"started\":\"2011-11-09T10:00:00+01:00\",\"conference\":{\"locked\":true,\"access\":{\"numbers\":[\"1\"]}},"
                   "\"participants\":{\"p\":{\"name\":\"P\"},\"q\":{}},\"legs\":{\"l\":{\"timing\":{\"escalationMs\":{\"WaitingForPeer\":3}}}},"
                   "\"attention\":[{\"rule\":\"ringing\"}],\"what\":{\"ever\":[{}]}}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (document->started, ==, G_GINT64_CONSTANT (1320829200000));
  g_assert_cmpint (document->conference.locked, ==, CM_YES);
  g_assert_cmpint (cm_document_find_leg (document, "l")->timing.stages[6], ==, 3);

  apply (document, "{\"subject\":null,\"started\":null,\"conference\":null,\"participants\":{\"p\":null,\"q\":null,\"r\":null},"
                   "\"legs\":{\"l\":null},\"attention\":[],\"nothing\":null}", &error);
  g_assert_no_error (error);
  g_assert_true (cm_document_equal (document, empty));
}

static void
test_bad_patches (void)
{
  static const char * const patches[] = {
    "{\"kind\":\"meeting\"}", "{\"kind\":3}", "{\"phase\":\"left-ish\"}", "{\"live\":1}", "{\"live\":\"true\"}",
    "{\"subject\":7}", "{\"started\":7}", "{\"started\":\"today\"}", "{\"conference\":[]}", "{\"conference\":{\"locked\":0}}",
    "{\"conference\":{\"access\":{\"numbers\":[1]}}}", "{\"conference\":{\"access\":{\"numbers\":\"1\"}}}",
    "{\"participants\":[]}", "{\"participants\":{\"p\":7}}", "{\"participants\":{\"p\":{\"role\":\"boss\"}}}",
    "{\"participants\":{\"p\":{\"availability\":\"free\"}}}", "{\"legs\":{\"l\":{\"escalation\":{\"step\":-1}}}}",
    "{\"legs\":{\"l\":{\"escalation\":{\"step\":1.5}}}}", "{\"legs\":{\"l\":{\"escalation\":{\"step\":99999999999}}}}",
    "{\"legs\":{\"l\":{\"banner\":\"\"}}}", "{\"legs\":{\"l\":{\"timing\":7}}}", "{\"attention\":{}}", "{\"attention\":[7]}",
    "{\"attention\":[{\"level\":\"high\"}]}", "{\"replaces\":{}}", "{\"subject\":\"x\"", "{\"subject\":}", "{\"subject\":\"x\",}",
    "{\"subject\":\"a\",\"subject\":\"b\"}", "{\"x\":[1,}", "{\"participants\":{\"p\":{\"name\":\"x\"}", "{\"subject\" \"x\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patches); i++)
    {
      g_autoptr(CmDocument) document = cm_document_new ("a#1");
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", patches[i]);
      g_assert_false (apply (document, patches[i], &error));
      g_assert_true (error != NULL && error->domain == CM_DOCUMENT_ERROR);
    }
}

/* Cut off anywhere, a patch is refused and nothing else happens. */
static void
test_cut_off (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  g_autoptr(CmDocument) document = cm_document_new ("a#1");
  g_autofree char *json = NULL;

  change (random, document);
  change (random, document);
  json = dup_json (document);

  for (gsize size = strlen (json) - 1; size > 0; size--)
    {
      g_autoptr(CmDocument) applied = cm_document_new ("a#1");
      g_autofree char *cut = g_strndup (json, size);
      g_autoptr(GError) error = NULL;

      g_assert_false (apply (applied, cut, &error));
      g_assert_nonnull (error);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/random", test_random);
  g_test_add_func ("/document/from-nothing", test_from_nothing);
  g_test_add_func ("/document/fresh", test_fresh);
  g_test_add_func ("/document/small", test_small);
  g_test_add_func ("/document/keys", test_keys);
  g_test_add_func ("/document/null", test_null);
  g_test_add_func ("/document/bad-patches", test_bad_patches);
  g_test_add_func ("/document/cut-off", test_cut_off);

  return g_test_run ();
}

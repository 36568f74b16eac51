/* test-call-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-call-order.h"
#include "model/cm-call-slots.h"
#include "model/cm-conversation-list.h"
#include "core/cm-wire.h"

#define NOW G_GINT64_CONSTANT (1320829200000)

typedef struct
{
  CmConversationList *list;
  CmCallOrder        *order;
  guint               n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->list = cm_conversation_list_new ();
  fixture->order = cm_call_order_new ();
  fixture->n_changes = 0;
  g_signal_connect_swapped (fixture->order, "items-changed", G_CALLBACK (changed_cb), fixture);
  cm_call_order_set_model (fixture->order, fixture->list);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->order);
  g_assert_finalize_object (fixture->list);
}

static CmDocument *
document_new (const char *id,
              const char *rule,
              CmLevel     level)
{
  CmDocument *document = cm_document_new (id);

  document->phase = CM_PHASE_IN_CALL;
  document->kind = CM_KIND_CALL;
  document->live = TRUE;
  document->started = NOW;
  if (rule != NULL)
    {
      CmAttention *attention = cm_document_add_attention (document);

      attention->rule = g_ref_string_new (rule);
      attention->level = level;
      attention->since = NOW;
    }

  return document;
}

static void
show (Fixture    *fixture,
      CmDocument *document)
{
  cm_conversation_list_update (fixture->list, document);
}

/* Ids without a mark are calm, with ! they need attention. */
static void
show_ids (Fixture    *fixture,
          const char *ids)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean marked = g_str_has_suffix (words[i], "!");
      g_autofree char *id = g_strndup (words[i], strlen (words[i]) - marked);

      show (fixture, document_new (id, marked ? "on-hold" : NULL, CM_LEVEL_NOTICE));
    }

  cm_conversation_list_commit (fixture->list);
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Longer than a tick. */
static void
settle (void)
{
  gboolean over = FALSE;

  g_timeout_add (600, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_ids (Fixture    *fixture,
            const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->order);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (model, i);

      g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                              cm_conversation_get_id (conversation));
    }

  g_assert_cmpstr (found->str, ==, ids);
}

static CmConversation *
lookup (Fixture    *fixture,
        const char *id)
{
  return cm_conversation_list_lookup (fixture->list, id);
}

static guint
get_count (Fixture    *fixture,
           const char *name)
{
  guint n;

  g_object_get (fixture->order, name, &n, NULL);

  return n;
}

static void
test_attention_first (Fixture       *fixture,
                      gconstpointer  data)
{
  show_ids (fixture, "a b c d");
  assert_ids (fixture, "a b c d");
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "a")), ==, "Live");
  g_assert_null (cm_call_order_get_heading (fixture->order, lookup (fixture, "b")));

  show_ids (fixture, "c!");
  /* The count is that of the rows' marks, at once. */
  g_assert_cmpuint (get_count (fixture, "n-attention"), ==, 1);
  /* The heading comes with the place: until then it would stand above another call. */
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "a")), ==, "Live");
  settle ();
  assert_ids (fixture, "c a b d");
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "c")), ==,
                   "Needs attention");
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "a")), ==, "Live");

  show (fixture, document_new ("d", "alone", CM_LEVEL_WARNING));
  cm_conversation_list_commit (fixture->list);
  settle ();
  assert_ids (fixture, "d c a b");
  g_assert_cmpuint (get_count (fixture, "n-attention"), ==, 2);

  show_ids (fixture, "c d");
  settle ();
  assert_ids (fixture, "a b c d");
  g_assert_cmpuint (get_count (fixture, "n-attention"), ==, 0);
}

static void
test_one_change (Fixture       *fixture,
                 gconstpointer  data)
{
  show_ids (fixture, "a b c d e f");
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  /* What does not move anything is not told. */
  show_ids (fixture, "a b c d e f");
  settle ();
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  /* All of it within one tick is one change. */
  show_ids (fixture, "f! e! g h");
  cm_conversation_list_remove (fixture->list, "a");
  cm_conversation_list_commit (fixture->list);
  settle ();
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  assert_ids (fixture, "e f b c d g h");
}

static void
test_held (Fixture       *fixture,
           gconstpointer  data)
{
  show_ids (fixture, "a b c d e f");
  cm_call_order_hold (fixture->order, 0, lookup (fixture, "c"));
  cm_call_order_hold (fixture->order, 1, lookup (fixture, "e"));

  show_ids (fixture, "f! d!");
  settle ();
  assert_ids (fixture, "d f c a e b");
  /* A heading has a height: none comes above what is held. */
  g_assert_null (cm_call_order_get_heading (fixture->order, lookup (fixture, "c")));

  cm_call_order_hold (fixture->order, 0, NULL);
  cm_call_order_hold (fixture->order, 1, NULL);
  show_ids (fixture, "g");
  settle ();
  assert_ids (fixture, "d f a b c e g");
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "a")), ==, "Live");

  /* Nor does one go from there. */
  cm_call_order_hold (fixture->order, 0, lookup (fixture, "e"));
  show_ids (fixture, "d f");
  settle ();
  assert_ids (fixture, "a b c d f e g");
  g_assert_cmpstr (cm_call_order_get_heading (fixture->order, lookup (fixture, "c")), ==, "");
}

/* What is held goes, and then nothing keeps a place for it. */
static void
test_held_and_gone (Fixture       *fixture,
                    gconstpointer  data)
{
  show_ids (fixture, "a b c d");
  cm_call_order_hold (fixture->order, 0, lookup (fixture, "b"));
  cm_call_order_hold (fixture->order, 1, lookup (fixture, "c"));
  settle ();

  cm_conversation_list_remove (fixture->list, "b");
  cm_conversation_list_remove (fixture->list, "c");
  cm_conversation_list_commit (fixture->list);
  settle ();
  assert_ids (fixture, "a d");

  show_ids (fixture, "e!");
  settle ();
  assert_ids (fixture, "e a d");
}

static void
test_ended (Fixture       *fixture,
            gconstpointer  data)
{
  CmDocument *document = document_new ("b", NULL, CM_LEVEL_NOTICE);

  show_ids (fixture, "a b c");
  document->phase = CM_PHASE_ENDED;
  document->ended = NOW;
  show (fixture, document);
  document = cm_document_copy (document);
  g_ref_string_release (document->id);
  document->id = g_ref_string_new ("c");
  show (fixture, document);
  cm_conversation_list_commit (fixture->list);
  cm_call_order_set_kept (fixture->order, lookup (fixture, "c"));

  cm_call_order_set_now (fixture->order, NOW + CM_CALL_ENDED_SHOWN_TIME - 1);
  settle ();
  assert_ids (fixture, "a b c");
  cm_call_order_set_now (fixture->order, NOW + CM_CALL_ENDED_SHOWN_TIME);
  settle ();
  assert_ids (fixture, "a c");
  g_assert_cmpuint (get_count (fixture, "n-total"), ==, 2);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = document_new ("b", "no-presenter", CM_LEVEL_NOTICE);
  g_autofree char *found = NULL;
  CmPerson *person;

  show_ids (fixture, "a c!");
  document->subject = g_ref_string_new ("Budget review");
  document->conference.access.id = g_ref_string_new ("48213");
  person = cm_document_add_person (document, "sip:ivo@contoso.com");
  person->name = g_ref_string_new ("Ivo Marić");
  show (fixture, document);
  cm_conversation_list_commit (fixture->list);
  settle ();

  for (const char * const *text = (const char * const []) { "BUDGET", "48213", "ivo@cont", "marić",
                                                            "MARIĆ ivo", "rev bud", NULL };
       *text != NULL; text++)
    {
      cm_call_order_set_search (fixture->order, *text);
      assert_ids (fixture, "b");
    }

  cm_call_order_set_search (fixture->order, "ivo");
  found = cm_call_order_dup_found (fixture->order, lookup (fixture, "b"));
  g_assert_cmpstr (found, ==, "Ivo Marić");
  g_assert_cmpuint (get_count (fixture, "n-attention"), ==, 1);
  g_assert_cmpuint (get_count (fixture, "n-hidden-attention"), ==, 1);
  g_assert_cmpuint (get_count (fixture, "n-total"), ==, 3);

  cm_call_order_set_search (fixture->order, "nobody");
  assert_ids (fixture, "");
  cm_call_order_set_search (fixture->order, NULL);
  assert_ids (fixture, "c b a");
  g_assert_cmpuint (get_count (fixture, "n-hidden-attention"), ==, 0);
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  CmCallFilter filter = CM_CALL_FILTER_NONE;
  CmDocument *document = document_new ("b", NULL, CM_LEVEL_NOTICE);
  CmLeg *leg = cm_document_add_leg (document, "s#1");

  document->kind = CM_KIND_CONFERENCE;
  document->phase = CM_PHASE_IN_CONFERENCE;
  leg->source = g_ref_string_new ("s");
  show_ids (fixture, "a c!");
  show (fixture, document);
  cm_conversation_list_commit (fixture->list);
  settle ();

  filter.kinds = CM_CALL_KINDS_CONFERENCES;
  cm_call_order_set_filter (fixture->order, &filter);
  assert_ids (fixture, "b");
  filter.kinds = CM_CALL_KINDS_CALLS;
  cm_call_order_set_filter (fixture->order, &filter);
  assert_ids (fixture, "c a");

  filter = (CmCallFilter) { .attention = TRUE, .phase = CM_PHASE_ANY };
  cm_call_order_set_filter (fixture->order, &filter);
  assert_ids (fixture, "c");

  filter = (CmCallFilter) { .phase = CM_PHASE_IN_CONFERENCE };
  cm_call_order_set_filter (fixture->order, &filter);
  assert_ids (fixture, "b");

  filter = (CmCallFilter) { .source = (char *) "s", .phase = CM_PHASE_ANY };
  cm_call_order_set_filter (fixture->order, &filter);
  assert_ids (fixture, "b");
  g_assert_cmpuint (get_count (fixture, "n-hidden-attention"), ==, 1);
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  static const char * const ids[] = { "a", "b", "c" };
  static const gint64 started[] = { 200, 300, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      CmDocument *document = document_new (ids[i], NULL, CM_LEVEL_NOTICE);

      document->started = NOW + started[i];
      if (i == 2)
        cm_document_add_person (document, "sip:a@b");
      show (fixture, document);
    }
  cm_conversation_list_commit (fixture->list);
  settle ();

  cm_call_order_set_sort (fixture->order, CM_CALL_SORT_NEWEST);
  assert_ids (fixture, "b a c");
  cm_call_order_set_sort (fixture->order, CM_CALL_SORT_LONGEST);
  assert_ids (fixture, "c a b");
  cm_call_order_set_sort (fixture->order, CM_CALL_SORT_SIZE);
  assert_ids (fixture, "c a b");
  cm_call_order_set_sort (fixture->order, CM_CALL_SORT_ATTENTION);
  assert_ids (fixture, "a b c");
}

static void
test_renamed (Fixture       *fixture,
              gconstpointer  data)
{
  CmDocument *document = document_new ("conf:b", NULL, CM_LEVEL_NOTICE);
  CmConversation *b;

  show_ids (fixture, "a b c");
  b = lookup (fixture, "b");
  document->replaces = g_ref_string_new ("b");
  show (fixture, document);
  cm_conversation_list_remove (fixture->list, "b");
  cm_conversation_list_commit (fixture->list);
  settle ();

  g_assert_true (lookup (fixture, "conf:b") == b);
  assert_ids (fixture, "a conf:b c");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* What stands where it stood is not put in order anew: nobody is asked what is held, and
 * of many calls nothing is looked for. */
static void
test_still (Fixture       *fixture,
            gconstpointer  data)
{
  guint n = 0;

  show_ids (fixture, "a b c! d");
  settle ();
  g_signal_connect_swapped (fixture->order, "arranging", G_CALLBACK (count_cb), &n);

  for (guint i = 0; i < 3; i++)
    {
      CmDocument *document = document_new ("b", NULL, CM_LEVEL_NOTICE);

      cm_document_add_person (document, "sip:ann@x")->muted = i % 2 == 0 ? CM_YES : CM_NO;
      show (fixture, document);
      cm_conversation_list_commit (fixture->list);
      cm_call_order_set_now (fixture->order, NOW + i * 1000);
      cm_call_order_flush (fixture->order);
    }
  g_assert_cmpuint (n, ==, 0);

  show_ids (fixture, "d!");
  cm_call_order_flush (fixture->order);
  g_assert_cmpuint (n, ==, 1);
}

static void
assert_folded (const char *subject)
{
  g_autoptr (CmDocument) document = cm_document_new ("a");
  g_autofree char *line = g_strconcat (subject, "\n", NULL);
  g_autofree char *expected = cm_search_fold (line);
  g_autofree char *found = NULL;

  document->subject = g_ref_string_new (subject);
  found = cm_search_dup_text (document);
  g_assert_cmpstr (found, ==, expected);
}

/* Each byte at each place, and a letter that is none of ASCII at each. */
static void
test_fold (void)
{
  for (guint size = 0; size < 20; size++)
    {
      for (guint at = 0; at < size; at++)
        {
          g_autoptr (GString) text = g_string_new (NULL);

          for (char byte = 1; byte != 0 && byte != 127; byte++)
            {
              g_string_assign (text, "");
              for (guint i = 0; i < size; i++)
                g_string_append_c (text, i == at ? byte : (char) ('@' + i));
              assert_folded (text->str);
            }

          g_string_erase (text, at, 1);
          g_string_insert (text, at, "\303\204");
          assert_folded (text->str);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/call-order/attention-first", test_attention_first);
  ADD ("/call-order/one-change", test_one_change);
  ADD ("/call-order/held", test_held);
  ADD ("/call-order/held-and-gone", test_held_and_gone);
  ADD ("/call-order/ended", test_ended);
  ADD ("/call-order/search", test_search);
  ADD ("/call-order/filter", test_filter);
  ADD ("/call-order/sort", test_sort);
  ADD ("/call-order/renamed", test_renamed);
  ADD ("/call-order/still", test_still);
#undef ADD

  g_test_add_func ("/call-order/fold", test_fold);

  return g_test_run ();
}

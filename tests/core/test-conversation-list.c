/* test-conversation-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-conversation-list.h"
#include "model/cm-update-queue.h"

typedef struct
{
  CmConversationList *list;
  GString            *changes;
} Fixture;

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  g_string_append_printf (user_data, "%u-%u+%u ", position, removed, added);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->list = cm_conversation_list_new ();
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (changed_cb), fixture->changes);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->list);
  g_string_free (fixture->changes, TRUE);
}

static void
update (Fixture    *fixture,
        const char *ids)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    cm_conversation_list_update (fixture->list, cm_document_new (words[i]));
}

static void
assert_changes (Fixture    *fixture,
                const char *changes,
                const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->list);

  cm_conversation_list_commit (fixture->list);
  g_assert_cmpstr (fixture->changes->str, ==, changes);
  g_string_truncate (fixture->changes, 0);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (model, i);

      g_string_append (found, i > 0 ? " " : "");
      g_string_append (found, cm_conversation_get_id (conversation));
    }

  g_assert_cmpstr (found->str, ==, ids);
}

static void
test_commit (Fixture       *fixture,
             gconstpointer  data)
{
  update (fixture, "a b c");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_nonnull (cm_conversation_list_lookup (fixture->list, "b"));
  assert_changes (fixture, "0-0+3 ", "a b c");

  /* Nothing came or went: nothing is told. */
  update (fixture, "b a");
  assert_changes (fixture, "", "a b c");

  update (fixture, "d e");
  assert_changes (fixture, "3-0+2 ", "a b c d e");
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  update (fixture, "a b c d e");
  assert_changes (fixture, "0-0+5 ", "a b c d e");

  cm_conversation_list_remove (fixture->list, "b");
  cm_conversation_list_remove (fixture->list, "d");
  cm_conversation_list_remove (fixture->list, "unknown");
  g_assert_null (cm_conversation_list_lookup (fixture->list, "b"));
  assert_changes (fixture, "1-3+1 ", "a c e");

  /* Both at once is one change. */
  cm_conversation_list_remove (fixture->list, "c");
  update (fixture, "f");
  assert_changes (fixture, "1-2+2 ", "a e f");

  /* What was never shown is not told. */
  update (fixture, "g");
  cm_conversation_list_remove (fixture->list, "g");
  assert_changes (fixture, "", "a e f");

  cm_conversation_list_remove (fixture->list, "f");
  assert_changes (fixture, "2-1+0 ", "a e");
}

static void
test_wind_back (Fixture       *fixture,
                gconstpointer  data)
{
  CmConversation *b;

  update (fixture, "a b c");
  assert_changes (fixture, "0-0+3 ", "a b c");
  b = cm_conversation_list_lookup (fixture->list, "b");

  cm_conversation_list_remove (fixture->list, "a");
  cm_conversation_list_remove (fixture->list, "b");
  cm_conversation_list_remove (fixture->list, "c");
  g_assert_null (cm_conversation_list_lookup (fixture->list, "b"));
  update (fixture, "b");
  g_assert_true (cm_conversation_list_lookup (fixture->list, "b") == b);
  assert_changes (fixture, "0-3+1 ", "b");
}

static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  CmDocument *document = cm_document_new ("conf:b");
  CmConversation *b;

  update (fixture, "a b c");
  assert_changes (fixture, "0-0+3 ", "a b c");
  b = cm_conversation_list_lookup (fixture->list, "b");

  document->replaces = g_ref_string_new ("b");
  cm_conversation_list_update (fixture->list, document);
  cm_conversation_list_remove (fixture->list, "b");
  g_assert_true (cm_conversation_list_lookup (fixture->list, "conf:b") == b);
  assert_changes (fixture, "", "a conf:b c");
}

static void
update_to (Fixture    *fixture,
           const char *id,
           const char *replaces,
           const char *subject)
{
  CmDocument *document = cm_document_new (id);

  document->replaces = replaces != NULL ? g_ref_string_new (replaces) : NULL;
  document->subject = g_ref_string_new (subject);
  cm_conversation_list_update (fixture->list, document);
}

static void
assert_subject (Fixture    *fixture,
                const char *id,
                const char *subject)
{
  CmConversation *conversation = cm_conversation_list_lookup (fixture->list, id);

  g_assert_nonnull (conversation);
  g_assert_cmpstr (cm_conversation_get_document (conversation)->subject, ==, subject);
}

/* Some are taken together, and each finds what those before it have left. */
static void
test_together (Fixture       *fixture,
               gconstpointer  data)
{
  CmConversation *conversation;

  update (fixture, "a b c");
  assert_changes (fixture, "0-0+3 ", "a b c");
  conversation = cm_conversation_list_lookup (fixture->list, "a");

  /* One again and again, more often than are taken at once. */
  for (guint i = 0; i < 3 * CM_UPDATE_QUEUE_SIZE + 1; i++)
    {
      g_autofree char *subject = g_strdup_printf ("%u", i);

      update_to (fixture, "b", NULL, subject);
    }
  assert_subject (fixture, "b", "96");

  /* Two names, one after the other, and one that takes over the first. */
  update_to (fixture, "k", "a", "first");
  update_to (fixture, "l", "k", "second");
  update_to (fixture, "a", NULL, "another");
  assert_subject (fixture, "l", "second");
  g_assert_true (cm_conversation_list_lookup (fixture->list, "l") == conversation);
  g_assert_null (cm_conversation_list_lookup (fixture->list, "k"));
  assert_changes (fixture, "3-0+1 ", "l b c a");
  assert_subject (fixture, "a", "another");

  /* It comes back within one commit, and what nobody takes is not leaked. */
  cm_conversation_list_remove (fixture->list, "c");
  update_to (fixture, "c", NULL, "again");
  assert_changes (fixture, "", "l b c a");
  assert_subject (fixture, "c", "again");
  update_to (fixture, "d", NULL, "never");
}

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  CmDocument *document = cm_document_new ("a");
  CmLeg *leg = cm_document_add_leg (document, "s#1");
  guint n_left, n_attention, n_items;

  leg->banner = CM_BANNER_LEFT_CALL;
  cm_document_add_attention (document);
  cm_conversation_list_update (fixture->list, document);
  update (fixture, "b");
  cm_conversation_list_commit (fixture->list);
  g_object_get (fixture->list, "n-left", &n_left, "n-attention", &n_attention, "n-items", &n_items,
                NULL);
  g_assert_cmpuint (n_left, ==, 1);
  g_assert_cmpuint (n_attention, ==, 1);
  g_assert_cmpuint (n_items, ==, 2);

  update (fixture, "a");
  cm_conversation_list_remove (fixture->list, "b");
  cm_conversation_list_commit (fixture->list);
  g_object_get (fixture->list, "n-left", &n_left, "n-attention", &n_attention, "n-items", &n_items,
                NULL);
  g_assert_cmpuint (n_left, ==, 0);
  g_assert_cmpuint (n_attention, ==, 0);
  g_assert_cmpuint (n_items, ==, 1);
}

/* Whatever happens, the changes that are told lead to what is there. */
static void
follow_cb (GListModel *model,
           guint       position,
           guint       removed,
           guint       added,
           gpointer    user_data)
{
  GPtrArray *mirror = user_data;

  if (removed > 0)
    g_ptr_array_remove_range (mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, position + i);

      g_ptr_array_insert (mirror, (int) (position + i), item);
    }
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) mirror = g_ptr_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (follow_cb), mirror);

  for (guint round = 0; round < 500; round++)
    {
      for (guint i = 0; i < 6; i++)
        {
          g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (random, 0, 40));

          if (g_rand_boolean (random))
            update (fixture, id);
          else
            cm_conversation_list_remove (fixture->list, id);
        }

      cm_conversation_list_commit (fixture->list);
      g_assert_cmpuint (mirror->len, ==,
                        g_list_model_get_n_items (G_LIST_MODEL (fixture->list)));
      for (guint i = 0; i < mirror->len; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

          g_assert_true (item == g_ptr_array_index (mirror, i));
        }
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/conversation-list/commit", test_commit);
  ADD ("/conversation-list/remove", test_remove);
  ADD ("/conversation-list/wind-back", test_wind_back);
  ADD ("/conversation-list/replace", test_replace);
  ADD ("/conversation-list/together", test_together);
  ADD ("/conversation-list/counts", test_counts);
  ADD ("/conversation-list/random", test_random);

  return g_test_run ();
}

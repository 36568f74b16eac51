/* test-ended-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-conversation.h"
#include "model/cm-ended-list.h"

/* What somebody knows who only listens to the list. */
static void
follow_cb (GListModel *list,
           guint       position,
           guint       removed,
           guint       added,
           GPtrArray  *followed)
{
  if (removed > 0)
    g_ptr_array_remove_range (followed, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (list, position + i);

      g_ptr_array_insert (followed, (int) (position + i), g_strdup (cm_conversation_get_id (conversation)));
    }
}

static char *
dup_followed (GPtrArray *followed)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < followed->len; i++)
    g_string_append_printf (text, "%s ", (char *) g_ptr_array_index (followed, i));

  return g_string_free (text, FALSE);
}

static char *
dup_listed (CmEndedList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(CmConversation) conversation = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s ", cm_conversation_get_id (conversation));
    }

  return g_string_free (text, FALSE);
}

static void
put (CmEndedList *list,
     const char  *id,
     gint64       ended)
{
  g_autoptr(CmDocument) document = cm_document_new (id);

  document->ended = ended;
  cm_ended_list_put (list, document);
}

static void
check (CmEndedList *list,
       GPtrArray   *followed,
       const char  *expected)
{
  g_autofree char *listed = dup_listed (list);
  g_autofree char *heard = dup_followed (followed);

  g_assert_cmpstr (listed, ==, heard);
  if (expected != NULL)
    g_assert_cmpstr (listed, ==, expected);
}

static GPtrArray *
follow (CmEndedList *list)
{
  GPtrArray *followed = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect (list, "items-changed", G_CALLBACK (follow_cb), followed);

  return followed;
}

static void
test_order (void)
{
  g_autoptr(CmEndedList) list = cm_ended_list_new ();
  g_autoptr(GPtrArray) followed = follow (list);

  put (list, "a", 10);
  put (list, "c", 30);
  put (list, "b", 20);
  check (list, followed, "c b a ");
  put (list, "a", 40);
  check (list, followed, "a c b ");
  cm_ended_list_remove (list, "c");
  cm_ended_list_remove (list, "unknown");
  check (list, followed, "a b ");
  cm_ended_list_clear (list);
  check (list, followed, "");
}

static void
test_moment (void)
{
  g_autoptr(CmEndedList) list = cm_ended_list_new ();
  g_autoptr(GPtrArray) followed = follow (list);

  put (list, "a", 10);
  put (list, "b", 20);
  cm_ended_list_set_moment (list, 15);
  check (list, followed, "a ");
  put (list, "c", 30);
  put (list, "d", 5);
  check (list, followed, "a d ");
  cm_ended_list_remove (list, "c");
  cm_ended_list_set_moment (list, 9);
  check (list, followed, "d ");
  cm_ended_list_set_moment (list, G_MAXINT64);
  check (list, followed, "b a d ");
}

static void
test_most (void)
{
  g_autoptr(CmEndedList) list = cm_ended_list_new ();
  g_autoptr(GPtrArray) followed = follow (list);

  cm_ended_list_begin (list);
  for (guint i = 0; i < CM_ENDED_LIST_MAX + 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("a%u", i);

      put (list, id, i);
    }
  cm_ended_list_commit (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, CM_ENDED_LIST_MAX);
  put (list, "last", CM_ENDED_LIST_MAX + 20);
  check (list, followed, NULL);
  g_assert_cmpstr (g_ptr_array_index (followed, 0), ==, "last");
  g_assert_cmpstr (g_ptr_array_index (followed, CM_ENDED_LIST_MAX - 1), ==, "a21");
}

/* Few at a time, many at a time, and one by one come to the same. */
static void
test_random (void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (11);
  g_autoptr(CmEndedList) list = cm_ended_list_new ();
  g_autoptr(CmEndedList) slow = cm_ended_list_new ();
  g_autoptr(GPtrArray) followed = follow (list);

  for (guint round = 0; round < 300; round++)
    {
      gint32 first = g_rand_int_range (random, 0, 60), n = g_rand_int_range (random, 0, 40);
      g_autofree char *expected = NULL;

      cm_ended_list_begin (list);
      for (gint32 i = first; i < first + n; i++)
        {
          g_autofree char *id = g_strdup_printf ("a%d", i);
          gint64 ended = g_rand_int_range (random, 0, 50);

          if (g_rand_boolean (random))
            {
              put (list, id, ended);
              put (slow, id, ended);
            }
          else
            {
              cm_ended_list_remove (list, id);
              cm_ended_list_remove (slow, id);
            }
        }
      cm_ended_list_commit (list);

      cm_ended_list_set_moment (list, round % 7 == 0 ? 25 : G_MAXINT64);
      cm_ended_list_set_moment (slow, round % 7 == 0 ? 25 : G_MAXINT64);
      expected = dup_listed (slow);
      check (list, followed, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ended-list/order", test_order);
  g_test_add_func ("/ended-list/moment", test_moment);
  g_test_add_func ("/ended-list/most", test_most);
  g_test_add_func ("/ended-list/random", test_random);

  return g_test_run ();
}

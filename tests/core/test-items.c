/* test-items.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>

#include "model/cm-items.h"

#define N_KEYS 2000
#define N_EDITS 30000
#define N_COPIES 6

typedef struct
{
  char            *key;
  gatomicrefcount  refs;
  char            *text;
} Thing;

static const CmField fields[] = {
  { "text", CM_FIELD_STRING, G_STRUCT_OFFSET (Thing, text), NULL, NULL },
  { NULL, 0, 0, NULL, NULL }
};

static const Thing fresh = { 0 };
static const CmItemType type = { sizeof (Thing), fields, &fresh };

/* A list, and what is to be in it: by key the number of the edit that set it, or 0. */
typedef struct
{
  CmItems items;
  guint   expected[N_KEYS];
} Copy;

static const char *
get_key (guint number)
{
  static char key[8];

  g_snprintf (key, sizeof key, "%05u", number);

  return key;
}

static void
set (Copy  *copy,
     guint  number,
     guint  edit)
{
  Thing *thing = cm_items_edit (&copy->items, &type, get_key (number));
  g_autofree char *text = g_strdup_printf ("%u", edit);

  g_clear_pointer (&thing->text, g_ref_string_release);
  thing->text = g_ref_string_new (text);
  copy->expected[number] = edit;
}

static void
drop (Copy  *copy,
      guint  number)
{
  cm_items_remove (&copy->items, &type, get_key (number));
  copy->expected[number] = 0;
}

static void
take (Copy *copy,
      Copy *from)
{
  if (copy == from)
    return;

  cm_items_clear (&copy->items, &type);
  *copy = *from;
  cm_items_share (&copy->items);
}

static guint
get_edit (const Thing *thing)
{
  return thing != NULL ? (guint) atoi (thing->text) : 0;
}

static void
assert_whole (const Copy *copy)
{
  guint n = 0;

  for (guint i = 0; i < N_KEYS; i++)
    {
      const char *key = get_key (i);

      g_assert_cmpuint (get_edit (cm_items_find (&copy->items, key)), ==, copy->expected[i]);
      if (copy->expected[i] != 0)
        g_assert_cmpstr (((const CmItem *) cm_items_get (&copy->items, n++))->key, ==, key);
    }

  g_assert_cmpuint (copy->items.len, ==, n);
}

/* What differs is passed once, in its order. */
static void
assert_walk (const Copy *before,
             const Copy *after)
{
  CmItemsWalk walk;
  gconstpointer was, is;
  guint next = 0;

  cm_items_walk_init (&walk, &before->items, &after->items);
  while (cm_items_walk_next (&walk, &was, &is))
    {
      guint number = (guint) atoi (((const CmItem *) (was != NULL ? was : is))->key);

      for (; next < number; next++)
        g_assert_cmpuint (before->expected[next], ==, after->expected[next]);
      g_assert_cmpuint (get_edit (was), ==, before->expected[number]);
      g_assert_cmpuint (get_edit (is), ==, after->expected[number]);
      next = number + 1;
    }
  for (; next < N_KEYS; next++)
    g_assert_cmpuint (before->expected[next], ==, after->expected[next]);
}

/* Copies of copies go their own ways; none sees what another has been through. */
static void
test_random (void)
{
  g_autofree Copy *copies = g_new0 (Copy, N_COPIES);

  for (guint edit = 1; edit <= N_EDITS; edit++)
    {
      Copy *copy = &copies[g_test_rand_int_range (0, N_COPIES)];
      guint number = (guint) g_test_rand_int_range (0, N_KEYS);

      if (g_test_rand_int_range (0, 200) == 0)
        take (&copies[g_test_rand_int_range (0, N_COPIES)], copy);
      else if (g_test_rand_int_range (0, 3) == 0)
        drop (copy, number);
      else
        set (copy, number, edit);

      if (edit % 1000 != 0)
        continue;
      for (guint i = 0; i < N_COPIES; i++)
        {
          assert_whole (&copies[i]);
          assert_walk (&copies[i], &copies[(i + 1) % N_COPIES]);
        }
    }

  for (guint i = 0; i < N_COPIES; i++)
    cm_items_clear (&copies[i].items, &type);
}

/* In order, against it, and down to nothing and up again. */
static void
test_ends (void)
{
  g_autofree Copy *copy = g_new0 (Copy, 1);

  for (guint i = 0; i < N_KEYS / 2; i++)
    {
      set (copy, N_KEYS / 2 + i, i + 1);
      set (copy, N_KEYS / 2 - i - 1, i + 1);
    }
  assert_whole (copy);

  for (guint i = 0; i < N_KEYS; i++)
    drop (copy, i);
  assert_whole (copy);
  g_assert_null (cm_items_find (&copy->items, "any"));
  set (copy, 7, 7);
  assert_whole (copy);

  cm_items_clear (&copy->items, &type);
}

/* After one edit of many items two lists share all but a few. */
static void
test_shared (void)
{
  g_autofree Copy *before = g_new0 (Copy, 1);
  g_autofree Copy *after = g_new0 (Copy, 1);
  CmItemsWalk walk;
  gconstpointer was, is;

  for (guint i = 0; i < N_KEYS; i++)
    set (before, i, 1);
  take (after, before);
  set (after, N_KEYS / 2, 2);

  cm_items_walk_init (&walk, &before->items, &after->items);
  g_assert_true (cm_items_walk_next (&walk, &was, &is));
  g_assert_cmpuint (get_edit (is), ==, 2);
  g_assert_false (cm_items_walk_next (&walk, &was, &is));
  g_assert_true (cm_items_find (&before->items, get_key (0)) == cm_items_find (&after->items, get_key (0)));

  cm_items_clear (&before->items, &type);
  cm_items_clear (&after->items, &type);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/items/random", test_random);
  g_test_add_func ("/items/ends", test_ends);
  g_test_add_func ("/items/shared", test_shared);

  return g_test_run ();
}

/* cm-test-rule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-rule.h"

const CmDocument *
cm_test_rule_get_document (CmTestDesk *desk)
{
  GHashTableIter iter;
  gpointer document;

  g_assert_cmpuint (g_hash_table_size (desk->documents), ==, 1);
  g_hash_table_iter_init (&iter, desk->documents);
  g_hash_table_iter_next (&iter, NULL, &document);

  return document;
}

const CmAttention *
cm_test_rule_find (CmTestDesk *desk,
                   const char *rule)
{
  const CmDocument *document = cm_test_rule_get_document (desk);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (g_str_equal (attention->rule, rule))
        return attention;
    }

  return NULL;
}

void
cm_test_rule_advance (CmTestDesk *desk,
                      gint64      now)
{
  cm_tracker_advance (desk->tracker, now);
  cm_test_desk_flush (desk);
  desk->now = MAX (desk->now, now);
}

void
cm_test_rule_expect (CmTestDesk *desk,
                     const char *rule,
                     CmLevel     level,
                     gint64      since)
{
  const CmAttention *attention = cm_test_rule_find (desk, rule);

  g_assert_nonnull (attention);
  g_assert_cmpint (attention->level, ==, level);
  g_assert_cmpint (attention->since, ==, since);
}

/* Plays the script; returns the time of its last event. */
gint64
cm_test_rule_play (CmTestDesk *desk,
                   const char *script)
{
  cm_test_desk_play (desk, script);

  return desk->now - 1000;
}

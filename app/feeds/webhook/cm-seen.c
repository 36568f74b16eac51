/* cm-seen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-seen.h"

struct _CmSeen
{
  GHashTable *newest;
  GHashTable *before; /* those that were the newest before them */
  guint       size;
};

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * cm_seen_new:
 * @size: how many are remembered at least
 *
 * Returns: (transfer full): a memory without ids
 */
CmSeen *
cm_seen_new (guint size)
{
  CmSeen *self = g_new0 (CmSeen, 1);

  self->newest = new_set ();
  self->before = new_set ();
  self->size = size;

  return self;
}

void
cm_seen_free (CmSeen *self)
{
  g_hash_table_unref (self->newest);
  g_hash_table_unref (self->before);
  g_free (self);
}

/**
 * cm_seen_add:
 * @self: a memory
 * @id: (transfer full): an id
 *
 * Returns: whether it is new
 */
gboolean
cm_seen_add (CmSeen *self,
             char   *id)
{
  gboolean is_old = g_hash_table_contains (self->before, id);

  if (g_hash_table_size (self->newest) >= self->size)
    {
      g_hash_table_unref (self->before);
      self->before = g_steal_pointer (&self->newest);
      self->newest = new_set ();
    }

  return g_hash_table_add (self->newest, id) && !is_old;
}

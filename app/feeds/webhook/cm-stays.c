/* cm-stays.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-stays.h"

#include "core/cm-time.h"

/* Of people who are there, and of such as have left. */
#define MAX_STAYS 20000

struct _CmStays
{
  GHashTable *stays;   /* key → CmStay */
  GHashTable *persons; /* address → GQueue of his stays that go on, which own the links */
  gint64      known;   /* ms UTC: nothing new that is older is believed */
};

static void
stay_free (gpointer data)
{
  CmStay *self = data;

  g_free (self->key);
  g_free (self->address);
  g_free (self);
}

/* Returns: (transfer full): no stays */
CmStays *
cm_stays_new (void)
{
  CmStays *self = g_new0 (CmStays, 1);

  self->stays = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, stay_free);
  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
cm_stays_free (CmStays *self)
{
  g_hash_table_unref (self->persons);
  g_hash_table_unref (self->stays);
  g_free (self);
}

/* Forgets all of them. */
void
cm_stays_clear (CmStays *self)
{
  g_hash_table_remove_all (self->persons);
  g_hash_table_remove_all (self->stays);
}

/* Returns: (nullable) (transfer none): the stay, over or not */
CmStay *
cm_stays_find (CmStays    *self,
               const char *key)
{
  return g_hash_table_lookup (self->stays, key);
}

/* Returns: (nullable) (transfer none): the stay, where it goes on */
CmStay *
cm_stays_find_present (CmStays    *self,
                       const char *key)
{
  CmStay *stay = cm_stays_find (self, key);

  return stay != NULL && stay->left == CM_TIME_NONE ? stay : NULL;
}

/* Returns: (nullable) (transfer none): the first stay of a person that goes on */
CmStay *
cm_stays_find_person (CmStays    *self,
                      const char *address)
{
  GQueue *queue = g_hash_table_lookup (self->persons, address);

  return queue != NULL ? g_queue_peek_head (queue) : NULL;
}

/* Returns: (transfer container) (element-type CmStay): all of them */
GList *
cm_stays_list (CmStays *self)
{
  return g_hash_table_get_values (self->stays);
}

static gboolean
forget (gpointer key,
        gpointer value,
        gpointer user_data)
{
  const CmStay *stay = value;

  if (stay->left == CM_TIME_NONE)
    return FALSE;

  cm_stays_know (user_data, stay->left);

  return TRUE;
}

/**
 * cm_stays_add:
 * @self: the stays in a meeting
 * @key: of a stay that is not among them
 * @at: when it was heard of, ms UTC
 *
 * Where there are too many those that are over go, and nothing new that is older is
 * believed from then on.
 *
 * Returns: (nullable) (transfer none): a stay that is over; %NULL where it cannot be
 *   believed, or there are too many that go on
 */
CmStay *
cm_stays_add (CmStays    *self,
              const char *key,
              gint64      at)
{
  CmStay *stay;

  if (g_hash_table_size (self->stays) >= MAX_STAYS)
    g_hash_table_foreach_remove (self->stays, forget, self);
  if (g_hash_table_size (self->stays) >= MAX_STAYS || at < self->known)
    return NULL;

  stay = g_new0 (CmStay, 1);
  stay->key = g_strdup (key);
  stay->left = at;
  g_hash_table_insert (self->stays, stay->key, stay);

  return stay;
}

/**
 * cm_stays_adopt:
 * @self: the stays in a meeting
 * @stay: one of them
 * @key: what it is called from now on; no other is called so
 */
void
cm_stays_adopt (CmStays    *self,
                CmStay     *stay,
                const char *key)
{
  char *old_key = g_steal_pointer (&stay->key);

  g_hash_table_steal (self->stays, old_key);
  stay->key = g_strdup (key);
  g_hash_table_insert (self->stays, stay->key, stay);
  g_free (old_key);
}

/**
 * cm_stays_enter:
 * @self: the stays in a meeting
 * @stay: one that is over
 * @address: whose it is; it goes on from now on
 */
void
cm_stays_enter (CmStays    *self,
                CmStay     *stay,
                const char *address)
{
  GQueue *queue = g_hash_table_lookup (self->persons, address);

  if (queue == NULL)
    {
      queue = g_new0 (GQueue, 1);
      g_hash_table_insert (self->persons, g_strdup (address), queue);
    }

  g_free (stay->address);
  stay->address = g_strdup (address);
  stay->left = CM_TIME_NONE;
  stay->link = (GList) { .data = stay };
  g_queue_push_tail_link (queue, &stay->link);
}

/**
 * cm_stays_leave:
 * @self: the stays in a meeting
 * @stay: one that goes on
 * @at: when it was over, ms UTC
 *
 * Returns: whether it was the last of that person
 */
gboolean
cm_stays_leave (CmStays *self,
                CmStay  *stay,
                gint64   at)
{
  GQueue *queue = g_hash_table_lookup (self->persons, stay->address);

  stay->left = at;
  g_queue_unlink (queue, &stay->link);
  if (!g_queue_is_empty (queue))
    return FALSE;

  g_hash_table_remove (self->persons, stay->address);

  return TRUE;
}

/**
 * cm_stays_know:
 * @self: the stays in a meeting
 * @at: when all of them were known, ms UTC
 *
 * Nothing new that is older is believed from now on.
 */
void
cm_stays_know (CmStays *self,
               gint64   at)
{
  self->known = MAX (self->known, at);
}

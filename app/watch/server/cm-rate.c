/* cm-rate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-rate.h"

/* So many are told apart. */
#define MAX_KEYS 100000

/* No rest counts for more, µs. */
#define MAX_REST (60 * G_USEC_PER_SEC)

#define ONE G_GINT64_CONSTANT (1000000)

typedef struct
{
  gint64 at;    /* monotonic µs */
  gint64 left;  /* millionths */
} Bucket;

struct _CmRate
{
  GHashTable *buckets;
  gint64      per_second;
  gint64      burst;
};

static void
refill (CmRate *self,
        Bucket *bucket,
        gint64  now)
{
  gint64 rested = MIN (now - bucket->at, MAX_REST);

  bucket->left = MIN (bucket->left + rested * self->per_second, self->burst * ONE);
  bucket->at = now;
}

/* Who has rested long enough is as one who was never there. */
static gboolean
is_full (gpointer key,
         gpointer value,
         gpointer user_data)
{
  CmRate *self = user_data;
  const Bucket *bucket = value;

  return bucket->left >= self->burst * ONE;
}

static void
forget_rested (CmRate *self,
               gint64  now)
{
  GHashTableIter iter;
  gpointer bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    refill (self, bucket, now);

  g_hash_table_foreach_remove (self->buckets, is_full, self);
}

static Bucket *
get_bucket (CmRate     *self,
            const char *key,
            gint64      now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket != NULL)
    return bucket;

  if (g_hash_table_size (self->buckets) >= MAX_KEYS)
    forget_rested (self, now);
  if (g_hash_table_size (self->buckets) >= MAX_KEYS)
    return NULL;

  bucket = g_new (Bucket, 1);
  *bucket = (Bucket) { now, self->burst * ONE };
  g_hash_table_insert (self->buckets, g_strdup (key), bucket);

  return bucket;
}

/**
 * cm_rate_new:
 * @per_second: how often each may; 0 for as often as he likes
 * @burst: how many times at once after a rest
 *
 * Returns: (transfer full): a limit that nobody has reached
 */
CmRate *
cm_rate_new (guint per_second,
             guint burst)
{
  CmRate *self = g_new0 (CmRate, 1);

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  cm_rate_set (self, per_second, burst);

  return self;
}

void
cm_rate_free (CmRate *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

/* From now on another limit holds. */
void
cm_rate_set (CmRate *self,
             guint   per_second,
             guint   burst)
{
  self->per_second = per_second;
  self->burst = MAX (burst, 1);
}

/**
 * cm_rate_take:
 * @self: a limit
 * @key: who it is
 * @now: monotonic µs
 *
 * Returns: whether he may; then it counts
 */
gboolean
cm_rate_take (CmRate     *self,
              const char *key,
              gint64      now)
{
  Bucket *bucket;

  if (self->per_second == 0)
    return TRUE;

  bucket = get_bucket (self, key, now);
  if (bucket == NULL)
    return FALSE;

  refill (self, bucket, now);
  if (bucket->left < ONE)
    return FALSE;

  bucket->left -= ONE;

  return TRUE;
}

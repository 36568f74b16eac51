/* cm-flapping.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-flapping.h"

/* So many goings within the thresholds' spans. */
#define NOTICE_COUNT 3
#define WARNING_COUNT 5

/* How many goings count for what. */
enum
{
  NOTICE,
  WARNING,
  N_COUNTS,
};

static const guint counts[N_COUNTS] = { NOTICE_COUNT, WARNING_COUNT };

/**
 * Goings:
 * @times: the last goings of one person, the latest first
 * @places: (nullable): in the orders, where there were so many
 */
typedef struct
{
  gint64         times[WARNING_COUNT];
  gint64         left;
  GSequenceIter *places[N_COUNTS];
} Goings;

/**
 * CmFlapping:
 * @persons: (element-type utf8 Goings): by address
 * @orders: who has gone so often, by the first of the goings that count
 */
struct _CmFlapping
{
  GHashTable *persons;
  GSequence  *orders[N_COUNTS];
};

/**
 * cm_flapping_new:
 *
 * Returns: (transfer full): the memory of nobody's goings
 */
CmFlapping *
cm_flapping_new (void)
{
  CmFlapping *self = g_new0 (CmFlapping, 1);

  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < N_COUNTS; i++)
    self->orders[i] = g_sequence_new (NULL);

  return self;
}

/**
 * cm_flapping_free:
 * @self: (transfer full): the memory of goings
 */
void
cm_flapping_free (CmFlapping *self)
{
  for (guint i = 0; i < N_COUNTS; i++)
    g_sequence_free (self->orders[i]);
  g_hash_table_unref (self->persons);
  g_free (self);
}

static Goings *
add_goings (CmFlapping *self,
            const char *address)
{
  Goings *goings = g_new0 (Goings, 1);

  for (guint i = 0; i < WARNING_COUNT; i++)
    goings->times[i] = CM_TIME_NONE;
  goings->left = CM_TIME_NONE;
  g_hash_table_insert (self->persons, g_strdup (address), goings);

  return goings;
}

static int
compare_goings (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  guint count = GPOINTER_TO_UINT (user_data);
  gint64 first = ((const Goings *) a)->times[count - 1];
  gint64 second = ((const Goings *) b)->times[count - 1];

  return first < second ? -1 : first > second;
}

static void
place (CmFlapping *self,
       Goings     *goings)
{
  for (guint i = 0; i < N_COUNTS; i++)
    {
      gpointer count = GUINT_TO_POINTER (counts[i]);

      if (goings->times[counts[i] - 1] == CM_TIME_NONE)
        continue;

      if (goings->places[i] == NULL)
        goings->places[i] = g_sequence_insert_sorted (self->orders[i], goings, compare_goings, count);
      else
        g_sequence_sort_changed (goings->places[i], compare_goings, count);
    }
}

static void
note_going (CmFlapping *self,
            Goings     *goings,
            gint64      left)
{
  memmove (goings->times + 1, goings->times, (WARNING_COUNT - 1) * sizeof (gint64));
  goings->times[0] = left;
  place (self, goings);
}

/**
 * cm_flapping_look:
 * @self: the memory of goings
 * @person: somebody, as he is in the roster now
 *
 * Notes whether he has left since the last look.
 */
void
cm_flapping_look (CmFlapping     *self,
                  const CmPerson *person)
{
  Goings *goings = g_hash_table_lookup (self->persons, person->address);

  if (goings == NULL && person->left != CM_TIME_NONE)
    goings = add_goings (self, person->address);
  if (goings == NULL || goings->left == person->left)
    return;

  if (person->left != CM_TIME_NONE)
    note_going (self, goings, person->left);
  goings->left = person->left;
}

/* Of several persons whose last goings lie within @span, that of the first to begin
 * counts. */
static gboolean
find_first (CmFlapping *self,
            guint       i,
            gint64      span,
            gint64      now,
            gint64     *since)
{
  Goings limit = { 0 };
  GSequenceIter *found;

  if (span == CM_RULE_OFF || g_sequence_is_empty (self->orders[i]))
    return FALSE;

  /* The place found is behind all that are not later. */
  limit.times[counts[i] - 1] = now - span - 1;
  found = g_sequence_search (self->orders[i], &limit, compare_goings, GUINT_TO_POINTER (counts[i]));
  if (g_sequence_iter_is_end (found))
    return FALSE;

  *since = ((const Goings *) g_sequence_get (found))->times[counts[i] - 1];

  return TRUE;
}

/**
 * cm_flapping_get:
 * @self: the memory of goings
 * @thresholds: in which spans three and five goings count, ms
 * @now: ms UTC
 * @level: (out): how bad it is
 * @since: (out): the first of the goings that count, ms UTC
 * @until: (out): when the first of them no longer counts, ms UTC
 *
 * Returns: whether anybody flaps
 */
gboolean
cm_flapping_get (CmFlapping             *self,
                 const CmRuleThresholds *thresholds,
                 gint64                  now,
                 CmLevel                *level,
                 gint64                 *since,
                 gint64                 *until)
{
  if (find_first (self, WARNING, thresholds->warning, now, since))
    {
      *level = CM_LEVEL_WARNING;
      *until = *since + thresholds->warning + 1;
      return TRUE;
    }

  if (find_first (self, NOTICE, thresholds->notice, now, since))
    {
      *level = CM_LEVEL_NOTICE;
      *until = *since + thresholds->notice + 1;
      return TRUE;
    }

  return FALSE;
}

/**
 * cm_flapping_write:
 * @self: the memory of goings
 * @pack: where to
 */
void
cm_flapping_write (CmFlapping   *self,
                   CmPackWriter *pack)
{
  GHashTableIter iter;
  gpointer address, value;

  cm_pack_writer_number (pack, g_hash_table_size (self->persons));
  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, &address, &value))
    {
      const Goings *goings = value;

      cm_pack_writer_text (pack, address);
      cm_pack_writer_time (pack, goings->left);
      for (guint i = 0; i < WARNING_COUNT; i++)
        cm_pack_writer_time (pack, goings->times[i]);
    }
}

/**
 * cm_flapping_read:
 * @pack: where from
 *
 * Returns: (transfer full): the memory of goings
 */
CmFlapping *
cm_flapping_read (CmPackReader *pack)
{
  CmFlapping *self = cm_flapping_new ();
  guint n_persons = cm_pack_reader_count (pack);

  for (guint i = 0; i < n_persons && cm_pack_reader_is_good (pack); i++)
    {
      g_autofree char *address = cm_text_dup (cm_pack_reader_text (pack));
      Goings *goings;

      if (address == NULL || g_hash_table_contains (self->persons, address))
        {
          cm_pack_reader_fail (pack);
          break;
        }

      goings = add_goings (self, address);
      goings->left = cm_pack_reader_time (pack);
      for (guint j = 0; j < WARNING_COUNT; j++)
        goings->times[j] = cm_pack_reader_time (pack);
      place (self, goings);
    }

  return self;
}

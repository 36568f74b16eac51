/* cm-flapping.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "tracker/cm-flapping.h"

/* So many goings within the thresholds' spans. */
#define NOTICE_COUNT 3
#define WARNING_COUNT 5

/* The last goings of one person, the latest first. */
typedef struct
{
  gint64 times[WARNING_COUNT];
  gint64 left;
} Goings;

struct _CmFlapping
{
  GHashTable *persons; /* address → Goings */
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

  return self;
}

/**
 * cm_flapping_free:
 * @self: (transfer full): the memory of goings
 */
void
cm_flapping_free (CmFlapping *self)
{
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

static void
note_going (Goings *goings,
            gint64  left)
{
  memmove (goings->times + 1, goings->times, (WARNING_COUNT - 1) * sizeof (gint64));
  goings->times[0] = left;
}

/**
 * cm_flapping_look:
 * @self: the memory of goings
 * @document: the conversation as it is now
 *
 * Notes who has left since the last look.
 */
void
cm_flapping_look (CmFlapping       *self,
                  const CmDocument *document)
{
  for (guint i = 0; i < document->persons->len; i++)
    {
      const CmPerson *person = g_ptr_array_index (document->persons, i);
      Goings *goings = g_hash_table_lookup (self->persons, person->address);

      if (goings == NULL && person->left != CM_TIME_NONE)
        goings = add_goings (self, person->address);
      if (goings == NULL || goings->left == person->left)
        continue;

      if (person->left != CM_TIME_NONE)
        note_going (goings, person->left);
      goings->left = person->left;
    }
}

/* Of several persons whose last @count goings lie within @span, that of the first to
 * begin counts. */
static gboolean
find_first (CmFlapping *self,
            guint       count,
            gint64      span,
            gint64      now,
            gint64     *since)
{
  GHashTableIter iter;
  gpointer value;

  *since = CM_TIME_NONE;
  if (span == CM_RULE_OFF)
    return FALSE;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      gint64 first = ((const Goings *) value)->times[count - 1];

      if (first != CM_TIME_NONE && now - first <= span && (*since == CM_TIME_NONE || first < *since))
        *since = first;
    }

  return *since != CM_TIME_NONE;
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
  if (find_first (self, WARNING_COUNT, thresholds->warning, now, since))
    {
      *level = CM_LEVEL_WARNING;
      *until = *since + thresholds->warning + 1;
      return TRUE;
    }

  if (find_first (self, NOTICE_COUNT, thresholds->notice, now, since))
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
      Goings *goings = add_goings (self, address != NULL ? address : "");

      goings->left = cm_pack_reader_time (pack);
      for (guint j = 0; j < WARNING_COUNT; j++)
        goings->times[j] = cm_pack_reader_time (pack);
    }

  return self;
}

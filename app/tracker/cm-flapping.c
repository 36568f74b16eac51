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

/* Whether the last @count goings lie within @span; until when they will. */
static gboolean
is_within (const Goings *goings,
           guint         count,
           gint64        span,
           gint64        now,
           gint64       *until)
{
  gint64 first = goings->times[count - 1];

  if (span == CM_RULE_OFF || first == CM_TIME_NONE || now - first > span)
    return FALSE;

  *until = first + span + 1;

  return TRUE;
}

/**
 * cm_flapping_get:
 * @self: the memory of goings
 * @thresholds: in which spans three and five goings count, ms
 * @now: ms UTC
 * @level: (out): how bad it is
 * @since: (out): the first of the goings that count, ms UTC
 * @until: (out): when it is over if nobody goes again, ms UTC
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
  GHashTableIter iter;
  gpointer value;
  gboolean flaps = FALSE;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Goings *goings = value;

      if (is_within (goings, WARNING_COUNT, thresholds->warning, now, until))
        {
          *level = CM_LEVEL_WARNING;
          *since = goings->times[WARNING_COUNT - 1];
          return TRUE;
        }

      if (is_within (goings, NOTICE_COUNT, thresholds->notice, now, until))
        {
          *level = CM_LEVEL_NOTICE;
          *since = goings->times[NOTICE_COUNT - 1];
          flaps = TRUE;
        }
    }

  return flaps;
}

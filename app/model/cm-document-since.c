/* cm-document-since.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-words.h"

#include <glib/gi18n-lib.h>

#include "model/cm-words.h"

/* A station that has left a call which goes on. */
static const CmLeg *
find_left_leg (const CmDocument *self)
{
  for (guint i = 0; i < self->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (self, i);

      if (leg->phase == CM_PHASE_LEFT && leg->banner != CM_BANNER_NONE && leg->timing.left != CM_TIME_NONE)
        return leg;
    }

  return NULL;
}

/* Who has come and gone since then was never missed. */
static void
count (const CmPerson *person,
       gint64          since,
       guint          *joined,
       guint          *gone)
{
  gboolean came = person->joined != CM_TIME_NONE && person->joined > since;

  if (person->is_self)
    return;

  *joined += came && person->left == CM_TIME_NONE;
  *gone += !came && person->left != CM_TIME_NONE && person->left > since;
}

/* Where several stations report, none of them is "you". */
static char *
dup_words (const CmDocument *self,
           const CmLeg      *leg,
           guint             joined,
           guint             gone)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = cm_document_dup_leg_name (self, leg);
  gboolean own = self->legs.len == 1;

  if (joined > 0 && own)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u joined since you left",
                                                       "%u joined since you left", joined), joined));
  else if (joined > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u joined since %s left",
                                                       "%u joined since %s left", joined), joined, name));
  if (gone > 0 && own)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u left since you left",
                                                       "%u left since you left", gone), gone));
  else if (gone > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u left since %s left",
                                                       "%u left since %s left", gone), gone, name));

  return parts->len > 0 ? cm_words_dup_join (parts, " · ") : NULL;
}

/**
 * cm_document_dup_since_left:
 * @self: a document
 *
 * Returns: (nullable) (transfer full): "2 joined since you left", where a station
 *   has left a call that goes on
 */
char *
cm_document_dup_since_left (const CmDocument *self)
{
  const CmLeg *leg = find_left_leg (self);
  guint joined = 0, gone = 0;

  if (leg == NULL)
    return NULL;

  for (guint i = 0; i < self->persons.len; i++)
    count (cm_document_get_person (self, i), leg->timing.left, &joined, &gone);

  return dup_words (self, leg, joined, gone);
}

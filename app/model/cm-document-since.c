/* cm-document-since.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-document-words.h"

#include <glib/gi18n-lib.h>

#include "model/cm-words.h"

static const CmLeg *
find_left_leg (const CmDocument *self)
{
  for (guint i = 0; i < self->legs->len; i++)
    {
      const CmLeg *leg = g_ptr_array_index (self->legs, i);

      if (leg->phase == CM_PHASE_LEFT && leg->timing.left != CM_TIME_NONE)
        return leg;
    }

  return NULL;
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
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint joined = 0, gone = 0;

  for (guint i = 0; leg != NULL && i < self->persons->len; i++)
    {
      const CmPerson *person = g_ptr_array_index (self->persons, i);

      joined += !person->is_self && person->left == CM_TIME_NONE && person->joined != CM_TIME_NONE &&
                person->joined > leg->timing.left;
      gone += !person->is_self && person->left != CM_TIME_NONE && person->left > leg->timing.left;
    }

  if (joined > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u joined since you left",
                                                       "%u joined since you left", joined), joined));
  if (gone > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u left since you left",
                                                       "%u left since you left", gone), gone));

  return parts->len > 0 ? cm_words_dup_join (parts, " · ") : NULL;
}

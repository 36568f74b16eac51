/* cm-as-of.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-as-of.h"

#include "model/cm-document-attention.h"

/**
 * cm_as_of_get:
 * @conversation: (nullable): what is shown
 * @clock: (nullable): an object with "now", and "lost" where the tracker may be
 *
 * Returns: while nobody answers who could say it, when what is shown was so, ms UTC;
 *   %CM_TIME_NONE where it is so
 */
gint64
cm_as_of_get (CmConversation *conversation,
              GObject        *clock)
{
  gint64 as_of = CM_TIME_NONE;
  gboolean lost = FALSE;

  if (conversation != NULL)
    as_of = cm_document_get_as_of (cm_conversation_get_document (conversation));
  if (as_of == CM_TIME_NONE && clock != NULL &&
      g_object_class_find_property (G_OBJECT_GET_CLASS (clock), "lost"))
    g_object_get (clock, "lost", &lost, NULL);
  if (lost)
    g_object_get (clock, "now", &as_of, NULL);

  return as_of;
}

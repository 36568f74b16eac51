/* cm-call-slots.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No position. */
#define CM_CALL_SLOT_NONE G_MAXUINT

/**
 * CmCallSlot:
 * @item: (nullable): what keeps its place
 * @position: which it is
 */
typedef struct
{
  gpointer item;
  guint    position;
} CmCallSlot;

void     cm_call_slots_fill         (GPtrArray        *flow,
                                     const CmCallSlot *held,
                                     guint             n_held);
guint    cm_call_slots_find_heading (guint             n_items,
                                     guint             n_attention,
                                     guint             before,
                                     const CmCallSlot *held,
                                     guint             n_held);
gboolean cm_call_slots_compare      (GPtrArray        *before,
                                     GPtrArray        *after,
                                     guint            *first,
                                     guint            *n_removed,
                                     guint            *n_added);

G_END_DECLS

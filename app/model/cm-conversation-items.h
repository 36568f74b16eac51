/* cm-conversation-items.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"

G_BEGIN_DECLS

/* Arrays of conversations in the order of their numbers. */
void  cm_conversations_sort     (GPtrArray *items);
guint cm_conversations_take_out (GPtrArray *items,
                                 GPtrArray *removed,
                                 guint     *first);

G_END_DECLS

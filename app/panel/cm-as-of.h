/* cm-as-of.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"

G_BEGIN_DECLS

gint64 cm_as_of_get (CmConversation *conversation,
                     GObject        *clock);

G_END_DECLS

/* cm-join-link.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

const char *cm_join_link_get         (CmWatch        *watch,
                                      CmConversation *conversation);
char       *cm_join_link_dup_why_not (CmWatch        *watch,
                                      CmConversation *conversation,
                                      const char     *leg);

G_END_DECLS

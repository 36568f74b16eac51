/* cm-session-texts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

/* What the window says of a watch as a whole. */
char       *cm_session_texts_dup_title       (guint    n_items,
                                               guint    n_total);
char       *cm_session_texts_dup_subtitle    (guint    n_attention);
char       *cm_session_texts_dup_hidden      (guint    n_hidden);
char       *cm_session_texts_dup_skew        (gint64   skew);
char       *cm_session_texts_dup_status      (CmWatch *watch);
const char *cm_session_texts_get_status_icon (CmWatch *watch);

G_END_DECLS

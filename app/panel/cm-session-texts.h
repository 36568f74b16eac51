/* cm-session-texts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

/* What the window says of a watch as a whole. */
gboolean    cm_session_texts_is_whole        (CmWatch *watch,
                                               guint    n_silent);
char       *cm_session_texts_dup_title       (guint    n_items,
                                               guint    n_total,
                                               gboolean whole);
char       *cm_session_texts_dup_subtitle    (guint    n_attention);
char       *cm_session_texts_dup_hidden      (guint    n_hidden);
char       *cm_session_texts_dup_empty_title (CmWatch *watch,
                                               guint    n_silent);
char       *cm_session_texts_dup_empty_text  (CmWatch *watch,
                                               guint    n_silent);
char       *cm_session_texts_dup_skew        (gint64   skew);
char       *cm_session_texts_dup_status      (CmWatch *watch,
                                               guint    n_silent);
const char *cm_session_texts_get_status_icon (CmWatch *watch,
                                               guint    n_silent);

G_END_DECLS

/* cm-text-hash.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

G_BEGIN_DECLS

/* For tables that are asked by a stretch of a line, without copying it: keys
 * are CmText, those in the table with their bytes in the same block. */
guint    cm_text_hash         (gconstpointer key);
gboolean cm_text_hash_equal   (gconstpointer a,
                               gconstpointer b);
CmText  *cm_text_hash_key_new (CmText        text);

/* For tables of strings, with g_str_equal(): of a long one it takes an eighth of the steps
 * of g_str_hash(). */
guint    cm_string_hash       (gconstpointer string);

G_END_DECLS

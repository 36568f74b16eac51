/* cm-merge-patch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *cm_merge_patch_apply (JsonNode *target,
                                JsonNode *patch);

G_END_DECLS

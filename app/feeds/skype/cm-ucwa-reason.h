/* cm-ucwa-reason.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

guint32 cm_ucwa_get_status (JsonObject *event);

G_END_DECLS

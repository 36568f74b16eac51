/* cm-conference-access.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *cm_conference_access_dup (const char *id,
                                const char *join_url,
                                const char *number);

G_END_DECLS

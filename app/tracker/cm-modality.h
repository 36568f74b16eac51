/* cm-modality.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean cm_modality_state_is_active  (int state);
gboolean cm_modality_state_is_in      (int state);
gboolean cm_modality_state_may_follow (int state,
                                       int before);

G_END_DECLS

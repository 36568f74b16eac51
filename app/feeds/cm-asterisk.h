/* cm-asterisk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_ASTERISK (cm_asterisk_get_type ())

G_DECLARE_FINAL_TYPE (CmAsterisk, cm_asterisk, CM, ASTERISK, CmDecoder)

G_END_DECLS

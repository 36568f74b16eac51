/* cm-freeswitch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_FREESWITCH (cm_freeswitch_get_type ())

G_DECLARE_FINAL_TYPE (CmFreeswitch, cm_freeswitch, CM, FREESWITCH, CmDecoder)

G_END_DECLS

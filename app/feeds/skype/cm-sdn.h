/* cm-sdn.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_SDN (cm_sdn_get_type ())

/**
 * CmSdn:
 *
 * The Skype for Business SDN Interface, versions 1.0 to 2.2 (its schemas 1.0, A,
 * C and D): a record is one LyncDiagnostics document, as one POST carries it.
 * A stream may have any number of them, in a wrapper or not.
 */
G_DECLARE_FINAL_TYPE (CmSdn, cm_sdn, CM, SDN, CmDecoder)

G_END_DECLS

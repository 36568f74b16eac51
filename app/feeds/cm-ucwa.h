/* cm-ucwa.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_UCWA (cm_ucwa_get_type ())

/**
 * CmUcwa:
 *
 * Skype for Business' UCWA 2.0: a record is what one request was answered with:
 * the event channel's {"_links", "sender"}, or a resource with its "rel". It may
 * stand in {"at": when, "status": of HTTP, "body": the answer}, which gives it a
 * time; UCWA itself hardly ever tells one.
 */
G_DECLARE_FINAL_TYPE (CmUcwa, cm_ucwa, CM, UCWA, CmDecoder)

GPtrArray  *cm_ucwa_dup_wanted (CmUcwa *self);
const char *cm_ucwa_get_next   (CmUcwa *self);

G_END_DECLS

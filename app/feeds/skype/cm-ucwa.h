/* cm-ucwa.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

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

GPtrArray  *cm_ucwa_dup_wanted        (CmUcwa     *self);
void        cm_ucwa_stop_asking       (CmUcwa     *self,
                                       const char *href);
void        cm_ucwa_set_next          (CmUcwa     *self,
                                       const char *href);
const char *cm_ucwa_get_next          (CmUcwa     *self);
const char *cm_ucwa_get_conversations (CmUcwa     *self);
const char *cm_ucwa_get_communication (CmUcwa     *self);
const char *cm_ucwa_get_href          (CmUcwa     *self,
                                       const char *conversation);
const char *cm_ucwa_get_uri           (CmUcwa     *self,
                                       const char *conversation);
const char *cm_ucwa_find_conference   (CmUcwa     *self,
                                       const char *uri);
char       *cm_ucwa_dup_person        (CmUcwa     *self,
                                       const char *conversation,
                                       const char *address);

G_END_DECLS

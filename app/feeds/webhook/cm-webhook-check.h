/* cm-webhook-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

CmHookOutcome cm_webhook_check_zoom          (const CmHookRequest *request,
                                              const char          *secret,
                                              gint64               now);
CmHookOutcome cm_webhook_check_livekit       (const CmHookRequest *request,
                                              const char          *key,
                                              const char          *secret,
                                              gint64               now);
CmHookOutcome cm_webhook_check_bigbluebutton (const CmHookRequest *request,
                                              const char          *callback,
                                              const char          *secret);
CmHookOutcome cm_webhook_check_key           (const CmHookRequest *request,
                                              const char          *secret);
char         *cm_webhook_check_dup_digest    (const CmHookRequest *request);

G_END_DECLS

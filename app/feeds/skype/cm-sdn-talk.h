/* cm-sdn-talk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-room.h"
#include "feeds/skype/cm-sdn-message.h"

G_BEGIN_DECLS

/**
 * CmSdnTalk:
 *
 * A conference, or a call of two parties, with the legs that the server sees of
 * it: each is one CallId.
 */
typedef struct _CmSdnTalk CmSdnTalk;

CmSdnTalk *cm_sdn_talk_new     (CmDecoder          *decoder,
                                const char         *id,
                                gboolean            conference);
void       cm_sdn_talk_free    (CmSdnTalk          *self);
void       cm_sdn_talk_recall  (CmSdnTalk          *self,
                                const char * const *persons);
gboolean   cm_sdn_talk_take    (CmSdnTalk          *self,
                                const char         *call,
                                gint64              at,
                                const CmSdnSignal  *signal);
gboolean   cm_sdn_talk_is_over (CmSdnTalk          *self);

G_END_DECLS

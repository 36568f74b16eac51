/* cm-freeswitch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"

G_BEGIN_DECLS

#define CM_TYPE_FREESWITCH (cm_freeswitch_get_type ())

G_DECLARE_FINAL_TYPE (CmFreeswitch, cm_freeswitch, CM, FREESWITCH, CmDecoder)

/**
 * CmFreeswitchReplyFunc:
 * @type: the Content-Type of a message that is no event
 * @reply: its Reply-Text, or no text
 * @body: what it has below its headers
 *
 * Called when the message was taken.
 */
typedef void (*CmFreeswitchReplyFunc) (CmText   type,
                                       CmText   reply,
                                       CmText   body,
                                       gpointer user_data);

CmExchange *cm_freeswitch_get_exchange   (CmFreeswitch          *self);
void        cm_freeswitch_set_reply_func (CmFreeswitch          *self,
                                          CmFreeswitchReplyFunc  func,
                                          gpointer               user_data);

G_END_DECLS

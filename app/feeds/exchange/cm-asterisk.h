/* cm-asterisk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"

G_BEGIN_DECLS

#define CM_TYPE_ASTERISK (cm_asterisk_get_type ())

G_DECLARE_FINAL_TYPE (CmAsterisk, cm_asterisk, CM, ASTERISK, CmDecoder)

/**
 * CmAsteriskMessageFunc:
 * @fields: (nullable): name → value of a message; %NULL for the greeting
 *
 * Called when the message was taken.
 */
typedef void (*CmAsteriskMessageFunc) (GHashTable *fields,
                                       gpointer    user_data);

CmExchange *cm_asterisk_get_exchange     (CmAsterisk            *self);
void        cm_asterisk_set_message_func (CmAsterisk            *self,
                                          CmAsteriskMessageFunc  func,
                                          gpointer               user_data);

G_END_DECLS

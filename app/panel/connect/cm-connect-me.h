/* cm-connect-me.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/remote/cm-remote-address.h"

G_BEGIN_DECLS

/**
 * CmConnectMe:
 * @token: what the tracker calls the token
 * @role: what it is for
 * @at: the tracker's time, ms UTC
 * @skew: how far that is ahead of this computer's, ms
 *
 * Who a tracker takes us for.
 */
typedef struct
{
  char   *token;
  char   *role;
  gint64  at;
  gint64  skew;
} CmConnectMe;

void         cm_connect_me_ask_async  (const CmRemoteAddress  *address,
                                       const char             *token,
                                       GTlsDatabase           *authority,
                                       GCancellable           *cancellable,
                                       GAsyncReadyCallback     callback,
                                       gpointer                user_data);
CmConnectMe *cm_connect_me_ask_finish (GAsyncResult           *result,
                                       GError                **error);
void         cm_connect_me_free       (CmConnectMe            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmConnectMe, cm_connect_me_free)

G_END_DECLS

/* cm-connect-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmConnectPlace:
 * @CM_CONNECT_NOWHERE: there is no token
 * @CM_CONNECT_KEYRING: in the keyring of the desktop
 * @CM_CONNECT_FILE: in a file that only the user can read
 *
 * Where a token is kept.
 */
typedef enum
{
  CM_CONNECT_NOWHERE,
  CM_CONNECT_KEYRING,
  CM_CONNECT_FILE,
} CmConnectPlace;

/* Keeps the tokens of trackers, by address: in the keyring where there is one, else in
 * a file of mode 0600 in the user's folder of configuration. They are nowhere else: not
 * in the settings, not in an address, not in a log. */
void   cm_connect_secret_lookup_async  (const char           *address,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
char  *cm_connect_secret_lookup_finish (GAsyncResult         *result,
                                        CmConnectPlace       *place,
                                        GError              **error);
void   cm_connect_secret_store_async   (const char           *address,
                                        const char           *token,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean cm_connect_secret_store_finish
                                       (GAsyncResult         *result,
                                        gboolean             *is_refused,
                                         GError              **error);

G_END_DECLS

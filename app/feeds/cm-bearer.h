/* cm-bearer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/**
 * CmBearer:
 *
 * The token by which a feed is known to a system (RFC 6750): read from a file or the
 * environment, asked of a program, or of the login of the system itself, in the name
 * of an application (RFC 6749, section 4.4).
 */
typedef struct _CmBearer CmBearer;

/* What a feed with a bearer can be told. */
#define CM_BEARER_OPTIONS                                                                           \
  { "token", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL, N_("Token"), NULL },             \
  { "token-command", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_bearer_check_program,         \
    N_("Program that prints a token"), NULL }

/* And where the system has applications. */
#define CM_BEARER_APPLICATION_OPTIONS                                                               \
  { "tenant", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_bearer_check_id, NULL, NULL },       \
  { "client-id", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_bearer_check_id, NULL, NULL },    \
  { "client-secret", CM_FEED_OPTION_SECRET, FALSE, NULL, 0, 0, NULL, NULL, NULL, NULL },            \
  { "login-address", CM_FEED_OPTION_TEXT, FALSE, "https://login.microsoftonline.com", 0, 0, NULL,   \
    cm_bearer_check_address, NULL, NULL }

CmBearer   *cm_bearer_new           (CmFeedConfig         *config);
CmBearer   *cm_bearer_ref           (CmBearer             *self);
void        cm_bearer_unref         (CmBearer             *self);
const char *cm_bearer_get           (CmBearer             *self);
void        cm_bearer_drop          (CmBearer             *self);
void        cm_bearer_renew_async   (CmBearer             *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean    cm_bearer_renew_finish  (GAsyncResult         *result,
                                     GError              **error);
gboolean    cm_bearer_check_address (const char           *value,
                                     GError              **error);
gboolean    cm_bearer_check_id      (const char           *value,
                                     GError              **error);
gboolean    cm_bearer_check_program (const char           *value,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmBearer, cm_bearer_unref)

G_END_DECLS

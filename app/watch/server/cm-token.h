/* cm-token.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/server/cm-access.h"

G_BEGIN_DECLS

#define CM_TOKEN_ERROR (cm_token_error_quark ())

typedef enum
{
  CM_TOKEN_ERROR_FORMAT,
  CM_TOKEN_ERROR_UNKNOWN,
  CM_TOKEN_ERROR_NAME,
} CmTokenError;

typedef struct
{
  char          *id;
  CmAccessRole   role;
  char          *salt;
  char          *hash;
  char          *created;
  char         **sources; /* (nullable) */
} CmToken;

typedef struct _CmTokens CmTokens;

GQuark         cm_token_error_quark (void);
CmTokens      *cm_tokens_new        (void);
void           cm_tokens_free       (CmTokens            *self);
gboolean       cm_tokens_load       (CmTokens            *self,
                                     const char          *path,
                                     GError             **error);
gboolean       cm_tokens_save       (CmTokens            *self,
                                     const char          *path,
                                     GError             **error);
GPtrArray     *cm_tokens_get_all    (CmTokens            *self);
char          *cm_tokens_add        (CmTokens            *self,
                                     const char          *id,
                                     CmAccessRole         role,
                                     const char * const  *sources,
                                     GError             **error);
gboolean       cm_tokens_revoke     (CmTokens            *self,
                                     const char          *id,
                                     GError             **error);
CmAccessGrant *cm_tokens_check      (CmTokens            *self,
                                     const char          *secret);
gboolean       cm_tokens_still_has  (CmTokens            *self,
                                     const CmAccessGrant *grant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmTokens, cm_tokens_free)

G_END_DECLS

/* cm-access.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"

G_BEGIN_DECLS

/**
 * CmAccessRole:
 * @CM_ACCESS_WATCHER: sees how many, not who
 * @CM_ACCESS_SUPPORTER: sees the person that was asked for, and nobody else
 * @CM_ACCESS_ENGINEER: sees all
 * @CM_ACCESS_AGENT: may only send events
 */
typedef enum
{
  CM_ACCESS_WATCHER,
  CM_ACCESS_SUPPORTER,
  CM_ACCESS_ENGINEER,
  CM_ACCESS_AGENT,
  CM_ACCESS_N_ROLES,
} CmAccessRole;

/**
 * CmAccessGrant:
 * @token: the id of the token, or "local"
 * @sources: (nullable): patterns of the sources that it is for
 * @is_local: it came over the socket of this user
 */
typedef struct
{
  char          *token;
  CmAccessRole   role;
  char         **sources;
  gboolean       is_local;
} CmAccessGrant;

const char    *cm_access_role_get_name  (CmAccessRole         role);
gboolean       cm_access_role_parse     (const char          *name,
                                         CmAccessRole        *role);
CmAccessGrant *cm_access_grant_new      (const char          *token,
                                         CmAccessRole         role,
                                         const char * const  *sources);
CmAccessGrant *cm_access_grant_copy     (const CmAccessGrant *self);
void           cm_access_grant_free     (CmAccessGrant       *self);
gboolean       cm_access_may_watch      (const CmAccessGrant *self);
gboolean       cm_access_may_send       (const CmAccessGrant *self);
CmActions      cm_access_get_actions    (CmAccessRole         role);
gboolean       cm_access_is_same        (const CmAccessGrant *self,
                                         const CmAccessGrant *other);
gboolean       cm_access_has_source     (const CmAccessGrant *self,
                                         const char          *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmAccessGrant, cm_access_grant_free)

G_END_DECLS

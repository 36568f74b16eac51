/* cm-access.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-access.h"

static const char * const role_names[] = { "watcher", "supporter", "engineer", "agent" };

/**
 * cm_access_role_get_name:
 * @role: a role
 *
 * Returns: its name, as in the file of tokens
 */
const char *
cm_access_role_get_name (CmAccessRole role)
{
  g_return_val_if_fail (role < CM_ACCESS_N_ROLES, NULL);

  return role_names[role];
}

/**
 * cm_access_role_parse:
 * @name: a name
 * @role: (out): its role
 *
 * Returns: whether there is such a role
 */
gboolean
cm_access_role_parse (const char   *name,
                      CmAccessRole *role)
{
  for (guint i = 0; i < CM_ACCESS_N_ROLES; i++)
    {
      if (g_str_equal (role_names[i], name))
        {
          *role = (CmAccessRole) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * cm_access_grant_new:
 * @token: whose right it is
 * @role: what it allows
 * @sources: (nullable): the sources that it is limited to
 *
 * Returns: (transfer full): a right
 */
CmAccessGrant *
cm_access_grant_new (const char         *token,
                     CmAccessRole        role,
                     const char * const *sources)
{
  CmAccessGrant *self = g_new0 (CmAccessGrant, 1);

  self->token = g_strdup (token);
  self->role = role;
  self->sources = g_strdupv ((char **) sources);

  return self;
}

/**
 * cm_access_grant_copy:
 * @self: a right
 *
 * Returns: (transfer full): the same right
 */
CmAccessGrant *
cm_access_grant_copy (const CmAccessGrant *self)
{
  CmAccessGrant *copy = cm_access_grant_new (self->token, self->role, (const char * const *) self->sources);

  copy->is_local = self->is_local;

  return copy;
}

/**
 * cm_access_grant_free:
 * @self: (transfer full): a right
 */
void
cm_access_grant_free (CmAccessGrant *self)
{
  g_free (self->token);
  g_strfreev (self->sources);
  g_free (self);
}

/**
 * cm_access_may_watch:
 * @self: a right
 *
 * Returns: whether conversations may be seen with it
 */
gboolean
cm_access_may_watch (const CmAccessGrant *self)
{
  return self->role != CM_ACCESS_AGENT;
}

/**
 * cm_access_may_send:
 * @self: a right
 *
 * Returns: whether events may be sent with it
 */
gboolean
cm_access_may_send (const CmAccessGrant *self)
{
  return self->is_local || self->role == CM_ACCESS_AGENT;
}

/**
 * cm_access_get_actions:
 * @role: a role
 *
 * Who sees only one person may bring a station back into its call, and may not
 * act on others.
 *
 * Returns: what may be asked of sources with it
 */
CmActions
cm_access_get_actions (CmAccessRole role)
{
  switch (role)
    {
    case CM_ACCESS_ENGINEER:
      return (1u << CM_N_ACTIONS) - 1;
    case CM_ACCESS_SUPPORTER:
      return 1u << CM_ACTION_REJOIN;
    case CM_ACCESS_WATCHER:
    case CM_ACCESS_AGENT:
    case CM_ACCESS_N_ROLES:
    default:
      return 0;
    }
}

/**
 * cm_access_is_same:
 * @self: a right
 * @other: another
 *
 * Returns: whether both allow the same
 */
gboolean
cm_access_is_same (const CmAccessGrant *self,
                   const CmAccessGrant *other)
{
  const char * const *first = (const char * const *) self->sources;
  const char * const *second = (const char * const *) other->sources;

  if (self->role != other->role || (first == NULL) != (second == NULL))
    return FALSE;

  return first == NULL || g_strv_equal (first, second);
}

/**
 * cm_access_has_source:
 * @self: a right
 * @source: a source's id
 *
 * Returns: whether it is for that source: to report for it, to see it and to ask it
 */
gboolean
cm_access_has_source (const CmAccessGrant *self,
                      const char          *source)
{
  if (self->sources == NULL)
    return TRUE;

  for (guint i = 0; self->sources[i] != NULL; i++)
    {
      if (g_pattern_match_simple (self->sources[i], source))
        return TRUE;
    }

  return FALSE;
}

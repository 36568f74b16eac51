/* cm-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/server/cm-server-config.h"

G_BEGIN_DECLS

typedef struct _CmServer CmServer;

/**
 * CmServerRecovery:
 * @events: that were kept
 * @checkpoint: how many of them need not be read
 * @faults: lines that are none
 * @torn: bytes that were not written whole
 * @checkpoint_fault: (nullable) (transfer full): why all of them had to be
 *
 * What was kept of the time before, for the log.
 */
typedef struct
{
  guint64  events;
  guint64  checkpoint;
  guint64  faults;
  guint64  torn;
  char    *checkpoint_fault;
} CmServerRecovery;

CmServer *cm_server_new        (const CmServerConfig  *config,
                                CmServerRecovery      *recovery,
                                GError               **error);
void      cm_server_free       (CmServer              *self);
gboolean  cm_server_reload     (CmServer              *self,
                                const CmServerConfig  *config,
                                GError               **error);
gboolean  cm_server_check_files (const CmServerConfig *config,
                                 CmServerConfigFaultFunc func,
                                 gpointer              user_data);
void      cm_server_apply_feeds (CmServer             *self,
                                 const CmServerConfig *config);
char     *cm_server_dup_places (CmServer              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmServer, cm_server_free)

G_END_DECLS

/* cm-remote-documents.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/cm-document.h"
#include "watch/remote/cm-remote-sources.h"

G_BEGIN_DECLS

/**
 * CmRemoteMessage:
 * @type: "snapshot", "live", "update", "alive" or what a later version has
 * @epoch: (nullable): what revisions count from
 * @rev: what the tracker knows up to
 * @count: how many sources report
 * @at: the tracker's time, ms UTC, or %CM_TIME_NONE
 * @is_first: whether a snapshot begins
 * @is_unsaved: the tracker cannot put on disk what comes
 * @command: (nullable): the id of the command that is told of
 * @state: (nullable): what has become of it
 * @reason: (nullable): why
 *
 * What stands in a message beside its conversations.
 */
typedef struct
{
  char     *type;
  char     *epoch;
  gint64    rev;
  gint64    count;
  gint64    at;
  gboolean  is_first;
  gboolean  is_unsaved;
  char     *command;
  char     *state;
  char     *reason;
} CmRemoteMessage;

/**
 * CmRemoteChangeFunc:
 * @id: a conversation
 * @before: (nullable): what it was when it was told last; %NULL where it was not there
 * @after: (nullable): what it is, changed no more; %NULL where it is no more
 * @user_data: what cm_remote_documents_tell() was given
 */
typedef void (*CmRemoteChangeFunc) (const char       *id,
                                    const CmDocument *before,
                                    const CmDocument *after,
                                    gpointer          user_data);

/* What a tracker elsewhere has told: its documents, from the messages of the watch
 * protocol. */
typedef struct _CmRemoteDocuments CmRemoteDocuments;

CmRemoteDocuments *cm_remote_documents_new   (void);
void               cm_remote_documents_free  (CmRemoteDocuments  *self);
gboolean           cm_remote_documents_read  (CmRemoteDocuments  *self,
                                              const char         *text,
                                              gsize               size,
                                              CmRemoteMessage    *message);
const char        *cm_remote_documents_get_epoch
                                             (CmRemoteDocuments  *self);
CmRemoteSources   *cm_remote_documents_get_sources
                                             (CmRemoteDocuments  *self);
const CmDocument  *cm_remote_documents_find  (CmRemoteDocuments  *self,
                                              const char         *conversation,
                                              const char         *leg);
gboolean           cm_remote_documents_tell  (CmRemoteDocuments  *self,
                                              guint               most,
                                              CmRemoteChangeFunc  func,
                                              gpointer            user_data);
GPtrArray         *cm_remote_documents_dup   (CmRemoteDocuments  *self);

void               cm_remote_message_clear   (CmRemoteMessage    *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteDocuments, cm_remote_documents_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmRemoteMessage, cm_remote_message_clear)

G_END_DECLS

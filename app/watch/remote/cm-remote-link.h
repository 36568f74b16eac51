/* cm-remote-link.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "watch/cm-watch.h"

G_BEGIN_DECLS

/**
 * CmRemoteOptions:
 * @address: (nullable): the path of a unix socket, "unix:PATH", a URL or
 *   "HOST:PORT"; %NULL for the tracker of this user
 * @token: (nullable): who we are
 * @authority: (nullable): a PEM file with the only certificates that are trusted
 * @is_feed: to report there, not to watch; a connection is live when it is open
 */
typedef struct
{
  const char *address;
  const char *token;
  const char *authority;
  gboolean    is_feed;
} CmRemoteOptions;

/* Returns: %FALSE where the text is not what a tracker says; see
 * cm_remote_link_refuse(). */
typedef gboolean (*CmRemoteTextFunc)   (GBytes        *text,
                                        gpointer       user_data);
typedef void     (*CmRemoteStatusFunc) (CmWatchStatus  status,
                                        gpointer       user_data);

typedef struct _CmRemoteLink CmRemoteLink;

CmRemoteLink *cm_remote_link_new        (const CmRemoteOptions  *options,
                                         CmRemoteTextFunc        text_func,
                                         CmRemoteStatusFunc      status_func,
                                         gpointer                user_data,
                                         GError                **error);
void          cm_remote_link_free       (CmRemoteLink           *self);
void          cm_remote_link_set_resume (CmRemoteLink           *self,
                                         const char             *epoch,
                                         guint64                 rev);
void          cm_remote_link_set_live   (CmRemoteLink           *self);
void          cm_remote_link_reconnect  (CmRemoteLink           *self);
void          cm_remote_link_give_up    (CmRemoteLink           *self,
                                         const char             *reason);
void          cm_remote_link_refuse     (CmRemoteLink           *self);
gboolean      cm_remote_link_send       (CmRemoteLink           *self,
                                         const char             *text);
const char   *cm_remote_link_get_error  (CmRemoteLink           *self);

/* For other requests to the same tracker. */
SoupSession  *cm_remote_link_get_session (CmRemoteLink          *self);
SoupMessage  *cm_remote_link_new_message (CmRemoteLink          *self,
                                          const char            *method,
                                          const char            *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteLink, cm_remote_link_free)

G_END_DECLS

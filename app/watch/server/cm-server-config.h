/* cm-server-config.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/**
 * CmServerConfig:
 * @socket: the path of the unix socket
 * @listen: (nullable): "ADDRESS:PORT" for TCP
 * @certificate: (nullable): for TLS, PEM; the key is in @key or in the same file
 * @client_authority: (nullable): callers must show a certificate of one of these
 * @tokens: the file of tokens
 * @audit: (nullable): the file of the audit log; without it it goes to the log
 * @journal: (nullable): the folder of the journal; without it nothing is kept
 * @feeds: (element-type CmFeedConfig): what is followed besides
 * @lines: (element-type utf8 guint): where in the file the value of a key stands
 * @sockets: (nullable) (element-type GSocket): what somebody else listens on for us,
 *   in place of @socket or @listen; it does not stand in the file
 * @frame: ms; @stuck: ms; @ring: bytes; @commit: ms; @file_size: bytes
 * @checkpoint: bytes, 0 for none
 * @keep: ms, 0 for ever; @keep_size: bytes, 0 for no bound; @history: ms
 *
 * @requests: of a token, a second; @hooks: of a feed, a second; @source_events: of
 *   a source, a second; each 0 for no limit
 *
 * What "serve" is told by its file and by nothing else.
 */
typedef struct
{
  char       *socket;
  char       *listen;
  char       *certificate;
  char       *key;
  char       *client_authority;
  char       *tokens;
  char       *audit;
  char       *journal;
  char      **internal_domains;
  GPtrArray  *feeds;
  GHashTable *lines;
  GPtrArray  *sockets;
  guint64     frame;
  guint64     stuck;
  guint64     ring;
  guint64     commit;
  guint64     file_size;
  guint64     checkpoint;
  guint64     keep;
  guint64     keep_size;
  guint64     history;
  guint64     max_ended;
  guint64     max_connections;
  guint64     requests;
  guint64     hooks;
  guint64     source_events;
} CmServerConfig;

/* Called with each fault; the line is counted from 1, 0 where the whole is meant. */
typedef CmFeedConfigFaultFunc CmServerConfigFaultFunc;

CmServerConfig *cm_server_config_new   (void);
void            cm_server_config_free  (CmServerConfig           *self);
gboolean        cm_server_config_read  (CmServerConfig           *self,
                                        const char               *text,
                                        CmServerConfigFaultFunc   func,
                                        gpointer                  user_data);
gboolean        cm_server_config_check_secrets
                                       (const CmServerConfig     *self,
                                        CmServerConfigFaultFunc   func,
                                        gpointer                  user_data);
guint           cm_server_config_get_line
                                       (const CmServerConfig     *self,
                                        const char               *key);
GSocketAddress *cm_server_config_dup_address
                                       (const CmServerConfig     *self,
                                        GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmServerConfig, cm_server_config_free)

G_END_DECLS

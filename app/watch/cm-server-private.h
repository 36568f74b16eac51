/* cm-server-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "journal/cm-journal.h"
#include "watch/cm-hub-private.h"
#include "watch/cm-server.h"
#include "watch/cm-token.h"

G_BEGIN_DECLS

/* What one request may bring. */
#define CM_SERVER_MAX_BODY (8 * 1024 * 1024)

typedef struct
{
  guint64 requests;
  guint64 unauthorized;
  guint64 accepted;
  guint64 refused;
  guint64 duplicates;
  guint64 future;     /* times that were ahead of the clock here */
} CmServerCounters;

struct _CmServer
{
  CmTracker        *tracker;
  CmHub            *hub;
  CmJournal        *journal;   /* (nullable) */
  CmTokens         *tokens;
  char             *tokens_path;
  GFileMonitor     *tokens_monitor;
  SoupServer       *soup;
  GSocketService   *service;
  GTlsCertificate  *certificate;
  char             *certificate_path;
  char             *key_path;
  char             *socket_path;
  GString          *places;
  CmJsonReader     *json;
  CmTimeCache       cache;
  CmServerCounters  counters;
  guint64           max_connections;
  guint            *n_connections; /* outlives it: the last may go later */
  guint             advance_id;
};

/**
 * CmServerCall:
 * @grant: (nullable): what the caller may do; %NULL for one without a right
 * @body: (nullable): what has come of the body
 * @is_too_large: more came than is taken
 *
 * What is known of a request, from its head on.
 */
typedef struct
{
  CmServer      *server;
  CmAccessGrant *grant;
  GByteArray    *body;
  gboolean       is_too_large;
} CmServerCall;

/* cm-server-answer.c */
void cm_server_answer               (SoupServerMessage *message,
                                     guint              status,
                                     const char        *type,
                                     const char        *text);
void cm_server_refuse               (SoupServerMessage *message,
                                     guint              status,
                                     const char        *reason);
void cm_server_answer_metrics       (CmServer          *self,
                                     SoupServerMessage *message);
void cm_server_answer_ready         (CmServer          *self,
                                     SoupServerMessage *message);
void cm_server_answer_me            (SoupServerMessage   *message,
                                     const CmAccessGrant *grant);
void cm_server_answer_conversations (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmHubView         *view);

/* cm-server-intake.c */
void cm_server_take_kept            (const CmEvent     *event,
                                     guint64            line,
                                     gpointer           user_data);
void cm_server_take_events          (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call);

/* cm-server-listen.c */
gboolean cm_server_listen           (CmServer             *self,
                                     const CmServerConfig *config,
                                     GError              **error);
gboolean cm_server_load_certificate (CmServer             *self,
                                     GError              **error);
gboolean cm_server_is_local         (SoupServerMessage    *message);
GSocket *cm_server_get_socket       (SoupServerMessage    *message);

G_END_DECLS

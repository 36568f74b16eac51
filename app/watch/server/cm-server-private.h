/* cm-server-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "feeds/cm-feed-list.h"
#include "journal/cm-journal.h"
#include "watch/server/cm-audit.h"
#include "watch/server/cm-hub-private.h"
#include "watch/server/cm-rate.h"
#include "watch/server/cm-server-kept.h"
#include "watch/server/cm-server.h"
#include "watch/server/cm-token.h"

G_BEGIN_DECLS

#define CM_SERVER_CALL "cm-call"

/* RFC 6585, section 4; the library does not know it. */
#define CM_SERVER_TOO_MANY 429

/* What one request may bring. */
#define CM_SERVER_MAX_BODY (8 * 1024 * 1024)

typedef struct _CmServerCommands CmServerCommands;

typedef struct
{
  guint64 requests;
  guint64 unauthorized;
  guint64 accepted;
  guint64 refused;
  guint64 duplicates;
  guint64 future;     /* times that were ahead of the clock here */
  guint64 commands;
  guint64 feed_faults;
  guint64 limited;
  guint64 hooks_accepted;
  guint64 hooks_refused;
  guint64 hooks_limited;
} CmServerCounters;

/**
 * CmServerHook:
 * @outcomes: how many posts there were of each
 * @events: what they have told
 * @taken_at: when one of them was last taken, ms UTC; 0 before
 *
 * What a feed was posted.
 */
typedef struct
{
  guint64 outcomes[CM_HOOK_N_OUTCOMES];
  guint64 events;
  gint64  taken_at;
} CmServerHook;

/**
 * CmServer:
 * @agents: (element-type CmAgent): those that are connected
 * @agent_sources: (element-type utf8 CmAgentSource): what agents report for, or
 *   have reported for
 * @feeds: those that run in the tracker itself
 * @history: how long the tracker keeps what has ended
 * @kept_funcs: what the journal's lines come to
 * @n_delayed: how many wait for an answer that is no
 * @hooks: (element-type utf8 CmServerHook): by the names of feeds
 * @hook: (nullable): that of the feed that takes a post just now
 * @hooks_on_way: how many bytes of posts are kept, until they are whole
 * @silent: see cm-server-keep.c
 * @kept: (element-type CmKept): connections on which nothing is asked right now
 * @greetings: (element-type CmGreeting): those of whom it is not known yet what they
 *   talk
 * @is_stopping: nothing more is taken in
 */
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
  GSocket          *silent;
  GPtrArray        *kept;
  GPtrArray        *greetings;
  GTlsCertificate  *certificate;
  GTlsDatabase     *client_authority; /* (nullable) */
  char             *socket_path;
  CmAudit          *audit;
  CmServerCommands *commands;
  GPtrArray        *agents;
  GHashTable       *agent_sources;
  CmFeedList       *feeds;
  gint64            fault_told; /* monotonic µs */
  CmServerHistory   history;
  CmJournalStateFuncs kept_funcs;
  GString          *places;
  CmJsonReader     *json;
  CmTimeCache       cache;
  CmServerCounters  counters;
  CmRate           *request_rate;  /* by token */
  CmRate           *hook_rate;     /* by name */
  CmRate           *source_rate;   /* by source */
  CmRate           *failure_rate;  /* by address */
  guint             n_delayed;
  GHashTable       *hooks;
  CmServerHook     *hook;
  gsize             hooks_on_way;
  guint64           max_connections;
  guint            *n_connections; /* outlives it: the last may go later */
  guint             advance_id;
  gboolean          is_stopping;
};

/**
 * CmServerCall:
 * @grant: (nullable): what the caller may do; %NULL for one without a right
 * @feed: (nullable): the feed that it is posted to
 * @body: what has come of the body
 * @on_way: how much of that counts against what all posts may bring
 * @is_too_large: more came than is taken
 * @is_limited: all posts together have brought more than is taken
 *
 * What is known of a request, from its head on.
 */
typedef struct
{
  CmServer      *server;
  CmAccessGrant *grant;
  CmFeed        *feed;
  GByteArray    *body;
  gsize          max_body;
  gsize          on_way;
  gboolean       is_too_large;
  gboolean       is_limited;
} CmServerCall;

/**
 * CmServerIntake:
 * @grant: who sends the lines
 * @faults: what was wrong with the first of the bad ones, as JSON objects
 * @line: the last line's number
 * @event_func: (nullable): called with each good line before it is tracked
 * @may_stop: at a line for which it is too early, and so are those behind it
 * @has_stopped: that has come to pass
 */
typedef struct
{
  CmServer            *server;
  const CmAccessGrant *grant;
  GString             *faults;
  guint64              line;
  guint64              accepted;
  guint64              refused;
  guint64              duplicates;
  CmEventFunc          event_func;
  gpointer             user_data;
  gboolean             may_stop;
  gboolean             has_stopped;
} CmServerIntake;

/* cm-server.c */
gboolean
     cm_server_load_tokens          (CmTokens          *tokens,
                                     const char        *path,
                                     GError           **error);

/* cm-server-answer.c */
void cm_server_answer               (SoupServerMessage *message,
                                     guint              status,
                                     const char        *type,
                                     const char        *text);
void cm_server_refuse               (SoupServerMessage *message,
                                     guint              status,
                                     const char        *reason);
void cm_server_answer_ready         (CmServer          *self,
                                     SoupServerMessage *message);
void cm_server_answer_me            (SoupServerMessage   *message,
                                     const CmAccessGrant *grant);
void cm_server_answer_conversations (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmHubView         *view);

/* cm-server-intake.c */
void cm_server_take_own             (CmServer          *self,
                                     const CmEvent     *event);
void cm_server_take_lines           (CmServerIntake    *self,
                                     const char        *bytes,
                                     gsize              size);
void cm_server_answer_when_kept     (CmServer          *self,
                                     SoupServerMessage *message,
                                     guint              status,
                                     const char        *type,
                                     const char        *text);
void cm_server_take_events          (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call);

/* cm-server-call.c */
void cm_server_begin_call           (CmServer          *self,
                                     SoupServerMessage *message,
                                     const char        *path);
void cm_server_refuse_unauthorized  (CmServer          *self,
                                     SoupServerMessage *message);
gboolean
     cm_server_is_in_time           (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call);

/* cm-server-metrics.c */
void cm_server_answer_metrics       (CmServer          *self,
                                     SoupServerMessage *message);

/* cm-server-hooks.c */
gboolean
     cm_server_is_hook              (const char        *path);
void cm_server_begin_hook           (CmServer          *self,
                                     CmServerCall      *call,
                                     const char        *path);
gboolean
     cm_server_may_keep             (CmServerCall      *call,
                                     gsize              size);
void cm_server_take_hook            (CmServer          *self,
                                     SoupServerMessage *message,
                                     GHashTable        *query,
                                     CmServerCall      *call);

/* cm-server-upgrade.c */
void cm_server_begin_watch          (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call,
                                     GHashTable        *query);
void cm_server_begin_feed           (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call);
char *cm_server_dup_person          (const CmAccessGrant *grant,
                                     GHashTable        *query);
CmViewFilter *
     cm_server_take_filter          (SoupServerMessage *message,
                                     const CmAccessGrant *grant,
                                     GHashTable        *query);

/* cm-server-agents.c */
void cm_server_agents_init          (CmServer          *self);
void cm_server_agents_clear         (CmServer          *self);
void cm_server_agents_start         (CmServer          *self);
void cm_server_agents_add           (CmServer          *self,
                                     CmAgent           *agent);
void cm_server_agents_remove        (CmServer          *self,
                                     CmAgent           *agent);
void cm_server_agents_claim         (CmServer          *self,
                                     CmAgent           *agent,
                                     const char        *source,
                                     const CmEvent     *event);
void cm_server_agents_set_actions   (CmServer          *self,
                                     CmAgent           *agent);
void cm_server_agents_note_heard    (CmServer          *self,
                                     CmAgent           *agent);
void cm_server_agents_look          (CmServer          *self);
void cm_server_agents_keep          (CmServer          *self);
CmAgent *
     cm_server_agents_find          (CmServer          *self,
                                     const char        *source,
                                     gboolean          *is_known);

/* cm-server-commands.c */
CmServerCommands *
     cm_server_commands_new         (CmServer          *server);
void cm_server_commands_free        (CmServerCommands  *self);
void cm_server_commands_send        (CmServer          *server,
                                     const CmAccessGrant *grant,
                                     const CmCommand   *command,
                                     SoupServerMessage *message);
void cm_server_commands_refuse      (CmServer          *server,
                                     CmAgent           *agent,
                                     const char        *id,
                                     const char        *reason);

/* cm-server-command-request.c */
void cm_server_take_command         (CmServer          *self,
                                     SoupServerMessage *message,
                                     CmServerCall      *call,
                                     GHashTable        *query);
/* cm-server-feeds.c */
void cm_server_feeds_init           (CmServer             *self);

/* cm-server-keep.c */
gboolean cm_server_keep_start       (CmServer             *self,
                                     GError              **error);
void     cm_server_keep_clear       (CmServer             *self);
void     cm_server_keep_begin       (CmServer             *self,
                                     GIOStream            *stream,
                                     GSocketAddress       *address);
void     cm_server_keep_limit       (SoupServerMessage    *message);

/* cm-server-tls.c */
void     cm_server_tls_init         (CmServer             *self);
void     cm_server_tls_clear        (CmServer             *self);
void     cm_server_tls_begin        (CmServer             *self,
                                     GSocketConnection    *connection,
                                     GSocketAddress       *address);

/* cm-server-listen.c */
gboolean cm_server_listen           (CmServer             *self,
                                     const CmServerConfig *config,
                                     GError              **error);
gboolean cm_server_load_certificate (CmServer             *self,
                                     const CmServerConfig *config,
                                     GError              **error);
gboolean cm_server_is_local         (SoupServerMessage    *message);
const char *
         cm_server_get_peer         (SoupServerMessage    *message);
GSocket *cm_server_get_socket       (SoupServerMessage    *message);

G_END_DECLS

/* cm-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "core/cm-event.h"
#include "feeds/decode/cm-decoder.h"
#include "feeds/cm-feed-config.h"
#include "model/cm-command.h"

G_BEGIN_DECLS

/**
 * CmFeedStatus:
 * @CM_FEED_OFF: it was not started, or was stopped
 * @CM_FEED_CONNECTING: it is on its way to the system for the first time
 * @CM_FEED_REACHED: something answers there, and is signed in to
 * @CM_FEED_LIVE: what the system knows is known here
 * @CM_FEED_LOST: it is not reached, or no more; it tries again
 */
typedef enum
{
  CM_FEED_OFF,
  CM_FEED_CONNECTING,
  CM_FEED_REACHED,
  CM_FEED_LIVE,
  CM_FEED_LOST,
} CmFeedStatus;

/**
 * CmHookRequest:
 * @method: of HTTP
 * @headers: names in lower case, and their values
 * @query: (nullable): what stood behind the "?" of the address, taken apart
 * @body: the bytes as they came: signatures are over these
 *
 * What a system posts to us.
 */
typedef struct
{
  const char *method;
  GHashTable *headers;
  GHashTable *query;
  GBytes     *body;
} CmHookRequest;

/**
 * CmHookOutcome:
 * @CM_HOOK_TAKEN: what it tells is known now
 * @CM_HOOK_ANSWERED: it told nothing, but asked, and was answered
 * @CM_HOOK_REPLAYED: it was there before, byte for byte: nothing has changed
 * @CM_HOOK_UNSIGNED: it is from one who does not know the secret, as far as can be
 *   seen: the signature is wrong, or missing
 * @CM_HOOK_OLD: it is from one who does, but was signed too long ago, or too early
 * @CM_HOOK_MALFORMED: it is no post, or no event
 * @CM_HOOK_UNAVAILABLE: it cannot be checked, or kept, right now
 * @CM_HOOK_LIMITED: there were too many
 * @CM_HOOK_TOO_LARGE: it is longer than a post may be
 *
 * What has become of a post.
 */
typedef enum
{
  CM_HOOK_TAKEN,
  CM_HOOK_ANSWERED,
  CM_HOOK_REPLAYED,
  CM_HOOK_UNSIGNED,
  CM_HOOK_OLD,
  CM_HOOK_MALFORMED,
  CM_HOOK_UNAVAILABLE,
  CM_HOOK_LIMITED,
  CM_HOOK_TOO_LARGE,
} CmHookOutcome;

#define CM_HOOK_N_OUTCOMES (CM_HOOK_TOO_LARGE + 1)

/**
 * CmHookAnswer:
 * @status: of HTTP (RFC 9110, section 15)
 * @outcome: what has become of the post
 * @reason: (nullable): one sentence for whoever set the system up, where it is refused
 * @type: (nullable): the media type of @body
 * @body: (nullable): what the system waits for
 */
typedef struct
{
  guint          status;
  CmHookOutcome  outcome;
  char          *reason;
  char          *type;
  GBytes        *body;
} CmHookAnswer;

#define CM_TYPE_FEED (cm_feed_get_type ())

G_DECLARE_DERIVABLE_TYPE (CmFeed, cm_feed, CM, FEED, GObject)

/**
 * CmFeedClass:
 * @options: what a feed of the class can be told, up to a %NULL key
 * @start: connects, authenticates, subscribes, takes the snapshot and follows;
 *   comes back by itself after each loss
 * @stop: gives all of it up, without waiting
 * @recall: (nullable): before the start: a conversation goes on, and who is in it:
 *   it was followed before the tracker was started anew
 * @hook: (nullable): takes what the system posts to us, all of it or nothing. To
 *   a GET by which the system wants to open a WebSocket it answers 101, with the
 *   sub-protocol for @type
 * @socket: (nullable): takes that WebSocket over
 * @get_actions: (nullable): what the system can be asked to do
 * @command_async: (nullable): asks it; that it is done only events say
 *
 * One system that is listened to: I/O around a #CmDecoder. It tells what it hears
 * as event lines, and nothing else.
 */
struct _CmFeedClass
{
  GObjectClass parent_class;

  const CmFeedOption *options;

  void      (* start)          (CmFeed               *self);
  void      (* stop)           (CmFeed               *self);
  void      (* recall)         (CmFeed               *self,
                                const char           *conversation,
                                const char * const   *persons);
  void      (* hook)           (CmFeed               *self,
                                const CmHookRequest  *request,
                                CmHookAnswer         *answer);
  void      (* socket)         (CmFeed                  *self,
                                SoupWebsocketConnection *connection);
  CmActions (* get_actions)    (CmFeed               *self);
  void      (* command_async)  (CmFeed               *self,
                                const CmCommand      *command,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
  gboolean  (* command_finish) (CmFeed               *self,
                                GAsyncResult         *result,
                                GError              **error);
};

/* Properties: "config" (CmFeedConfig, construct-only), "name" (char *: its name in
 * the configuration), "source" (char *: the id of the source of its events), "status"
 * (CmFeedStatus), "lag" (gint64: how old an event was when it came, ms, or -1),
 * "error" (char *, nullable: why it is not live, one sentence, without secrets). */
CmFeedConfig *cm_feed_get_config    (CmFeed               *self);
const char  *cm_feed_get_name       (CmFeed               *self);
const char  *cm_feed_get_source     (CmFeed               *self);
CmFeedStatus cm_feed_get_status     (CmFeed               *self);
gint64       cm_feed_get_lag        (CmFeed               *self);
const char  *cm_feed_get_error      (CmFeed               *self);
void         cm_feed_set_sink       (CmFeed               *self,
                                     CmEventFunc           event_func,
                                     CmEventFaultFunc      fault_func,
                                     gpointer              user_data);
void         cm_feed_start          (CmFeed               *self);
void         cm_feed_stop           (CmFeed               *self);
gboolean     cm_feed_recalls        (CmFeed               *self);
void         cm_feed_recall         (CmFeed               *self,
                                     const char           *conversation,
                                     const char * const   *persons);
gboolean     cm_feed_takes_hooks    (CmFeed               *self);
void         cm_feed_hook           (CmFeed               *self,
                                     const CmHookRequest  *request,
                                     CmHookAnswer         *answer);
void         cm_feed_take_socket    (CmFeed                  *self,
                                     SoupWebsocketConnection *connection);
CmActions    cm_feed_get_actions    (CmFeed               *self);
void         cm_feed_command_async  (CmFeed               *self,
                                     const CmCommand      *command,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean     cm_feed_command_finish (CmFeed               *self,
                                     GAsyncResult         *result,
                                     GError              **error);

void         cm_hook_answer_set     (CmHookAnswer         *self,
                                     guint                 status,
                                     const char           *reason);
void         cm_hook_answer_clear   (CmHookAnswer         *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmHookAnswer, cm_hook_answer_clear)

/* For subclasses. */
void         cm_feed_take_decoder   (CmFeed               *self,
                                     CmDecoder            *decoder);
void         cm_feed_begin_resync   (CmFeed               *self);
void         cm_feed_set_status     (CmFeed               *self,
                                     CmFeedStatus          status,
                                     const char           *error);
void         cm_feed_note_reached   (CmFeed               *self);
void         cm_feed_set_lag        (CmFeed               *self,
                                     gint64                lag);
void         cm_feed_emit           (CmFeed               *self,
                                     const CmEvent        *event);
void         cm_feed_fault          (CmFeed               *self,
                                     const CmEventFault   *fault);

G_END_DECLS

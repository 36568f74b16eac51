/* cm-freeswitch-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch-feed.h"

#include <glib/gi18n.h>

#include "feeds/exchange/cm-dial.h"
#include "feeds/exchange/cm-freeswitch.h"
#include "feeds/cm-secret.h"

/* What is listened to; the lists are asked for afterwards. */
#define EVENTS \
  "event json CHANNEL_CREATE CHANNEL_CALLSTATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER " \
  "CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_BRIDGE CHANNEL_HANGUP_COMPLETE CUSTOM conference::maintenance\n\n"
#define CHANNELS "api show channels as json\n\n"
#define ROOMS "api conference json_list\n\n"

/* There is a reply to it, whatever the account may do. */
#define PING "nolog\n\n"

/* What the next reply is to: they come in the order of the commands. */
typedef enum
{
  EXPECTED_ENTRY,
  EXPECTED_EVENTS,
  EXPECTED_CHANNELS,
  EXPECTED_ROOMS,
  EXPECTED_ORDER,
  EXPECTED_NOTHING,
} ExpectedKind;

typedef struct
{
  ExpectedKind kind;
  guint        number; /* of an order */
} Expected;

struct _CmFreeswitchFeed
{
  CmExchangeFeed  parent_instance;

  GArray         *expected;
  gboolean        listing;
};

G_DEFINE_FINAL_TYPE (CmFreeswitchFeed, cm_freeswitch_feed, CM_TYPE_EXCHANGE_FEED)

static void
ask (CmFreeswitchFeed *self,
     const char       *text,
     ExpectedKind      kind,
     guint             number)
{
  Expected expected = { kind, number };

  g_array_append_val (self->expected, expected);
  cm_exchange_feed_send (CM_EXCHANGE_FEED (self), text);
}

static void
cm_freeswitch_feed_list (CmExchangeFeed *feed)
{
  CmFreeswitchFeed *self = CM_FREESWITCH_FEED (feed);

  if (self->listing)
    return;

  self->listing = TRUE;
  ask (self, CHANNELS, EXPECTED_CHANNELS, 0);
  ask (self, ROOMS, EXPECTED_ROOMS, 0);
}

static void
sign_in (CmFreeswitchFeed *self)
{
  CmFeedConfig *config = cm_feed_get_config (CM_FEED (self));
  const char *user = cm_feed_config_get_text (config, "user");
  g_autoptr(GError) error = NULL;
  char *password = cm_feed_config_read_secret (config, "password", &error);
  char *text;

  if (password == NULL)
    {
      cm_exchange_feed_fail (CM_EXCHANGE_FEED (self), error != NULL ? error->message : _("There is no password"));
      return;
    }

  text = user != NULL ? g_strdup_printf ("userauth %s:%s\n\n", user, password)
                      : g_strdup_printf ("auth %s\n\n", password);
  ask (self, text, EXPECTED_ENTRY, 0);
  cm_secret_free (text);
  cm_secret_free (password);
}

static void
take_entry (CmFreeswitchFeed *self)
{
  cm_exchange_feed_begin (CM_EXCHANGE_FEED (self));
  ask (self, EVENTS, EXPECTED_EVENTS, 0);
}

static void
take_order (CmFreeswitchFeed *self,
            guint             number,
            gboolean          taken,
            const char       *words,
            const char       *job)
{
  if (taken)
    cm_exchange_feed_accept (CM_EXCHANGE_FEED (self), number, job);
  else
    cm_exchange_feed_refuse (CM_EXCHANGE_FEED (self), number, words);
}

/* A list that there is none is refused in words. */
static gboolean
is_list (CmText body)
{
  return body.size > 0 && (body.bytes[0] == '{' || body.bytes[0] == '[' || body.bytes[0] == '+');
}

static void
take_list (CmFreeswitchFeed *self,
           ExpectedKind      kind,
           CmText            body,
           const char       *words)
{
  if (kind == EXPECTED_ROOMS)
    self->listing = FALSE;

  if (!is_list (body))
    cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), words);
  else if (kind == EXPECTED_ROOMS)
    cm_exchange_feed_set_live (CM_EXCHANGE_FEED (self));
}

static void
take_answer (CmFreeswitchFeed *self,
             Expected          expected,
             CmText            answer)
{
  g_autofree char *words = NULL;
  g_autofree char *job = NULL;
  gboolean taken = cm_freeswitch_has_taken (answer, &words, &job);

  switch (expected.kind)
    {
    case EXPECTED_ENTRY:
    case EXPECTED_EVENTS:
      if (!taken)
        cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), words);
      else if (expected.kind == EXPECTED_ENTRY)
        take_entry (self);
      else
        cm_freeswitch_feed_list (CM_EXCHANGE_FEED (self));
      break;
    case EXPECTED_CHANNELS:
    case EXPECTED_ROOMS:
      take_list (self, expected.kind, answer, words);
      break;
    case EXPECTED_ORDER:
      take_order (self, expected.number, taken, words, job);
      break;
    case EXPECTED_NOTHING:
    default:
      break;
    }
}

/* "text/rude-rejection" is for who is not in the access list. */
static void
take_notice (CmFreeswitchFeed *self,
             CmText            type,
             CmText            body)
{
  g_autofree char *words = NULL;
  g_autofree char *job = NULL;

  if (cm_text_equal (type, CM_TEXT ("auth/request")))
    sign_in (self);
  else if (cm_text_equal (type, CM_TEXT ("text/rude-rejection")))
    {
      cm_freeswitch_has_taken (body, &words, &job);
      cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), words);
    }
  else if (cm_text_equal (type, CM_TEXT ("text/disconnect-notice")))
    cm_exchange_feed_fail (CM_EXCHANGE_FEED (self), _("The exchange has closed the connection"));
}

static void
on_reply (CmText   type,
          CmText   reply,
          CmText   body,
          gpointer user_data)
{
  CmFreeswitchFeed *self = user_data;
  gboolean is_api = cm_text_equal (type, CM_TEXT ("api/response"));
  Expected expected;

  if (!is_api && !cm_text_equal (type, CM_TEXT ("command/reply")))
    {
      take_notice (self, type, body);
      return;
    }

  if (self->expected->len == 0)
    return;

  expected = g_array_index (self->expected, Expected, 0);
  g_array_remove_index (self->expected, 0);
  take_answer (self, expected, is_api ? body : reply);
}

static CmExchange *
cm_freeswitch_feed_get_exchange (CmDecoder *decoder)
{
  return cm_freeswitch_get_exchange (CM_FREESWITCH (decoder));
}

static void
cm_freeswitch_feed_listen (CmExchangeFeed *feed,
                           CmDecoder      *decoder)
{
  cm_freeswitch_set_reply_func (CM_FREESWITCH (decoder), on_reply, feed);
}

/* The server speaks first. */
static void
cm_freeswitch_feed_opened (CmExchangeFeed *feed)
{
}

static void
cm_freeswitch_feed_closed (CmExchangeFeed *feed)
{
  CmFreeswitchFeed *self = CM_FREESWITCH_FEED (feed);

  g_array_set_size (self->expected, 0);
  self->listing = FALSE;
}

static void
cm_freeswitch_feed_ping (CmExchangeFeed *feed)
{
  ask (CM_FREESWITCH_FEED (feed), PING, EXPECTED_NOTHING, 0);
}

static char *
cm_freeswitch_feed_dup_order (CmExchangeFeed *feed,
                              const CmOrder  *order,
                              GError        **error)
{
  return cm_freeswitch_dup_order (order, cm_feed_config_get_text (cm_feed_get_config (CM_FEED (feed)), "dial"), error);
}

static void
cm_freeswitch_feed_give (CmExchangeFeed *feed,
                         guint           number,
                         const char     *text)
{
  ask (CM_FREESWITCH_FEED (feed), text, EXPECTED_ORDER, number);
}

/* That a room waits for its moderator is in the list only. */
static gboolean
cm_freeswitch_feed_lists_again (const CmEvent *event)
{
  return event->kind == CM_EVENT_CONVERSATION_ADDED;
}

static void
cm_freeswitch_feed_finalize (GObject *object)
{
  g_array_unref (CM_FREESWITCH_FEED (object)->expected);

  G_OBJECT_CLASS (cm_freeswitch_feed_parent_class)->finalize (object);
}

static void
cm_freeswitch_feed_class_init (CmFreeswitchFeedClass *klass)
{
  static const CmFeedOption options[] = {
    { "host", CM_FEED_OPTION_TEXT, FALSE, "127.0.0.1", 0, 0, NULL, NULL,
      /* Translators: the name of a computer on the network */
      N_("Host"), NULL },
    { "port", CM_FEED_OPTION_NUMBER, FALSE, "8021", 1, 65535, NULL, NULL,
      /* Translators: a number on which a program listens */
      N_("Port"), NULL },
    { "user", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL,
      /* Translators: a name to sign in with */
      N_("User"), NULL },
    { "password", CM_FEED_OPTION_SECRET, TRUE, NULL, 0, 0, NULL, NULL, N_("Password"), NULL },
    { "commands", CM_FEED_OPTION_FLAG, FALSE, "yes", 0, 0, NULL, NULL,
      /* Translators: whether a system may be asked to mute somebody, and so on */
      N_("Let commands through"), NULL },
    { "dial", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_dial_check,
      /* Translators: how the system calls a number; the number stands in it as {number} */
      N_("Dial pattern"), "sofia/gateway/provider/{number}" },
    { NULL }
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmExchangeFeedClass *feed_class = CM_EXCHANGE_FEED_CLASS (klass);

  object_class->finalize = cm_freeswitch_feed_finalize;

  CM_FEED_CLASS (klass)->options = options;

  feed_class->decoder = "freeswitch";
  feed_class->is_timed = TRUE;
  feed_class->get_exchange = cm_freeswitch_feed_get_exchange;
  feed_class->listen = cm_freeswitch_feed_listen;
  feed_class->opened = cm_freeswitch_feed_opened;
  feed_class->closed = cm_freeswitch_feed_closed;
  feed_class->list = cm_freeswitch_feed_list;
  feed_class->ping = cm_freeswitch_feed_ping;
  feed_class->dup_order = cm_freeswitch_feed_dup_order;
  feed_class->give = cm_freeswitch_feed_give;
  feed_class->lists_again = cm_freeswitch_feed_lists_again;
}

static void
cm_freeswitch_feed_init (CmFreeswitchFeed *self)
{
  self->expected = g_array_new (FALSE, FALSE, sizeof (Expected));
}

/* cm-asterisk-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-feed.h"

#include <glib/gi18n.h>

#include "feeds/exchange/cm-asterisk.h"
#include "feeds/exchange/cm-dial.h"
#include "feeds/cm-secret.h"

/* What is listened to: of calls and rooms, and of the variable that says who was
 * removed. */
#define EVENTS "call,dialplan"

/* The ActionIDs of what is asked. */
#define ID_CHALLENGE "cm.challenge"
#define ID_LOGIN "cm.login"
#define ID_ROOMS "cm.rooms"
#define ID_MEMBERS "cm.members"
#define ID_CHANNELS "cm.channels"
#define ID_PING "cm.ping"
#define ID_ORDER "cm.order."

/* Of so many rooms the members are listed. */
#define MAX_ROOMS 4096

struct _CmAsteriskFeed
{
  CmExchangeFeed  parent_instance;

  GPtrArray      *rooms; /* of char *: their names in the list that is coming */
  gboolean        listing;
  gboolean        again;
};

G_DEFINE_FINAL_TYPE (CmAsteriskFeed, cm_asterisk_feed, CM_TYPE_EXCHANGE_FEED)

static const char *
get (GHashTable *fields,
     const char *name)
{
  return g_hash_table_lookup (fields, name);
}

static gboolean
is (GHashTable *fields,
    const char *name,
    const char *value)
{
  return g_strcmp0 (get (fields, name), value) == 0;
}

static const char *
get_words (GHashTable *fields)
{
  const char *words = get (fields, "Message");

  return words != NULL ? words : "?";
}

static void
ask (CmAsteriskFeed *self,
     const char     *action,
     const char     *id)
{
  g_autofree char *text = g_strconcat (action, "ActionID: ", id, "\r\n\r\n", NULL);

  cm_exchange_feed_send (CM_EXCHANGE_FEED (self), text);
}

static const char *
get_option (CmAsteriskFeed *self,
            const char     *key)
{
  return cm_feed_config_get_text (cm_feed_get_config (CM_FEED (self)), key);
}

static char *
read_password (CmAsteriskFeed *self)
{
  g_autoptr(GError) error = NULL;
  char *password = cm_feed_config_read_secret (cm_feed_get_config (CM_FEED (self)), "password", &error);

  if (password == NULL)
    cm_exchange_feed_fail (CM_EXCHANGE_FEED (self), error != NULL ? error->message : _("There is no password"));

  return password;
}

/* @proof: the fields that show that we know the password */
static void
log_in (CmAsteriskFeed *self,
        const char     *proof)
{
  char *text = g_strdup_printf ("Action: Login\r\nUsername: %s\r\n%sEvents: " EVENTS "\r\nActionID: " ID_LOGIN "\r\n\r\n",
                                get_option (self, "user"), proof);

  cm_exchange_feed_send (CM_EXCHANGE_FEED (self), text);
  cm_secret_free (text);
}

static void
log_in_plainly (CmAsteriskFeed *self)
{
  char *password = read_password (self);
  char *proof;

  if (password == NULL)
    return;

  proof = g_strdup_printf ("Secret: %s\r\n", password);
  log_in (self, proof);
  cm_secret_free (proof);
  cm_secret_free (password);
}

/* The password itself does not go over the wire (manager.c, authenticate()). */
static void
answer_challenge (CmAsteriskFeed *self,
                  const char     *challenge)
{
  g_autofree char *key = NULL;
  g_autofree char *proof = NULL;
  char *password = read_password (self);
  char *text;

  if (password == NULL)
    return;

  text = g_strconcat (challenge, password, NULL);
  key = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
  proof = g_strdup_printf ("AuthType: MD5\r\nKey: %s\r\n", key);
  log_in (self, proof);
  cm_secret_free (text);
  cm_secret_free (password);
}

static void
greet (CmAsteriskFeed *self)
{
  if (g_strcmp0 (get_option (self, "login"), "plain") == 0)
    log_in_plainly (self);
  else
    ask (self, "Action: Challenge\r\nAuthType: MD5\r\n", ID_CHALLENGE);
}

static void
cm_asterisk_feed_list (CmExchangeFeed *feed)
{
  CmAsteriskFeed *self = CM_ASTERISK_FEED (feed);

  if (self->listing)
    {
      self->again = TRUE;
      return;
    }

  self->listing = TRUE;
  g_ptr_array_set_size (self->rooms, 0);
  ask (self, "Action: ConfbridgeListRooms\r\n", ID_ROOMS);
}

/* The members of each room, and at last the channels: only these say which
 * instance of a room it is. */
static void
list_members (CmAsteriskFeed *self)
{
  for (guint i = 0; i < self->rooms->len; i++)
    {
      g_autofree char *action =
        g_strdup_printf ("Action: ConfbridgeList\r\nConference: %s\r\n", (char *) g_ptr_array_index (self->rooms, i));

      ask (self, action, ID_MEMBERS);
    }

  ask (self, "Action: CoreShowChannels\r\n", ID_CHANNELS);
}

static void
end_list (CmAsteriskFeed *self)
{
  gboolean again = self->again;

  self->listing = FALSE;
  self->again = FALSE;
  cm_exchange_feed_set_live (CM_EXCHANGE_FEED (self));
  if (again)
    cm_exchange_feed_list_soon (CM_EXCHANGE_FEED (self));
}

static gboolean
is_good (GHashTable *fields)
{
  return is (fields, "Response", "Success");
}

/* An account that may not read the lists is of no use; that there is no room is
 * an error to the exchange. */
static void
take_rooms_answer (CmAsteriskFeed *self,
                   GHashTable     *fields)
{
  if (is_good (fields))
    return;
  if (is (fields, "Message", "No active conferences."))
    list_members (self);
  else
    cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), get_words (fields));
}

/* Of a lock there is no event. */
static void
take_order_answer (CmAsteriskFeed *self,
                   GHashTable     *fields,
                   guint           number)
{
  if (!is_good (fields))
    {
      cm_exchange_feed_refuse (CM_EXCHANGE_FEED (self), number, get_words (fields));
      return;
    }

  cm_exchange_feed_accept (CM_EXCHANGE_FEED (self), number, NULL);
  cm_exchange_feed_list_soon (CM_EXCHANGE_FEED (self));
}

static void
take_answer (CmAsteriskFeed *self,
             GHashTable     *fields,
             const char     *id)
{
  if (g_str_equal (id, ID_CHALLENGE) && is_good (fields) && get (fields, "Challenge") != NULL)
    answer_challenge (self, get (fields, "Challenge"));
  else if (g_str_equal (id, ID_LOGIN) && is_good (fields))
    {
      cm_exchange_feed_begin (CM_EXCHANGE_FEED (self));
      cm_asterisk_feed_list (CM_EXCHANGE_FEED (self));
    }
  else if (g_str_equal (id, ID_LOGIN) || g_str_equal (id, ID_CHALLENGE))
    cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), get_words (fields));
  else if (g_str_equal (id, ID_ROOMS))
    take_rooms_answer (self, fields);
  else if (g_str_equal (id, ID_CHANNELS) && !is_good (fields))
    cm_exchange_feed_forbid (CM_EXCHANGE_FEED (self), get_words (fields));
  else if (g_str_has_prefix (id, ID_ORDER))
    take_order_answer (self, fields, (guint) g_ascii_strtoull (id + strlen (ID_ORDER), NULL, 10));
}

/* The channel's own end has told why, where there was one. */
static void
take_originated (CmAsteriskFeed *self,
                 GHashTable     *fields,
                 guint           number)
{
  g_autoptr(GError) error = NULL;

  if (!is (fields, "Response", "Failure"))
    return;

  cm_order_set_failed (&error, cm_asterisk_get_origin_status (get (fields, "Reason")));
  cm_exchange_feed_refuse (CM_EXCHANGE_FEED (self), number, error->message);
}

static void
take_item (CmAsteriskFeed *self,
           GHashTable     *fields,
           const char     *id)
{
  const char *name = get (fields, "Conference");

  if (is (fields, "Event", "ConfbridgeListRooms") && name != NULL && self->rooms->len < MAX_ROOMS)
    g_ptr_array_add (self->rooms, g_strdup (name));
  else if (is (fields, "Event", "ConfbridgeListRoomsComplete"))
    list_members (self);
  else if (is (fields, "Event", "CoreShowChannelsComplete"))
    end_list (self);
  else if (is (fields, "Event", "OriginateResponse") && g_str_has_prefix (id, ID_ORDER))
    take_originated (self, fields, (guint) g_ascii_strtoull (id + strlen (ID_ORDER), NULL, 10));
}

static void
on_message (GHashTable *fields,
            gpointer    user_data)
{
  CmAsteriskFeed *self = user_data;
  const char *id = fields != NULL ? get (fields, "ActionID") : NULL;

  if (fields == NULL)
    greet (self);
  else if (is (fields, "Event", "Shutdown"))
    cm_exchange_feed_fail (CM_EXCHANGE_FEED (self), _("The exchange is shut down"));
  else if (id != NULL && get (fields, "Event") != NULL)
    take_item (self, fields, id);
  else if (id != NULL)
    take_answer (self, fields, id);
}

static CmExchange *
cm_asterisk_feed_get_exchange (CmDecoder *decoder)
{
  return cm_asterisk_get_exchange (CM_ASTERISK (decoder));
}

static void
cm_asterisk_feed_listen (CmExchangeFeed *feed,
                         CmDecoder      *decoder)
{
  cm_asterisk_set_message_func (CM_ASTERISK (decoder), on_message, feed);
}

/* The server speaks first. */
static void
cm_asterisk_feed_opened (CmExchangeFeed *feed)
{
}

static void
cm_asterisk_feed_closed (CmExchangeFeed *feed)
{
  CmAsteriskFeed *self = CM_ASTERISK_FEED (feed);

  self->listing = FALSE;
  self->again = FALSE;
}

static void
cm_asterisk_feed_ping (CmExchangeFeed *feed)
{
  ask (CM_ASTERISK_FEED (feed), "Action: Ping\r\n", ID_PING);
}

static char *
cm_asterisk_feed_dup_order (CmExchangeFeed *feed,
                            const CmOrder  *order,
                            GError        **error)
{
  return cm_asterisk_dup_order (order, get_option (CM_ASTERISK_FEED (feed), "dial"), error);
}

static void
cm_asterisk_feed_give (CmExchangeFeed *feed,
                       guint           number,
                       const char     *text)
{
  g_autofree char *id = g_strdup_printf (ID_ORDER "%u", number);

  ask (CM_ASTERISK_FEED (feed), text, id);
}

/* Who waits, who is marked and which room is locked is in the lists only. */
static gboolean
cm_asterisk_feed_lists_again (const CmEvent *event)
{
  return event->kind == CM_EVENT_CONVERSATION_ADDED || event->kind == CM_EVENT_PARTICIPANT_ADDED ||
         event->kind == CM_EVENT_PARTICIPANT_REMOVED;
}

static void
cm_asterisk_feed_finalize (GObject *object)
{
  g_ptr_array_unref (CM_ASTERISK_FEED (object)->rooms);

  G_OBJECT_CLASS (cm_asterisk_feed_parent_class)->finalize (object);
}

static void
cm_asterisk_feed_class_init (CmAsteriskFeedClass *klass)
{
  static const CmFeedOption options[] = {
    { "host", CM_FEED_OPTION_TEXT, FALSE, "127.0.0.1", 0, 0, NULL, NULL,
      /* Translators: the name of a computer on the network */
      N_("Host"), NULL },
    { "port", CM_FEED_OPTION_NUMBER, FALSE, "5038", 1, 65535, NULL, NULL,
      /* Translators: a number on which a program listens */
      N_("Port"), NULL },
    { "tls", CM_FEED_OPTION_FLAG, FALSE, "no", 0, 0, NULL, NULL, N_("Encrypted with TLS"), NULL },
    { "authority", CM_FEED_OPTION_PATH, FALSE, NULL, 0, 0, NULL, NULL,
      /* Translators: a file of certificates that are trusted */
      N_("File of trusted authorities"), NULL },
    { "user", CM_FEED_OPTION_TEXT, TRUE, NULL, 0, 0, NULL, NULL,
      /* Translators: a name to sign in with */
      N_("User"), NULL },
    { "password", CM_FEED_OPTION_SECRET, TRUE, NULL, 0, 0, NULL, NULL, N_("Password"), NULL },
    { "login", CM_FEED_OPTION_CHOICE, FALSE, "challenge", 0, 0, "challenge|plain", NULL,
      /* Translators: how the password is shown to the system */
      N_("Way of signing in"), NULL },
    { "commands", CM_FEED_OPTION_FLAG, FALSE, "yes", 0, 0, NULL, NULL,
      /* Translators: whether a system may be asked to mute somebody, and so on */
      N_("Let commands through"), NULL },
    { "dial", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, cm_dial_check,
      /* Translators: how the system calls a number; the number stands in it as {number} */
      N_("Dial pattern"), "PJSIP/{number}@provider" },
    { NULL }
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmExchangeFeedClass *feed_class = CM_EXCHANGE_FEED_CLASS (klass);

  object_class->finalize = cm_asterisk_feed_finalize;

  CM_FEED_CLASS (klass)->options = options;

  feed_class->decoder = "asterisk";
  feed_class->get_exchange = cm_asterisk_feed_get_exchange;
  feed_class->listen = cm_asterisk_feed_listen;
  feed_class->opened = cm_asterisk_feed_opened;
  feed_class->closed = cm_asterisk_feed_closed;
  feed_class->list = cm_asterisk_feed_list;
  feed_class->ping = cm_asterisk_feed_ping;
  feed_class->dup_order = cm_asterisk_feed_dup_order;
  feed_class->give = cm_asterisk_feed_give;
  feed_class->lists_again = cm_asterisk_feed_lists_again;
}

static void
cm_asterisk_feed_init (CmAsteriskFeed *self)
{
  self->rooms = g_ptr_array_new_with_free_func (g_free);
}

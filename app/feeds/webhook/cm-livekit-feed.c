/* cm-livekit-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-livekit-feed.h"

#include <glib/gi18n.h>

#include "feeds/decode/cm-record-json.h"
#include "feeds/webhook/cm-livekit-token.h"
#include "feeds/webhook/cm-livekit.h"
#include "feeds/webhook/cm-webhook-check.h"

/* Each costs one request. */
#define MAX_ROOMS 10000

struct _CmLivekitFeed
{
  CmWebhookFeed  parent_instance;

  JsonArray     *rooms;  /* (nullable) before they are known */
  guint          n_told; /* so many of them have their participants */
};

G_DEFINE_FINAL_TYPE (CmLivekitFeed, cm_livekit_feed, CM_TYPE_WEBHOOK_FEED)

static const CmFeedOption options[] = {
  CM_WEBHOOK_SECRET_OPTION,
  { "api-key", CM_FEED_OPTION_TEXT, TRUE, NULL, 0, 0, NULL, NULL,
    /* Translators: by which LiveKit knows who asks */
    N_("API key"), NULL },
  CM_WEBHOOK_LOOK_OPTIONS,
  { NULL }
};

static CmHookOutcome
cm_livekit_feed_check (CmWebhookFeed       *feed,
                       const CmHookRequest *request,
                       const char          *secret,
                       gint64               now)
{
  return cm_webhook_check_livekit (request, cm_webhook_feed_get_text (feed, "api-key"), secret, now);
}

static JsonObject *
get_room (CmLivekitFeed *self)
{
  return json_array_get_object_element (self->rooms, self->n_told);
}

static GBytes *
make_body (const char *room)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  char *text;

  if (room != NULL)
    json_object_set_string_member (object, "room", room);
  json_node_set_object (root, object);
  text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static SoupMessage *
cm_livekit_feed_ask (CmWebhookFeed *feed,
                     const char    *secret)
{
  CmLivekitFeed *self = CM_LIVEKIT_FEED (feed);
  const char *key = cm_webhook_feed_get_text (feed, "api-key");
  const char *path = "/twirp/livekit.RoomService/ListRooms", *room = NULL;
  g_autofree char *place = NULL, *token = NULL, *header = NULL;
  g_autoptr(GBytes) body = NULL;
  SoupMessage *message;

  if (self->rooms != NULL && self->n_told == json_array_get_length (self->rooms))
    return NULL;

  if (self->rooms != NULL)
    {
      path = "/twirp/livekit.RoomService/ListParticipants";
      room = cm_record_get_string (get_room (self), "name");
    }
  place = cm_webhook_look_dup_place (cm_webhook_feed_get_text (feed, "address"), path);
  token = cm_livekit_token_new (key, secret, room, g_get_real_time () / G_USEC_PER_SEC);
  header = g_strconcat ("Bearer ", token, NULL);
  body = make_body (room);
  message = soup_message_new (SOUP_METHOD_POST, place);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", header);
  soup_message_set_request_body_from_bytes (message, "application/json", body);

  return message;
}

static gboolean
fail (GError     **error,
      const char  *reason)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", reason);

  return FALSE;
}

static gboolean
are_rooms (JsonArray *rooms)
{
  for (guint i = 0; i < json_array_get_length (rooms); i++)
    {
      if (cm_record_get_string (cm_record_as_object (json_array_get_element (rooms, i)), "name") == NULL)
        return FALSE;
    }

  return json_array_get_length (rooms) <= MAX_ROOMS;
}

/* proto3 may leave an empty list out. */
static JsonArray *
dup_list (JsonObject *answer,
          const char *name)
{
  JsonArray *list = cm_record_get_array (answer, name);

  return list != NULL ? json_array_ref (list) : json_array_new ();
}

static gboolean
take_answer (CmLivekitFeed  *self,
             JsonObject     *answer,
             GError        **error)
{
  if (answer == NULL)
    return fail (error, _("the answer of the address is no JSON object"));

  if (self->rooms != NULL)
    {
      json_object_set_array_member (get_room (self), "participants", dup_list (answer, "participants"));
      self->n_told++;
      return TRUE;
    }

  self->rooms = dup_list (answer, "rooms");

  return are_rooms (self->rooms) || fail (error, _("the answer of the address is no list of rooms"));
}

static gboolean
cm_livekit_feed_hear (CmWebhookFeed  *feed,
                      SoupMessage    *message,
                      GBytes         *answer,
                      GError        **error)
{
  CmLivekitFeed *self = CM_LIVEKIT_FEED (feed);
  guint status = soup_message_get_status (message);
  g_autoptr(JsonParser) parser = NULL;
  g_autofree char *reason = NULL;

  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    return fail (error, _("LiveKit refuses the API key or its secret"));

  /* The room has gone since the rooms were listed. */
  if (status == SOUP_STATUS_NOT_FOUND && self->rooms != NULL)
    {
      self->n_told++;
      return TRUE;
    }
  if (status != SOUP_STATUS_OK)
    {
      reason = g_strdup_printf (_("the address answers with HTTP status %u"), status);
      return fail (error, reason);
    }

  parser = cm_record_parse_body (answer);

  return take_answer (self, cm_record_get_root (parser), error);
}

static void
cm_livekit_feed_settle (CmWebhookFeed *feed,
                        CmDecoder     *decoder,
                        gint64         at)
{
  cm_livekit_take_rooms (CM_LIVEKIT (decoder), at, CM_LIVEKIT_FEED (feed)->rooms);
}

static void
cm_livekit_feed_forget (CmWebhookFeed *feed)
{
  CmLivekitFeed *self = CM_LIVEKIT_FEED (feed);

  g_clear_pointer (&self->rooms, json_array_unref);
  self->n_told = 0;
}

static void
cm_livekit_feed_constructed (GObject *object)
{
  CmWebhookFeed *feed = CM_WEBHOOK_FEED (object);

  G_OBJECT_CLASS (cm_livekit_feed_parent_class)->constructed (object);

  cm_livekit_set_link (CM_LIVEKIT (cm_webhook_feed_get_decoder (feed)), cm_webhook_feed_get_text (feed, "join-link"));
}

static void
cm_livekit_feed_class_init (CmLivekitFeedClass *klass)
{
  CmWebhookFeedClass *webhook_class = CM_WEBHOOK_FEED_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = cm_livekit_feed_constructed;
  CM_FEED_CLASS (klass)->options = options;
  webhook_class->decoder = "livekit";
  webhook_class->check = cm_livekit_feed_check;
  webhook_class->ask = cm_livekit_feed_ask;
  webhook_class->hear = cm_livekit_feed_hear;
  webhook_class->settle = cm_livekit_feed_settle;
  webhook_class->forget = cm_livekit_feed_forget;
}

static void
cm_livekit_feed_init (CmLivekitFeed *self)
{
}

/* cm-ucwa-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-feed.h"

#include <glib/gi18n.h>

#include <libsoup/soup.h>

#include "feeds/cm-bearer.h"
#include "feeds/cm-retry.h"
#include "feeds/decode/cm-record-json.h"
#include "feeds/skype/cm-ucwa-command.h"

/* From one pool to another, at most. */
#define MAX_HOPS 5
/* The server answers where nothing happens for so long, s (UCWA 2.0, "Event channel"). */
#define HOLD 30

struct _CmUcwaFeed
{
  CmFeed        parent_instance;

  CmUcwaClient *client;  /* (nullable) while nobody is asked */
  CmUcwa       *decoder; /* (nullable): of this application of ours */
  CmRetry       retry;
  CmRetryFunc   connect;
  guint         n_hops;
  char         *asked;   /* (nullable): the resource that is asked for */
  char         *joining; /* (nullable): the meeting in which audio is to follow */
};

G_DEFINE_FINAL_TYPE (CmUcwaFeed, cm_ucwa_feed, CM_TYPE_FEED)

static const CmFeedOption options[] = {
  { "address", CM_FEED_OPTION_TEXT, TRUE, NULL, 0, 0, NULL, cm_bearer_check_address,
    N_("Address"), "https://lyncdiscover.example.com" },
  { "authority", CM_FEED_OPTION_PATH, FALSE, NULL, 0, 0, NULL, NULL, N_("File of trusted authorities"), NULL },
  CM_BEARER_OPTIONS,
  /* Translators: whether others see the user of Skype for Business as available */
  { "make-available", CM_FEED_OPTION_FLAG, FALSE, "no", 0, 0, NULL, NULL, N_("Appear as available"), NULL },
  { "phone-number", CM_FEED_OPTION_TEXT, FALSE, NULL, 0, 0, NULL, NULL, N_("Phone number"), NULL },
  { NULL }
};

static void
end_session (CmUcwaFeed *self)
{
  g_clear_pointer (&self->client, cm_ucwa_client_free);
  g_clear_pointer (&self->asked, g_free);
  self->n_hops = 0;
}

static const char *
get_href (JsonParser *parser,
          const char *name)
{
  JsonObject *links = cm_record_get_object (cm_record_get_root (parser), "_links");

  return cm_record_get_string (cm_record_get_object (links, name), "href");
}

static void
push (CmUcwaFeed *self,
      GBytes     *body)
{
  gsize size;
  const char *bytes = g_bytes_get_data (body, &size);

  cm_decoder_set_time (CM_DECODER (self->decoder), g_get_real_time () / 1000);
  cm_decoder_push_record (CM_DECODER (self->decoder), bytes, size);
}

static void
on_audio (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("%s: the meeting is joined, but without audio: %s", cm_feed_get_name (CM_FEED (source)), error->message);
}

/* One who comes back into a meeting is called by it. */
static void
add_audio (CmUcwaFeed *self)
{
  const char *number = cm_feed_config_get_text (cm_feed_get_config (CM_FEED (self)), "phone-number");
  const char *href = self->joining != NULL ? cm_ucwa_find_conference (self->decoder, self->joining) : NULL;
  g_autoptr(GTask) task = NULL;

  if (href == NULL || number == NULL)
    return;

  g_clear_pointer (&self->joining, g_free);
  task = g_task_new (self, NULL, on_audio, NULL);
  cm_ucwa_command_add_audio (self->client, href, number, task);
}

/* What stood in the way, in words for whoever has set it up. */
static char *
dup_reason (guint         status,
            const GError *error)
{
  if (error != NULL)
    return g_strdup (error->message);
  if (status == SOUP_STATUS_UNAUTHORIZED)
    return g_strdup (_("the server does not take the token; it may have run out"));
  if (status == SOUP_STATUS_FORBIDDEN)
    return g_strdup (_("the user may not use UCWA; an administrator can allow it"));

  return g_strdup_printf (_("the server answers with HTTP status %u"), status);
}

static void
lose_because (CmUcwaFeed *self,
              const char *reason)
{
  end_session (self);
  cm_feed_set_status (CM_FEED (self), CM_FEED_LOST, reason);
  cm_retry_later (&self->retry, self->connect, self);
}

static void
lose (CmUcwaFeed   *self,
      guint         status,
      const GError *error)
{
  g_autofree char *reason = dup_reason (status, error);

  lose_because (self, reason);
}

static gboolean
is_good (guint         status,
         const GError *error)
{
  return error == NULL && (status == SOUP_STATUS_OK || status == SOUP_STATUS_CREATED);
}

/* Returns: (nullable) (transfer full): what is to be asked for now; %NULL for what
 * happens next */
static char *
dup_next_resource (CmUcwaFeed *self)
{
  g_autoptr(GPtrArray) wanted = cm_ucwa_dup_wanted (self->decoder);

  return wanted->len > 0 ? g_strdup (g_ptr_array_index (wanted, 0)) : NULL;
}

static char *
dup_events_href (CmUcwaFeed *self)
{
  const char *next = cm_ucwa_get_next (self->decoder);

  return g_strdup_printf ("%s%ctimeout=%d", next, strchr (next, '?') != NULL ? '&' : '?', HOLD);
}

/* Another client of ours polls in our place: if we come back at once it is thrown
 * out in turn, and so on. */
static gboolean
is_replaced (guint   status,
             GBytes *body)
{
  g_autoptr(JsonParser) parser = status == SOUP_STATUS_CONFLICT ? cm_record_parse_body (body) : NULL;

  return g_strcmp0 (cm_record_get_string (cm_record_get_root (parser), "subcode"), "PGetReplaced") == 0;
}

static gboolean
take_events (CmUcwaFeed   *self,
             guint         status,
             GBytes       *body,
             const GError *error)
{
  if (is_replaced (status, body))
    {
      lose_because (self, _("another client of the same application took over the events"));
      return FALSE;
    }
  if (!is_good (status, error))
    {
      lose (self, status, error);
      return FALSE;
    }

  push (self, body);
  cm_retry_reset (&self->retry);
  add_audio (self);

  return TRUE;
}

/* One that is not there any more is no loss: its end is on its way. */
static gboolean
take_resource (CmUcwaFeed   *self,
               guint         status,
               GBytes       *body,
               const GError *error)
{
  g_autofree char *href = g_steal_pointer (&self->asked);

  if (error != NULL || status == SOUP_STATUS_UNAUTHORIZED || status >= 500)
    {
      lose (self, status, error);
      return FALSE;
    }

  if (is_good (status, NULL))
    push (self, body);
  cm_ucwa_stop_asking (self->decoder, href);

  return TRUE;
}

/* What was only pointed to is asked for, one after the other; and when nothing is
 * left, what happens next. The first time that is so, all is known. */
static void
on_answer (guint         status,
           GBytes       *body,
           const GError *error,
           gpointer      user_data)
{
  CmUcwaFeed *self = user_data;
  gboolean ok = self->asked != NULL ? take_resource (self, status, body, error)
                                    : take_events (self, status, body, error);
  g_autofree char *href = NULL;

  if (!ok)
    return;

  self->asked = dup_next_resource (self);
  if (self->asked == NULL && cm_feed_get_status (CM_FEED (self)) != CM_FEED_LIVE)
    cm_feed_set_status (CM_FEED (self), CM_FEED_LIVE, NULL);

  href = self->asked != NULL ? g_strdup (self->asked) : dup_events_href (self);
  cm_ucwa_client_send (self->client, "GET", href, NULL, on_answer, NULL, self);
}

/* It shows in what others see of the user; whether it was taken shows in what comes. */
static void
on_available (guint         status,
              GBytes       *body,
              const GError *error,
              gpointer      user_data)
{
  if (error != NULL || status >= 400)
    g_message ("%s: the user could not be made available; calls are heard of when they are answered",
               cm_feed_get_name (user_data));
}

/* Who has made himself available hears of a call while it rings (UCWA 2.0,
 * "makeMeAvailable"). */
static void
make_available (CmUcwaFeed *self,
                JsonParser *application)
{
  static const char * const modalities[] = { "PhoneAudio", "Messaging" };
  JsonObject *me = cm_record_get_object (cm_record_get_object (cm_record_get_root (application), "_embedded"), "me");
  JsonObject *link = cm_record_get_object (cm_record_get_object (me, "_links"), "makeMeAvailable");
  const char *href = cm_record_get_string (link, "href");
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) message = NULL;

  if (href == NULL || !cm_feed_config_get_flag (cm_feed_get_config (CM_FEED (self)), "make-available"))
    return;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "supportedModalities");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (modalities); i++)
    json_builder_add_string_value (builder, modalities[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  message = json_builder_get_root (builder);
  cm_ucwa_client_send (self->client, "POST", href, message, on_available, NULL, self);
}

/* Our application is there. All is told anew: its conversations have new addresses. */
static void
on_application (guint         status,
                GBytes       *body,
                const GError *error,
                gpointer      user_data)
{
  CmUcwaFeed *self = user_data;
  g_autoptr(JsonParser) parser = is_good (status, error) ? cm_record_parse_body (body) : NULL;

  if (parser == NULL || get_href (parser, "events") == NULL)
    {
      lose (self, status, error);
      return;
    }

  g_clear_object (&self->decoder);
  self->decoder = g_object_new (CM_TYPE_UCWA, "source", cm_feed_get_source (CM_FEED (self)), NULL);
  cm_feed_take_decoder (CM_FEED (self), CM_DECODER (self->decoder));
  cm_feed_begin_resync (CM_FEED (self));
  push (self, body);
  cm_ucwa_set_next (self->decoder, get_href (parser, "events"));
  make_available (self, parser);
  self->asked = g_strdup (cm_ucwa_get_conversations (self->decoder));
  if (self->asked == NULL)
    {
      lose_because (self, _("the server’s application has no conversations"));
      return;
    }

  cm_ucwa_client_send (self->client, "GET", self->asked, NULL, on_answer, NULL, self);
}

static JsonNode *
make_application (void)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *endpoint = g_uuid_string_random ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "UserAgent");
  json_builder_add_string_value (builder, "conference-tracker");
  json_builder_set_member_name (builder, "EndpointId");
  json_builder_add_string_value (builder, endpoint);
  json_builder_set_member_name (builder, "Culture");
  json_builder_add_string_value (builder, "en-US");
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* Discovery leads to the user's own pool, and from there to his applications. */
static void
on_discovered (guint         status,
               GBytes       *body,
               const GError *error,
               gpointer      user_data)
{
  CmUcwaFeed *self = user_data;
  g_autoptr(JsonParser) parser = is_good (status, error) ? cm_record_parse_body (body) : NULL;
  g_autoptr(JsonNode) application = NULL;
  const char *applications = parser != NULL ? get_href (parser, "applications") : NULL;
  const char *next = parser != NULL ? get_href (parser, "redirect") : NULL;

  if (error == NULL)
    cm_feed_note_reached (CM_FEED (self));
  if (next == NULL && parser != NULL)
    next = get_href (parser, "user");
  if (parser == NULL || (applications == NULL && next == NULL) || ++self->n_hops > MAX_HOPS)
    {
      lose (self, status, error);
      return;
    }

  if (!cm_ucwa_client_set_base (self->client, applications != NULL ? applications : next))
    {
      lose_because (self, _("discovery leads to an address without TLS"));
      return;
    }

  if (applications == NULL)
    {
      cm_ucwa_client_send (self->client, "GET", next, NULL, on_discovered, NULL, self);
      return;
    }

  application = make_application ();
  cm_ucwa_client_send (self->client, "POST", applications, application, on_application, NULL, self);
}

static void
discover (gpointer user_data)
{
  CmUcwaFeed *self = user_data;
  CmFeedConfig *config = cm_feed_get_config (CM_FEED (self));

  end_session (self);
  self->client = cm_ucwa_client_new (config);
  cm_ucwa_client_send (self->client, "GET", cm_feed_config_get_text (config, "address"), NULL, on_discovered, NULL, self);
}

static void
cm_ucwa_feed_start (CmFeed *feed)
{
  CmUcwaFeed *self = CM_UCWA_FEED (feed);

  self->connect = discover;
  discover (self);
}

static void
cm_ucwa_feed_stop (CmFeed *feed)
{
  CmUcwaFeed *self = CM_UCWA_FEED (feed);

  cm_retry_cancel (&self->retry);
  end_session (self);
  g_clear_pointer (&self->joining, g_free);
}

static CmActions
cm_ucwa_feed_get_actions (CmFeed *feed)
{
  return CM_UCWA_ACTIONS;
}

static void
cm_ucwa_feed_command_async (CmFeed              *feed,
                            const CmCommand     *command,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  CmUcwaFeed *self = CM_UCWA_FEED (feed);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *mark = strrchr (command->leg, '#');
  const char *conversation = mark != NULL ? mark + 1 : "";

  if (cm_feed_get_status (feed) != CM_FEED_LIVE)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("Skype for Business is not reached"));
      return;
    }

  if (command->action == CM_ACTION_REJOIN)
    {
      g_free (self->joining);
      self->joining = g_strdup (cm_ucwa_get_uri (self->decoder, conversation));
    }
  cm_ucwa_command_send (self->client, self->decoder, command, conversation, task);
}

static gboolean
cm_ucwa_feed_command_finish (CmFeed        *feed,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cm_ucwa_feed_dispose (GObject *object)
{
  cm_feed_stop (CM_FEED (object));

  G_OBJECT_CLASS (cm_ucwa_feed_parent_class)->dispose (object);
}

static void
cm_ucwa_feed_finalize (GObject *object)
{
  g_clear_object (&CM_UCWA_FEED (object)->decoder);

  G_OBJECT_CLASS (cm_ucwa_feed_parent_class)->finalize (object);
}

static void
cm_ucwa_feed_class_init (CmUcwaFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmFeedClass *feed_class = CM_FEED_CLASS (klass);

  object_class->dispose = cm_ucwa_feed_dispose;
  object_class->finalize = cm_ucwa_feed_finalize;

  feed_class->options = options;
  feed_class->start = cm_ucwa_feed_start;
  feed_class->stop = cm_ucwa_feed_stop;
  feed_class->get_actions = cm_ucwa_feed_get_actions;
  feed_class->command_async = cm_ucwa_feed_command_async;
  feed_class->command_finish = cm_ucwa_feed_command_finish;
}

static void
cm_ucwa_feed_init (CmUcwaFeed *self)
{
}

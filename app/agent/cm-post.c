/* cm-post.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-post.h"

#include <glib/gi18n.h>

#include "agent/cm-post-message.h"
#include "core/cm-json-writer.h"

/* What is sent before it is acknowledged: messages, and the bytes of each. */
#define WINDOW 8
#define MESSAGE_SIZE (64 * 1024)

/* Who answers pings and acknowledges nothing is of no use, s. */
#define ACK_TIMEOUT 30

/* What is on the way: up to where it goes, in the outbox and in the tracker's count
 * of the lines of this connection. */
typedef struct
{
  CmOutboxPlace end;
  guint64       lines;
} OnWay;

/**
 * CmPost:
 * @place: up to where all was sent
 * @on_way: (element-type OnWay): oldest first
 * @lines: how many were sent over this connection
 * @is_welcome: the tracker has said up to where it has all
 * @told: (nullable): why there is no connection, as was last told
 */
struct _CmPost
{
  CmRemoteLink  *link;
  CmOutbox      *outbox;
  CmPostOptions  options;
  CmPostFuncs    funcs;
  gpointer       user_data;
  CmJsonReader  *json;
  CmTimeCache    cache;
  GArray        *on_way;
  CmOutboxPlace  place;
  guint64        lines;
  char          *told;
  guint          beat_id;
  guint          ack_id;
  gboolean       is_welcome;
};

static gboolean
fail (CmPost *self,
      GError *error)
{
  g_printerr ("conference-agent: %s\n", error->message);
  cm_remote_link_give_up (self->link, error->message);
  g_error_free (error);

  return TRUE;
}

static gboolean
on_ack_timeout (gpointer user_data)
{
  CmPost *self = user_data;

  self->ack_id = 0;
  cm_remote_link_give_up (self->link, _("the tracker acknowledges nothing"));

  return G_SOURCE_REMOVE;
}

static void
watch_acks (CmPost   *self,
            gboolean  waits)
{
  g_clear_handle_id (&self->ack_id, g_source_remove);
  if (waits)
    self->ack_id = g_timeout_add_seconds (ACK_TIMEOUT, on_ack_timeout, self);
}

static gboolean
on_beat (gpointer user_data)
{
  CmPost *self = user_data;

  cm_remote_link_send (self->link, "{\"type\":\"heartbeat\"}");

  return G_SOURCE_CONTINUE;
}

static void
greet (CmPost *self)
{
  g_autoptr(GString) text = g_string_new ("{\"type\":\"hello\",\"sources\":[");
  const char *separator = "";

  for (guint i = 0; self->options.sources[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      cm_json_write_string (text, self->options.sources[i]);
    }
  g_string_append (text, "],\"actions\":[");
  for (guint i = 0; i < CM_N_ACTIONS; i++)
    {
      if ((self->options.actions & (1u << i)) == 0)
        continue;
      g_string_append_printf (text, "%s\"%s\"", separator, cm_action_get_name ((CmAction) i));
      separator = ",";
    }
  g_string_append_printf (text, "],\"heartbeat\":%u}", self->options.heartbeat);
  cm_remote_link_send (self->link, text->str);
}

/* The same reason is told once, however often it is tried. */
static void
tell_loss (CmPost *self)
{
  const char *error = cm_remote_link_get_error (self->link);

  if (error == NULL || g_strcmp0 (error, self->told) == 0)
    return;

  g_free (self->told);
  self->told = g_strdup (error);
  g_printerr (_("conference-agent: not connected: %s\n"), error);
}

static void
on_status (CmWatchStatus status,
           gpointer      user_data)
{
  CmPost *self = user_data;

  self->is_welcome = FALSE;
  self->lines = 0;
  g_array_set_size (self->on_way, 0);
  watch_acks (self, status == CM_WATCH_LIVE);
  if (status == CM_WATCH_LIVE)
    greet (self);
  else
    tell_loss (self);

  self->funcs.moved (self->user_data);
}

/* Returns: whether the tracker has it, as it has said in its welcome */
static gboolean
is_there (CmPost     *self,
          GHashTable *numbers,
          GBytes     *line)
{
  g_autofree char *source = NULL;
  const gint64 *seq;
  CmEvent event;
  gsize size;
  const char *bytes = g_bytes_get_data (line, &size);

  if (!cm_event_decode (&event, self->json, &self->cache, bytes, size - 1, NULL, NULL) || !event.has_seq)
    return FALSE;

  source = cm_text_dup (event.source);
  seq = g_hash_table_lookup (numbers, source);

  return seq != NULL && event.seq <= *seq;
}

/* What was acknowledged, and the agent was not there to hear it. */
static gboolean
skip_what_is_there (CmPost      *self,
                    GHashTable  *numbers,
                    GError     **error)
{
  CmOutboxPlace place = cm_outbox_get_head (self->outbox);

  while (TRUE)
    {
      CmOutboxPlace next = place;
      g_autoptr(GError) local = NULL;
      g_autoptr(GBytes) line = cm_outbox_read (self->outbox, &next, 1, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (line == NULL || !is_there (self, numbers, line))
        break;
      place = next;
    }

  self->place = place;

  return place.number == 0 || cm_outbox_settle (self->outbox, &place, error);
}

static void
take_welcome (CmPost        *self,
              CmPostMessage *message)
{
  CmNumbers *numbers = cm_outbox_get_numbers (self->outbox);
  GError *error = NULL;

  for (guint i = 0; self->options.sources[i] != NULL; i++)
    {
      const char *source = self->options.sources[i];
      const gint64 *seq = g_hash_table_lookup (message->last, source);
      gint64 last;

      if (seq == NULL)
        seq = g_hash_table_lookup (message->seq, source);
      if (seq != NULL)
        cm_numbers_note (numbers, source, *seq);
      else if (!cm_numbers_get (numbers, source, &last))
        cm_numbers_note (numbers, source, 0);
    }

  if (!self->funcs.number_all (self->user_data))
    return;
  if (!skip_what_is_there (self, message->seq, &error))
    {
      fail (self, error);
      return;
    }

  if (self->told != NULL)
    g_printerr ("%s\n", _("conference-agent: connected"));
  g_clear_pointer (&self->told, g_free);
  self->is_welcome = TRUE;
  watch_acks (self, FALSE);
  self->funcs.moved (self->user_data);
  cm_post_push (self);
}

static void
take_ack (CmPost        *self,
          CmPostMessage *message)
{
  CmOutboxPlace end = { 0, 0, 0 };
  guint done = 0;
  GError *error = NULL;

  while (done < self->on_way->len && g_array_index (self->on_way, OnWay, done).lines <= message->lines)
    end = g_array_index (self->on_way, OnWay, done++).end;
  if (done == 0)
    return;

  g_array_remove_range (self->on_way, 0, done);
  watch_acks (self, self->on_way->len > 0);
  if (!cm_outbox_settle (self->outbox, &end, &error))
    {
      fail (self, error);
      return;
    }

  cm_post_push (self);
  self->funcs.moved (self->user_data);
}

static gboolean
on_text (GBytes   *bytes,
         gpointer  user_data)
{
  CmPost *self = user_data;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_auto(CmPostMessage) message = { 0 };

  if (!cm_post_message_read (&message, self->json, text, size))
    return FALSE;

  if (g_str_equal (message.type, "welcome"))
    take_welcome (self, &message);
  else if (g_str_equal (message.type, "ack"))
    take_ack (self, &message);
  else if (g_str_equal (message.type, "command") && message.id != NULL && memchr (text, '\n', size) == NULL)
    self->funcs.command (message.id, text, self->user_data);
  else if (g_str_equal (message.type, "fault"))
    cm_post_message_print_faults (&message);

  return TRUE;
}

/**
 * cm_post_new:
 * @options: whom it connects to, and what it says of itself; @sources are to stay
 * @outbox: (transfer none): what is to be brought there
 * @funcs: what to call
 * @user_data: for them
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the post; %NULL where the address or the
 *   file of certificates cannot be used
 */
CmPost *
cm_post_new (const CmPostOptions  *options,
             CmOutbox             *outbox,
             const CmPostFuncs    *funcs,
             gpointer              user_data,
             GError              **error)
{
  g_autoptr(CmPost) self = g_new0 (CmPost, 1);

  self->outbox = outbox;
  self->options = *options;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->json = cm_json_reader_new ();
  self->on_way = g_array_new (FALSE, FALSE, sizeof (OnWay));
  self->link = cm_remote_link_new (&options->remote, on_text, on_status, self, error);
  if (self->link == NULL)
    return NULL;

  self->beat_id = g_timeout_add (MAX (options->heartbeat * 1000 / 3, 200), on_beat, self);

  return g_steal_pointer (&self);
}

/**
 * cm_post_free:
 * @self: (transfer full): a post
 */
void
cm_post_free (CmPost *self)
{
  g_clear_handle_id (&self->beat_id, g_source_remove);
  g_clear_handle_id (&self->ack_id, g_source_remove);
  g_clear_pointer (&self->link, cm_remote_link_free);
  cm_json_reader_free (self->json);
  g_array_unref (self->on_way);
  g_free (self->told);
  g_free (self);
}

/**
 * cm_post_push:
 * @self: a post
 *
 * Sends of the outbox what was not sent, as far as the window goes.
 */
void
cm_post_push (CmPost *self)
{
  while (self->is_welcome && self->on_way->len < WINDOW)
    {
      guint64 before = self->place.lines, number = self->place.number;
      g_autoptr(GBytes) bytes = NULL;
      GError *error = NULL;
      OnWay sent;

      bytes = cm_outbox_read (self->outbox, &self->place, MESSAGE_SIZE, &error);
      if (error != NULL)
        fail (self, error);
      if (bytes == NULL)
        return;

      self->lines += self->place.lines - (self->place.number == number ? before : 0);
      sent = (OnWay) { self->place, self->lines };
      g_array_append_val (self->on_way, sent);
      if (self->on_way->len == 1)
        watch_acks (self, TRUE);
      cm_remote_link_send (self->link, g_bytes_get_data (bytes, NULL));
    }
}

/* Returns: whether the tracker is there, and takes lines */
gboolean
cm_post_is_connected (CmPost *self)
{
  return self->is_welcome;
}

/**
 * cm_post_refuse:
 * @self: a post
 * @id: of a command
 * @reason: why it was not taken
 */
void
cm_post_refuse (CmPost     *self,
                const char *id,
                const char *reason)
{
  g_autoptr(GString) text = g_string_new ("{\"type\":\"refused\",\"id\":");

  cm_json_write_string (text, id);
  g_string_append (text, ",\"reason\":");
  cm_json_write_string (text, reason);
  g_string_append_c (text, '}');
  cm_remote_link_send (self->link, text->str);
}

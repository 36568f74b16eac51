/* cm-notification-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-notification-desk.h"

#include <string.h>

#include "panel/cm-notification-texts.h"

#define SUMMARY "attention"
#define SOURCES "sources"

/**
 * CmNotificationDesk:
 * @sent: what was shown by itself: its conversation by key, %NULL where it is of none
 * @waiting: likewise: what is to be shown
 * @off: (nullable): the rules that are switched off; %NULL for all of them
 */
struct _CmNotificationDesk
{
  GSettings                *settings;
  const CmNotificationSink *sink;
  gpointer                  sink_data;
  GHashTable               *sent;
  GHashTable               *waiting;
  char                    **off;
  gboolean                  summarised;
  gboolean                  sources_summarised;
  guint                     timeout_id;
  guint                     again_id;
};

static void
free_conversation (gpointer conversation)
{
  g_clear_object ((CmConversation **) &conversation);
}

static GHashTable *
create_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_conversation);
}

static void
read_off (CmNotificationDesk *self)
{
  g_clear_pointer (&self->off, g_strfreev);
  if (g_settings_get_boolean (self->settings, "notifications"))
    self->off = g_settings_get_strv (self->settings, "notifications-off");
}

/* Returns: whether what has that key is switched off */
static gboolean
is_off (CmNotificationDesk *self,
        const char         *key)
{
  return self->off == NULL || g_strv_contains ((const char * const *) self->off, strrchr (key, ' ') + 1);
}

static gboolean
has_names (CmNotificationDesk *self)
{
  return g_settings_get_boolean (self->settings, "notification-names") &&
         !g_settings_get_boolean (self->settings, "safe-mode");
}

/* Of a source that has no call, or of the tracker. */
static GNotification *
notification_new_of_silence (CmNotificationDesk *self,
                             const char         *key)
{
  g_autofree char *source = NULL;

  if (g_str_equal (key, CM_NOTIFICATION_TRACKER))
    return cm_notification_new_of_tracker ();

  source = g_strndup (key + strlen (CM_NOTIFICATION_OF_SOURCE), strlen (key) - strlen (CM_NOTIFICATION_OF_SOURCE CM_NOTIFICATION_SILENT));

  return cm_notification_new_of_source (source, has_names (self));
}

/* @conversation: (nullable): which call it is of */
static void
send_one (CmNotificationDesk *self,
          const char         *key,
          CmConversation     *conversation)
{
  g_autoptr (GNotification) notification = NULL;

  if (conversation != NULL)
    notification = cm_notification_new_of_call (cm_conversation_get_document (conversation),
                                                strrchr (key, ' ') + 1, has_names (self));
  else
    notification = notification_new_of_silence (self, key);

  self->sink->send (self->sink_data, key, notification);
  g_hash_table_insert (self->sent, g_strdup (key),
                       conversation != NULL ? g_object_ref (conversation) : NULL);
}

/* @notification: (transfer full): of so many that each of them would be too much */
static void
send_summary (CmNotificationDesk *self,
              const char         *id,
              GNotification      *notification,
              gboolean           *summarised)
{
  self->sink->send (self->sink_data, id, notification);
  *summarised = TRUE;
  g_object_unref (notification);
}

/* Returns: of how many calls something waits; @n_others: how much of none */
static guint
count_calls (GHashTable *waiting,
             guint      *n_others)
{
  g_autoptr (GHashTable) calls = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer conversation;

  *n_others = 0;
  g_hash_table_iter_init (&iter, waiting);
  while (g_hash_table_iter_next (&iter, NULL, &conversation))
    {
      if (conversation != NULL)
        g_hash_table_add (calls, conversation);
      else
        (*n_others)++;
    }

  return g_hash_table_size (calls);
}

static gboolean
send_cb (gpointer user_data)
{
  CmNotificationDesk *self = user_data;
  guint n_others, n = count_calls (self->waiting, &n_others);
  GHashTableIter iter;
  gpointer key, conversation;

  self->timeout_id = 0;
  if (n > CM_NOTIFIER_MAX_SINGLE)
    send_summary (self, SUMMARY, cm_notification_new_of_calls (n), &self->summarised);
  if (n_others > CM_NOTIFIER_MAX_SINGLE)
    send_summary (self, SOURCES, cm_notification_new_of_sources (n_others), &self->sources_summarised);

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, &conversation))
    {
      if ((conversation != NULL ? n : n_others) <= CM_NOTIFIER_MAX_SINGLE)
        send_one (self, key, conversation);
    }

  g_hash_table_remove_all (self->waiting);

  return G_SOURCE_REMOVE;
}

/* What is on the desktop already says a name, or is to say one again. */
static gboolean
send_again_cb (gpointer user_data)
{
  CmNotificationDesk *self = user_data;
  g_autoptr (GHashTable) sent = g_steal_pointer (&self->sent);
  GHashTableIter iter;
  gpointer key, conversation;

  self->again_id = 0;
  self->sent = create_table ();
  g_hash_table_iter_init (&iter, sent);
  while (g_hash_table_iter_next (&iter, &key, &conversation))
    send_one (self, key, conversation);

  return G_SOURCE_REMOVE;
}

/* Not at once: the calls get their names back by the same setting, maybe after this. */
static void
names_changed_cb (CmNotificationDesk *self)
{
  if (self->again_id == 0)
    self->again_id = g_idle_add_full (G_PRIORITY_HIGH, send_again_cb, self, NULL);
}

static void
withdraw_summary (CmNotificationDesk *self,
                  const char         *id,
                  gboolean           *summarised)
{
  if (*summarised)
    self->sink->withdraw (self->sink_data, id);
  *summarised = FALSE;
}

/* What is switched off is taken back. Switched on again, it is not told a second time. */
static void
settings_changed_cb (CmNotificationDesk *self)
{
  GHashTableIter iter;
  gpointer key;

  read_off (self);
  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!is_off (self, key))
        continue;
      self->sink->withdraw (self->sink_data, key);
      g_hash_table_iter_remove (&iter);
    }

  if (self->off == NULL)
    cm_notification_desk_settle (self, 0, 0);
}

/**
 * cm_notification_desk_new:
 * @settings: the user's settings
 * @sink: where notifications go; must outlive what this returns
 * @sink_data: for @sink
 *
 * Returns: (transfer full): a desk on which nothing is shown yet
 */
CmNotificationDesk *
cm_notification_desk_new (GSettings                *settings,
                          const CmNotificationSink *sink,
                          gpointer                  sink_data)
{
  CmNotificationDesk *self = g_new0 (CmNotificationDesk, 1);

  self->settings = g_object_ref (settings);
  self->sink = sink;
  self->sink_data = sink_data;
  self->sent = create_table ();
  self->waiting = create_table ();
  read_off (self);
  g_signal_connect_swapped (settings, "changed", G_CALLBACK (settings_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::safe-mode", G_CALLBACK (names_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::notification-names", G_CALLBACK (names_changed_cb), self);

  return self;
}

/* @self: (transfer full): what is shown is taken back */
void
cm_notification_desk_free (CmNotificationDesk *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    self->sink->withdraw (self->sink_data, key);
  cm_notification_desk_settle (self, 0, 0);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->settings, self);
  g_object_unref (self->settings);
  g_strfreev (self->off);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->waiting);
  g_free (self);
}

/**
 * cm_notification_desk_start:
 * @self: a desk
 * @key: what holds from now on; a rule stands behind its last blank
 * @conversation: (nullable): which call it is of
 */
void
cm_notification_desk_start (CmNotificationDesk *self,
                            const char         *key,
                            CmConversation     *conversation)
{
  if (is_off (self, key))
    return;

  g_hash_table_insert (self->waiting, g_strdup (key),
                       conversation != NULL ? g_object_ref (conversation) : NULL);
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (CM_NOTIFIER_DELAY, send_cb, self);
}

/* @key: what holds no longer */
void
cm_notification_desk_stop (CmNotificationDesk *self,
                           const char         *key)
{
  g_hash_table_remove (self->waiting, key);
  if (g_hash_table_remove (self->sent, key))
    self->sink->withdraw (self->sink_data, key);
}

/**
 * cm_notification_desk_settle:
 * @self: a desk
 * @n_calls: of how many calls anything holds
 * @n_sources: of how many sources that have none
 *
 * Takes back what told of many at once, where there is none left.
 */
void
cm_notification_desk_settle (CmNotificationDesk *self,
                             guint               n_calls,
                             guint               n_sources)
{
  if (n_calls == 0)
    withdraw_summary (self, SUMMARY, &self->summarised);
  if (n_sources == 0)
    withdraw_summary (self, SOURCES, &self->sources_summarised);
}

/* cm-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-notifier.h"

#include <string.h>

#include "model/cm-document-attention.h"
#include "model/cm-silence.h"
#include "panel/cm-notification-texts.h"

#define SUMMARY "attention"
#define SOURCES "sources"

/* What is told of the whole has the rule of a silent source too, and is switched off
 * with it. No conversation's id has a blank before its rule. */
#define SILENT " source-silent"
#define TRACKER "tracker" SILENT
#define OF_SOURCE "source "

struct _CmNotifier
{
  GObject parent_instance;

  CmSession                *session;
  GSettings                *settings;
  const CmNotificationSink *sink;
  gpointer                  sink_data;
  GHashTable               *known;   /* a set of "conversation rule": what holds now */
  GHashTable               *sent;    /* the same: its conversation, NULL where it is of none; what
                                      * was shown by itself */
  GHashTable               *waiting; /* likewise: what is to be shown */
  gboolean                  summarised;
  gboolean                  sources_summarised;
  guint                     timeout_id;
  guint                     again_id;
};

G_DEFINE_FINAL_TYPE (CmNotifier, cm_notifier, G_TYPE_OBJECT)

static void
free_conversation (gpointer conversation)
{
  g_clear_object ((CmConversation **) &conversation);
}

static char *
dup_key (CmConversation    *conversation,
         const CmAttention *attention)
{
  return g_strdup_printf ("%s %s", cm_conversation_get_id (conversation), attention->rule);
}

static gboolean
is_off (CmNotifier *self,
        const char *rule)
{
  g_auto (GStrv) off = g_settings_get_strv (self->settings, "notifications-off");

  return !g_settings_get_boolean (self->settings, "notifications") ||
         g_strv_contains ((const char * const *) off, rule);
}

/* What is not live is nothing to call anybody for. */
static gboolean
is_live (CmNotifier *self)
{
  CmWatch *watch = cm_session_get_watch (self->session);

  return watch != NULL && cm_watch_get_status (watch) == CM_WATCH_LIVE;
}

/* The source's silence is itself what is told; all else it said may no longer be so. */
static gboolean
is_told (const CmDocument  *document,
         const CmAttention *attention)
{
  return cm_document_get_as_of (document) == CM_TIME_NONE ||
         g_str_equal (attention->rule, "source-silent");
}

static gboolean
has_names (CmNotifier *self)
{
  return g_settings_get_boolean (self->settings, "notification-names") &&
         !g_settings_get_boolean (self->settings, "safe-mode");
}

/* Of a source that has no call, or of the tracker. */
static GNotification *
notification_new_of_silence (CmNotifier *self,
                             const char *key)
{
  g_autofree char *source = NULL;

  if (g_str_equal (key, TRACKER))
    return cm_notification_new_of_tracker ();

  source = g_strndup (key + strlen (OF_SOURCE), strlen (key) - strlen (OF_SOURCE) - strlen (SILENT));

  return cm_notification_new_of_source (source, has_names (self));
}

/* @conversation: (nullable): which call it is of */
static void
send_one (CmNotifier     *self,
          const char     *key,
          CmConversation *conversation)
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
send_summary (CmNotifier    *self,
              const char    *id,
              GNotification *notification,
              gboolean      *summarised)
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
  CmNotifier *self = user_data;
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
  CmNotifier *self = user_data;
  g_autoptr (GHashTable) sent = g_steal_pointer (&self->sent);
  GHashTableIter iter;
  gpointer key, conversation;

  self->again_id = 0;
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_conversation);
  g_hash_table_iter_init (&iter, sent);
  while (g_hash_table_iter_next (&iter, &key, &conversation))
    send_one (self, key, conversation);

  return G_SOURCE_REMOVE;
}

/* Not at once: the calls get their names back by the same setting, maybe after this. */
static void
names_changed_cb (CmNotifier *self)
{
  if (self->again_id == 0)
    self->again_id = g_idle_add_full (G_PRIORITY_HIGH, send_again_cb, self, NULL);
}

/* @conversation: (nullable): which call it is of */
static void
start (CmNotifier     *self,
       CmConversation *conversation,
       const char     *key)
{
  if (g_hash_table_contains (self->known, key) || is_off (self, strrchr (key, ' ') + 1))
    return;

  g_hash_table_insert (self->waiting, g_strdup (key),
                       conversation != NULL ? g_object_ref (conversation) : NULL);
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (CM_NOTIFIER_DELAY, send_cb, self);
}

static void
collect (CmNotifier     *self,
         CmConversation *conversation,
         GHashTable     *now)
{
  const CmDocument *document = cm_conversation_get_document (conversation);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);
      char *key = dup_key (conversation, attention);

      if (!is_told (document, attention))
        {
          g_free (key);
          continue;
        }

      start (self, conversation, key);
      g_hash_table_add (now, key);
    }
}

/* @key: (transfer full): holds, and is of no call */
static void
hold (CmNotifier *self,
      char       *key,
      GHashTable *now)
{
  start (self, NULL, key);
  g_hash_table_add (now, key);
}

/* Who has a call is told of with that. */
static void
collect_silences (CmNotifier *self,
                  CmWatch    *watch,
                  GHashTable *now)
{
  const CmRuleThresholds *rule = cm_watch_get_rule (watch, CM_RULE_SOURCE_SILENT);
  GPtrArray *silences = cm_banner_model_get_silences (cm_session_get_banner (self->session));
  CmLevel level;
  gint64 due;

  if (cm_watch_get_snoozed (watch, NULL, CM_RULE_SOURCE_SILENT) != CM_TIME_NONE)
    return;

  for (guint i = 0; i < silences->len; i++)
    {
      const CmSilence *silence = g_ptr_array_index (silences, i);

      if (silence->conversations->len == 0 &&
          cm_rule_thresholds_look (rule, silence->since, cm_watch_get_now (watch), &level, &due))
        hold (self, g_strconcat (OF_SOURCE, silence->source, SILENT, NULL), now);
    }
}

static gboolean
is_of_call (gpointer key,
            gpointer value,
            gpointer user_data)
{
  return !g_str_has_prefix (key, OF_SOURCE) && !g_str_equal (key, TRACKER);
}

static gboolean
is_of_source (gpointer key,
              gpointer value,
              gpointer user_data)
{
  return g_str_has_prefix (key, OF_SOURCE);
}

static void
withdraw_over (CmNotifier *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (self->known, key))
        g_hash_table_iter_remove (&iter);
    }

  g_hash_table_iter_init (&iter, self->sent);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *rule = strrchr (key, ' ') + 1;

      if (g_hash_table_contains (self->known, key) && !is_off (self, rule))
        continue;
      self->sink->withdraw (self->sink_data, key);
      g_hash_table_iter_remove (&iter);
    }

  if (self->summarised && g_hash_table_find (self->known, is_of_call, NULL) == NULL)
    {
      self->sink->withdraw (self->sink_data, SUMMARY);
      self->summarised = FALSE;
    }
  if (self->sources_summarised && g_hash_table_find (self->known, is_of_source, NULL) == NULL)
    {
      self->sink->withdraw (self->sink_data, SOURCES);
      self->sources_summarised = FALSE;
    }
}

/* What needs attention stands first in the list: no more of it is looked at. */
static void
update (CmNotifier *self)
{
  GListModel *list = G_LIST_MODEL (cm_session_get_order (self->session));
  CmWatch *watch = cm_session_get_watch (self->session);
  GHashTable *now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = g_list_model_get_n_items (list), n_attention, n_seen = 0;

  g_object_get (list, "n-attention", &n_attention, NULL);
  for (guint i = 0; i < n && n_seen < n_attention && is_live (self); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);

      if (cm_conversation_get_document (conversation)->attention->len == 0)
        continue;
      n_seen++;
      collect (self, conversation, now);
    }

  if (is_live (self))
    collect_silences (self, watch, now);
  else if (watch != NULL && cm_watch_get_status (watch) == CM_WATCH_LOST)
    hold (self, g_strdup (TRACKER), now);

  g_hash_table_unref (self->known);
  self->known = now;
  withdraw_over (self);
}

/* Time alone makes a silence long enough. */
static void
now_changed_cb (CmNotifier *self)
{
  if (cm_banner_model_get_silences (cm_session_get_banner (self->session))->len > 0)
    update (self);
}

static void
cm_notifier_dispose (GObject *object)
{
  CmNotifier *self = CM_NOTIFIER (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  if (self->session != NULL)
    {
      g_hash_table_remove_all (self->known);
      withdraw_over (self);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cm_notifier_parent_class)->dispose (object);
}

static void
cm_notifier_finalize (GObject *object)
{
  CmNotifier *self = CM_NOTIFIER (object);

  g_hash_table_unref (self->known);
  g_hash_table_unref (self->sent);
  g_hash_table_unref (self->waiting);

  G_OBJECT_CLASS (cm_notifier_parent_class)->finalize (object);
}

static void
cm_notifier_class_init (CmNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cm_notifier_dispose;
  object_class->finalize = cm_notifier_finalize;
}

static void
cm_notifier_init (CmNotifier *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_conversation);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_conversation);
}

/**
 * cm_notifier_new:
 * @session: what is watched
 * @settings: the user's settings
 * @sink: where notifications go; must outlive what this returns
 * @sink_data: for @sink
 *
 * Returns: (transfer full): a notifier, that notifies as long as it is there
 */
CmNotifier *
cm_notifier_new (CmSession                *session,
                 GSettings                *settings,
                 const CmNotificationSink *sink,
                 gpointer                  sink_data)
{
  CmNotifier *self = g_object_new (CM_TYPE_NOTIFIER, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->sink = sink;
  self->sink_data = sink_data;
  g_signal_connect_object (cm_session_get_order (session), "arranged", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::lost", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::now", G_CALLBACK (now_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cm_session_get_banner (session), "notify::n-silent", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::safe-mode", G_CALLBACK (names_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::notification-names", G_CALLBACK (names_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);

  return self;
}

static void
send_to_desktop (gpointer       data,
                 const char    *id,
                 GNotification *notification)
{
  g_application_send_notification (data, id, notification);
}

static void
withdraw_from_desktop (gpointer    data,
                       const char *id)
{
  g_application_withdraw_notification (data, id);
}

/* Returns: (transfer full): a notifier that shows them on the desktop */
CmNotifier *
cm_notifier_new_for_desktop (GApplication *application,
                             CmSession    *session,
                             GSettings    *settings)
{
  static const CmNotificationSink desktop = { send_to_desktop, withdraw_from_desktop };

  return cm_notifier_new (session, settings, &desktop, application);
}

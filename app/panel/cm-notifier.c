/* cm-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-notifier.h"

#include "model/cm-document-attention.h"
#include "model/cm-silence.h"
#include "panel/cm-notification-desk.h"

/* @keys: (element-type utf8): what holds of a call, "conversation rule"
 * @shown: whether it is in the list; what filter or search hide is told of no longer, and
 *   not a second time when it is there again */
typedef struct
{
  GPtrArray *keys;
  gboolean   shown;
} Call;

struct _CmNotifier
{
  GObject parent_instance;

  CmSession          *session;
  CmNotificationDesk *desk;
  GHashTable         *calls;   /* Call by CmConversation: of which anything holds */
  GHashTable         *others;  /* a set of keys: what holds and is of no call */
  guint               n_shown; /* of the calls */
};

G_DEFINE_FINAL_TYPE (CmNotifier, cm_notifier, G_TYPE_OBJECT)

static char *
dup_key (CmConversation    *conversation,
         const CmAttention *attention)
{
  return g_strdup_printf ("%s %s", cm_conversation_get_id (conversation), attention->rule);
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

/* Returns: (transfer full) (element-type utf8): what holds of a call */
static GPtrArray *
dup_keys (CmConversation *conversation)
{
  const CmDocument *document = cm_conversation_get_document (conversation);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (is_told (document, attention))
        g_ptr_array_add (keys, dup_key (conversation, attention));
    }

  return keys;
}

/* @keys: (nullable) */
static gboolean
has_key (GPtrArray  *keys,
         const char *key)
{
  return keys != NULL && g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL);
}

static void
call_free (gpointer data)
{
  Call *self = data;

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self);
}

static void
set_shown (CmNotifier *self,
           Call       *call,
           gboolean    shown)
{
  self->n_shown += (guint) shown - (guint) call->shown;
  call->shown = shown;
}

static void
forget_call (CmNotifier     *self,
             CmConversation *conversation)
{
  Call *call = g_hash_table_lookup (self->calls, conversation);

  if (call == NULL)
    return;

  for (guint i = 0; i < call->keys->len; i++)
    cm_notification_desk_stop (self->desk, g_ptr_array_index (call->keys, i));
  set_shown (self, call, FALSE);
  g_hash_table_remove (self->calls, conversation);
}

/* Filter or search hide it, or it is gone. */
static void
hide_call (CmNotifier     *self,
           CmConversation *conversation)
{
  Call *call = g_hash_table_lookup (self->calls, conversation);

  if (!cm_call_order_has (cm_session_get_order (self->session), conversation) ||
      !cm_conversation_get_attention (conversation))
    {
      forget_call (self, conversation);
      return;
    }

  if (call == NULL || !call->shown)
    return;

  for (guint i = 0; i < call->keys->len; i++)
    cm_notification_desk_stop (self->desk, g_ptr_array_index (call->keys, i));
  set_shown (self, call, FALSE);
}

static void
show_call (CmNotifier     *self,
           CmConversation *conversation)
{
  Call *call = g_hash_table_lookup (self->calls, conversation);
  g_autoptr (GPtrArray) before = NULL;
  GPtrArray *now = dup_keys (conversation);

  if (call == NULL)
    {
      call = g_new0 (Call, 1);
      g_hash_table_insert (self->calls, g_object_ref (conversation), call);
    }

  before = call->keys;
  call->keys = now;
  for (guint i = 0; before != NULL && i < before->len; i++)
    {
      if (!has_key (now, g_ptr_array_index (before, i)))
        cm_notification_desk_stop (self->desk, g_ptr_array_index (before, i));
    }
  for (guint i = 0; i < now->len; i++)
    {
      if (!has_key (before, g_ptr_array_index (now, i)))
        cm_notification_desk_start (self->desk, g_ptr_array_index (now, i), conversation);
    }

  set_shown (self, call, now->len > 0);
  if (now->len == 0)
    g_hash_table_remove (self->calls, conversation);
}

static char *
dup_source_key (const char *source)
{
  return g_strconcat (CM_NOTIFICATION_OF_SOURCE, source, CM_NOTIFICATION_SILENT, NULL);
}

/* @key: (transfer full): holds, and is of no call */
static void
hold (CmNotifier *self,
      char       *key,
      GHashTable *now)
{
  if (!g_hash_table_contains (self->others, key))
    cm_notification_desk_start (self->desk, key, NULL);
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
        hold (self, dup_source_key (silence->source), now);
    }
}

static void
update_others (CmNotifier *self)
{
  CmWatch *watch = cm_session_get_watch (self->session);
  g_autoptr (GHashTable) before = NULL;
  GHashTable *now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  guint n_sources;

  if (is_live (self))
    collect_silences (self, watch, now);
  else if (watch != NULL && cm_watch_get_status (watch) == CM_WATCH_LOST)
    hold (self, g_strdup (CM_NOTIFICATION_TRACKER), now);

  before = g_steal_pointer (&self->others);
  self->others = now;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (now, key))
        cm_notification_desk_stop (self->desk, key);
    }

  n_sources = g_hash_table_size (now) - g_hash_table_contains (now, CM_NOTIFICATION_TRACKER);
  cm_notification_desk_settle (self->desk, self->n_shown, n_sources);
}

/* Returns: (transfer full): a set of all calls that need attention; they stand first in the
 * list, and no more of it is looked at */
static GHashTable *
dup_urgent (CmNotifier *self)
{
  GListModel *list = G_LIST_MODEL (cm_session_get_order (self->session));
  GHashTable *urgent = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  guint n = g_list_model_get_n_items (list), n_attention;

  g_object_get (list, "n-attention", &n_attention, NULL);
  for (guint i = 0; i < n && g_hash_table_size (urgent) < n_attention && is_live (self); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);

      if (cm_conversation_get_document (conversation)->attention->len > 0)
        g_hash_table_add (urgent, g_steal_pointer (&conversation));
    }

  return urgent;
}

static void
update (CmNotifier *self)
{
  g_autoptr (GHashTable) urgent = dup_urgent (self);
  g_autoptr (GList) known = g_hash_table_get_keys (self->calls);
  GHashTableIter iter;
  gpointer conversation;

  for (GList *l = known; l != NULL; l = l->next)
    {
      if (!is_live (self))
        forget_call (self, l->data);
      else if (!g_hash_table_contains (urgent, l->data))
        hide_call (self, l->data);
    }
  g_hash_table_iter_init (&iter, urgent);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    show_call (self, conversation);

  update_others (self);
}

/* Of a hundred thousand calls only those are looked at that are not as they were. */
static void
arranged_cb (CmNotifier           *self,
             const CmCallArranged *arranged)
{
  for (guint i = 0; i < arranged->out->len; i++)
    hide_call (self, g_ptr_array_index (arranged->out, i));
  for (guint i = 0; is_live (self) && i < arranged->in->len; i++)
    show_call (self, g_ptr_array_index (arranged->in, i));

  update_others (self);
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

  g_clear_pointer (&self->desk, cm_notification_desk_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cm_notifier_parent_class)->dispose (object);
}

static void
cm_notifier_finalize (GObject *object)
{
  CmNotifier *self = CM_NOTIFIER (object);

  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->others);

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
  self->calls = g_hash_table_new_full (NULL, NULL, g_object_unref, call_free);
  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  self->desk = cm_notification_desk_new (settings, sink, sink_data);
  g_signal_connect_object (cm_session_get_order (session), "arranged", G_CALLBACK (arranged_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::lost", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::now", G_CALLBACK (now_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cm_session_get_banner (session), "notify::n-silent", G_CALLBACK (update), self,
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

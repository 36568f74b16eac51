/* cm-triage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-triage.h"

#include "panel/cm-notifier.h"
#include "panel/list/cm-rules-settings.h"
#include "panel/cm-settings.h"

struct _CmTriage
{
  GObject parent_instance;

  GtkApplication *application; /* not owned: it owns this */
  CmSession      *session;
  GSettings      *settings;
  CmNotifier     *notifier;
};

G_DEFINE_FINAL_TYPE (CmTriage, cm_triage, G_TYPE_OBJECT)

static void
present (CmTriage *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  if (window != NULL)
    gtk_window_present (window);
}

static void
show_call_activated (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  CmTriage *self = CM_TRIAGE (user_data);
  CmWatch *watch = cm_session_get_watch (self->session);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (CmConversation) conversation = NULL;

  if (watch != NULL && *id != '\0')
    g_set_object (&conversation,
                  cm_conversation_list_lookup (cm_watch_get_conversations (watch), id));
  else
    conversation = g_list_model_get_item (G_LIST_MODEL (cm_session_get_order (self->session)), 0);

  if (conversation != NULL)
    cm_session_set_selected (self->session, conversation);

  present (self);
}

static gboolean
has_leg (CmConversation *conversation,
         const char     *id)
{
  const CmDocument *document = cm_conversation_get_document (conversation);

  for (guint i = 0; i < document->legs.len; i++)
    {
      if (g_strcmp0 (((const CmLeg *) cm_document_get_leg (document, i))->id, id) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What asks for it stands near the top of the list. */
static gboolean
select_leg (CmTriage   *self,
            const char *id)
{
  GListModel *order = G_LIST_MODEL (cm_session_get_order (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (order); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (order, i);

      if (!has_leg (conversation, id))
        continue;
      cm_session_set_selected (self->session, conversation);
      return TRUE;
    }

  return FALSE;
}

/* Through the banner, which says what comes of it. */
static void
rejoin_call_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  CmTriage *self = CM_TRIAGE (user_data);
  CmBannerModel *banner = cm_session_get_banner (self->session);
  const char *leg = g_variant_get_string (parameter, NULL);

  if (select_leg (self, leg))
    {
      cm_banner_model_set_mirrored_leg (banner, leg);
      cm_banner_model_rejoin (banner);
    }

  present (self);
}

static void
watch_changed_cb (CmTriage *self)
{
  CmWatch *watch = cm_session_get_watch (self->session);

  if (watch != NULL)
    cm_rules_settings_bind (self->settings, watch);
}

static void
cm_triage_dispose (GObject *object)
{
  CmTriage *self = CM_TRIAGE (object);

  if (self->notifier != NULL)
    g_object_run_dispose (G_OBJECT (self->notifier));
  g_clear_object (&self->notifier);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cm_triage_parent_class)->dispose (object);
}

static void
cm_triage_class_init (CmTriageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cm_triage_dispose;
}

static void
cm_triage_init (CmTriage *self)
{
  self->settings = cm_settings_new ();
}

/**
 * cm_triage_new:
 * @application: the program, which must outlive what this returns
 * @session: what it watches
 *
 * Returns: (transfer full): what sees to what needs attention
 */
CmTriage *
cm_triage_new (GtkApplication *application,
               CmSession      *session)
{
  static const GActionEntry actions[] = {
    { "show-call", show_call_activated, "s" },
    { "rejoin-call", rejoin_call_activated, "s" },
  };
  CmTriage *self = g_object_new (CM_TYPE_TRIAGE, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  self->notifier = cm_notifier_new_for_desktop (G_APPLICATION (application), session,
                                                self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   self);
  g_signal_connect_object (session, "notify::watch", G_CALLBACK (watch_changed_cb), self,
                           G_CONNECT_SWAPPED);
  watch_changed_cb (self);

  return self;
}

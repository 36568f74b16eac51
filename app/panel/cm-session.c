/* cm-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-session.h"

#include "panel/list/cm-picker.h"
#include "panel/cm-session-texts.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_HIDDEN_TEXT,
  PROP_STATUS,
  PROP_STATUS_ICON,
  PROP_PAGE,
  PROP_FAULT_TITLE,
  PROP_FAULT_TEXT,
  N_TEXTS,
  PROP_WATCH = N_TEXTS,
  PROP_PLAYBACK,
  PROP_DEMO,
  PROP_SELECTION,
  PROP_SELECTED,
  PROP_BANNER,
  PROP_ORDER,
  PROP_NOW,
  PROP_LOST,
  N_PROPS,
};

enum
{
  SIGNAL_LOBBY_REQUESTED,
  N_SIGNALS,
};

struct _CmSession
{
  GObject parent_instance;

  CmWatch       *watch;
  CmCallOrder   *order;
  CmPicker      *picker;
  CmBannerModel *banner;
  char          *texts[N_TEXTS];
  const char    *asking; /* (nullable) the page that asks what to watch */
};

G_DEFINE_FINAL_TYPE (CmSession, cm_session, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
take_text (CmSession *self,
           guint      prop,
           char      *text)
{
  if (g_strcmp0 (self->texts[prop], text) == 0)
    {
      g_free (text);
      return;
    }

  g_free (self->texts[prop]);
  self->texts[prop] = text;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static CmConversationList *
get_list (CmSession *self)
{
  return self->watch != NULL ? cm_watch_get_conversations (self->watch) : NULL;
}

static guint
get_n_silent (CmSession *self)
{
  return cm_banner_model_get_silences (self->banner)->len;
}

static void
update_counts (CmSession *self)
{
  gboolean whole = cm_session_texts_is_whole (self->watch, get_n_silent (self));
  guint n, n_total, n_attention, n_hidden;

  g_object_get (self->order, "n-items", &n, "n-total", &n_total, "n-attention", &n_attention,
                "n-hidden-attention", &n_hidden, NULL);

  take_text (self, PROP_TITLE, cm_session_texts_dup_title (n, n_total, whole));
  take_text (self, PROP_SUBTITLE, cm_session_texts_dup_subtitle (n_attention));
  take_text (self, PROP_HIDDEN_TEXT, cm_session_texts_dup_hidden (n_hidden));
}

static void
update_status (CmSession *self)
{
  guint n_silent = get_n_silent (self);

  take_text (self, PROP_STATUS, cm_session_texts_dup_status (self->watch, n_silent));
  take_text (self, PROP_STATUS_ICON, g_strdup (cm_session_texts_get_status_icon (self->watch, n_silent)));
}

static void
update_page (CmSession *self)
{
  const char *page = "calls";

  if (self->asking != NULL)
    page = self->asking;
  else if (self->texts[PROP_FAULT_TITLE] != NULL)
    page = "fault";
  else if (self->watch == NULL)
    page = "welcome";

  take_text (self, PROP_PAGE, g_strdup (page));
}

/* "You" is who the only station belongs to. */
static void
sources_changed_cb (CmSession *self)
{
  cm_call_order_set_own (self->order, cm_watch_get_n_sources (self->watch) <= 1);
  update_status (self);
}

static void
silent_changed_cb (CmSession *self)
{
  update_counts (self);
  update_status (self);
}

static void
status_changed_cb (CmSession *self)
{
  silent_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOST]);
}

static void
selected_changed_cb (CmSession *self)
{
  CmConversation *selected = cm_picker_get_selected (self->picker);

  cm_call_order_set_kept (self->order, selected);
  cm_banner_model_set_conversation (self->banner, selected);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
now_changed_cb (CmSession *self)
{
  cm_call_order_set_now (self->order, cm_watch_get_now (self->watch));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
  if (CM_IS_PLAYBACK (self->watch))
    update_status (self);
}

static void
banner_activated_cb (CmSession *self,
                     guint      action)
{
  if (action == CM_BANNER_ACTION_SEE_LOBBY)
    g_signal_emit (self, signals[SIGNAL_LOBBY_REQUESTED], 0);
  else if (action == CM_BANNER_ACTION_SHOW)
    cm_picker_select_left (self->picker, G_LIST_MODEL (get_list (self)));
}

/* The last three are a recording's only. */
static void
connect_watch (CmSession *self)
{
  const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "notify::status", G_CALLBACK (status_changed_cb) },
    { "notify::now", G_CALLBACK (now_changed_cb) },
    { "notify::n-sources", G_CALLBACK (sources_changed_cb) },
    { "notify::unsaved", G_CALLBACK (update_status) },
    { "notify::delay", G_CALLBACK (update_status) },
    { "notify::skew", G_CALLBACK (update_status) },
    { "notify::error", G_CALLBACK (update_status) },
    { "notify::playing", G_CALLBACK (status_changed_cb) },
    { "notify::speed", G_CALLBACK (status_changed_cb) },
    { "notify::loading", G_CALLBACK (update_status) },
  };

  for (guint i = 0; self->watch != NULL && i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->watch, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
}

static void
cm_session_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  CmSession *self = CM_SESSION (object);

  switch (prop_id)
    {
    case PROP_WATCH:
      g_value_set_object (value, self->watch);
      break;
    case PROP_PLAYBACK:
      g_value_set_object (value, CM_IS_PLAYBACK (self->watch) ? self->watch : NULL);
      break;
    case PROP_DEMO:
      g_value_set_boolean (value, CM_IS_DEMO (self->watch));
      break;
    case PROP_SELECTION:
      g_value_set_object (value, cm_picker_get_selection (self->picker));
      break;
    case PROP_SELECTED:
      g_value_set_object (value, cm_picker_get_selected (self->picker));
      break;
    case PROP_BANNER:
      g_value_set_object (value, self->banner);
      break;
    case PROP_ORDER:
      g_value_set_object (value, self->order);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, cm_session_get_now (self));
      break;
    case PROP_LOST:
      g_value_set_boolean (value, self->watch != NULL &&
                                  cm_watch_get_status (self->watch) == CM_WATCH_LOST);
      break;
    default:
      g_value_set_string (value, self->texts[prop_id]);
    }
}

static void
cm_session_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  CmSession *self = CM_SESSION (object);

  switch (prop_id)
    {
    case PROP_WATCH:
      cm_session_set_watch (self, g_value_get_object (value));
      break;
    case PROP_SELECTED:
      cm_session_set_selected (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_session_dispose (GObject *object)
{
  CmSession *self = CM_SESSION (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->banner != NULL)
    cm_banner_model_set_watch (self->banner, NULL);
  g_clear_object (&self->picker);
  g_clear_object (&self->order);
  g_clear_object (&self->banner);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (cm_session_parent_class)->dispose (object);
}

static void
cm_session_finalize (GObject *object)
{
  CmSession *self = CM_SESSION (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (cm_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const char * const names[N_TEXTS] = {
    [PROP_TITLE] = "title",
    [PROP_SUBTITLE] = "subtitle",
    [PROP_HIDDEN_TEXT] = "hidden-text",
    [PROP_STATUS] = "status",
    [PROP_STATUS_ICON] = "status-icon",
    [PROP_PAGE] = "page",
    [PROP_FAULT_TITLE] = "fault-title",
    [PROP_FAULT_TEXT] = "fault-text",
  };
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags write = flags | G_PARAM_WRITABLE;

  for (guint i = PROP_TITLE; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);

  properties[PROP_WATCH] = g_param_spec_object ("watch", NULL, NULL, CM_TYPE_WATCH, write);
  properties[PROP_PLAYBACK] = g_param_spec_object ("playback", NULL, NULL, CM_TYPE_PLAYBACK, flags);
  properties[PROP_DEMO] = g_param_spec_boolean ("demo", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, GTK_TYPE_SINGLE_SELECTION, flags);
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, CM_TYPE_CONVERSATION, write);
  properties[PROP_BANNER] = g_param_spec_object ("banner", NULL, NULL, CM_TYPE_BANNER_MODEL, flags);
  properties[PROP_ORDER] = g_param_spec_object ("order", NULL, NULL, CM_TYPE_CALL_ORDER, flags);
  properties[PROP_LOST] = g_param_spec_boolean ("lost", NULL, NULL, FALSE, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_session_class_init (CmSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_session_get_property;
  object_class->set_property = cm_session_set_property;
  object_class->dispose = cm_session_dispose;
  object_class->finalize = cm_session_finalize;

  install_properties (object_class);
  signals[SIGNAL_LOBBY_REQUESTED] =
    g_signal_new ("lobby-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
cm_session_init (CmSession *self)
{
  self->order = cm_call_order_new ();
  self->picker = cm_picker_new ();
  self->banner = cm_banner_model_new ();

  g_signal_connect_object (self->order, "notify", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "notify::selected", G_CALLBACK (selected_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->banner, "activated", G_CALLBACK (banner_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->banner, "notify::n-silent", G_CALLBACK (silent_changed_cb), self, G_CONNECT_SWAPPED);
  update_page (self);
  update_counts (self);
}

CmSession *
cm_session_new (void)
{
  return g_object_new (CM_TYPE_SESSION, NULL);
}

CmWatch *
cm_session_get_watch (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), NULL);

  return self->watch;
}

/**
 * cm_session_set_watch:
 * @self: a session
 * @watch: (nullable): what to show from now on; a fault that was shown goes
 */
void
cm_session_set_watch (CmSession *self,
                      CmWatch   *watch)
{
  static const guint of_watch[] = { PROP_WATCH, PROP_PLAYBACK, PROP_DEMO, PROP_NOW, PROP_LOST };

  g_return_if_fail (CM_IS_SESSION (self));

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, PROP_FAULT_TITLE, NULL);
  take_text (self, PROP_FAULT_TEXT, NULL);
  self->asking = NULL;

  if (self->watch != watch)
    {
      if (self->watch != NULL)
        g_signal_handlers_disconnect_by_data (self->watch, self);
      g_set_object (&self->watch, watch);
      cm_banner_model_set_watch (self->banner, watch);
      connect_watch (self);
      cm_picker_set_list (self->picker, NULL, NULL);
      if (watch != NULL)
        sources_changed_cb (self);
      cm_call_order_set_model (self->order, get_list (self));
      if (watch != NULL)
        cm_picker_set_list (self->picker, self->order, cm_watch_get_conversations (watch));

      for (guint i = 0; i < G_N_ELEMENTS (of_watch); i++)
        g_object_notify_by_pspec (G_OBJECT (self), properties[of_watch[i]]);
    }

  silent_changed_cb (self);
  update_page (self);
  g_object_thaw_notify (G_OBJECT (self));
}

GtkSingleSelection *
cm_session_get_selection (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), NULL);

  return cm_picker_get_selection (self->picker);
}

CmCallOrder *
cm_session_get_order (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), NULL);

  return self->order;
}

CmBannerModel *
cm_session_get_banner (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), NULL);

  return self->banner;
}

CmConversation *
cm_session_get_selected (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), NULL);

  return cm_picker_get_selected (self->picker);
}

/* Selects @conversation where it is in the list. */
void
cm_session_set_selected (CmSession      *self,
                         CmConversation *conversation)
{
  g_return_if_fail (CM_IS_SESSION (self));

  cm_picker_select (self->picker, conversation);
}

gint64
cm_session_get_now (CmSession *self)
{
  g_return_val_if_fail (CM_IS_SESSION (self), CM_TIME_NONE);

  return self->watch != NULL ? cm_watch_get_now (self->watch) : CM_TIME_NONE;
}

/**
 * cm_session_set_fault:
 * @self: a session
 * @title: what does not work
 * @text: why
 *
 * Shows a page that says so, until something else is watched.
 */
void
cm_session_set_fault (CmSession  *self,
                      const char *title,
                      const char *text)
{
  g_return_if_fail (CM_IS_SESSION (self));

  cm_session_set_watch (self, NULL);

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, PROP_FAULT_TITLE, g_strdup (title));
  take_text (self, PROP_FAULT_TEXT, g_strdup (text));
  update_page (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* @page: (nullable): %CM_SESSION_CONNECT or %CM_SESSION_FOLLOW, where the user is asked
 * what to watch. What is watched goes on meanwhile. */
void
cm_session_set_asking (CmSession  *self,
                       const char *page)
{
  g_return_if_fail (CM_IS_SESSION (self));

  self->asking = g_intern_string (page);
  update_page (self);
}

/* cm-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-window.h"

#include "panel/cm-announcer.h"
#include "panel/cm-compat.h"
#include "panel/call/cm-call-actions.h"
#include "panel/call/cm-conversation-page.h"
#include "panel/cm-history-bar.h"
#include "panel/cm-keys-window.h"
#include "panel/list/cm-list-page.h"
#include "panel/cm-panes.h"
#include "panel/cm-playback-bar.h"
#include "panel/cm-popup.h"
#include "panel/cm-start-page.h"
#include "panel/cm-steady-label.h"
#include "panel/timeline/cm-timeline-pane.h"
#include "panel/cm-toast.h"

struct _CmWindow
{
  GtkApplicationWindow parent_instance;

  CmSession   *session;
  CmAnnouncer *announcer;

  GtkMenuButton *menu_button;
  GMenuModel    *menu;
  CmPanes       *panes;
  CmConnectPage *connect_page;
  CmFollowPage  *follow_page;
  GtkWidget     *list_page;
  CmPlaybackBar *playback_bar;
  CmHistoryBar  *history_bar;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmWindow, cm_window, GTK_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];

static gboolean
is_back_shown (CmWindow   *self,
               gboolean    folded,
               gboolean    show_page,
               const char *page)
{
  return folded && show_page && g_strcmp0 (page, "calls") == 0;
}

/* Where there is little room it is the title's. */
static char *
dup_decoration_layout (CmWindow *self,
                       gboolean  folded,
                       int       width)
{
  return g_strdup (folded || (width > 0 && width < CM_PANES_MIN_UNFOLDED) ? ":close" : NULL);
}

static gboolean
has_text (CmWindow   *self,
          const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_calls (CmWindow   *self,
          const char *page)
{
  return g_strcmp0 (page, "calls") == 0;
}

/* How many calls there are, once that is the question. */
static char *
dup_title (CmWindow   *self,
           const char *page,
           const char *calls,
           const char *program)
{
  return g_strdup (is_calls (self, page) ? calls : program);
}

static gboolean
is_welcome (CmWindow   *self,
            const char *page)
{
  return g_strcmp0 (page, "welcome") == 0;
}

static gboolean
is_connect (CmWindow   *self,
            const char *page)
{
  return g_strcmp0 (page, CM_SESSION_CONNECT) == 0;
}

static gboolean
is_follow (CmWindow   *self,
           const char *page)
{
  return g_strcmp0 (page, CM_SESSION_FOLLOW) == 0;
}

static gboolean
is_fault (CmWindow   *self,
          const char *page)
{
  return g_strcmp0 (page, "fault") == 0;
}

static gboolean
is_not (CmWindow *self,
        gboolean  value)
{
  return !value;
}

static void
opened_cb (CmWindow *self)
{
  cm_panes_set_show_page (self->panes, TRUE);
}

static void
back_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  cm_panes_set_show_page (CM_WINDOW (widget)->panes, FALSE);
}

static void
open_call_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  opened_cb (CM_WINDOW (widget));
}

static void
rejoin_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  cm_banner_model_rejoin (cm_session_get_banner (CM_WINDOW (widget)->session));
}

static void
play_pause_activated (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  cm_playback_bar_toggle (CM_WINDOW (widget)->playback_bar);
}

static void
search_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CmWindow *self = CM_WINDOW (widget);

  cm_panes_set_show_page (self->panes, FALSE);
  g_object_set (self->list_page, "searching", TRUE, NULL);
}

static void
side_pane_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  cm_panes_toggle_side (CM_WINDOW (widget)->panes);
}

static void
history_activated (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  cm_history_bar_toggle (CM_WINDOW (widget)->history_bar);
}

static void
keys_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (cm_keys_window_new (GTK_WINDOW (widget))));
}

/* Space belongs to a button or a text that has the focus; in the list, where it
 * would only select what is selected already, it plays and pauses. */
static gboolean
key_pressed_cb (CmWindow        *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean taken = focus != NULL &&
    (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT (focus) || GTK_IS_BUTTON (focus) ||
     gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL ||
     gtk_widget_get_ancestor (focus, GTK_TYPE_MENU_BUTTON) != NULL);

  if (key != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || taken ||
      !gtk_widget_get_visible (GTK_WIDGET (self->playback_bar)))
    return GDK_EVENT_PROPAGATE;

  cm_playback_bar_toggle (self->playback_bar);

  return GDK_EVENT_STOP;
}

/* What has come of it is said by a screen reader. */
static void
say_activated (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  CmAnnouncer *announcer = CM_WINDOW (widget)->announcer;

  if (announcer != NULL)
    cm_announcer_say (announcer, g_variant_get_string (parameter, NULL));
}

static void
announce (const char *text,
          gpointer    window)
{
  cm_compat_announce (GTK_WINDOW (window), text);
}

/* Of a damaged recording it is said at once what was skipped. */
static void
offer_faults (CmWindow *self)
{
  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    cm_call_actions_show_faults (GTK_WIDGET (self));
}

static void
cm_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_window_parent_class)->map (widget);

  offer_faults (CM_WINDOW (widget));
}

static void
cm_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, CM_WINDOW (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_window_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      if (!g_set_object (&CM_WINDOW (object)->session, g_value_get_object (value)))
        break;
      g_signal_connect_object (CM_WINDOW (object)->session, "notify::playback", G_CALLBACK (offer_faults),
                               object, G_CONNECT_SWAPPED);
      CM_WINDOW (object)->announcer = cm_announcer_new (CM_WINDOW (object)->session, announce, object);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_window_dispose (GObject *object)
{
  g_clear_object (&CM_WINDOW (object)->announcer);
  g_clear_object (&CM_WINDOW (object)->session);

  G_OBJECT_CLASS (cm_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "win.open-call", NULL, open_call_activated);
  gtk_widget_class_install_action (widget_class, "win.rejoin", NULL, rejoin_activated);
  gtk_widget_class_install_action (widget_class, "win.play-pause", NULL, play_pause_activated);
  gtk_widget_class_install_action (widget_class, "win.keys", NULL, keys_activated);
  gtk_widget_class_install_action (widget_class, "win.history", NULL, history_activated);
  gtk_widget_class_install_action (widget_class, "win.side-pane", NULL, side_pane_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.side-pane", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK, "win.history", NULL);
  cm_call_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_activated);
  gtk_widget_class_install_action (widget_class, "win.say", "s", say_activated);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "win.rejoin",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question,
                                       GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.keys", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK,
                                       "win.keys", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CM_TYPE_CONVERSATION_PAGE);
  g_type_ensure (CM_TYPE_HISTORY_BAR);
  g_type_ensure (CM_TYPE_LIST_PAGE);
  g_type_ensure (CM_TYPE_PANES);
  g_type_ensure (CM_TYPE_CONNECT_PAGE);
  g_type_ensure (CM_TYPE_FOLLOW_PAGE);
  g_type_ensure (CM_TYPE_PLAYBACK_BAR);
  g_type_ensure (CM_TYPE_SESSION);
  g_type_ensure (CM_TYPE_START_PAGE);
  g_type_ensure (CM_TYPE_STEADY_LABEL);
  g_type_ensure (CM_TYPE_TIMELINE_PANE);
  g_type_ensure (CM_TYPE_TOAST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CmWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, connect_page);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, follow_page);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, playback_bar);
  gtk_widget_class_bind_template_child (widget_class, CmWindow, history_bar);
  gtk_widget_class_bind_template_callback (widget_class, dup_decoration_layout);
  gtk_widget_class_bind_template_callback (widget_class, dup_title);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_back_shown);
  gtk_widget_class_bind_template_callback (widget_class, is_calls);
  gtk_widget_class_bind_template_callback (widget_class, is_connect);
  gtk_widget_class_bind_template_callback (widget_class, is_fault);
  gtk_widget_class_bind_template_callback (widget_class, is_follow);
  gtk_widget_class_bind_template_callback (widget_class, is_not);
  gtk_widget_class_bind_template_callback (widget_class, is_welcome);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
}

static void
cm_window_class_init (CmWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_window_get_property;
  object_class->set_property = cm_window_set_property;
  object_class->dispose = cm_window_dispose;
  GTK_WIDGET_CLASS (klass)->map = cm_window_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                         G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cm_window_init (CmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cm_popup_set_menu (self->menu_button, self->menu);
  cm_call_actions_accept_files (GTK_WIDGET (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (cm_compat_be_quiet), NULL);
}

GtkWidget *
cm_window_new (GtkApplication *application,
               CmSession      *session)
{
  return g_object_new (CM_TYPE_WINDOW, "application", application, "session", session, NULL);
}

/* Returns: (transfer none) */
CmSession *
cm_window_get_session (CmWindow *self)
{
  g_return_val_if_fail (CM_IS_WINDOW (self), NULL);

  return self->session;
}

/* Returns: (transfer none) */
CmConnectPage *
cm_window_get_connect_page (CmWindow *self)
{
  g_return_val_if_fail (CM_IS_WINDOW (self), NULL);

  return self->connect_page;
}

/* Returns: (transfer none) */
CmFollowPage *
cm_window_get_follow_page (CmWindow *self)
{
  g_return_val_if_fail (CM_IS_WINDOW (self), NULL);

  return self->follow_page;
}

/* cm-conversation-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-conversation-page.h"

#include "model/cm-document-attention.h"
#include "model/cm-words.h"
#include "panel/cm-as-of.h"
#include "panel/cm-banner-bar.h"
#include "panel/cm-cut-tip.h"
#include "panel/call/cm-call-commands.h"
#include "panel/call/cm-copy-row.h"
#include "panel/call/cm-escalation-bar.h"
#include "panel/call/cm-leg-row.h"
#include "panel/call/cm-roster-view.h"
#include "panel/timeline/cm-timeline-pane.h"
#include "panel/list/cm-tab-stop.h"

struct _CmConversationPage
{
  GtkWidget parent_instance;

  CmSession      *session;
  CmConversation *conversation;
  GBinding       *ticking;
  GSignalGroup   *signals;
  gint64          now;
  gint64          as_of;
  gboolean        timeline_shown;

  GtkWidget    *box;
  GtkListBox   *legs;
  CmRosterView *views[CM_N_ROSTER_PLACES];
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CONVERSATION,
  PROP_NOW,
  PROP_AS_OF,
  PROP_TIMELINE_SHOWN,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConversationPage, cm_conversation_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
dup_age (CmConversationPage *self,
         gint64              started,
         gint64              now,
         gint64              as_of)
{
  if (as_of != CM_TIME_NONE)
    return cm_words_dup_as_of (as_of);
  if (started == CM_TIME_NONE || now == CM_TIME_NONE)
    return g_strdup ("");

  return cm_words_dup_age (now - started);
}

static char **
dup_classes (const char *first,
             const char *second)
{
  const char *classes[] = { first, second, NULL };

  return g_strdupv ((char **) classes);
}

static char **
dup_content_classes (CmConversationPage *self,
                     gint64              as_of)
{
  return dup_classes ("page-content", as_of != CM_TIME_NONE ? "stale" : NULL);
}

static char *
dup_head (CmConversationPage *self,
          const char         *kind,
          const char         *head)
{
  if (head == NULL || *head == '\0')
    return g_strdup (kind);

  return g_strdup_printf ("%s · %s", kind, head);
}

static char *
dup_state (CmConversationPage *self,
           CmConversation     *conversation,
           const char         *state,
           gint64              now)
{
  return conversation != NULL ? cm_conversation_dup_state_at (conversation, now) : NULL;
}

static char **
dup_state_classes (CmConversationPage *self,
                   const char         *state_class)
{
  return dup_classes ("state", state_class != NULL ? state_class : "idle");
}

static gboolean
is_escalation_shown (CmConversationPage *self,
                     guint               escalation)
{
  return escalation != CM_ESCALATION_NONE;
}

/* A progress bar goes soon after there is no more progress. */
static gboolean
is_progress_shown (CmConversationPage *self,
                   guint               escalation,
                   gint64              since,
                   gint64              now)
{
  if (escalation == CM_ESCALATION_COMPLETED)
    return now != CM_TIME_NONE && now - since < CM_ESCALATION_SHOWN_TIME;

  return escalation != CM_ESCALATION_NONE;
}

/* What it was stays, as a picture. */
static gboolean
is_record_shown (CmConversationPage *self,
                 guint               escalation,
                 gint64              since,
                 gint64              now)
{
  return escalation == CM_ESCALATION_COMPLETED && !is_progress_shown (self, escalation, since, now);
}

static char **
dup_bar_classes (CmConversationPage *self,
                 guint               escalation)
{
  return cm_escalation_bar_dup_classes (escalation);
}

static char *
dup_since (CmConversationPage *self,
           CmConversation     *conversation,
           gint64              now)
{
  return conversation != NULL ? cm_document_dup_since_left (cm_conversation_get_document (conversation)) : NULL;
}

static char *
dup_slower (CmConversationPage *self,
            CmConversation     *conversation,
            gint64              now)
{
  CmWatch *watch = self->session != NULL ? cm_session_get_watch (self->session) : NULL;
  const CmLeg *leg = NULL;

  if (conversation != NULL)
    leg = cm_document_get_escalation_leg (cm_conversation_get_document (conversation));

  return leg != NULL && watch != NULL ?
    cm_stage_times_dup_slower (cm_watch_get_stage_times (watch), leg) : NULL;
}

static gboolean
has_text (CmConversationPage *self,
          const char         *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
has_conversation (CmConversationPage *self,
                  CmConversation     *conversation)
{
  return conversation != NULL;
}

/* One station's view is the conversation's own. */
static gboolean
has_stations (CmConversationPage *self,
              guint               n_legs)
{
  return n_legs > 1;
}

static GtkWidget *
create_leg_row (gpointer item,
                gpointer user_data)
{
  return cm_leg_row_new (CM_LEG_ITEM (item));
}

static void
leg_selected_cb (CmConversationPage *self,
                 GtkListBoxRow      *row)
{
  if (self->session == NULL)
    return;

  cm_banner_model_set_mirrored_leg (cm_session_get_banner (self->session), row != NULL ?
                                    cm_leg_item_get_id (cm_leg_row_get_leg (CM_LEG_ROW (row))) :
                                    NULL);
}

static void
lobby_requested_cb (CmConversationPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->views[CM_ROSTER_LOBBY]), GTK_DIR_TAB_FORWARD);
}

/* Of a call that has ended nothing goes on, and of one that nobody tells of nobody
 * knows what does. */
static gboolean
clip_now (GBinding     *binding,
          const GValue *from,
          GValue       *to,
          gpointer      user_data)
{
  CmConversationPage *self = CM_CONVERSATION_PAGE (user_data);
  gint64 now = g_value_get_int64 (from);
  gint64 ended = CM_TIME_NONE;

  if (self->conversation != NULL)
    ended = cm_conversation_get_document (self->conversation)->ended;

  if (ended != CM_TIME_NONE)
    now = MIN (now, ended);
  if (self->as_of != CM_TIME_NONE)
    now = MIN (now, self->as_of);
  g_value_set_int64 (to, now);

  return TRUE;
}

static void
update_ticking (CmConversationPage *self)
{
  if (self->ticking != NULL)
    g_binding_unbind (self->ticking);
  g_clear_object (&self->ticking);

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->ticking = g_object_ref (g_object_bind_property_full (self->session, "now", self, "now",
                                                               G_BINDING_SYNC_CREATE,
                                                               clip_now, NULL, self, NULL));
}

static void
update_as_of (CmConversationPage *self)
{
  gint64 as_of = cm_as_of_get (self->conversation, (GObject *) self->session);

  if (self->as_of == as_of)
    return;

  self->as_of = as_of;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_OF]);
  update_ticking (self);
}

static void
set_conversation (CmConversationPage *self,
                  CmConversation     *conversation)
{
  CmRoster *roster;

  if (!g_set_object (&self->conversation, conversation))
    return;

  roster = conversation != NULL ? cm_conversation_get_roster (conversation) : NULL;
  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    cm_roster_view_set_group (self->views[i], roster != NULL ?
                              cm_roster_get_group (roster, (CmRosterPlace) i) : NULL);

  gtk_list_box_bind_model (self->legs,
                           conversation != NULL ? cm_conversation_get_legs (conversation) : NULL,
                           create_leg_row, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  g_signal_group_set_target (self->signals, conversation);
  update_as_of (self);
  update_ticking (self);
}

static void
set_session (CmConversationPage *self,
             CmSession          *session)
{
  if (!g_set_object (&self->session, session))
    return;

  if (session != NULL)
    {
      g_signal_connect_object (session, "lobby-requested", G_CALLBACK (lobby_requested_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::lost", G_CALLBACK (update_as_of), self, G_CONNECT_SWAPPED);
    }

  update_as_of (self);
  update_ticking (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
cm_conversation_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_page_parent_class)->map (widget);

  update_ticking (CM_CONVERSATION_PAGE (widget));
}

static void
cm_conversation_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_page_parent_class)->unmap (widget);

  update_ticking (CM_CONVERSATION_PAGE (widget));
}

static void
cm_conversation_page_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  CmConversationPage *self = CM_CONVERSATION_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of);
      break;
    case PROP_TIMELINE_SHOWN:
      g_value_set_boolean (value, self->timeline_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_page_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  CmConversationPage *self = CM_CONVERSATION_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      set_conversation (self, g_value_get_object (value));
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TIMELINE_SHOWN:
      self->timeline_shown = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_page_dispose (GObject *object)
{
  CmConversationPage *self = CM_CONVERSATION_PAGE (object);

  if (self->box != NULL)
    set_conversation (self, NULL);
  g_clear_object (&self->signals);
  g_clear_object (&self->session);
  update_ticking (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_conversation_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char * const names[CM_N_ROSTER_PLACES] = {
    [CM_ROSTER_LOBBY] = "lobby",
    [CM_ROSTER_PRESENTERS] = "presenters",
    [CM_ROSTER_ATTENDEES] = "attendees",
    [CM_ROSTER_IN_CALL] = "in_call",
    [CM_ROSTER_LEFT] = "left",
  };

  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               (gssize) (G_STRUCT_OFFSET (CmConversationPage, views) +
                                                         i * sizeof (CmRosterView *)));

  gtk_widget_class_bind_template_child (widget_class, CmConversationPage, box);
  gtk_widget_class_bind_template_child (widget_class, CmConversationPage, legs);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, cm_cut_tip_query);
  gtk_widget_class_bind_template_callback (widget_class, dup_age);
  gtk_widget_class_bind_template_callback (widget_class, dup_bar_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_content_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_head);
  gtk_widget_class_bind_template_callback (widget_class, dup_since);
  gtk_widget_class_bind_template_callback (widget_class, dup_slower);
  gtk_widget_class_bind_template_callback (widget_class, dup_state);
  gtk_widget_class_bind_template_callback (widget_class, dup_state_classes);
  gtk_widget_class_bind_template_callback (widget_class, has_conversation);
  gtk_widget_class_bind_template_callback (widget_class, has_stations);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_escalation_shown);
  gtk_widget_class_bind_template_callback (widget_class, is_progress_shown);
  gtk_widget_class_bind_template_callback (widget_class, is_record_shown);
  gtk_widget_class_bind_template_callback (widget_class, leg_selected_cb);
}

static void
cm_conversation_page_class_init (CmConversationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_conversation_page_get_property;
  object_class->set_property = cm_conversation_page_set_property;
  object_class->dispose = cm_conversation_page_dispose;
  widget_class->map = cm_conversation_page_map;
  widget_class->unmap = cm_conversation_page_unmap;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION, flags);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_AS_OF] =
    g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TIMELINE_SHOWN] =
    g_param_spec_boolean ("timeline-shown", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CM_TYPE_BANNER_BAR);
  g_type_ensure (CM_TYPE_COPY_ROW);
  g_type_ensure (CM_TYPE_ESCALATION_BAR);
  g_type_ensure (CM_TYPE_ROSTER_VIEW);
  g_type_ensure (CM_TYPE_TAB_STOP);
  g_type_ensure (CM_TYPE_TIMELINE_PANE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-conversation-page.ui");
  cm_call_commands_install (widget_class);
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_conversation_page_init (CmConversationPage *self)
{
  self->now = CM_TIME_NONE;
  self->as_of = CM_TIME_NONE;
  self->signals = g_signal_group_new (CM_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->signals, "updated", G_CALLBACK (update_as_of), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

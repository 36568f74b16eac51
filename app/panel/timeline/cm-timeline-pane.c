/* cm-timeline-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/timeline/cm-timeline-pane.h"

#include "panel/timeline/cm-timeline-view.h"

struct _CmTimelinePane
{
  GtkWidget parent_instance;

  CmSession      *session;
  CmConversation *conversation;

  GtkWidget      *box;
  CmTimelineView *view;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CONVERSATION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmTimelinePane, cm_timeline_pane, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* A conversation may go on under another id, and that timeline may begin later. */
static CmTimeline *
dup_timeline (CmTimelinePane *self,
              CmConversation *conversation,
              gint64          now)
{
  CmWatch *watch = self->session != NULL ? cm_session_get_watch (self->session) : NULL;
  CmTimeline *timeline = NULL;

  if (conversation != NULL && watch != NULL)
    timeline = cm_watch_get_timeline (watch, cm_conversation_get_id (conversation));
  if (watch != NULL && self->view != NULL)
    cm_timeline_view_set_conversations (CM_TIMELINE_VIEW (self->view),
                                        cm_watch_get_conversations (watch));

  return timeline != NULL ? g_object_ref (timeline) : NULL;
}

static gboolean
has_conversation (CmTimelinePane *self,
                  CmConversation *conversation)
{
  return conversation != NULL;
}

static void
zoom_in_cb (CmTimelinePane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "timeline.zoom-in", NULL);
}

static void
zoom_out_cb (CmTimelinePane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "timeline.zoom-out", NULL);
}

static void
fit_cb (CmTimelinePane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "timeline.fit", NULL);
}

static void
cm_timeline_pane_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  CmTimelinePane *self = CM_TIMELINE_PANE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_timeline_pane_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  CmTimelinePane *self = CM_TIMELINE_PANE (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_SESSION:
      changed = g_set_object (&self->session, g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      changed = g_set_object (&self->conversation, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
cm_timeline_pane_dispose (GObject *object)
{
  CmTimelinePane *self = CM_TIMELINE_PANE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_timeline_pane_parent_class)->dispose (object);
}

static void
cm_timeline_pane_class_init (CmTimelinePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_timeline_pane_get_property;
  object_class->set_property = cm_timeline_pane_set_property;
  object_class->dispose = cm_timeline_pane_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION, flags);
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CM_TYPE_TIMELINE_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-timeline-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CmTimelinePane, box);
  gtk_widget_class_bind_template_child (widget_class, CmTimelinePane, view);
  gtk_widget_class_bind_template_callback (widget_class, dup_timeline);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_conversation);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_timeline_pane_init (CmTimelinePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

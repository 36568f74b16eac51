/* cm-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-toast.h"

#include "model/cm-conversation.h"

struct _CmToast
{
  GtkWidget parent_instance;

  CmConversation *conversation;
  GSignalGroup   *signals;
  gboolean        was_over;
  guint           timeout_id;

  GtkWidget *revealer;
};

enum
{
  PROP_0,
  PROP_CONVERSATION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmToast, cm_toast, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static gboolean
is_over (CmToast *self)
{
  return self->conversation == NULL ||
         cm_conversation_get_document (self->conversation)->phase == CM_PHASE_ENDED;
}

/* What nobody sees has no size, and is not read to anybody. */
static void
hide (CmToast *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  if (!gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)))
    gtk_widget_set_visible (self->revealer, FALSE);
}

static gboolean
timeout_cb (gpointer user_data)
{
  CmToast *self = user_data;

  self->timeout_id = 0;
  hide (self);

  return G_SOURCE_REMOVE;
}

static void
show (CmToast *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->timeout_id = g_timeout_add (CM_TOAST_TIME, timeout_cb, self);
  gtk_widget_set_visible (self->revealer, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

static void
child_revealed_cb (CmToast *self)
{
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)) &&
      !gtk_revealer_get_child_revealed (GTK_REVEALER (self->revealer)))
    gtk_widget_set_visible (self->revealer, FALSE);
}

static void
updated_cb (CmToast *self)
{
  gboolean over = is_over (self);

  if (over && !self->was_over)
    show (self);
  else if (!over && self->was_over)
    hide (self);
  self->was_over = over;
}

/* Another call is looked at: whether that has ended is no news. */
static void
set_conversation (CmToast        *self,
                  CmConversation *conversation)
{
  if (!g_set_object (&self->conversation, conversation))
    return;

  self->was_over = is_over (self);
  g_signal_group_set_target (self->signals, conversation);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

static void
cm_toast_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, CM_TOAST (object)->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_toast_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CONVERSATION:
      set_conversation (CM_TOAST (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_toast_dispose (GObject *object)
{
  CmToast *self = CM_TOAST (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_toast_parent_class)->dispose (object);
}

static void
cm_toast_class_init (CmToastClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_toast_get_property;
  object_class->set_property = cm_toast_set_property;
  object_class->dispose = cm_toast_dispose;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-toast.ui");
  gtk_widget_class_bind_template_child (widget_class, CmToast, revealer);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_toast_init (CmToast *self)
{
  self->was_over = TRUE;
  self->signals = g_signal_group_new (CM_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->signals, "updated", G_CALLBACK (updated_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* cm-calm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-calm.h"

#include "panel/list/cm-conversation-row.h"

struct _CmCalm
{
  GObject parent_instance;

  GtkWidget   *list;  /* not owned: it owns this */
  CmCallOrder *order;
  GHashTable  *rows;  /* row: its conversation, not owned */
  double       x;     /* where the pointer is */
  double       y;
  gboolean     inside;

  CmConversation *anchor; /* what is to stay where it was while the view settles */
  double          anchor_y;
  double          value;
  GdkFrameClock  *clock;
  gulong          layout_id;
};

G_DEFINE_FINAL_TYPE (CmCalm, cm_calm, G_TYPE_OBJECT)

static CmConversation *
get_conversation (CmCalm    *self,
                  GtkWidget *row)
{
  return row != NULL ? g_hash_table_lookup (self->rows, row) : NULL;
}

static CmConversation *
get_hovered (CmCalm *self)
{
  GtkWidget *picked =
    self->inside ? gtk_widget_pick (self->list, self->x, self->y, GTK_PICK_DEFAULT) : NULL;
  GtkWidget *row =
    picked != NULL ? gtk_widget_get_ancestor (picked, CM_TYPE_CONVERSATION_ROW) : NULL;

  /* The edges of a row belong to the list view's own widget around it. */
  if (row == NULL && picked != NULL && picked != self->list)
    row = gtk_widget_get_first_child (picked);

  return get_conversation (self, row);
}

static CmConversation *
get_focused (CmCalm *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->list))
    return NULL;

  return get_conversation (self, gtk_widget_get_first_child (focus));
}

static GtkWidget *
find_row (CmCalm         *self,
          CmConversation *conversation)
{
  GHashTableIter iter;
  gpointer row, bound;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &bound))
    {
      if (bound == conversation)
        return row;
    }

  return NULL;
}

static gboolean
get_y (CmCalm         *self,
       CmConversation *conversation,
       double         *y)
{
  GtkWidget *row = find_row (self, conversation);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_get_mapped (row) ||
      !gtk_widget_compute_bounds (row, self->list, &bounds))
    return FALSE;

  /* What stands above the row itself belongs to it; its foot is what is seen to stay. */
  *y = (double) (bounds.origin.y + bounds.size.height);

  return TRUE;
}

static void
stop_settling (CmCalm *self)
{
  /* With its window a clock drops all that is connected to it. */
  if (self->clock != NULL && g_signal_handler_is_connected (self->clock, self->layout_id))
    g_signal_handler_disconnect (self->clock, self->layout_id);
  g_clear_object (&self->clock);
  g_clear_object (&self->anchor);
}

/* After the window has laid out and before it draws: what moved is put back. */
static void
layout_cb (CmCalm *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  double y, value = self->value;

  if (self->anchor != NULL && get_y (self, self->anchor, &y))
    value = gtk_adjustment_get_value (adjustment) + y - self->anchor_y;

  if (ABS (value - gtk_adjustment_get_value (adjustment)) >= 1.0)
    gtk_adjustment_set_value (adjustment, value);
  else
    stop_settling (self);
}

static void
arranging_cb (CmCalm *self)
{
  CmConversation *hovered = get_hovered (self);
  CmConversation *focused = get_focused (self);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  cm_call_order_hold (self->order, 0, hovered);
  cm_call_order_hold (self->order, 1, focused);

  stop_settling (self);
  if (!gtk_widget_get_mapped (self->list) || adjustment == NULL)
    return;

  if (hovered != NULL && get_y (self, hovered, &self->anchor_y))
    self->anchor = g_object_ref (hovered);
  else if (focused != NULL && get_y (self, focused, &self->anchor_y))
    self->anchor = g_object_ref (focused);
  self->value = gtk_adjustment_get_value (adjustment);

  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->list));
  self->layout_id = g_signal_connect_object (self->clock, "layout", G_CALLBACK (layout_cb), self,
                                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
update_row (CmCalm         *self,
            GtkWidget      *row,
            CmConversation *conversation)
{
  g_autofree char *found = cm_call_order_dup_found (self->order, conversation);

  g_object_set (row,
                "heading", cm_call_order_get_heading (self->order, conversation),
                "found", found,
                NULL);
}

static void
arranged_cb (CmCalm *self)
{
  GHashTableIter iter;
  gpointer row, conversation;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &conversation))
    update_row (self, row, conversation);
}

static void
motion_cb (CmCalm *self,
           double  x,
           double  y)
{
  self->inside = TRUE;
  self->x = x;
  self->y = y;
}

static void
leave_cb (CmCalm *self)
{
  self->inside = FALSE;
}

static void
cm_calm_dispose (GObject *object)
{
  CmCalm *self = CM_CALM (object);

  stop_settling (self);
  cm_calm_set_order (self, NULL);

  G_OBJECT_CLASS (cm_calm_parent_class)->dispose (object);
}

static void
cm_calm_finalize (GObject *object)
{
  g_hash_table_unref (CM_CALM (object)->rows);

  G_OBJECT_CLASS (cm_calm_parent_class)->finalize (object);
}

static void
cm_calm_class_init (CmCalmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cm_calm_dispose;
  object_class->finalize = cm_calm_finalize;
}

static void
cm_calm_init (CmCalm *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
}

/**
 * cm_calm_new:
 * @list: a list view, which must outlive what this returns
 *
 * Returns: (transfer full): what keeps it calm
 */
CmCalm *
cm_calm_new (GtkListView *list)
{
  CmCalm *self = g_object_new (CM_TYPE_CALM, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->list = GTK_WIDGET (list);
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, motion);

  return self;
}

void
cm_calm_set_order (CmCalm      *self,
                   CmCallOrder *order)
{
  g_return_if_fail (CM_IS_CALM (self));

  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);

  g_set_object (&self->order, order);
  if (order == NULL)
    return;

  g_signal_connect_object (order, "arranging", G_CALLBACK (arranging_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "arranged", G_CALLBACK (arranged_cb), self, G_CONNECT_SWAPPED);
}

/* A row shows a conversation from now on. */
void
cm_calm_bind (CmCalm         *self,
              CmConversation *conversation,
              GtkWidget      *row)
{
  g_return_if_fail (CM_IS_CALM (self));

  g_hash_table_insert (self->rows, row, conversation);
  update_row (self, row, conversation);
}

void
cm_calm_unbind (CmCalm    *self,
                GtkWidget *row)
{
  g_return_if_fail (CM_IS_CALM (self));

  g_hash_table_remove (self->rows, row);
}

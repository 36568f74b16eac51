/* cm-tab-stop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-tab-stop.h"

struct _CmTabStop
{
  GtkWidget parent_instance;

  GtkWidget *child;
  GtkWidget *last; /* (nullable): the row of a list box that had the focus last */
};

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmTabStop, cm_tab_stop, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Returns: (nullable): the row of the list that is around @focus */
static GtkWidget *
find_row (GtkWidget *widget,
          GtkWidget *focus)
{
  for (GtkWidget *row = focus; row != NULL && row != widget; row = gtk_widget_get_parent (row))
    {
      GtkWidget *parent = gtk_widget_get_parent (row);

      if (GTK_IS_LIST_BOX (parent) || GTK_IS_LIST_VIEW (parent))
        return row;
    }

  return NULL;
}

/* A list view without rows would have the focus on nothing. */
static gboolean
is_empty (GtkWidget *widget)
{
  GtkSelectionModel *model = GTK_IS_LIST_VIEW (widget) ? gtk_list_view_get_model (GTK_LIST_VIEW (widget)) : NULL;
  gboolean empty = model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && !empty && !GTK_IS_LIST_VIEW (widget); child = gtk_widget_get_next_sibling (child))
    empty = is_empty (child);

  return empty;
}

/* The buttons of a row are reached from it, and from them what is beyond the list. A
 * list view comes back to its last row by itself; a box would begin anew. */
static gboolean
cm_tab_stop_focus (GtkWidget        *widget,
                   GtkDirectionType  direction)
{
  CmTabStop *self = CM_TAB_STOP (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (self->child == NULL || is_empty (self->child))
    return FALSE;

  if (tab && focus != NULL && gtk_widget_is_ancestor (focus, widget))
    {
      GtkWidget *row = find_row (widget, focus);

      g_set_weak_pointer (&self->last, GTK_IS_LIST_BOX_ROW (row) ? row : NULL);
      return row != NULL && gtk_widget_child_focus (row, direction);
    }

  if (tab && self->last != NULL && gtk_widget_get_mapped (self->last))
    return gtk_widget_grab_focus (self->last);

  return gtk_widget_child_focus (self->child, direction);
}

static void
cm_tab_stop_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, CM_TAB_STOP (object)->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_tab_stop_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CmTabStop *self = CM_TAB_STOP (object);

  switch (prop_id)
    {
    case PROP_CHILD:
      g_clear_pointer (&self->child, gtk_widget_unparent);
      self->child = g_value_get_object (value);
      if (self->child != NULL)
        gtk_widget_set_parent (self->child, GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_tab_stop_dispose (GObject *object)
{
  g_clear_weak_pointer (&CM_TAB_STOP (object)->last);
  g_clear_pointer (&CM_TAB_STOP (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_tab_stop_parent_class)->dispose (object);
}

static void
cm_tab_stop_class_init (CmTabStopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_tab_stop_get_property;
  object_class->set_property = cm_tab_stop_set_property;
  object_class->dispose = cm_tab_stop_dispose;
  widget_class->focus = cm_tab_stop_focus;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_tab_stop_init (CmTabStop *self)
{
}

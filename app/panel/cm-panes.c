/* cm-panes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-panes.h"

/* The list takes this share of the width, within these bounds. */
#define LIST_SHARE 0.43
#define MIN_LIST 320
#define MAX_LIST 452

/* With a side pane there is less for each. */
#define LIST_SHARE_WIDE 0.3
#define SIDE_SHARE 0.33
#define MIN_SIDE 260
#define MAX_SIDE 640

struct _CmPanes
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *page;
  GtkWidget *side;
  gboolean   wide;
  gboolean   wide_told;
  gboolean   side_closed; /* as the user wishes */
  gboolean   folded;
  gboolean   show_page;
  gboolean   folded_told; /* the value that was last notified */
  gboolean   allocated;   /* whether it has had a width */
  guint      tell_id;
};

enum
{
  PROP_0,
  PROP_LIST,
  PROP_PAGE,
  PROP_SIDE,
  PROP_WIDE,
  PROP_FOLDED,
  PROP_SHOW_PAGE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmPanes, cm_panes, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* A pane that is not seen stays where it is, with its scroll and its focus, but
 * nobody may reach it, with keys or by a screen reader. */
static void
set_reachable (GtkWidget *pane,
               gboolean   reachable)
{
  if (pane == NULL)
    return;

  gtk_widget_set_child_visible (pane, reachable);
  gtk_accessible_update_state (GTK_ACCESSIBLE (pane),
                               GTK_ACCESSIBLE_STATE_HIDDEN, !reachable,
                               -1);
}

static void
update_panes (CmPanes *self)
{
  set_reachable (self->list, !self->folded || !self->show_page);
  set_reachable (self->page, !self->folded || self->show_page);
  set_reachable (self->side, self->wide);
}

static gboolean
has_focus_within (GtkWidget *pane)
{
  return pane != NULL && (gtk_widget_get_state_flags (pane) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Others rearrange themselves by it, which they may not do while sizes are given. */
static gboolean
tell_folded (gpointer user_data)
{
  CmPanes *self = CM_PANES (user_data);

  self->tell_id = 0;
  if (self->folded_told != self->folded)
    {
      self->folded_told = self->folded;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
    }
  if (self->wide_told != self->wide)
    {
      self->wide_told = self->wide;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);
    }

  return G_SOURCE_REMOVE;
}

static void
set_folded (CmPanes  *self,
            gboolean  folded)
{
  if (self->folded == folded)
    return;

  /* Who works in the page stays there; where the focus is at first is nobody's will. */
  if (folded && self->allocated && !self->show_page && has_focus_within (self->page))
    {
      self->show_page = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PAGE]);
    }

  self->folded = folded;
  update_panes (self);

  if (self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_folded, self, NULL);
}

static void
set_wide (CmPanes  *self,
          gboolean  wide)
{
  if (self->wide == wide)
    return;

  self->wide = wide;
  update_panes (self);

  if (self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_folded, self, NULL);
}

/* What of the window's width is its frame: its user counts it in. */
static int
get_frame_width (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (root == NULL || !gtk_widget_compute_bounds (root, root, &bounds))
    return 0;

  return (int) graphene_rect_get_width (&bounds) - gtk_widget_get_width (root);
}

static void
allocate_pane (GtkWidget *pane,
               int        x,
               int        width,
               int        height)
{
  GtkAllocation allocation = { x, 0, width, height };

  if (pane != NULL && gtk_widget_get_child_visible (pane))
    gtk_widget_size_allocate (pane, &allocation, -1);
}

static int
measure_width (GtkWidget *pane)
{
  int minimum = 0;

  if (pane != NULL)
    gtk_widget_measure (pane, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* List, page and side, from where reading begins. */
static void
allocate_unfolded (CmPanes *self,
                   int      width,
                   int      height,
                   int      list_minimum,
                   int      page_minimum)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int side = 0, list;

  if (self->wide)
    side = CLAMP ((int) (width * SIDE_SHARE), MIN_SIDE, MAX_SIDE);
  list = CLAMP ((int) (width * (self->wide ? LIST_SHARE_WIDE : LIST_SHARE)), MIN_LIST, MAX_LIST);
  side = MIN (side, width - list_minimum - page_minimum);
  list = CLAMP (list, list_minimum, width - side - page_minimum);

  allocate_pane (self->list, rtl ? width - list : 0, list, height);
  allocate_pane (self->page, rtl ? side : list, width - list - side, height);
  if (self->wide)
    allocate_pane (self->side, rtl ? 0 : width - side, side, height);
}

static void
cm_panes_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  CmPanes *self = CM_PANES (widget);
  int list_minimum = 0, list_natural = 0, page_minimum = 0, page_natural = 0;

  /* Heights for the smallest width are the largest there are: then whatever
   * width comes, they are enough. */
  if (self->list != NULL)
    gtk_widget_measure (self->list, orientation, -1, &list_minimum, &list_natural, NULL, NULL);
  if (self->page != NULL)
    gtk_widget_measure (self->page, orientation, -1, &page_minimum, &page_natural, NULL, NULL);

  *minimum = MAX (list_minimum, page_minimum);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ?
    list_natural + page_natural : MAX (list_natural, page_natural);
}

static void
cm_panes_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  CmPanes *self = CM_PANES (widget);
  int list_minimum = measure_width (self->list);
  int page_minimum = measure_width (self->page);
  int whole = width + get_frame_width (widget);

  /* With large text two panes may need more. */
  set_folded (self, whole < CM_PANES_MIN_UNFOLDED || width < list_minimum + page_minimum);
  set_wide (self, !self->folded && self->side != NULL && !self->side_closed && whole >= CM_PANES_MIN_WIDE &&
                  width >= list_minimum + page_minimum + MAX (MIN_SIDE, measure_width (self->side)));
  self->allocated = TRUE;

  if (self->folded)
    {
      allocate_pane (self->list, 0, width, height);
      allocate_pane (self->page, 0, width, height);
      return;
    }

  allocate_unfolded (self, width, height, list_minimum, page_minimum);
}

static GtkSizeRequestMode
cm_panes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
set_pane (CmPanes    *self,
          GtkWidget **pane,
          GtkWidget  *child)
{
  g_clear_pointer (pane, gtk_widget_unparent);
  *pane = child;

  if (child == NULL)
    return;

  if (pane == &self->list)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else if (pane == &self->page)
    gtk_widget_insert_after (child, GTK_WIDGET (self), self->list);
  else
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
  update_panes (self);
}

static void
cm_panes_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  CmPanes *self = CM_PANES (object);

  switch (prop_id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_PAGE:
      g_value_set_object (value, self->page);
      break;
    case PROP_SIDE:
      g_value_set_object (value, self->side);
      break;
    case PROP_WIDE:
      g_value_set_boolean (value, self->wide);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SHOW_PAGE:
      g_value_set_boolean (value, self->show_page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_panes_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  CmPanes *self = CM_PANES (object);

  switch (prop_id)
    {
    case PROP_LIST:
      set_pane (self, &self->list, g_value_get_object (value));
      break;
    case PROP_PAGE:
      set_pane (self, &self->page, g_value_get_object (value));
      break;
    case PROP_SIDE:
      set_pane (self, &self->side, g_value_get_object (value));
      break;
    case PROP_SHOW_PAGE:
      cm_panes_set_show_page (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_panes_dispose (GObject *object)
{
  CmPanes *self = CM_PANES (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_pointer (&self->side, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_panes_parent_class)->dispose (object);
}

static void
cm_panes_class_init (CmPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_panes_get_property;
  object_class->set_property = cm_panes_set_property;
  object_class->dispose = cm_panes_dispose;
  widget_class->measure = cm_panes_measure;
  widget_class->size_allocate = cm_panes_size_allocate;
  widget_class->get_request_mode = cm_panes_get_request_mode;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_PAGE] = g_param_spec_object ("page", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, FALSE, flags & ~(guint) G_PARAM_WRITABLE);
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags & ~(guint) G_PARAM_WRITABLE);
  properties[PROP_SHOW_PAGE] = g_param_spec_boolean ("show-page", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_panes_init (CmPanes *self)
{
}

gboolean
cm_panes_get_folded (CmPanes *self)
{
  g_return_val_if_fail (CM_IS_PANES (self), FALSE);

  return self->folded;
}

gboolean
cm_panes_get_show_page (CmPanes *self)
{
  g_return_val_if_fail (CM_IS_PANES (self), FALSE);

  return self->show_page;
}

/**
 * cm_panes_set_show_page:
 * @self: panes
 * @show_page: whether the page is the one that is seen while they are folded
 *
 * The focus goes along.
 */
void
cm_panes_set_show_page (CmPanes  *self,
                        gboolean  show_page)
{
  g_return_if_fail (CM_IS_PANES (self));

  if (self->show_page == show_page)
    return;

  self->show_page = show_page;
  update_panes (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  if (self->folded && (show_page ? self->page : self->list) != NULL)
    gtk_widget_child_focus (show_page ? self->page : self->list, GTK_DIR_TAB_FORWARD);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PAGE]);
}

/**
 * cm_panes_toggle_side:
 * @self: panes
 *
 * Closes the side where there is room for it, or lets it come again.
 */
void
cm_panes_toggle_side (CmPanes *self)
{
  g_return_if_fail (CM_IS_PANES (self));

  self->side_closed = !self->side_closed;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

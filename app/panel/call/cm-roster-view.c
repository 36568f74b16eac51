/* cm-roster-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-roster-view.h"

#include "panel/call/cm-person-row.h"
#include "panel/list/cm-tab-stop.h"

struct _CmRosterView
{
  GtkWidget parent_instance;

  CmRosterGroup *group;
  GBindingGroup *bindings;
  gint64         now;
  guint          actions;

  GtkWidget  *box;
  GtkListBox *list;
};

enum
{
  PROP_0,
  PROP_GROUP,
  PROP_NOW,
  PROP_ACTIONS,
  PROP_TITLE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmRosterView, cm_roster_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  GtkWidget *row = cm_person_row_new (CM_PERSON_ITEM (item));

  g_object_bind_property (user_data, "now", row, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (user_data, "actions", row, "actions", G_BINDING_SYNC_CREATE);

  return row;
}

/* The title is what the group is called, also where nobody sees it. */
static void
set_title (CmRosterView *self,
           const char   *title)
{
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                    -1);
}

static gboolean
has_items (CmRosterView *self,
           guint         n_items)
{
  return n_items > 0;
}

static void
cm_roster_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CmRosterView *self = CM_ROSTER_VIEW (object);

  switch (prop_id)
    {
    case PROP_GROUP:
      g_value_set_object (value, self->group);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_ACTIONS:
      g_value_set_uint (value, self->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_roster_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  CmRosterView *self = CM_ROSTER_VIEW (object);

  switch (prop_id)
    {
    case PROP_GROUP:
      cm_roster_view_set_group (self, g_value_get_object (value));
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ACTIONS:
      if (self->actions == g_value_get_uint (value))
        break;
      self->actions = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_roster_view_dispose (GObject *object)
{
  CmRosterView *self = CM_ROSTER_VIEW (object);

  if (self->box != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->group);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_roster_view_parent_class)->dispose (object);
}

static void
cm_roster_view_class_init (CmRosterViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_roster_view_get_property;
  object_class->set_property = cm_roster_view_set_property;
  object_class->dispose = cm_roster_view_dispose;

  properties[PROP_GROUP] = g_param_spec_object ("group", NULL, NULL, CM_TYPE_ROSTER_GROUP, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_ACTIONS] = g_param_spec_uint ("actions", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-roster-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CmRosterView, box);
  gtk_widget_class_bind_template_child (widget_class, CmRosterView, list);
  gtk_widget_class_bind_template_callback (widget_class, has_items);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_roster_view_init (CmRosterView *self)
{
  self->now = CM_TIME_NONE;
  g_type_ensure (CM_TYPE_ITEM_LIST);
  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_init_template (GTK_WIDGET (self));

  /* As in cm-person-row.c, not expressions in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "title", self, "title", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "shown", self, "visible", G_BINDING_SYNC_CREATE);
}

/**
 * cm_roster_view_set_group:
 * @self: a view
 * @group: (nullable): what it shows
 */
void
cm_roster_view_set_group (CmRosterView  *self,
                          CmRosterGroup *group)
{
  g_return_if_fail (CM_IS_ROSTER_VIEW (self));

  if (!g_set_object (&self->group, group))
    return;

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, group);
  gtk_list_box_bind_model (self->list, group != NULL ? cm_roster_group_get_items (group) : NULL,
                           create_row, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUP]);
}

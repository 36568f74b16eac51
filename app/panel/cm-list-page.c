/* cm-list-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-list-page.h"

#include "panel/cm-banner-bar.h"
#include "panel/cm-conversation-row.h"
#include "panel/cm-tab-stop.h"

struct _CmListPage
{
  GtkWidget parent_instance;

  CmSession *session;
  gboolean   folded;

  GtkWidget   *box;
  GtkListView *list;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmListPage, cm_list_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
setup_cb (CmListPage  *self,
          GtkListItem *item)
{
  gtk_list_item_set_child (item, cm_conversation_row_new (G_OBJECT (self->session)));
}

static void
bind_cb (CmListPage  *self,
         GtkListItem *item)
{
  g_object_set (gtk_list_item_get_child (item),
                "conversation", gtk_list_item_get_item (item),
                NULL);
}

static void
unbind_cb (CmListPage  *self,
           GtkListItem *item)
{
  g_object_set (gtk_list_item_get_child (item), "conversation", NULL, NULL);
}

static void
activate_cb (CmListPage *self,
             guint       position)
{
  gtk_single_selection_set_selected (cm_session_get_selection (self->session), position);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static gboolean
is_empty (CmListPage *self,
          const char *title)
{
  GListModel *model = self->session != NULL ?
    G_LIST_MODEL (cm_session_get_selection (self->session)) : NULL;

  return model == NULL || g_list_model_get_n_items (model) == 0;
}

/* What was selected for the user is to be seen too. */
static void
selected_changed_cb (CmListPage *self)
{
  GtkSingleSelection *selection = cm_session_get_selection (self->session);
  guint position = gtk_single_selection_get_selected (selection);

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
set_session (CmListPage *self,
             CmSession  *session)
{
  if (!g_set_object (&self->session, session))
    return;

  gtk_list_view_set_model (self->list, session != NULL ?
                           GTK_SELECTION_MODEL (cm_session_get_selection (session)) : NULL);
  if (session != NULL)
    g_signal_connect_object (session, "notify::selected", G_CALLBACK (selected_changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
cm_list_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CmListPage *self = CM_LIST_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_list_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CmListPage *self = CM_LIST_PAGE (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_FOLDED:
      if (self->folded == g_value_get_boolean (value))
        break;
      self->folded = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_list_page_dispose (GObject *object)
{
  CmListPage *self = CM_LIST_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cm_list_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CM_TYPE_BANNER_BAR);
  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmListPage, box);
  gtk_widget_class_bind_template_child (widget_class, CmListPage, list);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_empty);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_list_page_class_init (CmListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_list_page_get_property;
  object_class->set_property = cm_list_page_set_property;
  object_class->dispose = cm_list_page_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cm_list_page_init (CmListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

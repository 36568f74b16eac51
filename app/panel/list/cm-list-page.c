/* cm-list-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-list-page.h"

#include <glib/gi18n.h>

#include "panel/cm-banner-bar.h"
#include "panel/cm-session-texts.h"
#include "panel/list/cm-calm.h"
#include "panel/list/cm-conversation-row.h"
#include "panel/list/cm-filter-popover.h"
#include "panel/list/cm-filter-settings.h"
#include "panel/cm-settings.h"
#include "panel/list/cm-snooze-menu.h"
#include "panel/list/cm-tab-stop.h"

struct _CmListPage
{
  GtkWidget parent_instance;

  CmSession *session;
  CmCalm    *calm;
  GSettings *settings;
  gboolean   folded;

  GtkWidget      *box;
  GtkSearchBar   *search_bar;
  GtkSearchEntry *search_entry;
  GtkListView    *list;
  GtkWidget      *filter;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FOLDED,
  PROP_SEARCHING,
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

static CmConversation *
get_conversation (GtkWidget *row)
{
  g_autoptr (CmConversation) conversation = NULL;

  g_object_get (row, "conversation", &conversation, NULL);

  /* The row holds it on. */
  return conversation;
}

static void
popup_menu (CmListPage *self,
            GtkWidget  *row,
            double      x,
            double      y)
{
  CmWatch *watch = cm_session_get_watch (self->session);
  CmConversation *conversation = get_conversation (row);
  g_autoptr (GMenuModel) menu = NULL;
  graphene_point_t point;

  if (conversation == NULL || watch == NULL)
    return;

  menu = cm_snooze_menu_new (conversation, watch);
  if (menu != NULL &&
      gtk_widget_compute_point (row, GTK_WIDGET (self),
                                &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    cm_snooze_menu_popup (GTK_WIDGET (self), menu, (double) point.x, (double) point.y);
}

/* One for the list, not one for each of the hundreds of rows that a list view makes anew. */
static void
pressed_cb (CmListPage *self,
            int         n_press,
            double      x,
            double      y)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *picked = gtk_widget_pick (list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, CM_TYPE_CONVERSATION_ROW) : NULL;
  graphene_point_t point;

  if (row != NULL &&
      gtk_widget_compute_point (list, row, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    popup_menu (self, row, (double) point.x, (double) point.y);
}

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
  GtkWidget *row = gtk_list_item_get_child (item);

  g_object_set (row, "conversation", gtk_list_item_get_item (item), NULL);
  cm_calm_bind (self->calm, gtk_list_item_get_item (item), row);
}

static void
unbind_cb (CmListPage  *self,
           GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  /* What it shows it may as well show on: mostly it is bound again at once. */
  cm_calm_unbind (self->calm, row);
}

static void
menu_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (CM_IS_CONVERSATION_ROW (row))
    popup_menu (CM_LIST_PAGE (widget), row, 24, gtk_widget_get_height (row) - 6);
}

static void
snooze_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  CmWatch *watch = cm_session_get_watch (CM_LIST_PAGE (widget)->session);
  gint64 until = CM_TIME_NONE;

  if (watch == NULL)
    return;

  if (g_str_equal (action_name, "calls.snooze"))
    until = cm_watch_get_now (watch) + CM_SNOOZE_TIME;
  cm_snooze_menu_act (watch, parameter, until);
}

static void
search_changed_cb (CmListPage *self)
{
  if (self->session != NULL)
    cm_call_order_set_search (cm_session_get_order (self->session),
                              gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
search_mode_cb (CmListPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* Down goes from what was typed to what was found. */
static gboolean
search_key_cb (CmListPage      *self,
               guint            key,
               guint            code,
               GdkModifierType  state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  /* Of a list that has never had the focus, grabbing it would take the list itself. */
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);

  return GDK_EVENT_STOP;
}

static void
show_all_cb (CmListPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  cm_filter_settings_reset (self->settings);
}

static gboolean
has_text (CmListPage *self,
          const char *text)
{
  return text != NULL;
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
          guint       n_items,
          guint       n_total)
{
  return n_items == 0 && n_total == 0;
}

static gboolean
is_nothing_found (CmListPage *self,
                  guint       n_items,
                  guint       n_total)
{
  return n_items == 0 && n_total > 0;
}

/* These are asked again whenever what they go by has changed. */
static char *
dup_empty_title (CmListPage *self,
                 CmWatch    *watch,
                 int         status,
                 guint       n_sources,
                 guint       n_silent)
{
  return cm_session_texts_dup_empty_title (watch, n_silent);
}

static char *
dup_empty_text (CmListPage *self,
                CmWatch    *watch,
                int         status,
                guint       n_sources,
                guint       n_silent)
{
  return cm_session_texts_dup_empty_text (watch, n_silent);
}

/* What hides the calls: what was typed, or else the filter. */
static char *
dup_nothing_title (CmListPage *self,
                   const char *search)
{
  return g_strdup (search != NULL && *search != '\0' ? _ ("No call found")
                                                     : _ ("The filter hides all calls"));
}

static char *
dup_nothing_text (CmListPage *self,
                  const char *search,
                  guint       n_total)
{
  if (search != NULL && *search != '\0')
    return g_strdup_printf (_ ("Nothing here has “%s” in a subject, a name, an address or a number."),
                            search);

  return g_strdup_printf (ngettext ("%u call goes on that is not shown.",
                                    "%u calls go on that are not shown.", n_total), n_total);
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

  cm_calm_set_order (self->calm, session != NULL ? cm_session_get_order (session) : NULL);
  gtk_list_view_set_model (self->list, session != NULL ?
                           GTK_SELECTION_MODEL (cm_session_get_selection (session)) : NULL);
  if (session != NULL)
    {
      /* Another window may have searched before. */
      search_changed_cb (self);
      cm_filter_settings_bind (self->settings, cm_session_get_order (session));
      g_signal_connect_object (session, "notify::selected", G_CALLBACK (selected_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
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
    case PROP_SEARCHING:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
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
    case PROP_SEARCHING:
      gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_list_page_dispose (GObject *object)
{
  CmListPage *self = CM_LIST_PAGE (object);

  /* What is open holds itself, and would outlive the page that its session is taken from. */
  if (self->filter != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->filter));
  self->filter = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->calm);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (cm_list_page_parent_class)->dispose (object);
}

/* Typing anywhere in the window searches. */
static void
cm_list_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_list_page_parent_class)->root (widget);

  gtk_search_bar_set_key_capture_widget (CM_LIST_PAGE (widget)->search_bar,
                                         GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
cm_list_page_unroot (GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (CM_LIST_PAGE (widget)->search_bar, NULL);

  GTK_WIDGET_CLASS (cm_list_page_parent_class)->unroot (widget);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "calls.snooze", "(ss)", snooze_activated);
  gtk_widget_class_install_action (widget_class, "calls.wake", "(ss)", snooze_activated);
  gtk_widget_class_install_action (widget_class, "calls.menu", NULL, menu_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "calls.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "calls.menu",
                                       NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CM_TYPE_BANNER_BAR);
  g_type_ensure (CM_TYPE_CALL_ORDER);
  g_type_ensure (CM_TYPE_FILTER_POPOVER);
  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmListPage, box);
  gtk_widget_class_bind_template_child (widget_class, CmListPage, list);
  gtk_widget_class_bind_template_child (widget_class, CmListPage, filter);
  gtk_widget_class_bind_template_child (widget_class, CmListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CmListPage, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, dup_empty_text);
  gtk_widget_class_bind_template_callback (widget_class, dup_empty_title);
  gtk_widget_class_bind_template_callback (widget_class, dup_nothing_text);
  gtk_widget_class_bind_template_callback (widget_class, dup_nothing_title);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, is_nothing_found);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
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
  GTK_WIDGET_CLASS (klass)->root = cm_list_page_root;
  GTK_WIDGET_CLASS (klass)->unroot = cm_list_page_unroot;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CM_TYPE_SESSION, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
cm_list_page_init (CmListPage *self)
{
  self->settings = cm_settings_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  self->calm = cm_calm_new (self->list);
}

/* cm-follow-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-page.h"

#include <glib/gi18n.h>

#include "panel/follow/cm-follow-row.h"

struct _CmFollowPage
{
  GtkWidget parent_instance;

  GtkWidget    *stack;
  GtkWidget    *list;
  GtkListBox   *rows;
  GtkLabel     *origin;
  GtkWidget    *add;
  GtkWidget    *done;
  CmFollowForm *form;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmFollowPage, cm_follow_page, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
done_cb (CmFollowPage *self)
{
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return cm_follow_row_new (item);
}

static void
cm_follow_page_dispose (GObject *object)
{
  CmFollowPage *self = CM_FOLLOW_PAGE (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_follow_page_parent_class)->dispose (object);
}

static void
cm_follow_page_class_init (CmFollowPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cm_follow_page_dispose;

  signals[SIGNAL_DONE] =
    g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CM_TYPE_FOLLOW_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-follow-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, list);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, rows);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, origin);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, add);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, done);
  gtk_widget_class_bind_template_child (widget_class, CmFollowPage, form);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_follow_page_init (CmFollowPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @list: (element-type CmFollowed): the systems that are shown from now on */
void
cm_follow_page_set_list (CmFollowPage *self,
                         GListModel   *list)
{
  g_return_if_fail (CM_IS_FOLLOW_PAGE (self));

  gtk_list_box_bind_model (self->rows, list, create_row, NULL, NULL);
}

/* @path: (nullable): of the tracker's configuration that the systems are out of */
void
cm_follow_page_set_path (CmFollowPage *self,
                         const char   *path)
{
  g_autofree char *words = NULL;

  g_return_if_fail (CM_IS_FOLLOW_PAGE (self));

  words = path != NULL
    /* Translators: the path of a file */
    ? g_strdup_printf (_ ("As they are in %s, the configuration of a tracker. Change them there; what is posted "
                          "to the tracker is not heard here."), path)
    : g_strdup (_ ("This window asks them itself; there need not be a tracker."));
  gtk_label_set_label (self->origin, words);
  gtk_widget_set_visible (self->add, path == NULL);
}

void
cm_follow_page_show_list (CmFollowPage *self)
{
  g_return_if_fail (CM_IS_FOLLOW_PAGE (self));

  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->list);
}

void
cm_follow_page_show_form (CmFollowPage *self)
{
  g_return_if_fail (CM_IS_FOLLOW_PAGE (self));

  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (self->form));
}

/* Not what grabs the focus of the page: whoever goes back from its first field would
 * come to it again. */
void
cm_follow_page_focus_first (CmFollowPage *self)
{
  g_return_if_fail (CM_IS_FOLLOW_PAGE (self));

  if (gtk_stack_get_visible_child (GTK_STACK (self->stack)) == self->list)
    gtk_widget_grab_focus (self->done);
  else
    cm_follow_form_focus_first (self->form);
}

/* Returns: (transfer none) */
CmFollowForm *
cm_follow_page_get_form (CmFollowPage *self)
{
  g_return_val_if_fail (CM_IS_FOLLOW_PAGE (self), NULL);

  return self->form;
}

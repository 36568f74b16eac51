/* cm-late-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-late-page.h"

/* A page of the window that makes what its template says when it is shown for the first
 * time. Most people never see most pages, and each would cost all of them a little of
 * the start. */

typedef struct
{
  gboolean built;
} CmLatePagePrivate;

enum
{
  PROP_0,
  PROP_SHOWN,
  N_PROPS,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmLatePage, cm_late_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_shown (CmLatePage *self,
           gboolean    shown)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) == shown)
    return;

  if (shown)
    cm_late_page_build (self);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
cm_late_page_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOWN:
      g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_late_page_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOWN:
      set_shown (CM_LATE_PAGE (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_late_page_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (cm_late_page_parent_class)->dispose (object);
}

static void
cm_late_page_class_init (CmLatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_late_page_get_property;
  object_class->set_property = cm_late_page_set_property;
  object_class->dispose = cm_late_page_dispose;

  properties[PROP_SHOWN] =
    g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_late_page_init (CmLatePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Makes what is in it, where it is not there yet: for who has to put something in before
 * it is shown. */
void
cm_late_page_build (CmLatePage *self)
{
  CmLatePagePrivate *priv = cm_late_page_get_instance_private (self);

  g_return_if_fail (CM_IS_LATE_PAGE (self));

  if (priv->built)
    return;

  priv->built = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  if (CM_LATE_PAGE_GET_CLASS (self)->build != NULL)
    CM_LATE_PAGE_GET_CLASS (self)->build (self);
}

/* Returns: whether there is anything in it */
gboolean
cm_late_page_is_built (CmLatePage *self)
{
  CmLatePagePrivate *priv = cm_late_page_get_instance_private (self);

  g_return_val_if_fail (CM_IS_LATE_PAGE (self), FALSE);

  return priv->built;
}

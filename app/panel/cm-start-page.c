/* cm-start-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-start-page.h"

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_TEXT,
  N_PROPS,
};

struct _CmStartPage
{
  GtkWidget parent_instance;

  char      *texts[N_PROPS];
  GtkWidget *scroller;
};

G_DEFINE_FINAL_TYPE (CmStartPage, cm_start_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
cm_start_page_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_set_string (value, CM_START_PAGE (object)->texts[prop_id]);
}

static void
cm_start_page_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CmStartPage *self = CM_START_PAGE (object);

  if (g_strcmp0 (self->texts[prop_id], g_value_get_string (value)) == 0)
    return;

  g_free (self->texts[prop_id]);
  self->texts[prop_id] = g_value_dup_string (value);
  g_object_notify_by_pspec (object, pspec);

  if (prop_id == PROP_TITLE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->texts[prop_id] != NULL ? self->texts[prop_id] : "",
                                    -1);
}

static void
cm_start_page_dispose (GObject *object)
{
  g_clear_pointer (&CM_START_PAGE (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_start_page_parent_class)->dispose (object);
}

static void
cm_start_page_finalize (GObject *object)
{
  for (guint i = 0; i < N_PROPS; i++)
    g_free (CM_START_PAGE (object)->texts[i]);

  G_OBJECT_CLASS (cm_start_page_parent_class)->finalize (object);
}

static void
cm_start_page_class_init (CmStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_start_page_get_property;
  object_class->set_property = cm_start_page_set_property;
  object_class->dispose = cm_start_page_dispose;
  object_class->finalize = cm_start_page_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmStartPage, scroller);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_start_page_init (CmStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* cm-start-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-start-page.h"

#include "panel/cm-recent.h"

#define MAX_RECENT 3

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
  CmLatePage parent_instance;

  char      *texts[N_PROPS];
  GtkWidget *recent;
  GtkBox    *recent_list;
};

G_DEFINE_FINAL_TYPE (CmStartPage, cm_start_page, CM_TYPE_LATE_PAGE)

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

static GtkWidget *
create_button (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *path = g_file_get_parse_name (file);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-again");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", uri);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

/* What has been opened since is only known now. */
static void
cm_start_page_map (GtkWidget *widget)
{
  CmStartPage *self = CM_START_PAGE (widget);
  g_autoptr (GListStore) files = cm_recent_list (MAX_RECENT);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_box_remove (self->recent_list, child);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (files)); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (G_LIST_MODEL (files), i);

      gtk_box_append (self->recent_list, create_button (file));
    }
  gtk_widget_set_visible (self->recent, g_list_model_get_n_items (G_LIST_MODEL (files)) > 0);

  GTK_WIDGET_CLASS (cm_start_page_parent_class)->map (widget);
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
  object_class->finalize = cm_start_page_finalize;
  widget_class->map = cm_start_page_map;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmStartPage, recent);
  gtk_widget_class_bind_template_child (widget_class, CmStartPage, recent_list);
}

static void
cm_start_page_init (CmStartPage *self)
{
}

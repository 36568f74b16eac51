/* measured-monitor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The program as it is, but for two calls that the linker turns to here: translations
 * are read from CM_LOCALE_DIR, and --screenshot writes down, once the window has
 * settled, where each of its widgets is and whether its text has room. */

#include "config.h"

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "panel/cm-application.h"

char     *__real_bindtextdomain         (const char *domain,
                                         const char *folder);
char     *__wrap_bindtextdomain         (const char *domain,
                                         const char *folder);
gboolean  __wrap_gdk_texture_save_to_png (GdkTexture *texture,
                                          const char *filename);

static void
add_number (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) (value + 0.5));
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_text (JsonBuilder *builder,
          GtkWidget   *widget,
          const char  *text,
          PangoLayout *layout,
          gboolean     cut)
{
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  add_string (builder, "text", text);
  add_number (builder, "text-width", width);
  add_number (builder, "text-height", height);
  add_boolean (builder, "cut", cut);
}

static void
add_inscription (JsonBuilder *builder,
                 GtkWidget   *widget)
{
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_set_attributes (layout, gtk_inscription_get_attributes (GTK_INSCRIPTION (widget)));
  pango_layout_get_pixel_size (layout, &width, NULL);
  add_text (builder, widget, text, layout, width > gtk_widget_get_width (widget) + 1);
}

static void
add_texts (JsonBuilder *builder,
           GtkWidget   *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));

      add_text (builder, widget, gtk_label_get_text (GTK_LABEL (widget)), layout,
                pango_layout_is_ellipsized (layout));
    }
  else if (GTK_IS_INSCRIPTION (widget))
    {
      add_inscription (builder, widget);
    }
}

/* What is cut is said in full by it or by what it is in. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  while (widget != NULL && !gtk_widget_get_has_tooltip (widget))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL;
}

static void
add_widget (JsonBuilder *builder,
            GtkWidget   *widget,
            const char  *path)
{
  graphene_rect_t bounds = { 0 };
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (gtk_widget_get_native (widget)), &bounds))
    return;

  json_builder_begin_object (builder);
  add_string (builder, "path", path);
  add_number (builder, "x", bounds.origin.x);
  add_number (builder, "y", bounds.origin.y);
  add_number (builder, "width", bounds.size.width);
  add_number (builder, "height", bounds.size.height);
  add_number (builder, "least", least);
  add_boolean (builder, "explained", has_tooltip (widget));
  add_boolean (builder, "mirrored", gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  add_texts (builder, widget);
  json_builder_end_object (builder);
}

static void
add_widgets (JsonBuilder *builder,
             GtkWidget   *widget,
             const char  *above)
{
  const char *name = gtk_widget_get_name (widget);
  const char *type = G_OBJECT_TYPE_NAME (widget);
  g_autofree char *path = g_strcmp0 (name, type) == 0 ? g_strdup_printf ("%s/%s", above, type)
                                                     : g_strdup_printf ("%s/%s#%s", above, type, name);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;

  add_widget (builder, widget, path);
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widgets (builder, child, path);
}

char *
__wrap_bindtextdomain (const char *domain,
                       const char *folder)
{
  const char *other = g_getenv ("CM_LOCALE_DIR");

  return __real_bindtextdomain (domain, other != NULL ? other : folder);
}

gboolean
__wrap_gdk_texture_save_to_png (GdkTexture *texture,
                                const char *filename)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      add_widgets (builder, window, "");
    }
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);

  return json_generator_to_file (generator, filename, NULL);
}

int
main (int    argc,
      char **argv)
{
  return cm_application_main (argc, argv);
}

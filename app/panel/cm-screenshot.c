/* cm-screenshot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-screenshot.h"

#include <glib/gi18n.h>

/* A window is settled when it was laid out and drawn so many times: rows that are
 * bound late change sizes once more. */
#define N_FRAMES 5

typedef struct
{
  GtkWindow        *window;
  char             *filename;
  CmScreenshotFunc  func;
  gpointer          user_data;
  guint             n_frames;
} CmScreenshot;

static GdkTexture *
render (GtkWidget *window)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GskRenderNode *node;
  GdkTexture *texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);

  if (node != NULL && renderer != NULL)
    texture = gsk_renderer_render_texture (renderer, node,
                                           &GRAPHENE_RECT_INIT (0, 0, (float) width,
                                                                (float) height));
  g_clear_pointer (&node, gsk_render_node_unref);

  return texture;
}

static void
save (CmScreenshot *self)
{
  g_autoptr (GdkTexture) texture = render (GTK_WIDGET (self->window));
  g_autoptr (GError) error = NULL;

  if (texture == NULL || !gdk_texture_save_to_png (texture, self->filename))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture %s could not be written"),
                 self->filename);

  self->func (error, self->user_data);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  CmScreenshot *self = user_data;

  if (++self->n_frames < N_FRAMES)
    {
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }

  save (self);

  return G_SOURCE_REMOVE;
}

static void
screenshot_free (gpointer data)
{
  CmScreenshot *self = data;

  g_free (self->filename);
  g_free (self);
}

/**
 * cm_screenshot_find:
 * @window: the window of the application
 *
 * Returns: (transfer none): the window that has been opened over it, now no wider and no
 *   higher, or else @window itself
 */
GtkWindow *
cm_screenshot_find (GtkWindow *window)
{
  GListModel *all = gtk_window_get_toplevels ();
  int max_width, max_height, width, height;

  gtk_window_get_default_size (window, &max_width, &max_height);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (other) != window)
        continue;

      gtk_window_get_default_size (other, &width, &height);
      gtk_window_set_default_size (other, MIN (width, max_width), MIN (height, max_height));
      return other;
    }

  return window;
}

/**
 * cm_screenshot_take:
 * @window: a window that has been presented
 * @filename: where the PNG goes
 * @func: called when it is there, or why it is not
 * @user_data: for @func
 *
 * Draws the window itself, not what the screen has of it.
 */
void
cm_screenshot_take (GtkWindow        *window,
                    const char       *filename,
                    CmScreenshotFunc  func,
                    gpointer          user_data)
{
  CmScreenshot *self = g_new0 (CmScreenshot, 1);

  self->window = window;
  self->filename = g_strdup (filename);
  self->func = func;
  self->user_data = user_data;

  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, self, screenshot_free);
}

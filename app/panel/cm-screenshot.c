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
/* So many frames may come of a window that has nothing to show yet. */
#define MAX_FRAMES 120

typedef struct
{
  GtkWindow        *window;
  GdkFrameClock    *clock;
  gulong            handler;
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
screenshot_free (CmScreenshot *self)
{
  g_signal_handler_disconnect (self->clock, self->handler);
  g_object_unref (self->clock);
  g_object_unref (self->window);
  g_free (self->filename);
  g_free (self);
}

static void
finish (CmScreenshot *self,
        GdkTexture   *texture)
{
  g_autoptr (GError) error = NULL;

  if (texture == NULL || !gdk_texture_save_to_png (texture, self->filename))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture %s could not be written"),
                 self->filename);

  self->func (error, self->user_data);
  screenshot_free (self);
}

/* Only now are all sizes up to date: between two frames whatever has come in may
 * have asked for another layout, and until then the window draws nothing. */
static void
after_paint_cb (GdkFrameClock *clock,
                CmScreenshot  *self)
{
  if (++self->n_frames >= N_FRAMES)
    {
      g_autoptr (GdkTexture) texture = render (GTK_WIDGET (self->window));

      if (texture != NULL || self->n_frames >= MAX_FRAMES)
        {
          finish (self, texture);
          return;
        }
    }

  gtk_widget_queue_draw (GTK_WIDGET (self->window));
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

  self->window = g_object_ref (window);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  self->filename = g_strdup (filename);
  self->func = func;
  self->user_data = user_data;
  self->handler = g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);

  gtk_widget_queue_draw (GTK_WIDGET (window));
}

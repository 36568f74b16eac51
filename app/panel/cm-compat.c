/* cm-compat.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-compat.h"

#include <glib/gi18n.h>

typedef struct
{
  CmFileFunc func;
  gpointer   user_data;
} CmFileRequest;

/**
 * cm_compat_skip_gl:
 *
 * Where GTK is told to draw with cairo it opens OpenGL all the same, and on a machine
 * without a graphics card that takes a fifth of the start. To be called before GTK is
 * initialised; what the user has set himself is left alone.
 */
void
cm_compat_skip_gl (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;

  if (gtk_get_minor_version () < 14)
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
  else
    g_setenv ("GDK_DISABLE", "gl", FALSE);
}

/**
 * cm_compat_announce:
 * @window: what the user has before him
 * @text: what a screen reader is to say
 *
 * gtk_accessible_announce() came with GTK 4.14. Before, what a screen reader says without
 * being asked is the new name of the active window (Orca's onNameChanged), so that is
 * what this gives it; see cm_compat_be_quiet().
 */
void
cm_compat_announce (GtkWindow  *window,
                    const char *text)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (window), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  if (gtk_window_is_active (window))
    gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
#endif
}

/**
 * cm_compat_be_quiet:
 * @window: a window that has got the focus, or lost it
 *
 * Who comes back to it hears its title, not what was announced last.
 */
void
cm_compat_be_quiet (GtkWindow *window)
{
#if !GTK_CHECK_VERSION (4, 14, 0)
  const char *title = gtk_window_get_title (window);

  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
#endif
}

static void
chooser_response_cb (GtkNativeDialog *dialog,
                     int              response,
                     CmFileRequest   *request)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      request->func (file, request->user_data);
    }

  g_object_unref (dialog);
}

static GtkFileFilter *
create_filter (const char         *name,
               const char * const *suffixes)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);

  return filter;
}

static void
free_request (gpointer  data,
              GClosure *closure)
{
  g_free (data);
}

/* @filter: (transfer full). GtkFileDialog came with GTK 4.10. */
static void
open_file (GtkWindow     *parent,
           const char    *title,
           GtkFileFilter *filter,
           CmFileFunc     func,
           gpointer       user_data)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
                                 _ ("_Cancel"));
  CmFileRequest *request = g_new0 (CmFileRequest, 1);

  request->func = func;
  request->user_data = user_data;

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  g_object_unref (filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chooser_response_cb), request,
                         free_request, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * cm_compat_get_color:
 * @widget: a widget
 * @color: (out caller-allocates): the CSS property "color" that applies to it
 *
 * gtk_widget_get_color() came with GTK 4.10.
 */
void
cm_compat_get_color (GtkWidget *widget,
                     GdkRGBA   *color)
{
#if GTK_CHECK_VERSION (4, 10, 0) && GDK_VERSION_MAX_ALLOWED >= GDK_VERSION_4_10
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

/**
 * cm_compat_open_file:
 * @parent: the window that asks
 * @title: what is asked
 * @func: called with the file, if the user chooses one
 * @user_data: for @func; must live as long as @parent
 */
void
cm_compat_open_file (GtkWindow  *parent,
                     const char *title,
                     CmFileFunc  func,
                     gpointer    user_data)
{
  open_file (parent, title, create_filter (_ ("Recordings"), (const char *[]) { "jsonl", NULL }), func,
             user_data);
}

/* As cm_compat_open_file(), for files of certificates. */
void
cm_compat_open_certificate (GtkWindow  *parent,
                            const char *title,
                            CmFileFunc  func,
                            gpointer    user_data)
{
  open_file (parent, title,
             create_filter (_ ("Certificates"), (const char *[]) { "pem", "crt", "cer", NULL }), func,
             user_data);
}

/**
 * cm_compat_save_file:
 * @parent: the window that asks
 * @title: what is asked
 * @name: a name to begin with
 * @func: called with the file, if the user chooses one
 * @user_data: for @func; must live as long as @parent
 */
void
cm_compat_save_file (GtkWindow  *parent,
                     const char *title,
                     const char *name,
                     CmFileFunc  func,
                     gpointer    user_data)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                 _ ("_Cancel"));
  CmFileRequest *request = g_new0 (CmFileRequest, 1);

  request->func = func;
  request->user_data = user_data;

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chooser_response_cb), request,
                         free_request, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

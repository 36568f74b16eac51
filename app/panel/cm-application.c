/* cm-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-application.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "panel/cm-about.h"
#include "panel/cm-compat.h"
#include "panel/connect/cm-connect-control.h"
#include "panel/cm-desktop.h"
#include "panel/follow/cm-follow-control.h"
#include "panel/cm-opening.h"
#include "panel/cm-options.h"
#include "panel/cm-screenshot.h"
#include "panel/cm-style.h"
#include "panel/list/cm-triage.h"
#include "panel/cm-window.h"
#include "watch/remote/cm-remote-address.h"

struct _CmApplication
{
  GtkApplication parent_instance;

  CmSession        *session;
  CmStyle          *style;
  CmDesktop        *desktop;
  CmTriage         *triage;
  CmConnectControl *connect;
  CmFollowControl  *follow;
  char             *picture; /* the path of a PNG to draw the window into */
  int               exit_status;
};

G_DEFINE_FINAL_TYPE (CmApplication, cm_application, GTK_TYPE_APPLICATION)

static GtkWindow *
get_window (CmApplication *self)
{
  return gtk_application_get_active_window (GTK_APPLICATION (self));
}

/* By its name, as “conference-tracker check” has it. */
static gboolean
is_configuration (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_str_has_suffix (name, ".conf");
}

static gboolean
show_file (CmApplication *self,
           GFile         *file,
           double         speed,
           double         at)
{
  return is_configuration (file) ? cm_follow_control_open (self->follow, file)
                                 : cm_opening_show_recording (self->session, self->desktop, file, speed, at);
}

/* A picture is of a window, not of the desktop. */
static void
ensure_window (CmApplication   *self,
               const CmOptions *options)
{
  GtkWidget *window;

  if (get_window (self) != NULL)
    return;

  if (options->screenshot == NULL)
    {
      cm_desktop_create_window (self->desktop, options->width, options->height);
      return;
    }

  window = cm_window_new (GTK_APPLICATION (self), self->session);
  gtk_window_set_default_size (GTK_WINDOW (window), options->width > 0 ? options->width : 1040,
                               options->height > 0 ? options->height : 720);
}

static gboolean
show_argument (CmApplication           *self,
               GApplicationCommandLine *line,
               const CmOptions         *options)
{
  g_autoptr (GFile) file = NULL;

  if (cm_remote_address_looks (options->argument))
    {
      ensure_window (self, options);
      return cm_connect_control_open (self->connect, options->argument);
    }

  file = g_application_command_line_create_file_for_arg (line, options->argument);

  return show_file (self, file, options->speed, options->at);
}

static void
screenshot_cb (const GError *error,
               gpointer      user_data)
{
  CmApplication *self = CM_APPLICATION (user_data);

  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      self->exit_status = 1;
    }

  g_application_quit (G_APPLICATION (self));
}

/* Without a place to go to, what a recording comes to is of interest. */
static void
settled_cb (gpointer user_data)
{
  CmApplication *self = CM_APPLICATION (user_data);
  CmWatch *watch = cm_session_get_watch (self->session);

  if (CM_IS_PLAYBACK (watch) && cm_playback_is_loading (CM_PLAYBACK (watch)))
    {
      g_signal_connect_object (watch, "notify::indexed", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
      return;
    }

  if (CM_IS_PLAYBACK (watch) && cm_playback_get_playing (CM_PLAYBACK (watch)))
    cm_opening_go_to (CM_PLAYBACK (watch), (double) cm_playback_get_duration (CM_PLAYBACK (watch)) / 1000.0);
  cm_screenshot_take (cm_screenshot_find (get_window (self)), self->picture, screenshot_cb, self);
}

/* The desktop may ask for an action of a program that has no window yet. */
static void
present (CmApplication   *self,
         const CmOptions *options)
{
  ensure_window (self, options);
  gtk_window_present (get_window (self));
}

/* What was watched when the program was last used. */
static void
show_last (CmApplication *self)
{
  g_autofree char *last = cm_desktop_dup_last (self->desktop);
  g_autoptr (GFile) file = NULL;

  if (last == NULL || cm_session_get_watch (self->session) != NULL)
    return;

  if (g_str_equal (last, CM_DESKTOP_DEMO))
    {
      cm_opening_show_demo (self->session, self->desktop, -1);
      return;
    }

  if (g_str_equal (last, CM_DESKTOP_FOLLOW))
    {
      cm_follow_control_open (self->follow, NULL);
      return;
    }

  if (!g_str_has_prefix (last, "file:"))
    {
      ensure_window (self, &(CmOptions) { 0 });
      cm_connect_control_open (self->connect, last);
      return;
    }

  /* A recording that has been moved since is not worth a fault. */
  file = g_file_new_for_uri (last);
  if (g_file_query_exists (file, NULL))
    show_file (self, file, 0, -1);
}

static void
demo_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CmApplication *self = CM_APPLICATION (user_data);

  cm_opening_show_demo (self->session, self->desktop, -1);
  present (self, &(CmOptions) { 0 });
}

static void
file_chosen_cb (GFile    *file,
                gpointer  user_data)
{
  show_file (CM_APPLICATION (user_data), file, 0, -1);
}

static void
open_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CmApplication *self = CM_APPLICATION (user_data);

  present (self, &(CmOptions) { 0 });
  cm_compat_open_file (get_window (self), _ ("Open a Recording"), file_chosen_cb, self);
}

static void
open_again_activated (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  show_file (CM_APPLICATION (user_data), file, 0, -1);
}

static void
about_activated (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  cm_about_show (get_window (CM_APPLICATION (user_data)));
}

static void
quit_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static int
cm_application_handle_local_options (GApplication *application,
                                     GVariantDict *dict)
{
  g_auto (CmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!cm_options_read (&options, dict, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  if (options.version)
    {
      g_print ("conference-monitor %s\n", PACKAGE_VERSION);
      return 0;
    }

  /* A picture is of a window of its own. */
  if (options.screenshot != NULL)
    g_application_set_flags (application, g_application_get_flags (application) |
                                            G_APPLICATION_NON_UNIQUE);

  return -1;
}

static int
cm_application_command_line (GApplication            *application,
                             GApplicationCommandLine *line)
{
  CmApplication *self = CM_APPLICATION (application);
  g_auto (CmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!cm_options_read (&options, g_application_command_line_get_options_dict (line), &error))
    {
      g_application_command_line_printerr (line, "%s\n", error->message);
      return 2;
    }

  if (options.dark)
    cm_style_force_dark (self->style);
  if (options.screenshot != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  if (options.demo)
    cm_opening_show_demo (self->session, self->desktop, options.at);
  else if (options.argument != NULL && !show_argument (self, line, &options))
    self->exit_status = options.screenshot != NULL ? 2 : 0;

  if (options.argument == NULL && !options.demo && options.screenshot == NULL)
    show_last (self);

  ensure_window (self, &options);
  if (options.edge != NULL && options.screenshot == NULL)
    cm_desktop_pin (self->desktop, options.edge);
  gtk_window_present (get_window (self));
  if (options.action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (get_window (self)), options.action, NULL);

  self->picture = g_strdup (options.screenshot);
  if (self->picture != NULL)
    cm_connect_control_when_settled (self->connect, settled_cb, self);

  return 0;
}

/* The desktop asks for these two over D-Bus. */
static void
cm_application_activate (GApplication *application)
{
  CmApplication *self = CM_APPLICATION (application);

  show_last (self);
  present (self, &(CmOptions) { 0 });
}

static void
cm_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  CmApplication *self = CM_APPLICATION (application);

  show_file (self, files[0], 0, -1);
  present (self, &(CmOptions) { 0 });
}

static gboolean
cm_application_local_command_line (GApplication   *application,
                                   char         ***arguments,
                                   int            *exit_status)
{
  cm_options_complete (*arguments);

  return G_APPLICATION_CLASS (cm_application_parent_class)->local_command_line (application,
                                                                                arguments,
                                                                                exit_status);
}

static void
add_actions (CmApplication *self)
{
  static const GActionEntry actions[] = {
    { "demo", demo_activated },
    { "open", open_activated },
    { "open-again", open_again_activated, "s" },
    { "about", about_activated },
    { "quit", quit_activated },
  };
  GtkApplication *application = GTK_APPLICATION (self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (application, "app.quit",
                                         (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (application, "app.open",
                                         (const char *[]) { "<Control>o", NULL });
}

static void
cm_application_startup (GApplication *application)
{
  CmApplication *self = CM_APPLICATION (application);

  G_APPLICATION_CLASS (cm_application_parent_class)->startup (application);

  self->style = cm_style_new (gdk_display_get_default ());
  self->session = cm_session_new ();
  self->desktop = cm_desktop_new (GTK_APPLICATION (self), self->session);
  cm_style_follow (self->style, cm_desktop_get_settings (self->desktop));
  self->triage = cm_triage_new (GTK_APPLICATION (self), self->session);
  self->connect = cm_connect_control_new (GTK_APPLICATION (self), self->desktop, self->session);
  self->follow = cm_follow_control_new (GTK_APPLICATION (self), self->desktop, self->session);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  add_actions (self);
}

static void
cm_application_shutdown (GApplication *application)
{
  CmApplication *self = CM_APPLICATION (application);

  G_APPLICATION_CLASS (cm_application_parent_class)->shutdown (application);

  if (self->session != NULL)
    cm_session_set_watch (self->session, NULL);
  g_clear_object (&self->connect);
  g_clear_object (&self->follow);
  g_clear_object (&self->desktop);
  g_clear_object (&self->triage);
  g_clear_object (&self->session);
  g_clear_object (&self->style);
  g_clear_pointer (&self->picture, g_free);
}

static void
cm_application_class_init (CmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->handle_local_options = cm_application_handle_local_options;
  application_class->activate = cm_application_activate;
  application_class->command_line = cm_application_command_line;
  application_class->local_command_line = cm_application_local_command_line;
  application_class->open = cm_application_open;
  application_class->startup = cm_application_startup;
  application_class->shutdown = cm_application_shutdown;
}

static void
cm_application_init (CmApplication *self)
{
  cm_options_add_entries (G_APPLICATION (self));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Watch live calls and recordings of calls"));
}

CmApplication *
cm_application_new (void)
{
  return g_object_new (CM_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * cm_application_main:
 * @argc: from main()
 * @argv: from main()
 *
 * Returns: the program's exit status: 0, 1 where a picture could not be written, 2
 *   where what was asked for cannot be
 */
int
cm_application_main (int    argc,
                     char **argv)
{
  g_autoptr (CmApplication) self = NULL;
  int status;

  cm_compat_skip_gl ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Conference Monitor"));

  self = cm_application_new ();
  status = g_application_run (G_APPLICATION (self), argc, argv);

  return status != 0 ? status : self->exit_status;
}

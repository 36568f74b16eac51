/* test-motion.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <string.h>

#include "panel/cm-banner-bar.h"
#include "panel/cm-panel-test.h"
#include "panel/cm-session.h"
#include "panel/cm-toast.h"

/* The settings of a desktop, as its daemon keeps them for X clients (XSETTINGS). */
typedef struct
{
  Display *display;
  Window   window;
  guint32  serial;
} Desktop;

static gboolean
get_animations (void)
{
  gboolean enabled;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &enabled, NULL);

  return enabled;
}

static gboolean
is_on (gpointer data)
{
  return get_animations ();
}

static gboolean
is_off (gpointer data)
{
  return !get_animations ();
}

static void
append_number (GByteArray *bytes,
               guint32     number,
               guint       size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (number >> 8 * i);

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* Little endian: the first byte says so. */
static void
set_animations (Desktop *desktop,
                gboolean enabled)
{
  static const char name[] = "Gtk/EnableAnimations";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Atom settings = XInternAtom (desktop->display, "_XSETTINGS_SETTINGS", False);

  append_number (bytes, 0, 4);
  append_number (bytes, ++desktop->serial, 4);
  append_number (bytes, 1, 4);
  append_number (bytes, 0, 2);
  append_number (bytes, (guint32) strlen (name), 2);
  g_byte_array_append (bytes, (const guint8 *) name, (guint) strlen (name));
  append_number (bytes, desktop->serial, 4);
  append_number (bytes, (guint32) enabled, 4);
  XChangeProperty (desktop->display, desktop->window, settings, settings, 8, PropModeReplace, bytes->data,
                   (int) bytes->len);
  XFlush (desktop->display);
}

static void
start_desktop (Desktop *desktop)
{
  Atom selection;
  XEvent event = { 0 };

  desktop->display = XOpenDisplay (NULL);
  g_assert_nonnull (desktop->display);
  desktop->window = XCreateSimpleWindow (desktop->display, DefaultRootWindow (desktop->display), -9, -9, 1, 1, 0, 0, 0);
  set_animations (desktop, TRUE);

  selection = XInternAtom (desktop->display, "_XSETTINGS_S0", False);
  XSetSelectionOwner (desktop->display, selection, desktop->window, CurrentTime);
  event.xclient.type = ClientMessage;
  event.xclient.window = DefaultRootWindow (desktop->display);
  event.xclient.message_type = XInternAtom (desktop->display, "MANAGER", False);
  event.xclient.format = 32;
  event.xclient.data.l[1] = (long) selection;
  event.xclient.data.l[2] = (long) desktop->window;
  XSendEvent (desktop->display, DefaultRootWindow (desktop->display), False, StructureNotifyMask, &event);
  XFlush (desktop->display);
}

static GtkWidget *
find_revealer (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_REVEALER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_revealer (child);

  return found;
}

/* Returns: whether the banner is there as soon as there is one */
static gboolean
banner_comes_at_once (void)
{
  g_autoptr (CmWatch) watch = cm_fake_watch_new ();
  g_autoptr (CmSession) session = cm_session_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *bar = g_object_new (CM_TYPE_BANNER_BAR, "model", cm_session_get_banner (session), NULL);
  GtkWidget *revealer;
  gboolean at_once;

  cm_session_set_watch (session, watch);
  gtk_window_set_child (window, bar);
  gtk_window_present (window);
  cm_fake_watch_show (CM_FAKE_WATCH (watch), cm_fake_document_new ("a", "a"));
  cm_panel_test_settle ();
  revealer = find_revealer (bar);
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));

  cm_fake_watch_show (CM_FAKE_WATCH (watch), cm_fake_document_new_left ("a", "a"));
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  at_once = gtk_revealer_get_child_revealed (GTK_REVEALER (revealer));
  gtk_window_destroy (window);
  cm_session_set_watch (session, NULL);

  return at_once;
}

/* Returns: whether it is said at once that a call has ended */
static gboolean
toast_comes_at_once (void)
{
  g_autoptr (CmWatch) watch = cm_fake_watch_new ();
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *toast = g_object_new (CM_TYPE_TOAST, NULL);
  GtkWidget *revealer = find_revealer (toast);
  CmDocument *ended = cm_fake_document_new ("a", "a");
  gboolean at_once;

  cm_fake_watch_show (CM_FAKE_WATCH (watch), cm_fake_document_new ("a", "a"));
  gtk_window_set_child (window, toast);
  gtk_window_present (window);
  g_object_set (toast, "conversation",
                cm_conversation_list_lookup (cm_watch_get_conversations (watch), "a"), NULL);
  cm_panel_test_settle ();
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));

  ended->phase = CM_PHASE_ENDED;
  cm_fake_watch_show (CM_FAKE_WATCH (watch), ended);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)));
  at_once = gtk_revealer_get_child_revealed (GTK_REVEALER (revealer));
  gtk_window_destroy (window);

  return at_once;
}

static void
assert_at_once (gboolean at_once)
{
  g_assert_cmpint (banner_comes_at_once (), ==, at_once);
  g_assert_cmpint (toast_comes_at_once (), ==, at_once);
}

/* As the desktop says it, from one moment to the next. */
static void
test_live (void)
{
  Desktop desktop = { 0 };

  /* What a test sets itself goes before what the desktop says. */
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
  start_desktop (&desktop);
  cm_panel_test_wait (is_on, NULL);
  assert_at_once (FALSE);

  set_animations (&desktop, FALSE);
  cm_panel_test_wait (is_off, NULL);
  assert_at_once (TRUE);

  set_animations (&desktop, TRUE);
  cm_panel_test_wait (is_on, NULL);
  assert_at_once (FALSE);
  XCloseDisplay (desktop.display);
}

int
main (int    argc,
      char **argv)
{
  cm_panel_test_init (&argc, &argv);

  g_test_add_func ("/motion/live", test_live);

  return g_test_run ();
}

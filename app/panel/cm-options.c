/* cm-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-options.h"

#include <glib/gi18n.h>

#include "watch/play/cm-playback.h"

#define MIN_WIDTH 320
#define MIN_HEIGHT 294
#define MAX_SIZE 8192
#define MAX_SECONDS 1e9

static const GOptionEntry entries[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start the demo"), NULL },
  { "speed", 0, 0, G_OPTION_ARG_STRING, NULL,
    /* Translators: how many times as fast as it was recorded */
    N_ ("Play a recording so many times as fast (0.5 to 60)"), N_ ("NUMBER") },
  { "at", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Go to so many seconds from the start and pause"), N_ ("SECONDS") },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Size of the window in pixels"), N_ ("WIDTHxHEIGHT") },
  { "pin", 0, 0, G_OPTION_ARG_STRING, NULL,
    /* Translators: of the screen; “left” and “right” in the next text stay as they are */
    N_ ("Pin the window to an edge"), "left|right" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Dark, whatever the desktop says"), NULL },
  { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Write a picture of the window to a PNG file and exit"), N_ ("FILE") },
  { "show", 0, 0, G_OPTION_ARG_STRING, NULL,
    /* Translators: “app.preferences” stays as it is */
    N_ ("Do what a menu item does first, such as app.preferences"), N_ ("ACTION") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
    /* Translators: what the program takes on the command line */
    N_ ("[FILE|ADDRESS]") },
  { NULL },
};

static gboolean
read_size (CmOptions   *self,
           const char  *text,
           GError     **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 2);
  guint64 width, height;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, MIN_WIDTH, MAX_SIZE, &width, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, MIN_HEIGHT, MAX_SIZE, &height, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("--size must be like 720x640, and at least %dx%d"), MIN_WIDTH, MIN_HEIGHT);
      return FALSE;
    }

  self->width = (int) width;
  self->height = (int) height;

  return TRUE;
}

/* GApplication drops numbers that are 0, so they come as texts. */
static gboolean
read_number (const char *text,
             double      minimum,
             double      maximum,
             double     *number)
{
  char *end = NULL;

  *number = g_ascii_strtod (text, &end);

  /* NaN is in no range. */
  return end != text && *end == '\0' && *number >= minimum && *number <= maximum;
}

static gboolean
read_speed (CmOptions   *self,
            const char  *text,
            GError     **error)
{
  if (read_number (text, CM_PLAYBACK_MIN_SPEED, CM_PLAYBACK_MAX_SPEED, &self->speed))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--speed must be between %g and %g"), CM_PLAYBACK_MIN_SPEED,
               CM_PLAYBACK_MAX_SPEED);

  return FALSE;
}

static gboolean
read_at (CmOptions   *self,
         const char  *text,
         GError     **error)
{
  if (read_number (text, 0, MAX_SECONDS, &self->at))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--at must be a number of seconds"));

  return FALSE;
}

static gboolean
read_edge (CmOptions   *self,
           const char  *text,
           GError     **error)
{
  if (g_strv_contains ((const char * const []) { "left", "right", CM_OPTIONS_LAST_EDGE, NULL },
                       text))
    {
      self->edge = g_strdup (text);
      return TRUE;
    }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--pin must be left or right"));

  return FALSE;
}

static gboolean
read_argument (CmOptions     *self,
               GVariantDict  *dict,
               GError       **error)
{
  g_autofree const char **arguments = NULL;

  if (!g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &arguments) ||
      arguments[0] == NULL)
    return TRUE;

  if (arguments[1] != NULL || self->demo)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _ ("One thing can be watched at a time"));
      return FALSE;
    }

  self->argument = g_strdup (arguments[0]);

  return TRUE;
}

/* Tells @application what may stand on its command line. */
void
cm_options_add_entries (GApplication *application)
{
  g_application_add_main_option_entries (application, entries);
}

/**
 * cm_options_read:
 * @self: (out caller-allocates): what was said; clear it afterwards
 * @dict: the options as GApplication hands them out
 * @error: what was wrong, for the user
 *
 * Returns: %FALSE where something cannot be
 */
gboolean
cm_options_read (CmOptions     *self,
                 GVariantDict  *dict,
                 GError       **error)
{
  const char *text = NULL;

  *self = (CmOptions) { .at = -1 };

  self->demo = g_variant_dict_contains (dict, "demo");
  self->dark = g_variant_dict_contains (dict, "dark");
  self->version = g_variant_dict_contains (dict, "version");
  g_variant_dict_lookup (dict, "screenshot", "^ay", &self->screenshot);
  g_variant_dict_lookup (dict, "show", "s", &self->action);

  if (g_variant_dict_lookup (dict, "size", "&s", &text) && !read_size (self, text, error))
    return FALSE;
  if (g_variant_dict_lookup (dict, "speed", "&s", &text) && !read_speed (self, text, error))
    return FALSE;
  if (g_variant_dict_lookup (dict, "at", "&s", &text) && !read_at (self, text, error))
    return FALSE;

  if (g_variant_dict_lookup (dict, "pin", "&s", &text) && !read_edge (self, text, error))
    return FALSE;

  return read_argument (self, dict, error);
}

/**
 * cm_options_complete:
 * @arguments: (array zero-terminated=1): a command line, the program first; changed
 *   in place
 *
 * "--pin" may stand alone, which GApplication knows no kind of option for.
 */
void
cm_options_complete (char **arguments)
{
  for (guint i = 1; arguments[i] != NULL && !g_str_equal (arguments[i], "--"); i++)
    {
      if (g_str_equal (arguments[i], "--pin"))
        {
          g_free (arguments[i]);
          arguments[i] = g_strdup ("--pin=" CM_OPTIONS_LAST_EDGE);
        }
    }
}

void
cm_options_clear (CmOptions *self)
{
  g_clear_pointer (&self->screenshot, g_free);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->argument, g_free);
  g_clear_pointer (&self->edge, g_free);
}

/* cm-text-side.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-text-side.h"

static gboolean
is_right_to_left (gunichar character)
{
  switch ((int) g_unichar_get_script (character))
    {
    case G_UNICODE_SCRIPT_ADLAM:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_MANDAIC:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_SAMARITAN:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
      return TRUE;
    default:
      return FALSE;
    }
}

/* As the first letter runs, so does the paragraph (UAX 9, P2); where there is none, as
 * with a bare number, Pango asks the widget. */
static gboolean
runs_right_to_left (const char *text,
                    gboolean    mirrored)
{
  while (*text != '\0' && !g_unichar_isalpha (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return *text != '\0' ? is_right_to_left (g_utf8_get_char (text)) : mirrored;
}

static void
update_cb (GtkInscription *inscription)
{
  const char *text = gtk_inscription_get_text (inscription);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (inscription)) == GTK_TEXT_DIR_RTL;
  gboolean turned = text != NULL && runs_right_to_left (text, mirrored);

  gtk_inscription_set_xalign (inscription, mirrored != turned ? 1 : 0);
}

/**
 * cm_text_side_follow:
 * @inscription: what has one line of text
 *
 * Keeps the text at the start of its line. Unlike a label's, an inscription's alignment
 * does not turn with the direction of the window, and Pango turns it where a paragraph
 * runs from right to left.
 */
void
cm_text_side_follow (GtkInscription *inscription)
{
  g_signal_connect (inscription, "notify::text", G_CALLBACK (update_cb), NULL);
  g_signal_connect (inscription, "direction-changed", G_CALLBACK (update_cb), NULL);
  update_cb (inscription);
}

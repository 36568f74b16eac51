/* cm-silence-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-silence-popover.h"

#include <glib/gi18n.h>

#include "model/cm-silence.h"
#include "model/cm-words.h"

/* More calls of a source, and more sources, are only counted. */
#define MAX_CALLS 5
#define MAX_SOURCES 5

#define WIDTH_CHARS 34

/* In the narrowest window it is nearly as wide. */
#define WIDTH 270

static GtkWidget *
append_label (GtkBox     *box,
              const char *text,
              const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);

  return label;
}

static void
append_call (GtkBox         *box,
             CmConversation *conversation,
             GtkWidget      *popover)
{
  const CmDocument *document = cm_conversation_get_document (conversation);
  g_autofree char *title = cm_document_dup_title (document);
  GtkWidget *button = gtk_button_new_with_label (title);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  gtk_widget_set_tooltip_text (button, title);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.show-call");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", document->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (gtk_popover_popdown), popover,
                           G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
}

static void
append_calls (GtkBox    *box,
              GPtrArray *conversations,
              GtkWidget *popover)
{
  guint n = conversations->len;

  for (guint i = 0; i < MIN (n, MAX_CALLS); i++)
    append_call (box, g_ptr_array_index (conversations, i), popover);

  if (n > MAX_CALLS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more call", "and %u more calls",
                                                         n - MAX_CALLS), n - MAX_CALLS);

      append_label (box, more, "second");
    }
}

static void
append_silence (GtkBox          *box,
                const CmSilence *silence,
                GtkWidget       *popover)
{
  g_autofree char *clock = cm_words_dup_clock (silence->since);
  g_autofree char *title = NULL;
  g_autofree char *since = NULL;

  /* Translators: a station or site */
  title = g_strdup_printf (_ ("%s does not answer"), silence->name);
  if (silence->conversations->len > 0)
    /* Translators: the id of a source, and a time of day */
    since = g_strdup_printf (_ ("Nothing has come from %s since %s. Its calls are shown as they were then:"),
                             silence->source, clock);
  else
    /* Translators: the id of a source, and a time of day */
    since = g_strdup_printf (_ ("Nothing has come from %s since %s. It had no call then; calls that "
                                "have begun since are not shown."),
                             silence->source, clock);
  append_label (box, title, "heading");
  append_label (box, since, NULL);
  append_calls (box, silence->conversations, popover);
}

static void
append_silences (GtkBox    *box,
                 GPtrArray *silences,
                 GtkWidget *popover)
{
  guint n = silences->len;

  for (guint i = 0; i < MIN (n, MAX_SOURCES); i++)
    append_silence (box, g_ptr_array_index (silences, i), popover);

  if (n > MAX_SOURCES)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("%u more source does not answer",
                                                         "%u more sources do not answer",
                                                         n - MAX_SOURCES), n - MAX_SOURCES);

      append_label (box, more, "heading");
    }
}

/**
 * cm_silence_popover_new:
 * @silences: (element-type CmSilence): sources that do not answer
 *
 * Returns: (transfer floating): what is known of them, and what to do. Their calls
 *   are shown by app.show-call
 */
GtkWidget *
cm_silence_popover_new (GPtrArray *silences)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "details");
  gtk_widget_set_size_request (box, WIDTH, -1);
  append_silences (GTK_BOX (box), silences, popover);
  append_label (GTK_BOX (box),
                _ ("Check that the station is on, that its agent runs, and that it reaches the "
                   "network. When it answers again, all of this goes on by itself."),
                "second");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Details"), -1);

  return popover;
}

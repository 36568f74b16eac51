/* cm-call-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/call/cm-call-actions.h"

#include <glib/gi18n.h>

#include "journal/cm-call-records.h"
#include "journal/cm-ticket-note.h"
#include "panel/cm-compat.h"
#include "panel/list/cm-ended-window.h"
#include "panel/cm-notice.h"
#include "panel/cm-save-file.h"
#include "panel/cm-save-recording.h"
#include "panel/cm-session.h"
#include "watch/play/cm-playback.h"

static CmSession *
get_session (GtkWidget *window)
{
  g_autoptr (CmSession) session = NULL;

  g_object_get (window, "session", &session, NULL);

  /* The window holds it. */
  return session;
}

static CmWatch *
get_watch (GtkWidget *window)
{
  CmSession *session = get_session (window);

  return session != NULL ? cm_session_get_watch (session) : NULL;
}

static CmPlayback *
get_playback (GtkWidget *window)
{
  CmWatch *watch = get_watch (window);

  return CM_IS_PLAYBACK (watch) ? CM_PLAYBACK (watch) : NULL;
}

static const CmDocument *
get_document (GtkWidget *window)
{
  CmSession *session = get_session (window);
  CmConversation *selected = session != NULL ? cm_session_get_selected (session) : NULL;

  return selected != NULL ? cm_conversation_get_document (selected) : NULL;
}

static void
text_saved_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GtkWidget) window = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (object));

  if (cm_save_file_text_finish (G_FILE (object), result, &error))
    return;

  /* Translators: the name of a file */
  title = g_strdup_printf (_ ("Could not save %s"), name);
  cm_notice_show (GTK_WINDOW (window), title, error->message);
}

static CmDisguise *
get_disguise (CmWatch *watch)
{
  return cm_conversation_list_get_disguise (cm_watch_get_conversations (watch));
}

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  return strcmp ((*(const CmDocument * const *) a)->id, (*(const CmDocument * const *) b)->id);
}

/* @disguise: (nullable): what the list does not do itself */
static void
add_documents (GListModel *list,
               CmDisguise *disguise,
               GPtrArray  *documents,
               GHashTable *known)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);
      const CmDocument *document = cm_conversation_get_document (conversation);

      if (g_hash_table_add (known, g_strdup (document->id)))
        g_ptr_array_add (documents, disguise != NULL ? cm_disguise_apply (disguise, document)
                                                     : cm_document_copy (document));
    }
}

/* Returns: (transfer full) (element-type CmDocument): all calls that are known at the
 * moment that is shown, in the order of their ids */
static GPtrArray *
dup_documents (CmWatch *watch)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  CmDisguise *disguise = get_disguise (watch);

  /* The list hides names itself; what has ended is kept as it was. */
  add_documents (G_LIST_MODEL (cm_watch_get_conversations (watch)), NULL, documents, known);
  add_documents (cm_watch_get_ended (watch), disguise, documents, known);
  g_ptr_array_sort (documents, compare_documents);
  for (guint i = 0; disguise != NULL && i < documents->len; i++)
    cm_disguise_hide_ids (g_ptr_array_index (documents, i), i + 1);

  return documents;
}

static void
records_file_cb (GFile    *file,
                 gpointer  user_data)
{
  GtkWidget *window = GTK_WIDGET (user_data);
  CmWatch *watch = get_watch (window);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *text;
  g_autofree char *name = g_file_get_basename (file);

  if (watch == NULL)
    return;

  text = g_string_new (NULL);
  documents = dup_documents (watch);
  if (g_str_has_suffix (name, ".json"))
    cm_call_records_write_json (documents, text);
  else
    cm_call_records_write_csv (documents, text);
  bytes = g_string_free_to_bytes (text);
  cm_save_file_text_async (file, bytes, text_saved_cb, g_object_ref (window));
}

static void
export_records_activated (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  if (get_watch (widget) != NULL)
    cm_compat_save_file (GTK_WINDOW (widget), _ ("Export Call Records (CSV or JSON)"),
                         "call-records.csv", records_file_cb, widget);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) window = GTK_WIDGET (user_data);
  g_autoptr (GError) error = NULL;

  if (!cm_save_recording_finish (CM_WATCH (object), result, &error))
    cm_notice_show (GTK_WINDOW (window), _ ("Could not save the recording"), error->message);
}

static void
save_lines (GtkWidget *window,
            GFile     *file,
            gboolean   masked)
{
  CmWatch *watch = get_watch (window);

  if (watch != NULL && cm_save_recording_can (watch))
    cm_save_recording_async (watch, file, masked || get_disguise (watch) != NULL, NULL, saved_cb, g_object_ref (window));
}

static void
lines_file_cb (GFile    *file,
               gpointer  user_data)
{
  save_lines (GTK_WIDGET (user_data), file, FALSE);
}

static void
masked_file_cb (GFile    *file,
                gpointer  user_data)
{
  save_lines (GTK_WIDGET (user_data), file, TRUE);
}

static void
save_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  gboolean masked = g_str_equal (action_name, "win.save-masked");
  CmWatch *watch = get_watch (widget);

  if (watch == NULL || !cm_save_recording_can (watch))
    cm_notice_show (GTK_WINDOW (widget), _ ("There is nothing to save"),
                    _ ("Nothing has been seen yet."));
  else
    cm_compat_save_file (GTK_WINDOW (widget), _ ("Save as a Recording"), "recording.jsonl",
                         masked ? masked_file_cb : lines_file_cb, widget);
}

static void
copy (GtkWidget  *window,
      const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), text);
  gtk_widget_activate_action (window, "win.say", "s", _ ("Copied"));
}

static void
copy_note_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  const CmDocument *document = get_document (widget);
  CmWatch *watch = get_watch (widget);
  g_autofree char *note = NULL;

  if (document == NULL)
    return;

  /* The timeline has the names that the document has not while they are hidden. */
  note = cm_ticket_note_dup (document, get_disguise (watch) == NULL ?
                             cm_watch_get_timeline (watch, document->id) : NULL,
                             cm_watch_get_now (watch));
  copy (widget, note);
}

static void
copy_link_activated (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  const CmDocument *document = get_document (widget);

  if (document != NULL && document->conference.access.join_url != NULL)
    copy (widget, document->conference.access.join_url);
}

static void
step_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  CmPlayback *playback = get_playback (widget);

  if (playback != NULL)
    cm_playback_step (playback, g_str_equal (action_name, "win.step-back"));
}

static void
next_attention_activated (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  CmPlayback *playback = get_playback (widget);

  if (playback != NULL && !cm_playback_go_to_attention (playback))
    gtk_widget_error_bell (widget);
}

static void
show_faults (GtkWidget *window)
{
  CmPlayback *playback = get_playback (window);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *title = NULL;
  guint n = playback != NULL ? cm_playback_get_n_faults (playback) : 0;

  if (n == 0)
    return;

  for (guint i = 0; i < MIN (n, CM_RECORDING_MAX_FAULTS); i++)
    {
      g_autofree char *fault = cm_playback_dup_fault (playback, i);

      if (fault != NULL)
        g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", fault);
    }
  if (n > CM_RECORDING_MAX_FAULTS)
    /* Translators: lines that were skipped and are not listed */
    g_string_append_printf (text, ngettext ("\n%u more", "\n%u more", n - CM_RECORDING_MAX_FAULTS),
                            n - CM_RECORDING_MAX_FAULTS);

  title = g_strdup_printf (ngettext ("%u line was skipped", "%u lines were skipped", n), n);
  cm_notice_show (GTK_WINDOW (window), title, text->str);
}

static void
faults_activated (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  show_faults (widget);
}

static void
ended_activated (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  CmWatch *watch = get_watch (widget);

  if (watch != NULL)
    gtk_window_present (GTK_WINDOW (cm_ended_window_new (GTK_WINDOW (widget),
                                                         cm_watch_get_conversations (watch),
                                                         cm_watch_get_ended (watch))));
}

static gboolean
drop_cb (GtkWidget    *window,
         const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  GFile *file = files != NULL ? files->data : NULL;

  if (file == NULL || application == NULL)
    return FALSE;

  g_application_open (G_APPLICATION (application), &file, 1, "");

  return TRUE;
}

/**
 * cm_call_actions_install:
 * @widget_class: the class of a window
 */
void
cm_call_actions_install (GtkWidgetClass *widget_class)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  static const struct
  {
    const char                  *name;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "win.export-records", export_records_activated },
    { "win.save-recording", save_activated },
    { "win.save-masked", save_activated },
    { "win.copy-note", copy_note_activated },
    { "win.copy-link", copy_link_activated },
    { "win.step-back", step_activated },
    { "win.step-forward", step_activated },
    { "win.next-attention", next_attention_activated },
    { "win.faults", faults_activated },
    { "win.ended", ended_activated },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-note", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.copy-link", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, both, "win.step-back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, both, "win.step-forward", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "win.next-attention", NULL);
}

/**
 * cm_call_actions_accept_files:
 * @window: a window of an application that opens files
 *
 * A file that is dropped on it is opened.
 */
void
cm_call_actions_accept_files (GtkWidget *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
}

/**
 * cm_call_actions_show_faults:
 * @window: a window of recordings
 *
 * Says which lines of the recording were skipped and why; nothing where none was.
 */
void
cm_call_actions_show_faults (GtkWidget *window)
{
  show_faults (window);
}

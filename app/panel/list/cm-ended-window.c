/* cm-ended-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-ended-window.h"

#include <glib/gi18n.h>

#include "model/cm-conversation.h"
#include "model/cm-words.h"
#include "panel/cm-settings.h"
#include "panel/list/cm-tab-stop.h"

struct _CmEndedWindow
{
  GtkWindow parent_instance;

  GListModel      *ended;
  GtkCustomFilter *filter;
  char            *wanted; /* (nullable): casefolded */

  CmConversationList *conversations; /* knows whether names are hidden */
  GSettings          *settings;      /* says when that changes */

  GtkWidget      *list;
  GtkSearchEntry *search;
  GtkStack       *stack;
};

G_DEFINE_FINAL_TYPE (CmEndedWindow, cm_ended_window, GTK_TYPE_WINDOW)

static gboolean
has_text (const char *text,
          const char *wanted)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

static gboolean
has_person (const CmDocument *document,
            const char       *wanted)
{
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (has_text (person->name, wanted) || has_text (person->address, wanted))
        return TRUE;
    }

  return FALSE;
}

/* Returns: (nullable) (transfer full): where names are hidden, what is shown instead */
static CmDocument *
dup_hidden (CmEndedWindow    *self,
            const CmDocument *document)
{
  CmDisguise *disguise = cm_conversation_list_get_disguise (self->conversations);

  return disguise != NULL ? cm_disguise_apply (disguise, document) : NULL;
}

/* Who is hidden is not found either: that would say who it is. */
static gboolean
matches (gpointer item,
         gpointer user_data)
{
  CmEndedWindow *self = user_data;
  const CmDocument *whole = cm_conversation_get_document (CM_CONVERSATION (item));
  g_autoptr (CmDocument) hidden = self->wanted != NULL ? dup_hidden (self, whole) : NULL;
  const CmDocument *document = hidden != NULL ? hidden : whole;

  return self->wanted == NULL || has_text (document->subject, self->wanted) ||
         has_text (document->id, self->wanted) ||
         has_text (document->conference.access.id, self->wanted) || has_person (document, self->wanted);
}

static char *
dup_second (const CmDocument *document)
{
  g_autofree char *clock = cm_words_dup_clock (document->ended);
  g_autofree char *age = cm_words_dup_age (document->started != CM_TIME_NONE
                                           ? document->ended - document->started : 0);
  g_autofree char *people = cm_document_dup_people (document);

  /* Translators: when a call ended, how long it was, and who was in it */
  return g_strdup_printf (_ ("Ended %s · %s · %s"), clock, age, people != NULL ? people : "");
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "conversation-row");
  gtk_box_append (GTK_BOX (box), create_label ("title"));
  gtk_box_append (GTK_BOX (box), create_label ("second"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (CmEndedWindow *self,
         GtkListItem   *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  const CmDocument *document =
    cm_conversation_get_document (CM_CONVERSATION (gtk_list_item_get_item (item)));
  g_autoptr (CmDocument) hidden = dup_hidden (self, document);
  g_autofree char *title = cm_document_dup_title (hidden != NULL ? hidden : document);
  g_autofree char *words = dup_second (hidden != NULL ? hidden : document);
  g_autofree char *sentence = g_strdup_printf ("%s, %s", title, words);

  gtk_label_set_label (GTK_LABEL (first), title);
  gtk_label_set_label (GTK_LABEL (second), words);
  gtk_widget_set_tooltip_text (box, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}

static void
update_stack (CmEndedWindow *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));

  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (model) > 0 ? "list" : "none");
}

static void
search_changed_cb (CmEndedWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_free (self->wanted);
  self->wanted = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* All rows anew, and what of them is found. */
static gboolean
renew_cb (gpointer user_data)
{
  CmEndedWindow *self = user_data;
  GtkListView *list = GTK_LIST_VIEW (self->list);
  g_autoptr (GtkSelectionModel) model = g_object_ref (gtk_list_view_get_model (list));

  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_list_view_set_model (list, NULL);
  gtk_list_view_set_model (list, model);

  return G_SOURCE_REMOVE;
}

/* The calls may be told of it after this. */
static void
safe_mode_changed_cb (CmEndedWindow *self)
{
  g_idle_add_full (G_PRIORITY_HIGH, renew_cb, g_object_ref (self), g_object_unref);
}

static void
cm_ended_window_finalize (GObject *object)
{
  g_free (CM_ENDED_WINDOW (object)->wanted);
  g_clear_object (&CM_ENDED_WINDOW (object)->conversations);
  g_clear_object (&CM_ENDED_WINDOW (object)->settings);

  G_OBJECT_CLASS (cm_ended_window_parent_class)->finalize (object);
}

static void
cm_ended_window_class_init (CmEndedWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_ended_window_finalize;

  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-ended-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CmEndedWindow, list);
  gtk_widget_class_bind_template_child (widget_class, CmEndedWindow, search);
  gtk_widget_class_bind_template_child (widget_class, CmEndedWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "app.safe-mode", NULL);
}

static void
cm_ended_window_init (CmEndedWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = cm_settings_new ();
  g_signal_connect_object (self->settings, "changed::safe-mode", G_CALLBACK (safe_mode_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * cm_ended_window_new:
 * @parent: the window of the calls
 * @conversations: the calls that go on; where their names are hidden, so are these
 * @ended: of #CmConversation, the one that ended last first
 */
GtkWidget *
cm_ended_window_new (GtkWindow          *parent,
                     CmConversationList *conversations,
                     GListModel         *ended)
{
  CmEndedWindow *self = g_object_new (CM_TYPE_ENDED_WINDOW, "transient-for", parent,
                                      "destroy-with-parent", TRUE, NULL);
  GtkFilterListModel *filtered;
  g_autoptr (GtkNoSelection) selection = NULL;

  /* It is none of the application's windows, and hides names by the same key. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "app",
                                  G_ACTION_GROUP (gtk_window_get_application (parent)));
  self->conversations = g_object_ref (conversations);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (ended), GTK_FILTER (self->filter));
  gtk_filter_list_model_set_incremental (filtered, TRUE);
  selection = gtk_no_selection_new (G_LIST_MODEL (filtered));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);

  return GTK_WIDGET (self);
}

/* cm-conversation-cell.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-conversation-cell.h"

#include <glib/gi18n.h>

#include "model/cm-document-attention.h"
#include "model/cm-words.h"
#include "panel/list/cm-conversation-row.h"
#include "panel/list/cm-state-line.h"
#include "panel/cm-as-of.h"
#include "panel/call/cm-escalation-bar.h"
#include "panel/cm-text-side.h"

struct _CmConversationCell
{
  GtkWidget parent_instance;

  CmConversation *conversation;
  GObject        *clock;
  GBindingGroup  *bindings;
  GSignalGroup   *signals;
  GBinding       *ticking;
  gint64          now;
  gint64          as_of;
  char           *heading;
  char           *found;
  char           *sentence;

  GtkWidget      *box;
  GtkWidget      *body;
  GtkInscription *title;
};

enum
{
  PROP_0,
  PROP_CONVERSATION,
  PROP_CLOCK,
  PROP_NOW,
  PROP_AS_OF,
  PROP_HEADING,
  PROP_FOUND,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConversationCell, cm_conversation_cell, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
dup_age (CmConversationCell *self,
         gint64             started,
         gint64             ended,
         gint64             now,
         gint64             as_of)
{
  gint64 until = ended != CM_TIME_NONE ? ended : now;

  if (as_of != CM_TIME_NONE)
    return cm_words_dup_as_of (as_of);

  if (started == CM_TIME_NONE || until == CM_TIME_NONE)
    return g_strdup ("");

  return cm_words_dup_age (until - started);
}

static gboolean
is_bar_shown (CmConversationCell *self,
              guint              escalation,
              gint64             since,
              gint64             now)
{
  if (escalation == CM_ESCALATION_COMPLETED)
    return now != CM_TIME_NONE && now - since < CM_ESCALATION_SHOWN_TIME;

  return escalation != CM_ESCALATION_NONE;
}

/* The words of a step, and why a call needs attention, need the whole line. */
static gboolean
are_counts_shown (guint escalation,
                  guint attention)
{
  return attention == 0 && escalation != CM_ESCALATION_RUNNING &&
         escalation != CM_ESCALATION_FAILED;
}

/* Why it needs attention, or the step while there is one, else the state with what of
 * it ticks. */
static char *
dup_state (CmConversationCell *self,
           CmConversation    *conversation,
           const char        *state,
           const char        *step,
           guint              escalation,
           guint              attention,
           gint64             tracker_now,
           gint64             as_of)
{
  gint64 now = as_of != CM_TIME_NONE ? as_of : tracker_now;

  if (conversation == NULL)
    return NULL;
  if (attention > 0)
    return cm_document_dup_reason_at (cm_conversation_get_document (conversation),
                                      cm_conversation_get_mirrored (conversation), now);
  if (escalation == CM_ESCALATION_RUNNING)
    return g_strdup (step);

  return cm_conversation_dup_state_at (conversation, now);
}

static char **
dup_classes (CmConversationCell *self,
             const char        *state_class,
             CmPhase            phase,
             guint              attention,
             gint64             as_of)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **classes;

  g_strv_builder_add_many (builder, "conversation-row", state_class, NULL);
  if (phase == CM_PHASE_ENDED || phase == CM_PHASE_HUNG_UP)
    g_strv_builder_add (builder, "over");
  if (attention > 0)
    g_strv_builder_add (builder, "attention");
  if (as_of != CM_TIME_NONE)
    g_strv_builder_add (builder, "stale");

  classes = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);

  return classes;
}

static void
update_ticking (CmConversationCell *self)
{
  gboolean ticks = self->clock != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (self->ticking != NULL)
    g_binding_unbind (self->ticking);
  g_clear_object (&self->ticking);

  if (ticks)
    self->ticking = g_object_ref (g_object_bind_property (self->clock, "now", self, "now",
                                                          G_BINDING_SYNC_CREATE));
}

static char *
dup_sentence (CmConversationCell *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *attention = NULL;

  if (self->conversation != NULL)
    g_object_get (self->conversation, "attention-text", &attention, NULL);

  g_ptr_array_add (parts, g_strdup (self->sentence));
  if (attention != NULL)
    g_ptr_array_add (parts, g_steal_pointer (&attention));
  if (self->found != NULL)
    g_ptr_array_add (parts, g_strdup (self->found));
  if (self->as_of != CM_TIME_NONE)
    g_ptr_array_add (parts, cm_words_dup_as_of (self->as_of));

  return cm_words_dup_join (parts, _ (", "));
}

static void
update_sentence (CmConversationCell *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *sentence = NULL;

  if (row == NULL || self->sentence == NULL)
    return;

  sentence = dup_sentence (self);
  cm_conversation_row_name (CM_CONVERSATION_ROW (row), sentence);
}

static void
update_as_of (CmConversationCell *self)
{
  gint64 as_of = cm_as_of_get (self->conversation, self->clock);

  if (self->as_of == as_of)
    return;

  self->as_of = as_of;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AS_OF]);
  update_sentence (self);
}

static void
set_text (CmConversationCell *self,
          char             **field,
          const char        *text,
          guint              prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
  update_sentence (self);
}

static gboolean
has_heading (CmConversationCell *self,
             const char        *heading)
{
  return heading != NULL;
}

/* What was searched for is one text, and comes in both ways. */
static char *
dup_words (CmConversationCell *self,
           const char         *counts,
           const char         *found,
           guint               escalation,
           guint               attention)
{
  if (!are_counts_shown (escalation, attention))
    return NULL;

  return g_strdup (found != NULL ? found : counts);
}

static char *
dup_brief (CmConversationCell *self,
           CmConversation     *conversation,
           const char         *counts,
           const char         *found,
           guint               escalation,
           guint               attention)
{
  if (!are_counts_shown (escalation, attention) || found != NULL || conversation == NULL)
    return dup_words (self, NULL, found, escalation, attention);

  return cm_document_dup_short_counts (cm_conversation_get_document (conversation));
}

static char **
dup_bar_classes (CmConversationCell *self,
                 guint               escalation)
{
  return cm_escalation_bar_dup_classes (escalation);
}

static gboolean
query_tooltip_cb (CmConversationCell *self,
                  int                x,
                  int                y,
                  gboolean           keyboard,
                  GtkTooltip        *tooltip)
{
  g_autofree char *text = NULL;

  if (self->conversation == NULL)
    return FALSE;

  text = cm_document_dup_lines (cm_conversation_get_document (self->conversation),
                                cm_conversation_get_mirrored (self->conversation), self->found);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
cm_conversation_cell_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_cell_parent_class)->map (widget);

  update_ticking (CM_CONVERSATION_CELL (widget));
}

static void
cm_conversation_cell_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_cell_parent_class)->unmap (widget);

  update_ticking (CM_CONVERSATION_CELL (widget));
}

static void
cm_conversation_cell_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  CmConversationCell *self = CM_CONVERSATION_CELL (object);

  switch (prop_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of);
      break;
    case PROP_HEADING:
      g_value_set_string (value, self->heading);
      break;
    case PROP_FOUND:
      g_value_set_string (value, self->found);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_cell_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  CmConversationCell *self = CM_CONVERSATION_CELL (object);

  switch (prop_id)
    {
    case PROP_CONVERSATION:
      if (!g_set_object (&self->conversation, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->conversation);
      g_signal_group_set_target (self->signals, self->conversation);
      update_as_of (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CLOCK:
      if (!g_set_object (&self->clock, g_value_get_object (value)))
        break;
      if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->clock), "lost"))
        g_signal_connect_object (self->clock, "notify::lost", G_CALLBACK (update_as_of), self,
                                 G_CONNECT_SWAPPED);
      update_ticking (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HEADING:
      set_text (self, &self->heading, g_value_get_string (value), prop_id);
      break;
    case PROP_FOUND:
      set_text (self, &self->found, g_value_get_string (value), prop_id);
      break;
    case PROP_SENTENCE:
      g_free (self->sentence);
      self->sentence = g_value_dup_string (value);
      update_sentence (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_cell_dispose (GObject *object)
{
  CmConversationCell *self = CM_CONVERSATION_CELL (object);

  g_clear_object (&self->clock);
  update_ticking (self);
  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_conversation_cell_parent_class)->dispose (object);
}

static void
cm_conversation_cell_finalize (GObject *object)
{
  CmConversationCell *self = CM_CONVERSATION_CELL (object);

  g_free (self->heading);
  g_free (self->found);
  g_free (self->sentence);

  G_OBJECT_CLASS (cm_conversation_cell_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, G_TYPE_OBJECT, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_AS_OF] =
    g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_FOUND] = g_param_spec_string ("found", NULL, NULL, NULL, flags);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_conversation_cell_class_init (CmConversationCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_conversation_cell_get_property;
  object_class->set_property = cm_conversation_cell_set_property;
  object_class->dispose = cm_conversation_cell_dispose;
  object_class->finalize = cm_conversation_cell_finalize;
  widget_class->map = cm_conversation_cell_map;
  widget_class->unmap = cm_conversation_cell_unmap;

  install_properties (object_class);

  g_type_ensure (CM_TYPE_ESCALATION_BAR);
  g_type_ensure (CM_TYPE_STATE_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-conversation-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, CmConversationCell, box);
  gtk_widget_class_bind_template_child (widget_class, CmConversationCell, body);
  gtk_widget_class_bind_template_child (widget_class, CmConversationCell, title);
  gtk_widget_class_bind_template_callback (widget_class, dup_age);
  gtk_widget_class_bind_template_callback (widget_class, dup_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_bar_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_brief);
  gtk_widget_class_bind_template_callback (widget_class, has_heading);
  gtk_widget_class_bind_template_callback (widget_class, dup_state);
  gtk_widget_class_bind_template_callback (widget_class, is_bar_shown);
  gtk_widget_class_bind_template_callback (widget_class, dup_words);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_conversation_cell_init (CmConversationCell *self)
{
  self->now = CM_TIME_NONE;
  self->as_of = CM_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  cm_text_side_follow (self->title);

  /* As in cm-person-row.c, not an expression in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
  self->signals = g_signal_group_new (CM_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->signals, "updated", G_CALLBACK (update_as_of), self);
  g_signal_group_connect_swapped (self->signals, "notify::attention-text",
                                  G_CALLBACK (update_sentence), self);
}

/**
 * cm_conversation_cell_new:
 * @clock: an object with a property "now"
 *
 * Returns: a cell that shows nothing yet
 */
GtkWidget *
cm_conversation_cell_new (GObject *clock)
{
  return g_object_new (CM_TYPE_CONVERSATION_CELL, "clock", clock, NULL);
}

/* Returns: (transfer none): all of it but the heading, as high in one cell as in another */
GtkWidget *
cm_conversation_cell_get_body (CmConversationCell *self)
{
  return self->body;
}

/* cm-conversation-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-conversation-row.h"

#include "model/cm-words.h"
#include "panel/cm-escalation-bar.h"

struct _CmConversationRow
{
  GtkWidget parent_instance;

  CmConversation *conversation;
  GObject        *clock;
  GBindingGroup  *bindings;
  GBinding       *ticking;
  gint64          now;

  GtkWidget *box;
};

enum
{
  PROP_0,
  PROP_CONVERSATION,
  PROP_CLOCK,
  PROP_NOW,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConversationRow, cm_conversation_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
dup_age (CmConversationRow *self,
         gint64             started,
         gint64             ended,
         gint64             now)
{
  gint64 until = ended != CM_TIME_NONE ? ended : now;

  if (started == CM_TIME_NONE || until == CM_TIME_NONE)
    return g_strdup ("");

  return cm_words_dup_age (until - started);
}

static gboolean
is_bar_shown (CmConversationRow *self,
              guint              escalation,
              gint64             since,
              gint64             now)
{
  if (escalation == CM_ESCALATION_COMPLETED)
    return now != CM_TIME_NONE && now - since < CM_ESCALATION_SHOWN_TIME;

  return escalation != CM_ESCALATION_NONE;
}

/* The words of a step need the whole line. */
static gboolean
is_count_shown (CmConversationRow *self,
                guint              escalation)
{
  return escalation != CM_ESCALATION_RUNNING && escalation != CM_ESCALATION_FAILED;
}

/* The step while there is one, else the state with what of it ticks. */
static char *
dup_state (CmConversationRow *self,
           CmConversation    *conversation,
           const char        *state,
           const char        *step,
           guint              escalation,
           gint64             now)
{
  if (conversation == NULL)
    return NULL;
  if (escalation == CM_ESCALATION_RUNNING)
    return g_strdup (step);

  return cm_conversation_dup_state_at (conversation, now);
}

static char **
dup_classes (CmConversationRow *self,
             const char        *state_class,
             CmPhase            phase,
             guint              attention)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char **classes;

  g_strv_builder_add_many (builder, "conversation-row", state_class, NULL);
  if (phase == CM_PHASE_ENDED || phase == CM_PHASE_HUNG_UP)
    g_strv_builder_add (builder, "over");
  if (attention > 0)
    g_strv_builder_add (builder, "attention");

  classes = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);

  return classes;
}

static void
update_ticking (CmConversationRow *self)
{
  gboolean ticks = self->clock != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (self->ticking != NULL)
    g_binding_unbind (self->ticking);
  g_clear_object (&self->ticking);

  if (ticks)
    self->ticking = g_object_ref (g_object_bind_property (self->clock, "now", self, "now",
                                                          G_BINDING_SYNC_CREATE));
}

/* In a list view, GTK 4.8 names a row by what is set on the child's parent. */
static void
set_sentence (CmConversationRow *self,
              const char        *sentence)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL && sentence != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static gboolean
query_tooltip_cb (CmConversationRow *self,
                  int                x,
                  int                y,
                  gboolean           keyboard,
                  GtkTooltip        *tooltip)
{
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;
  g_autofree char *people = NULL;
  g_autofree char *text = NULL;

  if (self->conversation == NULL)
    return FALSE;

  g_object_get (self->conversation, "title", &title, "state-text", &state, "people-text", &people,
                NULL);
  text = g_strdup_printf ("%s\n%s\n%s", title, state, people);
  gtk_tooltip_set_text (tooltip, g_strchomp (text));

  return TRUE;
}

static void
cm_conversation_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_row_parent_class)->map (widget);

  update_ticking (CM_CONVERSATION_ROW (widget));
}

static void
cm_conversation_row_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_row_parent_class)->unmap (widget);

  update_ticking (CM_CONVERSATION_ROW (widget));
}

static void
set_now (CmConversationRow *self,
         gint64             now)
{
  if (self->now == now)
    return;

  self->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

static void
cm_conversation_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (object);

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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (object);

  switch (prop_id)
    {
    case PROP_CONVERSATION:
      if (!g_set_object (&self->conversation, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->conversation);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_CLOCK:
      if (!g_set_object (&self->clock, g_value_get_object (value)))
        break;
      update_ticking (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOW:
      set_now (self, g_value_get_int64 (value));
      break;
    case PROP_SENTENCE:
      set_sentence (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_row_dispose (GObject *object)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (object);

  g_clear_object (&self->clock);
  update_ticking (self);
  g_clear_object (&self->bindings);
  g_clear_object (&self->conversation);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_conversation_row_parent_class)->dispose (object);
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
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_conversation_row_class_init (CmConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = cm_conversation_row_get_property;
  object_class->set_property = cm_conversation_row_set_property;
  object_class->dispose = cm_conversation_row_dispose;
  widget_class->map = cm_conversation_row_map;
  widget_class->unmap = cm_conversation_row_unmap;

  install_properties (object_class);

  g_type_ensure (CM_TYPE_ESCALATION_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/conferencemonitor/Monitor/cm-conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CmConversationRow, box);
  gtk_widget_class_bind_template_callback (widget_class, dup_age);
  gtk_widget_class_bind_template_callback (widget_class, dup_classes);
  gtk_widget_class_bind_template_callback (widget_class, dup_state);
  gtk_widget_class_bind_template_callback (widget_class, is_bar_shown);
  gtk_widget_class_bind_template_callback (widget_class, is_count_shown);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_conversation_row_init (CmConversationRow *self)
{
  self->now = CM_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));

  /* As in cm-person-row.c, not an expression in the template. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
}

/**
 * cm_conversation_row_new:
 * @clock: an object with a property "now"
 *
 * Returns: a row that shows nothing yet
 */
GtkWidget *
cm_conversation_row_new (GObject *clock)
{
  return g_object_new (CM_TYPE_CONVERSATION_ROW, "clock", clock, NULL);
}

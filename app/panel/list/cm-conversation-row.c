/* cm-conversation-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-conversation-row.h"

#include "panel/list/cm-conversation-cell.h"

struct _CmConversationRow
{
  GtkWidget parent_instance;

  CmConversation *conversation;
  GObject        *clock;
  char           *heading;
  char           *found;

  GtkWidget *cell;
};

enum
{
  PROP_0,
  PROP_CONVERSATION,
  PROP_HEADING,
  PROP_FOUND,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConversationRow, cm_conversation_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
ensure_cell (CmConversationRow *self)
{
  if (self->cell != NULL)
    return;

  self->cell = cm_conversation_cell_new (self->clock);
  g_object_set (self->cell, "heading", self->heading, "found", self->found, NULL);
  gtk_widget_set_parent (self->cell, GTK_WIDGET (self));
}

/* What is not in view keeps what it last showed; only a screen reader, that goes through
 * all of them, is to find who it is. */
static void
update_cell (CmConversationRow *self)
{
  gboolean shown = self->cell != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
  g_autofree char *sentence = NULL;

  if (self->cell != NULL)
    g_object_set (self->cell, "conversation", shown ? self->conversation : NULL, NULL);
  if (shown || self->conversation == NULL)
    return;

  g_object_get (self->conversation, "sentence", &sentence, NULL);
  cm_conversation_row_name (self, sentence);
}

/* Returns: (nullable): any of the list's cells */
static CmConversationCell *
find_cell (CmConversationRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *list = parent != NULL ? gtk_widget_get_parent (parent) : NULL;

  for (GtkWidget *item = list != NULL ? gtk_widget_get_first_child (list) : NULL; item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (CM_IS_CONVERSATION_ROW (row) && CM_CONVERSATION_ROW (row)->cell != NULL)
        return CM_CONVERSATION_CELL (CM_CONVERSATION_ROW (row)->cell);
    }

  return NULL;
}

static void
cm_conversation_row_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (widget);
  CmConversationCell *cell = self->cell != NULL ? NULL : find_cell (self);

  if (self->cell != NULL)
    gtk_widget_measure (self->cell, orientation, for_size, minimum, natural, NULL, NULL);
  else if (cell != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (cm_conversation_cell_get_body (cell), orientation, for_size, minimum,
                        natural, NULL, NULL);
}

/* A list view maps all the rows that it makes, and gives a place only to those that it
 * then finds to be in view. */
static void
cm_conversation_row_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (widget);

  if (self->cell == NULL)
    {
      ensure_cell (self);
      update_cell (self);
      gtk_widget_measure (self->cell, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
    }

  gtk_widget_allocate (self->cell, width, height, baseline, NULL);
}

static void
cm_conversation_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_row_parent_class)->map (widget);

  if (CM_CONVERSATION_ROW (widget)->cell != NULL)
    update_cell (CM_CONVERSATION_ROW (widget));
}

static void
cm_conversation_row_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cm_conversation_row_parent_class)->unmap (widget);

  if (CM_CONVERSATION_ROW (widget)->cell != NULL)
    update_cell (CM_CONVERSATION_ROW (widget));
}

static void
set_text (CmConversationRow *self,
          char             **field,
          const char        *text,
          guint              prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  if (self->cell != NULL)
    g_object_set (self->cell, properties[prop]->name, text, NULL);

  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
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
      update_cell (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HEADING:
      /* The first row has one: the others are as high as that is without. */
      set_text (self, &self->heading, g_value_get_string (value), prop_id);
      if (self->heading != NULL && self->cell == NULL)
        {
          ensure_cell (self);
          update_cell (self);
        }
      break;
    case PROP_FOUND:
      set_text (self, &self->found, g_value_get_string (value), prop_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_conversation_row_dispose (GObject *object)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (object);

  g_clear_pointer (&self->cell, gtk_widget_unparent);
  g_clear_object (&self->conversation);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (cm_conversation_row_parent_class)->dispose (object);
}

static void
cm_conversation_row_finalize (GObject *object)
{
  CmConversationRow *self = CM_CONVERSATION_ROW (object);

  g_free (self->heading);
  g_free (self->found);

  G_OBJECT_CLASS (cm_conversation_row_parent_class)->finalize (object);
}

static void
cm_conversation_row_class_init (CmConversationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_conversation_row_get_property;
  object_class->set_property = cm_conversation_row_set_property;
  object_class->dispose = cm_conversation_row_dispose;
  object_class->finalize = cm_conversation_row_finalize;
  widget_class->measure = cm_conversation_row_measure;
  widget_class->size_allocate = cm_conversation_row_size_allocate;
  widget_class->map = cm_conversation_row_map;
  widget_class->unmap = cm_conversation_row_unmap;

  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, CM_TYPE_CONVERSATION, flags);
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_FOUND] = g_param_spec_string ("found", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_conversation_row_init (CmConversationRow *self)
{
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
  CmConversationRow *self = g_object_new (CM_TYPE_CONVERSATION_ROW, NULL);

  self->clock = g_object_ref (clock);

  return GTK_WIDGET (self);
}

/**
 * cm_conversation_row_name:
 * @self: a row
 * @name: what a screen reader says
 */
void
cm_conversation_row_name (CmConversationRow *self,
                          const char        *name)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  g_return_if_fail (CM_IS_CONVERSATION_ROW (self));

  /* In a list view, GTK 4.8 names a row by what is set on the child's parent. */
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

/* cm-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-picker.h"

struct _CmPicker
{
  GObject parent_instance;

  CmCallOrder        *order;
  CmConversationList *list;
  GtkSingleSelection *selection;
  CmConversation     *selected;
  guint               position; /* where @selected was last seen */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmPicker, cm_picker, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static guint
get_n_items (CmPicker *self)
{
  return self->order != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->order)) : 0;
}

static CmConversation *
find_successor (CmPicker *self)
{
  const CmDocument *document;
  CmConversation *same;

  if (self->selected == NULL)
    return NULL;

  document = cm_conversation_get_document (self->selected);
  same = cm_conversation_list_lookup (self->list, document->id);

  /* Wound back, a conversation may have its older id again. */
  if (same == NULL && document->replaces != NULL)
    same = cm_conversation_list_lookup (self->list, document->replaces);

  return same;
}

/* A page that shows nothing helps nobody: when what was selected goes, it is what
 * comes into its place. */
static void
repair (CmPicker *self)
{
  CmConversation *successor;
  guint n = get_n_items (self);

  if (n == 0 || gtk_single_selection_get_selected_item (self->selection) != NULL)
    return;

  successor = find_successor (self);
  if (successor != NULL && successor == self->selected &&
      !cm_call_order_find (self->order, successor, NULL))
    return;

  if (successor != NULL)
    cm_picker_select (self, successor);
  else
    gtk_single_selection_set_selected (self->selection, MIN (self->position, n - 1));
}

static void
items_changed_cb (CmPicker *self)
{
  repair (self);
}

static void
selected_changed_cb (CmPicker *self)
{
  CmConversation *selected = gtk_single_selection_get_selected_item (self->selection);
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position != GTK_INVALID_LIST_POSITION)
    self->position = position;

  /* In the middle of a change of the list nothing may be selected: who shows what
   * was selected keeps it until it is known what comes. */
  if (selected == NULL && self->list != NULL &&
      g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return;

  if (g_set_object (&self->selected, selected))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
cm_picker_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, CM_PICKER (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_picker_dispose (GObject *object)
{
  CmPicker *self = CM_PICKER (object);

  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->selected);
  g_clear_object (&self->order);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (cm_picker_parent_class)->dispose (object);
}

static void
cm_picker_class_init (CmPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_picker_get_property;
  object_class->dispose = cm_picker_dispose;

  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, CM_TYPE_CONVERSATION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_picker_init (CmPicker *self)
{
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_swapped (self->selection, "notify::selected-item",
                            G_CALLBACK (selected_changed_cb), self);
}

CmPicker *
cm_picker_new (void)
{
  return g_object_new (CM_TYPE_PICKER, NULL);
}

/**
 * cm_picker_set_list:
 * @self: a picker
 * @order: (nullable): what can be selected; its first conversation is
 * @list: (nullable): what @order is of
 */
void
cm_picker_set_list (CmPicker           *self,
                    CmCallOrder        *order,
                    CmConversationList *list)
{
  g_return_if_fail (CM_IS_PICKER (self));

  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);

  g_set_object (&self->order, order);
  g_set_object (&self->list, list);
  self->position = 0;
  gtk_single_selection_set_model (self->selection, list != NULL ? G_LIST_MODEL (order) : NULL);

  if (list == NULL)
    return;

  /* After the selection has taken the change. */
  g_signal_connect_object (order, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  repair (self);
}

/* Returns: (transfer none): always the same model */
GtkSingleSelection *
cm_picker_get_selection (CmPicker *self)
{
  g_return_val_if_fail (CM_IS_PICKER (self), NULL);

  return self->selection;
}

/* Returns: (nullable) (transfer none) */
CmConversation *
cm_picker_get_selected (CmPicker *self)
{
  g_return_val_if_fail (CM_IS_PICKER (self), NULL);

  return self->selected;
}

/**
 * cm_picker_select:
 * @self: a picker
 * @conversation: one that is in the list; of any other nothing comes
 */
void
cm_picker_select (CmPicker       *self,
                  CmConversation *conversation)
{
  guint position;

  g_return_if_fail (CM_IS_PICKER (self));

  if (self->order != NULL && cm_call_order_find (self->order, conversation, &position))
    gtk_single_selection_set_selected (self->selection, position);
}

/* Selects the first conversation of @list that has been left. */
void
cm_picker_select_left (CmPicker   *self,
                       GListModel *list)
{
  g_return_if_fail (CM_IS_PICKER (self));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);
      gboolean left;

      g_object_get (conversation, "left", &left, NULL);
      if (left)
        {
          cm_picker_select (self, conversation);
          return;
        }
    }
}

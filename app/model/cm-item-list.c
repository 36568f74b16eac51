/* cm-item-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-item-list.h"

struct _CmItemList
{
  GObject parent_instance;

  GType      item_type;
  GPtrArray *items;
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CmItemList, cm_item_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GType
cm_item_list_get_item_type (GListModel *model)
{
  return CM_ITEM_LIST (model)->item_type;
}

static guint
cm_item_list_get_n_items (GListModel *model)
{
  return CM_ITEM_LIST (model)->items->len;
}

static gpointer
cm_item_list_get_item (GListModel *model,
                       guint       position)
{
  gpointer item = cm_item_list_get (CM_ITEM_LIST (model), position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = cm_item_list_get_item_type;
  iface->get_n_items = cm_item_list_get_n_items;
  iface->get_item = cm_item_list_get_item;
}

static void
cm_item_list_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, CM_ITEM_LIST (object)->items->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_item_list_finalize (GObject *object)
{
  CmItemList *self = CM_ITEM_LIST (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (cm_item_list_parent_class)->finalize (object);
}

static void
cm_item_list_class_init (CmItemListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_item_list_get_property;
  object_class->finalize = cm_item_list_finalize;

  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_item_list_init (CmItemList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

CmItemList *
cm_item_list_new (GType item_type)
{
  CmItemList *self = g_object_new (CM_TYPE_ITEM_LIST, NULL);

  self->item_type = item_type;

  return self;
}

guint
cm_item_list_get_n (CmItemList *self)
{
  g_return_val_if_fail (CM_IS_ITEM_LIST (self), 0);

  return self->items->len;
}

/**
 * cm_item_list_get:
 * @self: a list
 * @position: where
 *
 * Returns: (nullable) (transfer none): the item there
 */
gpointer
cm_item_list_get (CmItemList *self,
                  guint       position)
{
  g_return_val_if_fail (CM_IS_ITEM_LIST (self), NULL);

  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

/**
 * cm_item_list_replace:
 * @self: a list
 * @items: (transfer full) (element-type GObject): what it is to hold; the array
 *   must release its elements itself
 *
 * What is the same at the beginning and at the end stays untouched; for the rest
 * items-changed is emitted once, and not at all where nothing is different.
 */
void
cm_item_list_replace (CmItemList *self,
                      GPtrArray  *items)
{
  g_autoptr (GPtrArray) before = NULL;
  guint head = 0, tail = 0, shorter;

  g_return_if_fail (CM_IS_ITEM_LIST (self));

  before = g_steal_pointer (&self->items);
  self->items = items;
  shorter = MIN (before->len, items->len);

  while (head < shorter && before->pdata[head] == items->pdata[head])
    head++;
  while (tail < shorter - head &&
         before->pdata[before->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;

  if (before->len - head - tail > 0 || items->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head,
                                before->len - head - tail, items->len - head - tail);
  if (before->len != items->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

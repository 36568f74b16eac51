/* cm-items.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-items-private.h"

/* About the square root of the longest list that is usual: an edit copies one block
 * and the table of blocks. */
#define BLOCK_SIZE 128

/**
 * cm_item_new:
 * @type: what it is
 * @key: its key, a #GRefString
 *
 * Returns: (transfer full): an item of which nothing else is set
 */
gpointer
cm_item_new (const CmItemType *type,
             char             *key)
{
  CmItem *item = g_memdup2 (type->fresh, type->size);

  g_atomic_ref_count_init (&item->refs);
  item->key = g_ref_string_acquire (key);

  return item;
}

/**
 * cm_item_copy:
 * @type: what it is
 * @item: an item
 *
 * Returns: (transfer full): one of its own that is the same
 */
gpointer
cm_item_copy (const CmItemType *type,
              gconstpointer     item)
{
  CmItem *copy = g_memdup2 (item, type->size);

  g_atomic_ref_count_init (&copy->refs);
  g_ref_string_acquire (copy->key);
  cm_fields_share (type->fields, copy);

  return copy;
}

/**
 * cm_item_take:
 * @type: what it is
 * @item: an item that may be changed
 * @from: another one, of which nothing but the key is used again
 *
 * Makes it the same but for the key.
 */
void
cm_item_take (const CmItemType *type,
              gpointer          item,
              gconstpointer     from)
{
  CmItem own = *(CmItem *) item;

  cm_fields_free (type->fields, item);
  memcpy (item, from, type->size);
  *(CmItem *) item = own;
}

/* As cm_item_take(), and @from stays what it is. */
void
cm_item_assign (const CmItemType *type,
                gpointer          item,
                gconstpointer     from)
{
  cm_item_take (type, item, from);
  cm_fields_share (type->fields, item);
}

/**
 * cm_item_unref:
 * @type: what it is
 * @item: (transfer full): an item
 */
void
cm_item_unref (const CmItemType *type,
               gpointer          item)
{
  CmItem *self = item;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  cm_fields_free (type->fields, self);
  g_ref_string_release (self->key);
  g_free (self);
}

static CmItemBlock *
block_new (guint size)
{
  CmItemBlock *self = g_malloc (sizeof (CmItemBlock) + size * sizeof (gpointer));

  g_atomic_ref_count_init (&self->refs);
  self->n = 0;
  self->size = size;

  return self;
}

static void
block_unref (CmItemBlock            *self,
             const CmItemType *type)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n; i++)
    cm_item_unref (type, self->items[i]);
  g_free (self);
}

static CmItemTable *
table_new (guint size)
{
  CmItemTable *self = g_malloc (sizeof (CmItemTable) + size * sizeof (CmItemPlace));

  g_atomic_ref_count_init (&self->refs);
  self->n = 0;
  self->size = size;

  return self;
}

static void
table_unref (CmItemTable            *self,
             const CmItemType *type)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n; i++)
    block_unref (self->places[i].block, type);
  g_free (self);
}

/* Makes the table one of this list only, with room for one more block. */
static CmItemTable *
own_table (CmItems          *self,
           const CmItemType *type)
{
  CmItemTable *table = self->table;

  if (table == NULL)
    return self->table = table_new (1);

  if (!g_atomic_ref_count_compare (&table->refs, 1))
    {
      self->table = table_new (table->n + 1);
      self->table->n = table->n;
      for (guint i = 0; i < table->n; i++)
        {
          self->table->places[i] = table->places[i];
          g_atomic_ref_count_inc (&table->places[i].block->refs);
        }
      table_unref (table, type);
    }
  else if (table->n == table->size)
    {
      table->size *= 2;
      self->table = g_realloc (table, sizeof (CmItemTable) + table->size * sizeof (CmItemPlace));
    }

  return self->table;
}

/* Makes a block one of this table only, with room for one more item: there has to be
 * some, by the number that it may have. */
static CmItemBlock *
own_block (CmItemTable            *table,
           guint             i,
           const CmItemType *type)
{
  CmItemBlock *block = table->places[i].block;
  CmItemBlock *own = block;

  if (!g_atomic_ref_count_compare (&block->refs, 1))
    {
      own = block_new (MIN (block->n + 1, BLOCK_SIZE));
      own->n = block->n;
      for (guint j = 0; j < block->n; j++)
        {
          own->items[j] = block->items[j];
          g_atomic_ref_count_inc (&((CmItem *) block->items[j])->refs);
        }
      block_unref (block, type);
    }
  else if (block->n == block->size && block->size < BLOCK_SIZE)
    {
      block->size = MIN (block->size * 2, BLOCK_SIZE);
      own = g_realloc (block, sizeof (CmItemBlock) + block->size * sizeof (gpointer));
    }

  return table->places[i].block = own;
}

static gpointer
own_item (CmItemBlock            *block,
          guint             i,
          const CmItemType *type)
{
  CmItem *item = block->items[i];

  if (!g_atomic_ref_count_compare (&item->refs, 1))
    {
      block->items[i] = cm_item_copy (type, item);
      cm_item_unref (type, item);
    }

  return block->items[i];
}

static void
count_from (CmItemTable *table,
            guint  i)
{
  for (; i < table->n; i++)
    table->places[i].first = i > 0 ? table->places[i - 1].first + table->places[i - 1].block->n : 0;
}

static void
insert_block (CmItemTable *table,
              guint  i,
              CmItemBlock *block)
{
  memmove (table->places + i + 1, table->places + i, (table->n - i) * sizeof (CmItemPlace));
  table->places[i].block = block;
  table->n++;
}

/* The last block whose first item is not behind @key, or the first one. */
static guint
find_block (const CmItemTable *table,
            const char  *key)
{
  guint low = 0, high = table->n;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (strcmp (cm_item_get_key (table->places[middle].block->items[0]), key) <= 0)
        low = middle;
      else
        high = middle;
    }

  return low;
}

/* Returns: whether it is there; else @place is where it belongs */
static gboolean
find_in_block (const CmItemBlock *block,
               const char  *key,
               guint       *place)
{
  guint low = 0, high = block->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (cm_item_get_key (block->items[middle]), key);

      *place = middle;
      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }

  *place = low;

  return FALSE;
}

/* A full block gives its second half to a new one behind it; where keys come in their
 * order there is nothing to give. */
static void
make_room (CmItemTable *table,
           guint *i,
           guint *place)
{
  CmItemBlock *block = table->places[*i].block;
  gboolean is_behind = *i == table->n - 1 && *place == block->n;
  guint half = is_behind ? block->n : block->n / 2;
  CmItemBlock *second;

  if (block->n < BLOCK_SIZE)
    return;

  second = block_new (BLOCK_SIZE);
  second->n = block->n - half;
  memcpy (second->items, block->items + half, second->n * sizeof (gpointer));
  block->n = half;
  insert_block (table, *i + 1, second);
  if (*place >= half)
    {
      *place -= half;
      ++*i;
    }
}

static gpointer
insert (CmItems          *self,
        const CmItemType *type,
        guint             i,
        guint             place,
        char             *key)
{
  CmItemTable *table = self->table;
  CmItemBlock *block;

  if (table->n == 0)
    insert_block (table, 0, block_new (1));
  make_room (table, &i, &place);

  block = table->places[i].block;
  memmove (block->items + place + 1, block->items + place, (block->n - place) * sizeof (gpointer));
  block->items[place] = cm_item_new (type, key);
  block->n++;
  self->len++;
  count_from (table, i > 0 ? i - 1 : 0);

  return block->items[place];
}

/**
 * cm_items_get:
 * @self: a list
 * @i: a position in it
 *
 * Returns: (transfer none): the item that is there
 */
gconstpointer
cm_items_get (const CmItems *self,
              guint          i)
{
  const CmItemTable *table = self->table;
  guint at;

  g_assert (i < self->len);

  /* Blocks are about equally full. */
  at = (guint) ((guint64) i * table->n / self->len);
  while (table->places[at].first > i)
    at--;
  while (at + 1 < table->n && table->places[at + 1].first <= i)
    at++;

  return table->places[at].block->items[i - table->places[at].first];
}

/**
 * cm_items_find:
 * @self: a list
 * @key: a key
 *
 * Returns: (nullable) (transfer none): the item that has it
 */
gconstpointer
cm_items_find (const CmItems *self,
               const char    *key)
{
  const CmItemBlock *block;
  guint place;

  if (self->len == 0)
    return NULL;

  block = self->table->places[find_block (self->table, key)].block;

  return find_in_block (block, key, &place) ? block->items[place] : NULL;
}

/**
 * cm_items_edit:
 * @self: a list
 * @type: what is in it
 * @key: a key
 *
 * Returns: (transfer none): the item that has it, new where there was none; to be
 *   changed before anything else is done with the list
 */
gpointer
cm_items_edit (CmItems          *self,
               const CmItemType *type,
               const char       *key)
{
  char *own = g_ref_string_new (key);
  gpointer item = cm_items_edit_shared (self, type, own);

  g_ref_string_release (own);

  return item;
}

/* @key: as cm_items_edit(), but a #GRefString */
gpointer
cm_items_edit_shared (CmItems          *self,
                      const CmItemType *type,
                      char             *key)
{
  CmItemTable *table = own_table (self, type);
  CmItemBlock *block;
  guint i, place = 0;

  if (table->n == 0)
    return insert (self, type, 0, 0, key);

  i = find_block (table, key);
  block = own_block (table, i, type);
  if (find_in_block (block, key, &place))
    return own_item (block, place, type);

  return insert (self, type, i, place, key);
}

/**
 * cm_items_remove:
 * @self: a list
 * @type: what is in it
 * @key: a key; need not be there
 */
void
cm_items_remove (CmItems          *self,
                 const CmItemType *type,
                 const char       *key)
{
  CmItemTable *table;
  CmItemBlock *block;
  guint i, place;

  if (cm_items_find (self, key) == NULL)
    return;

  table = own_table (self, type);
  i = find_block (table, key);
  block = own_block (table, i, type);
  find_in_block (block, key, &place);
  cm_item_unref (type, block->items[place]);
  block->n--;
  memmove (block->items + place, block->items + place + 1, (block->n - place) * sizeof (gpointer));
  self->len--;

  if (block->n == 0)
    {
      block_unref (block, type);
      table->n--;
      memmove (table->places + i, table->places + i + 1, (table->n - i) * sizeof (CmItemPlace));
    }
  count_from (table, i);
}

/* @self: a list that is the same as another one, byte by byte; from now on it is a
 * copy of its own */
void
cm_items_share (CmItems *self)
{
  if (self->table != NULL)
    g_atomic_ref_count_inc (&self->table->refs);
}

void
cm_items_clear (CmItems          *self,
                const CmItemType *type)
{
  if (self->table != NULL)
    table_unref (self->table, type);
  *self = (CmItems) { NULL, 0 };
}

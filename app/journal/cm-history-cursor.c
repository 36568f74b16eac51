/* cm-history-cursor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-history-private.h"

/* @settled: (nullable): what @document is borrowed from */
typedef struct
{
  CmDocument       *document;
  CmHistorySettled *settled;
} Shown;

struct _CmHistoryCursor
{
  CmHistory    *history;
  GHashTable   *shown;   /* id → Shown */
  GHashTable   *changed; /* ids that the move has touched */
  CmJsonReader *reader;
  gboolean      placed;
  gint64        time;
  guint64       block;
  gsize         offset;  /* of the first change that is not in yet */
  GBytes       *log;     /* (nullable): of the block, where that is closed */
};

static void
shown_free (gpointer data)
{
  Shown *self = data;

  if (self->settled != NULL)
    cm_history_settled_unref (self->settled);
  else
    cm_document_free (self->document);
  g_free (self);
}

static GHashTable *
create_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shown_free);
}

static gboolean
apply (CmHistoryCursor *self,
       CmDocument      *document,
       const char      *json,
       gsize            size)
{
  g_autoptr(GError) error = NULL;

  if (size == 0)
    return TRUE;

  cm_json_reader_load (self->reader, json, size, CM_JSON_STRICT);
  cm_json_reader_next (self->reader);
  if (cm_document_apply (document, self->reader, &error))
    return TRUE;

  g_warning ("A change of %s in the history cannot be read: %s", document->id, error->message);

  return FALSE;
}

/* The id is in the JSON, where it is the first member. */
static CmDocument *
read_document (CmHistoryCursor *self,
               const char      *json,
               gsize            size)
{
  g_autofree char *id = NULL;
  CmDocument *document;

  cm_json_reader_load (self->reader, json, size, CM_JSON_STRICT);
  for (guint i = 0; i < 3; i++)
    cm_json_reader_next (self->reader);
  id = cm_text_dup (cm_json_reader_get_text (self->reader));

  document = cm_document_new (id);
  apply (self, document, json, size);

  return document;
}

static void
show (GHashTable       *shown,
      CmDocument       *document,
      CmHistorySettled *settled)
{
  Shown *item = g_new0 (Shown, 1);

  item->document = document;
  item->settled = settled;
  g_hash_table_replace (shown, g_strdup (document->id), item);
}

/* What is settled is the history's: a copy is changed. */
static void
unsettle (Shown *item)
{
  if (item->settled == NULL)
    return;

  item->document = cm_document_copy (item->document);
  g_clear_pointer (&item->settled, cm_history_settled_unref);
}

static void
apply_record (CmHistoryCursor       *self,
              const CmHistoryRecord *record,
              const char            *id)
{
  const char *json = id + record->id_size;
  Shown *item;

  g_hash_table_add (self->changed, g_strdup (id));

  if (record->kind == CM_HISTORY_REMOVED)
    {
      g_hash_table_remove (self->shown, id);
      return;
    }

  item = g_hash_table_lookup (self->shown, id);
  if (item == NULL || record->kind == CM_HISTORY_NEW)
    {
      show (self->shown, cm_document_new (id), NULL);
      item = g_hash_table_lookup (self->shown, id);
    }

  unsettle (item);
  apply (self, item->document, json, record->size);
}

static const guint8 *
get_log (CmHistoryCursor *self,
         gsize           *size)
{
  if (cm_history_is_open (self->history, self->block))
    return cm_history_peek_open (self->history, size);

  if (self->log == NULL)
    self->log = cm_history_load_log (self->history, self->block);

  return g_bytes_get_data (self->log, size);
}

static void
play_block (CmHistoryCursor *self,
            gint64           time)
{
  CmHistoryRecord record;
  gsize size;
  const guint8 *log = get_log (self, &size);

  while (self->offset + sizeof record <= size)
    {
      const guint8 *start = log + self->offset;

      memcpy (&record, start, sizeof record);
      if (record.at > time)
        return;

      apply_record (self, &record, (const char *) start + sizeof record);
      self->offset += sizeof record + record.id_size + record.size;
    }
}

static void
enter_block (CmHistoryCursor *self,
             guint64          number)
{
  g_clear_pointer (&self->log, g_bytes_unref);
  self->block = number;
  self->offset = 0;
}

static void
load_settled (CmHistoryCursor *self,
              guint64          number)
{
  GPtrArray *all = cm_history_get_settled (self->history);

  for (guint i = 0; i < all->len; i++)
    {
      CmHistorySettled *settled = g_ptr_array_index (all, i);

      if (number >= settled->from && number < settled->to)
        show (self->shown, settled->document, cm_history_settled_ref (settled));
    }
}

static void
load_base (CmHistoryCursor *self,
           guint64          number)
{
  g_autoptr(GBytes) base = cm_history_load_base (self->history, number);
  gsize size = 0, offset = 0;
  const char *bytes = base != NULL ? g_bytes_get_data (base, &size) : NULL;

  while (offset < size)
    {
      guint32 length;

      memcpy (&length, bytes + offset, sizeof length);
      offset += sizeof length;
      show (self->shown, read_document (self, bytes + offset, length), NULL);
      offset += length;
    }
}

static void
compare (CmHistoryCursor *self,
         GHashTable      *before)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      if (!g_hash_table_contains (self->shown, id))
        g_hash_table_add (self->changed, g_strdup (id));
    }

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Shown *was = g_hash_table_lookup (before, id);
      const Shown *is = value;

      if (was == NULL ||
          (was->document != is->document && !cm_document_equal (was->document, is->document)))
        g_hash_table_add (self->changed, g_strdup (id));
    }
}

static void
jump (CmHistoryCursor *self,
      gint64           time)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->shown);
  guint64 number = cm_history_find_block (self->history, time);

  self->shown = create_table ();
  enter_block (self, number);
  load_settled (self, number);
  load_base (self, number);
  play_block (self, time);

  g_hash_table_remove_all (self->changed);
  compare (self, before);
}

/* The moment is a little further on: it is played up to there. */
static void
go_on (CmHistoryCursor *self,
       gint64           time)
{
  guint64 last = cm_history_find_block (self->history, time);

  play_block (self, time);
  while (self->block < last)
    {
      enter_block (self, self->block + 1);
      play_block (self, time);
    }
}

static gboolean
is_near (CmHistoryCursor *self,
         gint64           time)
{
  guint64 number = cm_history_find_block (self->history, time);

  return self->placed && time >= self->time && cm_history_has_block (self->history, self->block) &&
         number >= self->block && number - self->block <= 1;
}

/**
 * cm_history_cursor_new:
 * @history: a history
 *
 * Returns: (transfer full): a cursor that shows nothing yet. One thread at a time
 *   may use a history and its cursors
 */
CmHistoryCursor *
cm_history_cursor_new (CmHistory *history)
{
  CmHistoryCursor *self = g_new0 (CmHistoryCursor, 1);

  self->history = cm_history_ref (history);
  self->shown = create_table ();
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reader = cm_json_reader_new ();

  return self;
}

void
cm_history_cursor_free (CmHistoryCursor *self)
{
  g_clear_pointer (&self->log, g_bytes_unref);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->changed);
  cm_json_reader_free (self->reader);
  cm_history_unref (self->history);
  g_free (self);
}

/**
 * cm_history_cursor_adopt:
 * @self: a cursor
 * @history: a later copy of the history that it is in
 *
 * Stands where it stands, in the later one: what was is the same in both.
 */
void
cm_history_cursor_adopt (CmHistoryCursor *self,
                         CmHistory       *history)
{
  cm_history_ref (history);
  cm_history_unref (self->history);
  self->history = history;
}

/* Returns: (nullable) (transfer none): what a conversation is where the cursor stands,
 * until it moves */
const CmDocument *
cm_history_cursor_lookup (CmHistoryCursor *self,
                          const char      *id)
{
  const Shown *item = g_hash_table_lookup (self->shown, id);

  return item != NULL ? item->document : NULL;
}

/**
 * cm_history_cursor_move:
 * @self: a cursor
 * @time: the moment, ms UTC: what was changed then is in
 * @func: called for each conversation that is another than where the cursor stood
 *   before, in no order
 * @user_data: for @func
 */
void
cm_history_cursor_move (CmHistoryCursor *self,
                        gint64           time,
                        CmHistoryFunc    func,
                        gpointer         user_data)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_remove_all (self->changed);
  if (is_near (self, time))
    go_on (self, time);
  else
    jump (self, time);

  self->placed = TRUE;
  self->time = time;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    func (id, cm_history_cursor_lookup (self, id), user_data);
}

/* Returns: whether the conversation is there, where the cursor stands */
gboolean
cm_history_cursor_has (CmHistoryCursor *self,
                       const char      *id)
{
  return g_hash_table_contains (self->shown, id);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* What there is already at the beginning. */
static gboolean
tell_shown (CmHistoryCursor     *self,
            gint64               at,
            CmHistoryChangeFunc  func,
            gpointer             user_data)
{
  guint n;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (self->shown, &n);

  qsort (ids, n, sizeof (gpointer), compare_ids);
  for (guint i = 0; i < n; i++)
    {
      const Shown *item = g_hash_table_lookup (self->shown, ids[i]);

      if (!func (at, ids[i], item->document, user_data))
        return FALSE;
    }

  return TRUE;
}

static gboolean
walk_block (CmHistoryCursor     *self,
            gint64               until,
            CmHistoryChangeFunc  func,
            gpointer             user_data)
{
  CmHistoryRecord record;
  gsize size;
  const guint8 *log = get_log (self, &size);

  while (self->offset + sizeof record <= size)
    {
      const char *id = (const char *) log + self->offset + sizeof record;

      memcpy (&record, log + self->offset, sizeof record);
      if (record.at > until)
        return TRUE;

      apply_record (self, &record, id);
      if (!func (record.at, id, cm_history_cursor_lookup (self, id), user_data))
        return FALSE;
      self->offset += sizeof record + record.id_size + record.size;
    }

  return TRUE;
}

/**
 * cm_history_walk:
 * @self: a history that does not change meanwhile
 * @until: the last moment that counts, ms UTC
 * @func: called for what there is at the beginning, and then for each change in order
 * @user_data: for @func
 *
 * Returns: whether it came to the end, and was not broken off
 */
gboolean
cm_history_walk (CmHistory           *self,
                 gint64               until,
                 CmHistoryChangeFunc  func,
                 gpointer             user_data)
{
  g_autoptr(CmHistoryCursor) cursor = cm_history_cursor_new (self);
  guint64 first = cm_history_find_block (self, G_MININT64);
  gint64 start = cm_history_get_start (self);

  if (start == CM_TIME_NONE || start > until)
    return TRUE;

  enter_block (cursor, first);
  load_settled (cursor, first);
  load_base (cursor, first);
  if (!tell_shown (cursor, start, func, user_data))
    return FALSE;

  for (guint64 number = first; cm_history_has_block (self, number); number++)
    {
      enter_block (cursor, number);
      g_hash_table_remove_all (cursor->changed);
      if (!walk_block (cursor, until, func, user_data))
        return FALSE;
    }

  return TRUE;
}

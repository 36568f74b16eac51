/* cm-numbers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-numbers.h"

#include <glib/gi18n-lib.h>

#include "core/cm-event.h"
#include "core/cm-json-writer.h"

/**
 * CmNumbers:
 * @table: (element-type utf8 gint64): a source that is not in it may have been told
 *   of before: where it goes on, only the tracker knows
 */
struct _CmNumbers
{
  char         *path;
  GHashTable   *table;
  CmJsonReader *json;
  CmTimeCache   cache;
  gboolean      is_dirty;
};

/**
 * cm_numbers_read:
 * @table: (element-type utf8 gint64): where they go
 * @json: a reader before an object of them
 *
 * Returns: whether it was one
 */
gboolean
cm_numbers_read (GHashTable   *table,
                 CmJsonReader *json)
{
  CmJsonToken token;

  if (cm_json_reader_next (json) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (json)) == CM_JSON_NAME)
    {
      g_autofree char *source = cm_text_dup (cm_json_reader_get_text (json));
      gint64 seq;

      if (cm_json_reader_next (json) != CM_JSON_NUMBER || !cm_json_reader_get_integer (json, &seq))
        return FALSE;
      g_hash_table_replace (table, g_steal_pointer (&source), g_memdup2 (&seq, sizeof seq));
    }

  return token == CM_JSON_OBJECT_END;
}

static gboolean
load (CmNumbers   *self,
      const char  *bytes,
      gsize        size,
      GError     **error)
{
  cm_json_reader_load (self->json, bytes, size, CM_JSON_STRICT);
  if (cm_numbers_read (self->table, self->json) && cm_json_reader_next (self->json) == CM_JSON_END)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("%s is damaged; remove it, and the numbers go on from what the tracker has"), self->path);

  return FALSE;
}

/**
 * cm_numbers_load:
 * @path: the file; where there is none, nothing is known
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): the numbers
 */
CmNumbers *
cm_numbers_load (const char  *path,
                 GError     **error)
{
  g_autoptr(CmNumbers) self = g_new0 (CmNumbers, 1);
  g_autoptr(GError) local = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  self->path = g_strdup (path);
  self->json = cm_json_reader_new ();
  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_file_get_contents (path, &bytes, &size, &local))
    return load (self, bytes, size, error) ? g_steal_pointer (&self) : NULL;

  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

/**
 * cm_numbers_free:
 * @self: (transfer full): numbers
 */
void
cm_numbers_free (CmNumbers *self)
{
  g_clear_pointer (&self->json, cm_json_reader_free);
  g_clear_pointer (&self->table, g_hash_table_unref);
  g_free (self->path);
  g_free (self);
}

/**
 * cm_numbers_save:
 * @self: numbers
 * @error: where the reason goes
 *
 * Returns: whether they are on disk
 */
gboolean
cm_numbers_save (CmNumbers  *self,
                 GError    **error)
{
  g_autoptr(GString) text = g_string_new ("{");
  GHashTableIter iter;
  gpointer source, seq;

  if (!self->is_dirty)
    return TRUE;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, &source, &seq))
    {
      if (text->len > 1)
        g_string_append_c (text, ',');
      cm_json_write_string (text, source);
      g_string_append_printf (text, ":%" G_GINT64_FORMAT, *(gint64 *) seq);
    }
  g_string_append (text, "}\n");
  self->is_dirty = !g_file_set_contents_full (self->path, text->str, (gssize) text->len,
                                              G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);

  return !self->is_dirty;
}

/**
 * cm_numbers_note:
 * @self: numbers
 * @source: a source
 * @seq: a number that is used
 */
void
cm_numbers_note (CmNumbers  *self,
                 const char *source,
                 gint64      seq)
{
  gint64 last;

  if (cm_numbers_get (self, source, &last) && last >= seq)
    return;

  g_hash_table_replace (self->table, g_strdup (source), g_memdup2 (&seq, sizeof seq));
  self->is_dirty = TRUE;
}

/**
 * cm_numbers_note_line:
 * @self: numbers
 * @line: (array length=size): an event line that was kept
 * @size: how many bytes
 *
 * Of a source of which nothing is known that waits until the tracker has spoken.
 */
void
cm_numbers_note_line (CmNumbers  *self,
                      const char *line,
                      gsize       size)
{
  g_autofree char *source = NULL;
  CmEvent event;
  gint64 last;

  if (!cm_event_decode (&event, self->json, &self->cache, line, size, NULL, NULL) || !event.has_seq)
    return;

  source = cm_text_dup (event.source);
  if (cm_numbers_get (self, source, &last))
    cm_numbers_note (self, source, event.seq);
}

/* Returns: whether it is known where the source's numbers go on */
gboolean
cm_numbers_get (CmNumbers  *self,
                const char *source,
                gint64     *seq)
{
  const gint64 *last = g_hash_table_lookup (self->table, source);

  if (last != NULL)
    *seq = *last;

  return last != NULL;
}

/**
 * cm_numbers_write:
 * @self: numbers
 * @line: (array length=size): a good event line, with or without its line end
 * @size: how many bytes
 * @out: where it goes, with the source's next number in it; as it is where it has
 *   one, or where none is known yet
 *
 * Returns: whether it is as it is to be sent; else it comes here again
 */
gboolean
cm_numbers_write (CmNumbers  *self,
                  const char *line,
                  gsize       size,
                  GString    *out)
{
  const char *brace = memchr (line, '{', size);
  g_autofree char *source = NULL;
  gint64 last = 0;
  gboolean is_known;
  CmEvent event;

  size -= line[size - 1] == '\n';
  if (!cm_event_decode (&event, self->json, &self->cache, line, size, NULL, NULL))
    return TRUE;

  source = cm_text_dup (event.source);
  is_known = cm_numbers_get (self, source, &last);
  if (is_known && event.has_seq)
    cm_numbers_note (self, source, event.seq);
  if (!is_known || event.has_seq || last == G_MAXINT64)
    {
      g_string_append_len (out, line, (gssize) size);
      g_string_append_c (out, '\n');
      return is_known;
    }

  cm_numbers_note (self, source, last + 1);
  g_string_append_printf (out, "{\"seq\":%" G_GINT64_FORMAT ",", last + 1);
  g_string_append_len (out, brace + 1, (gssize) (size - (gsize) (brace + 1 - line)));
  g_string_append_c (out, '\n');

  return TRUE;
}

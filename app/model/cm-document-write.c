/* cm-document-write.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-document-private.h"

#include "core/cm-json-writer.h"

static void
write_key (GString    *out,
           const char *key,
           gboolean    first)
{
  if (!first)
    g_string_append_c (out, ',');
  cm_json_write_string (out, key);
  g_string_append_c (out, ':');
}

/* Writes one item under its key; nothing where it has not changed. */
static gboolean
write_item (const CmField *fields,
            gconstpointer  before,
            gconstpointer  after,
            GString       *out,
            gboolean       first)
{
  gsize start = out->len;

  if (after == NULL)
    {
      g_assert (before != NULL);
      write_key (out, ((const CmItem *) before)->key, first);
      g_string_append (out, "null");
      return TRUE;
    }

  write_key (out, ((const CmItem *) after)->key, first);
  g_string_append_c (out, '{');
  if (!cm_fields_write (fields, before, after, out, TRUE) && before != NULL)
    {
      g_string_truncate (out, start);
      return FALSE;
    }
  g_string_append_c (out, '}');

  return TRUE;
}

static gboolean
write_items (const CmField *fields,
             const CmItems *before,
             const CmItems *after,
             GString       *out)
{
  CmItemsWalk walk;
  gconstpointer was, is;
  gboolean written = FALSE;

  cm_items_walk_init (&walk, before, after);
  while (cm_items_walk_next (&walk, &was, &is))
    {
      if (write_item (fields, was, is, out, !written))
        written = TRUE;
    }

  return written;
}

static gboolean
write_collection (const char    *name,
                  const CmField *fields,
                  const CmItems *before,
                  const CmItems *after,
                  GString       *out,
                  gboolean       first)
{
  gsize start = out->len;

  write_key (out, name, first);
  g_string_append_c (out, '{');
  if (!write_items (fields, before, after, out) && before != NULL)
    {
      g_string_truncate (out, start);
      return FALSE;
    }
  g_string_append_c (out, '}');

  return TRUE;
}

static void
write_attention_list (GPtrArray *attention,
                      GString   *out)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < attention->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, '{');
      cm_fields_write (cm_attention_fields, NULL, g_ptr_array_index (attention, i), out, TRUE);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static gboolean
are_items_equal (const CmField *fields,
                 GPtrArray     *a,
                 GPtrArray     *b)
{
  if (a == b)
    return TRUE;
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      if (!cm_fields_equal (fields, g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
        return FALSE;
    }

  return TRUE;
}

/* RFC 7396 knows no patch within an array: it is written whole. */
static gboolean
write_attention (GPtrArray *before,
                 GPtrArray *after,
                 GString   *out,
                 gboolean   first)
{
  if (before != NULL && are_items_equal (cm_attention_fields, before, after))
    return FALSE;

  write_key (out, "attention", first);
  write_attention_list (after, out);

  return TRUE;
}

/**
 * cm_document_write_patch:
 * @before: (nullable): the conversation as the reader of @out knows it
 * @after: the conversation as it is now
 * @out: where to append
 *
 * Appends the merge patch (RFC 7396) that turns @before into @after, the whole
 * document where there is no @before, and nothing where nothing has changed.
 *
 * Returns: whether anything was appended
 */
gboolean
cm_document_write_patch (const CmDocument *before,
                         const CmDocument *after,
                         GString          *out)
{
  gsize start = out->len;
  gboolean first;

  g_string_append_c (out, '{');
  first = !cm_fields_write (cm_document_head_fields, before, after, out, TRUE);
  first &= !write_collection ("participants", cm_person_fields, before ? &before->persons : NULL,
                              &after->persons, out, first);
  first &= !write_collection ("legs", cm_leg_fields, before ? &before->legs : NULL,
                              &after->legs, out, first);
  first &= !write_attention (before ? before->attention : NULL, after->attention, out, first);
  first &= !cm_fields_write (cm_document_tail_fields, before, after, out, first);

  if (first)
    {
      g_string_truncate (out, start);
      return FALSE;
    }

  g_string_append_c (out, '}');

  return TRUE;
}

/**
 * cm_document_write:
 * @self: a document
 * @out: where to append
 *
 * Appends the document as one JSON object without a line break.
 */
void
cm_document_write (const CmDocument *self,
                   GString          *out)
{
  cm_document_write_patch (NULL, self, out);
}

static gboolean
are_collections_equal (const CmField *fields,
                       const CmItems *a,
                       const CmItems *b)
{
  CmItemsWalk walk;
  gconstpointer first, second;

  cm_items_walk_init (&walk, a, b);
  while (cm_items_walk_next (&walk, &first, &second))
    {
      if (first == NULL || second == NULL || !cm_fields_equal (fields, first, second))
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_document_equal:
 * @a: a document
 * @b: another
 *
 * Returns: whether a subscriber who has @a need not be told of @b
 */
gboolean
cm_document_equal (const CmDocument *a,
                   const CmDocument *b)
{
  return a == b ||
         (cm_fields_equal (cm_document_head_fields, a, b) &&
          cm_fields_equal (cm_document_tail_fields, a, b) &&
          are_collections_equal (cm_person_fields, &a->persons, &b->persons) &&
          are_collections_equal (cm_leg_fields, &a->legs, &b->legs) &&
          are_items_equal (cm_attention_fields, a->attention, b->attention));
}

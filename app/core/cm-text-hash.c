/* cm-text-hash.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-text-hash.h"

static inline guint64
mix (guint64 hash,
     guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  return hash ^ hash >> 29;
}

/**
 * cm_text_hash:
 * @key: a #CmText
 *
 * Returns: its hash, eight bytes at a time
 */
guint
cm_text_hash (gconstpointer key)
{
  const CmText *text = key;
  guint64 hash = text->size * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  const char *p = text->bytes, *end = p + text->size;
  guint64 word;

  for (; end - p >= (gssize) sizeof word; p += sizeof word)
    {
      memcpy (&word, p, sizeof word);
      hash = mix (hash, word);
    }

  if (p < end)
    {
      word = 0;
      memcpy (&word, p, (gsize) (end - p));
      hash = mix (hash, word);
    }

  return (guint) (hash ^ (hash >> 32));
}

/* Returns: the hash of a string, as of a #CmText with its bytes */
guint
cm_string_hash (gconstpointer string)
{
  CmText text = { string, strlen (string) };

  return cm_text_hash (&text);
}

/**
 * cm_text_hash_equal:
 * @a: a #CmText
 * @b: another
 *
 * Returns: whether they have the same bytes
 */
gboolean
cm_text_hash_equal (gconstpointer a,
                    gconstpointer b)
{
  return cm_text_equal (*(const CmText *) a, *(const CmText *) b);
}

/**
 * cm_text_hash_key_new:
 * @text: what to copy
 *
 * Returns: (transfer full): a key of its own; free it with g_free()
 */
CmText *
cm_text_hash_key_new (CmText text)
{
  CmText *key = g_malloc (sizeof (CmText) + text.size + 1);
  char *bytes = (char *) (key + 1);

  if (text.size > 0)
    memcpy (bytes, text.bytes, text.size);
  bytes[text.size] = '\0';
  *key = (CmText) { bytes, text.size };

  return key;
}

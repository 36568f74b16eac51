/* cm-pack-sum.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"

G_BEGIN_DECLS

#define CM_PACK_SUM_SIZE 8

/* The numbers of FNV-1a for 64 bits (RFC 9923, section 5), which is taken of whole
 * words here: the same strength, at the speed of the memory. */
#define CM_PACK_SUM_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define CM_PACK_SUM_PRIME G_GUINT64_CONSTANT (0x00000100000001b3)

static inline guint64
cm_pack_sum_word (guint64 sum,
                  guint64 word)
{
  sum = (sum ^ GUINT64_FROM_LE (word)) * CM_PACK_SUM_PRIME;

  /* A product carries upwards only. */
  return sum ^ (sum >> 32);
}

/* All but the last of several parts must be whole words. What is behind the last word
 * is filled up, and its length counts too. */
static inline guint64
cm_pack_sum (guint64       sum,
             const guint8 *bytes,
             gsize         size)
{
  guint64 word;
  gsize rest = size % sizeof word;

  for (const guint8 *end = bytes + size - rest; bytes < end; bytes += sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      sum = cm_pack_sum_word (sum, word);
    }

  if (rest == 0)
    return sum;

  word = 0;
  memcpy (&word, bytes, rest);

  return cm_pack_sum_word (cm_pack_sum_word (sum, word), rest);
}

G_END_DECLS

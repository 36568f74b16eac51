/* cm-json-string.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/**
 * CmJsonScratch:
 *
 * Where strings with escapes are decoded. It is made as large as the whole text
 * at the first escape, and no string grows by being decoded: so it never moves
 * and what was decoded stays where it is until the next text.
 */
typedef struct
{
  char  *bytes;
  gsize  size;
  gsize  used;
} CmJsonScratch;

const char *cm_json_string_read (CmText         json,
                                 gsize         *position,
                                 CmJsonScratch *scratch,
                                 gboolean       allow_nul,
                                 CmText        *text);

/**
 * cm_json_string_read_plain:
 * @json: the whole text
 * @position: (inout): as cm_json_string_read()
 * @text: (out): likewise
 *
 * As cm_json_string_read(), for what most strings are: ASCII of which nothing is escaped.
 * It looks at sixteen bytes at once, and neither changes @position nor says anything
 * where it finds something else.
 *
 * Returns: whether that was read
 */
static inline gboolean
cm_json_string_read_plain (CmText  json,
                           gsize  *position,
                           CmText *text)
{
#ifdef __SSE2__
  for (gsize end = *position; json.size - end >= sizeof (__m128i); end += sizeof (__m128i))
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (json.bytes + end));
      __m128i quotes = _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('"'));
      __m128i escapes = _mm_cmpeq_epi8 (bytes, _mm_set1_epi8 ('\\'));
      /* A byte is below 0x20 where the lower of it and 0x1f is itself. */
      __m128i controls = _mm_cmpeq_epi8 (_mm_min_epu8 (bytes, _mm_set1_epi8 (0x1f)), bytes);
      /* Of a byte that is not ASCII the highest bit is set. */
      __m128i others = _mm_or_si128 (_mm_or_si128 (escapes, controls), bytes);
      guint stops = (guint) _mm_movemask_epi8 (_mm_or_si128 (quotes, others));

      if (stops == 0)
        continue;

      end += (gsize) __builtin_ctz (stops);
      if (json.bytes[end] != '"')
        return FALSE;

      *text = (CmText) { json.bytes + *position, end - *position };
      *position = end + 1;
      return TRUE;
    }
#endif

  return FALSE;
}

G_END_DECLS

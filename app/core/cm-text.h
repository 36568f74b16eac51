/* cm-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * CmText:
 * @bytes: (nullable): the first byte, borrowed and not NUL-terminated
 * @size: how many bytes there are
 *
 * A stretch of UTF-8 in a buffer that somebody else owns. %NULL @bytes means
 * that there is no text, which is not the same as an empty one.
 */
typedef struct
{
  const char *bytes;
  gsize       size;
} CmText;

#define CM_TEXT_NONE ((CmText) { NULL, 0 })

/* @literal must be a string literal: its size is taken at build time. */
#define CM_TEXT(literal) ((CmText) { "" literal, sizeof (literal) - 1 })

static inline CmText
cm_text_from_string (const char *string)
{
  return (CmText) { string, string != NULL ? strlen (string) : 0 };
}

static inline gboolean
cm_text_equal (CmText a,
               CmText b)
{
  return a.size == b.size && (a.size == 0 || memcmp (a.bytes, b.bytes, a.size) == 0);
}

static inline gboolean
cm_text_equal_ignore_case (CmText a,
                           CmText b)
{
  return a.size == b.size && (a.size == 0 || g_ascii_strncasecmp (a.bytes, b.bytes, a.size) == 0);
}

static inline char *
cm_text_dup (CmText text)
{
  return text.bytes != NULL ? g_strndup (text.bytes, text.size) : NULL;
}

G_END_DECLS

/* cm-json-reader-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-names.h"
#include "core/cm-json-number.h"
#include "core/cm-json-reader.h"
#include "core/cm-json-string.h"

G_BEGIN_DECLS

/* What may come next. */
typedef enum
{
  STATE_VALUE,
  STATE_FIRST_ITEM,
  STATE_FIRST_NAME,
  STATE_COLON,
  STATE_COMMA,
  STATE_TRAILER,
  STATE_END,
  STATE_FAILED,
} CmJsonState;

/**
 * CmJsonReader:
 *
 * A bounded pull reader of JSON as RFC 8259 has it. It borrows the text, and
 * allocates nothing for a token: a string without escapes lies in the text, a
 * decoded one in memory that is used again for the next text.
 */
struct _CmJsonReader
{
  CmText         json;
  gsize          position;
  gsize          start;
  CmJsonState    state;
  CmJsonToken    token;
  CmJsonFlags    flags;
  guint          depth;
  guint64        objects; /* a bit for each open level, the innermost lowest: is it an object? */
  CmText         text;
  CmJsonNumber   number;
  const char    *message;
  CmJsonScratch  scratch;
  CmJsonNames    names;
};

G_STATIC_ASSERT (CM_JSON_MAX_DEPTH <= 64);

G_END_DECLS

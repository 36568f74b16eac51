/* cm-json-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cm-text.h"

G_BEGIN_DECLS

/* A text that nests deeper is refused. */
#define CM_JSON_MAX_DEPTH 64

/**
 * CmJsonToken:
 * @CM_JSON_ERROR: the text is not JSON, or breaks one of the limits. Sticky.
 * @CM_JSON_END: the one value and its trailing white space are read. Sticky.
 *
 * What cm_json_reader_next() has found.
 */
typedef enum
{
  CM_JSON_ERROR,
  CM_JSON_END,
  CM_JSON_OBJECT,
  CM_JSON_OBJECT_END,
  CM_JSON_ARRAY,
  CM_JSON_ARRAY_END,
  CM_JSON_NAME,
  CM_JSON_STRING,
  CM_JSON_NUMBER,
  CM_JSON_TRUE,
  CM_JSON_FALSE,
  CM_JSON_NULL,
} CmJsonToken;

/**
 * CmJsonFlags:
 * @CM_JSON_STRICT: what every input of this project is held to
 * @CM_JSON_ALLOW_DUPLICATES: a name may come twice in one object
 * @CM_JSON_ALLOW_NUL: a string may hold an escaped U+0000
 *
 * RFC 8259 leaves both open (section 4: names SHOULD be unique); a C program
 * that did would lose data without a word. The flags exist so that the reader's
 * grammar can be held against the RFC alone.
 */
typedef enum
{
  CM_JSON_STRICT = 0,
  CM_JSON_ALLOW_DUPLICATES = 1 << 0,
  CM_JSON_ALLOW_NUL = 1 << 1,
} CmJsonFlags;

typedef struct _CmJsonReader CmJsonReader;

CmJsonReader *cm_json_reader_new          (void);
void          cm_json_reader_free         (CmJsonReader  *self);
void          cm_json_reader_load         (CmJsonReader  *self,
                                           const char    *bytes,
                                           gsize          size,
                                           CmJsonFlags    flags);
CmJsonToken   cm_json_reader_next         (CmJsonReader  *self);
gboolean      cm_json_reader_skip         (CmJsonReader  *self);
CmText        cm_json_reader_get_text     (CmJsonReader  *self);
gboolean      cm_json_reader_get_integer  (CmJsonReader  *self,
                                           gint64        *integer);
double        cm_json_reader_get_double   (CmJsonReader  *self);
gsize         cm_json_reader_get_start    (CmJsonReader  *self);
gsize         cm_json_reader_get_offset   (CmJsonReader  *self);
const char   *cm_json_reader_get_message  (CmJsonReader  *self);
gboolean      cm_json_validate            (const char    *bytes,
                                           gsize          size,
                                           GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmJsonReader, cm_json_reader_free)

G_END_DECLS

/* cm-framing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CmFraming:
 * @CM_FRAMING_UNKNOWN: the first line will tell
 * @CM_FRAMING_LINES: one record a line
 * @CM_FRAMING_DOCUMENTS: JSON that was laid out for people, one record after the other
 * @CM_FRAMING_STREAM: as the system itself frames its records
 *
 * How the bytes are taken apart.
 */
typedef enum
{
  CM_FRAMING_UNKNOWN,
  CM_FRAMING_LINES,
  CM_FRAMING_DOCUMENTS,
  CM_FRAMING_STREAM,
} CmFraming;

gsize     cm_framing_split_line     (const char *bytes,
                                     gsize       size);
gsize     cm_framing_split_document (const char *bytes,
                                     gsize       size);
CmFraming cm_framing_choose         (const char *bytes,
                                     gsize       size,
                                     gboolean    has_stream);

G_END_DECLS

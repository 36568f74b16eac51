/* cm-json-number.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

G_BEGIN_DECLS

/**
 * CmJsonNumber:
 * @text: the number as it stands in the text
 * @n_integer: how many digits stand before the point
 * @n_fraction: how many behind it
 * @exponent: the power of ten behind the "e"
 */
typedef struct
{
  CmText   text;
  gsize    n_integer;
  gsize    n_fraction;
  gint64   exponent;
  gboolean is_negative;
} CmJsonNumber;

const char *cm_json_number_read        (CmText              json,
                                        gsize              *position,
                                        CmJsonNumber       *number);
gboolean    cm_json_number_get_integer (const CmJsonNumber *number,
                                        gint64             *integer);
double      cm_json_number_get_double  (const CmJsonNumber *number);

G_END_DECLS

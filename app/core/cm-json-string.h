/* cm-json-string.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

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

G_END_DECLS

/* cm-input.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

gboolean   cm_input_read        (const char         *path,
                                 CmEventReader      *reader);
gboolean   cm_input_read_feed   (const char         *path,
                                 CmDecoder          *decoder);
CmDecoder *cm_input_get_decoder (const char         *feed);
void       cm_input_print_fault (const char         *path,
                                 const CmEventFault *fault);

G_END_DECLS

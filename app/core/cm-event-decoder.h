/* cm-event-decoder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event-fields.h"

G_BEGIN_DECLS

/* A field as it stands in the line, before it is known what it must be: the name
 * of the event may come last. */
typedef struct
{
  CmText   text;
  gsize    start;
  gsize    end;
  gint64   integer;
  gboolean is_integer;
} CmEventFound;

/* One line on its way into an event. @tokens is of CmJsonToken, and 0 where the
 * field is not in the line: then nothing else of it is set. */
typedef struct
{
  CmEvent       *event;
  const char    *line;
  CmTimeCache   *cache;
  gsize          column;
  GError       **error;
  guint8         tokens[CM_N_EVENT_FIELDS];
  CmEventFound   found[CM_N_EVENT_FIELDS];
} CmEventDecoder;

gboolean cm_event_decoder_fail   (CmEventDecoder *self,
                                  gsize           column,
                                  CmEventError    code,
                                  const char     *format,
                                  ...) G_GNUC_PRINTF (4, 5);
gboolean cm_event_decoder_decode (CmEventDecoder *self,
                                  CmEventField    field);

G_END_DECLS

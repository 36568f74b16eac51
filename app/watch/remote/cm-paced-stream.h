/* cm-paced-stream.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CM_TYPE_PACED_STREAM (cm_paced_stream_get_type ())

G_DECLARE_FINAL_TYPE (CmPacedStream, cm_paced_stream, CM, PACED_STREAM, GFilterInputStream)

GInputStream *cm_paced_stream_new       (GInputStream *base,
                                         gint64        turn);
void          cm_paced_stream_put_below (GInputStream *stream,
                                         gint64        turn);

G_END_DECLS

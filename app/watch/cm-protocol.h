/* cm-protocol.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/cm-text.h"

G_BEGIN_DECLS

/* The watch protocol. Every message is one JSON object in one WebSocket text
 * frame, and its "type" is its first member. */

/* Parts of a snapshot, and updates, are cut where they would grow beyond it. */
#define CM_PROTOCOL_PART (256 * 1024)

/* RFC 6455, section 5.2: the head of an unmasked frame has at most 10 bytes. */
#define CM_FRAME_MAX_HEAD 10

typedef enum
{
  CM_FRAME_CONTINUATION = 0,
  CM_FRAME_TEXT = 1,
  CM_FRAME_BINARY = 2,
  CM_FRAME_CLOSE = 8,
  CM_FRAME_PING = 9,
  CM_FRAME_PONG = 10,
} CmFrameKind;

char *cm_protocol_get_default_path (void);
gsize cm_protocol_write_head       (guint8      head[static CM_FRAME_MAX_HEAD],
                                    CmFrameKind kind,
                                    gsize       size);
void  cm_protocol_begin            (GString    *out,
                                    const char *type,
                                    guint64     rev,
                                    gint64      at);
void  cm_protocol_append_frame     (GByteArray *out,
                                    CmFrameKind kind,
                                    const char *payload,
                                    gsize       size);

G_END_DECLS

/* cm-protocol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/cm-protocol.h"

#include "core/cm-time.h"

/**
 * cm_protocol_get_default_path:
 *
 * Returns: (transfer full): the socket that the tracker of this user listens on
 */
char *
cm_protocol_get_default_path (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "conference-monitor", "tracker.sock", NULL);
}

/**
 * cm_protocol_write_head:
 * @head: where it goes
 * @kind: what frame it is
 * @size: the size of its payload
 *
 * Writes the head of an unmasked, final frame (RFC 6455, section 5.2).
 *
 * Returns: how many bytes it has
 */
gsize
cm_protocol_write_head (guint8      head[static CM_FRAME_MAX_HEAD],
                        CmFrameKind kind,
                        gsize       size)
{
  gsize n_length = size < 126 ? 0 : size <= G_MAXUINT16 ? 2 : 8;

  head[0] = (guint8) (0x80 | kind);
  head[1] = (guint8) (n_length == 0 ? size : n_length == 2 ? 126 : 127);
  for (gsize i = 0; i < n_length; i++)
    head[2 + i] = (guint8) ((guint64) size >> (8 * (n_length - 1 - i)));

  return 2 + n_length;
}

/**
 * cm_protocol_append_frame:
 * @out: where to append
 * @kind: what frame it is
 * @payload: (array length=size): what is in it
 * @size: how many bytes
 */
void
cm_protocol_append_frame (GByteArray  *out,
                          CmFrameKind  kind,
                          const char  *payload,
                          gsize        size)
{
  guint8 head[CM_FRAME_MAX_HEAD];

  g_byte_array_append (out, head, (guint) cm_protocol_write_head (head, kind, size));
  g_byte_array_append (out, (const guint8 *) payload, (guint) size);
}

/**
 * cm_protocol_begin:
 * @out: where to append
 * @type: what the message is
 * @rev: the revision that it brings about
 * @at: the tracker's time, ms UTC
 *
 * Writes what all messages begin with, without the closing brace.
 */
void
cm_protocol_begin (GString    *out,
                   const char *type,
                   guint64     rev,
                   gint64      at)
{
  CmTimeCache cache = { 0 };
  char text[CM_TIME_FORMAT_SIZE];

  cm_time_format (&cache, at, text);
  g_string_append_printf (out, "{\"type\":\"%s\",\"rev\":%" G_GUINT64_FORMAT ",\"at\":\"%s\"", type, rev, text);
}

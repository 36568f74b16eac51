/* cm-input-lines.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent/cm-outbox.h"

G_BEGIN_DECLS

/* Event lines on their way from a pipe into an outbox. */
typedef struct _CmInputLines CmInputLines;

/**
 * CmInputLinesFuncs:
 * @may_wait: whether what has no room is left in the pipe; else the oldest goes
 * @kept: more is in the outbox
 * @ended: nothing comes any more; %TRUE where it could not be read
 */
typedef struct
{
  gboolean (*may_wait) (gpointer user_data);
  void     (*kept)     (gpointer user_data);
  void     (*ended)    (gboolean failed,
                        gpointer user_data);
} CmInputLinesFuncs;

CmInputLines *cm_input_lines_new          (int                       fd,
                                           CmOutbox                 *outbox,
                                           const char *const        *sources,
                                           const CmInputLinesFuncs  *funcs,
                                           gpointer                  user_data);
void          cm_input_lines_free         (CmInputLines             *self);
void          cm_input_lines_go_on        (CmInputLines             *self);
gboolean      cm_input_lines_number_all   (CmInputLines             *self,
                                           GError                  **error);
guint64       cm_input_lines_take_dropped (CmInputLines             *self);
guint64       cm_input_lines_get_kept     (CmInputLines             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmInputLines, cm_input_lines_free)

G_END_DECLS

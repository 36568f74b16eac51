/* cm-outbox.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent/cm-numbers.h"
#include "agent/cm-spool.h"

G_BEGIN_DECLS

/* The event lines that a tracker has not acknowledged yet, in files of a folder. */
typedef struct _CmOutbox CmOutbox;

/**
 * CmOutboxPlace:
 * @number: of the file
 * @offset: in it, at the begin of a line
 * @lines: how many lines of it stand before
 */
typedef struct
{
  guint64 number;
  gsize   offset;
  guint64 lines;
} CmOutboxPlace;

CmOutbox     *cm_outbox_open      (const char           *folder,
                                   guint64               limit,
                                   GError              **error);
void          cm_outbox_free      (CmOutbox             *self);
CmNumbers    *cm_outbox_get_numbers
                                  (CmOutbox             *self);
gboolean      cm_outbox_append    (CmOutbox             *self,
                                   const GString        *lines,
                                   guint64               n_lines,
                                   GError              **error);
gboolean      cm_outbox_has_room  (CmOutbox             *self,
                                   gsize                 size);
guint64       cm_outbox_make_room (CmOutbox             *self,
                                   gsize                 size);
CmOutboxPlace cm_outbox_get_head  (CmOutbox             *self);
gboolean      cm_outbox_is_empty  (CmOutbox             *self);
GBytes       *cm_outbox_read      (CmOutbox             *self,
                                   CmOutboxPlace        *place,
                                   gsize                 size,
                                   GError              **error);
gboolean      cm_outbox_settle    (CmOutbox             *self,
                                   const CmOutboxPlace  *place,
                                   GError              **error);
gboolean      cm_outbox_tidy      (CmOutbox             *self,
                                   GError              **error);
gboolean      cm_outbox_rewrite   (CmOutbox             *self,
                                   CmSpoolFunc           func,
                                   gpointer              user_data,
                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmOutbox, cm_outbox_free)

G_END_DECLS

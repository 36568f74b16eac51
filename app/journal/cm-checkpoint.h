/* cm-checkpoint.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-journal-files.h"

G_BEGIN_DECLS

/**
 * CmCheckpoint:
 * @place: what the lines before it have come to
 * @events: how many there were
 * @size: of the whole, bytes
 * @pack: behind which the state stands
 *
 * What a journal's lines had come to when they were read last.
 */
typedef struct
{
  CmJournalPlace  place;
  guint64         events;
  gsize           size;
  CmPackReader   *pack;
  GMappedFile    *file;
} CmCheckpoint;

gboolean cm_checkpoint_open  (CmCheckpoint               *self,
                              const char                 *folder,
                              GError                    **error);
void     cm_checkpoint_clear (CmCheckpoint               *self);
void     cm_checkpoint_tidy  (const char                 *folder);
gboolean cm_checkpoint_write (CmCheckpoint               *self,
                              const char                 *folder,
                              const CmJournalStateFuncs  *funcs,
                              gpointer                    state,
                              GError                    **error);
void     cm_checkpoint_fail  (GError                    **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmCheckpoint, cm_checkpoint_clear)

G_END_DECLS

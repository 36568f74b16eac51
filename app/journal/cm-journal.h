/* cm-journal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "journal/cm-journal-state.h"

G_BEGIN_DECLS

#define CM_TYPE_JOURNAL (cm_journal_get_type ())

G_DECLARE_FINAL_TYPE (CmJournal, cm_journal, CM, JOURNAL, GObject)

/**
 * CmJournalOptions:
 * @folder: where its files are
 * @commit: what comes within it goes to disk together, ms
 * @file_size: a file that is larger is ended, bytes
 * @keep: how long ended files are kept, ms; 0 for ever
 * @keep_size: how much of them is kept, bytes; 0 for all
 * @checkpoint: so much comes between two checkpoints, bytes; 0 for none at all
 * @funcs: what its lines come to; there for as long as the journal is
 */
typedef struct
{
  const char                *folder;
  guint                      commit;
  guint64                    file_size;
  gint64                     keep;
  guint64                    keep_size;
  guint64                    checkpoint;
  const CmJournalStateFuncs *funcs;
} CmJournalOptions;

/**
 * CmJournalRecovery:
 * @state: (nullable): what all lines have come to
 * @kept: how many events the checkpoint stands for
 * @read: how many were read besides
 * @faults: how many lines were none
 * @torn: bytes that were cut off
 * @size: of what was read, bytes
 * @checkpoint_fault: (nullable): why there is a checkpoint that was not used
 *
 * What was found.
 */
typedef struct
{
  gpointer  state;
  guint64   kept;
  guint64   read;
  guint64   faults;
  guint64   torn;
  guint64   size;
  guint     files;
  char     *checkpoint_fault;
} CmJournalRecovery;

typedef void (*CmJournalFunc) (gpointer user_data);

/* Properties: "is-failing" (gboolean): what came last is not on disk, and is
 * tried again. */
CmJournal *cm_journal_open           (const CmJournalOptions *options,
                                      CmJournalRecovery      *recovery,
                                      GError                **error);
gboolean   cm_journal_can_take       (CmJournal              *self);
void       cm_journal_append         (CmJournal              *self,
                                      const char             *line,
                                      gsize                   size);
void       cm_journal_when_kept      (CmJournal              *self,
                                      CmJournalFunc           func,
                                      gpointer                user_data);
void       cm_journal_set_keep       (CmJournal              *self,
                                      gint64                  keep,
                                      guint64                 keep_size);
gboolean   cm_journal_get_is_failing (CmJournal              *self);
void       cm_journal_close          (CmJournal              *self);

G_END_DECLS

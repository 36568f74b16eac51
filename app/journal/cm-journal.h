/* cm-journal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/cm-event.h"

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
 */
typedef struct
{
  const char *folder;
  guint       commit;
  guint64     file_size;
  gint64      keep;
  guint64     keep_size;
} CmJournalOptions;

typedef struct
{
  guint64 events;
  guint64 faults;
  guint64 torn;     /* bytes that were cut off */
  guint   files;
} CmJournalRecovery;

typedef void (*CmJournalFunc) (gpointer user_data);

/* Properties: "is-failing" (gboolean): what came last is not on disk, and is
 * tried again. */
CmJournal *cm_journal_open           (const CmJournalOptions *options,
                                      CmEventFunc             event_func,
                                      gpointer                user_data,
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

/* For the journal itself: cm-journal-recovery.c */
gboolean   cm_journal_recover        (const char             *folder,
                                      CmEventFunc             event_func,
                                      gpointer                user_data,
                                      CmJournalRecovery      *recovery,
                                      guint                  *last,
                                      GError                **error);
char      *cm_journal_dup_path       (const char             *folder,
                                      guint                   number);
GArray    *cm_journal_list           (const char             *folder,
                                      GError                **error);

G_END_DECLS

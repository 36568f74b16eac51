/* cm-journal-disk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-journal-files.h"

G_BEGIN_DECLS

/**
 * CmJournalDisk:
 * @folder: where the files are
 * @file_size: a file that is larger is ended, bytes
 * @keep: how long ended files are kept, ms; 0 for ever
 * @keep_size: how much of them is kept, bytes; 0 for all
 * @begun: when the file's first line came, ms UTC
 * @used: how much of the file is good; what is behind it is cut off before the next
 *   try
 * @has_dropped: a file has gone, and whoever wants to know of it has not asked
 *
 * The file that is written to, and when it is no longer. Used by one thread at a time.
 */
typedef struct
{
  char    *folder;
  guint64  file_size;
  gint64   keep;
  guint64  keep_size;
  int      lock_fd;
  int      fd;
  guint    number;
  gint64   begun;
  guint64  used;
  gboolean has_dropped;
} CmJournalDisk;

gboolean cm_journal_disk_lock  (CmJournalDisk  *self,
                                GError        **error);
void     cm_journal_disk_drop  (CmJournalDisk  *self,
                                gboolean        all);
gboolean cm_journal_disk_open  (CmJournalDisk  *self,
                                guint           number,
                                GError        **error);
gboolean cm_journal_disk_write (CmJournalDisk  *self,
                                const void     *bytes,
                                gsize           size,
                                GError        **error);
void     cm_journal_disk_clear (CmJournalDisk  *self);

gboolean cm_journal_write_all  (int             fd,
                                const void     *bytes,
                                gsize           size);

G_END_DECLS

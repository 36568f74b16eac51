/* cm-journal-files.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "journal/cm-journal-state.h"

G_BEGIN_DECLS

/**
 * CmJournalPlace:
 * @number: of a file; 0 before the first
 * @offset: bytes
 *
 * A place between two lines.
 */
typedef struct
{
  guint   number;
  guint64 offset;
} CmJournalPlace;

/**
 * CmJournalReading:
 * @folder: a journal's folder
 * @place: what is read is behind it; then behind what was read
 * @end: (nullable): and before that; %NULL for all there is
 * @is_cancelled: (nullable): read no further once it is not 0
 * @close: so many of the last bytes are looked at closely
 * @left: what is yet to be read, bytes
 * @size: what was read, bytes
 * @events: how many lines of it were events
 * @faults: how many were none
 *
 * Which lines are read, into which state.
 */
typedef struct
{
  const char                *folder;
  CmJournalPlace             place;
  const CmJournalPlace      *end;
  const gint                *is_cancelled;
  guint64                    close;
  const CmJournalStateFuncs *funcs;
  gpointer                   state;
  guint64                    left;
  guint64                    size;
  guint64                    events;
  guint64                    faults;
} CmJournalReading;

gboolean  cm_journal_fail       (const char        *path,
                                 GError           **error);
char     *cm_journal_dup_path   (const char        *folder,
                                 guint              number);
gboolean  cm_journal_has        (const char        *folder,
                                 guint              number);
GArray   *cm_journal_list       (const char        *folder,
                                 GError           **error);
gboolean  cm_journal_cut        (const char        *folder,
                                 GArray            *numbers,
                                 guint64           *torn,
                                 GError           **error);
gboolean  cm_journal_read       (CmJournalReading  *reading,
                                 GArray            *numbers,
                                 GError           **error);
void      cm_journal_forget_old (CmJournalReading  *reading,
                                 GArray            *numbers);
gint64    cm_journal_get_begin  (const char        *folder,
                                 guint              number);
gboolean  cm_journal_hash       (const char        *folder,
                                 const CmJournalPlace *place,
                                 guint64           *hash);

G_END_DECLS

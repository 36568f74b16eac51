/* cm-journal-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"
#include "core/cm-pack.h"

G_BEGIN_DECLS

/**
 * CmJournalStateFuncs:
 * @create: returns a state to which nothing has come
 * @take: something has come to it
 * @forget: nothing is to be left of what was not heard of since, ms UTC
 * @write: writes all of it
 * @read: makes one to which nothing has come be what was written; %FALSE where it
 *   cannot, and then it is freed
 * @free: frees it
 * @user_data: for @create
 *
 * What the lines of a journal come to, of which the journal itself knows nothing. One
 * state is used by one thread at a time; there may be several at once. @create is
 * called by the thread that has opened the journal.
 */
typedef struct
{
  gpointer (*create) (gpointer       user_data);
  void     (*take)   (gpointer       state,
                      const CmEvent *event,
                      gboolean       closely);
  void     (*forget) (gpointer       state,
                      gint64         time);
  void     (*write)  (gpointer       state,
                      CmPackWriter  *pack);
  gboolean (*read)   (gpointer       state,
                      CmPackReader  *pack);
  void     (*free)   (gpointer       state);
  gpointer   user_data;
} CmJournalStateFuncs;

G_END_DECLS

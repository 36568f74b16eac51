/* cm-checkpointer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-checkpoint.h"

G_BEGIN_DECLS

/* So many of the last bytes of a journal are looked at closely when they are read. */
#define CM_CHECKPOINTER_CLOSE (8 * 1024 * 1024)

typedef struct _CmCheckpointer CmCheckpointer;

CmCheckpointer *cm_checkpointer_new   (const char                *folder,
                                       const CmJournalStateFuncs *funcs,
                                       guint64                    size);
void            cm_checkpointer_free  (CmCheckpointer            *self);
void            cm_checkpointer_begin_anew
                                      (CmCheckpointer            *self);
void            cm_checkpointer_note  (CmCheckpointer            *self,
                                       const CmJournalPlace      *place,
                                       guint64                    size);
void            cm_checkpointer_forget (CmCheckpointer           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmCheckpointer, cm_checkpointer_free)

G_END_DECLS

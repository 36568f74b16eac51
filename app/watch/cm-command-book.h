/* cm-command-book.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"
#include "model/cm-document.h"

G_BEGIN_DECLS

/* What has become of a command, as it stands on the wire. */
#define CM_COMMAND_DONE "done"
#define CM_COMMAND_REFUSED "refused"
#define CM_COMMAND_TIMED_OUT "timed-out"

/**
 * CmCommandEndFunc:
 * @id: the command's
 * @command: what was asked
 * @state: %CM_COMMAND_DONE, %CM_COMMAND_REFUSED or %CM_COMMAND_TIMED_OUT
 * @reason: (nullable): why it was not done, one sentence
 * @data: (transfer full): what was added with the command
 * @user_data: of the book
 *
 * Called once for each command; it is no longer in the book.
 */
typedef void (*CmCommandEndFunc) (const char      *id,
                                  const CmCommand *command,
                                  const char      *state,
                                  const char      *reason,
                                  gpointer         data,
                                  gpointer         user_data);

/**
 * CmCommandBook:
 *
 * The commands that sources were asked for and that have no outcome yet. That one
 * is done only the conversation shows.
 */
typedef struct _CmCommandBook CmCommandBook;

CmCommandBook *cm_command_book_new           (CmCommandEndFunc  func,
                                              GDestroyNotify    data_free,
                                              gpointer          user_data);
void           cm_command_book_free          (CmCommandBook    *self);
const char    *cm_command_book_find_obstacle (CmCommandBook    *self,
                                              const CmCommand  *command,
                                              const CmDocument *document);
gboolean       cm_command_book_is_empty      (CmCommandBook    *self);
gboolean       cm_command_book_is_full       (CmCommandBook    *self);
const char    *cm_command_book_add           (CmCommandBook    *self,
                                              const CmCommand  *command,
                                              CmDocument       *before,
                                              gpointer          data);
gpointer       cm_command_book_get_data      (CmCommandBook    *self,
                                              const char       *id);
void           cm_command_book_note          (CmCommandBook    *self,
                                              const char       *id,
                                              const CmDocument *after);
void           cm_command_book_end           (CmCommandBook    *self,
                                              const char       *id,
                                              const char       *state,
                                              const char       *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmCommandBook, cm_command_book_free)

G_END_DECLS

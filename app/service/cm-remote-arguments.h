/* cm-remote-arguments.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/remote/cm-remote-watch.h"

G_BEGIN_DECLS

/* Whom a command connects to. */
typedef struct
{
  char *address;
  char *token;
  char *token_file;
  char *authority;
} CmRemoteArguments;

int            cm_remote_arguments_parse   (CmRemoteArguments   *self,
                                            GOptionContext      *context,
                                            int                 *argc,
                                            char              ***argv);
void           cm_remote_arguments_clear   (CmRemoteArguments   *self);
CmRemoteWatch *cm_remote_arguments_connect (CmRemoteArguments   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmRemoteArguments, cm_remote_arguments_clear)

G_END_DECLS

/* cm-service.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "watch/server/cm-server-config.h"

G_BEGIN_DECLS

/* Exit statuses, the same for every command. */
#define CM_EXIT_OK 0
#define CM_EXIT_FAULTS 1     /* what was checked has faults; wrong usage */
#define CM_EXIT_UNREADABLE 2 /* a file cannot be read */

int cm_service_main     (int    argc,
                         char **argv);

int cm_command_replay   (int    argc,
                         char **argv);
int cm_command_check    (int    argc,
                         char **argv);
int cm_command_convert  (int    argc,
                         char **argv);
int cm_command_simulate (int    argc,
                         char **argv);
int cm_command_serve    (int    argc,
                         char **argv);
int cm_command_watch    (int    argc,
                         char **argv);
int cm_command_status   (int    argc,
                         char **argv);
int cm_command_token    (int    argc,
                         char **argv);

int cm_service_read_config   (const char     *path,
                              CmServerConfig *config);
int cm_service_check_secrets (const char     *path,
                              CmServerConfig *config);

int cm_command_parse    (GOptionContext *context,
                         int            *argc,
                         char         ***argv);

G_END_DECLS

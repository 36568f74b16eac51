/* cm-agent-main.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Exit statuses, as those of conference-tracker. */
#define CM_AGENT_EXIT_OK 0
#define CM_AGENT_EXIT_USAGE 1
#define CM_AGENT_EXIT_UNREADABLE 2 /* or not all could be brought to the tracker */

int cm_agent_main (int    argc,
                   char **argv);

/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "agent/cm-agent-main.h"

int
main (int    argc,
      char **argv)
{
  return cm_agent_main (argc, argv);
}

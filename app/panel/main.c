/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-application.h"

int
main (int    argc,
      char **argv)
{
  return cm_application_main (argc, argv);
}

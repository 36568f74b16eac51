/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "service/cm-service.h"

int
main (int    argc,
      char **argv)
{
  return cm_service_main (argc, argv);
}

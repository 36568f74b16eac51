/* test-reason.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-reason.h"

static void
test_status (void)
{
  static const struct
  {
    guint32     status;
    const char *reason;
  } cases[] = {
    { 0x80F30C2E, "removed" },
    { 0x80F2CB50, "pending-modalities" },
    { 0x80F1002D, "already-in-conference" },
    { 0x80F10058, "answered-by-another-person" },
    { 0x80F10059, "answered-elsewhere" },
    { 0x80F10087, "transfer-rejected" },
    { 0x00EE000C, "timed-out" },
    { 0x80F10014, "do-not-disturb" },
    { 51004, "left" },
    { 7035, "conference-ending" },
    { CM_STATUS_CAUSE (17), "busy" },
    { CM_STATUS_CAUSE (19), "no-answer" },
    { CM_STATUS_CAUSE (487), "cancelled" },
    { CM_STATUS_CAUSE (99), "failed" },
    { CM_STATUS_CAUSE (30), "hung-up" },
    { CM_STATUS_CAUSE (47), "network" },
    { CM_STATUS_CAUSE (50), "unreachable" },
    { CM_STATUS_CAUSE (616), "rejected" },
    { CM_STATUS_CAUSE (699), "failed" },
    { CM_STATUS_CAUSE (0), "0x08500000" },
    { CM_STATUS_CAUSE (128), "0x08500080" },
    { 0x80F30C2F, "0x80F30C2F" },
    { 1, "0x00000001" },
    { G_MAXUINT32, "0xFFFFFFFF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reason = cm_reason_dup_from_status (cases[i].status);

      g_assert_cmpstr (reason, ==, cases[i].reason);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reason/status", test_status);

  return g_test_run ();
}

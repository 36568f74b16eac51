/* cm-reason.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-reason.h"

static const struct
{
  guint32     status;
  const char *reason;
} reasons[] = {
  { CM_STATUS_REMOVED, CM_REASON_REMOVED },
  { 0x80F2CB50, CM_REASON_PENDING_MODALITIES },
  { 0x80F10004, CM_REASON_NOT_LEADER },
  { 0x80F10020, CM_REASON_NOT_IN_MULTI_PARTY },
  { 0x80F1002D, CM_REASON_ALREADY_IN_CONFERENCE },
  { 0x80F1008B, CM_REASON_ESCALATING },
  { 0x80F10058, CM_REASON_ANSWERED_BY_ANOTHER_PERSON },
  { 0x80F10059, CM_REASON_ANSWERED_ELSEWHERE },
  { 0x80F1001E, CM_REASON_CANNOT_HOLD },
  { 0x80F10081, CM_REASON_ON_HOLD },
  { 0x80F10087, CM_REASON_TRANSFER_REJECTED },
  { 0x80F1001B, CM_REASON_AUTO_REJECTED },
  { 0x80F10014, CM_REASON_DO_NOT_DISTURB },
  { 0x80F10008, CM_REASON_CANCELLED },
  { 0x80F10009, CM_REASON_CANCELLED },
  { 0x80F1000F, CM_REASON_CANCELLED },
  { 0x80C80008, CM_REASON_CANCELLED },
  { 0x80C80028, CM_REASON_INVALID_STATE },
  { 0x00EE000C, CM_REASON_TIMED_OUT },
  { 0x80004005, CM_REASON_FAILED },
  { 51004, CM_REASON_LEFT },
  { 7035, CM_REASON_CONFERENCE_ENDING },
  { 36000, CM_REASON_ENDED },
  { 36002, CM_REASON_ON_HOLD },
  { CM_STATUS_CAUSE (1), CM_REASON_NO_SUCH_NUMBER },
  { CM_STATUS_CAUSE (2), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (3), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (16), CM_REASON_HUNG_UP },
  { CM_STATUS_CAUSE (17), CM_REASON_BUSY },
  { CM_STATUS_CAUSE (18), CM_REASON_NO_ANSWER },
  { CM_STATUS_CAUSE (19), CM_REASON_NO_ANSWER },
  { CM_STATUS_CAUSE (20), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (21), CM_REASON_REJECTED },
  { CM_STATUS_CAUSE (22), CM_REASON_NO_SUCH_NUMBER },
  { CM_STATUS_CAUSE (26), CM_REASON_ANSWERED_ELSEWHERE },
  { CM_STATUS_CAUSE (27), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (28), CM_REASON_NO_SUCH_NUMBER },
  { CM_STATUS_CAUSE (29), CM_REASON_REJECTED },
  { CM_STATUS_CAUSE (31), CM_REASON_HUNG_UP },
  { CM_STATUS_CAUSE (34), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (38), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (41), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (42), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (44), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (88), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (102), CM_REASON_TIMED_OUT },
  { CM_STATUS_CAUSE (127), CM_REASON_FAILED },
  { CM_STATUS_CAUSE (487), CM_REASON_CANCELLED },
  { CM_STATUS_CAUSE (501), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (502), CM_REASON_ANSWERED_ELSEWHERE },
  { CM_STATUS_CAUSE (602), CM_REASON_TIMED_OUT },
  { CM_STATUS_CAUSE (604), CM_REASON_NETWORK },
  { CM_STATUS_CAUSE (605), CM_REASON_ANSWERED_ELSEWHERE },
  { CM_STATUS_CAUSE (606), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (607), CM_REASON_NO_ANSWER },
  { CM_STATUS_CAUSE (608), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (609), CM_REASON_UNREACHABLE },
  { CM_STATUS_CAUSE (610), CM_REASON_NO_SUCH_NUMBER },
  { CM_STATUS_CAUSE (612), CM_REASON_NO_ANSWER },
  { CM_STATUS_CAUSE (615), CM_REASON_BUSY },
  { CM_STATUS_CAUSE (616), CM_REASON_REJECTED },
  { CM_STATUS_CAUSE (617), CM_REASON_NO_SUCH_NUMBER },
  { CM_STATUS_CAUSE (619), CM_REASON_REJECTED },
  { CM_STATUS_CAUSE (625), CM_REASON_REJECTED },
};

/* Every cause is of a class: the first three bits of the seven that it has (ITU-T
 * Q.850, 2.2.5). What has no words of its own has those of its class. */
static const char * const cause_classes[] = {
  CM_REASON_UNREACHABLE, /* 1 to 15: no route */
  CM_REASON_HUNG_UP,     /* 16 to 31: normal */
  CM_REASON_NETWORK,     /* 32 to 47: nothing is free */
  CM_REASON_UNREACHABLE, /* 48 to 63: a service that is not there */
  CM_REASON_UNREACHABLE, /* 64 to 79: one that is not made */
  CM_REASON_FAILED,      /* 80 to 95: a message that makes no sense */
  CM_REASON_FAILED,      /* 96 to 111: likewise */
  CM_REASON_FAILED,      /* 112 to 127: another network */
};

/**
 * cm_reason_dup_from_status:
 * @status: an HRESULT, unsigned, or an id of the SDN Interface
 *
 * Lync Platform status codes (lync-platform-status-codes); 51004 and 7035 are
 * ms-diagnostics ids; causes of telephone calls are ITU-T Q.850 and FreeSWITCH's
 * src/include/switch_types.h.
 *
 * Returns: (transfer full): the token for @status, or "0x…" where there is none
 */
char *
cm_reason_dup_from_status (guint32 status)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (reasons[i].status == status)
        return g_strdup (reasons[i].reason);
    }

  if (status > CM_STATUS_CAUSE (0) && status <= CM_STATUS_CAUSE (127))
    return g_strdup (cause_classes[(status & 127) / 16]);
  if (status >= CM_STATUS_CAUSE (500) && status < CM_STATUS_CAUSE (700))
    return g_strdup (CM_REASON_FAILED);

  return g_strdup_printf ("0x%08X", status);
}

/**
 * cm_reason_get_status:
 * @reason: (nullable): what cm_reason_dup_from_status() has said
 *
 * Returns: a status of which it says that; 0 where there is none
 */
guint32
cm_reason_get_status (const char *reason)
{
  guint64 status = 0;

  for (guint i = 0; reason != NULL && i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_str_equal (reasons[i].reason, reason))
        return reasons[i].status;
    }

  if (reason != NULL && g_str_has_prefix (reason, "0x") &&
      g_ascii_string_to_unsigned (reason + 2, 16, 0, G_MAXUINT32, &status, NULL))
    return (guint32) status;

  return 0;
}

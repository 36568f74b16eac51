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
};

/**
 * cm_reason_dup_from_status:
 * @status: an HRESULT, unsigned, or an id of the SDN Interface
 *
 * Lync Platform status codes (lync-platform-status-codes); 51004 and 7035 are
 * ms-diagnostics ids.
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

  return g_strdup_printf ("0x%08X", status);
}

/* cm-ucwa-reason.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-reason.h"

#include "feeds/decode/cm-record-json.h"
#include "model/cm-reason.h"

/* E_FAIL: the server says that it failed, in a word that is not known here. */
#define STATUS_FAILED 0x80004005U

/* Codes and subcodes of "reason" (UCWA 2.0, "Errors and reasons"), and the status
 * with which the desktop client reports the same. */
static const struct
{
  const char *name;
  guint32     status;
} reasons[] = {
  { "Declined", CM_STATUS_CAUSE (21) },
  { "Busy", CM_STATUS_CAUSE (17) },
  { "DoNotDisturb", 0x80F10014U },
  { "Canceled", 0x80F10008U },
  { "Cancelled", 0x80F10008U },
  { "Timeout", 0x00EE000CU },
  { "Expired", 0x00EE000CU },
  { "Missed", CM_STATUS_CAUSE (19) },
  { "DestinationNotFound", CM_STATUS_CAUSE (1) },
  { "NotFound", CM_STATUS_CAUSE (1) },
  { "Unreachable", CM_STATUS_CAUSE (20) },
  { "Unavailable", CM_STATUS_CAUSE (20) },
  { "CallReplaced", 0x80F10059U },
  { "AnsweredElsewhere", 0x80F10059U },
  { "Removed", CM_STATUS_REMOVED },
  { "Ejected", CM_STATUS_REMOVED },
  { "Ended", 7035 },
  { "OnlineMeetingTerminated", 7035 },
};

static guint32
find_status (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (g_strcmp0 (reasons[i].name, name) == 0)
        return reasons[i].status;
    }

  return 0;
}

/**
 * cm_ucwa_get_status:
 * @event: an event of the channel
 *
 * Returns: the status code for its reason; 0 where it has not failed
 */
guint32
cm_ucwa_get_status (JsonObject *event)
{
  JsonObject *reason = cm_record_get_object (event, "reason");
  guint32 status = find_status (cm_record_get_string (reason, "subcode"));

  if (status == 0)
    status = find_status (cm_record_get_string (reason, "code"));
  if (status == 0 && g_strcmp0 (cm_record_get_string (event, "status"), "Failure") == 0)
    status = STATUS_FAILED;

  return status;
}

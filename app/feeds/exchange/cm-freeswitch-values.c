/* cm-freeswitch-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-freeswitch-private.h"

#include "model/cm-reason.h"

/* switch_call_cause_t, src/include/switch_types.h of v1.10.12. */
static const struct
{
  const char *name;
  guint       cause;
} causes[] = {
  { "UNALLOCATED_NUMBER", 1 },
  { "NO_ROUTE_TRANSIT_NET", 2 },
  { "NO_ROUTE_DESTINATION", 3 },
  { "CHANNEL_UNACCEPTABLE", 6 },
  { "USER_BUSY", 17 },
  { "NO_USER_RESPONSE", 18 },
  { "NO_ANSWER", 19 },
  { "SUBSCRIBER_ABSENT", 20 },
  { "CALL_REJECTED", 21 },
  { "NUMBER_CHANGED", 22 },
  { "REDIRECTION_TO_NEW_DESTINATION", 23 },
  { "EXCHANGE_ROUTING_ERROR", 25 },
  { "DESTINATION_OUT_OF_ORDER", 27 },
  { "INVALID_NUMBER_FORMAT", 28 },
  { "FACILITY_REJECTED", 29 },
  { "RESPONSE_TO_STATUS_ENQUIRY", 30 },
  { "NORMAL_CIRCUIT_CONGESTION", 34 },
  { "NETWORK_OUT_OF_ORDER", 38 },
  { "NORMAL_TEMPORARY_FAILURE", 41 },
  { "SWITCH_CONGESTION", 42 },
  { "ACCESS_INFO_DISCARDED", 43 },
  { "REQUESTED_CHAN_UNAVAIL", 44 },
  { "PRE_EMPTED", 45 },
  { "FACILITY_NOT_SUBSCRIBED", 50 },
  { "OUTGOING_CALL_BARRED", 52 },
  { "INCOMING_CALL_BARRED", 54 },
  { "BEARERCAPABILITY_NOTAUTH", 57 },
  { "BEARERCAPABILITY_NOTAVAIL", 58 },
  { "SERVICE_UNAVAILABLE", 63 },
  { "BEARERCAPABILITY_NOTIMPL", 65 },
  { "CHAN_NOT_IMPLEMENTED", 66 },
  { "FACILITY_NOT_IMPLEMENTED", 69 },
  { "SERVICE_NOT_IMPLEMENTED", 79 },
  { "INVALID_CALL_REFERENCE", 81 },
  { "INCOMPATIBLE_DESTINATION", 88 },
  { "INVALID_MSG_UNSPECIFIED", 95 },
  { "MANDATORY_IE_MISSING", 96 },
  { "MESSAGE_TYPE_NONEXIST", 97 },
  { "WRONG_MESSAGE", 98 },
  { "IE_NONEXIST", 99 },
  { "INVALID_IE_CONTENTS", 100 },
  { "WRONG_CALL_STATE", 101 },
  { "RECOVERY_ON_TIMER_EXPIRE", 102 },
  { "MANDATORY_IE_LENGTH_ERROR", 103 },
  { "PROTOCOL_ERROR", 111 },
  { "INTERWORKING", 127 },
  { "ORIGINATOR_CANCEL", 487 },
  { "CRASH", 500 },
  { "SYSTEM_SHUTDOWN", 501 },
  { "LOSE_RACE", 502 },
  { "USER_CHALLENGE", 603 },
  { "ALLOTTED_TIMEOUT", 602 },
  { "MEDIA_TIMEOUT", 604 },
  { "PICKED_OFF", 605 },
  { "USER_NOT_REGISTERED", 606 },
  { "PROGRESS_TIMEOUT", 607 },
  { "INVALID_GATEWAY", 608 },
  { "GATEWAY_DOWN", 609 },
  { "INVALID_URL", 610 },
  { "INVALID_PROFILE", 611 },
  { "NO_PICKUP", 612 },
  { "SRTP_READ_ERROR", 613 },
  { "BUSY_EVERYWHERE", 615 },
  { "DECLINE", 616 },
  { "DOES_NOT_EXIST_ANYWHERE", 617 },
  { "NOT_ACCEPTABLE", 618 },
  { "UNWANTED", 619 },
  { "NO_IDENTITY", 620 },
  { "BAD_IDENTITY_INFO", 621 },
  { "UNSUPPORTED_CERTIFICATE", 622 },
  { "INVALID_IDENTITY", 623 },
  { "STALE_DATE", 624 },
  { "REJECT_ALL", 625 },
};

/* Somebody has just hung up, or goes on elsewhere. */
static const char * const normal[] = {
  "NONE", "SUCCESS", "NORMAL_CLEARING", "NORMAL_UNSPECIFIED", "CALL_AWARDED_DELIVERED", "MANAGER_REQUEST",
  "BLIND_TRANSFER", "ATTENDED_TRANSFER", "BOWOUT", NULL
};

/**
 * cm_freeswitch_get_status:
 * @cause: (nullable): a Hangup-Cause
 *
 * Returns: the status code for it; 0 where somebody has just hung up
 */
guint32
cm_freeswitch_get_status (const char *cause)
{
  if (cause == NULL || g_strv_contains (normal, cause))
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      if (g_str_equal (causes[i].name, cause))
        return CM_STATUS_CAUSE (causes[i].cause);
    }

  return CM_STATUS_CAUSE (127);
}

/**
 * cm_freeswitch_get_text:
 * @object: a record
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): its text, if it is one
 */
const char *
cm_freeswitch_get_text (JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* cm-freeswitch-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-freeswitch-private.h"

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
  { "USER_BUSY", 17 },
  { "NO_USER_RESPONSE", 18 },
  { "NO_ANSWER", 19 },
  { "SUBSCRIBER_ABSENT", 20 },
  { "CALL_REJECTED", 21 },
  { "NUMBER_CHANGED", 22 },
  { "DESTINATION_OUT_OF_ORDER", 27 },
  { "INVALID_NUMBER_FORMAT", 28 },
  { "FACILITY_REJECTED", 29 },
  { "NORMAL_CIRCUIT_CONGESTION", 34 },
  { "NETWORK_OUT_OF_ORDER", 38 },
  { "NORMAL_TEMPORARY_FAILURE", 41 },
  { "SWITCH_CONGESTION", 42 },
  { "REQUESTED_CHAN_UNAVAIL", 44 },
  { "INCOMPATIBLE_DESTINATION", 88 },
  { "RECOVERY_ON_TIMER_EXPIRE", 102 },
  { "INTERWORKING", 127 },
  { "ORIGINATOR_CANCEL", 487 },
  { "SYSTEM_SHUTDOWN", 501 },
  { "LOSE_RACE", 502 },
  { "ALLOTTED_TIMEOUT", 602 },
  { "MEDIA_TIMEOUT", 604 },
  { "PICKED_OFF", 605 },
  { "USER_NOT_REGISTERED", 606 },
  { "PROGRESS_TIMEOUT", 607 },
  { "INVALID_GATEWAY", 608 },
  { "GATEWAY_DOWN", 609 },
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
  for (guint i = 0; cause != NULL && i < G_N_ELEMENTS (causes); i++)
    {
      if (g_str_equal (causes[i].name, cause))
        return CM_STATUS_CAUSE (causes[i].cause);
    }

  return 0;
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

/* cm-asterisk-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-asterisk-feed.h"

#include <glib/gi18n.h>

#include "feeds/exchange/cm-dial.h"
#include "model/cm-reason.h"

/* How long it rings, ms: less than a command may take. */
#define RING "25000"

/* The extension that has led others there leads him there too. His number goes
 * along, so that he is the same person again. */
static char *
dup_originate (const CmOrder  *order,
               const char     *dial,
               GError        **error)
{
  g_autofree char *channel = NULL;

  if (order->extension == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("It is not known what extension leads to this conference"));
      return NULL;
    }

  channel = cm_dial_fill (dial, order->number);

  return g_strdup_printf ("Action: Originate\r\nChannel: %s\r\nContext: %s\r\nExten: %s\r\nPriority: 1\r\n"
                          "CallerID: <%s>\r\nTimeout: " RING "\r\nAsync: true\r\n",
                          channel, order->context, order->extension, order->number);
}

static char *
dup_member_action (const CmOrder *order,
                   const char    *action,
                   const char    *channel)
{
  return g_strdup_printf ("Action: %s\r\nConference: %s\r\nChannel: %s\r\n", action, order->room, channel);
}

static char *
dup_room_action (const CmOrder *order,
                 const char    *action)
{
  return g_strdup_printf ("Action: %s\r\nConference: %s\r\n", action, order->room);
}

/**
 * cm_asterisk_dup_order:
 * @order: an order
 * @dial: (nullable): how somebody is dialled
 * @error: where the reason goes
 *
 * No value has a line's end: cm_order_new() takes none. (app_confbridge.c and
 * manager.c of 22.10.1.)
 *
 * Returns: (transfer full) (nullable): the action, but for its ActionID and its end
 */
char *
cm_asterisk_dup_order (const CmOrder  *order,
                       const char     *dial,
                       GError        **error)
{
  switch (order->action)
    {
    case CM_ACTION_MUTE:
      return dup_member_action (order, "ConfbridgeMute", order->handle);
    case CM_ACTION_UNMUTE:
      return dup_member_action (order, "ConfbridgeUnmute", order->handle);
    case CM_ACTION_REMOVE:
      return dup_member_action (order, "ConfbridgeKick", order->handle);
    case CM_ACTION_MUTE_ALL:
      return dup_member_action (order, "ConfbridgeMute", "all");
    case CM_ACTION_UNMUTE_ALL:
      return dup_member_action (order, "ConfbridgeUnmute", "all");
    case CM_ACTION_END:
      return dup_member_action (order, "ConfbridgeKick", "all");
    case CM_ACTION_LOCK:
      return dup_room_action (order, "ConfbridgeLock");
    case CM_ACTION_UNLOCK:
      return dup_room_action (order, "ConfbridgeUnlock");
    case CM_ACTION_INVITE:
    case CM_ACTION_REJOIN:
      return dup_originate (order, dial, error);
    case CM_ACTION_ADMIT:
    case CM_N_ACTIONS:
    default:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("The source does not take this command"));
      return NULL;
    }
}

/**
 * cm_asterisk_get_origin_status:
 * @reason: (nullable): the Reason of an OriginateResponse
 *
 * The frame that has ended the dialling (AST_CONTROL_*, include/asterisk/frame.h).
 *
 * Returns: the status code for it
 */
guint32
cm_asterisk_get_origin_status (const char *reason)
{
  if (g_strcmp0 (reason, "1") == 0)
    return CM_STATUS_CAUSE (16);
  if (g_strcmp0 (reason, "3") == 0)
    return CM_STATUS_CAUSE (19);
  if (g_strcmp0 (reason, "5") == 0)
    return CM_STATUS_CAUSE (17);
  if (g_strcmp0 (reason, "8") == 0)
    return CM_STATUS_CAUSE (42);

  return CM_STATUS_CAUSE (20);
}

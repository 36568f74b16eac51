/* cm-bigbluebutton-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmBigbluebuttonMeeting:
 * @fields: (element-type utf8 utf8): "meetingName", "meetingID", … and no password
 * @attendees: (element-type GHashTable): likewise, "userID", "fullName", …
 *
 * One meeting of getMeetings.
 */
typedef struct
{
  GHashTable *fields;
  GPtrArray  *attendees;
} CmBigbluebuttonMeeting;

GPtrArray *cm_bigbluebutton_list_parse (const char  *bytes,
                                        gsize        size,
                                        GError     **error);

G_END_DECLS

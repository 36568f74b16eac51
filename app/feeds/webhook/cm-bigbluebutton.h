/* cm-bigbluebutton.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-decoder.h"

G_BEGIN_DECLS

#define CM_TYPE_BIGBLUEBUTTON (cm_bigbluebutton_get_type ())

/**
 * CmBigbluebutton:
 *
 * BigBlueButton's webhooks: a record is the body of one POST, a form with "event"
 * in it, or the event itself: {"data": {"id", "attributes", "event": {"ts": ms}}}.
 */
G_DECLARE_FINAL_TYPE (CmBigbluebutton, cm_bigbluebutton, CM, BIGBLUEBUTTON, CmDecoder)

void cm_bigbluebutton_set_link      (CmBigbluebutton *self,
                                     const char      *link);
void cm_bigbluebutton_take_meetings (CmBigbluebutton *self,
                                     gint64           at,
                                     GPtrArray       *meetings);

G_END_DECLS

/* cm-zoom-phone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/webhook/cm-zoom-private.h"

#include "feeds/decode/cm-record-json.h"
#include "model/cm-reason.h"

/* One end of a call of Zoom Phone. */
static char *
dup_end (JsonObject *object,
         const char *name)
{
  JsonObject *end = cm_record_get_object (object, name);
  g_autofree char *extension = cm_record_dup_text (end, "extension_number");
  char *number = cm_zoom_dup_number (end);

  if (number == NULL && extension != NULL)
    number = g_strconcat ("tel:", extension, NULL);

  return number;
}

static void
show_ends (CmMeeting       *call,
           gint64           at,
           const char      *caller,
           const char      *callee,
           CmModalityState  callee_state)
{
  if (caller != NULL && cm_meeting_join (call, at, caller, caller, NULL))
    cm_meeting_set_state (call, at, caller, callee_state == CM_MODALITY_STATE_NOTIFIED
                                              ? CM_MODALITY_STATE_CONNECTING : CM_MODALITY_STATE_CONNECTED);
  if (callee != NULL && cm_meeting_join (call, at, callee, callee, NULL))
    cm_meeting_set_state (call, at, callee, callee_state);
}

/* One that is over before it was heard of is not begun. */
static gboolean
end_call (CmMeeting  *call,
          gint64      at,
          const char *what)
{
  if (g_str_equal (what, "ended"))
    cm_meeting_end (call, at, 0);
  else if (g_str_equal (what, "rejected"))
    cm_meeting_end (call, at, CM_STATUS_CAUSE (21));
  else if (g_str_equal (what, "missed"))
    cm_meeting_end (call, at, CM_STATUS_CAUSE (19));
  else
    return FALSE;

  return TRUE;
}

static void
take_call (CmZoom     *self,
           CmMeeting  *call,
           const char *what,
           const char *caller,
           const char *callee,
           const char *end)
{
  static const char * const known[] = {
    "ringing", "answered", "connected", "hold", "unhold", "mute", "unmute", NULL
  };
  CmRoom *room = cm_meeting_get_room (call);
  gboolean rings = g_str_equal (what, "ringing");

  if (!g_strv_contains (known, what))
    {
      cm_decoder_count_unknown (CM_DECODER (self));
      return;
    }

  /* Late, where it was answered already. */
  if (rings && cm_room_get_n_members (room) > 0)
    return;

  cm_room_begin_call (room, self->at, caller);
  show_ends (call, self->at, caller, callee, rings ? CM_MODALITY_STATE_NOTIFIED : CM_MODALITY_STATE_CONNECTED);
  if (g_str_has_suffix (what, "hold"))
    cm_room_set_held (room, self->at, g_str_equal (what, "hold"));
  if (g_str_has_suffix (what, "mute") && end != NULL)
    cm_meeting_set_muted (call, self->at, end, g_str_equal (what, "mute"));
}

/**
 * cm_zoom_take_phone:
 * @self: a decoder of Zoom
 * @name: of the event, behind "phone.": each end has events of its own
 * @object: what it is about
 */
void
cm_zoom_take_phone (CmZoom     *self,
                    const char *name,
                    JsonObject *object)
{
  g_autofree char *id = cm_record_dup_text (object, "call_id");
  g_autofree char *conversation = id != NULL ? g_strconcat ("phone:", id, NULL) : NULL;
  g_autofree char *caller = dup_end (object, "caller");
  g_autofree char *callee = dup_end (object, "callee");
  gboolean is_callee = g_str_has_prefix (name, "callee_");
  const char *what = name + strlen ("callee_");
  CmMeeting *call = NULL;

  if (is_callee || g_str_has_prefix (name, "caller_"))
    call = cm_meetings_get (self->meetings, CM_DECODER (self), conversation);
  if (call == NULL || (caller == NULL && callee == NULL))
    {
      cm_decoder_count_unknown (CM_DECODER (self));
      return;
    }

  if (!cm_meeting_is_over (call) && !end_call (call, self->at, what))
    take_call (self, call, what, caller, callee, is_callee ? callee : caller);
}

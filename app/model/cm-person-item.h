/* cm-person-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/**
 * CmRosterPlace:
 * @CM_ROSTER_LOBBY: waits to be let in
 * @CM_ROSTER_PRESENTERS: in a conference, as a presenter
 * @CM_ROSTER_ATTENDEES: in a conference, as an attendee
 * @CM_ROSTER_IN_CALL: in a two-party call, which has no roles
 * @CM_ROSTER_LEFT: was there
 *
 * The groups of a roster, in the order in which they are shown.
 */
typedef enum
{
  CM_ROSTER_LOBBY,
  CM_ROSTER_PRESENTERS,
  CM_ROSTER_ATTENDEES,
  CM_ROSTER_IN_CALL,
  CM_ROSTER_LEFT,
  CM_N_ROSTER_PLACES,
} CmRosterPlace;

#define CM_TYPE_PERSON_ITEM (cm_person_item_get_type ())

G_DECLARE_FINAL_TYPE (CmPersonItem, cm_person_item, CM, PERSON_ITEM, GObject)

/* One person of a roster, the same object for as long as the conversation
 * exists. Properties, all read-only and notified when they change: "address",
 * "name", "initials", "detail" (what the person's second line says), "sentence"
 * (the person as a screen reader says it), "colour" (guint), "muted", "on-hold",
 * "in-lobby", "organizer", "self", "gone", "confirmed" (gboolean), "since" (gint64,
 * ms UTC or CM_TIME_NONE: when joined or, once gone, when left). */
CmPersonItem *cm_person_item_new         (const CmPerson *person,
                                          CmRosterPlace   place);
const char   *cm_person_item_get_address (CmPersonItem   *self);
const char   *cm_person_item_get_name    (CmPersonItem   *self);
CmRosterPlace cm_person_item_get_place   (CmPersonItem   *self);
gboolean      cm_person_item_get_first   (CmPersonItem   *self);
void          cm_person_item_update      (CmPersonItem   *self,
                                          const CmPerson *person,
                                          CmRosterPlace   place);

/* How many colours there are for people's discs. */
#define CM_N_PERSON_COLOURS 8

G_END_DECLS

/* cm-crowd.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/**
 * CmCrowd:
 * @others: who is not at one of the stations
 * @may_be_in: not gone, and not known to be without audio
 * @told_in: likewise, and their audio is known
 * @waiting: in the lobby
 * @unknown: there, and nothing is known of their audio
 * @in: their audio is known to be in
 * @presenters: of @in and @unknown
 * @attendees: of @in and @unknown
 * @roles: of whom a source has told the role
 *
 * How many people of a roster are what. It is kept by adding and taking away
 * single persons, since a roster may be long and a change is small.
 */
typedef struct
{
  guint others;
  guint may_be_in;
  guint told_in;
  guint waiting;
  guint unknown;
  guint in;
  guint presenters;
  guint attendees;
  guint roles;
} CmCrowd;

void cm_crowd_add    (CmCrowd          *self,
                      const CmPerson   *person);
void cm_crowd_remove (CmCrowd          *self,
                      const CmPerson   *person);
void cm_crowd_count  (CmCrowd          *self,
                      const CmDocument *document);

G_END_DECLS

/* cm-line-writer-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "journal/cm-line-writer.h"

G_BEGIN_DECLS

/**
 * CmLineTold:
 * @state: (nullable): a GRefString, as is the next
 * @gone: not in the roster any more
 * @stamp: of the last line that says whether the person is in the call
 *
 * What a leg has told of a person.
 */
typedef struct
{
  char       *name;
  char       *state;
  CmRole      role;
  CmTristate  muted;
  gboolean    is_organizer;
  gboolean    gone;
  guint64     stamp;
} CmLineTold;

/**
 * CmLineLeg:
 * @conversation: the id of the conversation that has it
 * @self: (nullable): the address of the station's own user, once that is known
 * @told: (element-type utf8 CmLineTold): people, by address
 * @stamp: of the last line on the station's own audio
 */
typedef struct
{
  char       *conversation;
  char       *self;
  GHashTable *told;
  guint64     stamp;
} CmLineLeg;

/**
 * CmLineTelling:
 * @at: when, ms UTC
 * @before: (nullable): the conversation as it was told; likewise @leg_before
 * @document: the conversation from then on
 * @state: what is remembered of @leg
 *
 * One leg and one change.
 */
typedef struct
{
  CmLineWriter     *writer;
  gint64            at;
  const CmDocument *before;
  const CmLeg      *leg_before;
  const CmDocument *document;
  const CmLeg      *leg;
  CmLineLeg        *state;
} CmLineTelling;

CmEvent  cm_line_begin       (const CmLineTelling *self,
                              CmEventKind          kind);
guint64  cm_line_say         (const CmLineTelling *self,
                              CmEvent             *event,
                              gint64               at);
gint64   cm_line_get_since   (const CmLineTelling *self,
                              gint64               time);
CmValue  cm_line_name        (const CmWireEnum    *values,
                              const char          *name);
CmValue  cm_line_boolean     (gboolean             value);
CmValue  cm_line_status      (const char          *reason);

void     cm_line_leg_tell    (const CmLineTelling *self);
void     cm_line_leg_end     (const CmLineTelling *self);
gboolean cm_line_leg_ends    (const CmLineTelling *self);
void     cm_line_roster_tell (CmLineTelling       *tellings,
                              guint                n_tellings);
void     cm_line_told_free   (gpointer             data);

G_END_DECLS

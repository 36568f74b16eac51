/* cm-demo-answers.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-command.h"
#include "tracker/cm-tracker.h"

G_BEGIN_DECLS

/* What the demo's stations do when they are asked to: events that follow. */
typedef struct _CmDemoAnswers CmDemoAnswers;

CmDemoAnswers *cm_demo_answers_new     (void);
void           cm_demo_answers_free    (CmDemoAnswers    *self);
CmActions      cm_demo_answers_get_actions (void);
char          *cm_demo_answers_why_not (const CmDocument *document,
                                        const CmLeg      *leg,
                                        const CmCommand  *command);
void           cm_demo_answers_take    (CmDemoAnswers    *self,
                                        const CmDocument *document,
                                        const CmLeg      *leg,
                                        const CmCommand  *command,
                                        gint64            now);
void           cm_demo_answers_play    (CmDemoAnswers    *self,
                                        CmTracker        *tracker,
                                        gint64            now);
gboolean       cm_demo_answers_is_over (CmDemoAnswers    *self,
                                        const CmEvent    *event);
void           cm_demo_answers_clear   (CmDemoAnswers    *self);

G_END_DECLS

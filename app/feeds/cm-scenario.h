/* cm-scenario.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"

G_BEGIN_DECLS

/* Who an event of a simulated conversation is about. */
typedef enum
{
  CM_WHO_NONE,
  CM_WHO_SELF,
  CM_WHO_PEER,
  CM_WHO_GUEST,
} CmWho;

/**
 * CmStep:
 * @kind: the event; %CM_EVENT_UNKNOWN stands for nothing happening for a while
 * @who: whom it is about
 * @property: of a property that changes
 * @value: an enum's number, a flag, a modality's state, or how often to wait
 *
 * One event of a scenario.
 */
typedef struct
{
  CmEventKind kind;
  CmWho       who;
  CmProperty  property;
  int         value;
} CmStep;

/**
 * CmScenario:
 * @weight: how often it comes, beside the others
 * @joins: whether its leg comes into a conference that another one has made
 *
 * The life of one conversation as one station sees it, in lawful order.
 */
typedef struct
{
  guint         weight;
  gboolean      joins;
  const CmStep *steps;
  guint         n_steps;
} CmScenario;

extern const CmScenario cm_scenarios[];
extern const guint cm_n_scenarios;

G_END_DECLS

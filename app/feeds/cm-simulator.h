/* cm-simulator.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"

G_BEGIN_DECLS

/**
 * CmSimulatorOptions:
 * @stations: how many sources report
 * @first_station: the number of the first of them
 * @conversations: how many conversations are open at a time
 * @rate: events a second of the simulated time
 * @seed: the same seed gives the same events
 * @start: the time of the first event, ms UTC
 * @renews: whether a conversation that is over makes room for another one
 */
typedef struct
{
  guint    stations;
  guint    first_station;
  guint    conversations;
  double   rate;
  guint32  seed;
  gint64   start;
  gboolean renews;
} CmSimulatorOptions;

typedef struct _CmSimulator CmSimulator;

CmSimulator *cm_simulator_new  (const CmSimulatorOptions *options);
void         cm_simulator_free (CmSimulator              *self);
gboolean     cm_simulator_next (CmSimulator              *self,
                                CmEvent                  *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmSimulator, cm_simulator_free)

G_END_DECLS

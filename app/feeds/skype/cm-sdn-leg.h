/* cm-sdn-leg.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/skype/cm-sdn-message.h"

G_BEGIN_DECLS

/* Of an end of which nothing was said yet. */
#define CM_SDN_NO_STATE (-1)

/* What a leg has of the media that make a call. */
#define CM_SDN_AUDIO 1U
#define CM_SDN_VIDEO 2U

/**
 * CmSdnLeg:
 * @ends: (nullable): normalized addresses; a conference's leg has one
 * @states: a #CmModalityState of each end, or %CM_SDN_NO_STATE
 * @media: of %CM_SDN_AUDIO and %CM_SDN_VIDEO
 * @at: of the newest that was believed, ms UTC
 * @recalled: it began before this decoder: what it was in was told then
 *
 * What one CallId stands for.
 */
typedef struct
{
  char     *ends[2];
  int       states[2];
  guint     media;
  gint64    at;
  gboolean  recalled;
} CmSdnLeg;

CmSdnLeg *cm_sdn_leg_new       (void);
void      cm_sdn_leg_free      (CmSdnLeg          *self);
void      cm_sdn_leg_find_ends (CmSdnLeg          *self,
                                const CmSdnSignal *signal,
                                gboolean           conference);
gboolean  cm_sdn_leg_is_end    (CmSdnLeg          *self,
                                const CmSdnSignal *signal);
gboolean  cm_sdn_is_conference (const char        *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmSdnLeg, cm_sdn_leg_free)

G_END_DECLS

/* cm-stage-times.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

/* What the steps of escalations have taken so far. */
typedef struct _CmStageTimes CmStageTimes;

CmStageTimes *cm_stage_times_new        (void);
CmStageTimes *cm_stage_times_copy       (CmStageTimes     *self);
void          cm_stage_times_free       (CmStageTimes     *self);
void          cm_stage_times_set_moment (CmStageTimes     *self,
                                         gint64            moment);
void          cm_stage_times_take       (CmStageTimes     *self,
                                         gint64            at,
                                         const CmDocument *before,
                                         const CmDocument *after);
gint64        cm_stage_times_get_median (CmStageTimes     *self,
                                         CmProgress        stage);
char         *cm_stage_times_dup_slower (CmStageTimes     *self,
                                         const CmLeg      *leg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmStageTimes, cm_stage_times_free)

G_END_DECLS

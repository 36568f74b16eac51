/* cm-flapping.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"
#include "model/cm-document.h"
#include "tracker/cm-attention.h"

G_BEGIN_DECLS

/* Who goes and comes back again and again in one conversation. */
typedef struct _CmFlapping CmFlapping;

CmFlapping *cm_flapping_new  (void);
void        cm_flapping_free (CmFlapping             *self);
void        cm_flapping_look (CmFlapping             *self,
                              const CmPerson         *person);
gboolean    cm_flapping_get  (CmFlapping             *self,
                              const CmRuleThresholds *thresholds,
                              gint64                  now,
                              CmLevel                *level,
                              gint64                 *since,
                              gint64                 *until);
void        cm_flapping_write (CmFlapping            *self,
                               CmPackWriter          *pack);
CmFlapping *cm_flapping_read (CmPackReader           *pack);

G_END_DECLS

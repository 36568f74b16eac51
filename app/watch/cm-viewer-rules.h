/* cm-viewer-rules.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"
#include "tracker/cm-attention.h"

G_BEGIN_DECLS

/* What one viewer wants of the attention rules: own thresholds, and what is to be quiet
 * for a while. A tracker tells all of its viewers the same: that one of them has put a
 * call to sleep must not hide from the others that it needs help. So this stays with the
 * viewer, and is applied to what the tracker tells. */
typedef struct _CmViewerRules CmViewerRules;

CmViewerRules          *cm_viewer_rules_new         (void);
void                    cm_viewer_rules_free        (CmViewerRules          *self);
void                    cm_viewer_rules_set         (CmViewerRules          *self,
                                                     CmRule                  rule,
                                                     const CmRuleThresholds *thresholds);
const CmRuleThresholds *cm_viewer_rules_get         (const CmViewerRules    *self,
                                                     CmRule                  rule);
void                    cm_viewer_rules_snooze      (CmViewerRules          *self,
                                                     const char             *id,
                                                     CmRule                  rule,
                                                     gint64                  from,
                                                     gint64                  until);
gint64                  cm_viewer_rules_get_snoozed (const CmViewerRules    *self,
                                                     const char             *id,
                                                     CmRule                  rule,
                                                     gint64                  now);
void                    cm_viewer_rules_rename      (CmViewerRules          *self,
                                                     const char             *before,
                                                     const char             *after);
gint64                  cm_viewer_rules_apply       (const CmViewerRules    *self,
                                                     CmDocument             *document,
                                                     gint64                  now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmViewerRules, cm_viewer_rules_free)

G_END_DECLS

/* cm-view-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

typedef struct _CmViewFilter CmViewFilter;

CmViewFilter *cm_view_filter_parse    (GHashTable         *query,
                                       gboolean            sees_sources,
                                       GError            **error);
void          cm_view_filter_free     (CmViewFilter       *self);
const char   *cm_view_filter_get_name (const CmViewFilter *self);
gboolean      cm_view_filter_match    (const CmViewFilter *self,
                                       const CmDocument   *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmViewFilter, cm_view_filter_free)

G_END_DECLS

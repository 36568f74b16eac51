/* cm-remote-sources.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-json-reader.h"
#include "model/cm-command.h"

G_BEGIN_DECLS

/* What a tracker elsewhere has told of those who report to it. */
typedef struct _CmRemoteSources CmRemoteSources;

CmRemoteSources *cm_remote_sources_new         (void);
void             cm_remote_sources_free        (CmRemoteSources  *self);
void             cm_remote_sources_clear       (CmRemoteSources  *self);
gboolean         cm_remote_sources_read        (CmRemoteSources  *self,
                                                CmJsonReader     *reader);
gboolean         cm_remote_sources_has         (CmRemoteSources  *self,
                                                const char       *source);
CmActions        cm_remote_sources_get_actions (CmRemoteSources  *self,
                                                const char       *source);
gboolean         cm_remote_sources_is_lost     (CmRemoteSources  *self,
                                                const char       *source);
GPtrArray       *cm_remote_sources_dup_silences
                                               (CmRemoteSources  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteSources, cm_remote_sources_free)

G_END_DECLS

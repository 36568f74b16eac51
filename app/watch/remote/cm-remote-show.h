/* cm-remote-show.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"
#include "watch/remote/cm-remote-documents.h"

G_BEGIN_DECLS

/* Shows in a watch what has changed in the documents of a tracker elsewhere, as much of
 * it at a time as there is time for. */
typedef struct _CmRemoteShow CmRemoteShow;

CmRemoteShow *cm_remote_show_new  (CmWatch           *watch,
                                   CmRemoteDocuments *documents);
void          cm_remote_show_free (CmRemoteShow      *self);
gboolean      cm_remote_show_some (CmRemoteShow      *self,
                                   gint64             at,
                                   gboolean           in_parts,
                                   gint64             end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmRemoteShow, cm_remote_show_free)

G_END_DECLS

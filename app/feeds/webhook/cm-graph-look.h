/* cm-graph-look.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "feeds/webhook/cm-graph.h"

G_BEGIN_DECLS

/**
 * CmGraphLook:
 *
 * What is asked about each of a bot's calls, and what was answered: how it is, and
 * then all who are in it, page by page (Graph, "Get call", "List participants").
 */
typedef struct _CmGraphLook CmGraphLook;

CmGraphLook *cm_graph_look_new      (GPtrArray    *names,
                                     const char   *address);
void         cm_graph_look_free     (CmGraphLook  *self);
char        *cm_graph_look_dup_next (CmGraphLook  *self);
gboolean     cm_graph_look_hear     (CmGraphLook  *self,
                                     guint         status,
                                     GBytes       *answer,
                                     GError      **error);
void         cm_graph_look_tell     (CmGraphLook  *self,
                                     CmGraph      *decoder,
                                     gint64        at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmGraphLook, cm_graph_look_free)

G_END_DECLS

/* cm-janus-hook.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed.h"

G_BEGIN_DECLS

/**
 * CmJanusHook:
 *
 * Whether what comes is from Janus: the user and password of sampleevh, and the
 * sub-protocol of wsevh, which has nothing else to be known by.
 */
typedef struct _CmJanusHook CmJanusHook;

CmJanusHook *cm_janus_hook_new  (CmFeedConfig        *config);
void         cm_janus_hook_free (CmJanusHook         *self);
GBytes      *cm_janus_hook_take (CmJanusHook         *self,
                                 const CmHookRequest *request,
                                 CmHookAnswer        *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmJanusHook, cm_janus_hook_free)

G_END_DECLS

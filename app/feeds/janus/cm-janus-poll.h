/* cm-janus-poll.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-api.h"
#include "feeds/janus/cm-janus.h"

G_BEGIN_DECLS

/**
 * CmJanusPollFunc:
 * @error: (nullable): why not all could be asked
 */
typedef void (*CmJanusPollFunc) (const GError *error,
                                 gpointer      user_data);

/**
 * CmJanusPoll:
 *
 * Asks Janus once for all rooms and all who are in them. It must not be freed
 * before everything that it has asked is answered.
 */
typedef struct _CmJanusPoll CmJanusPoll;

CmJanusPoll *cm_janus_poll_new   (CmJanusApi       *api,
                                  CmJanus          *decoder,
                                  gint64            offset,
                                  char             *key);
void         cm_janus_poll_free  (CmJanusPoll      *self);
void         cm_janus_poll_start (CmJanusPoll      *self,
                                  CmJanusPollFunc   func,
                                  gpointer          user_data);
void         cm_janus_poll_apply (CmJanusPoll      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmJanusPoll, cm_janus_poll_free)

G_END_DECLS

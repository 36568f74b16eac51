/* cm-janus-api.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/**
 * CmJanusApiFuncs:
 * @reached: something has answered, if only that it refuses
 * @ready: it can be asked
 * @lost: it is gone, or never came; every question was answered before
 */
typedef struct
{
  void (* reached) (gpointer      user_data);
  void (* ready)   (gpointer      user_data);
  void (* lost)    (const GError *error,
                    gpointer      user_data);
} CmJanusApiFuncs;

/**
 * CmJanusAnswerFunc:
 * @answer: (nullable): what the plugin has said, which may be that it refuses
 * @error: (nullable): why there is no answer, without a secret
 */
typedef void (*CmJanusAnswerFunc) (JsonObject   *answer,
                                   const GError *error,
                                   gpointer      user_data);

/**
 * CmJanusApi:
 *
 * One connection to Janus' Admin API, or to its API for clients: what can be asked
 * of its plugins.
 */
typedef struct _CmJanusApi CmJanusApi;

/* What both of the plugins say of a room that is not there. */
#define CM_JANUS_NO_SUCH_AUDIO_ROOM 485
#define CM_JANUS_NO_SUCH_VIDEO_ROOM 426

CmJanusApi *cm_janus_api_new        (CmFeedConfig           *config,
                                     const CmJanusApiFuncs  *funcs,
                                     gpointer                user_data);
void        cm_janus_api_free       (CmJanusApi             *self);
void        cm_janus_api_open       (CmJanusApi             *self);
const char *cm_janus_api_get_server (CmJanusApi             *self);
void        cm_janus_api_ping       (CmJanusApi             *self);
void        cm_janus_api_ask        (CmJanusApi             *self,
                                     const char             *plugin,
                                     JsonObject             *body,
                                     CmJanusAnswerFunc       func,
                                     gpointer                user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmJanusApi, cm_janus_api_free)

G_END_DECLS

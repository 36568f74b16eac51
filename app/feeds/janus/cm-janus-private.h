/* cm-janus-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-handle.h"
#include "feeds/janus/cm-janus.h"

G_BEGIN_DECLS

/* AudioBridge and VideoRoom. */
#define CM_JANUS_N_PLUGINS 2

struct _CmJanus
{
  CmDecoder   parent_instance;

  GHashTable *rooms;   /* "emitter/plugin/room" → CmJanusRoom, for good */
  GHashTable *handles; /* "emitter/handle" → CmJanusHandle */
  char       *emitter; /* the last that was heard of */
  char       *link;    /* (nullable) with "{plugin}" and "{room}" */
  gint64      newest;  /* µs */
  gboolean    has_names[CM_JANUS_N_PLUGINS]; /* whether the plugin's ids are strings */
  gint64      listed[CM_JANUS_N_PLUGINS];    /* µs: when all its rooms were told last */
};

CmJanusRoom *cm_janus_get_room    (CmJanus    *self,
                                   const char *emitter,
                                   const char *plugin,
                                   JsonObject *data);
void         cm_janus_take_answer (CmJanus    *self,
                                   JsonObject *record);

G_END_DECLS

/* cm-janus-member.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-json.h"

G_BEGIN_DECLS

/* Of a person of whose media nothing is known. */
#define CM_JANUS_NO_MEDIA (-1)

/**
 * CmJanusMember:
 * @since: when he came in, µs
 * @told: when the last was said of him, µs; @published likewise of what he sends
 * @base: his state without media, a #CmModalityState
 * @media: the state of his media, or %CM_JANUS_NO_MEDIA
 * @muted: whether he himself is, apart from the room
 * @video: (element-type utf8): the mids that he sends and that are not audio
 * @audio: (element-type utf8): those that are
 */
typedef struct
{
  char       *address;
  char       *name;
  gint64      since;
  gint64      told;
  gint64      published;
  int         base;
  int         media;
  gboolean    muted;
  GHashTable *video;
  GHashTable *audio;
} CmJanusMember;

CmJanusMember *cm_janus_member_new       (const char    *id,
                                          gint64         since);
void           cm_janus_member_free      (gpointer       data);
int            cm_janus_member_get_state (CmJanusMember *self);
void           cm_janus_member_describe  (CmJanusMember *self,
                                          JsonObject    *data);
gboolean       cm_janus_member_set_name  (CmJanusMember *self,
                                          const char    *name);
gboolean       cm_janus_member_moderate  (CmJanusMember *self,
                                          JsonObject    *data);

G_END_DECLS

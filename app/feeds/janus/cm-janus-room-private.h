/* cm-janus-room-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/janus/cm-janus-room.h"

G_BEGIN_DECLS

struct _CmJanusRoom
{
  CmDecoder  *decoder; /* borrowed: it owns the room */
  char       *id;
  char       *plugin;
  char       *number; /* its name in the plugin */
  char       *link;   /* (nullable) by which people join */
  char       *conversation; /* of this instance */
  char       *subject;
  CmRoom     *room;    /* %NULL while it is not there */
  GHashTable *members; /* id → CmJanusMember */
  GHashTable *gone;    /* id → when, µs */
  GHashTable *kicked;  /* ids whose "left" is still to come → when, µs */
  gboolean    created;
  gboolean    muted;
  gboolean    was_there;
  gint64      begun;   /* µs */
  gint64      ended;   /* µs */
  gint64      listed;  /* µs: when all who are in it were told last */
  gint64      told;    /* µs: when it was said last whether all are muted */
};

G_END_DECLS

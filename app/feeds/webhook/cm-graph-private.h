/* cm-graph-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/webhook/cm-graph.h"
#include "feeds/webhook/cm-meeting.h"

G_BEGIN_DECLS

/* What was told of a call besides who is in it. */
typedef struct
{
  char   *name;      /* its id as Graph writes it */
  char   *thread;    /* (nullable): of the chat that goes with it */
  guint   rank;      /* how far it was */
  gint64  state_at;  /* ms UTC: when its state was last posted */
  gint64  roster_at; /* likewise, who is in it */
  gint64  sequence;  /* of the newest change of that; -1 before */
} CmGraphCall;

struct _CmGraph
{
  CmDecoder   parent_instance;

  GHashTable *meetings; /* a call's id, or a meeting's → CmMeeting */
  GHashTable *calls;    /* a call's id → CmGraphCall */
  GHashTable *ended;    /* the id of a meeting → when it was over, ms UTC, as a gint64 */
  GHashTable *roles;    /* "meeting\nuser" → whether he presents */
  gint64      at;
  gboolean    wants_look;
};

/* cm-graph.c */
char *cm_graph_join               (CmGraph    *self,
                                   CmMeeting  *meeting,
                                   const char *scope,
                                   const char *stay,
                                   JsonObject *set);

/* cm-graph-call.c */
void  cm_graph_call_free          (gpointer    data);
void  cm_graph_take_notification  (CmGraph    *self,
                                   JsonObject *notification);

/* cm-graph-meeting.c */
void  cm_graph_take_meeting_event (CmGraph    *self,
                                   const char *type,
                                   JsonObject *event);

/* cm-graph-role.c */
void  cm_graph_learn_organizer    (CmGraph    *self,
                                   const char *scope,
                                   JsonObject *set);
void  cm_graph_learn_meeting      (CmGraph    *self,
                                   JsonObject *meeting);
int   cm_graph_get_role           (CmGraph    *self,
                                   const char *scope,
                                   const char *user);
char *cm_graph_dup_thread         (const char *url);
char *cm_graph_dup_link           (const char *thread,
                                   JsonObject *call);

G_END_DECLS

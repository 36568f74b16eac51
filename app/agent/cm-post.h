/* cm-post.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "agent/cm-outbox.h"
#include "model/cm-command.h"
#include "watch/remote/cm-remote-link.h"

G_BEGIN_DECLS

/* Brings to a tracker what is in an outbox, and commands back. */
typedef struct _CmPost CmPost;

/**
 * CmPostFuncs:
 * @number_all: it is known where the numbers of all sources go on; returns whether
 *   all lines have theirs
 * @moved: the tracker has come or gone, or has acknowledged something
 * @command: it asks for something, as one line of JSON
 */
typedef struct
{
  gboolean (*number_all) (gpointer    user_data);
  void     (*moved)      (gpointer    user_data);
  void     (*command)    (const char *id,
                          const char *text,
                          gpointer    user_data);
} CmPostFuncs;

/**
 * CmPostOptions:
 * @remote: whom to connect to
 * @sources: whom it reports for
 * @actions: what they can be asked to do
 * @heartbeat: to be missed after so long, s
 */
typedef struct
{
  CmRemoteOptions    remote;
  const char *const *sources;
  CmActions          actions;
  guint              heartbeat;
} CmPostOptions;

CmPost   *cm_post_new          (const CmPostOptions  *options,
                                CmOutbox             *outbox,
                                const CmPostFuncs    *funcs,
                                gpointer              user_data,
                                GError              **error);
void      cm_post_free         (CmPost               *self);
void      cm_post_push         (CmPost               *self);
gboolean  cm_post_is_connected (CmPost               *self);
void      cm_post_refuse       (CmPost               *self,
                                const char           *id,
                                const char           *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmPost, cm_post_free)

G_END_DECLS

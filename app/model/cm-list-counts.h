/* cm-list-counts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"

G_BEGIN_DECLS

/**
 * CmListCounts:
 * @silent: (element-type CmConversation): a set of those with a source that does not
 *   answer, borrowed
 * @sources: (element-type CmSilence): which sources do not answer, with a call or not
 * @silent_changed: whether either has changed since somebody last looked
 *
 * What a list is to be told of as a whole, kept as its conversations come and change.
 */
typedef struct
{
  GHashTable *silent;
  GPtrArray  *sources;
  gboolean    silent_changed;
  guint       n_attention;
  guint       n_left;
} CmListCounts;

void cm_list_counts_init  (CmListCounts   *self);
void cm_list_counts_clear (CmListCounts   *self);
void cm_list_counts_set_sources
                          (CmListCounts   *self,
                           GPtrArray      *sources);
void cm_list_counts_take  (CmListCounts   *self,
                           CmConversation *conversation,
                           gboolean        in);

G_END_DECLS

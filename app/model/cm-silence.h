/* cm-silence.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"
#include "model/cm-disguise.h"

G_BEGIN_DECLS

/**
 * CmSilence:
 * @source: its id
 * @name: what it is called
 * @since: when something came from it last, ms UTC
 * @conversations: (element-type CmConversation): what it reported, none where it has
 *   no call
 *
 * A source that does not answer.
 */
typedef struct
{
  char      *source;
  char      *name;
  gint64     since;
  GPtrArray *conversations;
} CmSilence;

gboolean   cm_silence_is_in     (const CmDocument *document);
GPtrArray *cm_silence_collect   (GHashTable       *conversations,
                                 GPtrArray        *sources,
                                 CmDisguise       *disguise);
char      *cm_silence_dup_words (const CmSilence  *self,
                                 gint64            now);

GPtrArray *cm_silences_new      (void);
CmSilence *cm_silences_add      (GPtrArray        *self,
                                 const char       *source,
                                 const char       *name,
                                 gint64            since);
void       cm_silences_sort     (GPtrArray        *self);
gboolean   cm_silences_equal    (GPtrArray        *a,
                                 GPtrArray        *b);

G_END_DECLS

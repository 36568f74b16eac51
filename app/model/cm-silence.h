/* cm-silence.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-conversation.h"

G_BEGIN_DECLS

/* From when on a source's silence is told in the banner: when its warning comes, ms. */
#define CM_SILENCE_TOLD_AFTER 15000

/**
 * CmSilence:
 * @source: its id
 * @name: what it is called
 * @since: when something came from it last, ms UTC
 * @conversations: (element-type CmConversation): what it reported
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
GPtrArray *cm_silence_collect   (GHashTable       *conversations);
char      *cm_silence_dup_words (const CmSilence  *self,
                                 gint64            now);

G_END_DECLS

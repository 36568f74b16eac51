/* cm-attention-entries.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-pack.h"
#include "model/cm-document.h"
#include "tracker/cm-attention.h"

G_BEGIN_DECLS

/**
 * CmAttentionEntry:
 * @leg: (nullable): the id of the leg that is meant, a #GRefString
 * @false_since: %CM_TIME_NONE while it holds
 * @place: (nullable): among what waits for a moment
 * @due: when that is, ms UTC
 * @look: the last look that it held at
 *
 * A rule that applies to a conversation, or did until a moment ago.
 */
typedef struct
{
  CmRule         rule;
  char          *leg;
  gint64         since;
  gint64         false_since;
  gboolean       fired;
  CmLevel        level;
  GSequenceIter *place;
  gint64         due;
  guint64        look;
} CmAttentionEntry;

/**
 * CmAttentionEntries:
 * @all: of CmAttentionEntry, by leg and rule; those of no leg first
 * @fired: of those, what is told, the worst first
 * @told: (nullable) (element-type CmAttention): the same for documents; to be dropped
 *   when it is no longer true
 * @dues: (nullable): of those, who wait for a moment, the earliest in front
 */
typedef struct
{
  GPtrArray *all;
  GPtrArray *fired;
  GPtrArray *told;
  GSequence *dues;
} CmAttentionEntries;

void              cm_attention_entries_init      (CmAttentionEntries       *self);
void              cm_attention_entries_clear     (CmAttentionEntries       *self);
guint             cm_attention_entries_find      (const CmAttentionEntries *self,
                                                  const char               *leg);
CmAttentionEntry *cm_attention_entries_get       (CmAttentionEntries       *self,
                                                  CmRule                    rule,
                                                  char                     *leg,
                                                  gint64                    now);
guint             cm_attention_entries_get_place (const CmAttentionEntries *self,
                                                  const CmAttentionEntry   *entry);
void              cm_attention_entries_tell      (CmAttentionEntries       *self,
                                                  CmAttentionEntry         *entry,
                                                  gboolean                  fired,
                                                  CmLevel                   level);
void              cm_attention_entries_wait      (CmAttentionEntries       *self,
                                                  CmAttentionEntry         *entry,
                                                  gint64                    due);
void              cm_attention_entries_forget    (CmAttentionEntries       *self,
                                                  guint                     place);
CmAttentionEntry *cm_attention_entries_get_due   (const CmAttentionEntries *self);
GPtrArray        *cm_attention_entries_get_told  (CmAttentionEntries       *self);
void              cm_attention_entries_write     (const CmAttentionEntries *self,
                                                  CmPackWriter             *pack);
void              cm_attention_entries_read      (CmAttentionEntries       *self,
                                                  CmPackReader             *pack);

G_END_DECLS

/* cm-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "core/cm-wire.h"
#include "model/cm-enums.h"

G_BEGIN_DECLS

/* What a person reads or hears, for the values of a document. Everything is
 * translated here and nowhere else; no GTK, so that a terminal has the same. */

char *cm_words_dup_age     (gint64 age);
char *cm_words_dup_span    (gint64 span);
char *cm_words_dup_seconds (gint64 span);
char *cm_words_dup_clock   (gint64 time);

const char *cm_words_get_kind            (CmKind         kind);
const char *cm_words_get_phase           (CmPhase        phase,
                                          CmKind         kind,
                                          CmLegDirection direction);
const char *cm_words_get_direction       (CmLegDirection direction);
const char *cm_words_get_leg_role        (CmLegRole      role);
const char *cm_words_get_role            (CmRole         role);
const char *cm_words_get_stage           (const char    *stage);
const char *cm_words_get_stage_inline    (const char    *stage);
const char *cm_words_get_modality        (const char    *state);
const char *cm_words_get_modality_inline (const char    *state);
const char *cm_words_get_reason          (const char    *reason);
const char *cm_words_get_activity        (const char    *activity);
const char *cm_words_get_availability    (gint64         availability);
const char *cm_words_get_rule            (const char    *rule);

char *cm_words_dup_isolated (const char *text);
char *cm_words_dup_name     (const char *address,
                             const char *name);
const char *cm_words_get_station (const char *source);
const char *cm_words_get_source  (const char *source);
char *cm_words_dup_initials (const char *name);
char *cm_words_dup_join     (GPtrArray  *parts,
                             const char *separator);

G_END_DECLS

/* cm-call-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"

G_BEGIN_DECLS

typedef enum
{
  CM_CALL_KINDS_ALL,
  CM_CALL_KINDS_CONFERENCES,
  CM_CALL_KINDS_CALLS,
} CmCallKinds;

/* No phase, where one is to be chosen. */
#define CM_PHASE_ANY (-1)

/**
 * CmCallFilter:
 * @attention: only what needs attention
 * @kinds: only conferences, or only what is none
 * @source: (nullable): only what this source reports
 * @phase: only this #CmPhase, or %CM_PHASE_ANY
 *
 * What of all conversations is to be shown. What is typed into the search is not
 * part of it: it comes and goes.
 */
typedef struct
{
  gboolean     attention;
  CmCallKinds  kinds;
  char        *source;
  int          phase;
} CmCallFilter;

#define CM_CALL_FILTER_NONE { FALSE, CM_CALL_KINDS_ALL, NULL, CM_PHASE_ANY }

gboolean        cm_call_filter_is_none  (const CmCallFilter *self);
gboolean        cm_call_filter_match    (const CmCallFilter *self,
                                         const CmDocument   *document);
void            cm_call_filter_set      (CmCallFilter       *self,
                                         const CmCallFilter *other);
void            cm_call_filter_clear    (CmCallFilter       *self);

char           *cm_search_fold          (const char         *text);
char           *cm_search_dup_text      (const CmDocument   *document);
gboolean        cm_search_is_same       (const CmDocument   *a,
                                         const CmDocument   *b);
gboolean        cm_search_match         (const char         *text,
                                         char              **words);
const CmPerson *cm_search_find_person   (const CmDocument   *document,
                                         char              **words);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmCallFilter, cm_call_filter_clear)

G_END_DECLS

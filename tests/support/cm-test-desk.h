/* cm-test-desk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "tracker/cm-tracker.h"

G_BEGIN_DECLS

/* 2011-11-09T09:00:00Z */
#define CM_TEST_START G_GINT64_CONSTANT (1320829200000)

/**
 * CmTestDesk:
 * @tracker: the tracker under test
 * @now: the time of the next event; each one takes a second
 * @mirror: what a subscriber has who only ever got merge patches
 * @documents: (element-type utf8 CmDocument): what one has who reads them with
 *   cm_document_apply()
 * @n_changes: how many changes were published
 *
 * A tracker with somebody who listens: after every event its patches are
 * applied, and cm_test_desk_check() says that they add up to its documents.
 */
typedef struct
{
  CmTracker  *tracker;
  gint64      now;
  JsonNode   *mirror;
  GHashTable *documents;
  guint       n_changes;
} CmTestDesk;

CmTestDesk *cm_test_desk_new    (void);
void        cm_test_desk_free   (CmTestDesk    *self);
void        cm_test_desk_play   (CmTestDesk    *self,
                                 const char    *script);
void        cm_test_desk_handle (CmTestDesk    *self,
                                 const CmEvent *event);
void        cm_test_desk_line   (CmTestDesk    *self,
                                 const char    *line);
void        cm_test_desk_flush  (CmTestDesk    *self);
void        cm_test_desk_check  (CmTestDesk    *self);
void        cm_test_desk_expect (CmTestDesk    *self,
                                 const char    *id,
                                 const char    *expectations);
char       *cm_test_desk_dup    (CmTestDesk    *self,
                                 const char    *id,
                                 const char    *path);
char       *cm_test_script_line (const char    *command,
                                 gint64        *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmTestDesk, cm_test_desk_free)

/* What happens next, and what a conversation's document then says. */
typedef struct
{
  const char *script;
  const char *id;
  const char *expectations;
} CmTestStep;

/* A table of cases ends with one that has no name, a case's steps with one
 * that has no id. */
typedef struct
{
  const char *name;
  CmTestStep  steps[10];
} CmTestCase;

void        cm_test_add_cases   (const char       *folder,
                                 const CmTestCase *cases);

G_END_DECLS

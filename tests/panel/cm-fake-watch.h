/* cm-fake-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_FAKE_WATCH (cm_fake_watch_get_type ())

G_DECLARE_FINAL_TYPE (CmFakeWatch, cm_fake_watch, CM, FAKE_WATCH, CmWatch)

/* The time at which everything in it began, ms UTC. */
#define CM_FAKE_NOW G_GINT64_CONSTANT (1320829200000)

/* A watch that shows what a test tells it to. */
CmWatch    *cm_fake_watch_new          (void);
void        cm_fake_watch_show         (CmFakeWatch *self,
                                        CmDocument  *document);
void        cm_fake_watch_remove       (CmFakeWatch *self,
                                        const char  *id);
void        cm_fake_watch_set_why_not  (CmFakeWatch *self,
                                        const char  *why_not);
void        cm_fake_watch_set_refusal  (CmFakeWatch *self,
                                        const char  *refusal);
void        cm_fake_watch_set_actions  (CmFakeWatch *self,
                                        CmActions    actions);
const CmCommand *
            cm_fake_watch_get_command  (CmFakeWatch *self);
CmDocument *cm_fake_document_new       (const char  *id,
                                        const char  *subject);
CmDocument *cm_fake_document_new_left  (const char  *id,
                                        const char  *subject);
CmPerson   *cm_fake_document_add       (CmDocument  *document,
                                        const char  *user,
                                        CmRole       role);

G_END_DECLS

/* cm-stays.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CmStay:
 * @key: what the system calls it
 * @address: (nullable): whose it is; %NULL before it has begun
 * @link: in the queue of that person, while he is there
 * @since: of the newest that was believed, ms UTC
 * @left: when it was over, ms UTC; CM_TIME_NONE while it goes on
 * @waits: in the lobby
 *
 * One person, once in a meeting.
 */
typedef struct
{
  char    *key;
  char    *address;
  GList    link;
  gint64   since;
  gint64   left;
  gboolean waits;
} CmStay;

/**
 * CmStays:
 *
 * All stays in a meeting: each is found by its key, and those of a person by his
 * address, however many there are. One that is over is remembered, so that nothing
 * late begins it again.
 */
typedef struct _CmStays CmStays;

CmStays *cm_stays_new          (void);
void     cm_stays_free         (CmStays    *self);
void     cm_stays_clear        (CmStays    *self);
CmStay  *cm_stays_find         (CmStays    *self,
                                const char *key);
CmStay  *cm_stays_find_present (CmStays    *self,
                                const char *key);
CmStay  *cm_stays_find_person  (CmStays    *self,
                                const char *address);
GList   *cm_stays_list         (CmStays    *self);
CmStay  *cm_stays_add          (CmStays    *self,
                                const char *key,
                                gint64      at);
void     cm_stays_adopt        (CmStays    *self,
                                CmStay     *stay,
                                const char *key);
void     cm_stays_enter        (CmStays    *self,
                                CmStay     *stay,
                                const char *address);
gboolean cm_stays_leave        (CmStays    *self,
                                CmStay     *stay,
                                gint64      at);
void     cm_stays_know         (CmStays    *self,
                                gint64      at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmStays, cm_stays_free)

G_END_DECLS

/* cm-asterisk-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/exchange/cm-exchange.h"

G_BEGIN_DECLS

/* What a list has told before its end came. */
typedef struct
{
  GPtrArray *members; /* of GHashTable: the records of a ConfbridgeList */
  GPtrArray *waiting; /* the same, of rooms of which no id is known yet */
  GPtrArray *dialled; /* of char *: the ids of channels that others have dialled, each
                         after that of the other */
  GPtrArray *rooms;   /* of char *: the names of a ConfbridgeListRooms */
  guint      list;    /* the number of the list that is being told */
  gboolean   channels; /* all channels are being told */
} CmAsteriskLists;

/* @fields: name → value */
typedef struct
{
  CmExchange      *exchange;
  CmAsteriskLists *lists;
  GHashTable      *fields;
} CmAsteriskRecord;

const char *cm_asterisk_get          (CmAsteriskRecord *self,
                                      const char       *name);
gboolean    cm_asterisk_is           (CmAsteriskRecord *self,
                                      const char       *name,
                                      const char       *value);
void        cm_asterisk_set_person   (CmAsteriskRecord *self,
                                      CmCall           *call);
void        cm_asterisk_take_state   (CmAsteriskRecord *self,
                                      CmCall           *call);
void        cm_asterisk_set_handle   (CmAsteriskRecord *self,
                                      CmCall           *call);
void        cm_asterisk_on_dial_begin (CmAsteriskRecord *self);
void        cm_asterisk_on_dial_state (CmAsteriskRecord *self);
void        cm_asterisk_on_dial_end  (CmAsteriskRecord *self);
void        cm_asterisk_on_originated (CmAsteriskRecord *self);
void        cm_asterisk_lists_init   (CmAsteriskLists  *self);
void        cm_asterisk_lists_clear  (CmAsteriskLists  *self);
gboolean    cm_asterisk_take_list    (CmAsteriskRecord *self,
                                      const char       *event);
void        cm_asterisk_take_response (CmAsteriskRecord *self);
void        cm_asterisk_settle_waiting (CmAsteriskRecord *self,
                                      const char       *name);
gboolean    cm_asterisk_take_event   (CmAsteriskRecord *self);

G_END_DECLS

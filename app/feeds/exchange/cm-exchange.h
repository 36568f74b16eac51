/* cm-exchange.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/decode/cm-room.h"

G_BEGIN_DECLS

/**
 * CmCallStage:
 * @CM_CALL_NEW: nothing is known yet
 * @CM_CALL_OFFERED: the exchange calls somebody
 * @CM_CALL_RINGING: it rings, here or there
 * @CM_CALL_ANSWERED: answered, not in a room yet
 * @CM_CALL_WAITING: in a room whose leader is not there
 * @CM_CALL_IN: in a room
 * @CM_CALL_ENDED: hung up; nothing comes after it
 */
typedef enum
{
  CM_CALL_NEW,
  CM_CALL_OFFERED,
  CM_CALL_RINGING,
  CM_CALL_ANSWERED,
  CM_CALL_WAITING,
  CM_CALL_IN,
  CM_CALL_ENDED,
} CmCallStage;

/* What of a call a numbered record tells; each is ordered for itself. */
typedef enum
{
  CM_CALL_ASPECT_STAGE,
  CM_CALL_ASPECT_HOLD,
  CM_CALL_ASPECT_MEMBER_HOLD,
  CM_CALL_ASPECT_MUTED,
  CM_CALL_N_ASPECTS,
} CmCallAspect;

/* One instance of a room, or a call of two. */
typedef struct
{
  char       *id;
  char       *name;
  CmRoom     *room;
  GPtrArray  *calls;     /* CmCall, borrowed */
  CmProgress  progress;
  CmProgress  base;      /* what it is when nobody is on the way */
  guint       listed;
  guint64     lock_seq;
  gboolean    waiting;   /* all wait for the leader */
  gboolean    talk;      /* it is no room, but a call of two */
  gboolean    paired;    /* both of them were in it */
  gboolean    met;       /* these two have talked to each other */
  char       *bridge;    /* (nullable): the id of what connects them */
} CmPlace;

/**
 * CmCall:
 *
 * One channel of a telephone exchange. The person is its number: who calls again
 * comes with another call. Read it, and change it by the functions.
 */
typedef struct
{
  char        *id;
  char        *number;   /* (nullable) */
  char        *name;     /* (nullable) */
  char        *job;      /* (nullable): the command that it was dialled by */
  char        *address;  /* (nullable): what it is in @place, or was in the last */
  char        *last;     /* (nullable): the id of the place that it has left */
  char        *handle;   /* (nullable): what the room's commands know it by */
  char        *context;  /* (nullable): with @extension: what leads to the room */
  char        *extension;
  CmPlace     *place;    /* (nullable) */
  CmCallStage  stage;
  guint32      status;   /* why it has left or ended */
  int          moderator; /* -1: not said */
  int          muted;
  gboolean     outbound;
  gboolean     held;
  gboolean     member_held;
  gboolean     kicked;
  gboolean     was_in;
  guint        listed;
  guint        changed;
  guint64      seqs[CM_CALL_N_ASPECTS];
} CmCall;

typedef struct _CmExchange CmExchange;

CmExchange *cm_exchange_new            (CmDecoder    *decoder);
void        cm_exchange_free           (CmExchange   *self);
gint64      cm_exchange_get_now        (CmExchange   *self);
void        cm_exchange_set_now        (CmExchange   *self,
                                        gint64        now);
void        cm_exchange_set_seconds    (CmExchange   *self,
                                        double        seconds);

CmPlace    *cm_exchange_open           (CmExchange   *self,
                                        const char   *id,
                                        const char   *name);
CmPlace    *cm_exchange_find_place     (CmExchange   *self,
                                        const char   *name);
CmPlace    *cm_exchange_get_only_place (CmExchange   *self);
CmPlace    *cm_exchange_get_place      (CmExchange   *self,
                                        const char   *id);
void        cm_exchange_close          (CmExchange   *self,
                                        const char   *id);
void        cm_exchange_close_all      (CmExchange   *self);
void        cm_exchange_set_locked     (CmExchange   *self,
                                        CmPlace      *place,
                                        gboolean      locked);
void        cm_exchange_add_route      (CmExchange   *self,
                                        const char   *destination,
                                        const char   *name);
CmPlace    *cm_exchange_find_route     (CmExchange   *self,
                                        const char   *destination);

gboolean    cm_exchange_has_route      (CmExchange   *self,
                                        const char   *destination);

CmCall     *cm_exchange_get_call       (CmExchange   *self,
                                        const char   *id);
CmCall     *cm_exchange_find_call      (CmExchange   *self,
                                        const char   *id);
CmCall     *cm_exchange_find_job       (CmExchange   *self,
                                        const char   *job);
CmCall     *cm_exchange_find_number    (CmExchange   *self,
                                        const char   *number);
CmCall     *cm_exchange_find_person    (CmPlace      *place,
                                        const char   *address);
char       *cm_exchange_dup_last_left  (CmExchange   *self,
                                        CmPlace      *place);
CmCall     *cm_exchange_find_guide     (CmExchange   *self,
                                        CmPlace      *place,
                                        const char   *address);
CmCall     *cm_exchange_find_handle    (CmExchange   *self,
                                        const char   *handle);
CmCall     *cm_exchange_find_failed    (CmExchange   *self,
                                        const char   *address,
                                        const char   *job,
                                        guint         since);
gboolean    cm_call_is_news            (CmCall       *self,
                                        CmCallAspect  aspect,
                                        guint64       seq);
void        cm_call_set_person         (CmCall       *self,
                                        const char   *number,
                                        const char   *name);
void        cm_call_set_handle         (CmCall       *self,
                                        const char   *handle);
void        cm_call_set_origin         (CmCall       *self,
                                        const char   *context,
                                        const char   *extension);
void        cm_exchange_identify       (CmExchange   *self,
                                        CmCall       *call,
                                        const char   *number,
                                        const char   *name);
void        cm_exchange_enter          (CmExchange   *self,
                                        CmCall       *call,
                                        CmPlace      *place);
void        cm_exchange_put            (CmExchange   *self,
                                        CmCall       *call,
                                        CmPlace      *place);
void        cm_exchange_advance        (CmExchange   *self,
                                        CmCall       *call,
                                        CmCallStage   stage);
void        cm_exchange_leave          (CmExchange   *self,
                                        CmCall       *call,
                                        guint32       status);
void        cm_exchange_hang_up        (CmExchange   *self,
                                        CmCall       *call,
                                        guint32       status);
void        cm_exchange_withdraw       (CmExchange   *self,
                                        CmCall       *call);
void        cm_exchange_explain        (CmExchange   *self,
                                        CmCall       *call,
                                        guint32       status);
void        cm_exchange_refresh        (CmExchange   *self,
                                        CmCall       *call);

void        cm_exchange_connect        (CmExchange   *self,
                                        CmCall       *caller,
                                        CmCall       *callee);
void        cm_exchange_bridge         (CmExchange   *self,
                                        CmCall       *call,
                                        const char   *bridge);
void        cm_exchange_move           (CmExchange   *self,
                                        CmCall       *call,
                                        CmPlace      *place);

guint       cm_exchange_begin_list     (CmExchange   *self);
void        cm_exchange_end_members    (CmExchange   *self,
                                        CmPlace      *place,
                                        guint         list);
void        cm_exchange_end_places     (CmExchange   *self,
                                        guint         list);
void        cm_exchange_end_calls      (CmExchange   *self,
                                        guint         list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmExchange, cm_exchange_free)

G_END_DECLS

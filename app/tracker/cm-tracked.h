/* cm-tracked.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document.h"
#include "tracker/cm-attention.h"
#include "tracker/cm-contact.h"
#include "tracker/cm-crowd.h"
#include "tracker/cm-leg-facts.h"

G_BEGIN_DECLS

/* What the tracker keeps. These structs are the tracker's own; everybody else
 * gets documents. */

typedef struct _CmTrackedSource CmTrackedSource;
typedef struct _CmTrackedLeg CmTrackedLeg;
typedef struct _CmTrackedConversation CmTrackedConversation;

/* Of a member's audio nothing is known. */
#define CM_MEMBER_STATE_UNKNOWN (-2)

/**
 * CmMember:
 * @state: a #CmModalityState, or %CM_MEMBER_STATE_UNKNOWN
 * @state_name: (nullable): what the source called a state that is not known
 * @present: in the leg's roster now
 * @mentioned: named since the source began to announce everything anew
 * @connected: since when the audio is connected
 * @status: why the member went, or 0
 * @seen: the stamp of the last report of presence or audio
 * @role_seen: the stamp of the last report of the role
 * @muted_seen: likewise
 *
 * One person as one leg lists him. Stamps count the tracker's events: of two
 * reports the later one is believed.
 */
typedef struct
{
  CmContact *contact;
  char      *name;       /* GRefString */
  char      *state_name; /* GRefString */
  gint64     connected;
  gint64     left;
  guint64    seen;
  guint64    role_seen;
  guint64    muted_seen;
  guint32    status;
  gint8      state;
  gint8      presenter;  /* CmTristate, as are the next */
  gint8      leader;
  gint8      lobby;
  gint8      muted;
  gint8      organizer;
  guint      is_self : 1;
  guint      present : 1;
  guint      mentioned : 1;
} CmMember;

/**
 * CmLegTold:
 * @gone: when the station left or the leg ended, ms UTC, or %CM_TIME_NONE
 * @audio_video_name: (nullable): see #CmTrackedLeg, as are the rest
 *
 * What a leg was like when its people were told of last.
 */
typedef struct
{
  CmPhase  phase;
  gboolean confirmed;
  gint64   gone;
  char    *audio_video_name;
  gint64   connected;
  guint64  seen;
  guint32  status;
  gint8    audio_video;
  gboolean audio_video_seen;
} CmLegTold;

/**
 * CmLegStanding:
 * @follows: a leg that its station has had before is followed by it
 * @is_followed: see cm_leg_counts_note(); only of one that it is a matter for
 * @inside: its place among those in the conference, counted from 1; 0 where it is none
 * @is_counted: it stands for anything
 *
 * What a leg counts as among the legs of its conversation.
 */
typedef struct
{
  CmPhase phase;
  CmKind  kind;
  guint   inside;
  guint   live : 1;
  guint   silent : 1;
  guint   follows : 1;
  guint   is_followed : 1;
  guint   is_counted : 1;
} CmLegStanding;

/* What one leg tells for all of a conversation. */
typedef enum
{
  CM_TOLD_NAME,
  CM_TOLD_SUBJECT,
  CM_TOLD_LOCKED,
  CM_TOLD_ACCESS_TYPE,
  CM_TOLD_ACCESS,
  CM_N_TOLD,
} CmTold;

/**
 * CmLegCounts:
 * @phases: how many legs have each; one that has been followed by another is not among
 *   them
 * @kinds: likewise, of all
 * @live: whose sources are in the call
 * @open: that have not ended
 * @silent: of those, whose sources do not answer
 * @inside: (nullable) (element-type CmTrackedLeg): those in the conference, in no order
 * @tellers: (nullable): who tells what
 * @lost: a bit for each of whom nobody knows who tells it now
 * @is_kept: the legs are counted at all
 *
 * What the legs of a conversation come to, kept up leg by leg: there may be thousands,
 * and an event changes one.
 */
typedef struct
{
  guint         phases[CM_PHASE_ENDED + 1];
  guint         kinds[CM_KIND_CONFERENCE + 1];
  guint         live;
  guint         open;
  guint         silent;
  GPtrArray    *inside;
  CmTrackedLeg *tellers[CM_N_TOLD];
  guint         lost;
  gboolean      is_kept;
} CmLegCounts;

/**
 * CmTrackedLeg:
 * @key: for the source's table; the bytes are those of @conversation
 * @state_name: (nullable): what the source called a state that is not known;
 *   likewise @audio_video_name and @stage_name
 * @status: why the leg left or ended, or 0; the first reason stands
 * @stage_since: when ConferenceEscalationProgress last changed
 * @step_since: since when the stage that is reached runs
 * @started: when the call began: see cm_tracked_leg_settle()
 * @connected: since when the source's own audio is connected
 * @seen: the stamp of the last report on the source's own audio
 * @serial: the stamp of the leg's first event
 * @conference_seen: the stamp of the last report on the conference
 * @touched: the tracker's time at the leg's last event, ms UTC
 * @index: (nullable) (element-type CmContact guint): of many members the place of
 *   each, counted from 1; made when somebody is looked for
 * @selves: (nullable) (element-type CmContact): the source's own user
 * @n_waiting: how many wait in the lobby
 * @banner: the one that was told last
 * @place: counts the legs that its conversation has ever had
 * @standing: what it counts as there
 * @is_over: it is counted there as one that has ended
 * @placed: it is in the conversation that it belongs to
 * @is_changed: something of it may have changed since the last look
 * @is_untold: or before, and the draft does not say it
 */
struct _CmTrackedLeg
{
  CmText                 key;
  CmTrackedSource       *source;
  CmTrackedConversation *parent;
  char                  *id;               /* GRefString, as are the next */
  char                  *conversation;
  char                  *subject;
  char                  *inviter;
  char                  *state_name;
  char                  *audio_video_name;
  char                  *stage_name;
  char                  *uri;
  char                  *conference_key;
  char                  *organizer;
  char                  *access_type;
  CmAccess              *access;
  GArray                *members;          /* CmMember */
  GHashTable            *index;
  GPtrArray             *selves;
  CmLegTold              told;
  CmLegFacts             facts;
  CmTiming               timing;
  gint64                 stage_since;
  gint64                 step_since;
  gint64                 started;
  gint64                 connected;
  guint64                seen;
  guint64                serial;
  guint64                conference_seen;
  gint64                 touched;
  guint32                status;
  CmPhase                phase;
  CmTristate             locked;
  CmBanner               banner;
  guint                  n_waiting;
  guint                  place;
  CmLegStanding          standing;
  guint                  mentioned : 1;
  guint                  is_over : 1;
  guint                  placed : 1;
  guint                  is_changed : 1;
  guint                  is_untold : 1;
};

/**
 * CmTrackedConversation:
 * @legs: (element-type CmTrackedLeg): owned, in the order in which they came
 * @orphans: (nullable) (element-type CmTrackedLeg): of them, those that their sources
 *   have begun anew
 * @ended_legs: (nullable) (element-type CmTrackedLeg): of many of them, those that have
 *   ended, in the same order
 * @untold_place: where it stands among those that are to be told
 * @n_placed: how many legs have ever come
 * @n_ended: how many of them have ended
 * @counts: what they come to
 * @published: (nullable): the document that subscribers have
 * @draft: (nullable): what will be, once it is told: its people are true at each look, and
 *   all else when it is completed
 * @crowd: how many people of its roster are what
 * @touched: (nullable) (element-type utf8): the addresses of those of whom something
 *   else may be to be told since the last look
 * @changed_legs: (nullable) (element-type CmTrackedLeg): likewise
 * @gone_legs: (nullable) (element-type utf8): the ids of legs that are no more since
 * @untold_legs: (nullable) (element-type CmTrackedLeg): those that had changed before,
 *   since the draft was completed
 * @untold_gone: (nullable) (element-type utf8): likewise
 * @is_dirty: to be looked at
 * @is_untold: the draft is to be told
 * @is_stale: the whole roster has to be told anew
 * @is_reborn: what is published was made out of something else: of a conversation that
 *   had the same id, or in an earlier life of the tracker
 * @was_over: see cm_tracked_conversation_settle()
 * @started: when the call began, for the age
 * @ended_link: the place among the ended, where it is one of them
 * @attention: (nullable): what the rules remember, once it is published
 * @deadline: (nullable): when a rule has to look again
 */
struct _CmTrackedConversation
{
  char             *id;        /* GRefString, as is the next */
  char             *replaces;
  GPtrArray        *legs;
  GPtrArray        *orphans;
  GPtrArray        *ended_legs;
  guint             untold_place;
  guint             n_placed;
  guint             n_ended;
  CmLegCounts       counts;
  CmDocument       *published;
  CmDocument       *draft;
  CmCrowd           crowd;
  GPtrArray        *touched;
  GPtrArray        *changed_legs;
  GPtrArray        *gone_legs;
  GPtrArray        *untold_legs;
  GPtrArray        *untold_gone;
  CmAttentionState *attention;
  GSequenceIter    *deadline;
  gint64            started;
  gint64            ended;
  GList             ended_link;
  guint             is_dirty : 1;
  guint             is_untold : 1;
  guint             is_ended : 1;
  guint             is_stale : 1;
  guint             is_reborn : 1;
  guint             was_over : 1;
};

CmTrackedLeg *cm_tracked_leg_new            (CmTrackedSource      *source,
                                             const char           *source_id,
                                             CmText                conversation,
                                             guint64               serial,
                                             gint64                at);
void          cm_tracked_leg_free           (CmTrackedLeg         *self,
                                             CmContactBook        *book);
CmMember     *cm_tracked_leg_find_member    (CmTrackedLeg         *self,
                                             const CmContact      *contact);
CmMember     *cm_tracked_leg_add_member     (CmTrackedLeg         *self,
                                             CmContact            *contact);
void          cm_tracked_leg_remove_member  (CmTrackedLeg         *self,
                                             guint                 place,
                                             CmContactBook        *book);
void          cm_tracked_leg_set_uri        (CmTrackedLeg         *self,
                                             CmText                uri);
void          cm_tracked_leg_set_access     (CmTrackedLeg         *self,
                                             CmJsonReader         *reader,
                                             CmText                json);
void          cm_tracked_leg_set_audio_video (CmTrackedLeg         *self,
                                             CmModalityState       state,
                                             gint64                at);
void          cm_tracked_leg_set_progress   (CmTrackedLeg         *self,
                                             CmProgress            progress,
                                             gint64                at);
void          cm_tracked_leg_set_status     (CmTrackedLeg         *self,
                                             guint32               status);
void          cm_tracked_leg_settle         (CmTrackedLeg         *self,
                                             gint64                at);
gint64        cm_tracked_leg_get_stage_since
                                            (const CmTrackedLeg   *self);
void          cm_tracked_leg_build          (const CmTrackedLeg   *self,
                                             CmLeg                *leg);
gboolean      cm_tracked_leg_is_live        (const CmTrackedLeg   *self);
gboolean      cm_tracked_leg_is_confirmed   (const CmTrackedLeg   *self);
char         *cm_tracked_leg_dup_id         (const char           *source,
                                             CmText                conversation);

void          cm_tracked_leg_add_self       (CmTrackedLeg         *self,
                                             CmContact            *contact);

gboolean      cm_member_is_waiting          (const CmMember       *self);
void          cm_member_set_present         (CmMember             *self,
                                             gboolean              present,
                                             guint32               status,
                                             gint64                at);
void          cm_member_set_state           (CmMember             *self,
                                             const CmValue        *state,
                                             guint32               status,
                                             gint64                at);

CmDocument   *cm_tracked_conversation_build (CmTrackedConversation *self,
                                             CmCrowd               *crowd);
void          cm_tracked_conversation_settle_head
                                            (const CmTrackedConversation *self,
                                             CmDocument            *document);
const CmDocument *
              cm_tracked_conversation_complete
                                            (CmTrackedConversation *self);
void          cm_tracked_conversation_settle (CmTrackedConversation *self,
                                             const CmCrowd         *crowd,
                                             CmDocument            *document,
                                             gboolean               is_new);

void          cm_ref_string_set             (char                **member,
                                             CmText                text);
void          cm_ref_string_share           (char                **member,
                                             char                 *string);

G_END_DECLS

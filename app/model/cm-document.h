/* cm-document.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-event.h"
#include "model/cm-enums.h"
#include "model/cm-items.h"

G_BEGIN_DECLS

#define CM_DOCUMENT_ERROR (cm_document_error_quark ())

/* A tristate of the documents: what is not known is absent from the JSON. */
typedef enum
{
  CM_UNKNOWN = -1,
  CM_NO = 0,
  CM_YES = 1,
} CmTristate;

typedef enum
{
  CM_DOCUMENT_ERROR_JSON,
  CM_DOCUMENT_ERROR_TYPE,
  CM_DOCUMENT_ERROR_LIMIT,
} CmDocumentError;

/* In all the structs of a document: strings are #GRefString, %NULL where the
 * value is not known or does not apply; times are ms UTC, or %CM_TIME_NONE;
 * durations are ms. */

typedef struct
{
  char       *id;        /* what a caller dials in with, not the focus id */
  char       *join_url;
  char      **numbers;   /* (nullable): a GStrv */
} CmAccess;

typedef struct
{
  char       *uri;
  char       *key;       /* "user@domain/id"; only a focus URI has one */
  char       *organizer; /* an address */
  CmTristate  locked;
  char       *access_type;
  CmAccess    access;
} CmConference;

/**
 * CmPerson:
 * @address: the key: a normalised URI, see cm_address_normalize()
 * @state: the name of a #CmModalityState, or what the source called it
 * @joined: since when the person's audio is connected
 * @left: when the person went; %CM_TIME_NONE while there
 * @left_reason: a token of cm-words.h, or a source's own words
 * @availability: as published, or -1
 * @confirmed: whether a source that can be trusted now has said so
 * @role_known: the tracker's own, not in the JSON: some source told the role
 *
 * One line of a conversation's roster.
 */
typedef struct
{
  char     *address;
  gatomicrefcount refs;
  char     *name;
  CmRole    role;
  char     *state;
  CmTristate muted;
  gboolean  is_self;
  gboolean  is_organizer;
  gint64    joined;
  gint64    left;
  char     *left_reason;
  gint64    availability;
  char     *activity;
  gboolean  confirmed;
  gboolean  role_known;
} CmPerson;

/**
 * CmEscalation:
 * @stage: the name of a #CmProgress, or what the source called it; %NULL where
 *   the leg never escalated
 * @step: counted from 1; 0 before the path's first step
 * @steps: how many steps the leg's own path has
 * @since: when the stage was reached
 * @result: the HRESULT, unsigned; -1 where none was told
 * @restarts: how often the path began anew
 */
typedef struct
{
  char   *stage;
  guint   step;
  guint   steps;
  gint64  since;
  gint64  result;
  guint   restarts;
} CmEscalation;

/* The stages that a time is kept for are the SDK's 1 to 6. */
#define CM_N_TIMED_STAGES 7

typedef struct
{
  gint64 added;
  gint64 rang;
  gint64 answered;
  gint64 joined;
  gint64 left;
  gint64 ended;
  gint64 ring;       /* ms; what still runs is not in it: see the *_since */
  gint64 talk;
  gint64 hold;       /* ms; the user's own holds only */
  gint64 ring_since;
  gint64 talk_since;
  gint64 hold_since;
  gint64 stages[CM_N_TIMED_STAGES]; /* ms by CmProgress, -1 where not passed */
} CmTiming;

/**
 * CmLeg:
 * @id: the key, "source#conversation"
 * @reason: why the leg left, ended or failed: a token of cm-words.h or a
 *   source's own words
 * @silent_since: since when the source is not connected, ms UTC
 */
typedef struct
{
  char         *id;
  gatomicrefcount refs;
  char         *source;
  char         *conversation;
  CmPhase       phase;
  CmLegRole     role;
  CmLegDirection direction;
  char         *inviter;
  char         *state;
  char         *audio_video;
  CmEscalation  escalation;
  CmBanner      banner;
  char         *reason;
  CmTiming      timing;
  gboolean      confirmed;
  gint64        silent_since;
} CmLeg;

typedef struct
{
  char    *rule;
  CmLevel  level;
  gint64   since;
  char    *leg;       /* the id of the leg that is meant, if one is */
} CmAttention;

/**
 * CmDocument:
 * @persons: of CmPerson, by address; see cm_document_get_person()
 * @legs: of CmLeg, by id; see cm_document_get_leg()
 * @attention: (element-type CmAttention): the worst first; where there is none it is
 *   everybody's, and only cm_document_add_attention() makes it one to be changed
 * @replaces: the id that this conversation had before
 * @refs: how many share it
 *
 * What a subscriber gets of one conversation.
 */
typedef struct
{
  char         *id;
  CmKind        kind;
  CmPhase       phase;
  gboolean      live;
  char         *subject;
  CmConference  conference;
  gint64        started;
  gint64        ended;
  CmItems       persons;
  CmItems       legs;
  GPtrArray    *attention;
  char         *replaces;
  gatomicrefcount refs;
} CmDocument;

#define CM_DOCUMENT_DEPTH 3

GQuark       cm_document_error_quark   (void);
CmDocument  *cm_document_new           (const char        *id);
CmDocument  *cm_document_new_shared    (char              *id);
CmDocument  *cm_document_copy          (const CmDocument  *self);
CmDocument  *cm_document_ref           (const CmDocument  *self);
void         cm_document_free          (CmDocument        *self);
void         cm_document_fetch         (const CmDocument  *self,
                                        guint              depth);
const CmPerson *cm_document_get_person (const CmDocument  *self,
                                        guint              i);
const CmLeg *cm_document_get_leg       (const CmDocument  *self,
                                        guint              i);
const CmPerson *cm_document_find_person (const CmDocument *self,
                                        const char        *address);
const CmLeg *cm_document_find_leg      (const CmDocument  *self,
                                        const char        *id);
CmPerson    *cm_document_add_person    (CmDocument        *self,
                                        const char        *address);
CmLeg       *cm_document_add_leg       (CmDocument        *self,
                                        const char        *id);
CmPerson    *cm_document_edit_person   (CmDocument        *self,
                                        guint              i);
CmLeg       *cm_document_edit_leg      (CmDocument        *self,
                                        guint              i);
CmPerson    *cm_document_set_person    (CmDocument        *self,
                                        const char        *address,
                                        const CmPerson    *person);
void         cm_document_clear_persons (CmDocument        *self);
void         cm_document_share_items   (CmDocument        *self,
                                        const CmDocument  *from);
void         cm_document_leave_changed (CmDocument        *self,
                                        CmDocument        *other);
void         cm_document_take_person   (CmDocument        *self,
                                        CmPerson          *person);
void         cm_document_take_leg      (CmDocument        *self,
                                        CmLeg             *leg);
void         cm_document_remove_person (CmDocument        *self,
                                        const char        *address);
void         cm_document_remove_leg    (CmDocument        *self,
                                        const char        *id);
GPtrArray   *cm_attention_list_new     (void);
CmAttention *cm_attention_list_add     (GPtrArray         *list);
CmAttention *cm_document_add_attention (CmDocument        *self);
void         cm_document_clear_attention (CmDocument      *self);
void         cm_document_share_attention
                                       (CmDocument        *self,
                                        GPtrArray         *attention);
void         cm_document_write         (const CmDocument  *self,
                                        GString           *out);
gboolean     cm_document_write_patch   (const CmDocument  *before,
                                        const CmDocument  *after,
                                        GString           *out);
gboolean     cm_document_equal         (const CmDocument  *a,
                                        const CmDocument  *b);
gboolean     cm_document_apply         (CmDocument        *self,
                                        CmJsonReader      *patch,
                                        GError           **error);

void         cm_person_init            (CmPerson          *self,
                                        char              *address);
void         cm_person_clear           (CmPerson          *self);
gboolean     cm_person_equal           (const CmPerson    *a,
                                        const CmPerson    *b);
void         cm_leg_init               (CmLeg             *self,
                                        char              *id);

gboolean     cm_document_apply_from    (CmDocument        *self,
                                        CmFieldReader     *patch,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmDocument, cm_document_free)

G_END_DECLS

/* cm-reason.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tokens in which a document says why somebody left or why something
 * failed. cm-words.h has the words for them; whatever is none of them is a
 * source's own words, or a status code that nobody has words for. */
#define CM_REASON_LEFT "left"
#define CM_REASON_HUNG_UP "hung-up"
#define CM_REASON_ENDED "ended"
#define CM_REASON_REMOVED "removed"
#define CM_REASON_NOT_CONFIRMED "not-confirmed"
#define CM_REASON_PENDING_MODALITIES "pending-modalities"
#define CM_REASON_NOT_LEADER "not-leader"
#define CM_REASON_NOT_IN_MULTI_PARTY "not-in-multi-party"
#define CM_REASON_ALREADY_IN_CONFERENCE "already-in-conference"
#define CM_REASON_ESCALATING "escalating"
#define CM_REASON_ANSWERED_BY_ANOTHER_PERSON "answered-by-another-person"
#define CM_REASON_ANSWERED_ELSEWHERE "answered-elsewhere"
#define CM_REASON_CANNOT_HOLD "cannot-hold"
#define CM_REASON_ON_HOLD "on-hold"
#define CM_REASON_TRANSFER_REJECTED "transfer-rejected"
#define CM_REASON_AUTO_REJECTED "auto-rejected"
#define CM_REASON_DO_NOT_DISTURB "do-not-disturb"
#define CM_REASON_CANCELLED "cancelled"
#define CM_REASON_INVALID_STATE "invalid-state"
#define CM_REASON_TIMED_OUT "timed-out"
#define CM_REASON_FAILED "failed"
#define CM_REASON_CONFERENCE_ENDING "conference-ending"
#define CM_REASON_BUSY "busy"
#define CM_REASON_NO_ANSWER "no-answer"
#define CM_REASON_REJECTED "rejected"
#define CM_REASON_NO_SUCH_NUMBER "no-such-number"
#define CM_REASON_UNREACHABLE "unreachable"
#define CM_REASON_NETWORK "network"

/* "The user was removed by a conference presenter." */
#define CM_STATUS_REMOVED 0x80F30C2EU

/* A hang-up cause of the telephone network, as telephone exchanges number it:
 * 1 to 127 is ITU-T Q.850, table 1; above that is FreeSWITCH's switch_call_cause_t. */
#define CM_STATUS_CAUSE(cause) (0x08500000U | (guint32) (cause))

char    *cm_reason_dup_from_status (guint32     status);
guint32  cm_reason_get_status      (const char *reason);

G_END_DECLS

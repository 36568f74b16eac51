/* cm-test-rule.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "support/cm-test-desk.h"

G_BEGIN_DECLS

#define SECONDS(n) ((n) * G_GINT64_CONSTANT (1000))

/* Ann calls Bob; then the call is a conference. */
#define IN_CALL "a/1 added; a/1 in ann isSelf=true; a/1 in bob; a/1 av Connecting; a/1 av Connected; a/1 av Connected bob; "
#define IN_CONFERENCE IN_CALL "a/1 uri ann f1; "

#define CM_TEST_RULE_NEVER CM_RULE_OFF

/**
 * CmTestRule:
 * @rule: its name
 * @script: what brings the rule's state about with its last event
 * @notice: ms until the notice
 * @warning: ms until the warning
 * @way_out: what ends the state with its last event
 * @left: (nullable): a person goes, with whom it is over too
 *
 * A way into each rule that lasts, and the ways out. Flapping counts and does not last.
 */
typedef struct
{
  const char *rule;
  const char *script;
  gint64      notice;
  gint64      warning;
  const char *way_out;
  const char *left;
} CmTestRule;

/* The table ends with one that has no name. */
extern const CmTestRule cm_test_rules[];

/* A desk where the rule's thresholds are those of the table. */
CmTestDesk        *cm_test_rule_desk_new     (const CmTestRule *rule);

/* What the rules say of the one conversation of a desk. */
const CmDocument  *cm_test_rule_get_document (CmTestDesk *desk);
const CmAttention *cm_test_rule_find         (CmTestDesk *desk,
                                              const char *rule);
void               cm_test_rule_advance      (CmTestDesk *desk,
                                              gint64      now);
void               cm_test_rule_expect       (CmTestDesk *desk,
                                              const char *rule,
                                              CmLevel     level,
                                              gint64      since);
gint64             cm_test_rule_play         (CmTestDesk *desk,
                                              const char *script);

G_END_DECLS

/* cm-follow-secrets.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/* Called once, when all is looked up. */
typedef void (*CmFollowFoundFunc) (gpointer user_data);

/* Called with the reason where a secret could not be kept. */
typedef void (*CmFollowFaultFunc) (const char *reason,
                                   gpointer    user_data);

/* The secrets of systems that the user has entered: they are kept where the tokens of
 * trackers are. */
void cm_follow_secrets_find   (GPtrArray          *configs,
                               GCancellable       *cancellable,
                               CmFollowFoundFunc   func,
                               GObject            *object);
void cm_follow_secrets_keep   (CmFeedConfig       *config,
                               CmFollowFaultFunc   func,
                               GObject            *object);
void cm_follow_secrets_forget (CmFeedConfig       *config);

G_END_DECLS

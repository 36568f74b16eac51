/* cm-hub-poll.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*CmHubPollFunc) (gpointer user_data);

/* Many streams that seldom have something to read, as one source of the main loop:
 * the loop asks for each source of its own each time it goes round. */
typedef struct _CmHubPoll CmHubPoll;
typedef struct _CmHubRead CmHubRead;

CmHubPoll *cm_hub_poll_new    (CmHubPollFunc  func);
void       cm_hub_poll_free   (CmHubPoll     *self);

CmHubRead *cm_hub_read_new    (CmHubPoll     *poll,
                               GIOStream     *stream,
                               gpointer       user_data);
void       cm_hub_read_free   (CmHubRead     *self);

G_END_DECLS

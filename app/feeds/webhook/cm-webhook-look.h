/* cm-webhook-look.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * CmWebhookLookFuncs:
 * @ask: (transfer full) (nullable): the next question; %NULL where all is asked,
 *   where it cannot be asked, or not yet: after cm_webhook_look_pause()
 * @hear: takes the answer to it; returns whether it is one
 * @done: all is asked as it was at a time in ms UTC of the system's own clock, or
 *   the look has failed: with %G_IO_ERROR_BUSY where the system is there, but does
 *   not answer now
 * @has_our_clock: what the system posts is told by our clock, and so is this
 */
typedef struct
{
  SoupMessage *(* ask)  (gpointer       user_data,
                         GError       **error);
  gboolean     (* hear) (SoupMessage   *message,
                         GBytes        *answer,
                         gpointer       user_data,
                         GError       **error);
  void         (* done) (gint64         at,
                         const GError  *error,
                         gpointer       user_data);
  gboolean      has_our_clock;
} CmWebhookLookFuncs;

/**
 * CmWebhookLook:
 *
 * A look at all that a system knows now, by one HTTP request after the other: no
 * answer is longer than it may be, or is waited for without end.
 */
typedef struct _CmWebhookLook CmWebhookLook;

CmWebhookLook *cm_webhook_look_new           (const CmWebhookLookFuncs  *funcs,
                                              gpointer                   user_data);
void           cm_webhook_look_free          (CmWebhookLook             *self);
void           cm_webhook_look_start         (CmWebhookLook             *self);
void           cm_webhook_look_pause         (CmWebhookLook             *self);
void           cm_webhook_look_go_on         (CmWebhookLook             *self,
                                              const GError              *error);
guint          cm_webhook_look_get_wait      (CmWebhookLook             *self);
gboolean       cm_webhook_look_check_address (const char                *address,
                                              GError                   **error);
char          *cm_webhook_look_dup_place     (const char                *address,
                                              const char                *path);

G_END_DECLS

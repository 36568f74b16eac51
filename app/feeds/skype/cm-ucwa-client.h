/* cm-ucwa-client.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "feeds/cm-feed-config.h"

G_BEGIN_DECLS

/**
 * CmUcwaClient:
 *
 * Requests to a Skype for Business server in the name of a user: whose token it
 * sends is read from a file, or asked of a program, once more whenever the server
 * takes it for too old.
 */
typedef struct _CmUcwaClient CmUcwaClient;

/* @status is of HTTP; @body is what was answered, JSON or not; where there was no
 * answer @error says why. */
typedef void (*CmUcwaAnswerFunc) (guint         status,
                                  GBytes       *body,
                                  const GError *error,
                                  gpointer      user_data);

CmUcwaClient *cm_ucwa_client_new      (CmFeedConfig      *config);
void          cm_ucwa_client_free     (CmUcwaClient      *self);
gboolean      cm_ucwa_client_set_base (CmUcwaClient      *self,
                                       const char        *address);
void          cm_ucwa_client_send     (CmUcwaClient      *self,
                                       const char        *method,
                                       const char        *href,
                                       JsonNode          *body,
                                       CmUcwaAnswerFunc   func,
                                       GDestroyNotify     cancelled,
                                       gpointer           user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmUcwaClient, cm_ucwa_client_free)

G_END_DECLS

/* cm-address.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/cm-text.h"

G_BEGIN_DECLS

/**
 * CmConferenceUri:
 * @uri: as it was given, less prefix and query: what a client can join
 * @organizer: the address of who created the conference
 * @key: (nullable): "user@domain/id", lower case; %NULL where the URI carries no
 *   focus id, since one person can hold several conferences
 */
typedef struct
{
  char *uri;
  char *organizer;
  char *key;
} CmConferenceUri;

char     *cm_address_normalize       (CmText           uri);
gboolean  cm_address_is_conference   (CmText           uri);
gboolean  cm_conference_uri_parse    (CmConferenceUri *self,
                                      CmText           uri);
void      cm_conference_uri_clear    (CmConferenceUri *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmConferenceUri, cm_conference_uri_clear)

G_END_DECLS

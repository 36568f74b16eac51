/* cm-connect-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "watch/remote/cm-remote-address.h"

G_BEGIN_DECLS

/* What the checks before a connection found, in sentences that say what to do. */
char *cm_connect_words_dup_unreachable (const CmRemoteAddress *address,
                                        const GError          *error);
char *cm_connect_words_dup_certificate (GTlsCertificate       *certificate);
char *cm_connect_words_dup_distrust    (const CmRemoteAddress *address,
                                        GTlsCertificate       *certificate,
                                        GTlsCertificateFlags   faults,
                                        gboolean               has_authority);
char *cm_connect_words_dup_no_tls      (const CmRemoteAddress *address,
                                        const GError          *error);
char *cm_connect_words_dup_broken      (const char            *host,
                                        const GError          *error);
char *cm_connect_words_dup_refused     (guint                  status,
                                        gboolean               has_token);
char *cm_connect_words_dup_role        (const char            *role,
                                        gboolean              *may_watch);

G_END_DECLS

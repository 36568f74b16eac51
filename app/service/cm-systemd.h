/* cm-systemd.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the service manager that has started us wants to know, and has for us. All of
 * it does nothing where there is none. */
GPtrArray *cm_systemd_take_sockets   (GError     **error);
void       cm_systemd_notify         (const char  *state);
guint      cm_systemd_start_watchdog (void);

G_END_DECLS

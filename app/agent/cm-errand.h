/* cm-errand.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmErrandFunc:
 * @reason: (nullable): why it was not done; %NULL where it was taken
 * @user_data: the caller's
 */
typedef void (*CmErrandFunc) (const char *reason,
                              gpointer    user_data);

void cm_errand_run (const char *const *argv,
                    const char        *text,
                    GCancellable      *cancellable,
                    CmErrandFunc       func,
                    gpointer           user_data);

G_END_DECLS

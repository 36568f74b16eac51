/* cm-toast.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_TOAST (cm_toast_get_type ())

G_DECLARE_FINAL_TYPE (CmToast, cm_toast, CM, TOAST, GtkWidget)

/* How long it is to be read, ms. */
#define CM_TOAST_TIME 4000

/* Says for a moment that the call that is looked at has ended. What goes on is said by
 * a banner.
 *
 * Properties: "conversation" (CmConversation, rw). */

G_END_DECLS

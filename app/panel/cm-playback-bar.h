/* cm-playback-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "watch/play/cm-playback.h"

G_BEGIN_DECLS

#define CM_TYPE_PLAYBACK_BAR (cm_playback_bar_get_type ())

G_DECLARE_FINAL_TYPE (CmPlaybackBar, cm_playback_bar, CM, PLAYBACK_BAR, GtkWidget)

/* Play and pause, position and speed of a recording; not there without one.
 * Property: "playback" (CmPlayback, rw). */
void cm_playback_bar_toggle (CmPlaybackBar *self);

G_END_DECLS

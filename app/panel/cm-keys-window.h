/* cm-keys-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CM_TYPE_KEYS_WINDOW (cm_keys_window_get_type ())

G_DECLARE_FINAL_TYPE (CmKeysWindow, cm_keys_window, CM, KEYS_WINDOW, GtkWindow)

#define CM_KEYS_MAX 2

/**
 * CmKeys:
 * @triggers: as gtk_accelerator_parse() reads them; what is not used is %NULL
 * @words: what they do, in English
 */
typedef struct
{
  const char *triggers[CM_KEYS_MAX];
  const char *words;
} CmKeys;

/* What the keys do. */
GtkWidget    *cm_keys_window_new      (GtkWindow *parent);
const CmKeys *cm_keys_window_get_keys (gsize     *n);

G_END_DECLS

/* cm-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CmOptions:
 * @demo: start the demo
 * @dark: dark, whatever the desktop says
 * @version: only tell the version
 * @speed: how fast a recording plays; 0 where it was not said
 * @at: where to go and pause, seconds; negative where it was not said
 * @width: of the window; 0 where it was not said
 * @height: likewise
 * @screenshot: (nullable): where a picture of the window goes
 * @action: (nullable): an action of the window or the application that comes first
 * @argument: (nullable): a file or an address
 * @edge: (nullable): the edge of the screen to pin the window to: "left", "right" or
 *   %CM_OPTIONS_LAST_EDGE
 *
 * What the command line says.
 */
typedef struct
{
  gboolean  demo;
  gboolean  dark;
  gboolean  version;
  double    speed;
  double    at;
  int       width;
  int       height;
  char     *screenshot;
  char     *action;
  char     *argument;
  char     *edge;
} CmOptions;

/* The edge that is remembered. */
#define CM_OPTIONS_LAST_EDGE "last"

void     cm_options_add_entries (GApplication *application);
gboolean cm_options_read        (CmOptions    *self,
                                 GVariantDict *dict,
                                 GError      **error);
void     cm_options_complete    (char        **arguments);
void     cm_options_clear       (CmOptions    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CmOptions, cm_options_clear)

G_END_DECLS

/* cm-opening.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-opening.h"

#include <glib/gi18n.h>

#include "watch/play/cm-demo.h"

/* What is to be seen in a demo is seen at once. */
static void
select_station (CmSession  *session,
                const char *station)
{
  GListModel *list = G_LIST_MODEL (cm_watch_get_conversations (cm_session_get_watch (session)));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (CmConversation) conversation = g_list_model_get_item (list, i);
      const CmDocument *document = cm_conversation_get_document (conversation);
      const CmLeg *leg = document->legs.len == 1 ? cm_document_get_leg (document, 0) : NULL;

      if (leg != NULL && g_str_equal (leg->source, station))
        cm_session_set_selected (session, conversation);
    }
}

/**
 * cm_opening_show_demo:
 * @session: what shows it
 * @desktop: what remembers it
 * @at: seconds from its start to go on to, or less than 0
 */
void
cm_opening_show_demo (CmSession *session,
                      CmDesktop *desktop,
                      double     at)
{
  g_autoptr (CmDemo) demo = cm_demo_new ();

  if (at >= 0)
    cm_demo_advance (demo, (gint64) (at * 1000));

  cm_session_set_watch (session, CM_WATCH (demo));
  cm_desktop_remember (desktop, CM_DESKTOP_DEMO);
  select_station (session, CM_DEMO_STATION);
}

/**
 * cm_opening_go_to:
 * @playback: a recording
 * @at: seconds from its start; it stands still there
 */
void
cm_opening_go_to (CmPlayback *playback,
                  double      at)
{
  cm_playback_set_playing (playback, FALSE);
  cm_playback_set_position (playback, (gint64) MIN (at * 1000, (double) G_MAXINT64 / 2));
}

/**
 * cm_opening_show_recording:
 * @session: what shows it
 * @desktop: what remembers it
 * @file: a recording
 * @speed: how many times as fast as it was recorded, or 0
 * @at: seconds from its start to stand still at, or less than 0
 *
 * Returns: %FALSE where it cannot be opened, which is shown
 */
gboolean
cm_opening_show_recording (CmSession *session,
                           CmDesktop *desktop,
                           GFile     *file,
                           double     speed,
                           double     at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmPlayback) playback = cm_playback_new (file, speed, &error);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *title = NULL;
  g_autofree char *uri = g_file_get_uri (file);

  if (playback == NULL)
    {
      title = g_strdup_printf (_ ("Could not open %s"), name);
      cm_session_set_fault (session, title, error->message);
      return FALSE;
    }

  if (at >= 0)
    cm_opening_go_to (playback, at);

  cm_session_set_watch (session, CM_WATCH (playback));
  cm_desktop_remember (desktop, uri);

  return TRUE;
}

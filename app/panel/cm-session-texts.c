/* cm-session-texts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-session-texts.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "watch/play/cm-demo.h"
#include "watch/play/cm-playback.h"
#include "watch/cm-watch-clock.h"

static char *
dup_sources (guint n)
{
  return g_strdup_printf (ngettext ("%u source", "%u sources", n), n);
}

static char *
dup_silent (guint n)
{
  /* Translators: how many of the sources, after “3 sources” */
  return n > 0 ? g_strdup_printf (ngettext ("%u does not answer", "%u do not answer", n), n) : NULL;
}

static gboolean
is_all_silent (CmWatch *watch,
               guint    n_silent)
{
  return n_silent > 0 && n_silent >= cm_watch_get_n_sources (watch);
}

static char *
dup_playback_state (CmPlayback *playback)
{
  gint64 position = cm_playback_get_position (playback);
  g_autofree char *age = NULL;

  if (cm_playback_get_playing (playback))
    /* Translators: how many times as fast as it was recorded */
    return g_strdup_printf (_ ("Playing a recording, %.3g times as fast"),
                            cm_playback_get_speed (playback));

  if (position >= cm_playback_get_duration (playback))
    return g_strdup (_ ("End of the recording"));

  age = cm_words_dup_age (position);

  /* Translators: minutes and seconds from its start */
  return g_strdup_printf (_ ("Recording paused at %s"), age);
}

static char *
dup_playback (CmPlayback *playback,
              guint       n_silent)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint n = cm_playback_get_n_faults (playback);
  char *loading = cm_playback_dup_loading (playback);

  g_ptr_array_add (parts, dup_playback_state (playback));
  if (loading != NULL)
    g_ptr_array_add (parts, loading);
  if (n > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u line skipped",
                                                       "%u lines skipped", n), n));
  g_ptr_array_add (parts, dup_silent (n_silent));

  return cm_words_dup_join (parts, " · ");
}

/* What is not live has no delay. */
static void
add_connection (GPtrArray *parts,
                CmWatch   *watch)
{
  gint64 delay = cm_watch_get_delay (watch);
  gint64 skew = cm_watch_get_skew (watch);
  char *words;

  if (cm_watch_get_status (watch) != CM_WATCH_LIVE)
    return;

  if (delay != CM_TIME_NONE)
    /* Translators: milliseconds from an event to its being shown */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%u ms"), (guint) CLAMP (delay, 0, G_MAXUINT)));

  if (cm_watch_get_unsaved (watch))
    /* Translators: of what the tracker hears: it cannot write it to its disk */
    g_ptr_array_add (parts, g_strdup (_ ("not saved")));

  words = skew != CM_TIME_NONE ? cm_session_texts_dup_skew (skew) : NULL;
  if (words != NULL)
    g_ptr_array_add (parts, words);
}

static const char *
get_state (CmWatch *watch,
           guint    n_silent)
{
  if (cm_watch_get_moment (watch) != CM_TIME_NONE)
    /* Translators: a moment of the past is shown */
    return _ ("Not live");
  if (CM_IS_DEMO (watch))
    return _ ("Demo");

  switch (cm_watch_get_status (watch))
    {
    case CM_WATCH_LIVE:
      return is_all_silent (watch, n_silent) ? _ ("No source answers") : _ ("Live");
    case CM_WATCH_LOST:
      return _ ("No connection");
    case CM_WATCH_PAUSED:
      return _ ("Paused");
    case CM_WATCH_CONNECTING:
    default:
      return _ ("Connecting");
    }
}

/**
 * cm_session_texts_dup_title:
 * @n_items: how many calls are in the list
 * @n_total: how many would be without search and filter
 * @whole: whether that is all there is: all who report are heard
 *
 * Returns: (transfer full): "12 calls", "3 of 12 calls"
 */
char *
cm_session_texts_dup_title (guint    n_items,
                            guint    n_total,
                            gboolean whole)
{
  if (n_items < n_total)
    /* Translators: how many are shown, of how many there are */
    return g_strdup_printf (ngettext ("%u of %u call", "%u of %u calls", n_total),
                            n_items, n_total);
  if (n_items == 0)
    /* Translators: there may be some: not all who report them are heard */
    return g_strdup (whole ? _ ("No calls") : _ ("No calls known"));

  return g_strdup_printf (ngettext ("%u call", "%u calls", n_items), n_items);
}

/* Returns: (nullable) (transfer full): "2 need attention" */
char *
cm_session_texts_dup_subtitle (guint n_attention)
{
  if (n_attention == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%u needs attention", "%u need attention", n_attention),
                          n_attention);
}

/* Returns: (nullable) (transfer full): "2 hidden calls need attention" */
char *
cm_session_texts_dup_hidden (guint n_hidden)
{
  if (n_hidden == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%u hidden call needs attention",
                                    "%u hidden calls need attention", n_hidden),
                          n_hidden);
}

/**
 * cm_session_texts_dup_skew:
 * @skew: how far the tracker's clock is before this computer's, ms
 *
 * Ages are counted by the tracker's clock; times of day are the reader's.
 *
 * Returns: (nullable) (transfer full): what is to be said about it
 */
char *
cm_session_texts_dup_skew (gint64 skew)
{
  g_autofree char *span = cm_words_dup_span (ABS (skew));

  if (ABS (skew) <= CM_WATCH_CLOCK_MAX_SKEW)
    return NULL;

  /* Translators: a span like “5 min” */
  return skew > 0 ? g_strdup_printf (_ ("The tracker’s clock is %s ahead"), span)
                  : g_strdup_printf (_ ("The tracker’s clock is %s behind"), span);
}

/**
 * cm_session_texts_is_whole:
 * @watch: (nullable): a watch
 * @n_silent: how many of its sources do not answer
 *
 * Returns: whether what is shown is all there is
 */
gboolean
cm_session_texts_is_whole (CmWatch *watch,
                           guint    n_silent)
{
  return watch != NULL && n_silent == 0 && cm_watch_get_status (watch) != CM_WATCH_LOST &&
         cm_watch_get_status (watch) != CM_WATCH_CONNECTING;
}

/* Returns: (transfer full): why the list is empty, in a few words */
char *
cm_session_texts_dup_empty_title (CmWatch *watch,
                                  guint    n_silent)
{
  CmWatchStatus status = watch != NULL ? cm_watch_get_status (watch) : CM_WATCH_CONNECTING;

  if (status == CM_WATCH_CONNECTING || status == CM_WATCH_LOST)
    return g_strdup (watch != NULL ? get_state (watch, n_silent) : NULL);
  if (is_all_silent (watch, n_silent))
    return g_strdup (_ ("No source answers"));

  return cm_session_texts_dup_title (0, 0, cm_session_texts_is_whole (watch, n_silent));
}

/* Returns: (transfer full): the same in sentences */
char *
cm_session_texts_dup_empty_text (CmWatch *watch,
                                 guint    n_silent)
{
  CmWatchStatus status = watch != NULL ? cm_watch_get_status (watch) : CM_WATCH_CONNECTING;

  if (status == CM_WATCH_CONNECTING)
    return g_strdup (_ ("Calls appear as soon as the tracker answers."));
  if (status == CM_WATCH_LOST)
    return g_strdup (_ ("There was no call when the tracker was heard last. Whether there is one "
                        "now is not known."));
  if (n_silent > 0)
    return g_strdup_printf (ngettext ("%u source does not answer. It may have calls that are not "
                                      "shown here.",
                                      "%u sources do not answer. They may have calls that are not "
                                      "shown here.", n_silent), n_silent);
  if (cm_watch_get_n_sources (watch) == 0)
    return g_strdup (_ ("Nobody reports to the tracker yet. A call appears as soon as a station or "
                        "a server tells of one."));

  return g_strdup (_ ("Nobody who reports here is in a call now. A call appears as soon as it rings."));
}

/**
 * cm_session_texts_dup_status:
 * @watch: (nullable): a watch
 * @n_silent: how many of its sources do not answer
 *
 * Returns: (nullable) (transfer full): the line at the foot of the window: what is
 *   shown, and whether it is live
 */
char *
cm_session_texts_dup_status (CmWatch *watch,
                             guint    n_silent)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (watch == NULL)
    return NULL;
  if (CM_IS_PLAYBACK (watch))
    return dup_playback (CM_PLAYBACK (watch), n_silent);

  g_ptr_array_add (parts, g_strdup (get_state (watch, n_silent)));
  if (cm_watch_get_error (watch) != NULL)
    g_ptr_array_add (parts, g_strdup (cm_watch_get_error (watch)));
  else
    g_ptr_array_add (parts, dup_sources (cm_watch_get_n_sources (watch)));
  if (!is_all_silent (watch, n_silent))
    g_ptr_array_add (parts, dup_silent (n_silent));
  add_connection (parts, watch);

  return cm_words_dup_join (parts, " · ");
}

/* Returns: (nullable): the name of an icon that goes with it */
const char *
cm_session_texts_get_status_icon (CmWatch *watch,
                                  guint    n_silent)
{
  if (watch == NULL)
    return NULL;
  if (CM_IS_PLAYBACK (watch))
    return cm_playback_get_playing (CM_PLAYBACK (watch)) ? "media-playback-start-symbolic"
                                                         : "media-playback-pause-symbolic";
  if (cm_watch_get_status (watch) == CM_WATCH_LOST)
    return "network-offline-symbolic";
  if (n_silent > 0)
    return "dialog-warning-symbolic";

  return CM_IS_DEMO (watch) ? "starred-symbolic" : "object-select-symbolic";
}

/* cm-words-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-words.h"

#include <glib/gi18n-lib.h>

/**
 * cm_words_dup_age:
 * @age: ms
 *
 * Returns: (transfer full): "00:42", "42:10", "1:02:10"; figures that tick
 */
char *
cm_words_dup_age (gint64 age)
{
  gint64 seconds = MAX (age, 0) / 1000;
  guint minutes = (guint) (seconds / 60 % 60);

  if (seconds < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (C_ ("age", "%02u:%02u"), minutes, (guint) (seconds % 60));

  /* Translators: hours, minutes and seconds */
  return g_strdup_printf (C_ ("age", "%u:%02u:%02u"),
                          (guint) (seconds / 3600), minutes, (guint) (seconds % 60));
}

/**
 * cm_words_dup_span:
 * @span: ms
 *
 * Returns: (transfer full): the span in its one largest unit: "42 s", "5 min", "2 h"
 */
char *
cm_words_dup_span (gint64 span)
{
  gint64 seconds = MAX (span, 0) / 1000;

  if (seconds < 60)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%u s"), (guint) seconds);

  if (seconds < 3600)
    /* Translators: minutes */
    return g_strdup_printf (_ ("%u min"), (guint) (seconds / 60));

  /* Translators: hours */
  return g_strdup_printf (_ ("%u h"), (guint) (seconds / 3600));
}

/**
 * cm_words_dup_seconds:
 * @span: ms
 *
 * Returns: (transfer full): the span with tenths of a second: "6.1 s"
 */
char *
cm_words_dup_seconds (gint64 span)
{
  /* Translators: seconds, with one decimal; the space is one that does not break */
  return g_strdup_printf (_ ("%.1f\302\240s"), (double) MAX (span, 0) / 1000.0);
}

/**
 * cm_words_dup_clock:
 * @time: ms UTC
 *
 * Returns: (transfer full): the time of day where the user is: "14:02:51"
 */
char *
cm_words_dup_clock (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("");
}

/* cm-banner-texts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-banner-texts.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

/**
 * cm_banner_texts_set_lost:
 * @text: what a banner says
 * @now: of when what is shown is, ms UTC
 */
void
cm_banner_texts_set_lost (CmBannerText *text,
                          gint64        now)
{
  g_autofree char *clock = cm_words_dup_clock (now);

  cm_banner_text_clear (text);
  /* Translators: the time of day of what is shown */
  text->words = g_strdup_printf (_ ("No connection to the tracker, showing %s"), clock);
  text->button = _ ("Reconnect");
  text->action = CM_BANNER_ACTION_RECONNECT;
}

/**
 * cm_banner_texts_set_refused:
 * @text: what a banner says of a leg that was left; the leg stays
 * @refusal: why it could not rejoin
 */
void
cm_banner_texts_set_refused (CmBannerText *text,
                             const char   *refusal)
{
  g_free (text->words);
  text->words = g_strdup_printf (_ ("Could not rejoin the call: %s"), refusal);
  text->button = _ ("Try Again");
  text->action = CM_BANNER_ACTION_TRY_AGAIN;
}

/**
 * cm_banner_texts_set_several_left:
 * @text: what a banner says
 * @n: how many calls the user has left
 */
void
cm_banner_texts_set_several_left (CmBannerText *text,
                                  guint         n)
{
  cm_banner_text_clear (text);
  text->words = g_strdup_printf (ngettext ("You have left %u call", "You have left %u calls", n),
                                 n);
  text->button = _ ("Show");
  text->action = CM_BANNER_ACTION_SHOW;
}

/**
 * cm_banner_texts_set_silent:
 * @text: what a banner says: nothing
 * @silence: a source that does not answer
 * @now: the tracker's time, ms UTC
 */
void
cm_banner_texts_set_silent (CmBannerText    *text,
                            const CmSilence *silence,
                            gint64           now)
{
  text->words = cm_silence_dup_words (silence, now);
  text->button = _ ("Details");
  text->action = CM_BANNER_ACTION_DETAILS;
}

/**
 * cm_banner_texts_set_unsaved:
 * @text: what a banner says: nothing
 *
 * There is nothing that whoever watches could do about it here.
 */
void
cm_banner_texts_set_unsaved (CmBannerText *text)
{
  text->words = g_strdup (_ ("The tracker is live but cannot save: its disk may be full"));
}

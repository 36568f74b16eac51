/* cm-banner-texts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/cm-document-words.h"
#include "model/cm-silence.h"

G_BEGIN_DECLS

/* What a banner says that is not of one leg alone. */
void cm_banner_texts_set_lost         (CmBannerText    *text,
                                       gint64           now);
void cm_banner_texts_set_refused      (CmBannerText    *text,
                                       const char      *refusal);
void cm_banner_texts_set_several_left (CmBannerText    *text,
                                       guint            n);
void cm_banner_texts_set_silent       (CmBannerText    *text,
                                       const CmSilence *silence,
                                       gint64           now);
void cm_banner_texts_set_unsaved (CmBannerText *text);

G_END_DECLS

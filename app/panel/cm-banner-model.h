/* cm-banner-model.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "watch/cm-watch.h"

G_BEGIN_DECLS

#define CM_TYPE_BANNER_MODEL (cm_banner_model_get_type ())

G_DECLARE_FINAL_TYPE (CmBannerModel, cm_banner_model, CM, BANNER_MODEL, GObject)

/* The one banner there is: the first that applies.
 *
 * Properties, read-only and notified: "words" (NULL while there is none), "button"
 * (what its button says, NULL where it has none), "hint" (why the button can do
 * nothing, NULL while it can).
 *
 * Signal "activated" (guint: a CmBannerAction): an action that is not the tracker's,
 * but the window's: to show something. */
CmBannerModel *cm_banner_model_new              (void);
void           cm_banner_model_set_watch        (CmBannerModel  *self,
                                                 CmWatch        *watch);
void           cm_banner_model_set_conversation (CmBannerModel  *self,
                                                 CmConversation *conversation);
void           cm_banner_model_set_mirrored_leg (CmBannerModel  *self,
                                                 const char     *leg);
void           cm_banner_model_activate         (CmBannerModel  *self);
void           cm_banner_model_rejoin           (CmBannerModel  *self);

CmBannerAction cm_banner_model_get_action       (CmBannerModel  *self);
GPtrArray     *cm_banner_model_get_silences     (CmBannerModel  *self);
void           cm_banner_model_set_my_stations  (CmBannerModel      *self,
                                                 const char * const *stations);

G_END_DECLS

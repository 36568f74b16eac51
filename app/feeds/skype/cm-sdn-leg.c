/* cm-sdn-leg.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-sdn-leg.h"

#include "model/cm-address.h"

/* Returns: (transfer full): a leg of which nothing is known */
CmSdnLeg *
cm_sdn_leg_new (void)
{
  CmSdnLeg *self = g_new0 (CmSdnLeg, 1);

  self->states[0] = self->states[1] = CM_SDN_NO_STATE;
  self->at = G_MININT64;

  return self;
}

/**
 * cm_sdn_leg_free:
 * @self: (transfer full): a leg
 */
void
cm_sdn_leg_free (CmSdnLeg *self)
{
  g_free (self->ends[0]);
  g_free (self->ends[1]);
  g_free (self);
}

/**
 * cm_sdn_is_conference:
 * @uri: (nullable): one end of a signal
 *
 * Returns: whether it is a conference, and no person
 */
gboolean
cm_sdn_is_conference (const char *uri)
{
  return uri != NULL && cm_address_is_conference (cm_text_from_string (uri));
}

/**
 * cm_sdn_leg_find_ends:
 * @self: a leg without ends
 * @signal: what happened to it
 * @conference: whether it is one of a conference: then one person has it
 *
 * Whose leg it is, as far as the signal tells.
 */
void
cm_sdn_leg_find_ends (CmSdnLeg          *self,
                      const CmSdnSignal *signal,
                      gboolean           conference)
{
  const char *ends[] = { signal->from, signal->to };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (ends[i] != NULL && !cm_sdn_is_conference (ends[i]) && (n == 0 || !conference))
        self->ends[n++] = cm_address_normalize (cm_text_from_string (ends[i]));
    }
}

/**
 * cm_sdn_leg_is_end:
 * @self: a leg
 * @signal: a medium of it has ended, or all of it
 *
 * Returns: whether the signal ends the whole leg: not where only the camera is
 *   switched off
 */
gboolean
cm_sdn_leg_is_end (CmSdnLeg          *self,
                   const CmSdnSignal *signal)
{
  if (signal->kind != CM_SDN_BYE && g_strcmp0 (signal->media, "video") == 0)
    {
      self->media &= ~CM_SDN_VIDEO;
      return (self->media & CM_SDN_AUDIO) == 0;
    }

  return signal->kind == CM_SDN_BYE || signal->media == NULL || g_str_equal (signal->media, "audio") ||
         self->media == 0;
}

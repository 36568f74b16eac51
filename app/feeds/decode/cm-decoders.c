/* cm-decoders.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-decoder.h"

#include "feeds/exchange/cm-asterisk.h"
#include "feeds/webhook/cm-bigbluebutton.h"
#include "feeds/exchange/cm-freeswitch.h"
#include "feeds/webhook/cm-graph.h"
#include "feeds/janus/cm-janus.h"
#include "feeds/webhook/cm-livekit.h"
#include "feeds/skype/cm-sdn.h"
#include "feeds/skype/cm-ucwa.h"
#include "feeds/webhook/cm-zoom.h"

typedef struct
{
  const char *name;
  GType     (*get_type) (void);
} Entry;

/* Each system is registered here and nowhere else. */
static const Entry entries[] = {
  { "asterisk", cm_asterisk_get_type },
  { "bigbluebutton", cm_bigbluebutton_get_type },
  { "freeswitch", cm_freeswitch_get_type },
  { "graph", cm_graph_get_type },
  { "janus", cm_janus_get_type },
  { "livekit", cm_livekit_get_type },
  { "sdn", cm_sdn_get_type },
  { "ucwa", cm_ucwa_get_type },
  { "zoom", cm_zoom_get_type },
  { NULL, NULL }
};

/**
 * cm_decoder_new_for_name:
 * @name: the feed's name: "janus"
 * @source: (nullable): the id of the source; the feed's name where there is none
 *
 * Returns: (transfer full) (nullable): a decoder of that feed
 */
CmDecoder *
cm_decoder_new_for_name (const char *name,
                         const char *source)
{
  for (guint i = 0; entries[i].name != NULL; i++)
    {
      if (g_str_equal (entries[i].name, name))
        return g_object_new (entries[i].get_type (), "source", source != NULL ? source : name, NULL);
    }

  return NULL;
}

/**
 * cm_decoder_get_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): the feeds that there are
 */
const char * const *
cm_decoder_get_names (void)
{
  static const char *names[G_N_ELEMENTS (entries)];

  for (guint i = 0; entries[i].name != NULL; i++)
    names[i] = entries[i].name;

  return names;
}

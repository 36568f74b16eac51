/* cm-janus-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/janus/cm-janus-json.h"

#define PLUGIN_PREFIX "janus.plugin."

/**
 * cm_janus_dup_id:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Rooms and people have numbers, or strings where the plugin's string_ids is on.
 *
 * Returns: (transfer full) (nullable): the id, where there is one of a length
 *   that can be
 */
char *
cm_janus_dup_id (JsonObject *object,
                 const char *name)
{
  g_autofree char *text = cm_record_dup_text (object, name);

  return text != NULL && strlen (text) <= CM_JANUS_MAX_ID ? g_steal_pointer (&text) : NULL;
}

/**
 * cm_janus_get_plugin:
 * @object: (nullable): what has a "plugin"
 *
 * Returns: (transfer none) (nullable): "audiobridge" or "videoroom", the plugins
 *   that have rooms with people
 */
const char *
cm_janus_get_plugin (JsonObject *object)
{
  const char *plugin = cm_record_get_string (object, "plugin");

  if (plugin == NULL || !g_str_has_prefix (plugin, PLUGIN_PREFIX))
    return NULL;

  plugin += strlen (PLUGIN_PREFIX);

  return g_str_equal (plugin, "audiobridge") || g_str_equal (plugin, "videoroom") ? plugin : NULL;
}

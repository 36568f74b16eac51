/* cm-janus-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-janus-json.h"

#define PLUGIN_PREFIX "janus.plugin."

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
    ? node : NULL;
}

/**
 * cm_janus_get_string:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is a string
 */
const char *
cm_janus_get_string (JsonObject *object,
                     const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * cm_janus_get_object:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is an object
 */
JsonObject *
cm_janus_get_object (JsonObject *object,
                     const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cm_janus_get_array:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is an array
 */
JsonArray *
cm_janus_get_array (JsonObject *object,
                    const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * cm_janus_get_integer:
 * @object: (nullable): an object
 * @name: of one of its members
 * @otherwise: what is returned where it is not an integer
 *
 * Returns: the member, or @otherwise
 */
gint64
cm_janus_get_integer (JsonObject *object,
                      const char *name,
                      gint64      otherwise)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : otherwise;
}

/**
 * cm_janus_get_number:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: the member; 0 where it is not a number
 */
double
cm_janus_get_number (JsonObject *object,
                     const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_DOUBLE);

  return node != NULL ? json_node_get_double (node) : (double) cm_janus_get_integer (object, name, 0);
}

/**
 * cm_janus_get_flag:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: 0 or 1; -1 where the member is not a boolean
 */
int
cm_janus_get_flag (JsonObject *object,
                   const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) != FALSE : -1;
}

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
  JsonNode *number = get_value (object, name, G_TYPE_INT64);
  const char *string = cm_janus_get_string (object, name);

  if (number != NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (number));

  return string != NULL && string[0] != '\0' && strlen (string) <= CM_JANUS_MAX_ID
    ? g_strdup (string) : NULL;
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
  const char *plugin = cm_janus_get_string (object, "plugin");

  if (plugin == NULL || !g_str_has_prefix (plugin, PLUGIN_PREFIX))
    return NULL;

  plugin += strlen (PLUGIN_PREFIX);

  return g_str_equal (plugin, "audiobridge") || g_str_equal (plugin, "videoroom") ? plugin : NULL;
}

/**
 * cm_janus_is_blank:
 * @bytes: a record
 * @size: how many bytes
 *
 * Returns: whether there is nothing in it
 */
gboolean
cm_janus_is_blank (const char *bytes,
                   gsize       size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isspace (bytes[i]))
        return FALSE;
    }

  return TRUE;
}

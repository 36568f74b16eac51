/* cm-record-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-record-json.h"

#include "core/cm-json-reader.h"
#include "feeds/cm-janus-json.h"

/**
 * cm_record_json_parse:
 * @decoder: whose record it is
 * @bytes: the record
 * @size: how many bytes
 *
 * Only what the strict reader takes for JSON gets as far as JSON-GLib.
 */
JsonParser *
cm_record_json_parse (CmDecoder  *decoder,
                      const char *bytes,
                      gsize       size)
{
  g_autoptr(JsonParser) parser = NULL;

  if (cm_janus_is_blank (bytes, size))
    return NULL;

  parser = json_parser_new_immutable ();
  if (cm_json_validate (bytes, size, NULL) && json_parser_load_from_data (parser, bytes, (gssize) size, NULL))
    return g_steal_pointer (&parser);

  cm_decoder_fault (decoder, "the record is not JSON");

  return NULL;
}

/**
 * cm_record_json_get_object:
 * @node: (nullable): anything
 *
 * Returns: (nullable) (transfer none): the object, if it is one
 */
JsonObject *
cm_record_json_get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cm_record_json_dup_text:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (nullable) (transfer full): the member where it is a text that is not
 *   empty, or the digits of a whole number
 */
char *
cm_record_json_dup_text (JsonObject *object,
                         const char *name)
{
  const char *text = cm_janus_get_string (object, name);
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (text != NULL)
    return text[0] != '\0' ? g_strdup (text) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
    ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
    : NULL;
}

/* cm-record-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-record-json.h"

#include "core/cm-json-reader.h"

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
 * cm_record_get_string:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is a string
 */
const char *
cm_record_get_string (JsonObject *object,
                      const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * cm_record_get_object:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is an object
 */
JsonObject *
cm_record_get_object (JsonObject *object,
                      const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cm_record_get_array:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (transfer none) (nullable): the member, where it is an array
 */
JsonArray *
cm_record_get_array (JsonObject *object,
                     const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * cm_record_get_integer:
 * @object: (nullable): an object
 * @name: of one of its members
 * @otherwise: what is returned where it is not an integer
 *
 * Returns: the member, or @otherwise
 */
gint64
cm_record_get_integer (JsonObject *object,
                       const char *name,
                       gint64      otherwise)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : otherwise;
}

/**
 * cm_record_get_number:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: the member; 0 where it is not a number
 */
double
cm_record_get_number (JsonObject *object,
                      const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_DOUBLE);

  return node != NULL ? json_node_get_double (node) : (double) cm_record_get_integer (object, name, 0);
}

/**
 * cm_record_get_flag:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: 0 or 1; -1 where the member is not a boolean
 */
int
cm_record_get_flag (JsonObject *object,
                    const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) != FALSE : -1;
}

/**
 * cm_record_is_blank:
 * @bytes: a record
 * @size: how many bytes
 *
 * Returns: whether there is nothing in it
 */
gboolean
cm_record_is_blank (const char *bytes,
                    gsize       size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (!g_ascii_isspace (bytes[i]))
        return FALSE;
    }

  return TRUE;
}

/* Only what the strict reader takes for JSON gets as far as JSON-GLib. */
static JsonParser *
load (const char *bytes,
      gsize       size)
{
  g_autoptr(JsonParser) parser = NULL;

  if (!cm_json_validate (bytes, size, NULL))
    return NULL;

  parser = json_parser_new_immutable ();

  return json_parser_load_from_data (parser, bytes, (gssize) size, NULL) ? g_steal_pointer (&parser) : NULL;
}

/**
 * cm_record_parse:
 * @decoder: whose record it is
 * @bytes: the record
 * @size: how many bytes
 *
 * Returns: (nullable) (transfer full): the record, taken apart; %NULL where it is
 *   blank, or no JSON, which is told
 */
JsonParser *
cm_record_parse (CmDecoder  *decoder,
                 const char *bytes,
                 gsize       size)
{
  JsonParser *parser;

  if (cm_record_is_blank (bytes, size))
    return NULL;

  parser = load (bytes, size);
  if (parser == NULL)
    cm_decoder_fault (decoder, "the record is not JSON");

  return parser;
}

/**
 * cm_record_parse_object:
 * @bytes: what a server has answered, or what was posted
 * @size: how many bytes
 *
 * Returns: (nullable) (transfer full): the same; %NULL where it is not a JSON object
 */
JsonParser *
cm_record_parse_object (const char *bytes,
                        gsize       size)
{
  g_autoptr(JsonParser) parser = size > 0 ? load (bytes, size) : NULL;

  return parser != NULL && JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)) ? g_steal_pointer (&parser) : NULL;
}

/**
 * cm_record_parse_body:
 * @body: (nullable): of an answer or a post
 *
 * Returns: (nullable) (transfer full): the same
 */
JsonParser *
cm_record_parse_body (GBytes *body)
{
  gsize size = 0;
  const char *bytes = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  return cm_record_parse_object (bytes, size);
}

/* Returns: (transfer none): the object that cm_record_parse_object() has found */
JsonObject *
cm_record_get_root (JsonParser *parser)
{
  return parser != NULL ? json_node_get_object (json_parser_get_root (parser)) : NULL;
}

/**
 * cm_record_as_object:
 * @node: (nullable): anything
 *
 * Returns: (nullable) (transfer none): the object, if it is one
 */
JsonObject *
cm_record_as_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * cm_record_dup_text:
 * @object: (nullable): an object
 * @name: of one of its members
 *
 * Returns: (nullable) (transfer full): the member where it is a text that is not
 *   empty, or the digits of a whole number
 */
char *
cm_record_dup_text (JsonObject *object,
                    const char *name)
{
  const char *text = cm_record_get_string (object, name);
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (text != NULL)
    return text[0] != '\0' ? g_strdup (text) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
    ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
    : NULL;
}

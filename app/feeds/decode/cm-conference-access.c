/* cm-conference-access.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/decode/cm-conference-access.h"

#include <json-glib/json-glib.h>

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * cm_conference_access_dup:
 * @id: (nullable): the id that is dialled
 * @join_url: (nullable): the address by which it is joined
 * @number: (nullable): the telephone number
 *
 * Returns: (nullable) (transfer full): the JSON of a ConferenceAccessInformation;
 *   %NULL where there is nothing to say
 */
char *
cm_conference_access_dup (const char *id,
                          const char *join_url,
                          const char *number)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  if (id == NULL && join_url == NULL && number == NULL)
    return NULL;

  json_builder_begin_object (builder);
  add_text (builder, "Id", id);
  add_text (builder, "ExternalUrl", join_url);
  if (number != NULL)
    {
      json_builder_set_member_name (builder, "AutoAttendantNumbers");
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, number);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

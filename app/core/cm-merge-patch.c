/* cm-merge-patch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-merge-patch.h"

static JsonNode *
take_object (JsonNode *target)
{
  if (target != NULL && JSON_NODE_HOLDS_OBJECT (target))
    return target;

  g_clear_pointer (&target, json_node_unref);
  target = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (target, json_object_new ());

  return target;
}

static void
apply_member (JsonObject *target,
              const char *name,
              JsonNode   *patch)
{
  JsonNode *member;

  if (JSON_NODE_HOLDS_NULL (patch))
    {
      json_object_remove_member (target, name);
      return;
    }

  member = json_object_dup_member (target, name);
  json_object_set_member (target, name, cm_merge_patch_apply (member, patch));
}

/**
 * cm_merge_patch_apply:
 * @target: (transfer full) (nullable): what is to be changed; not sealed. Its
 *   objects are changed in place
 * @patch: (transfer none): a merge patch. It must come from a text that the strict
 *   reader has let through, which bounds its depth
 *
 * Applies a merge patch as RFC 7396, section 2 has it. Objects of the result are
 * never those of @patch, so that another patch leaves this one alone; arrays are
 * shared.
 *
 * Returns: (transfer full): the result
 */
JsonNode *
cm_merge_patch_apply (JsonNode *target,
                      JsonNode *patch)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_val_if_fail (patch != NULL, target);

  if (!JSON_NODE_HOLDS_OBJECT (patch))
    {
      g_clear_pointer (&target, json_node_unref);
      return json_node_copy (patch);
    }

  target = take_object (target);
  json_object_iter_init (&iter, json_node_get_object (patch));

  while (json_object_iter_next (&iter, &name, &member))
    apply_member (json_node_get_object (target), name, member);

  return target;
}

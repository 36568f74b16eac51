/* test-merge-patch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-merge-patch.h"

typedef struct
{
  const char *original;
  const char *patch;
  const char *result;
} Example;

/* RFC 7396, appendix A. */
static const Example examples[] = {
  { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
  { "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
  { "{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}" },
  { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
  { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}" },
  { "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
  { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
  { "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
  { "{\"a\":\"foo\"}", "null", "null" },
  { "{\"a\":\"foo\"}", "\"bar\"", "\"bar\"" },
  { "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
  { "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
  { "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}" },
};

static JsonNode *
parse (const char *json)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);

  return node;
}

static void
check_result (JsonNode   *node,
              const char *expected)
{
  g_autoptr(JsonNode) expected_node = parse (expected);

  g_assert_true (json_node_equal (node, expected_node));
}

static void
test_examples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr(JsonNode) patch = parse (examples[i].patch);
      g_autoptr(JsonNode) result = cm_merge_patch_apply (parse (examples[i].original), patch);

      g_test_message ("example %u", i);
      check_result (result, examples[i].result);
      check_result (patch, examples[i].patch);
    }
}

static void
test_nothing_before (void)
{
  g_autoptr(JsonNode) patch = parse ("{\"a\":{\"b\":null,\"c\":1}}");
  g_autoptr(JsonNode) result = cm_merge_patch_apply (NULL, patch);

  check_result (result, "{\"a\":{\"c\":1}}");
}

/* The result of one patch is changed by the next; the first stays as it was. */
static void
test_patch_is_left_alone (void)
{
  g_autoptr(JsonNode) first = parse ("{\"a\":{\"b\":{\"c\":1}},\"d\":[{\"e\":1}]}");
  g_autoptr(JsonNode) second = parse ("{\"a\":{\"b\":{\"c\":null,\"f\":2}},\"d\":null}");
  g_autoptr(JsonNode) result = cm_merge_patch_apply (NULL, first);

  result = cm_merge_patch_apply (g_steal_pointer (&result), second);
  check_result (result, "{\"a\":{\"b\":{\"f\":2}}}");
  check_result (first, "{\"a\":{\"b\":{\"c\":1}},\"d\":[{\"e\":1}]}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/merge-patch/examples", test_examples);
  g_test_add_func ("/merge-patch/nothing-before", test_nothing_before);
  g_test_add_func ("/merge-patch/patch-is-left-alone", test_patch_is_left_alone);

  return g_test_run ();
}

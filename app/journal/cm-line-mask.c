/* cm-line-mask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-line-mask.h"

#include <json-glib/json-glib.h>

struct _CmLineMask
{
  GRegex     *link;
  GRegex     *address;
  GRegex     *number;
  GHashTable *known; /* what was there → what stands for it */
  guint       n;
};

typedef struct
{
  CmLineMask *mask;
  const char *format;
} Replacing;

static const char *
get_substitute (CmLineMask *self,
                const char *text,
                const char *format)
{
  g_autofree char *key = g_utf8_casefold (text, -1);

  if (!g_hash_table_contains (self->known, key))
    {
      g_autofree char *number = g_strdup_printf ("%u", ++self->n);
      g_auto (GStrv) parts = g_strsplit (format, "#", 2);

      g_hash_table_insert (self->known, g_strdup (key), g_strconcat (parts[0], number, parts[1], NULL));
    }

  return g_hash_table_lookup (self->known, key);
}

static gboolean
replace_cb (const GMatchInfo *match,
            GString          *result,
            gpointer          user_data)
{
  Replacing *replacing = user_data;
  g_autofree char *text = g_match_info_fetch (match, 0);
  const char *substitute = get_substitute (replacing->mask, text, replacing->format);

  g_string_append (result, substitute);

  return FALSE;
}

static char *
replace (CmLineMask *self,
         GRegex     *regex,
         const char *text,
         const char *format)
{
  Replacing replacing = { self, format };

  return g_regex_replace_eval (regex, text, -1, 0, 0, replace_cb, &replacing, NULL);
}

/* Links first: there are addresses and digits in them. */
static char *
dup_masked (CmLineMask *self,
            const char *text)
{
  g_autofree char *addresses = NULL;

  if (g_regex_match (self->link, text, 0, NULL))
    return replace (self, self->link, text, "https://meet.example.com/link/L#");

  addresses = replace (self, self->address, text, "person#@example.com");

  return replace (self, self->number, addresses, "+1 555 01 #");
}

static gboolean
is_name (const char *member,
         const char *property)
{
  return g_str_equal (member, "name") || g_str_equal (member, "subject") ||
         (g_str_equal (member, "value") &&
          (g_strcmp0 (property, "Name") == 0 || g_strcmp0 (property, "Subject") == 0));
}

/* What one dials into a conference with: whatever it is like, it is a number. */
static gboolean
is_code (const char *member)
{
  return g_str_equal (member, "Id") || g_str_equal (member, "AdmissionKey");
}

static void
mask_node (CmLineMask *self,
           JsonNode   *node,
           const char *member,
           gboolean    name)
{
  g_autofree char *masked = NULL;

  if (is_code (member))
    {
      g_autofree char *code = json_node_get_value_type (node) == G_TYPE_STRING
        ? g_strdup (json_node_get_string (node)) : json_to_string (node, FALSE);

      json_node_set_string (node, get_substitute (self, code, "Code #"));
      return;
    }
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return;

  if (name)
    masked = g_strdup (get_substitute (self, json_node_get_string (node), "Name #"));
  else
    masked = dup_masked (self, json_node_get_string (node));
  json_node_set_string (node, masked);
}

static void
mask_value (CmLineMask *self,
            JsonNode   *node,
            const char *member,
            const char *property)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *child;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      mask_node (self, node, member, is_name (member, property));
      return;
    }

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        mask_value (self, json_array_get_element (array, i), member, property);
      return;
    }

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &child))
    {
      if (!g_str_equal (name, "at") && !g_str_equal (name, "event") && !g_str_equal (name, "property"))
        mask_value (self, child, name, property);
    }
}

CmLineMask *
cm_line_mask_new (void)
{
  CmLineMask *self = g_new0 (CmLineMask, 1);

  self->link = g_regex_new ("^https?://.*$", G_REGEX_OPTIMIZE, 0, NULL);
  self->address = g_regex_new ("[^\\s:/;,<>\"@]+@[^\\s:/;,<>\"@#]+", G_REGEX_OPTIMIZE, 0, NULL);
  self->number = g_regex_new ("\\+?[0-9][0-9 ().-]{5,}[0-9]", G_REGEX_OPTIMIZE, 0, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
cm_line_mask_free (CmLineMask *self)
{
  g_regex_unref (self->link);
  g_regex_unref (self->address);
  g_regex_unref (self->number);
  g_hash_table_unref (self->known);
  g_free (self);
}

/**
 * cm_line_mask_dup:
 * @self: a mask; it remembers what stands for what
 * @line: an event line that the strict reader has taken
 *
 * Returns: (transfer full): the line with other names, addresses, numbers and links
 */
char *
cm_line_mask_dup (CmLineMask *self,
                  const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  const char *property = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup ("");

  if (json_object_has_member (json_node_get_object (root), "property"))
    property = json_object_get_string_member (json_node_get_object (root), "property");
  mask_value (self, root, "", property);

  return json_to_string (root, FALSE);
}

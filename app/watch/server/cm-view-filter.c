/* cm-view-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-view-filter.h"

#include <gio/gio.h>

#include "cm-enum-types.h"
#include "core/cm-json-writer.h"
#include "model/cm-call-filter.h"

/* Longer values, and more words, nobody types. */
#define MAX_VALUE 256
#define MAX_SOURCES 32
#define MAX_WORDS 16

/* Each more multiplies what a match may take. */
#define MAX_STARS 2

/* No level, where all are meant. */
#define ANY_LEVEL (-1)

/**
 * CmViewFilter:
 * @name: all of it in one form: two that ask for the same have the same
 * @kinds: those of #CmKind that are asked for, as bits; 0 for all
 * @phases: likewise, of #CmPhase
 * @level: at least this #CmLevel of attention
 * @live: whether it has to be live
 * @sources: (nullable): one of these patterns has to fit the source of a leg
 * @words: (nullable): folded; all of them have to be there
 *
 * What of its conversations a view has. It looks only at what the view shows: what is
 * hidden cannot be found out by asking for it.
 */
struct _CmViewFilter
{
  GString    *name;
  guint       kinds;
  guint       phases;
  int         level;
  CmTristate  live;
  GPtrArray  *sources;
  char      **words;
};

typedef struct
{
  CmViewFilter *filter;
  gboolean      sees_sources;
  GError      **error;
} Parsing;

typedef gboolean (*ParseFunc) (Parsing    *self,
                               const char *key,
                               const char *value);

static gboolean G_GNUC_PRINTF (3, 4)
refuse (Parsing    *self,
        GIOErrorEnum code,
        const char *format,
        ...)
{
  va_list arguments;
  g_autofree char *reason = NULL;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (self->error, G_IO_ERROR, (int) code, reason);

  return FALSE;
}

static char *
dup_nicks (GEnumClass *values)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < values->n_values; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", values->values[i].value_nick);

  return g_string_free (out, FALSE);
}

/* Takes a list of the names of an enum as bits. */
static gboolean
parse_names (Parsing    *self,
             const char *key,
             const char *value,
             GType       type,
             guint      *bits)
{
  g_autoptr(GTypeClass) values = g_type_class_ref (type);
  g_auto(GStrv) names = g_strsplit (value, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      GEnumValue *found = g_enum_get_value_by_nick ((GEnumClass *) values, names[i]);
      g_autofree char *all = NULL;

      if (found != NULL)
        {
          *bits |= 1U << found->value;
          continue;
        }

      all = dup_nicks ((GEnumClass *) values);
      return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s is one or more of %s, with commas between them, not “%s”",
                     key, all, names[i]);
    }

  return TRUE;
}

static gboolean
parse_attention (Parsing    *self,
                 const char *key,
                 const char *value)
{
  if (g_str_equal (value, "notice"))
    self->filter->level = CM_LEVEL_NOTICE;
  else if (g_str_equal (value, "warning"))
    self->filter->level = CM_LEVEL_WARNING;
  else
    return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s is notice or warning, not “%s”", key, value);

  return TRUE;
}

static gboolean
parse_kind (Parsing    *self,
            const char *key,
            const char *value)
{
  return parse_names (self, key, value, CM_TYPE_KIND, &self->filter->kinds);
}

static gboolean
parse_phase (Parsing    *self,
             const char *key,
             const char *value)
{
  return parse_names (self, key, value, CM_TYPE_PHASE, &self->filter->phases);
}

static gboolean
parse_live (Parsing    *self,
            const char *key,
            const char *value)
{
  if (g_str_equal (value, "true"))
    self->filter->live = CM_YES;
  else if (g_str_equal (value, "false"))
    self->filter->live = CM_NO;
  else
    return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s is true or false, not “%s”", key, value);

  return TRUE;
}

static guint
count_stars (const char *pattern)
{
  guint n_stars = 0;

  for (; *pattern != '\0'; pattern++)
    n_stars += *pattern == '*';

  return n_stars;
}

/* Who is shown other names instead could find out which is which. */
static gboolean
parse_source (Parsing    *self,
              const char *key,
              const char *value)
{
  g_auto(GStrv) patterns = g_strsplit (value, ",", MAX_SOURCES + 1);

  if (!self->sees_sources)
    return refuse (self, G_IO_ERROR_PERMISSION_DENIED,
                   "this token is not shown the names of sources, and cannot ask for one");
  if (g_strv_length (patterns) > MAX_SOURCES)
    return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s names at most %d sources", key, MAX_SOURCES);

  self->filter->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) g_pattern_spec_free);
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      if (count_stars (patterns[i]) > MAX_STARS)
        return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s has at most %d stars in a name, unlike “%s”", key, MAX_STARS,
                       patterns[i]);
      g_ptr_array_add (self->filter->sources, g_pattern_spec_new (patterns[i]));
    }

  return TRUE;
}

static gboolean
parse_text (Parsing    *self,
            const char *key,
            const char *value)
{
  g_autofree char *folded = cm_search_fold (value);
  g_auto(GStrv) words = g_strsplit_set (folded, " \t\n\r", MAX_WORDS + 1);

  if (g_strv_length (words) > MAX_WORDS)
    return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s has at most %d words", key, MAX_WORDS);

  self->filter->words = g_steal_pointer (&words);

  return TRUE;
}

static const struct
{
  const char *key;
  ParseFunc   parse; /* NULL for what is no filter */
} keys[] = {
  { "attention", parse_attention },
  { "kind", parse_kind },
  { "live", parse_live },
  { "phase", parse_phase },
  { "source", parse_source },
  { "text", parse_text },
  { "person", NULL },
  { "epoch", NULL },
  { "since", NULL },
};

static gboolean
check_keys (Parsing    *self,
            GHashTable *query)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gboolean is_known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        is_known = is_known || g_str_equal (keys[i].key, key);
      if (!is_known)
        return refuse (self, G_IO_ERROR_INVALID_ARGUMENT,
                       "there is no “%.64s” to ask for: attention, kind, live, phase, source and text are known",
                       (const char *) key);
    }

  return TRUE;
}

/* The keys come in the order of the table, so that the same is always called the same. */
static gboolean
take_value (Parsing    *self,
            guint       place,
            const char *value)
{
  const char *key = keys[place].key;

  if (value[0] == '\0' || strlen (value) > MAX_VALUE || !g_utf8_validate (value, -1, NULL))
    return refuse (self, G_IO_ERROR_INVALID_ARGUMENT, "%s has from 1 to %d bytes of UTF-8", key, MAX_VALUE);

  g_string_append_printf (self->filter->name, "%s=", key);
  cm_json_write_string (self->filter->name, value);

  return keys[place].parse (self, key, value);
}

/**
 * cm_view_filter_parse:
 * @query: (nullable): what stands behind the "?" of a request
 * @sees_sources: the caller is shown the names of sources
 * @error: where a sentence goes: %G_IO_ERROR_INVALID_ARGUMENT, or
 *   %G_IO_ERROR_PERMISSION_DENIED for what this caller may not ask
 *
 * Returns: (nullable) (transfer full): what is asked for; all there is, where nothing
 *   is said
 */
CmViewFilter *
cm_view_filter_parse (GHashTable  *query,
                      gboolean     sees_sources,
                      GError     **error)
{
  g_autoptr(CmViewFilter) self = g_new0 (CmViewFilter, 1);
  Parsing parsing = { self, sees_sources, error };

  self->name = g_string_new (NULL);
  self->level = ANY_LEVEL;
  self->live = CM_UNKNOWN;
  if (query == NULL)
    return g_steal_pointer (&self);

  if (!check_keys (&parsing, query))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = keys[i].parse != NULL ? g_hash_table_lookup (query, keys[i].key) : NULL;

      if (value != NULL && !take_value (&parsing, i, value))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * cm_view_filter_free:
 * @self: (transfer full): a filter
 */
void
cm_view_filter_free (CmViewFilter *self)
{
  g_string_free (self->name, TRUE);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_strfreev (self->words);
  g_free (self);
}

/**
 * cm_view_filter_get_name:
 * @self: a filter
 *
 * Returns: (transfer none): what tells it from others; empty where it lets all through
 */
const char *
cm_view_filter_get_name (const CmViewFilter *self)
{
  return self->name->str;
}

static gboolean
has_level (const CmViewFilter *self,
           const CmDocument   *document)
{
  for (guint i = 0; i < document->attention->len; i++)
    {
      if ((int) ((const CmAttention *) g_ptr_array_index (document->attention, i))->level >= self->level)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_source (const CmViewFilter *self,
            const CmDocument   *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);

      for (guint j = 0; leg->source != NULL && j < self->sources->len; j++)
        {
          if (g_pattern_spec_match_string (g_ptr_array_index (self->sources, j), leg->source))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
has_words (const CmViewFilter *self,
           const CmDocument   *document)
{
  g_autofree char *text = cm_search_dup_text (document);

  return cm_search_match (text, self->words);
}

/**
 * cm_view_filter_match:
 * @self: a filter
 * @document: a conversation as the view shows it
 *
 * Returns: whether the view has it
 */
gboolean
cm_view_filter_match (const CmViewFilter *self,
                      const CmDocument   *document)
{
  if (self->kinds != 0 && (self->kinds & 1U << document->kind) == 0)
    return FALSE;
  if (self->phases != 0 && (self->phases & 1U << document->phase) == 0)
    return FALSE;
  if (self->live != CM_UNKNOWN && (self->live == CM_YES) != (document->live != FALSE))
    return FALSE;
  if (self->level != ANY_LEVEL && !has_level (self, document))
    return FALSE;
  if (self->sources != NULL && !has_source (self, document))
    return FALSE;

  return self->words == NULL || has_words (self, document);
}

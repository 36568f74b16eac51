/* cm-remote-sources.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-remote-sources.h"

#include "core/cm-time.h"
#include "model/cm-silence.h"

/* No tracker follows more. */
#define MAX_SOURCES 100000

typedef struct
{
  CmActions actions;
  gboolean  is_lost;
  gint64    since;   /* when that began, ms UTC */
} Source;

struct _CmRemoteSources
{
  GHashTable *sources;
};

/* An action of a later version is one that nobody here asks for. */
static gboolean
read_actions (CmJsonReader *reader,
              CmActions    *actions)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_ARRAY)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_STRING)
    {
      g_autofree char *name = cm_text_dup (cm_json_reader_get_text (reader));
      CmAction action;

      if (cm_action_parse (name, &action))
        *actions |= 1u << action;
    }

  return token == CM_JSON_ARRAY_END;
}

static gboolean
read_since (CmJsonReader *reader,
            gint64       *since)
{
  CmTimeCache cache = { 0 };

  return cm_json_reader_next (reader) == CM_JSON_STRING &&
         cm_time_parse (&cache, cm_json_reader_get_text (reader), since);
}

static gboolean
read_member (CmJsonReader *reader,
             CmText        name,
             Source       *source)
{
  if (cm_text_equal (name, CM_TEXT ("actions")))
    return read_actions (reader, &source->actions);
  if (cm_text_equal (name, CM_TEXT ("since")))
    return read_since (reader, &source->since);
  if (!cm_text_equal (name, CM_TEXT ("status")))
    return cm_json_reader_skip (reader);
  if (cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  source->is_lost = cm_text_equal (cm_json_reader_get_text (reader), CM_TEXT ("Lost"));

  return TRUE;
}

static gboolean
read_source (CmJsonReader *reader,
             Source       *source)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!read_member (reader, cm_json_reader_get_text (reader), source))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

CmRemoteSources *
cm_remote_sources_new (void)
{
  CmRemoteSources *self = g_new0 (CmRemoteSources, 1);

  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
cm_remote_sources_free (CmRemoteSources *self)
{
  g_hash_table_unref (self->sources);
  g_free (self);
}

/* What comes next is another tracker's, or the same one's after a restart. */
void
cm_remote_sources_clear (CmRemoteSources *self)
{
  g_hash_table_remove_all (self->sources);
}

/**
 * cm_remote_sources_read:
 * @self: the sources
 * @reader: in front of the object that tells of some of them
 *
 * What is not told of now stays as it was told.
 *
 * Returns: %FALSE where it is not what a tracker says
 */
gboolean
cm_remote_sources_read (CmRemoteSources *self,
                        CmJsonReader    *reader)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      g_autofree char *id = cm_text_dup (cm_json_reader_get_text (reader));
      Source source = { .since = CM_TIME_NONE };

      if (!read_source (reader, &source))
        return FALSE;
      if (g_hash_table_size (self->sources) < MAX_SOURCES)
        g_hash_table_replace (self->sources, g_steal_pointer (&id), g_memdup2 (&source, sizeof source));
    }

  return token == CM_JSON_OBJECT_END;
}

/* Returns: whether the source was told of */
gboolean
cm_remote_sources_has (CmRemoteSources *self,
                       const char      *source)
{
  return g_hash_table_contains (self->sources, source);
}

/* Returns: what the source can be asked to do */
CmActions
cm_remote_sources_get_actions (CmRemoteSources *self,
                               const char      *source)
{
  const Source *found = g_hash_table_lookup (self->sources, source);

  return found != NULL ? found->actions : 0;
}

/* Returns: whether the source is not heard */
gboolean
cm_remote_sources_is_lost (CmRemoteSources *self,
                           const char      *source)
{
  const Source *found = g_hash_table_lookup (self->sources, source);

  return found != NULL && found->is_lost;
}

/* Returns: (transfer full) (element-type CmSilence): those that are not heard */
GPtrArray *
cm_remote_sources_dup_silences (CmRemoteSources *self)
{
  GPtrArray *silences = cm_silences_new ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      const Source *source = value;

      if (source->is_lost && source->since != CM_TIME_NONE)
        cm_silences_add (silences, id, NULL, source->since);
    }
  cm_silences_sort (silences);

  return silences;
}

/* cm-hub-sources.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-sources.h"

#include "core/cm-json-writer.h"
#include "core/cm-pack-fields.h"
#include "core/cm-time.h"

#define MAX_SOURCES 100000

/* How much of the sources stands in one message; of very many the next has the
 * next. */
#define MAX_TOLD (32 * 1024)

typedef struct
{
  CmSourceStatus status;
  gint64         since;   /* ms UTC */
  gint64         lag;     /* ms */
  CmActions      actions;
} Source;

struct _CmHubSources
{
  GHashTable *sources;
};

static Source *
get_source (CmHubSources *self,
            CmText        id,
            gint64        now)
{
  g_autofree char *key = cm_text_dup (id);
  Source *source = g_hash_table_lookup (self->sources, key);

  if (source != NULL || g_hash_table_size (self->sources) >= MAX_SOURCES)
    return source;

  source = g_new (Source, 1);
  *source = (Source) { CM_SOURCE_STATUS_CONNECTED, now, 0, 0 };
  g_hash_table_insert (self->sources, g_steal_pointer (&key), source);

  return source;
}

/* Of one that does not keep its promise only the tracker knows. */
static Source
get_state (CmTracker    *tracker,
           const char   *id,
           const Source *source)
{
  gint64 since = cm_tracker_get_silent_since (tracker, cm_text_from_string (id));

  return since != CM_TIME_NONE ? (Source) { CM_SOURCE_STATUS_LOST, since, source->lag, source->actions } : *source;
}

static void
write_actions (CmActions  actions,
               GString   *out)
{
  const char *separator = ",\"actions\":[";

  for (guint action = 0; action < CM_N_ACTIONS; action++)
    {
      if (!cm_actions_contain (actions, (CmAction) action))
        continue;
      g_string_append_printf (out, "%s\"%s\"", separator, cm_action_get_name ((CmAction) action));
      separator = ",";
    }

  if (actions != 0)
    g_string_append_c (out, ']');
}

static void
write_source (const char      *id,
              const Source    *source,
              const CmMasking *masking,
              GString         *out)
{
  g_autofree char *name = cm_masking_dup_source (masking, id);
  CmTimeCache cache = { 0 };
  char since[CM_TIME_FORMAT_SIZE];

  cm_time_format (&cache, source->since, since);
  cm_json_write_string (out, name);
  g_string_append_printf (out, ":{\"status\":\"%s\",\"since\":\"%s\",\"lag\":%" G_GINT64_FORMAT,
                          cm_wire_enum_get_name (&cm_wire_source_status, (int) source->status),
                          since, source->lag);
  write_actions (source->actions & cm_access_get_actions (cm_masking_get_role (masking)), out);
  g_string_append_c (out, '}');
}

/**
 * cm_hub_sources_new:
 *
 * Returns: (transfer full): a list of those who report
 */
CmHubSources *
cm_hub_sources_new (void)
{
  CmHubSources *self = g_new0 (CmHubSources, 1);

  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * cm_hub_sources_free:
 * @self: (transfer full): a list
 */
void
cm_hub_sources_free (CmHubSources *self)
{
  g_hash_table_unref (self->sources);
  g_free (self);
}

/**
 * cm_hub_sources_note:
 * @self: a list
 * @event: what a source has reported
 * @now: when it came, ms UTC
 */
void
cm_hub_sources_note (CmHubSources  *self,
                     const CmEvent *event,
                     gint64         now)
{
  Source *source = get_source (self, event->source, now);
  CmSourceStatus status;

  if (source == NULL)
    return;

  source->lag = MAX (now - event->at, 0);
  if (event->kind != CM_EVENT_SOURCE_STATUS_CHANGED || !event->source_status.known)
    return;

  status = (CmSourceStatus) event->source_status.integer;
  if (status != source->status)
    {
      source->status = status;
      source->since = event->at;
    }
}

/**
 * cm_hub_sources_set_actions:
 * @self: a list
 * @id: a source's id
 * @actions: what it can be asked to do
 * @now: ms UTC
 */
void
cm_hub_sources_set_actions (CmHubSources *self,
                            const char   *id,
                            CmActions     actions,
                            gint64        now)
{
  Source *source = get_source (self, cm_text_from_string (id), now);

  if (source != NULL)
    source->actions = actions;
}

/**
 * cm_hub_sources_get:
 * @self: a list
 * @id: a source's id
 * @status: (out) (optional): how it is
 * @actions: (out) (optional): what it can be asked to do
 *
 * Returns: whether it has ever reported
 */
gboolean
cm_hub_sources_get (CmHubSources   *self,
                    const char     *id,
                    CmSourceStatus *status,
                    CmActions      *actions)
{
  const Source *source = g_hash_table_lookup (self->sources, id);

  if (status != NULL)
    *status = source != NULL ? source->status : CM_SOURCE_STATUS_LOST;
  if (actions != NULL)
    *actions = source != NULL ? source->actions : 0;

  return source != NULL;
}

/**
 * cm_hub_sources_count:
 * @self: a list
 * @masking: what a view does not show
 *
 * Returns: how many of them the view shows
 */
guint
cm_hub_sources_count (CmHubSources    *self,
                      const CmMasking *masking)
{
  GHashTableIter iter;
  gpointer id;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    n += cm_masking_has_source (masking, id) != FALSE;

  return n;
}

/**
 * cm_hub_sources_write:
 * @self: a list
 * @tracker: who is silent
 * @masking: what the view does not show
 * @turn: (inout): where the message before has stopped
 * @out: where to append
 *
 * Writes members of a message: how many there are, and what is known of each. Of
 * very many only some are told at a time, all of them in turn.
 */
void
cm_hub_sources_write (CmHubSources    *self,
                      CmTracker       *tracker,
                      const CmMasking *masking,
                      guint           *turn,
                      GString         *out)
{
  guint n_sources = g_hash_table_size (self->sources);
  gsize start = out->len;
  GHashTableIter iter;
  gpointer id, source;
  guint i = 0;

  g_string_append_printf (out, ",\"count\":%u,\"sources\":{", cm_hub_sources_count (self, masking));

  g_hash_table_iter_init (&iter, self->sources);
  while (out->len - start < MAX_TOLD && g_hash_table_iter_next (&iter, &id, &source))
    {
      Source state;

      if (i++ < *turn || !cm_masking_has_source (masking, id))
        continue;
      state = get_state (tracker, id, source);
      if (out->str[out->len - 1] != '{')
        g_string_append_c (out, ',');
      write_source (id, &state, masking, out);
    }

  *turn = i >= n_sources ? 0 : i;
  g_string_append_c (out, '}');
}

static const CmPackField source_fields[] = {
  CM_PACK_NUMBER_FIELD (CM_PACK_INT, Source, status, CM_SOURCE_STATUS_CONNECTED, CM_SOURCE_STATUS_RESYNC),
  CM_PACK_TIME_FIELD (Source, since),
  CM_PACK_NUMBER_FIELD (CM_PACK_INT64, Source, lag, 0, G_MAXINT64),
};

/**
 * cm_hub_sources_pack:
 * @self: a list
 * @pack: where to
 *
 * Writes all but what they can be asked to do, which each says when it comes.
 */
void
cm_hub_sources_pack (CmHubSources *self,
                     CmPackWriter *pack)
{
  GHashTableIter iter;
  gpointer id, source;

  cm_pack_writer_number (pack, g_hash_table_size (self->sources));
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &id, &source))
    {
      cm_pack_writer_text (pack, id);
      cm_pack_writer_fields (pack, source_fields, G_N_ELEMENTS (source_fields), source);
    }
}

/**
 * cm_hub_sources_unpack:
 * @self: an empty list
 * @pack: where from
 */
void
cm_hub_sources_unpack (CmHubSources *self,
                       CmPackReader *pack)
{
  guint n_sources = (guint) cm_pack_reader_number (pack, 0, MAX_SOURCES);

  for (guint i = 0; i < n_sources && cm_pack_reader_is_good (pack); i++)
    {
      g_autofree char *id = cm_text_dup (cm_pack_reader_text (pack));
      Source *source = g_new0 (Source, 1);

      cm_pack_reader_fields (pack, source_fields, G_N_ELEMENTS (source_fields), source);
      g_hash_table_insert (self->sources, id != NULL ? g_steal_pointer (&id) : g_strdup (""), source);
    }
}

/**
 * cm_hub_sources_keep:
 * @self: a list
 * @tracker: what still knows of them
 *
 * Forgets those of which it does not.
 */
void
cm_hub_sources_keep (CmHubSources *self,
                     CmTracker    *tracker)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!cm_tracker_has_source (tracker, id))
        g_hash_table_iter_remove (&iter);
    }
}

/* cm-server-kept.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-kept.h"

#include "core/cm-pack-fields.h"

/* To be raised whenever the same lines come to something else than before. What is in
 * the tracker has a version of its own. */
#define VERSION 1

/* As many as the tracker follows. */
#define MAX_AGENT_SOURCES 100000

/* What was kept is looked at in steps of such a part of its age, but not smaller
 * ones than this, ms, and only where it is not older. What a rule has to date by
 * itself is off by no more. */
#define LOOK_PART 60
#define LOOK_STEP 1000
#define LOOK_BACK (60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * cm_server_kept_new:
 * @history: how long the tracker keeps what has ended
 *
 * Returns: (transfer full): what no lines come to
 */
CmServerKept *
cm_server_kept_new (const CmServerHistory *history)
{
  CmServerKept *self = g_new0 (CmServerKept, 1);

  self->tracker = cm_tracker_new ();
  cm_tracker_set_history (self->tracker, history->duration, history->max_ended);
  self->sources = cm_hub_sources_new ();
  self->agent_sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->started_at = g_get_real_time () / 1000;
  self->look_at = self->started_at - LOOK_BACK;
  /* Nobody can be missed before there is anybody to listen. */
  cm_tracker_listen_from (self->tracker, self->started_at);

  return self;
}

/**
 * cm_server_kept_free:
 * @self: (transfer full): what was kept, with nothing in it that was taken over
 */
void
cm_server_kept_free (CmServerKept *self)
{
  g_clear_object (&self->tracker);
  g_clear_pointer (&self->sources, cm_hub_sources_free);
  g_clear_pointer (&self->agent_sources, g_hash_table_unref);
  g_free (self);
}

/**
 * cm_server_kept_add_agent:
 * @agent_sources: (element-type utf8 CmAgentSource): what agents report for
 * @sources: how all sources are
 * @id: what an agent reports for now
 *
 * Returns: (nullable) (transfer none): its entry; %NULL where there are too many
 */
CmAgentSource *
cm_server_kept_add_agent (GHashTable   *agent_sources,
                          CmHubSources *sources,
                          const char   *id)
{
  CmAgentSource *source;

  if (g_hash_table_size (agent_sources) >= MAX_AGENT_SOURCES)
    return NULL;

  source = g_new0 (CmAgentSource, 1);
  cm_hub_sources_get (sources, id, &source->status, NULL);
  g_hash_table_insert (agent_sources, g_strdup (id), source);

  return source;
}

/* Finds out which sources had an agent before. */
static void
note_agent (CmServerKept  *self,
            const CmEvent *event)
{
  g_autofree char *id = NULL;
  CmAgentSource *source;
  gboolean is_own;

  if (event->kind != CM_EVENT_SOURCE_STATUS_CHANGED || !event->source_status.known)
    return;

  id = cm_text_dup (event->source);
  is_own = cm_text_equal (event->reason, CM_AGENT_CONNECTED) || cm_text_equal (event->reason, CM_AGENT_SILENT);
  source = g_hash_table_lookup (self->agent_sources, id);
  if (source == NULL && is_own)
    source = cm_server_kept_add_agent (self->agent_sources, self->sources, id);
  if (source == NULL)
    return;

  if (is_own)
    source->is_silent = event->source_status.integer == CM_SOURCE_STATUS_LOST;
  else
    source->status = (CmSourceStatus) event->source_status.integer;
  if (is_own && !source->is_silent)
    source->status = CM_SOURCE_STATUS_CONNECTED;
}

/* To look after each event would take much of the time of a start. */
static void
look_back (CmServerKept *self,
           gint64        at,
           gboolean      closely)
{
  if (!closely && at < self->look_at)
    return;

  self->look_at = at + MAX (LOOK_STEP, (self->started_at - at) / LOOK_PART);
  cm_tracker_look (self->tracker);
}

static void
take (gpointer       state,
      const CmEvent *event,
      gboolean       closely)
{
  CmServerKept *self = state;

  cm_tracker_advance (self->tracker, event->at);
  look_back (self, event->at, closely);
  cm_tracker_handle (self->tracker, event);
  if (closely)
    cm_tracker_look (self->tracker);
  cm_hub_sources_note (self->sources, event, event->at);
  note_agent (self, event);
}

static void
forget (gpointer state,
        gint64   time)
{
  CmServerKept *self = state;
  GHashTableIter iter;
  gpointer id;

  cm_tracker_forget_before (self->tracker, time);
  cm_hub_sources_keep (self->sources, self->tracker);
  g_hash_table_iter_init (&iter, self->agent_sources);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!cm_tracker_has_source (self->tracker, id))
        g_hash_table_iter_remove (&iter);
    }
}

static void
write_state (gpointer      state,
             CmPackWriter *pack)
{
  CmServerKept *self = state;
  GHashTableIter iter;
  gpointer id, value;

  cm_tracker_look (self->tracker);
  cm_pack_writer_number (pack, VERSION);
  cm_pack_writer_time (pack, self->look_at);
  cm_hub_sources_pack (self->sources, pack);

  cm_pack_writer_number (pack, g_hash_table_size (self->agent_sources));
  g_hash_table_iter_init (&iter, self->agent_sources);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      cm_pack_writer_text (pack, id);
      cm_pack_writer_number (pack, ((CmAgentSource *) value)->status);
      cm_pack_writer_number (pack, ((CmAgentSource *) value)->is_silent);
    }

  cm_tracker_write (self->tracker, pack);
}

static void
read_agents (CmServerKept *self,
             CmPackReader *pack)
{
  guint n_sources = (guint) cm_pack_reader_number (pack, 0, MAX_AGENT_SOURCES);

  for (guint i = 0; i < n_sources && cm_pack_reader_is_good (pack); i++)
    {
      g_autofree char *id = cm_text_dup (cm_pack_reader_text (pack));
      CmAgentSource *source = cm_server_kept_add_agent (self->agent_sources, self->sources, id != NULL ? id : "");

      source->status = (CmSourceStatus) cm_pack_reader_number (pack, CM_SOURCE_STATUS_CONNECTED, CM_SOURCE_STATUS_RESYNC);
      source->is_silent = cm_pack_reader_number (pack, FALSE, TRUE) != 0;
    }
}

static gboolean
read_state (gpointer      state,
            CmPackReader *pack)
{
  CmServerKept *self = state;

  if (cm_pack_reader_number (pack, G_MININT64, G_MAXINT64) == VERSION)
    {
      self->look_at = cm_pack_reader_time (pack);
      cm_hub_sources_unpack (self->sources, pack);
      read_agents (self, pack);
      if (cm_tracker_read (self->tracker, pack))
        return TRUE;
    }

  cm_server_kept_free (self);

  return FALSE;
}

static gpointer
create (gpointer user_data)
{
  return cm_server_kept_new (user_data);
}

static void
free_state (gpointer state)
{
  cm_server_kept_free (state);
}

/**
 * cm_server_kept_set_funcs:
 * @funcs: (out caller-allocates): how a journal makes a #CmServerKept of its lines
 * @history: how long a tracker keeps what has ended; there as long as @funcs are
 */
void
cm_server_kept_set_funcs (CmJournalStateFuncs *funcs,
                          CmServerHistory     *history)
{
  *funcs = (CmJournalStateFuncs) {
    .create = create,
    .take = take,
    .forget = forget,
    .write = write_state,
    .read = read_state,
    .free = free_state,
    .user_data = history,
  };
}

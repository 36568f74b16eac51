/* cm-server-agents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-agent.h"

static void
tell_status (CmServer       *self,
             const char     *source,
             CmSourceStatus  status)
{
  const CmEvent event = {
    .at = g_get_real_time () / 1000,
    .source = cm_text_from_string (source),
    .kind = CM_EVENT_SOURCE_STATUS_CHANGED,
    .source_status = { .type = CM_VALUE_ENUM, .known = TRUE, .integer = status },
    .reason = status == CM_SOURCE_STATUS_LOST ? CM_AGENT_SILENT : CM_AGENT_CONNECTED,
  };

  cm_server_take_own (self, &event);
}

/* What the agent itself has called lost, or is announcing anew, is so until it
 * says otherwise. */
static void
set_is_silent (CmServer      *self,
               const char    *id,
               CmAgentSource *source,
               gboolean       is_silent)
{
  if (source->is_silent == is_silent)
    return;

  source->is_silent = is_silent;
  if (is_silent && source->status != CM_SOURCE_STATUS_LOST)
    tell_status (self, id, CM_SOURCE_STATUS_LOST);
  else if (!is_silent && source->status == CM_SOURCE_STATUS_CONNECTED)
    tell_status (self, id, CM_SOURCE_STATUS_CONNECTED);
}

static void
set_all_silent (CmServer *self,
                CmAgent  *agent,
                gboolean  is_silent)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->agent_sources);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      if (((CmAgentSource *) value)->agent == agent)
        set_is_silent (self, id, value, is_silent);
    }
}

/* A source that is new, or was told of without an agent, is said to have one now:
 * after a restart this tells who has to come back. */
static CmAgentSource *
get_source (CmServer   *self,
            const char *id)
{
  CmAgentSource *source = g_hash_table_lookup (self->agent_sources, id);
  gboolean is_known;

  if (source != NULL)
    return source;

  is_known = cm_hub_get_source (self->hub, id, NULL, NULL);
  source = cm_server_kept_add_agent (self->agent_sources, self->hub->sources, id);
  if (source != NULL && (!is_known || source->status == CM_SOURCE_STATUS_CONNECTED))
    {
      source->status = CM_SOURCE_STATUS_CONNECTED;
      tell_status (self, id, CM_SOURCE_STATUS_CONNECTED);
    }

  return source;
}

void
cm_server_agents_init (CmServer *self)
{
  self->agents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_agent_unref);
}

/**
 * cm_server_agents_clear:
 * @self: a server that ends
 *
 * Lets all agents go. That they are no longer heard is kept.
 */
void
cm_server_agents_clear (CmServer *self)
{
  while (self->agents->len > 0)
    {
      g_autoptr(CmAgent) agent = cm_agent_ref (g_ptr_array_index (self->agents, 0));

      cm_server_agents_remove (self, agent);
      cm_agent_close (agent, 1001, "the tracker ends");
    }
}

/**
 * cm_server_agents_start:
 * @self: a server that has read its journal
 *
 * Nobody is connected yet: what agents have reported is only what was.
 */
void
cm_server_agents_start (CmServer *self)
{
  set_all_silent (self, NULL, TRUE);
}

/**
 * cm_server_agents_add:
 * @self: a server
 * @agent: (transfer full): somebody who has come
 */
void
cm_server_agents_add (CmServer *self,
                      CmAgent  *agent)
{
  g_ptr_array_add (self->agents, agent);
}

/**
 * cm_server_agents_remove:
 * @self: a server
 * @agent: somebody who has gone
 */
void
cm_server_agents_remove (CmServer *self,
                         CmAgent  *agent)
{
  GHashTableIter iter;
  gpointer id, value;

  set_all_silent (self, agent, TRUE);
  g_hash_table_iter_init (&iter, self->agent_sources);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      CmAgentSource *source = value;

      if (source->agent != agent)
        continue;
      source->agent = NULL;
      cm_hub_set_actions (self->hub, id, 0);
    }

  g_ptr_array_remove_fast (self->agents, agent);
}

/**
 * cm_server_agents_claim:
 * @self: a server
 * @agent: who reports
 * @source: for whom
 * @event: (nullable): what, before it is tracked
 *
 * From here on the source is the agent's: of two the later has it.
 */
void
cm_server_agents_claim (CmServer      *self,
                        CmAgent       *agent,
                        const char    *source,
                        const CmEvent *event)
{
  CmAgentSource *entry = get_source (self, source);

  if (entry == NULL)
    return;

  if (entry->agent != agent)
    {
      entry->agent = agent;
      cm_hub_set_actions (self->hub, source, cm_agent_get_actions (agent));
    }

  set_is_silent (self, source, entry, FALSE);
  if (event != NULL && event->kind == CM_EVENT_SOURCE_STATUS_CHANGED && event->source_status.known)
    entry->status = (CmSourceStatus) event->source_status.integer;
}

/**
 * cm_server_agents_set_actions:
 * @self: a server
 * @agent: somebody who has said what he can be asked to do
 */
void
cm_server_agents_set_actions (CmServer *self,
                              CmAgent  *agent)
{
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, self->agent_sources);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      if (((CmAgentSource *) value)->agent == agent)
        cm_hub_set_actions (self->hub, id, cm_agent_get_actions (agent));
    }
}

/**
 * cm_server_agents_note_heard:
 * @self: a server
 * @agent: somebody who has said something
 */
void
cm_server_agents_note_heard (CmServer *self,
                             CmAgent  *agent)
{
  if (cm_agent_set_silent (agent, FALSE))
    set_all_silent (self, agent, FALSE);
}

/**
 * cm_server_agents_look:
 * @self: a server
 *
 * Time has passed: who has promised to say something and has not is lost.
 */
void
cm_server_agents_look (CmServer *self)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->agents->len; i-- > 0;)
    {
      g_autoptr(CmAgent) agent = cm_agent_ref (g_ptr_array_index (self->agents, i));

      if (cm_agent_is_dead (agent, now))
        {
          cm_server_agents_remove (self, agent);
          cm_agent_close (agent, 1008, "no ping was answered for too long");
        }
      else if (cm_agent_is_silent (agent, now) && cm_agent_set_silent (agent, TRUE))
        {
          set_all_silent (self, agent, TRUE);
        }
    }
}

/**
 * cm_server_agents_keep:
 * @self: a server whose tokens have changed
 *
 * Closes the connections of those whose right has gone.
 */
void
cm_server_agents_keep (CmServer *self)
{
  for (guint i = self->agents->len; i-- > 0;)
    {
      CmAgent *agent = g_ptr_array_index (self->agents, i);

      if (!cm_tokens_still_has (self->tokens, cm_agent_get_grant (agent)))
        cm_agent_close (agent, 1008, "the token is no longer valid");
    }
}

/**
 * cm_server_agents_find:
 * @self: a server
 * @source: a source's id
 * @is_known: (out): whether an agent has ever reported for it
 *
 * Returns: (nullable) (transfer none): who reports for it, and is heard
 */
CmAgent *
cm_server_agents_find (CmServer   *self,
                       const char *source,
                       gboolean   *is_known)
{
  const CmAgentSource *entry = g_hash_table_lookup (self->agent_sources, source);

  *is_known = entry != NULL;

  return entry != NULL && !entry->is_silent ? entry->agent : NULL;
}

/* cm-server-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

#define PREFIX "conference_tracker_"

/* By CmHookOutcome. */
static const char * const outcomes[CM_HOOK_N_OUTCOMES] = {
  "taken", "answered", "replayed", "signature", "old", "malformed", "unavailable", "rate", "too_large",
};

static void
add_head (GString    *out,
          const char *name,
          const char *type,
          const char *help)
{
  g_string_append_printf (out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name, type);
}

static void
add_metric (GString    *out,
            const char *name,
            const char *type,
            const char *help,
            guint64     value)
{
  add_head (out, name, type, help);
  g_string_append_printf (out, PREFIX "%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void
add_tracker_metrics (GString                 *out,
                     CmServer                *self,
                     const CmTrackerCounters *counters)
{
  add_metric (out, "conversations", "gauge", "Conversations that are known, ended ones among them.",
              cm_tracker_get_n_conversations (self->tracker));
  add_metric (out, "sources", "gauge", "Sources that have reported.", cm_tracker_get_n_sources (self->tracker));
  add_metric (out, "events_total", "counter", "Events that were tracked.", counters->events);
  add_metric (out, "events_missing_total", "counter", "Holes in the numbers of sources.", counters->gaps);
  add_metric (out, "events_unknown_total", "counter", "Events that are not known.", counters->unknown_events);
  add_metric (out, "events_dropped_total", "counter", "Events that a limit has kept out.", counters->dropped);
}

static void
add_hub_metrics (GString             *out,
                 CmServer            *self,
                 const CmHubCounters *counters)
{
  add_metric (out, "subscribers", "gauge", "Subscribers.", cm_hub_get_n_subscribers (self->hub));
  add_metric (out, "frames_total", "counter", "Messages that were encoded.", counters->frames);
  add_metric (out, "snapshots_total", "counter", "Snapshots that were begun.", counters->snapshots);
  add_metric (out, "resumed_total", "counter", "Subscribers who came back in time.", counters->resumed);
  add_metric (out, "gone_total", "counter", "Subscribers who fell out of the ring.", counters->gone);
  add_metric (out, "stuck_total", "counter", "Subscribers who were closed because they took nothing.", counters->stuck);
  add_metric (out, "sent_bytes_total", "counter", "Bytes that were sent to subscribers.", counters->sent);
}

static void
add_server_metrics (GString                *out,
                    CmServer               *self,
                    const CmServerCounters *counters)
{
  add_metric (out, "connections", "gauge", "Connections.", *self->n_connections);
  add_metric (out, "requests_total", "counter", "Requests.", counters->requests);
  add_metric (out, "unauthorized_total", "counter", "Requests without a right.", counters->unauthorized);
  add_metric (out, "lines_accepted_total", "counter", "Event lines that were taken in.", counters->accepted);
  add_metric (out, "lines_refused_total", "counter", "Event lines that were not.", counters->refused);
  add_metric (out, "lines_duplicate_total", "counter", "Event lines that were there already.", counters->duplicates);
  add_metric (out, "agents", "gauge", "Agents that are connected.", self->agents->len);
  add_metric (out, "commands_total", "counter", "Commands that were sent to sources.", counters->commands);
  add_metric (out, "limited_total", "counter", "Requests that came too often.", counters->limited);
  add_metric (out, "hooks_accepted_total", "counter", "Posts that feeds have taken.", counters->hooks_accepted);
  add_metric (out, "hooks_refused_total", "counter", "Posts that feeds have refused.", counters->hooks_refused);
  add_metric (out, "hooks_limited_total", "counter", "Posts that came too often, or were too much.",
              counters->hooks_limited);
  add_metric (out, "feed_faults_total", "counter", "Records of feeds that made no sense.", counters->feed_faults);
  add_metric (out, "clock_ahead_total", "counter", "Times that were ahead of the clock here.", counters->future);
  add_metric (out, "journal_failing", "gauge", "Whether the journal cannot be written.",
              self->journal != NULL && cm_journal_get_is_failing (self->journal));
}

/* In a label three characters are not themselves (Prometheus, "Exposition formats"). */
static void
add_label (GString    *out,
           const char *name,
           const char *value)
{
  g_string_append_printf (out, "%s=\"", name);
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '\n')
        g_string_append (out, "\\n");
      else if (*c == '"' || *c == '\\')
        g_string_append_printf (out, "\\%c", *c);
      else
        g_string_append_c (out, *c);
    }
  g_string_append_c (out, '"');
}

static void
begin_hook_metric (GString    *out,
                   const char *name,
                   const char *hook)
{
  g_string_append_printf (out, PREFIX "%s{", name);
  add_label (out, "hook", hook);
}

static void
add_hook_outcomes (GString            *out,
                   const char         *name,
                   const CmServerHook *hook)
{
  for (guint i = 0; i < CM_HOOK_N_OUTCOMES; i++)
    {
      begin_hook_metric (out, "hook_requests_total", name);
      g_string_append_c (out, ',');
      add_label (out, "result", outcomes[i]);
      g_string_append_printf (out, "} %" G_GUINT64_FORMAT "\n", hook->outcomes[i]);
    }
}

/* Of each feed that systems post to: from its beginning on, so that the first one is
 * an increase. */
static void
add_hook_metrics (GString  *out,
                  CmServer *self)
{
  static const CmServerHook nothing = { 0 };
  g_autoptr(GString) events = g_string_new (NULL);
  g_autoptr(GString) times = g_string_new (NULL);
  GListModel *feeds = cm_feed_list_get_feeds (self->feeds);

  add_head (out, "hook_requests_total", "counter", "Posts to a feed, and what has become of them.");
  add_head (events, "hook_events_total", "counter", "Events that posts to a feed have told.");
  add_head (times, "hook_last_taken_timestamp_seconds", "gauge", "When a post to a feed was last taken.");

  for (guint i = 0; i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr(CmFeed) feed = g_list_model_get_item (feeds, i);
      const char *name = cm_feed_get_name (feed);
      const CmServerHook *hook = g_hash_table_lookup (self->hooks, name);

      if (!cm_feed_takes_hooks (feed))
        continue;

      hook = hook != NULL ? hook : &nothing;
      add_hook_outcomes (out, name, hook);
      begin_hook_metric (events, "hook_events_total", name);
      g_string_append_printf (events, "} %" G_GUINT64_FORMAT "\n", hook->events);
      if (hook->taken_at == 0)
        continue;
      begin_hook_metric (times, "hook_last_taken_timestamp_seconds", name);
      g_string_append_printf (times, "} %" G_GINT64_FORMAT ".%03u\n", hook->taken_at / 1000, (guint) (hook->taken_at % 1000));
    }

  g_string_append_len (out, events->str, (gssize) events->len);
  g_string_append_len (out, times->str, (gssize) times->len);
}

/**
 * cm_server_answer_metrics:
 * @self: a server
 * @message: a request for /metrics
 *
 * Answers in the text format of Prometheus.
 */
void
cm_server_answer_metrics (CmServer          *self,
                          SoupServerMessage *message)
{
  g_autoptr(GString) text = g_string_new (NULL);

  add_tracker_metrics (text, self, cm_tracker_get_counters (self->tracker));
  add_hub_metrics (text, self, cm_hub_get_counters (self->hub));
  add_server_metrics (text, self, &self->counters);
  add_hook_metrics (text, self);
  cm_server_answer (message, SOUP_STATUS_OK, "text/plain; version=0.0.4", text->str);
}

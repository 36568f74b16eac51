/* cm-server-feeds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-server-private.h"

/* Faults of all feeds are told so often, and counted all, µs. */
#define FAULT_INTERVAL (10 * G_USEC_PER_SEC)

static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  CmServer *self = user_data;

  if (self->hook != NULL)
    self->hook->events++;
  cm_server_take_own (self, event);
}

/* Nothing of the record itself goes to the log: it may hold what is nobody's
 * business. */
static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  CmServer *self = user_data;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *source = cm_text_dup (fault->source);

  self->counters.feed_faults++;
  if (self->fault_told != 0 && now - self->fault_told < FAULT_INTERVAL)
    return;

  self->fault_told = now;
  g_message ("%s: record %" G_GUINT64_FORMAT " is skipped: %s; %" G_GUINT64_FORMAT " so far",
             source, fault->line, fault->reason, self->counters.feed_faults);
}

static void
on_status_changed (CmFeed     *feed,
                   GParamSpec *pspec,
                   gpointer    user_data)
{
  CmServer *self = user_data;
  const char *error = cm_feed_get_error (feed);
  gboolean is_live = cm_feed_get_status (feed) == CM_FEED_LIVE;

  cm_hub_set_actions (self->hub, cm_feed_get_source (feed), is_live ? cm_feed_get_actions (feed) : 0);
  switch (cm_feed_get_status (feed))
    {
    case CM_FEED_LIVE:
      g_message ("%s: connected", cm_feed_get_source (feed));
      break;
    case CM_FEED_LOST:
      g_message ("%s: not connected: %s", cm_feed_get_source (feed), error != NULL ? error : "no reason");
      break;
    case CM_FEED_OFF:
    case CM_FEED_CONNECTING:
    case CM_FEED_REACHED:
    default:
      break;
    }
}

/* Of one that is followed, but not in all. Why it is not followed is said with that. */
static void
on_error_changed (CmFeed *feed)
{
  if (cm_feed_get_status (feed) == CM_FEED_LIVE && cm_feed_get_error (feed) != NULL)
    g_message ("%s: %s", cm_feed_get_source (feed), cm_feed_get_error (feed));
}

/* Whoever has left the conversation is not in it, whatever leg it was of. */
static GPtrArray *
dup_persons (const CmDocument *document)
{
  GPtrArray *persons = g_ptr_array_new ();

  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (person->left == CM_TIME_NONE)
        g_ptr_array_add (persons, person->address);
    }
  g_ptr_array_add (persons, NULL);

  return persons;
}

static void
recall_document (CmFeed           *feed,
                 const CmDocument *document)
{
  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);
      g_autoptr(GPtrArray) persons = NULL;

      if (leg->phase == CM_PHASE_ENDED || !g_str_equal (leg->source, cm_feed_get_source (feed)))
        continue;

      persons = dup_persons (document);
      cm_feed_recall (feed, leg->conversation, (const char * const *) persons->pdata);
    }
}

/* What was kept of a feed's conversations it does not know by itself: that they end
 * may be told to it, but not that they began. */
static void
recall (CmServer *self,
        CmFeed   *feed)
{
  g_autoptr(GPtrArray) documents = NULL;

  if (!cm_feed_recalls (feed))
    return;

  documents = cm_tracker_dup_documents (self->tracker);
  for (guint i = 0; i < documents->len; i++)
    recall_document (feed, g_ptr_array_index (documents, i));
}

static void
on_feeds_changed (GListModel *feeds,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(CmFeed) feed = g_list_model_get_item (feeds, position + i);

      recall (user_data, feed);
      g_signal_connect (feed, "notify::status", G_CALLBACK (on_status_changed), user_data);
      g_signal_connect (feed, "notify::error", G_CALLBACK (on_error_changed), NULL);
    }
}

/**
 * cm_server_feeds_init:
 * @self: a server with a hub
 *
 * What feeds say goes the way of all events.
 */
void
cm_server_feeds_init (CmServer *self)
{
  self->feeds = cm_feed_list_new (on_event, on_fault, self);
  g_signal_connect (cm_feed_list_get_feeds (self->feeds), "items-changed", G_CALLBACK (on_feeds_changed), self);
}

/**
 * cm_server_apply_feeds:
 * @self: a server
 * @config: what it is to follow from now on
 *
 * Feeds of which nothing has changed go on as they are.
 */
void
cm_server_apply_feeds (CmServer             *self,
                       const CmServerConfig *config)
{
  cm_feed_list_apply (self->feeds, config->feeds);
}

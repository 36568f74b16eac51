/* cm-hub-commands.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-private.h"

#include "core/cm-json-writer.h"

/* What was told of commands is told again to those who come back, for so long
 * and so many of them, ms. */
#define KEEP_NEWS 60000
#define MAX_NEWS 100

typedef struct
{
  char     *id;
  char     *source;
  char     *leg;
  CmAction  action;
  char     *state;
  char     *reason;
  gint64    at;
} CmHubNewsItem;

static void
item_free (gpointer data)
{
  CmHubNewsItem *item = data;

  g_free (item->id);
  g_free (item->source);
  g_free (item->leg);
  g_free (item->state);
  g_free (item->reason);
  g_free (item);
}

static void
keep_news (CmHub           *self,
           const CmHubNews *news,
           gint64           now)
{
  CmHubNewsItem *item = g_new (CmHubNewsItem, 1);

  *item = (CmHubNewsItem) {
    g_strdup (news->id), g_strdup (news->source), g_strdup (news->leg), news->action, g_strdup (news->state), g_strdup (news->reason), now
  };
  g_queue_push_tail (&self->news, item);
  while (g_queue_get_length (&self->news) > MAX_NEWS ||
         ((CmHubNewsItem *) g_queue_peek_head (&self->news))->at < now - KEEP_NEWS)
    item_free (g_queue_pop_head (&self->news));
}

static void
write_pair (GString    *out,
            const char *name,
            const char *value)
{
  g_string_append_printf (out, ",\"%s\":", name);
  cm_json_write_string (out, value);
}

/* A source's reason is its own words: only who sees all may read them. */
static void
write_news (CmHubView       *view,
            const CmHubNews *news,
            gint64           at,
            GString         *out)
{
  g_autofree char *leg = cm_masking_dup_leg (view->masking, news->leg);

  cm_protocol_begin (out, "command", view->rev, at);
  write_pair (out, "id", news->id);
  write_pair (out, "leg", leg);
  write_pair (out, "action", cm_action_get_name (news->action));
  write_pair (out, "state", news->state);
  if (news->reason != NULL && cm_masking_get_role (view->masking) == CM_ACCESS_ENGINEER)
    write_pair (out, "reason", news->reason);
  g_string_append_c (out, '}');
}

/**
 * cm_hub_tell_command:
 * @self: a hub
 * @news: what has become of a command
 *
 * Tells all subscribers, after all changes that were noted so far.
 */
void
cm_hub_tell_command (CmHub           *self,
                     const CmHubNews *news)
{
  gint64 now = g_get_real_time () / 1000;

  keep_news (self, news, now);
  cm_hub_flush (self);
  for (guint i = 0; i < self->views->len; i++)
    {
      CmHubView *view = g_ptr_array_index (self->views, i);

      if (!cm_masking_has_source (view->masking, news->source))
        continue;
      g_string_truncate (view->text, 0);
      write_news (view, news, now, view->text);
      cm_hub_view_send (view, 0);
      cm_hub_view_pump (view);
    }
}

/**
 * cm_hub_append_news:
 * @view: a view
 * @out: where to append frames
 *
 * Tells one who has just come, or come back, what was told lately.
 */
void
cm_hub_append_news (CmHubView  *view,
                    GByteArray *out)
{
  gint64 now = g_get_real_time () / 1000;

  for (GList *link = view->hub->news.head; link != NULL; link = link->next)
    {
      const CmHubNewsItem *item = link->data;
      const CmHubNews news = { item->id, item->source, item->leg, item->action, item->state, item->reason };
      g_autoptr(GString) text = g_string_new (NULL);

      if (item->at < now - KEEP_NEWS || !cm_masking_has_source (view->masking, item->source))
        continue;
      write_news (view, &news, item->at, text);
      cm_protocol_append_frame (out, CM_FRAME_TEXT, text->str, text->len);
    }
}

/**
 * cm_hub_clear_news:
 * @self: a hub that ends
 */
void
cm_hub_clear_news (CmHub *self)
{
  g_queue_clear_full (&self->news, item_free);
}

/**
 * cm_hub_set_actions:
 * @self: a hub
 * @source: a source's id
 * @actions: what it can be asked to do from now on
 */
void
cm_hub_set_actions (CmHub      *self,
                    const char *source,
                    CmActions   actions)
{
  cm_hub_sources_set_actions (self->sources, source, actions, g_get_real_time () / 1000);
}

/**
 * cm_hub_get_source:
 * @self: a hub
 * @source: a source's id
 * @status: (out) (optional): how it is
 * @actions: (out) (optional): what it can be asked to do
 *
 * Returns: whether it has ever reported
 */
gboolean
cm_hub_get_source (CmHub          *self,
                   const char     *source,
                   CmSourceStatus *status,
                   CmActions      *actions)
{
  return cm_hub_sources_get (self->sources, source, status, actions);
}

/* cm-hub-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-hub-private.h"

#include "core/cm-json-writer.h"

static gint64
get_time (void)
{
  return g_get_real_time () / 1000;
}

static void
end_update (CmHubView *self)
{
  g_string_append (self->text, "}}}");
  cm_hub_view_send (self, self->rev);
  g_string_truncate (self->text, 0);
}

static void
begin_update (CmHubView *self)
{
  self->rev++;
  g_string_truncate (self->text, 0);
  cm_protocol_begin (self->text, "update", self->rev, get_time ());
  g_string_append (self->text, ",\"patch\":{\"conversations\":{");
}

/* Returns: (nullable): what the view has of it */
static CmDocument *
show (CmHubView        *self,
      const CmDocument *whole)
{
  g_autoptr(CmDocument) document = cm_masking_apply (self->masking, whole);

  return document != NULL && cm_view_filter_match (self->filter, document) ? g_steal_pointer (&document) : NULL;
}

/* To mask a roster takes long, and most of a long one has not changed. Of what the view
 * has not seen before it needs all. */
static void
mask_both (CmHubView         *self,
           const CmDocument  *before,
           const CmDocument  *after,
           CmDocument       **was,
           CmDocument       **is)
{
  g_autoptr(CmDocument) old = cm_document_copy (before);
  g_autoptr(CmDocument) new = cm_document_copy (after);

  cm_document_leave_changed (old, new);
  *was = cm_masking_apply (self->masking, old);
  *is = cm_masking_apply (self->masking, *was != NULL ? new : after);
}

/* Writes "id":patch behind what is there; nothing where the view sees no change. */
static gboolean
write_change (CmHubView        *self,
              const char       *id,
              const CmDocument *before,
              const CmDocument *after,
              GString          *out)
{
  g_autofree char *name = cm_masking_dup_id (self->masking, id);
  g_autoptr(CmDocument) was = NULL;
  g_autoptr(CmDocument) is = NULL;

  /* A filter asks for whole documents. */
  if (before != NULL && after != NULL && cm_view_filter_get_name (self->filter)[0] == '\0')
    {
      mask_both (self, before, after, &was, &is);
    }
  else
    {
      was = show (self, before);
      is = show (self, after);
    }

  if (was == NULL && is == NULL)
    return FALSE;

  cm_json_write_string (out, name);
  g_string_append_c (out, ':');
  if (is != NULL)
    return cm_document_write_patch (was, is, out);

  g_string_append (out, "null");

  return TRUE;
}

/* Where the changes come to more than a part, the next begins, with a revision of
 * its own. One message must not push all others out of the ring. */
static gboolean
add_change (CmHubView  *self,
            const char *id,
            gpointer    before,
            gboolean    is_open)
{
  g_autoptr(CmDocument) after = cm_tracker_dup_document (self->hub->tracker, id);
  gsize start;

  if (is_open && self->text->len > MIN (CM_PROTOCOL_PART, self->ring.size / 8))
    {
      end_update (self);
      is_open = FALSE;
    }

  if (!is_open)
    begin_update (self);
  start = self->text->len;
  if (is_open)
    g_string_append_c (self->text, ',');

  if (write_change (self, id, before, after, self->text))
    return TRUE;

  g_string_truncate (self->text, start);
  if (!is_open)
    self->rev--;

  return is_open;
}

/**
 * cm_hub_view_new:
 * @hub: (transfer none): its hub
 * @masking: (transfer full): what it does not show
 * @filter: (transfer full): what it has of all else
 *
 * Returns: (transfer full): a view that nobody looks at yet
 */
CmHubView *
cm_hub_view_new (CmHub        *hub,
                 CmMasking    *masking,
                 CmViewFilter *filter)
{
  CmHubView *self = g_new0 (CmHubView, 1);

  self->hub = hub;
  self->masking = masking;
  self->filter = filter;
  self->epoch = g_uuid_string_random ();
  self->rev = 1;
  cm_hub_ring_init (&self->ring, hub->options.ring, self->rev);
  self->subscribers = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_hub_subscriber_free);
  self->text = g_string_new (NULL);
  self->unused_since = g_get_monotonic_time ();

  return self;
}

/**
 * cm_hub_view_free:
 * @self: (transfer full): a view
 */
void
cm_hub_view_free (CmHubView *self)
{
  g_ptr_array_unref (self->subscribers);
  cm_hub_ring_clear (&self->ring);
  cm_masking_unref (self->masking);
  cm_view_filter_free (self->filter);
  g_string_free (self->text, TRUE);
  g_free (self->epoch);
  g_free (self);
}

/**
 * cm_hub_view_send:
 * @self: a view, with a whole message as its text
 * @rev: the revision that it brings about; 0 for none
 *
 * Sends it to all, after those who would be overtaken are told.
 */
void
cm_hub_view_send (CmHubView *self,
                  guint64    rev)
{
  gboolean fits = self->text->len + CM_FRAME_MAX_HEAD <= self->ring.size;
  guint64 tail = fits ? cm_hub_ring_make_room (&self->ring, self->text->len) : G_MAXUINT64;

  for (guint i = 0; i < self->subscribers->len; i++)
    cm_hub_subscriber_make_room (g_ptr_array_index (self->subscribers, i), tail);

  if (!fits)
    {
      cm_hub_ring_make_room (&self->ring, self->ring.size);
      self->ring.lost_rev = self->rev;
      return;
    }

  cm_hub_ring_append (&self->ring, rev, self->text->str, self->text->len);
  self->hub->counters.frames++;
}

/**
 * cm_hub_view_flush:
 * @self: a view
 * @changed: (element-type utf8 CmDocument): what has changed since the last frame
 */
void
cm_hub_view_flush (CmHubView  *self,
                   GHashTable *changed)
{
  GHashTableIter iter;
  gpointer id, before;
  gboolean is_open = FALSE;

  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &id, &before))
    is_open = add_change (self, id, before, is_open);

  if (is_open)
    end_update (self);
  cm_hub_view_pump (self);
}

/**
 * cm_hub_view_tell_alive:
 * @self: a view
 *
 * Tells all of its subscribers that the tracker still knows what it says.
 */
void
cm_hub_view_tell_alive (CmHubView *self)
{
  g_string_truncate (self->text, 0);
  cm_protocol_begin (self->text, "alive", self->rev, get_time ());
  cm_hub_sources_write (self->hub->sources, self->hub->tracker, self->masking, &self->turn, self->text);
  if (self->hub->is_failing)
    g_string_append (self->text, ",\"journal\":\"failing\"");
  g_string_append_c (self->text, '}');
  cm_hub_view_send (self, 0);
  cm_hub_view_pump (self);
}

/**
 * cm_hub_view_pump:
 * @self: a view
 *
 * Lets everybody have what is there, as far as they take it now.
 */
void
cm_hub_view_pump (CmHubView *self)
{
  for (guint i = self->subscribers->len; i-- > 0;)
    {
      CmHubSubscriber *subscriber = g_ptr_array_index (self->subscribers, i);

      cm_hub_subscriber_pump (subscriber);
      if (cm_hub_subscriber_is_over (subscriber))
        g_ptr_array_remove_index_fast (self->subscribers, i);
    }
}

/**
 * cm_hub_walk_begin:
 * @self: a walk
 * @hub: a hub
 *
 * Notes what there is to walk over.
 */
void
cm_hub_walk_begin (CmHubWalk *self,
                   CmHub     *hub)
{
  GHashTableIter iter;
  gpointer id;

  cm_hub_walk_clear (self);
  self->ids = g_ptr_array_new_full (g_hash_table_size (hub->known), (GDestroyNotify) g_ref_string_release);

  g_hash_table_iter_init (&iter, hub->known);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (self->ids, g_ref_string_acquire (id));
}

/**
 * cm_hub_walk_clear:
 * @self: a walk
 */
void
cm_hub_walk_clear (CmHubWalk *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->next = 0;
}

/**
 * cm_hub_view_write_part:
 * @self: a view
 * @walk: how far it has come
 * @out: where to append
 *
 * Writes the next conversations as members of an object, as they were at the
 * last frame, until a part is full. Those that changed since the walk began are
 * newer than its revision; the updates from there on set the same values again,
 * and who has taken all of them holds what the latest says.
 *
 * Returns: whether there are more
 */
gboolean
cm_hub_view_write_part (CmHubView *self,
                        CmHubWalk *walk,
                        GString   *out)
{
  gboolean is_first = TRUE;

  cm_hub_collect (self->hub);
  while (walk->next < walk->ids->len && out->len < CM_PROTOCOL_PART)
    {
      const char *id = g_ptr_array_index (walk->ids, walk->next++);
      gsize start = out->len;
      gpointer before;
      g_autoptr(CmDocument) now = NULL;

      if (!g_hash_table_lookup_extended (self->hub->pending, id, NULL, &before))
        before = now = cm_tracker_dup_document (self->hub->tracker, id);

      if (!is_first)
        g_string_append_c (out, ',');
      if (!write_change (self, id, NULL, before, out))
        g_string_truncate (out, start);
      else if (out->len > CM_PROTOCOL_PART - 64 && !is_first)
        {
          g_string_truncate (out, start);
          walk->next--;
          break;
        }
      else
        is_first = FALSE;
    }

  return walk->next < walk->ids->len;
}

/**
 * cm_hub_view_write_snapshot:
 * @self: a view
 * @walk: how far it has come
 * @out: where to append
 *
 * Writes the next part of a snapshot. The first has the sources too: what they can
 * be asked to do is to be known with the first conversation.
 *
 * Returns: whether there are more
 */
gboolean
cm_hub_view_write_snapshot (CmHubView *self,
                            CmHubWalk *walk,
                            GString   *out)
{
  gboolean is_first = walk->next == 0;
  gboolean has_more;
  guint turn = 0;

  cm_protocol_begin (out, "snapshot", self->rev, get_time ());
  g_string_append (out, ",\"epoch\":");
  cm_json_write_string (out, self->epoch);
  g_string_append_printf (out, ",\"first\":%s", is_first ? "true" : "false");
  if (is_first)
    cm_hub_sources_write (self->hub->sources, self->hub->tracker, self->masking, &turn, out);
  g_string_append (out, ",\"conversations\":{");
  has_more = cm_hub_view_write_part (self, walk, out);
  g_string_append (out, "}}");

  return has_more;
}

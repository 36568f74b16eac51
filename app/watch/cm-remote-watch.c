/* cm-remote-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/cm-remote-watch.h"

#include <glib/gi18n-lib.h>

#include "core/cm-json-reader.h"
#include "core/cm-time.h"
#include "watch/cm-watch-clock.h"

/**
 * Message:
 *
 * What stands in a message before its conversations.
 */
typedef struct
{
  char     *type;
  char     *epoch;
  gint64    rev;
  gint64    count;
  gint64    at;
  gboolean  is_first;
} Message;

/**
 * CmRemoteWatch:
 * @documents: (element-type utf8 CmDocument): what the tracker has told
 * @changed: ids that the list has to be told of
 * @shown: ids in the list
 * @epoch: what the last snapshot was of
 * @is_live: all is there; the list follows only then
 */
struct _CmRemoteWatch
{
  CmWatch       parent_instance;
  CmRemoteLink *link;
  CmJsonReader *reader;
  CmTimeCache   cache;
  GHashTable   *documents;
  GHashTable   *changed;
  GHashTable   *shown;
  char         *epoch;
  CmWatchClock  clock;
  gboolean      is_live;
};

G_DEFINE_FINAL_TYPE (CmRemoteWatch, cm_remote_watch, CM_TYPE_WATCH)

enum
{
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
message_clear (Message *message)
{
  g_free (message->type);
  g_free (message->epoch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

static void
note_all (CmRemoteWatch *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->changed, g_strdup (id));
}

/* Nothing of what was there before the snapshot holds any more. */
static void
begin_snapshot (CmRemoteWatch *self,
                const Message *message)
{
  note_all (self);
  g_hash_table_remove_all (self->documents);
  g_free (self->epoch);
  self->epoch = g_strdup (message->epoch);
  self->is_live = FALSE;
  cm_remote_link_set_resume (self->link, NULL, 0);
}

static CmDocument *
get_document (CmRemoteWatch *self,
              const char    *id)
{
  CmDocument *document = g_hash_table_lookup (self->documents, id);

  if (document == NULL)
    {
      document = cm_document_new (id);
      g_hash_table_insert (self->documents, g_strdup (id), document);
    }

  return document;
}

static gboolean
read_conversations (CmRemoteWatch *self,
                    const Message *message)
{
  CmJsonToken token;

  if (message->type == NULL || cm_json_reader_next (self->reader) != CM_JSON_OBJECT)
    return FALSE;

  if (message->is_first && message->epoch != NULL && g_str_equal (message->type, "snapshot"))
    begin_snapshot (self, message);

  while ((token = cm_json_reader_next (self->reader)) == CM_JSON_NAME)
    {
      g_autofree char *id = cm_text_dup (cm_json_reader_get_text (self->reader));

      token = cm_json_reader_next (self->reader);
      if (token == CM_JSON_NULL)
        g_hash_table_remove (self->documents, id);
      else if (token != CM_JSON_OBJECT || !cm_document_apply (get_document (self, id), self->reader, NULL))
        return FALSE;
      g_hash_table_add (self->changed, g_steal_pointer (&id));
    }

  return token == CM_JSON_OBJECT_END;
}

static gboolean
read_patch (CmRemoteWatch *self,
            const Message *message)
{
  return cm_json_reader_next (self->reader) == CM_JSON_OBJECT &&
         cm_json_reader_next (self->reader) == CM_JSON_NAME &&
         cm_text_equal (cm_json_reader_get_text (self->reader), CM_TEXT ("conversations")) &&
         read_conversations (self, message) &&
         cm_json_reader_next (self->reader) == CM_JSON_OBJECT_END;
}

static gboolean
read_text (CmJsonReader  *reader,
           char         **text)
{
  if (*text != NULL || cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  *text = cm_text_dup (cm_json_reader_get_text (reader));

  return TRUE;
}

static gboolean
read_number (CmJsonReader *reader,
             gint64       *number)
{
  return cm_json_reader_next (reader) == CM_JSON_NUMBER &&
         cm_json_reader_get_integer (reader, number) && *number >= 0;
}

static gboolean
read_flag (CmJsonReader *reader,
           gboolean     *flag)
{
  CmJsonToken token = cm_json_reader_next (reader);

  *flag = token == CM_JSON_TRUE;

  return token == CM_JSON_TRUE || token == CM_JSON_FALSE;
}

static gboolean
read_member (CmRemoteWatch *self,
             CmText         name,
             Message       *message)
{
  if (cm_text_equal (name, CM_TEXT ("type")))
    return read_text (self->reader, &message->type);
  if (cm_text_equal (name, CM_TEXT ("epoch")))
    return read_text (self->reader, &message->epoch);
  if (cm_text_equal (name, CM_TEXT ("rev")))
    return read_number (self->reader, &message->rev);
  if (cm_text_equal (name, CM_TEXT ("count")))
    return read_number (self->reader, &message->count);
  if (cm_text_equal (name, CM_TEXT ("first")))
    return read_flag (self->reader, &message->is_first);
  if (cm_text_equal (name, CM_TEXT ("at")))
    return cm_json_reader_next (self->reader) == CM_JSON_STRING &&
           cm_time_parse (&self->cache, cm_json_reader_get_text (self->reader), &message->at);
  if (cm_text_equal (name, CM_TEXT ("patch")))
    return read_patch (self, message);
  if (cm_text_equal (name, CM_TEXT ("conversations")))
    return read_conversations (self, message);

  return cm_json_reader_skip (self->reader);
}

static gboolean
read_message (CmRemoteWatch *self,
              Message       *message)
{
  CmJsonToken token;

  if (cm_json_reader_next (self->reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (self->reader)) == CM_JSON_NAME)
    {
      if (!read_member (self, cm_json_reader_get_text (self->reader), message))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END && cm_json_reader_next (self->reader) == CM_JSON_END && message->type != NULL;
}

/* A row may go on under another id, so rows go when all others are told. */
static void
show_changes (CmRemoteWatch *self)
{
  g_autoptr(GHashTable) changed = g_steal_pointer (&self->changed);
  GHashTableIter iter;
  gpointer id;

  self->changed = new_set ();
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const CmDocument *document = g_hash_table_lookup (self->documents, id);

      if (document == NULL)
        continue;
      cm_watch_show (CM_WATCH (self), cm_document_copy (document));
      g_hash_table_add (self->shown, g_strdup (id));
    }

  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!g_hash_table_contains (self->documents, id) && g_hash_table_remove (self->shown, id))
        cm_watch_hide (CM_WATCH (self), id);
    }

  cm_watch_commit (CM_WATCH (self));
}

/* What is told before a live message may have waited for this subscriber. */
static void
take_time (CmRemoteWatch *self,
           const Message *message)
{
  gint64 delay, skew;

  if (message->at == CM_TIME_NONE)
    return;

  cm_watch_set_now (CM_WATCH (self), message->at);
  if (cm_watch_get_status (CM_WATCH (self)) == CM_WATCH_LIVE &&
      cm_watch_clock_take (&self->clock, message->at, g_get_real_time () / 1000, &delay, &skew))
    cm_watch_set_clock (CM_WATCH (self), delay, skew);
}

static void
act_on (CmRemoteWatch *self,
        const Message *message)
{
  if (g_str_equal (message->type, "live"))
    {
      self->is_live = TRUE;
      cm_remote_link_set_resume (self->link, self->epoch, (guint64) message->rev);
      show_changes (self);
      cm_remote_link_set_live (self->link);
    }
  else if (g_str_equal (message->type, "update"))
    {
      if (self->is_live)
        {
          cm_remote_link_set_resume (self->link, self->epoch, (guint64) message->rev);
          show_changes (self);
        }
    }
  else if (g_str_equal (message->type, "alive"))
    {
      cm_watch_set_n_sources (CM_WATCH (self), (guint) message->count);
    }
}

static gboolean
on_text (const char *text,
         gsize       size,
         gpointer    user_data)
{
  CmRemoteWatch *self = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_auto(Message) message = { .at = CM_TIME_NONE };

  cm_json_reader_load (self->reader, text, size, CM_JSON_STRICT);
  if (!read_message (self, &message))
    return FALSE;

  take_time (self, &message);
  act_on (self, &message);
  bytes = g_bytes_new_static (text, size);
  g_signal_emit (self, signals[MESSAGE], 0, message.type, bytes);

  return TRUE;
}

/* Until a live message has come again nothing is known to be so. */
static void
on_status (CmWatchStatus status,
           gpointer      user_data)
{
  CmRemoteWatch *self = user_data;

  if (status != CM_WATCH_LIVE)
    {
      cm_watch_clock_init (&self->clock);
      cm_watch_set_clock (CM_WATCH (self), CM_TIME_NONE, CM_TIME_NONE);
    }
  cm_watch_set_status (CM_WATCH (self), status);
}

static char *
cm_remote_watch_why_not (CmWatch         *watch,
                         const CmCommand *command)
{
  return g_strdup (_("This tracker takes no commands: the station has to rejoin by itself"));
}

static void
cm_remote_watch_finalize (GObject *object)
{
  CmRemoteWatch *self = CM_REMOTE_WATCH (object);

  g_clear_pointer (&self->link, cm_remote_link_free);
  cm_json_reader_free (self->reader);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->shown);
  g_free (self->epoch);

  G_OBJECT_CLASS (cm_remote_watch_parent_class)->finalize (object);
}

static void
cm_remote_watch_class_init (CmRemoteWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);

  object_class->finalize = cm_remote_watch_finalize;

  watch_class->why_not = cm_remote_watch_why_not;

  signals[MESSAGE] =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BYTES);
}

static void
cm_remote_watch_init (CmRemoteWatch *self)
{
  self->reader = cm_json_reader_new ();
  cm_watch_clock_init (&self->clock);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) cm_document_free);
  self->changed = new_set ();
  self->shown = new_set ();
}

/**
 * cm_remote_watch_new:
 * @options: whom to connect to
 * @error: where the reason goes
 *
 * Returns: (nullable) (transfer full): a watch that connects, and connects again;
 *   %NULL where the address or the file of certificates cannot be used
 */
CmRemoteWatch *
cm_remote_watch_new (const CmRemoteOptions  *options,
                     GError                **error)
{
  g_autoptr(CmRemoteWatch) self = g_object_new (CM_TYPE_REMOTE_WATCH, NULL);

  self->link = cm_remote_link_new (options, on_text, on_status, self, error);

  return self->link != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * cm_remote_watch_get_error:
 * @self: a watch
 *
 * Returns: (nullable) (transfer none): why there is no connection
 */
const char *
cm_remote_watch_get_error (CmRemoteWatch *self)
{
  g_return_val_if_fail (CM_IS_REMOTE_WATCH (self), NULL);

  return cm_remote_link_get_error (self->link);
}

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  const CmDocument * const *first = a;
  const CmDocument * const *second = b;

  return strcmp ((*first)->id, (*second)->id);
}

/**
 * cm_remote_watch_dup_documents:
 * @self: a watch
 *
 * Returns: (transfer full) (element-type CmDocument): all that is known, by id
 */
GPtrArray *
cm_remote_watch_dup_documents (CmRemoteWatch *self)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  GHashTableIter iter;
  gpointer document;

  g_return_val_if_fail (CM_IS_REMOTE_WATCH (self), documents);

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &document))
    g_ptr_array_add (documents, cm_document_copy (document));
  g_ptr_array_sort (documents, compare_documents);

  return documents;
}

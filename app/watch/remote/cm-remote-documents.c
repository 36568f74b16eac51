/* cm-remote-documents.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/remote/cm-remote-documents.h"

#include <string.h>

#include "core/cm-json-reader.h"
#include "core/cm-text-hash.h"
#include "core/cm-time.h"

/**
 * Entry:
 * @id: a #GRefString
 * @document: (nullable): what the tracker has told; nobody else's until it is told on
 * @before: (nullable): what was before, where it has changed since it was told on
 */
typedef struct
{
  CmText      id;
  CmDocument *document;
  CmDocument *before;
  gboolean    is_changed;
} Entry;

/**
 * CmRemoteDocuments:
 * @fields: reads the documents
 * @entries: (element-type Entry): by id: all there are, and those that are no more until
 *   that is told on
 * @changed: (element-type Entry): what has changed since it was told on
 * @n_told: how many of @changed are told on already
 * @epoch: (nullable): what the last snapshot was of
 */
struct _CmRemoteDocuments
{
  CmJsonReader *reader;
  CmTimeCache   cache;
  CmFieldReader fields;
  GHashTable   *entries;
  GPtrArray    *changed;
  guint         n_told;
  CmRemoteSources *sources;
  char         *epoch;
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->document, cm_document_free);
  g_clear_pointer (&self->before, cm_document_free);
  g_ref_string_release ((char *) self->id.bytes);
  g_free (self);
}

/* Only the first time counts. The document is now what was before.
 *
 * Returns: whether it is the first time */
static gboolean
set_changed (CmRemoteDocuments *self,
             Entry             *entry)
{
  if (entry->is_changed)
    return FALSE;

  entry->is_changed = TRUE;
  entry->before = g_steal_pointer (&entry->document);
  g_ptr_array_add (self->changed, entry);

  return TRUE;
}

static void
note_changed (CmRemoteDocuments *self,
              Entry             *entry)
{
  if (set_changed (self, entry) && entry->before != NULL)
    entry->document = cm_document_copy (entry->before);
}

/* Nothing of what was there before the snapshot holds any more. */
static void
begin_snapshot (CmRemoteDocuments *self,
                const CmRemoteMessage *message)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    {
      set_changed (self, entry);
      g_clear_pointer (&((Entry *) entry)->document, cm_document_free);
    }

  g_free (self->epoch);
  self->epoch = g_strdup (message->epoch);
}

static Entry *
get_entry (CmRemoteDocuments *self,
           CmText             id)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry != NULL)
    return entry;

  entry = g_new0 (Entry, 1);
  entry->id = (CmText) { g_ref_string_new_len (id.bytes, (gssize) id.size), id.size };
  g_hash_table_add (self->entries, entry);

  return entry;
}

static const CmDocument *
find_document (CmRemoteDocuments *self,
               const char        *id)
{
  CmText key = cm_text_from_string (id);
  const Entry *entry = g_hash_table_lookup (self->entries, &key);

  return entry != NULL ? entry->document : NULL;
}

/* The name of a conversation has been read. */
static gboolean
read_conversation (CmRemoteDocuments *self)
{
  Entry *entry = get_entry (self, cm_json_reader_get_text (self->reader));
  CmJsonToken token = cm_json_reader_next (self->reader);

  note_changed (self, entry);
  if (token == CM_JSON_NULL)
    {
      g_clear_pointer (&entry->document, cm_document_free);
      return TRUE;
    }

  if (entry->document == NULL)
    entry->document = cm_document_new_shared ((char *) entry->id.bytes);

  return token == CM_JSON_OBJECT && cm_document_apply_from (entry->document, &self->fields, NULL);
}

static gboolean
read_conversations (CmRemoteDocuments *self,
                    const CmRemoteMessage *message)
{
  CmJsonToken token;

  if (message->type == NULL || cm_json_reader_next (self->reader) != CM_JSON_OBJECT)
    return FALSE;

  if (message->is_first && message->epoch != NULL && g_str_equal (message->type, "snapshot"))
    begin_snapshot (self, message);

  while ((token = cm_json_reader_next (self->reader)) == CM_JSON_NAME)
    {
      if (!read_conversation (self))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END;
}

static gboolean
read_patch (CmRemoteDocuments *self,
            const CmRemoteMessage *message)
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

/* A later version may have more to say of it. */
static gboolean
read_journal (CmJsonReader *reader,
              gboolean     *is_unsaved)
{
  if (cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  *is_unsaved = cm_text_equal (cm_json_reader_get_text (reader), CM_TEXT ("failing"));

  return TRUE;
}

/* Another tracker, or one that was started anew, has other sources. */
static gboolean
read_sources (CmRemoteDocuments     *self,
              const CmRemoteMessage *message)
{
  if (message->is_first)
    cm_remote_sources_clear (self->sources);

  return cm_remote_sources_read (self->sources, self->reader);
}

static gboolean
read_member (CmRemoteDocuments *self,
             CmText         name,
             CmRemoteMessage   *message)
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
  if (cm_text_equal (name, CM_TEXT ("id")))
    return read_text (self->reader, &message->command);
  if (cm_text_equal (name, CM_TEXT ("state")))
    return read_text (self->reader, &message->state);
  if (cm_text_equal (name, CM_TEXT ("reason")))
    return read_text (self->reader, &message->reason);
  if (cm_text_equal (name, CM_TEXT ("sources")))
    return read_sources (self, message);
  if (cm_text_equal (name, CM_TEXT ("journal")))
    return read_journal (self->reader, &message->is_unsaved);
  if (cm_text_equal (name, CM_TEXT ("patch")))
    return read_patch (self, message);
  if (cm_text_equal (name, CM_TEXT ("conversations")))
    return read_conversations (self, message);

  return cm_json_reader_skip (self->reader);
}

static gboolean
read_message (CmRemoteDocuments *self,
              CmRemoteMessage   *message)
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

static int
compare_documents (gconstpointer a,
                   gconstpointer b)
{
  const CmDocument * const *first = a;
  const CmDocument * const *second = b;

  return strcmp ((*first)->id, (*second)->id);
}

/**
 * cm_remote_documents_new:
 *
 * Returns: (transfer full): no documents yet
 */
CmRemoteDocuments *
cm_remote_documents_new (void)
{
  CmRemoteDocuments *self = g_new0 (CmRemoteDocuments, 1);

  self->reader = cm_json_reader_new ();
  self->fields.json = self->reader;
  self->entries = g_hash_table_new_full (cm_text_hash, cm_text_hash_equal, entry_free, NULL);
  self->changed = g_ptr_array_new ();
  self->sources = cm_remote_sources_new ();

  return self;
}

/**
 * cm_remote_documents_free:
 * @self: (transfer full): documents
 */
void
cm_remote_documents_free (CmRemoteDocuments *self)
{
  cm_field_reader_clear (&self->fields);
  cm_json_reader_free (self->reader);
  g_ptr_array_unref (self->changed);
  g_hash_table_unref (self->entries);
  cm_remote_sources_free (self->sources);
  g_free (self->epoch);
  g_free (self);
}

/**
 * cm_remote_documents_read:
 * @self: documents
 * @text: (array length=size): what has come
 * @size: how many bytes
 * @message: (out caller-allocates): what it says beside its conversations; clear it
 *   afterwards
 *
 * Takes a message in. Where it fails the documents are of no more use until the
 * next snapshot.
 *
 * Returns: %FALSE where it is not what a tracker says
 */
gboolean
cm_remote_documents_read (CmRemoteDocuments *self,
                          const char        *text,
                          gsize              size,
                          CmRemoteMessage   *message)
{
  *message = (CmRemoteMessage) { .at = CM_TIME_NONE };
  cm_json_reader_load (self->reader, text, size, CM_JSON_STRICT);

  return read_message (self, message);
}

/**
 * cm_remote_documents_get_epoch:
 * @self: documents
 *
 * Returns: (nullable) (transfer none): what they are of
 */
const char *
cm_remote_documents_get_epoch (CmRemoteDocuments *self)
{
  return self->epoch;
}

/**
 * cm_remote_documents_get_sources:
 * @self: documents
 *
 * Returns: (transfer none): who reports to the tracker
 */
CmRemoteSources *
cm_remote_documents_get_sources (CmRemoteDocuments *self)
{
  return self->sources;
}

/**
 * cm_remote_documents_find:
 * @self: documents
 * @conversation: (nullable): its id; without it all are looked at
 * @leg: a leg's id
 *
 * Returns: (nullable) (transfer none): the conversation that has the leg
 */
const CmDocument *
cm_remote_documents_find (CmRemoteDocuments *self,
                          const char        *conversation,
                          const char        *leg)
{
  const CmDocument *document = conversation != NULL ? find_document (self, conversation) : NULL;
  GHashTableIter iter;
  gpointer entry;

  if (document != NULL)
    return cm_document_find_leg (document, leg) != NULL ? document : NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    {
      document = ((const Entry *) entry)->document;
      if (document != NULL && cm_document_find_leg (document, leg) != NULL)
        return document;
    }

  return NULL;
}

static void
tell_entry (CmRemoteDocuments  *self,
            Entry              *entry,
            CmRemoteChangeFunc  func,
            gpointer            user_data)
{
  g_autoptr(CmDocument) before = g_steal_pointer (&entry->before);

  entry->is_changed = FALSE;
  if (before != NULL || entry->document != NULL)
    func (entry->id.bytes, before, entry->document, user_data);
  if (entry->document == NULL)
    g_hash_table_remove (self->entries, entry);
}

/**
 * cm_remote_documents_tell:
 * @self: documents
 * @most: how many to tell of now
 * @func: called for each conversation that has changed since the last time, in the
 *   order in which they changed; must not come back here
 * @user_data: for @func
 *
 * What is not told of now is by the next call.
 *
 * Returns: whether there is more to tell of
 */
gboolean
cm_remote_documents_tell (CmRemoteDocuments  *self,
                          guint               most,
                          CmRemoteChangeFunc  func,
                          gpointer            user_data)
{
  for (guint i = 0; i < most && self->n_told < self->changed->len; i++)
    tell_entry (self, g_ptr_array_index (self->changed, self->n_told++), func, user_data);

  if (self->n_told < self->changed->len)
    return TRUE;

  g_ptr_array_set_size (self->changed, 0);
  self->n_told = 0;

  return FALSE;
}

/**
 * cm_remote_documents_dup:
 * @self: documents
 *
 * Returns: (transfer full) (element-type CmDocument): all of them, by id
 */
GPtrArray *
cm_remote_documents_dup (CmRemoteDocuments *self)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) cm_document_free);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    {
      if (((const Entry *) entry)->document != NULL)
        g_ptr_array_add (documents, cm_document_copy (((const Entry *) entry)->document));
    }
  g_ptr_array_sort (documents, compare_documents);

  return documents;
}

void
cm_remote_message_clear (CmRemoteMessage *message)
{
  g_free (message->type);
  g_free (message->epoch);
  g_free (message->command);
  g_free (message->state);
  g_free (message->reason);
}

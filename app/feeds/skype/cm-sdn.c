/* cm-sdn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-sdn.h"

#include "feeds/skype/cm-sdn-message.h"
#include "feeds/skype/cm-sdn-talk.h"
#include "model/cm-address.h"

/* So many legs that have ended are remembered: what comes late of others would
 * open them again. */
#define MAX_ENDED 10000
#define MAX_TALKS 65536

struct _CmSdn
{
  CmDecoder   parent_instance;

  GHashTable *talks; /* id → CmSdnTalk, until it is over */
  GHashTable *ended; /* CallIds */
  gint64      at;
};

G_DEFINE_FINAL_TYPE (CmSdn, cm_sdn, CM_TYPE_DECODER)

/* The id in a conference's own URI: "app:conf:audio-video:id:HPKWKC6L". */
static char *
dup_conference_id (const char *uri)
{
  const char *mark = uri != NULL && cm_address_is_conference (cm_text_from_string (uri))
    ? strstr (uri, ":id:") : NULL;

  return mark != NULL ? g_strndup (mark + 4, strcspn (mark + 4, ";?")) : NULL;
}

/* ConferenceId is absent for two parties; where it is missing, an end that is a
 * conference tells. */
static char *
dup_conference (const CmSdnMessage *message)
{
  if (message->conference != NULL)
    return g_strdup (message->conference);

  for (guint i = 0; i < message->signals->len; i++)
    {
      const CmSdnSignal *signal = g_ptr_array_index (message->signals, i);
      char *id = dup_conference_id (signal->from);

      if (id == NULL)
        id = dup_conference_id (signal->to);
      if (id != NULL)
        return id;
    }

  return NULL;
}

static void
note_ended (CmSdn      *self,
            const char *call)
{
  if (g_hash_table_size (self->ended) >= MAX_ENDED)
    g_hash_table_remove_all (self->ended);

  g_hash_table_add (self->ended, g_strdup (call));
}

static CmSdnTalk *
get_talk (CmSdn      *self,
          const char *id,
          gboolean    conference)
{
  CmSdnTalk *talk = g_hash_table_lookup (self->talks, id);

  if (talk == NULL && g_hash_table_size (self->talks) < MAX_TALKS)
    {
      talk = cm_sdn_talk_new (CM_DECODER (self), id, conference);
      g_hash_table_insert (self->talks, g_strdup (id), talk);
    }

  return talk;
}

static gboolean
may_begin (const CmSdnMessage *message)
{
  for (guint i = 0; i < message->signals->len; i++)
    {
      const CmSdnSignal *signal = g_ptr_array_index (message->signals, i);

      if (signal->kind == CM_SDN_INVITE || signal->kind == CM_SDN_START || signal->kind == CM_SDN_UPDATE)
        return TRUE;
    }

  return FALSE;
}

/* Every signal comes twice, once a direction, and an end may come again with
 * another reason: the first one stands. */
static void
take_message (CmSdn              *self,
              const CmSdnMessage *message)
{
  g_autofree char *conference = dup_conference (message);
  const char *id = conference != NULL ? conference : message->call;
  CmSdnTalk *talk;

  if (g_hash_table_contains (self->ended, message->call) ||
      (g_hash_table_lookup (self->talks, id) == NULL && !may_begin (message)))
    return;

  talk = get_talk (self, id, conference != NULL);
  for (guint i = 0; talk != NULL && i < message->signals->len; i++)
    {
      if (!cm_sdn_talk_take (talk, message->call, self->at, g_ptr_array_index (message->signals, i)))
        continue;

      note_ended (self, message->call);
      if (cm_sdn_talk_is_over (talk))
        g_hash_table_remove (self->talks, id);
      return;
    }
}

static gsize
cm_sdn_split (CmDecoder  *decoder,
              const char *bytes,
              gsize       size)
{
  gsize start;

  return cm_sdn_find_document (bytes, size, &start);
}

static void
cm_sdn_record (CmDecoder  *decoder,
               const char *bytes,
               gsize       size)
{
  CmSdn *self = CM_SDN (decoder);
  g_autoptr(CmSdnMessage) message = NULL;
  g_autoptr(GError) error = NULL;
  gsize start = 0;

  if (cm_sdn_find_document (bytes, size, &start) == 0)
    {
      cm_decoder_fault (decoder, "the record is not XML");
      return;
    }
  if (start == size)
    return;

  message = cm_sdn_message_new_from_xml (bytes + start, size - start, &error);
  if (message == NULL)
    cm_decoder_fault (decoder, "the record is not XML that is accepted here");
  else if (message->call == NULL)
    cm_decoder_fault (decoder, "the record has no CallId");
  if (message == NULL || message->call == NULL)
    return;

  if (message->at != CM_TIME_NONE)
    self->at = message->at;
  if (message->signals->len == 0)
    cm_decoder_count_unknown (decoder);
  take_message (self, message);
}

/* Whether it is a conference is not known of it. */
static void
cm_sdn_recall (CmDecoder          *decoder,
               const char         *conversation,
               const char * const *persons)
{
  CmSdn *self = CM_SDN (decoder);
  CmSdnTalk *talk;

  if (g_hash_table_lookup (self->talks, conversation) != NULL)
    return;

  talk = get_talk (self, conversation, FALSE);
  if (talk != NULL)
    cm_sdn_talk_recall (talk, persons);
}

static void
cm_sdn_finalize (GObject *object)
{
  CmSdn *self = CM_SDN (object);

  g_hash_table_unref (self->talks);
  g_hash_table_unref (self->ended);

  G_OBJECT_CLASS (cm_sdn_parent_class)->finalize (object);
}

static void
cm_sdn_class_init (CmSdnClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cm_sdn_finalize;
  CM_DECODER_CLASS (klass)->record = cm_sdn_record;
  CM_DECODER_CLASS (klass)->recall = cm_sdn_recall;
  CM_DECODER_CLASS (klass)->split = cm_sdn_split;
}

static void
cm_sdn_init (CmSdn *self)
{
  self->talks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) cm_sdn_talk_free);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

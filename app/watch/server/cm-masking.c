/* cm-masking.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/server/cm-masking.h"

#include "core/cm-wire.h"
#include "model/cm-reason.h"

#define KEY_SIZE 32

/**
 * CmMasking:
 * @grant: the right that the view is for
 * @person: (nullable): the address that a supporter has asked for
 * @internal_domains: (nullable): whose users are internal ones
 * @key: names that stand for others are the same within a view, and say nothing
 *   outside it
 *
 * What a view does not show. It takes over only what it knows to be harmless: a
 * text that a source may have written itself never passes.
 */
struct _CmMasking
{
  CmAccessGrant *grant;
  CmAccessRole   role;
  char          *person;
  char         **internal_domains;
  guint8         key[KEY_SIZE];
};

static char *
dup_alias (const CmMasking *self,
           const char      *prefix,
           const char      *text)
{
  g_autofree char *digest = NULL;

  if (text == NULL)
    return NULL;

  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, self->key, KEY_SIZE, text, -1);
  digest[20] = '\0';

  return g_strconcat (prefix, digest, NULL);
}

static gboolean
is_shown (const CmMasking *self,
          const char      *address)
{
  return self->person != NULL && address != NULL && g_str_equal (address, self->person);
}


static void
take (char **member,
      char  *text)
{
  *member = text != NULL ? g_ref_string_new (text) : NULL;
  g_free (text);
}

/* What the client's own words are passes; what a source has called it does not. */
static void
take_name (char            **member,
           const CmWireEnum *values,
           const char       *name)
{
  int number;

  if (name != NULL && cm_wire_enum_get_number (values, cm_text_from_string (name), &number))
    *member = g_ref_string_new (cm_wire_enum_get_name (values, number));
}

static void
take_token (char               **member,
            const char * const  *tokens,
            const char          *token)
{
  if (token != NULL && g_strv_contains (tokens, token))
    *member = g_ref_string_new (token);
}

static void
take_reason (char       **member,
             const char  *reason)
{
  static const char * const reasons[] = {
    CM_REASON_LEFT, CM_REASON_HUNG_UP, CM_REASON_ENDED, CM_REASON_REMOVED, CM_REASON_NOT_CONFIRMED,
    CM_REASON_PENDING_MODALITIES, CM_REASON_NOT_LEADER, CM_REASON_NOT_IN_MULTI_PARTY,
    CM_REASON_ALREADY_IN_CONFERENCE, CM_REASON_ESCALATING, CM_REASON_ANSWERED_BY_ANOTHER_PERSON,
    CM_REASON_ANSWERED_ELSEWHERE, CM_REASON_CANNOT_HOLD, CM_REASON_ON_HOLD, CM_REASON_TRANSFER_REJECTED,
    CM_REASON_AUTO_REJECTED, CM_REASON_DO_NOT_DISTURB, CM_REASON_CANCELLED, CM_REASON_INVALID_STATE,
    CM_REASON_TIMED_OUT, CM_REASON_FAILED, CM_REASON_CONFERENCE_ENDING, NULL
  };

  take_token (member, reasons, reason);
}

static void
take_activity (char       **member,
               const char  *activity)
{
  static const char * const activities[] = {
    "on-the-phone", "in-a-conference", "in-a-meeting", "in-presentation",
    "urgent-interruptions-only", "out-of-office", "off-work", NULL
  };

  take_token (member, activities, activity);
}

static gboolean
is_internal (const CmMasking *self,
             const char      *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL && self->internal_domains != NULL &&
         g_strv_contains ((const char * const *) self->internal_domains, at + 1);
}

/* Numbers keep their last three digits, by which a caller is found again. */
static char *
dup_stand_in (const CmMasking *self,
              const char      *address)
{
  gsize size = strlen (address);

  if (g_str_has_prefix (address, "tel:"))
    return g_strconcat ("…", size >= strlen ("tel:") + 6 ? address + size - 3 : "", NULL);

  return g_strdup (is_internal (self, address) ? "Internal user" : "External user");
}

static void
mask_person (const CmMasking *self,
             const CmPerson  *from,
             CmDocument      *document)
{
  g_autofree char *address = cm_masking_dup_address (self, from->address);
  CmPerson *person = cm_document_add_person (document, address);

  if (is_shown (self, from->address))
    person->name = from->name != NULL ? g_ref_string_acquire (from->name) : NULL;
  else if (self->role == CM_ACCESS_SUPPORTER)
    take (&person->name, dup_stand_in (self, from->address));

  person->role = from->role;
  take_name (&person->state, &cm_wire_modality_state, from->state);
  person->muted = from->muted;
  person->is_self = from->is_self;
  person->is_organizer = from->is_organizer;
  person->joined = from->joined;
  person->left = from->left;
  take_reason (&person->left_reason, from->left_reason);
  person->availability = from->availability;
  take_activity (&person->activity, from->activity);
  person->confirmed = from->confirmed;
}

static void
mask_escalation (const CmEscalation *from,
                 CmEscalation       *escalation)
{
  escalation->step = from->step;
  escalation->steps = from->steps;
  escalation->since = from->since;
  escalation->result = from->result;
  escalation->restarts = from->restarts;
  take_name (&escalation->stage, &cm_wire_progress, from->stage);
}

static void
mask_leg (const CmMasking *self,
          const CmLeg     *from,
          CmDocument      *document)
{
  g_autofree char *id = cm_masking_dup_leg (self, from->id);
  CmLeg *leg = cm_document_add_leg (document, id);

  take (&leg->source, cm_masking_dup_source (self, from->source));
  take (&leg->conversation, dup_alias (self, "conversation:", from->conversation));
  take (&leg->inviter, cm_masking_dup_address (self, from->inviter));
  take_name (&leg->state, &cm_wire_conversation_state, from->state);
  take_name (&leg->audio_video, &cm_wire_modality_state, from->audio_video);
  take_reason (&leg->reason, from->reason);
  mask_escalation (&from->escalation, &leg->escalation);
  leg->phase = from->phase;
  leg->role = from->role;
  leg->direction = from->direction;
  leg->banner = from->banner;
  leg->timing = from->timing;
  leg->confirmed = from->confirmed;
  leg->silent_since = from->silent_since;
}

static void
mask_attention (const CmMasking   *self,
                const CmAttention *from,
                CmDocument        *document)
{
  CmAttention *attention = cm_document_add_attention (document);

  /* Its rule is one of ours. */
  attention->rule = g_ref_string_new (from->rule);
  attention->level = from->level;
  attention->since = from->since;
  take (&attention->leg, cm_masking_dup_leg (self, from->leg));
}

/* A conversation is seen where one of the sources has a leg in it, without the legs
 * of others. */
static CmDocument *
reduce (const CmMasking  *self,
        const CmDocument *document)
{
  g_autoptr(CmDocument) reduced = cm_document_copy (document);

  if (self->grant->sources == NULL)
    return g_steal_pointer (&reduced);

  for (guint i = reduced->legs.len; i-- > 0;)
    {
      if (!cm_masking_has_source (self, cm_document_get_leg (reduced, i)->source))
        cm_document_remove_leg (reduced, cm_document_get_leg (reduced, i)->id);
    }

  for (guint i = reduced->attention->len; i-- > 0;)
    {
      const CmAttention *attention = g_ptr_array_index (reduced->attention, i);

      if (attention->leg != NULL && cm_document_find_leg (reduced, attention->leg) == NULL)
        g_ptr_array_remove_index (reduced->attention, i);
    }

  return reduced->legs.len > 0 ? g_steal_pointer (&reduced) : NULL;
}

/**
 * cm_masking_new:
 * @grant: whose view it is
 * @person: (nullable): the normalised address that a supporter has asked for
 * @internal_domains: (nullable): whose users are internal ones
 *
 * Returns: (transfer full): what such a view does not show
 */
CmMasking *
cm_masking_new (const CmAccessGrant *grant,
                const char          *person,
                const char * const  *internal_domains)
{
  CmMasking *self = g_rc_box_new0 (CmMasking);

  self->grant = cm_access_grant_copy (grant);
  self->role = grant->role;
  self->person = g_strdup (person);
  self->internal_domains = g_strdupv ((char **) internal_domains);
  for (guint i = 0; i < KEY_SIZE; i++)
    self->key[i] = (guint8) g_random_int ();

  return self;
}

/**
 * cm_masking_ref:
 * @self: a masking
 *
 * Returns: (transfer full): it, for another view: what stands for a name in the one
 *   stands for it in the other too
 */
CmMasking *
cm_masking_ref (CmMasking *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  CmMasking *self = data;

  cm_access_grant_free (self->grant);
  g_free (self->person);
  g_strfreev (self->internal_domains);
}

/**
 * cm_masking_unref:
 * @self: (transfer full): a masking
 */
void
cm_masking_unref (CmMasking *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * cm_masking_is:
 * @self: a masking
 * @grant: a right
 * @person: (nullable): a normalised address
 *
 * Returns: whether it is what they see
 */
gboolean
cm_masking_is (const CmMasking     *self,
               const CmAccessGrant *grant,
               const char          *person)
{
  return cm_access_is_same (self->grant, grant) && g_strcmp0 (self->person, person) == 0;
}

/**
 * cm_masking_dup_id:
 * @self: a masking
 * @id: a conversation's id
 *
 * Returns: (transfer full): the id that the view knows it by
 */
char *
cm_masking_dup_id (const CmMasking *self,
                   const char      *id)
{
  return self->role == CM_ACCESS_ENGINEER ? g_strdup (id) : dup_alias (self, "conversation:", id);
}

/**
 * cm_masking_has_source:
 * @self: a masking
 * @source: a source's id
 *
 * Returns: whether the view shows it
 */
gboolean
cm_masking_has_source (const CmMasking *self,
                       const char      *source)
{
  return cm_access_has_source (self->grant, source);
}

/**
 * cm_masking_dup_leg:
 * @self: a masking
 * @id: (nullable): a leg's id
 *
 * Returns: (nullable) (transfer full): the id that the view knows it by
 */
char *
cm_masking_dup_leg (const CmMasking *self,
                    const char      *id)
{
  return self->role == CM_ACCESS_ENGINEER ? g_strdup (id) : dup_alias (self, "leg:", id);
}

/**
 * cm_masking_dup_address:
 * @self: a masking
 * @address: (nullable): a person's normalised address
 *
 * Returns: (nullable) (transfer full): what the view knows that person by
 */
char *
cm_masking_dup_address (const CmMasking *self,
                        const char      *address)
{
  return self->role == CM_ACCESS_ENGINEER || is_shown (self, address) ? g_strdup (address)
                                                                      : dup_alias (self, "person:", address);
}

/**
 * cm_masking_get_role:
 * @self: a masking
 *
 * Returns: whose view it is
 */
CmAccessRole
cm_masking_get_role (const CmMasking *self)
{
  return self->role;
}

/**
 * cm_masking_dup_source:
 * @self: a masking
 * @source: (nullable): a source's id
 *
 * Returns: (nullable) (transfer full): the id that the view knows it by
 */
char *
cm_masking_dup_source (const CmMasking *self,
                       const char      *source)
{
  return self->role == CM_ACCESS_ENGINEER ? g_strdup (source) : dup_alias (self, "source:", source);
}

/**
 * cm_masking_apply:
 * @self: a masking
 * @whole: (nullable): a conversation
 *
 * Returns: (nullable) (transfer full): what the view shows of it
 */
CmDocument *
cm_masking_apply (const CmMasking  *self,
                  const CmDocument *whole)
{
  g_autoptr(CmDocument) document = whole != NULL ? reduce (self, whole) : NULL;
  g_autofree char *id = NULL;
  CmDocument *masked;

  if (document == NULL || self->role == CM_ACCESS_ENGINEER)
    return g_steal_pointer (&document);

  id = cm_masking_dup_id (self, document->id);
  masked = cm_document_new (id);
  masked->kind = document->kind;
  masked->phase = document->phase;
  masked->live = document->live;
  masked->started = document->started;
  masked->ended = document->ended;
  masked->conference.locked = document->conference.locked;
  take (&masked->conference.organizer, cm_masking_dup_address (self, document->conference.organizer));
  take_name (&masked->conference.access_type, &cm_wire_access_type, document->conference.access_type);
  if (document->replaces != NULL)
    take (&masked->replaces, cm_masking_dup_id (self, document->replaces));

  for (guint i = 0; i < document->persons.len; i++)
    mask_person (self, cm_document_get_person (document, i), masked);
  for (guint i = 0; i < document->legs.len; i++)
    mask_leg (self, cm_document_get_leg (document, i), masked);
  for (guint i = 0; i < document->attention->len; i++)
    mask_attention (self, g_ptr_array_index (document->attention, i), masked);

  return masked;
}

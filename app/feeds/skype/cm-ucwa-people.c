/* cm-ucwa-people.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-talk-private.h"

#include "model/cm-address.h"

/* More people than a meeting has. */
#define MAX_PERSONS 20000

/* Flags are CM_UCWA_UNKNOWN until they are said; before the person is announced
 * they are only kept. */
typedef struct
{
  char    *address; /* (nullable): NULL until it is told who this is */
  char    *title;
  gboolean announced;
  gboolean is_self;
  int      organizer;
  int      anonymous;
  int      leader;
  int      lobby;
  int      muted;
  int      audio;
} Person;

static void
person_free (gpointer data)
{
  Person *self = data;

  g_free (self->address);
  g_free (self->title);
  g_free (self);
}

GHashTable *
cm_ucwa_people_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, person_free);
}

static Person *
get_person (CmUcwaTalk *self,
            const char *href)
{
  Person *person = g_hash_table_lookup (self->persons, href);

  if (person != NULL || g_hash_table_size (self->persons) >= MAX_PERSONS)
    return person;

  person = g_new0 (Person, 1);
  person->organizer = person->anonymous = person->leader = CM_UCWA_UNKNOWN;
  person->lobby = person->muted = person->audio = CM_UCWA_UNKNOWN;
  g_hash_table_insert (self->persons, g_strdup (href), person);

  return person;
}

static CmEvent
make_event (CmUcwaTalk   *self,
            CmEventKind   kind,
            gint64        at,
            const Person *person)
{
  CmEvent event = cm_ucwa_talk_make_event (self, kind, at);

  event.participant = cm_text_from_string (person->address);

  return event;
}

static void
emit_flag (CmUcwaTalk   *self,
           gint64        at,
           const Person *person,
           CmProperty    property,
           int           flag)
{
  CmEvent event = make_event (self, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, at, person);

  if (!person->announced || flag == CM_UCWA_UNKNOWN)
    return;

  event.property = property;
  event.value = cm_value_from_flag (flag);
  cm_decoder_emit (self->decoder, &event);
}

static void
emit_audio (CmUcwaTalk   *self,
            gint64        at,
            const Person *person)
{
  CmEvent event = make_event (self, CM_EVENT_MODALITY_STATE_CHANGED, at, person);

  if (!person->announced || person->is_self || person->audio == CM_UCWA_UNKNOWN)
    return;

  event.modality = cm_value_from_enum (CM_MODALITY_AUDIO_VIDEO);
  event.state = cm_value_from_enum (person->audio ? CM_MODALITY_STATE_CONNECTED
                                                  : CM_MODALITY_STATE_DISCONNECTED);
  cm_decoder_emit (self->decoder, &event);
}

static void
set_flag (CmUcwaTalk *self,
          gint64      at,
          Person     *person,
          int        *known,
          int         flag,
          CmProperty  property)
{
  if (flag == CM_UCWA_UNKNOWN || *known == flag || (*known == CM_UCWA_UNKNOWN && !flag))
    return;

  *known = flag;
  emit_flag (self, at, person, property, flag);
}

/* All that was said of a person before it was known who it is. */
static void
announce (CmUcwaTalk *self,
          gint64      at,
          Person     *person,
          const char *name)
{
  CmEvent event = make_event (self, CM_EVENT_PARTICIPANT_ADDED, at, person);

  if (name != NULL && name[0] != '\0')
    event.display_name = cm_text_from_string (name);
  if (person->is_self)
    event.is_self = cm_value_from_flag (TRUE);
  cm_decoder_emit (self->decoder, &event);

  person->announced = TRUE;
  emit_flag (self, at, person, CM_PROPERTY_AS_ORGANIZER, person->organizer);
  emit_flag (self, at, person, CM_PROPERTY_IS_ANONYMOUS, person->anonymous);
  emit_flag (self, at, person, CM_PROPERTY_IS_PRESENTER, person->leader);
  emit_flag (self, at, person, CM_PROPERTY_IS_IN_LOBBY, person->lobby);
  emit_flag (self, at, person, CM_PROPERTY_IS_MUTED, person->muted);
  emit_audio (self, at, person);
}

/* Returns: whether it is known who is behind @href */
gboolean
cm_ucwa_talk_has_person (CmUcwaTalk *self,
                         const char *href)
{
  const Person *person = g_hash_table_lookup (self->persons, href);

  return person != NULL && person->announced;
}

/**
 * cm_ucwa_talk_expect_person:
 * @self: a talk
 * @href: the participant's own address in UCWA
 * @title: (nullable): what the link is called
 * @is_self: whether it is the user
 *
 * Somebody is in it; who, the resource will tell.
 */
void
cm_ucwa_talk_expect_person (CmUcwaTalk *self,
                            const char *href,
                            const char *title,
                            gboolean    is_self)
{
  Person *person = get_person (self, href);

  if (person == NULL)
    return;

  person->is_self = person->is_self || is_self;
  if (person->title == NULL)
    person->title = g_strdup (title);
}

static void
rename_person (CmUcwaTalk   *self,
               gint64        at,
               Person       *person,
               const char   *name)
{
  CmEvent event = make_event (self, CM_EVENT_PARTICIPANT_PROPERTY_CHANGED, at, person);

  if (name == NULL || name[0] == '\0' || g_strcmp0 (person->title, name) == 0)
    return;

  g_free (person->title);
  person->title = g_strdup (name);
  event.property = CM_PROPERTY_NAME;
  event.value = cm_value_from_text (name);
  cm_decoder_emit (self->decoder, &event);
}

/**
 * cm_ucwa_talk_take_person:
 * @self: a talk
 * @at: when, ms UTC
 * @href: the participant's own address in UCWA
 * @news: what its resource says
 */
void
cm_ucwa_talk_take_person (CmUcwaTalk         *self,
                          gint64              at,
                          const char         *href,
                          const CmUcwaPerson *news)
{
  Person *person = get_person (self, href);

  if (person == NULL || (person->address == NULL && news->uri == NULL))
    return;

  if (person->address == NULL)
    person->address = g_strdup (news->uri);
  person->is_self = person->is_self || news->is_self == TRUE;
  set_flag (self, at, person, &person->organizer, news->is_organizer, CM_PROPERTY_AS_ORGANIZER);
  set_flag (self, at, person, &person->anonymous, news->is_anonymous, CM_PROPERTY_IS_ANONYMOUS);
  set_flag (self, at, person, &person->leader, news->is_leader, CM_PROPERTY_IS_PRESENTER);
  set_flag (self, at, person, &person->lobby, news->in_lobby, CM_PROPERTY_IS_IN_LOBBY);

  if (person->announced)
    {
      rename_person (self, at, person, news->name);
      return;
    }

  if (news->name != NULL && news->name[0] != '\0')
    {
      g_free (person->title);
      person->title = g_strdup (news->name);
    }
  announce (self, at, person, person->title);
}

/**
 * cm_ucwa_talk_drop_person:
 * @self: a talk
 * @at: when, ms UTC
 * @href: the participant's own address in UCWA
 * @status: why, or 0
 */
void
cm_ucwa_talk_drop_person (CmUcwaTalk *self,
                          gint64      at,
                          const char *href,
                          guint32     status)
{
  const Person *person = g_hash_table_lookup (self->persons, href);
  CmEvent event;

  if (person != NULL && person->announced)
    {
      event = make_event (self, CM_EVENT_PARTICIPANT_REMOVED, at, person);
      event.status_code = cm_value_from_status (status);
      cm_decoder_emit (self->decoder, &event);
    }

  g_hash_table_remove (self->persons, href);
}

/**
 * cm_ucwa_talk_keep_only:
 * @self: a talk
 * @at: when, ms UTC
 * @hrefs: a set: all who are in it; the user is not of that list
 */
void
cm_ucwa_talk_keep_only (CmUcwaTalk *self,
                        gint64      at,
                        GHashTable *hrefs)
{
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      if (!((Person *) value)->is_self && !g_hash_table_contains (hrefs, key))
        g_ptr_array_add (gone, g_strdup (key));
    }

  for (guint i = 0; i < gone->len; i++)
    cm_ucwa_talk_drop_person (self, at, g_ptr_array_index (gone, i), 0);
}

/**
 * cm_ucwa_talk_set_group:
 * @self: a talk
 * @at: when, ms UTC
 * @href: the participant's own address in UCWA
 * @group: one of the conversation's collections
 * @is_in: whether the participant is in it now
 *
 * Leaders are presenters. Going from one to the other is told as two changes.
 */
void
cm_ucwa_talk_set_group (CmUcwaTalk  *self,
                        gint64       at,
                        const char  *href,
                        CmUcwaGroup  group,
                        gboolean     is_in)
{
  Person *person = get_person (self, href);

  if (person == NULL)
    return;

  if (group == CM_UCWA_GROUP_LOBBY)
    set_flag (self, at, person, &person->lobby, is_in, CM_PROPERTY_IS_IN_LOBBY);
  else if (is_in)
    set_flag (self, at, person, &person->lobby, FALSE, CM_PROPERTY_IS_IN_LOBBY);

  if (group == CM_UCWA_GROUP_LEADERS)
    set_flag (self, at, person, &person->leader, is_in, CM_PROPERTY_IS_PRESENTER);
  else if (group == CM_UCWA_GROUP_ATTENDEES && is_in)
    set_flag (self, at, person, &person->leader, FALSE, CM_PROPERTY_IS_PRESENTER);
}

void
cm_ucwa_talk_set_person_audio (CmUcwaTalk *self,
                               gint64      at,
                               const char *href,
                               gboolean    has_audio)
{
  Person *person = get_person (self, href);

  if (person == NULL || person->audio == has_audio || (person->audio == CM_UCWA_UNKNOWN && !has_audio))
    return;

  person->audio = has_audio;
  emit_audio (self, at, person);
}

void
cm_ucwa_talk_set_muted (CmUcwaTalk *self,
                        gint64      at,
                        const char *href,
                        gboolean    muted)
{
  Person *person = get_person (self, href);

  if (person != NULL)
    set_flag (self, at, person, &person->muted, muted, CM_PROPERTY_IS_MUTED);
}

static gboolean
has_named (CmUcwaTalk *self,
           const char *address,
           const char *name)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Person *person = value;

      if (person->announced && (g_strcmp0 (person->address, address) == 0 ||
                                (name != NULL && name[0] != '\0' && g_strcmp0 (person->title, name) == 0)))
        return TRUE;
    }

  return FALSE;
}

/**
 * cm_ucwa_talk_name_the_rest:
 * @self: a talk
 * @at: when, ms UTC
 *
 * Whose resource never came is known by the address in his link, if it has one:
 * a recording may lack what the client would have asked for.
 */
void
cm_ucwa_talk_name_the_rest (CmUcwaTalk *self,
                            gint64      at)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Person *person = value;
      const char *tail = strrchr (key, '/');
      g_autofree char *address = NULL;

      if (person->announced || tail == NULL || strchr (tail, '@') == NULL)
        continue;

      address = g_strconcat ("sip:", tail + 1, NULL);
      if (has_named (self, address, person->title))
        continue;
      person->address = g_steal_pointer (&address);
      announce (self, at, person, person->title);
    }
}

/**
 * cm_ucwa_talk_dup_person:
 * @self: a talk
 * @address: of a person, as a tracker writes it
 *
 * Returns: (nullable) (transfer full): the participant's own address in UCWA
 */
char *
cm_ucwa_talk_dup_person (CmUcwaTalk *self,
                         const char *address)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->persons);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Person *person = value;
      g_autofree char *known = person->address != NULL
        ? cm_address_normalize (cm_text_from_string (person->address)) : NULL;

      if (g_strcmp0 (known, address) == 0)
        return g_strdup (key);
    }

  return NULL;
}

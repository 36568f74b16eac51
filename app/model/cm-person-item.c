/* cm-person-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-person-item.h"

#include <glib/gi18n-lib.h>

#include "model/cm-words.h"

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_NAME,
  PROP_INITIALS,
  PROP_DETAIL,
  PROP_SENTENCE,
  PROP_COLOUR,
  PROP_MUTED,
  PROP_ON_HOLD,
  PROP_IN_LOBBY,
  PROP_ORGANIZER,
  PROP_SELF,
  PROP_GONE,
  PROP_CONFIRMED,
  PROP_SINCE,
  N_PROPS,
};

/* Texts and numbers are held by property: one setter tells what is different. */
#define N_TEXTS PROP_COLOUR

struct _CmPersonItem
{
  GObject parent_instance;

  CmRosterPlace  place;
  char          *texts[N_TEXTS];
  gint64         numbers[N_PROPS];
};

G_DEFINE_FINAL_TYPE (CmPersonItem, cm_person_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
take_text (CmPersonItem *self,
           guint         prop,
           char         *text)
{
  if (g_strcmp0 (self->texts[prop], text) == 0)
    {
      g_free (text);
      return;
    }

  g_free (self->texts[prop]);
  self->texts[prop] = text;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_number (CmPersonItem *self,
            guint         prop,
            gint64        number)
{
  if (self->numbers[prop] == number)
    return;

  self->numbers[prop] = number;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static gboolean
is_on_hold (const CmPerson *person)
{
  return g_strcmp0 (person->state, "OnHold") == 0 || g_strcmp0 (person->state, "Suspended") == 0;
}

static char *
dup_gone (const CmPerson *person)
{
  const char *reason = cm_words_get_reason (person->left_reason);
  g_autofree char *clock = cm_words_dup_clock (person->left);

  /* Translators: why a person went, and the time of day: “Hung up, 14:02:51” */
  return g_strdup_printf (_ ("%s, %s"), reason != NULL ? reason : _ ("Left the call"), clock);
}

static const char *
get_state (const CmPerson *person,
           CmRosterPlace   place)
{
  if (place == CM_ROSTER_LOBBY)
    return _ ("Waiting in lobby");
  if (person->state == NULL)
    return _ ("Not connected yet");

  return cm_words_get_modality (person->state);
}

static char *
dup_detail (const CmPerson *person,
            CmRosterPlace   place)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  const char *presence = cm_words_get_activity (person->activity);

  if (place == CM_ROSTER_LEFT)
    return dup_gone (person);

  g_ptr_array_add (parts, (char *) get_state (person, place));
  g_ptr_array_add (parts, (char *) (presence != NULL ? presence :
                                    cm_words_get_availability (person->availability)));
  if (!person->confirmed)
    /* Translators: nobody who can be trusted now has said that the person is there */
    g_ptr_array_add (parts, (char *) _ ("not confirmed"));

  return cm_words_dup_join (parts, " · ");
}

static const char *
get_place_words (CmRosterPlace place)
{
  switch (place)
    {
    case CM_ROSTER_LOBBY:
      return cm_words_get_role (CM_ROLE_LOBBY);
    case CM_ROSTER_PRESENTERS:
      return cm_words_get_role (CM_ROLE_PRESENTER);
    case CM_ROSTER_ATTENDEES:
      return cm_words_get_role (CM_ROLE_ATTENDEE);
    case CM_ROSTER_LEFT:
      /* Translators: a person who is no longer there, within a sentence */
      return _ ("left");
    case CM_ROSTER_IN_CALL:
    case CM_N_ROSTER_PLACES:
    default:
      return NULL;
    }
}

static char *
dup_sentence (CmPersonItem   *self,
              const CmPerson *person,
              CmRosterPlace   place)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, self->texts[PROP_NAME]);
  g_ptr_array_add (parts, (char *) get_place_words (place));

  if (place == CM_ROSTER_LEFT)
    g_ptr_array_add (parts, (char *) cm_words_get_reason (person->left_reason));
  else if (place != CM_ROSTER_LOBBY)
    g_ptr_array_add (parts, (char *) (person->state != NULL ?
                                      cm_words_get_modality_inline (person->state) :
                                      _ ("not connected yet")));

  if (person->muted == CM_YES)
    g_ptr_array_add (parts, (char *) _ ("muted"));
  if (person->is_organizer)
    g_ptr_array_add (parts, (char *) _ ("organizer"));
  if (!person->confirmed && place != CM_ROSTER_LEFT)
    g_ptr_array_add (parts, (char *) _ ("not confirmed"));

  return cm_words_dup_join (parts, _ (", "));
}

static void
set_value (GValue *value,
           gint64  number)
{
  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, number != 0);
  else if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, (guint) number);
  else
    g_value_set_int64 (value, number);
}

static void
cm_person_item_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  CmPersonItem *self = CM_PERSON_ITEM (object);

  if (prop_id < N_TEXTS)
    g_value_set_string (value, self->texts[prop_id]);
  else
    set_value (value, self->numbers[prop_id]);
}

static void
cm_person_item_finalize (GObject *object)
{
  CmPersonItem *self = CM_PERSON_ITEM (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (cm_person_item_parent_class)->finalize (object);
}

static void
install_texts (void)
{
  static const char * const names[N_TEXTS] = {
    [PROP_ADDRESS] = "address",
    [PROP_NAME] = "name",
    [PROP_INITIALS] = "initials",
    [PROP_DETAIL] = "detail",
    [PROP_SENTENCE] = "sentence",
  };

  for (guint i = PROP_ADDRESS; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                         G_PARAM_EXPLICIT_NOTIFY);
}

static void
install_numbers (void)
{
  static const char * const names[N_PROPS] = {
    [PROP_MUTED] = "muted",
    [PROP_ON_HOLD] = "on-hold",
    [PROP_IN_LOBBY] = "in-lobby",
    [PROP_ORGANIZER] = "organizer",
    [PROP_SELF] = "self",
    [PROP_GONE] = "gone",
    [PROP_CONFIRMED] = "confirmed",
  };
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_COLOUR] =
    g_param_spec_uint ("colour", NULL, NULL, 0, CM_N_PERSON_COLOURS - 1, 0, flags);
  properties[PROP_SINCE] =
    g_param_spec_int64 ("since", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);

  for (guint i = PROP_MUTED; i < PROP_SINCE; i++)
    properties[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
}

static void
cm_person_item_class_init (CmPersonItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_person_item_get_property;
  object_class->finalize = cm_person_item_finalize;

  install_texts ();
  install_numbers ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_person_item_init (CmPersonItem *self)
{
  self->numbers[PROP_SINCE] = CM_TIME_NONE;
}

/**
 * cm_person_item_new:
 * @person: a line of the roster
 * @place: its group
 *
 * Returns: (transfer full): an item that stands for @person's address
 */
CmPersonItem *
cm_person_item_new (const CmPerson *person,
                    CmRosterPlace   place)
{
  CmPersonItem *self = g_object_new (CM_TYPE_PERSON_ITEM, NULL);

  self->texts[PROP_ADDRESS] = g_strdup (person->address);
  self->numbers[PROP_COLOUR] = g_str_hash (person->address) % CM_N_PERSON_COLOURS;
  cm_person_item_update (self, person, place);

  return self;
}

const char *
cm_person_item_get_address (CmPersonItem *self)
{
  g_return_val_if_fail (CM_IS_PERSON_ITEM (self), NULL);

  return self->texts[PROP_ADDRESS];
}

const char *
cm_person_item_get_name (CmPersonItem *self)
{
  g_return_val_if_fail (CM_IS_PERSON_ITEM (self), NULL);

  return self->texts[PROP_NAME];
}

CmRosterPlace
cm_person_item_get_place (CmPersonItem *self)
{
  g_return_val_if_fail (CM_IS_PERSON_ITEM (self), CM_ROSTER_LEFT);

  return self->place;
}

/* Returns: whether the person stands before the others of the group */
gboolean
cm_person_item_get_first (CmPersonItem *self)
{
  g_return_val_if_fail (CM_IS_PERSON_ITEM (self), FALSE);

  return self->numbers[PROP_ORGANIZER] != 0;
}

/**
 * cm_person_item_update:
 * @self: an item
 * @person: the line of the roster that it stands for, as it is now
 * @place: its group now
 *
 * Takes over what is new and notifies only that.
 */
void
cm_person_item_update (CmPersonItem   *self,
                       const CmPerson *person,
                       CmRosterPlace   place)
{
  g_return_if_fail (CM_IS_PERSON_ITEM (self));
  g_return_if_fail (g_strcmp0 (self->texts[PROP_ADDRESS], person->address) == 0);

  self->place = place;

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, PROP_NAME, cm_words_dup_name (person->address, person->name));
  take_text (self, PROP_INITIALS, cm_words_dup_initials (self->texts[PROP_NAME]));
  take_text (self, PROP_DETAIL, dup_detail (person, place));
  take_text (self, PROP_SENTENCE, dup_sentence (self, person, place));
  set_number (self, PROP_MUTED, person->muted == CM_YES && place != CM_ROSTER_LEFT);
  set_number (self, PROP_ON_HOLD, is_on_hold (person) && place != CM_ROSTER_LEFT);
  set_number (self, PROP_IN_LOBBY, place == CM_ROSTER_LOBBY);
  set_number (self, PROP_ORGANIZER, person->is_organizer);
  set_number (self, PROP_SELF, person->is_self);
  set_number (self, PROP_GONE, place == CM_ROSTER_LEFT);
  set_number (self, PROP_CONFIRMED, person->confirmed);
  set_number (self, PROP_SINCE, place == CM_ROSTER_LEFT ? person->left : person->joined);
  g_object_thaw_notify (G_OBJECT (self));
}

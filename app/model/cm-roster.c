/* cm-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-roster.h"

#include <string.h>

struct _CmRoster
{
  GObject parent_instance;

  CmRosterGroup *groups[CM_N_ROSTER_PLACES];
  GHashTable    *persons; /* address, the item's own: CmPersonItem */
};

G_DEFINE_FINAL_TYPE (CmRoster, cm_roster, G_TYPE_OBJECT)

static CmRosterPlace
get_place (const CmDocument *document,
           const CmPerson   *person)
{
  if (person->left != CM_TIME_NONE)
    return CM_ROSTER_LEFT;
  if (document->kind != CM_KIND_CONFERENCE)
    return CM_ROSTER_IN_CALL;

  switch (person->role)
    {
    case CM_ROLE_LOBBY:
      return CM_ROSTER_LOBBY;
    case CM_ROLE_PRESENTER:
      return CM_ROSTER_PRESENTERS;
    case CM_ROLE_ATTENDEE:
    default:
      return CM_ROSTER_ATTENDEES;
    }
}

/* The organizer first, then by name. */
static int
compare_persons (gconstpointer a,
                 gconstpointer b)
{
  CmPersonItem *first = *(CmPersonItem * const *) a;
  CmPersonItem *second = *(CmPersonItem * const *) b;
  gboolean first_first = cm_person_item_get_first (first);
  int order;

  if (first_first != cm_person_item_get_first (second))
    return first_first ? -1 : 1;

  order = g_utf8_collate (cm_person_item_get_name (first), cm_person_item_get_name (second));
  if (order != 0)
    return order;

  return strcmp (cm_person_item_get_address (first), cm_person_item_get_address (second));
}

static CmPersonItem *
update_person (CmRoster       *self,
               const CmPerson *person,
               CmRosterPlace   place)
{
  CmPersonItem *item = g_hash_table_lookup (self->persons, person->address);

  if (item != NULL)
    {
      cm_person_item_update (item, person, place);
      return item;
    }

  item = cm_person_item_new (person, place);
  g_hash_table_insert (self->persons, (char *) cm_person_item_get_address (item), item);

  return item;
}

static gboolean
is_forgotten (gpointer key,
              gpointer value,
              gpointer user_data)
{
  return cm_document_find_person (user_data, key) == NULL;
}

static void
cm_roster_finalize (GObject *object)
{
  CmRoster *self = CM_ROSTER (object);

  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    g_clear_object (&self->groups[i]);
  g_clear_pointer (&self->persons, g_hash_table_unref);

  G_OBJECT_CLASS (cm_roster_parent_class)->finalize (object);
}

static void
cm_roster_class_init (CmRosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cm_roster_finalize;
}

static void
cm_roster_init (CmRoster *self)
{
  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    self->groups[i] = cm_roster_group_new ((CmRosterPlace) i);

  self->persons = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

CmRoster *
cm_roster_new (void)
{
  return g_object_new (CM_TYPE_ROSTER, NULL);
}

/* Returns: (transfer none) */
CmRosterGroup *
cm_roster_get_group (CmRoster      *self,
                     CmRosterPlace  place)
{
  g_return_val_if_fail (CM_IS_ROSTER (self), NULL);
  g_return_val_if_fail (place < CM_N_ROSTER_PLACES, NULL);

  return self->groups[place];
}

/**
 * cm_roster_update:
 * @self: a roster
 * @document: the conversation as it is now
 *
 * Tells only what is different: of a person by property, of a group by one
 * items-changed.
 */
void
cm_roster_update (CmRoster         *self,
                  const CmDocument *document)
{
  GPtrArray *places[CM_N_ROSTER_PLACES];
  gboolean no_presenter;

  g_return_if_fail (CM_IS_ROSTER (self));

  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    places[i] = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);
      CmRosterPlace place = get_place (document, person);

      g_ptr_array_add (places[place], g_object_ref (update_person (self, person, place)));
    }

  no_presenter = places[CM_ROSTER_ATTENDEES]->len + places[CM_ROSTER_LOBBY]->len > 0;

  for (guint i = 0; i < CM_N_ROSTER_PLACES; i++)
    {
      g_ptr_array_sort (places[i], compare_persons);
      cm_roster_group_replace (self->groups[i], places[i],
                               i == CM_ROSTER_PRESENTERS && no_presenter);
    }

  g_hash_table_foreach_remove (self->persons, is_forgotten, (gpointer) document);
}

/* cm-roster-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-roster-group.h"

#include <glib/gi18n-lib.h>

struct _CmRosterGroup
{
  GObject parent_instance;

  CmRosterPlace  place;
  CmItemList    *items;
  char          *title;
  gboolean       shown;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SHOWN,
  PROP_ITEMS,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmRosterGroup, cm_roster_group, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static const char *
get_title_format (CmRosterPlace place)
{
  switch (place)
    {
    case CM_ROSTER_LOBBY:
      /* Translators: people who wait to be let in, and how many */
      return _ ("Lobby (%u)");
    case CM_ROSTER_PRESENTERS:
      return _ ("Presenters (%u)");
    case CM_ROSTER_ATTENDEES:
      return _ ("Attendees (%u)");
    case CM_ROSTER_IN_CALL:
      return _ ("In the call (%u)");
    case CM_ROSTER_LEFT:
    case CM_N_ROSTER_PLACES:
    default:
      /* Translators: people who were there, and how many */
      return _ ("Left (%u)");
    }
}

static char *
dup_title (CmRosterGroup *self,
           guint          n)
{
  g_autofree char *number = NULL;
  g_auto (GStrv) parts = NULL;

  if (n == 0 && self->place == CM_ROSTER_PRESENTERS)
    return g_strdup (_ ("No presenter"));

  number = g_strdup_printf ("%u", n);
  parts = g_strsplit (get_title_format (self->place), "%u", 2);

  return g_strjoinv (number, parts);
}

static void
set_title (CmRosterGroup *self,
           char          *title)
{
  if (g_strcmp0 (self->title, title) == 0)
    {
      g_free (title);
      return;
    }

  g_free (self->title);
  self->title = title;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
set_shown (CmRosterGroup *self,
           gboolean       shown)
{
  if (self->shown == shown)
    return;

  self->shown = shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
cm_roster_group_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CmRosterGroup *self = CM_ROSTER_GROUP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    case PROP_ITEMS:
      g_value_set_object (value, self->items);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_roster_group_finalize (GObject *object)
{
  CmRosterGroup *self = CM_ROSTER_GROUP (object);

  g_clear_object (&self->items);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (cm_roster_group_parent_class)->finalize (object);
}

static void
cm_roster_group_class_init (CmRosterGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_roster_group_get_property;
  object_class->finalize = cm_roster_group_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  properties[PROP_ITEMS] = g_param_spec_object ("items", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_roster_group_init (CmRosterGroup *self)
{
  self->items = cm_item_list_new (CM_TYPE_PERSON_ITEM);
}

CmRosterGroup *
cm_roster_group_new (CmRosterPlace place)
{
  CmRosterGroup *self = g_object_new (CM_TYPE_ROSTER_GROUP, NULL);

  self->place = place;
  self->title = dup_title (self, 0);

  return self;
}

/* Returns: (transfer none) */
GListModel *
cm_roster_group_get_items (CmRosterGroup *self)
{
  g_return_val_if_fail (CM_IS_ROSTER_GROUP (self), NULL);

  return G_LIST_MODEL (self->items);
}

const char *
cm_roster_group_get_title (CmRosterGroup *self)
{
  g_return_val_if_fail (CM_IS_ROSTER_GROUP (self), NULL);

  return self->title;
}

gboolean
cm_roster_group_get_shown (CmRosterGroup *self)
{
  g_return_val_if_fail (CM_IS_ROSTER_GROUP (self), FALSE);

  return self->shown;
}

/**
 * cm_roster_group_replace:
 * @self: a group
 * @persons: (transfer full) (element-type CmPersonItem): who is in it, in order
 * @expected: whether the group is shown though nobody is in it
 */
void
cm_roster_group_replace (CmRosterGroup *self,
                         GPtrArray     *persons,
                         gboolean       expected)
{
  guint n;

  g_return_if_fail (CM_IS_ROSTER_GROUP (self));

  n = persons->len;
  cm_item_list_replace (self->items, persons);

  g_object_freeze_notify (G_OBJECT (self));
  set_title (self, dup_title (self, n));
  set_shown (self, n > 0 || expected);
  g_object_thaw_notify (G_OBJECT (self));
}

/* cm-leg-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-leg-item.h"

#include <glib/gi18n-lib.h>

#include "model/cm-document-words.h"
#include "model/cm-phase-look.h"
#include "model/cm-words.h"

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_DETAIL,
  PROP_SENTENCE,
  PROP_ICON_NAME,
  PROP_STATE_CLASS,
  N_PROPS,
};

struct _CmLegItem
{
  GObject parent_instance;

  char *texts[N_PROPS];
};

G_DEFINE_FINAL_TYPE (CmLegItem, cm_leg_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
take_text (CmLegItem *self,
           guint      prop,
           char      *text)
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

static const char *
get_state (const CmDocument *document,
           const CmLeg      *leg)
{
  /* The station's, not the reader's: "You have left the call" is a banner's. */
  if (leg->phase == CM_PHASE_LEFT)
    return leg->banner == CM_BANNER_REMOVED ? _ ("Removed by a presenter") : _ ("Left the call");

  return cm_words_get_phase (leg->phase, document->kind, leg->direction);
}

static char *
dup_detail (const CmDocument *document,
            const CmLeg      *leg)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_ptr_array_add (parts, (char *) get_state (document, leg));
  g_ptr_array_add (parts, (char *) cm_words_get_leg_role (leg->role));
  if (!leg->confirmed)
    g_ptr_array_add (parts, (char *) _ ("not confirmed"));

  return cm_words_dup_join (parts, " · ");
}

static void
cm_leg_item_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  g_value_set_string (value, CM_LEG_ITEM (object)->texts[prop_id]);
}

static void
cm_leg_item_finalize (GObject *object)
{
  CmLegItem *self = CM_LEG_ITEM (object);

  for (guint i = 0; i < N_PROPS; i++)
    g_clear_pointer (&self->texts[i], g_free);

  G_OBJECT_CLASS (cm_leg_item_parent_class)->finalize (object);
}

static void
cm_leg_item_class_init (CmLegItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char * const names[N_PROPS] = {
    [PROP_ID] = "id",
    [PROP_NAME] = "name",
    [PROP_DETAIL] = "detail",
    [PROP_SENTENCE] = "sentence",
    [PROP_ICON_NAME] = "icon-name",
    [PROP_STATE_CLASS] = "state-class",
  };

  object_class->get_property = cm_leg_item_get_property;
  object_class->finalize = cm_leg_item_finalize;

  for (guint i = PROP_ID; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                         G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_leg_item_init (CmLegItem *self)
{
}

/**
 * cm_leg_item_new:
 * @document: a conversation
 * @leg: one of its legs
 *
 * Returns: (transfer full): an item that stands for @leg's id
 */
CmLegItem *
cm_leg_item_new (const CmDocument *document,
                 const CmLeg      *leg)
{
  CmLegItem *self = g_object_new (CM_TYPE_LEG_ITEM, NULL);

  self->texts[PROP_ID] = g_strdup (leg->id);
  cm_leg_item_update (self, document, leg);

  return self;
}

const char *
cm_leg_item_get_id (CmLegItem *self)
{
  g_return_val_if_fail (CM_IS_LEG_ITEM (self), NULL);

  return self->texts[PROP_ID];
}

void
cm_leg_item_update (CmLegItem        *self,
                    const CmDocument *document,
                    const CmLeg      *leg)
{
  g_return_if_fail (CM_IS_LEG_ITEM (self));

  g_object_freeze_notify (G_OBJECT (self));
  take_text (self, PROP_NAME, cm_document_dup_leg_name (document, leg));
  take_text (self, PROP_DETAIL, dup_detail (document, leg));
  take_text (self, PROP_SENTENCE,
             g_strdup_printf ("%s, %s", self->texts[PROP_NAME], self->texts[PROP_DETAIL]));
  take_text (self, PROP_ICON_NAME, g_strdup (cm_phase_get_icon_name (leg->phase, leg->direction)));
  take_text (self, PROP_STATE_CLASS, g_strdup (cm_phase_get_state_class (leg->phase)));
  g_object_thaw_notify (G_OBJECT (self));
}

static CmLegItem *
find_item (CmItemList *items,
           const char *id)
{
  for (guint i = 0; i < cm_item_list_get_n (items); i++)
    {
      CmLegItem *item = cm_item_list_get (items, i);

      if (g_str_equal (cm_leg_item_get_id (item), id))
        return item;
    }

  return NULL;
}

/**
 * cm_leg_items_update:
 * @items: (element-type CmLegItem): items
 * @document: whose legs they are from now on
 */
void
cm_leg_items_update (CmItemList       *items,
                     const CmDocument *document)
{
  GPtrArray *now = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < document->legs.len; i++)
    {
      const CmLeg *leg = cm_document_get_leg (document, i);
      CmLegItem *item = find_item (items, leg->id);

      if (item != NULL)
        cm_leg_item_update (item, document, leg);

      g_ptr_array_add (now, item != NULL ? g_object_ref (item) : cm_leg_item_new (document, leg));
    }

  cm_item_list_replace (items, now);
}

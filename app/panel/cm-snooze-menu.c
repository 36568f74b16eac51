/* cm-snooze-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-snooze-menu.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "panel/cm-popup.h"

static void
append (GMenu      *menu,
        const char *label,
        const char *id,
        const char *rule)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "calls.snooze", "(ss)", id, rule);
  g_menu_append_item (menu, item);
}

static gboolean
is_first_of_rule (const CmDocument *document,
                  guint             position)
{
  const CmAttention *attention = g_ptr_array_index (document->attention, position);

  for (guint i = 0; i < position; i++)
    {
      const CmAttention *other = g_ptr_array_index (document->attention, i);

      if (g_strcmp0 (other->rule, attention->rule) == 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * cm_snooze_menu_new:
 * @conversation: a conversation
 *
 * Returns: (nullable) (transfer full): what can be snoozed of it
 */
GMenuModel *
cm_snooze_menu_new (CmConversation *conversation)
{
  const CmDocument *document = cm_conversation_get_document (conversation);
  g_autoptr (GMenu) menu = NULL;

  if (document->attention->len == 0)
    return NULL;

  menu = g_menu_new ();
  append (menu, _ ("Snooze 15 min"), document->id, "");

  for (guint i = 0; i < document->attention->len && document->attention->len > 1; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);
      g_autofree char *label = NULL;

      if (!is_first_of_rule (document, i))
        continue;

      /* Translators: a reason for which a call needs attention, such as “No presenter” */
      label = g_strdup_printf (_ ("Snooze 15 min: %s"), cm_words_get_rule (attention->rule));
      append (menu, label, document->id, attention->rule);
    }

  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * cm_snooze_menu_popup:
 * @parent: the widget that has the action
 * @conversation: what can be snoozed
 * @x: where, in @parent
 * @y: likewise
 *
 * Nothing comes where nothing can be snoozed.
 */
void
cm_snooze_menu_popup (GtkWidget      *parent,
                      CmConversation *conversation,
                      double          x,
                      double          y)
{
  g_autoptr (GMenuModel) menu = cm_snooze_menu_new (conversation);
  GtkWidget *popover;

  if (menu == NULL)
    return;

  popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  cm_popup_show (popover, parent);
}

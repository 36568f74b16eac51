/* cm-snooze-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/list/cm-snooze-menu.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"
#include "panel/cm-popup.h"

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *id,
        const char *rule)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "(ss)", id, rule);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
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

static void
append_rule (GMenu             *section,
             GMenu             *everywhere,
             const CmDocument  *document,
             const CmAttention *attention)
{
  const char *words = cm_words_get_rule (attention->rule);
  g_autofree char *here = NULL;
  g_autofree char *all = NULL;

  /* Translators: a reason for which a call needs attention, such as “No presenter” */
  here = g_strdup_printf (_ ("Snooze 15 min: %s"), words);
  /* Translators: likewise */
  all = g_strdup_printf (_ ("Snooze in all calls: %s"), words);
  if (document->attention->len > 1)
    append (section, here, "calls.snooze", document->id, attention->rule);
  append (everywhere, all, "calls.snooze", "", attention->rule);
}

static void
append_snoozes (GMenu            *menu,
                const CmDocument *document)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) everywhere = g_menu_new ();

  if (document->attention->len > 0)
    append (section, _ ("Snooze 15 min"), "calls.snooze", document->id, "");
  for (guint i = 0; i < document->attention->len; i++)
    {
      if (is_first_of_rule (document, i))
        append_rule (section, everywhere, document, g_ptr_array_index (document->attention, i));
    }

  append_section (menu, section);
  append_section (menu, everywhere);
}

static void
append_wake (GMenu      *section,
             const char *rule,
             const char *id,
             gint64      until)
{
  g_autofree char *clock = NULL;
  g_autofree char *label = NULL;

  if (until == CM_TIME_NONE)
    return;

  clock = cm_words_dup_clock (until);
  if (*id != '\0')
    /* Translators: a reason for which a call needs attention, and a time of day */
    label = g_strdup_printf (_ ("Wake: %s, snoozed until %s"), cm_words_get_rule (rule), clock);
  else
    /* Translators: likewise */
    label = g_strdup_printf (_ ("Wake: %s, snoozed in all calls until %s"),
                             cm_words_get_rule (rule), clock);
  append (section, label, "calls.wake", id, rule);
}

/* Returns: until when all of a call's rules are quiet, or %CM_TIME_NONE */
static gint64
get_all_snoozed (const char *id,
                 CmWatch    *watch)
{
  gint64 until = G_MAXINT64;

  for (guint i = 0; i < CM_N_RULES; i++)
    until = MIN (until, cm_watch_get_snoozed (watch, id, (CmRule) i));

  return until;
}

static void
append_wakes (GMenu      *menu,
              const char *id,
              CmWatch    *watch)
{
  g_autoptr (GMenu) section = g_menu_new ();
  gint64 all = get_all_snoozed (id, watch);

  if (all != CM_TIME_NONE)
    {
      g_autofree char *clock = cm_words_dup_clock (all);
      /* Translators: ends the sleep of a call, which would last until that time of day */
      g_autofree char *label = g_strdup_printf (_ ("Wake, snoozed until %s"), clock);

      append (section, label, "calls.wake", id, "");
    }

  for (guint i = 0; i < CM_N_RULES; i++)
    {
      const char *rule = cm_rule_get_name ((CmRule) i);

      if (all == CM_TIME_NONE)
        append_wake (section, rule, id, cm_watch_get_snoozed (watch, id, (CmRule) i));
      append_wake (section, rule, "", cm_watch_get_snoozed (watch, NULL, (CmRule) i));
    }

  append_section (menu, section);
}

/**
 * cm_snooze_menu_new:
 * @conversation: a conversation
 * @watch: in which it needs attention
 *
 * Returns: (nullable) (transfer full): what can be snoozed of it, and what is
 */
GMenuModel *
cm_snooze_menu_new (CmConversation *conversation,
                    CmWatch        *watch)
{
  const CmDocument *document = cm_conversation_get_document (conversation);
  g_autoptr (GMenu) menu = g_menu_new ();

  append_snoozes (menu, document);
  append_wakes (menu, document->id, watch);

  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu))
                                                            : NULL;
}

/**
 * cm_snooze_menu_popup:
 * @parent: the widget that has the actions
 * @menu: what to show
 * @x: where, in @parent
 * @y: likewise
 */
void
cm_snooze_menu_popup (GtkWidget  *parent,
                      GMenuModel *menu,
                      double      x,
                      double      y)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  cm_popup_show (popover, parent);
}

/**
 * cm_snooze_menu_act:
 * @watch: what is watched
 * @target: what an item of the menu is of
 * @until: ms UTC, or %CM_TIME_NONE to wake it
 */
void
cm_snooze_menu_act (CmWatch  *watch,
                    GVariant  *target,
                    gint64     until)
{
  const char *id, *name;

  g_variant_get (target, "(&s&s)", &id, &name);
  for (guint i = 0; i < CM_N_RULES; i++)
    {
      if (*name == '\0' || g_str_equal (name, cm_rule_get_name ((CmRule) i)))
        cm_watch_snooze (watch, *id != '\0' ? id : NULL, (CmRule) i, until);
    }
}

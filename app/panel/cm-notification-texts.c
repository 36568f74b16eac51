/* cm-notification-texts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-notification-texts.h"

#include <glib/gi18n.h>

#include "model/cm-document-words.h"
#include "model/cm-words.h"

static void
add_action (GNotification *notification,
            const char    *label,
            const char    *action,
            const char    *target)
{
  g_notification_add_button_with_target (notification, label, action, "s", target);
}

static const CmAttention *
find_attention (const CmDocument *document,
                const char       *rule)
{
  for (guint i = 0; i < document->attention->len; i++)
    {
      const CmAttention *attention = g_ptr_array_index (document->attention, i);

      if (g_str_equal (attention->rule, rule))
        return attention;
    }

  return NULL;
}

/**
 * cm_notification_new_of_call:
 * @document: the conversation that needs attention
 * @rule: the rule by which it does
 * @names: whether it may say who
 *
 * Returns: (transfer full): a notification that shows the call, or rejoins it
 */
GNotification *
cm_notification_new_of_call (const CmDocument *document,
                             const char       *rule,
                             gboolean          names)
{
  const CmAttention *attention = find_attention (document, rule);
  g_autofree char *title = names ? cm_document_dup_title (document)
                                 : g_strdup (cm_words_get_kind (document->kind));
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, cm_words_get_rule (rule));
  g_notification_set_default_action_and_target (notification, "app.show-call", "s", document->id);
  add_action (notification, _ ("Show"), "app.show-call", document->id);
  if (attention != NULL && attention->leg != NULL && g_str_equal (rule, "left-not-rejoined"))
    add_action (notification, _ ("Rejoin"), "app.rejoin-call", attention->leg);
  if (attention != NULL && attention->level == CM_LEVEL_WARNING)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);

  return notification;
}

static GNotification *
notification_new_of_all (const char *title)
{
  GNotification *notification = g_notification_new (title);

  g_notification_set_default_action_and_target (notification, "app.show-call", "s", "");
  add_action (notification, _ ("Show"), "app.show-call", "");

  return notification;
}

/* Returns: (transfer full): that a source without a call does not answer */
GNotification *
cm_notification_new_of_source (const char *source,
                               gboolean    names)
{
  /* Translators: in place of the name of a station or server that may not be shown */
  GNotification *notification = notification_new_of_all (names ? cm_words_get_source (source) : _ ("A source"));

  g_notification_set_body (notification, cm_words_get_rule ("source-silent"));

  return notification;
}

/* Returns: (transfer full): that the tracker does not answer */
GNotification *
cm_notification_new_of_tracker (void)
{
  GNotification *notification = notification_new_of_all (_ ("No connection to the tracker"));

  g_notification_set_body (notification, _ ("What is shown may no longer be so."));

  return notification;
}

/* Returns: (transfer full): that so many calls need attention */
GNotification *
cm_notification_new_of_calls (guint n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u call needs attention",
                                                      "%u calls need attention", n), n);

  return notification_new_of_all (title);
}

/* Returns: (transfer full): that so many sources do not answer */
GNotification *
cm_notification_new_of_sources (guint n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u source does not answer",
                                                      "%u sources do not answer", n), n);

  return notification_new_of_all (title);
}

/* cm-ucwa-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/skype/cm-ucwa-private.h"

/**
 * cm_ucwa_dup_wanted:
 * @self: a decoder of UCWA
 *
 * Returns: (transfer full) (element-type utf8): what events only pointed to, in the
 *   order in which it came up
 */
GPtrArray *
cm_ucwa_dup_wanted (CmUcwa *self)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->order->len; i++)
    g_ptr_array_add (wanted, g_strdup (g_ptr_array_index (self->order, i)));

  return wanted;
}

/* Returns: (nullable) (transfer none): where the next events are asked for */
const char *
cm_ucwa_get_next (CmUcwa *self)
{
  return self->next;
}

/**
 * cm_ucwa_stop_asking:
 * @self: a decoder of UCWA
 * @href: what was asked for, and is not there
 */
void
cm_ucwa_stop_asking (CmUcwa     *self,
                     const char *href)
{
  cm_ucwa_stop_wanting (self, href);
}

/* Returns: (nullable) (transfer none): where all conversations are listed */
const char *
cm_ucwa_get_conversations (CmUcwa *self)
{
  return self->conversations;
}

/* Returns: (nullable) (transfer none): where meetings are joined */
const char *
cm_ucwa_get_communication (CmUcwa *self)
{
  return self->communication;
}

/* Returns: (nullable) (transfer none): the address of a conversation */
const char *
cm_ucwa_get_href (CmUcwa     *self,
                  const char *conversation)
{
  CmUcwaTalk *talk = g_hash_table_lookup (self->talks, conversation);

  return talk != NULL ? cm_ucwa_talk_get_href (talk) : NULL;
}

/* Returns: (nullable) (transfer none): what the meeting of a conversation is joined by */
const char *
cm_ucwa_get_uri (CmUcwa     *self,
                 const char *conversation)
{
  CmUcwaTalk *talk = g_hash_table_lookup (self->talks, conversation);

  return talk != NULL ? cm_ucwa_talk_get_uri (talk) : NULL;
}

/**
 * cm_ucwa_find_conference:
 * @self: a decoder of UCWA
 * @uri: what a meeting is joined by
 *
 * Returns: (nullable) (transfer none): the address of the conversation that is in it
 */
const char *
cm_ucwa_find_conference (CmUcwa     *self,
                         const char *uri)
{
  GHashTableIter iter;
  gpointer talk;

  g_hash_table_iter_init (&iter, self->talks);
  while (g_hash_table_iter_next (&iter, NULL, &talk))
    {
      if (cm_ucwa_talk_is_in_conference (talk) && g_strcmp0 (cm_ucwa_talk_get_uri (talk), uri) == 0)
        return cm_ucwa_talk_get_href (talk);
    }

  return NULL;
}

/* Returns: (nullable) (transfer full): the address in UCWA of somebody in it */
char *
cm_ucwa_dup_person (CmUcwa     *self,
                    const char *conversation,
                    const char *address)
{
  CmUcwaTalk *talk = g_hash_table_lookup (self->talks, conversation);

  return talk != NULL && address != NULL ? cm_ucwa_talk_dup_person (talk, address) : NULL;
}

/**
 * cm_ucwa_set_next:
 * @self: a decoder of UCWA
 * @href: where the first events are asked for, as the application tells it
 */
void
cm_ucwa_set_next (CmUcwa     *self,
                  const char *href)
{
  g_free (self->next);
  self->next = g_strdup (cm_ucwa_get_path (href));
}

/* cm-command-book.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "watch/cm-command-book.h"

#include <glib/gi18n-lib.h>

#include "watch/cm-command-effect.h"

/* How long events may take to show that a command was done, s. */
#define TIMEOUT 30

/* So many may be under way at a time. */
#define MAX_PENDING 256

/**
 * Pending:
 * @before: the conversation as it was when the source was asked
 * @is_done: events have shown it, and nobody is told yet
 */
typedef struct
{
  CmCommandBook *book;
  char          *id;
  CmCommand     *command;
  CmDocument    *before;
  gpointer       data;
  guint          timeout_id;
  gboolean       is_done;
} Pending;

struct _CmCommandBook
{
  GPtrArray        *pending; /* Pending */
  CmCommandEndFunc  func;
  GDestroyNotify    data_free;
  gpointer          user_data;
  guint             tell_id;
};

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->data != NULL)
    self->book->data_free (self->data);
  cm_command_free (self->command);
  cm_document_free (self->before);
  g_free (self->id);
  g_free (self);
}

static Pending *
find (CmCommandBook *self,
      const char    *id,
      guint         *index)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      *index = i;
      if (g_str_equal (pending->id, id))
        return pending;
    }

  return NULL;
}

static gboolean
on_timeout (gpointer user_data)
{
  Pending *pending = user_data;

  pending->timeout_id = 0;
  cm_command_book_end (pending->book, pending->id, CM_COMMAND_TIMED_OUT,
                       "no event has shown it within 30 seconds");

  return G_SOURCE_REMOVE;
}

static gboolean
on_tell (gpointer user_data)
{
  CmCommandBook *self = user_data;

  self->tell_id = 0;
  for (guint i = self->pending->len; i-- > 0;)
    {
      Pending *pending = i < self->pending->len ? g_ptr_array_index (self->pending, i) : NULL;

      if (pending != NULL && pending->is_done)
        cm_command_book_end (self, pending->id, CM_COMMAND_DONE, NULL);
    }

  return G_SOURCE_REMOVE;
}

/* The conversation may go on under another id. */
static gboolean
is_meant (const Pending    *pending,
          const char       *id,
          const CmDocument *after)
{
  const char *conversation = pending->command->conversation;

  return g_str_equal (id, conversation) ||
         (after != NULL && (g_strcmp0 (after->replaces, conversation) == 0 ||
                            cm_document_find_leg (after, pending->command->leg) != NULL));
}

static gboolean
is_under_way (CmCommandBook   *self,
              const CmCommand *command)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const CmCommand *other = ((Pending *) g_ptr_array_index (self->pending, i))->command;

      if (other->action == command->action && g_str_equal (other->leg, command->leg) &&
          g_strcmp0 (other->participant, command->participant) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * cm_command_book_new:
 * @func: called with the outcome of each command
 * @data_free: for what is added with commands that never come to an end
 * @user_data: for @func
 *
 * Returns: (transfer full): a book without commands
 */
CmCommandBook *
cm_command_book_new (CmCommandEndFunc func,
                     GDestroyNotify   data_free,
                     gpointer         user_data)
{
  CmCommandBook *self = g_new0 (CmCommandBook, 1);

  self->pending = g_ptr_array_new_with_free_func (pending_free);
  self->func = func;
  self->data_free = data_free;
  self->user_data = user_data;

  return self;
}

/**
 * cm_command_book_free:
 * @self: (transfer full): a book; nobody is told of what is under way
 */
void
cm_command_book_free (CmCommandBook *self)
{
  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

/**
 * cm_command_book_find_obstacle:
 * @self: a book
 * @command: what is asked; its leg is one of the conversation's
 * @document: the conversation
 *
 * Returns: (nullable): why that makes no sense now, one sentence
 */
const char *
cm_command_book_find_obstacle (CmCommandBook    *self,
                               const CmCommand  *command,
                               const CmDocument *document)
{
  const char *reason = cm_command_find_obstacle (command, document);

  if (reason == NULL && is_under_way (self, command))
    return N_("The source has been asked for this already");

  return reason;
}

/* Returns: whether none is under way */
gboolean
cm_command_book_is_empty (CmCommandBook *self)
{
  return self->pending->len == 0;
}

/* Returns: whether so many are under way that another one has to wait */
gboolean
cm_command_book_is_full (CmCommandBook *self)
{
  return self->pending->len >= MAX_PENDING;
}

/**
 * cm_command_book_add:
 * @self: a book
 * @command: what a source is about to be asked for
 * @before: (transfer full): the conversation as it is
 * @data: (transfer full) (nullable): comes back with the outcome
 *
 * Returns: (transfer none): the id of the command, until its outcome
 */
const char *
cm_command_book_add (CmCommandBook   *self,
                     const CmCommand *command,
                     CmDocument      *before,
                     gpointer         data)
{
  Pending *pending = g_new (Pending, 1);

  *pending = (Pending) {
    .book = self, .id = g_uuid_string_random (), .command = cm_command_copy (command), .before = before,
    .data = data, .timeout_id = g_timeout_add_seconds (TIMEOUT, on_timeout, pending)
  };
  g_ptr_array_add (self->pending, pending);

  return pending->id;
}

/* Returns: (transfer none) (nullable): what was added with the command of that id */
gpointer
cm_command_book_get_data (CmCommandBook *self,
                          const char    *id)
{
  guint index;
  Pending *pending = find (self, id, &index);

  return pending != NULL ? pending->data : NULL;
}

/**
 * cm_command_book_note:
 * @self: a book
 * @id: of a conversation
 * @after: (nullable): as it is now; %NULL where it is no more
 *
 * What that shows to be done is told later: the tracker may be in the midst of
 * telling what has changed.
 */
void
cm_command_book_note (CmCommandBook    *self,
                      const char       *id,
                      const CmDocument *after)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (is_meant (pending, id, after) && cm_command_is_done (pending->command, pending->before, after))
        pending->is_done = TRUE;
      if (pending->is_done && self->tell_id == 0)
        self->tell_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, self, NULL);
    }
}

/**
 * cm_command_book_end:
 * @self: a book
 * @id: of a command; nothing happens where it has its outcome already
 * @state: what has become of it
 * @reason: (nullable): why
 */
void
cm_command_book_end (CmCommandBook *self,
                     const char    *id,
                     const char    *state,
                     const char    *reason)
{
  guint index;
  Pending *pending = find (self, id, &index);

  if (pending == NULL)
    return;

  g_ptr_array_steal_index_fast (self->pending, index);
  self->func (pending->id, pending->command, state, reason, g_steal_pointer (&pending->data), self->user_data);
  pending_free (pending);
}

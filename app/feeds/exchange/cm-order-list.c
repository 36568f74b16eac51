/* cm-order-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/exchange/cm-order-list.h"

#include <glib/gi18n.h>

/* How long the exchange has to do what it was told, and somebody to come who was
 * called, seconds. */
#define MAX_ORDER 20
#define MAX_DIAL 120

typedef struct
{
  CmOrder *order;
  GTask   *task;
  guint    number;
  gint64   deadline; /* monotonic, µs */
} Waiting;

struct _CmOrderList
{
  GPtrArray *waiting;
  guint      n_orders;
};

static void
waiting_free (gpointer data)
{
  Waiting *self = data;

  cm_order_free (self->order);
  g_object_unref (self->task);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

CmOrderList *
cm_order_list_new (void)
{
  CmOrderList *self = g_new0 (CmOrderList, 1);

  self->waiting = g_ptr_array_new_with_free_func (waiting_free);

  return self;
}

/**
 * cm_order_list_free:
 * @self: (transfer full): a list that was given up
 */
void
cm_order_list_free (CmOrderList *self)
{
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

guint
cm_order_list_get_size (CmOrderList *self)
{
  return self->waiting->len;
}

/**
 * cm_order_list_add:
 * @self: a list
 * @order: (transfer full): what is about to be told to the exchange
 * @task: what waits for it
 *
 * Returns: the order's number, from 1
 */
guint
cm_order_list_add (CmOrderList *self,
                   CmOrder     *order,
                   GTask       *task)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  gint64 seconds = cm_order_dials (order) ? MAX_DIAL : MAX_ORDER;

  *waiting = (Waiting) {
    .order = order,
    .task = g_object_ref (task),
    .number = ++self->n_orders,
    .deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC,
  };
  g_ptr_array_add (self->waiting, waiting);

  return waiting->number;
}

static Waiting *
find (CmOrderList *self,
      guint        number,
      guint       *i)
{
  for (*i = 0; *i < self->waiting->len; ++*i)
    {
      Waiting *waiting = g_ptr_array_index (self->waiting, *i);

      if (waiting->number == number)
        return waiting;
    }

  return NULL;
}

/**
 * cm_order_list_accept:
 * @self: a list
 * @number: of an order
 * @job: (nullable): by what the exchange tells how the dialling goes
 *
 * The exchange has taken it: nothing is done by that yet.
 */
void
cm_order_list_accept (CmOrderList *self,
                      guint        number,
                      const char  *job)
{
  guint i;
  Waiting *waiting = find (self, number, &i);

  if (waiting != NULL && waiting->order->job == NULL)
    waiting->order->job = g_strdup (job);
}

/**
 * cm_order_list_refuse:
 * @self: a list
 * @number: of an order
 * @words: why not, in the exchange's own
 */
void
cm_order_list_refuse (CmOrderList *self,
                      guint        number,
                      const char  *words)
{
  g_autoptr(Waiting) waiting = NULL;
  guint i;

  if (find (self, number, &i) == NULL)
    return;

  waiting = g_ptr_array_steal_index (self->waiting, i);
  g_task_return_new_error (waiting->task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", words);
}

/**
 * cm_order_list_give_up:
 * @self: a list
 * @reason: why nothing can be told of any order any more
 */
void
cm_order_list_give_up (CmOrderList *self,
                       const char  *reason)
{
  while (self->waiting->len > 0)
    {
      g_autoptr(Waiting) waiting = g_ptr_array_steal_index (self->waiting, 0);

      g_task_return_new_error (waiting->task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "%s", reason);
    }
}

/* Returns: whether the task was told how it came out */
static gboolean
settle (Waiting    *waiting,
        CmExchange *exchange,
        gint64      now)
{
  g_autoptr(GError) error = NULL;

  switch (cm_order_judge (waiting->order, exchange, &error))
    {
    case CM_OUTCOME_DONE:
      g_task_return_boolean (waiting->task, TRUE);
      return TRUE;
    case CM_OUTCOME_FAILED:
      g_task_return_error (waiting->task, g_steal_pointer (&error));
      return TRUE;
    case CM_OUTCOME_PENDING:
    default:
      if (g_task_return_error_if_cancelled (waiting->task))
        return TRUE;
      if (now < waiting->deadline)
        return FALSE;
      g_task_return_new_error (waiting->task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "%s",
                               _("The exchange has not said that it was done"));
      return TRUE;
    }
}

/**
 * cm_order_list_settle:
 * @self: a list
 * @exchange: what is known of the exchange by now
 */
void
cm_order_list_settle (CmOrderList *self,
                      CmExchange  *exchange)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->waiting->len;)
    {
      if (settle (g_ptr_array_index (self->waiting, i), exchange, now))
        g_ptr_array_remove_index (self->waiting, i);
      else
        i++;
    }
}

/* cm-fake-watch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panel/cm-fake-watch.h"

struct _CmFakeWatch
{
  CmWatch    parent_instance;

  CmActions  actions;
  char      *why_not;
  char      *refusal;
  CmCommand *command;
};

G_DEFINE_FINAL_TYPE (CmFakeWatch, cm_fake_watch, CM_TYPE_WATCH)

static CmActions
cm_fake_watch_get_actions (CmWatch    *watch,
                           const char *leg)
{
  return CM_FAKE_WATCH (watch)->actions;
}

static char *
cm_fake_watch_why_not (CmWatch         *watch,
                       const CmCommand *command)
{
  return g_strdup (CM_FAKE_WATCH (watch)->why_not);
}

static void
cm_fake_watch_command_async (CmWatch             *watch,
                             const CmCommand     *command,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  CmFakeWatch *self = CM_FAKE_WATCH (watch);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_clear_pointer (&self->command, cm_command_free);
  self->command = cm_command_copy (command);

  if (self->refusal != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", self->refusal);
  else
    g_task_return_boolean (task, TRUE);
}

/* Its tracker answers as soon as it is asked. */
static void
cm_fake_watch_reconnect (CmWatch *watch)
{
  cm_watch_set_status (watch, CM_WATCH_LIVE);
}

static void
cm_fake_watch_finalize (GObject *object)
{
  CmFakeWatch *self = CM_FAKE_WATCH (object);

  g_free (self->why_not);
  g_free (self->refusal);
  g_clear_pointer (&self->command, cm_command_free);

  G_OBJECT_CLASS (cm_fake_watch_parent_class)->finalize (object);
}

static void
cm_fake_watch_class_init (CmFakeWatchClass *klass)
{
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cm_fake_watch_finalize;
  watch_class->get_actions = cm_fake_watch_get_actions;
  watch_class->reconnect = cm_fake_watch_reconnect;
  watch_class->why_not = cm_fake_watch_why_not;
  watch_class->command_async = cm_fake_watch_command_async;
}

static void
cm_fake_watch_init (CmFakeWatch *self)
{
  self->actions = 1u << CM_ACTION_REJOIN;
  cm_watch_set_status (CM_WATCH (self), CM_WATCH_LIVE);
  cm_watch_set_n_sources (CM_WATCH (self), 1);
  cm_watch_set_now (CM_WATCH (self), CM_FAKE_NOW + 10000);
}

CmWatch *
cm_fake_watch_new (void)
{
  return g_object_new (CM_TYPE_FAKE_WATCH, NULL);
}

/* Shows @document (transfer full) at once. */
void
cm_fake_watch_show (CmFakeWatch *self,
                    CmDocument  *document)
{
  cm_watch_show (CM_WATCH (self), document);
  cm_watch_commit (CM_WATCH (self));
}

void
cm_fake_watch_remove (CmFakeWatch *self,
                      const char  *id)
{
  cm_watch_hide (CM_WATCH (self), id);
  cm_watch_commit (CM_WATCH (self));
}

void
cm_fake_watch_set_why_not (CmFakeWatch *self,
                           const char  *why_not)
{
  g_free (self->why_not);
  self->why_not = g_strdup (why_not);
}

void
cm_fake_watch_set_refusal (CmFakeWatch *self,
                           const char  *refusal)
{
  g_free (self->refusal);
  self->refusal = g_strdup (refusal);
}

/* What the sources of all legs take from now on. */
void
cm_fake_watch_set_actions (CmFakeWatch *self,
                           CmActions    actions)
{
  self->actions = actions;
}

/* Returns: (nullable) (transfer none): what was asked last */
const CmCommand *
cm_fake_watch_get_command (CmFakeWatch *self)
{
  return self->command;
}

/* Returns: (transfer full): a live conference of one station, Ana's */
CmDocument *
cm_fake_document_new (const char *id,
                      const char *subject)
{
  CmDocument *document = cm_document_new (id);
  g_autofree char *leg_id = g_strdup_printf ("lync/ana@x.org#%s", id);
  CmLeg *leg = cm_document_add_leg (document, leg_id);

  document->kind = CM_KIND_CONFERENCE;
  document->phase = leg->phase = CM_PHASE_IN_CONFERENCE;
  document->live = TRUE;
  document->started = CM_FAKE_NOW;
  document->subject = subject != NULL ? g_ref_string_new (subject) : NULL;
  leg->source = g_ref_string_new ("lync/ana@x.org");
  leg->conversation = g_ref_string_new (id);
  leg->confirmed = TRUE;
  cm_fake_document_add (document, "ana", CM_ROLE_PRESENTER)->is_self = TRUE;
  cm_fake_document_add (document, "ben", CM_ROLE_PRESENTER);

  return document;
}

/* Returns: (transfer full): the same, and Ana has left it */
CmDocument *
cm_fake_document_new_left (const char *id,
                           const char *subject)
{
  CmDocument *document = cm_fake_document_new (id, subject);
  CmLeg *leg = cm_document_edit_leg (document, 0);

  document->phase = leg->phase = CM_PHASE_LEFT;
  leg->banner = CM_BANNER_LEFT_CALL;
  leg->timing.left = CM_FAKE_NOW;

  return document;
}

CmPerson *
cm_fake_document_add (CmDocument *document,
                      const char *user,
                      CmRole      role)
{
  g_autofree char *address = g_strdup_printf ("sip:%s@x.org", user);
  g_autofree char *name = g_strdup (user);
  CmPerson *person = cm_document_add_person (document, address);

  name[0] = g_ascii_toupper (name[0]);
  person->name = g_ref_string_new (name);
  person->role = role;
  person->state = g_ref_string_new ("Connected");
  person->joined = CM_FAKE_NOW;
  person->confirmed = TRUE;

  return person;
}

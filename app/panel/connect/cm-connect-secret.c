/* cm-connect-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-secret.h"

#include <glib/gi18n.h>

#include "panel/connect/cm-connect-secret-file.h"

#ifdef HAVE_LIBSECRET
#include <libsecret/secret.h>
#endif

/**
 * Keep:
 * @token: (nullable): what is to be kept
 * @place: where it was found, or is kept
 * @is_refused: there is a keyring, and it has not done what was asked
 */
typedef struct
{
  char           *address;
  char           *token;
  CmConnectPlace  place;
  gboolean        is_refused;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *self = data;

  g_free (self->address);
  g_free (self->token);
  g_free (self);
}

static GTask *
new_task (const char          *address,
          const char          *token,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Keep *keep = g_new0 (Keep, 1);

  keep->address = g_strdup (address);
  keep->token = g_strdup (token);
  g_task_set_task_data (task, keep, keep_free);

  return task;
}

static void
look_in_file (GTask *task)
{
  Keep *keep = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *token = cm_connect_secret_file_lookup (keep->address, &error);

  keep->place = token != NULL ? CM_CONNECT_FILE : CM_CONNECT_NOWHERE;
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, token, g_free);
}

static void
store_in_file (GTask      *task,
               const char *token)
{
  Keep *keep = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (token != NULL)
    keep->place = CM_CONNECT_FILE;
  if (cm_connect_secret_file_store (keep->address, token, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

#ifdef HAVE_LIBSECRET

static const SecretSchema schema = {
  APPLICATION_ID ".Token", SECRET_SCHEMA_NONE, { { "address", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } }
};

/* Most desktops without a keyring have nobody who answers; some have no bus at all. */
static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED &&
          error->code != G_IO_ERROR_TIMED_OUT && !g_dbus_error_is_remote_error (error));
}

/* Where there is no keyring, or it stays locked, the file is asked. */
static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *keep = g_task_get_task_data (task);
  char *token = secret_password_lookup_finish (result, NULL);

  if (token == NULL)
    {
      look_in_file (task);
      return;
    }

  keep->place = CM_CONNECT_KEYRING;
  g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
}

/* What the keyring has, the file need not have too. */
static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Keep *keep = g_task_get_task_data (task);
  gboolean ok = secret_password_store_finish (result, &error);

  keep->place = CM_CONNECT_KEYRING;
  keep->is_refused = !ok && (error == NULL || !is_absent (error));
  store_in_file (task, ok ? NULL : keep->token);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Keep *keep = g_task_get_task_data (task);

  secret_password_clear_finish (result, &error);
  keep->is_refused = error != NULL && !is_absent (error);
  if (keep->is_refused && cm_connect_secret_file_store (keep->address, NULL, NULL))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    store_in_file (task, NULL);
}

static void
look_up (GTask *task)
{
  Keep *keep = g_task_get_task_data (task);

  secret_password_lookup (&schema, g_task_get_cancellable (task), looked_up_cb, task,
                          "address", keep->address, NULL);
}

static void
store (GTask *task)
{
  Keep *keep = g_task_get_task_data (task);
  g_autofree char *label = g_strdup_printf (_ ("Conference Monitor: token for %s"), keep->address);

  if (keep->token != NULL)
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, keep->token,
                           g_task_get_cancellable (task), stored_cb, task,
                           "address", keep->address, NULL);
  else
    secret_password_clear (&schema, g_task_get_cancellable (task), cleared_cb, task,
                           "address", keep->address, NULL);
}

#else

static void
look_up (GTask *task)
{
  look_in_file (task);
  g_object_unref (task);
}

static void
store (GTask *task)
{
  Keep *keep = g_task_get_task_data (task);

  store_in_file (task, keep->token);
  g_object_unref (task);
}

#endif

/**
 * cm_connect_secret_lookup_async:
 * @address: of a tracker
 * @cancellable: (nullable): to give up waiting
 * @callback: called with the token
 * @user_data: for @callback
 */
void
cm_connect_secret_lookup_async (const char          *address,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  look_up (new_task (address, NULL, cancellable, callback, user_data));
}

/**
 * cm_connect_secret_lookup_finish:
 * @result: what the callback got
 * @place: (out) (optional): where it is kept
 * @error: where the reason goes; that there is no token is none
 *
 * Returns: (nullable) (transfer full): the token
 */
char *
cm_connect_secret_lookup_finish (GAsyncResult    *result,
                                 CmConnectPlace  *place,
                                 GError         **error)
{
  Keep *keep = g_task_get_task_data (G_TASK (result));

  if (place != NULL)
    *place = keep->place;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cm_connect_secret_store_async:
 * @address: of a tracker
 * @token: (nullable): its token; %NULL to forget it
 * @cancellable: (nullable): to give up waiting
 * @callback: (nullable): called when it is kept
 * @user_data: for @callback
 */
void
cm_connect_secret_store_async (const char          *address,
                               const char          *token,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  store (new_task (address, token, cancellable, callback, user_data));
}

/**
 * cm_connect_secret_store_finish:
 * @result: what the callback got
 * @is_refused: (out) (optional): it is kept in the file, though there is a keyring:
 *   that stays locked, or has not taken it
 * @error: where the reason goes
 *
 * Returns: whether it is kept, or forgotten
 */
gboolean
cm_connect_secret_store_finish (GAsyncResult  *result,
                                gboolean      *is_refused,
                                GError       **error)
{
  Keep *keep = g_task_get_task_data (G_TASK (result));

  if (is_refused != NULL)
    *is_refused = keep->is_refused && keep->place == CM_CONNECT_FILE;

  return g_task_propagate_boolean (G_TASK (result), error);
}

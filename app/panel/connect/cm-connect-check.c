/* cm-connect-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-check.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>

#include "panel/connect/cm-connect-me.h"
#include "panel/connect/cm-connect-words.h"
#include "panel/cm-session-texts.h"
#include "watch/remote/cm-remote-address.h"

/* How long an answer may take, s. */
#define PATIENCE 10

/**
 * CmConnectCheck:
 * @faults: what is wrong with @certificate
 * @is_passing: the address cannot be reached now, but may be later
 */
struct _CmConnectCheck
{
  GObject parent_instance;

  CmConnectStep        *steps[CM_CONNECT_N_STEPS];
  GCancellable         *cancellable;
  CmRemoteAddress      *address;
  char                 *token;
  GTlsDatabase         *authority;
  GTlsCertificate      *certificate;
  GTlsCertificateFlags  faults;
  gboolean              is_passing;
};

/**
 * Run:
 * @cancellable: cancelled where the run is over, and its answers no longer count
 */
typedef struct
{
  CmConnectCheck *check;
  GCancellable   *cancellable;
} Run;

enum
{
  PROP_0,
  PROP_RUNNING,
  N_PROPS,
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmConnectCheck, cm_connect_check, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static Run *
run_new (CmConnectCheck *check)
{
  Run *run = g_new0 (Run, 1);

  run->check = g_object_ref (check);
  run->cancellable = g_object_ref (check->cancellable);

  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->check);
  g_object_unref (run->cancellable);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
is_over (const Run *run)
{
  return g_cancellable_is_cancelled (run->cancellable);
}

static void
set_step (CmConnectCheck    *self,
          CmConnectStepKind  kind,
          CmConnectState     state,
          char              *text)
{
  cm_connect_step_set (self->steps[kind], state, text);
  g_free (text);
}

static void
end (CmConnectCheck *self)
{
  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->authority);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->address, cm_remote_address_free);
  g_clear_pointer (&self->token, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
finish (CmConnectCheck *self,
        gboolean        good)
{
  end (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, good);
}

/* @reason: (transfer full) */
static void
fail (CmConnectCheck    *self,
      CmConnectStepKind  kind,
      char              *reason)
{
  set_step (self, kind, CM_CONNECT_FAILED, reason);
  finish (self, FALSE);
}

static void
look_at_clock (CmConnectCheck    *self,
               const CmConnectMe *me)
{
  g_autofree char *skew = cm_session_texts_dup_skew (me->skew);

  if (skew == NULL)
    set_step (self, CM_CONNECT_CLOCK, CM_CONNECT_PASSED,
              g_strdup (_ ("The tracker’s clock and this computer’s agree.")));
  else
    /* Translators: a sentence, as “The tracker’s clock is 5 min ahead” */
    set_step (self, CM_CONNECT_CLOCK, CM_CONNECT_NOTED,
              g_strdup_printf (_ ("%s. Ages are counted by the tracker’s clock; set the one that is "
                                  "wrong right."), skew));

  finish (self, TRUE);
}

static void
look_at_rights (CmConnectCheck    *self,
                const CmConnectMe *me)
{
  gboolean may_watch;
  g_autofree char *words = cm_connect_words_dup_role (me->role, &may_watch);

  set_step (self, CM_CONNECT_SIGN_IN, CM_CONNECT_PASSED,
            self->address->path != NULL
              ? g_strdup (_ ("Not needed: the socket is for users of this computer."))
              /* Translators: the name of a token */
              : g_strdup_printf (_ ("The tracker knows this token as “%s”."), me->token));
  if (!may_watch)
    {
      fail (self, CM_CONNECT_RIGHTS, g_steal_pointer (&words));
      return;
    }

  set_step (self, CM_CONNECT_RIGHTS, CM_CONNECT_PASSED, g_steal_pointer (&words));
  look_at_clock (self, me);
}

static void
answer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CmConnectMe) me = cm_connect_me_ask_finish (result, &error);

  if (is_over (run))
    return;

  if (me != NULL)
    look_at_rights (run->check, me);
  else
    fail (run->check, CM_CONNECT_SIGN_IN, g_strdup (error->message));
}

static void
sign_in (CmConnectCheck *self)
{
  set_step (self, CM_CONNECT_SIGN_IN, CM_CONNECT_RUNNING, NULL);
  cm_connect_me_ask_async (self->address, self->token, self->authority, self->cancellable, answer_cb,
                           run_new (self));
}

static void
handshake_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  CmConnectCheck *self = run->check;
  g_autoptr (GError) error = NULL;
  gboolean done = g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, &error);

  if (is_over (run))
    return;

  if (!done)
    {
      fail (self, CM_CONNECT_CERTIFICATE,
            self->faults != 0 && self->certificate != NULL
              ? cm_connect_words_dup_distrust (self->address, self->certificate, self->faults,
                                               self->authority != NULL)
              : cm_connect_words_dup_no_tls (self->address, error));
      return;
    }

  set_step (self, CM_CONNECT_CERTIFICATE, CM_CONNECT_PASSED,
            cm_connect_words_dup_certificate (
              g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (object))));
  sign_in (self);
}

/* What is wrong is kept for the words; it is never accepted. */
static gboolean
accept_certificate_cb (GTlsConnection       *connection,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  faults,
                       CmConnectCheck       *self)
{
  g_set_object (&self->certificate, certificate);
  self->faults = faults;

  return FALSE;
}

static void
look_at_certificate (CmConnectCheck *self,
                     GIOStream      *stream)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (self->address->host,
                                                                   self->address->port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (stream, identity, &error);

  if (tls == NULL)
    {
      fail (self, CM_CONNECT_CERTIFICATE, cm_connect_words_dup_no_tls (self->address, error));
      return;
    }

  if (self->authority != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), self->authority);
  self->faults = 0;
  g_signal_connect_object (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), self, 0);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->cancellable,
                                    handshake_cb, run_new (self));
}

/* Where nothing is encrypted nobody is told a secret. */
static void
pass_without_certificate (CmConnectCheck *self)
{
  if (!self->address->is_local && self->token != NULL)
    {
      fail (self, CM_CONNECT_CERTIFICATE,
            g_strdup (_ ("Over http:// the token, and all that is shown, could be read on the way. "
                         "Use https://.")));
      return;
    }

  if (self->address->is_local)
    set_step (self, CM_CONNECT_CERTIFICATE, CM_CONNECT_PASSED,
              g_strdup (_ ("Not needed: nothing leaves this computer.")));
  else
    set_step (self, CM_CONNECT_CERTIFICATE, CM_CONNECT_NOTED,
              g_strdup (_ ("Over http:// all that is shown can be read on the way.")));
  sign_in (self);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  CmConnectCheck *self = run->check;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);

  if (is_over (run))
    return;

  if (connection == NULL)
    {
      self->is_passing = TRUE;
      fail (self, CM_CONNECT_ADDRESS, cm_connect_words_dup_unreachable (self->address, error));
      return;
    }

  set_step (self, CM_CONNECT_ADDRESS, CM_CONNECT_PASSED,
            self->address->path != NULL
              ? g_strdup (_ ("Something listens at this path."))
              : g_strdup_printf (_ ("%s answers on port %u."), self->address->host,
                                 self->address->port));
  set_step (self, CM_CONNECT_CERTIFICATE, CM_CONNECT_RUNNING, NULL);
  if (self->address->is_tls)
    look_at_certificate (self, G_IO_STREAM (connection));
  else
    pass_without_certificate (self);
}

static void
look_at_address (CmConnectCheck *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) place =
    self->address->path != NULL
      ? G_SOCKET_CONNECTABLE (g_unix_socket_address_new (self->address->path))
      : g_network_address_new (self->address->host, self->address->port);

  g_socket_client_set_timeout (client, PATIENCE);
  g_socket_client_connect_async (client, place, self->cancellable, connected_cb, run_new (self));
}

static void
cm_connect_check_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, CM_CONNECT_CHECK (object)->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_connect_check_dispose (GObject *object)
{
  CmConnectCheck *self = CM_CONNECT_CHECK (object);

  end (self);
  for (guint i = 0; i < CM_CONNECT_N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (cm_connect_check_parent_class)->dispose (object);
}

static void
cm_connect_check_class_init (CmConnectCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_connect_check_get_property;
  object_class->dispose = cm_connect_check_dispose;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
cm_connect_check_init (CmConnectCheck *self)
{
  const char *titles[CM_CONNECT_N_STEPS] = {
    /* Translators: of a tracker, the title of a check */
    [CM_CONNECT_ADDRESS] = _ ("Address"),
    /* Translators: of a tracker, the title of a check */
    [CM_CONNECT_CERTIFICATE] = _ ("Certificate"),
    /* Translators: the title of a check: whether the tracker knows who asks */
    [CM_CONNECT_SIGN_IN] = _ ("Sign-in"),
    /* Translators: the title of a check: what the tracker allows to see */
    [CM_CONNECT_RIGHTS] = _ ("Rights"),
    /* Translators: of a tracker, the title of a check */
    [CM_CONNECT_CLOCK] = _ ("Clock"),
  };

  for (guint i = 0; i < CM_CONNECT_N_STEPS; i++)
    self->steps[i] = cm_connect_step_new (titles[i]);
}

CmConnectCheck *
cm_connect_check_new (void)
{
  return g_object_new (CM_TYPE_CONNECT_CHECK, NULL);
}

/**
 * cm_connect_check_start:
 * @self: a check
 * @address: as the user wrote it
 * @token: (nullable): who the user is
 * @authority: (nullable): a PEM file with the only certificates that are trusted
 *
 * Looks at all anew.
 */
void
cm_connect_check_start (CmConnectCheck *self,
                        const char     *address,
                        const char     *token,
                        const char     *authority)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (CM_IS_CONNECT_CHECK (self));

  end (self);
  for (guint i = 0; i < CM_CONNECT_N_STEPS; i++)
    set_step (self, (CmConnectStepKind) i, CM_CONNECT_WAITING, NULL);

  self->is_passing = FALSE;
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  set_step (self, CM_CONNECT_ADDRESS, CM_CONNECT_RUNNING, NULL);

  self->token = g_strdup (token);
  self->address = cm_remote_address_parse (address, &error);
  if (self->address == NULL)
    {
      fail (self, CM_CONNECT_ADDRESS, g_strdup (error->message));
      return;
    }

  if (authority != NULL)
    self->authority = g_tls_file_database_new (authority, &error);
  if (error != NULL)
    fail (self, CM_CONNECT_CERTIFICATE,
          g_strdup_printf (_ ("The file of authorities cannot be used: %s. Choose another."),
                           error->message));
  else
    look_at_address (self);
}

/* Stops where it is; nobody is told. */
void
cm_connect_check_cancel (CmConnectCheck *self)
{
  g_return_if_fail (CM_IS_CONNECT_CHECK (self));

  end (self);
}

/**
 * cm_connect_check_fail:
 * @self: a check
 * @kind: a step
 * @reason: why it has failed after all, in sentences
 */
void
cm_connect_check_fail (CmConnectCheck    *self,
                       CmConnectStepKind  kind,
                       const char        *reason)
{
  g_return_if_fail (CM_IS_CONNECT_CHECK (self));

  cm_connect_step_set (self->steps[kind], CM_CONNECT_FAILED, reason);
}

/* Returns: (transfer none) */
CmConnectStep *
cm_connect_check_get_step (CmConnectCheck    *self,
                           CmConnectStepKind  kind)
{
  g_return_val_if_fail (CM_IS_CONNECT_CHECK (self), NULL);

  return self->steps[kind];
}

/* Returns: whether what has failed may go by itself: nothing answered */
gboolean
cm_connect_check_may_pass (CmConnectCheck *self)
{
  g_return_val_if_fail (CM_IS_CONNECT_CHECK (self), FALSE);

  return self->is_passing;
}

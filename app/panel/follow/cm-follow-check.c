/* cm-follow-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-check.h"

#include <glib/gi18n.h>

#include "feeds/cm-feeds.h"
#include "tracker/cm-tracker.h"

/* How long a system may take to say all that is so now, s. */
#define PATIENCE 20

/**
 * CmFollowCheck:
 * @feed: (nullable): what is tried
 * @tracker: (nullable): what it says comes to
 * @words: what is wrong with the settings or the secrets
 * @idle_id: what the feed has said is looked at when it has spoken
 */
struct _CmFollowCheck
{
  GObject parent_instance;

  CmConnectStep *steps[CM_FOLLOW_N_STEPS];
  CmFeed        *feed;
  CmTracker     *tracker;
  GString       *words;
  guint          idle_id;
  guint          timeout_id;
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmFollowCheck, cm_follow_check, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
end (CmFollowCheck *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->feed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->feed, self);
      cm_feed_stop (self->feed);
      cm_feed_set_sink (self->feed, NULL, NULL, NULL);
    }
  g_clear_object (&self->feed);
  g_clear_object (&self->tracker);
}

static void
finish (CmFollowCheck *self,
        gboolean       good)
{
  end (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, good);
}

static void
pass (CmFollowCheck    *self,
      CmFollowStepKind  kind,
      const char       *text)
{
  if (cm_connect_step_get_state (self->steps[kind]) != CM_CONNECT_PASSED)
    cm_connect_step_set (self->steps[kind], CM_CONNECT_PASSED, text);
  if (kind + 1 < CM_FOLLOW_N_STEPS && cm_connect_step_get_state (self->steps[kind + 1]) == CM_CONNECT_WAITING)
    cm_connect_step_set (self->steps[kind + 1], CM_CONNECT_RUNNING, NULL);
}

static void
fail (CmFollowCheck    *self,
      CmFollowStepKind  kind,
      const char       *reason)
{
  cm_connect_step_set (self->steps[kind], CM_CONNECT_FAILED, reason);
  finish (self, FALSE);
}

/* The step that has been begun last. */
static CmFollowStepKind
get_running (CmFollowCheck *self)
{
  CmFollowStepKind kind = CM_FOLLOW_ADDRESS;

  while (kind + 1 < CM_FOLLOW_N_STEPS && cm_connect_step_get_state (self->steps[kind]) == CM_CONNECT_PASSED)
    kind++;

  return kind;
}

static void
pass_calls (CmFollowCheck *self)
{
  guint n = cm_tracker_get_n_conversations (self->tracker);
  g_autofree char *words = n == 0
    ? g_strdup (_ ("There is no call now; each will be shown when it begins."))
    : g_strdup_printf (ngettext ("There is %u call now.", "There are %u calls now.", n), n);

  pass (self, CM_FOLLOW_CALLS, words);
  finish (self, TRUE);
}

static gboolean
look_cb (gpointer user_data)
{
  CmFollowCheck *self = CM_FOLLOW_CHECK (user_data);
  CmFeedStatus status = cm_feed_get_status (self->feed);
  g_autofree char *reason = NULL;

  self->idle_id = 0;
  if (cm_feed_get_error (self->feed) != NULL)
    {
      /* Translators: why a system cannot be followed; the name of a kind of systems */
      reason = g_strdup_printf (_ ("%s. Check what was entered, and that %s runs and lets this computer in."),
                                cm_feed_get_error (self->feed),
                                cm_feeds_get_title (cm_feed_config_get_type_name (cm_feed_get_config (self->feed))));
      fail (self, get_running (self), reason);
    }
  else if (status == CM_FEED_LIVE)
    pass_calls (self);

  return G_SOURCE_REMOVE;
}

/* A feed is not let go while it speaks. */
static void
changed_cb (CmFollowCheck *self)
{
  CmFeedStatus status = cm_feed_get_status (self->feed);

  if (status == CM_FEED_REACHED || status == CM_FEED_LIVE)
    pass (self, CM_FOLLOW_ADDRESS, _ ("Something answers there."));
  if (status == CM_FEED_LIVE)
    pass (self, CM_FOLLOW_SIGN_IN, _ ("What was asked was answered."));
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (look_cb, self);
}

static gboolean
timeout_cb (gpointer user_data)
{
  CmFollowCheck *self = CM_FOLLOW_CHECK (user_data);

  self->timeout_id = 0;
  fail (self, get_running (self),
        _ ("There was no answer. Check the address, that this computer is in the right network, and that no "
           "firewall is between."));

  return G_SOURCE_REMOVE;
}

static void
event_cb (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  cm_tracker_handle (CM_FOLLOW_CHECK (user_data)->tracker, event);
}

static void
try_feed (CmFollowCheck *self,
          CmFeedConfig  *config)
{
  self->tracker = cm_tracker_new ();
  self->feed = cm_feeds_new_feed (config);
  cm_feed_set_sink (self->feed, event_cb, NULL, self);
  g_signal_connect_object (self->feed, "notify::status", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "notify::error", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->timeout_id = g_timeout_add_seconds (PATIENCE, timeout_cb, self);
  cm_feed_start (self->feed);
}

static void
fault_cb (guint       line,
          const char *reason,
          gpointer    user_data)
{
  CmFollowCheck *self = CM_FOLLOW_CHECK (user_data);

  if (self->words->len > 0)
    g_string_append_c (self->words, '\n');
  g_string_append (self->words, reason);
}

static gboolean
check_settings (CmFollowCheck *self,
                CmFeedConfig  *config)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (self->words, 0);
  if (!cm_feed_config_check (config, fault_cb, self))
    return FALSE;

  if (!cm_feeds_check_asks (config, &error))
    g_string_append (self->words, error->message);

  return error == NULL;
}

static void
cm_follow_check_dispose (GObject *object)
{
  CmFollowCheck *self = CM_FOLLOW_CHECK (object);

  end (self);
  for (guint i = 0; i < CM_FOLLOW_N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (cm_follow_check_parent_class)->dispose (object);
}

static void
cm_follow_check_finalize (GObject *object)
{
  g_string_free (CM_FOLLOW_CHECK (object)->words, TRUE);

  G_OBJECT_CLASS (cm_follow_check_parent_class)->finalize (object);
}

static void
cm_follow_check_class_init (CmFollowCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = cm_follow_check_dispose;
  object_class->finalize = cm_follow_check_finalize;

  signals[SIGNAL_FINISHED] =
    g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
cm_follow_check_init (CmFollowCheck *self)
{
  const char *titles[CM_FOLLOW_N_STEPS] = {
    /* Translators: of a system that is to be followed, the title of a check */
    [CM_FOLLOW_SETTINGS] = _ ("Settings"),
    /* Translators: passwords and the like, the title of a check */
    [CM_FOLLOW_SECRETS] = _ ("Secrets"),
    /* Translators: of a tracker, the title of a check */
    [CM_FOLLOW_ADDRESS] = _ ("Address"),
    /* Translators: the title of a check: whether the tracker knows who asks */
    [CM_FOLLOW_SIGN_IN] = _ ("Sign-in"),
    /* Translators: the title of a check: whether a system says what goes on */
    [CM_FOLLOW_CALLS] = C_ ("check", "Calls"),
  };

  self->words = g_string_new (NULL);
  for (guint i = 0; i < CM_FOLLOW_N_STEPS; i++)
    self->steps[i] = cm_connect_step_new (titles[i]);
}

CmFollowCheck *
cm_follow_check_new (void)
{
  return g_object_new (CM_TYPE_FOLLOW_CHECK, NULL);
}

/**
 * cm_follow_check_start:
 * @self: a check
 * @config: what is known of a system, with its secrets
 *
 * Looks at all anew.
 */
void
cm_follow_check_start (CmFollowCheck *self,
                       CmFeedConfig  *config)
{
  g_return_if_fail (CM_IS_FOLLOW_CHECK (self));

  end (self);
  for (guint i = 0; i < CM_FOLLOW_N_STEPS; i++)
    cm_connect_step_set (self->steps[i], CM_CONNECT_WAITING, NULL);

  if (!check_settings (self, config))
    {
      fail (self, CM_FOLLOW_SETTINGS, self->words->str);
      return;
    }
  pass (self, CM_FOLLOW_SETTINGS, NULL);

  if (!cm_feed_config_check_secrets (config, fault_cb, self))
    {
      fail (self, CM_FOLLOW_SECRETS, self->words->str);
      return;
    }
  pass (self, CM_FOLLOW_SECRETS, NULL);

  try_feed (self, config);
}

/* Stops where it is; nobody is told. */
void
cm_follow_check_cancel (CmFollowCheck *self)
{
  g_return_if_fail (CM_IS_FOLLOW_CHECK (self));

  end (self);
}

/* Returns: (transfer none) */
CmConnectStep *
cm_follow_check_get_step (CmFollowCheck    *self,
                          CmFollowStepKind  kind)
{
  g_return_val_if_fail (CM_IS_FOLLOW_CHECK (self), NULL);

  return self->steps[kind];
}

/* Returns: whether what has failed may go by itself: what was entered could be right */
gboolean
cm_follow_check_may_pass (CmFollowCheck *self)
{
  g_return_val_if_fail (CM_IS_FOLLOW_CHECK (self), FALSE);

  return cm_connect_step_get_state (self->steps[CM_FOLLOW_SECRETS]) == CM_CONNECT_PASSED;
}

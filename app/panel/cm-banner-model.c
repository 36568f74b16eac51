/* cm-banner-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-banner-model.h"

#include "panel/cm-banner-texts.h"
#include "panel/call/cm-join-link.h"

struct _CmBannerModel
{
  GObject parent_instance;

  CmWatch        *watch;
  CmConversation *conversation;
  GPtrArray      *silences;     /* of CmSilence */
  char           *mirrored_leg;
  char          **my_stations; /* what the ids of their legs begin with */
  GCancellable   *cancellable;

  char *refused_leg; /* the leg whose rejoin was refused, and why */
  char *refusal;

  CmBannerAction  action;
  char           *leg;
  char           *words;
  char           *button;
  char           *hint;
};

enum
{
  PROP_0,
  PROP_WORDS,
  PROP_BUTTON,
  PROP_HINT,
  PROP_N_SILENT,
  N_PROPS,
};

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmBannerModel, cm_banner_model, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_text (CmBannerModel  *self,
          char          **field,
          const char     *text,
          guint           prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* Where one station is watched, every call in the list is that station's. */
static guint
get_n_own_left (CmBannerModel *self)
{
  guint n = 0;

  if (cm_watch_get_n_sources (self->watch) <= 1)
    g_object_get (cm_watch_get_conversations (self->watch), "n-left", &n, NULL);

  return n;
}

/* Returns: (nullable): who has not answered for so long as the rule calls a warning, if it is on */
static const CmSilence *
find_silence (CmBannerModel *self)
{
  const CmRuleThresholds *rule = cm_watch_get_rule (self->watch, CM_RULE_SOURCE_SILENT);
  gint64 span = rule->warning != CM_RULE_OFF ? rule->warning : rule->notice;
  gint64 now = cm_watch_get_now (self->watch);

  for (guint i = 0; span != CM_RULE_OFF && now != CM_TIME_NONE && i < self->silences->len; i++)
    {
      const CmSilence *silence = g_ptr_array_index (self->silences, i);

      if (now - silence->since >= span)
        return silence;
    }

  return NULL;
}

static void
choose (CmBannerModel *self,
        CmBannerText  *text)
{
  guint n_left = get_n_own_left (self);
  const CmSilence *silence = find_silence (self);

  if (cm_watch_get_status (self->watch) == CM_WATCH_LOST)
    {
      cm_banner_texts_set_lost (text, cm_watch_get_now (self->watch));
      return;
    }

  if (self->conversation != NULL)
    {
      const CmDocument *document = cm_conversation_get_document (self->conversation);
      const char *mirrored = cm_document_find_mirrored (document, self->mirrored_leg, self->my_stations);

      /* Its row and its page say "you" of the same leg. */
      cm_conversation_set_mirrored (self->conversation, mirrored);
      cm_document_get_banner (document, mirrored, text);
    }

  if (text->action == CM_BANNER_ACTION_REJOIN)
    {
      if (self->refusal != NULL && g_strcmp0 (text->leg, self->refused_leg) == 0)
        cm_banner_texts_set_refused (text, self->refusal);
      return;
    }

  if (n_left > 1)
    cm_banner_texts_set_several_left (text, n_left);
  else if (text->words == NULL && silence != NULL)
    cm_banner_texts_set_silent (text, silence, cm_watch_get_now (self->watch));
  if (text->words == NULL && cm_watch_get_unsaved (self->watch))
    cm_banner_texts_set_unsaved (text);
}

static char *
dup_hint (CmBannerModel      *self,
          const CmBannerText *text)
{
  if (text->action != CM_BANNER_ACTION_REJOIN || text->leg == NULL)
    return NULL;

  return cm_join_link_dup_why_not (self->watch, self->conversation, text->leg);
}

static void
update (CmBannerModel *self)
{
  g_auto (CmBannerText) text = { 0 };
  g_autofree char *hint = NULL;

  if (self->watch != NULL)
    {
      choose (self, &text);
      hint = dup_hint (self, &text);
    }

  g_free (self->leg);
  self->leg = g_strdup (text.leg);
  self->action = text.action;

  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->words, text.words, PROP_WORDS);
  set_text (self, &self->button, text.button, PROP_BUTTON);
  set_text (self, &self->hint, hint, PROP_HINT);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
silences_changed_cb (CmBannerModel *self)
{
  guint n_before = self->silences->len;

  g_ptr_array_unref (self->silences);
  self->silences = self->watch != NULL
    ? cm_conversation_list_dup_silences (cm_watch_get_conversations (self->watch))
    : cm_silences_new ();
  update (self);
  if (self->silences->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SILENT]);
}

static void
rejoin_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CmBannerModel) self = CM_BANNER_MODEL (user_data);
  g_autoptr (GError) error = NULL;

  /* That it worked is only what events then show. */
  if ((object != NULL ? cm_watch_command_finish (CM_WATCH (object), result, &error)
                      : g_app_info_launch_default_for_uri_finish (result, &error)) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_free (self->refusal);
  self->refusal = g_strdup (error->message);
  update (self);
}

static void
forget_refusal (CmBannerModel *self)
{
  g_clear_pointer (&self->refused_leg, g_free);
  g_clear_pointer (&self->refusal, g_free);
}

static void
rejoin (CmBannerModel *self)
{
  g_autoptr (CmCommand) command = cm_command_new (NULL, self->leg, CM_ACTION_REJOIN, NULL);
  g_autofree char *reason = cm_watch_why_not (self->watch, command);

  forget_refusal (self);
  self->refused_leg = g_strdup (self->leg);

  if (reason != NULL)
    {
      g_app_info_launch_default_for_uri_async (cm_join_link_get (self->watch, self->conversation),
                                               NULL, self->cancellable, rejoin_cb,
                                               g_object_ref (self));
      return;
    }

  cm_watch_command_async (self->watch, command, self->cancellable, rejoin_cb, g_object_ref (self));
}

static void
cm_banner_model_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CmBannerModel *self = CM_BANNER_MODEL (object);

  switch (prop_id)
    {
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    case PROP_BUTTON:
      g_value_set_string (value, self->button);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_N_SILENT:
      g_value_set_uint (value, self->silences->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_banner_model_dispose (GObject *object)
{
  CmBannerModel *self = CM_BANNER_MODEL (object);

  cm_banner_model_set_watch (self, NULL);
  cm_banner_model_set_conversation (self, NULL);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (cm_banner_model_parent_class)->dispose (object);
}

static void
cm_banner_model_finalize (GObject *object)
{
  CmBannerModel *self = CM_BANNER_MODEL (object);

  forget_refusal (self);
  g_ptr_array_unref (self->silences);
  g_free (self->mirrored_leg);
  g_strfreev (self->my_stations);
  g_free (self->leg);
  g_free (self->words);
  g_free (self->button);
  g_free (self->hint);

  G_OBJECT_CLASS (cm_banner_model_parent_class)->finalize (object);
}

static void
cm_banner_model_class_init (CmBannerModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_banner_model_get_property;
  object_class->dispose = cm_banner_model_dispose;
  object_class->finalize = cm_banner_model_finalize;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON] = g_param_spec_string ("button", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_N_SILENT] = g_param_spec_uint ("n-silent", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
cm_banner_model_init (CmBannerModel *self)
{
  self->cancellable = g_cancellable_new ();
  self->silences = cm_silences_new ();
}

CmBannerModel *
cm_banner_model_new (void)
{
  return g_object_new (CM_TYPE_BANNER_MODEL, NULL);
}

/**
 * cm_banner_model_set_watch:
 * @self: a banner
 * @watch: (nullable): what is watched
 */
void
cm_banner_model_set_watch (CmBannerModel *self,
                           CmWatch       *watch)
{
  static const char * const names[] = { "notify::status", "notify::now", "notify::n-sources", "notify::unsaved" };

  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  if (self->watch != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
      g_signal_handlers_disconnect_by_data (cm_watch_get_conversations (self->watch), self);
      g_signal_handlers_disconnect_by_data (self->watch, self);
    }

  forget_refusal (self);
  g_set_object (&self->watch, watch);

  if (watch != NULL)
    {
      CmConversationList *list = cm_watch_get_conversations (watch);

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_signal_connect_object (watch, names[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify::n-left", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (list, "notify::n-silent", G_CALLBACK (silences_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }

  silences_changed_cb (self);
}

/**
 * cm_banner_model_set_conversation:
 * @self: a banner
 * @conversation: (nullable): the one that is selected, or the only one
 */
void
cm_banner_model_set_conversation (CmBannerModel  *self,
                                  CmConversation *conversation)
{
  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->conversation, update, self);
      cm_conversation_set_mirrored (self->conversation, NULL);
    }

  g_set_object (&self->conversation, conversation);
  g_clear_pointer (&self->mirrored_leg, g_free);

  if (conversation != NULL)
    g_signal_connect_object (conversation, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  update (self);
}

/**
 * cm_banner_model_set_mirrored_leg:
 * @self: a banner
 * @leg: (nullable): of a conversation with several stations, the leg that "you" is
 */
void
cm_banner_model_set_mirrored_leg (CmBannerModel *self,
                                  const char    *leg)
{
  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  g_free (self->mirrored_leg);
  self->mirrored_leg = g_strdup (leg);
  update (self);
}

/**
 * cm_banner_model_activate:
 * @self: a banner
 *
 * Does what its button says; nothing where the button is insensitive.
 */
void
cm_banner_model_activate (CmBannerModel *self)
{
  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  if (self->words == NULL || self->hint != NULL)
    return;

  switch (self->action)
    {
    case CM_BANNER_ACTION_REJOIN:
    case CM_BANNER_ACTION_TRY_AGAIN:
      rejoin (self);
      break;
    case CM_BANNER_ACTION_SHOW:
    case CM_BANNER_ACTION_SEE_LOBBY:
      g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, (guint) self->action);
      break;
    case CM_BANNER_ACTION_RECONNECT:
      cm_watch_reconnect (self->watch);
      break;
    case CM_BANNER_ACTION_DETAILS:
    case CM_BANNER_ACTION_NONE:
    default:
      break;
    }
}

/**
 * cm_banner_model_rejoin:
 * @self: a banner
 *
 * Rejoins the call where that is what the banner's button would do.
 */
void
cm_banner_model_rejoin (CmBannerModel *self)
{
  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  if (self->action == CM_BANNER_ACTION_REJOIN || self->action == CM_BANNER_ACTION_TRY_AGAIN)
    cm_banner_model_activate (self);
}

/**
 * cm_banner_model_set_my_stations:
 * @self: a banner
 * @stations: (array zero-terminated=1): ids of the sources that are the user's own
 */
void
cm_banner_model_set_my_stations (CmBannerModel      *self,
                                 const char * const *stations)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_if_fail (CM_IS_BANNER_MODEL (self));

  /* A leg's id is its source, with two characters escaped, a # and more. */
  for (guint i = 0; stations[i] != NULL; i++)
    {
      g_autoptr (GString) start = g_string_new (stations[i]);

      g_string_replace (start, "%", "%25", 0);
      g_string_replace (start, "#", "%23", 0);
      g_string_append_c (start, '#');
      g_strv_builder_add (builder, start->str);
    }

  g_strfreev (self->my_stations);
  self->my_stations = g_strv_builder_end (builder);
  update (self);
}

/* Returns: what its button does */
CmBannerAction
cm_banner_model_get_action (CmBannerModel *self)
{
  g_return_val_if_fail (CM_IS_BANNER_MODEL (self), CM_BANNER_ACTION_NONE);

  return self->action;
}

/* Returns: (transfer none) (element-type CmSilence): who does not answer, those with calls first */
GPtrArray *
cm_banner_model_get_silences (CmBannerModel *self)
{
  g_return_val_if_fail (CM_IS_BANNER_MODEL (self), NULL);

  return self->silences;
}

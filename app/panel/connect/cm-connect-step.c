/* cm-connect-step.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-step.h"

#include <glib/gi18n.h>

struct _CmConnectStep
{
  GObject parent_instance;

  char           *title;
  char           *text;
  CmConnectState  state;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_TEXT,
  PROP_ICON_NAME,
  PROP_STATE_CLASS,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmConnectStep, cm_connect_step, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static const struct
{
  const char *icon_name;
  const char *state_class;
  const char *word;
} looks[] = {
  /* Translators: a thing that is checked later */
  [CM_CONNECT_WAITING] = { "content-loading-symbolic", "idle", NC_ ("check", "waiting") },
  /* Translators: a thing that is being checked */
  [CM_CONNECT_RUNNING] = { "view-refresh-symbolic", "escalating", NC_ ("check", "checking") },
  /* Translators: a thing was checked, and is as it should be */
  [CM_CONNECT_PASSED] = { "object-select-symbolic", "live", NC_ ("check", "good") },
  /* Translators: a thing was checked, and is worth knowing */
  [CM_CONNECT_NOTED] = { "dialog-warning-symbolic", "hold", NC_ ("check", "note") },
  /* Translators: a thing was checked, and is not as it should be */
  [CM_CONNECT_FAILED] = { "dialog-error-symbolic", "failed", NC_ ("check", "failed") },
};

static char *
dup_sentence (CmConnectStep *self)
{
  const char *word = g_dpgettext2 (NULL, "check", looks[self->state].word);

  if (self->text == NULL)
    /* Translators: what is checked, and how it stands: “Certificate: waiting” */
    return g_strdup_printf (_ ("%s: %s"), self->title, word);

  /* Translators: what is checked, how it stands, and why: “Certificate: failed. It has…” */
  return g_strdup_printf (_ ("%s: %s. %s"), self->title, word, self->text);
}

static void
cm_connect_step_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CmConnectStep *self = CM_CONNECT_STEP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_ICON_NAME:
      g_value_set_static_string (value, looks[self->state].icon_name);
      break;
    case PROP_STATE_CLASS:
      g_value_set_static_string (value, looks[self->state].state_class);
      break;
    case PROP_SENTENCE:
      g_value_take_string (value, dup_sentence (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_connect_step_finalize (GObject *object)
{
  CmConnectStep *self = CM_CONNECT_STEP (object);

  g_free (self->title);
  g_free (self->text);

  G_OBJECT_CLASS (cm_connect_step_parent_class)->finalize (object);
}

static void
cm_connect_step_class_init (CmConnectStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char * const names[N_PROPS] = {
    [PROP_TITLE] = "title",
    [PROP_TEXT] = "text",
    [PROP_ICON_NAME] = "icon-name",
    [PROP_STATE_CLASS] = "state-class",
    [PROP_SENTENCE] = "sentence",
  };

  object_class->get_property = cm_connect_step_get_property;
  object_class->finalize = cm_connect_step_finalize;

  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL,
                                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                           G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_connect_step_init (CmConnectStep *self)
{
}

/**
 * cm_connect_step_new:
 * @title: what is looked at, in a word
 *
 * Returns: (transfer full): a step whose turn has not come
 */
CmConnectStep *
cm_connect_step_new (const char *title)
{
  CmConnectStep *self = g_object_new (CM_TYPE_CONNECT_STEP, NULL);

  self->title = g_strdup (title);

  return self;
}

CmConnectState
cm_connect_step_get_state (CmConnectStep *self)
{
  g_return_val_if_fail (CM_IS_CONNECT_STEP (self), CM_CONNECT_WAITING);

  return self->state;
}

/**
 * cm_connect_step_set:
 * @self: a step
 * @state: how it stands
 * @text: (nullable): what was found, and what to do, in sentences
 */
void
cm_connect_step_set (CmConnectStep  *self,
                     CmConnectState  state,
                     const char     *text)
{
  g_return_if_fail (CM_IS_CONNECT_STEP (self));

  if (self->state == state && g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  self->state = state;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_TEXT; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

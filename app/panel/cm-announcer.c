/* cm-announcer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-announcer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/cm-silence.h"
#include "model/cm-words.h"

typedef enum
{
  PART_FAULT,
  PART_BANNER,
  PART_CALL,
  PART_COUNTS,
  N_PARTS,
} Part;

struct _CmAnnouncer
{
  GObject parent_instance;

  CmSession      *session;
  GSignalGroup   *selected; /* the signals of the selected call */
  CmAnnounceFunc  func;
  gpointer        user_data;
  char           *said[N_PARTS]; /* what each part was when it was last looked at */
  char           *asked;         /* (nullable): what is to be said besides */
  gboolean        moved;         /* another call has been selected since */
  gint64          last;          /* when it last spoke, monotonic µs, or 0 */
  guint           interval;      /* ms */
  guint           timeout_id;
};

enum
{
  PROP_0,
  PROP_INTERVAL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CmAnnouncer, cm_announcer, G_TYPE_OBJECT)

static char *
dup_joined (GObject    *object,
            const char *first,
            const char *second)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *names[] = { first, second };

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (names); i++)
    {
      char *text = NULL;

      g_object_get (object, names[i], &text, NULL);
      if (text != NULL && *text != '\0')
        g_ptr_array_add (parts, text);
      else
        g_free (text);
    }

  return cm_words_dup_join (parts, _ (", "));
}

static char *
dup_part (CmAnnouncer *self,
          Part         part)
{
  g_autofree char *page = NULL;
  char *words = NULL;

  g_object_get (self->session, "page", &page, NULL);
  if (part == PART_FAULT)
    return g_str_equal (page, "fault") ?
      dup_joined (G_OBJECT (self->session), "fault-title", "fault-text") : NULL;
  if (!g_str_equal (page, "calls"))
    return NULL;

  if (part == PART_CALL)
    return dup_joined (G_OBJECT (cm_session_get_selected (self->session)), "sentence", "attention-text");
  if (part == PART_COUNTS)
    return dup_joined (G_OBJECT (self->session), "title", "subtitle");

  g_object_get (cm_session_get_banner (self->session), "words", &words, NULL);

  return words;
}

/* A source's silence lasts longer each second, and is one piece of news. */
static char *
dup_key (CmAnnouncer *self,
         Part         part,
         const char  *text)
{
  CmBannerModel *banner = cm_session_get_banner (self->session);
  GPtrArray *silences = cm_banner_model_get_silences (banner);

  if (part == PART_BANNER && text != NULL && silences != NULL && silences->len > 0 &&
      cm_banner_model_get_action (banner) == CM_BANNER_ACTION_DETAILS)
    return g_strdup (((const CmSilence *) g_ptr_array_index (silences, 0))->source);

  return g_strdup (text);
}

/* Of a call that has just been selected the list has told. */
static gboolean
is_known (CmAnnouncer *self,
          Part         part)
{
  CmBannerAction action = cm_banner_model_get_action (cm_session_get_banner (self->session));

  return self->moved && (part == PART_CALL ||
                         (part == PART_BANNER && action != CM_BANNER_ACTION_RECONNECT &&
                          action != CM_BANNER_ACTION_DETAILS));
}

/* What is within something else that is said is not said twice. */
static void
add_news (GPtrArray *news,
          char      *text)
{
  for (guint i = 0; i < news->len; i++)
    {
      if (strstr (text, g_ptr_array_index (news, i)) != NULL)
        g_ptr_array_remove_index (news, i--);
    }

  g_ptr_array_add (news, text);
}

static char *
take_news (CmAnnouncer *self)
{
  g_autoptr (GPtrArray) news = g_ptr_array_new_with_free_func (g_free);

  if (self->asked != NULL)
    g_ptr_array_add (news, g_steal_pointer (&self->asked));

  for (guint i = 0; i < N_PARTS; i++)
    {
      g_autofree char *text = dup_part (self, i);
      g_autofree char *key = dup_key (self, i, text);

      if (g_strcmp0 (self->said[i], key) == 0)
        continue;

      g_free (self->said[i]);
      self->said[i] = g_steal_pointer (&key);
      if (text != NULL && *text != '\0' && !is_known (self, i))
        add_news (news, g_steal_pointer (&text));
    }
  self->moved = FALSE;

  return news->len > 0 ? cm_words_dup_join (news, ". ") : NULL;
}

static gboolean
speak_cb (gpointer user_data)
{
  CmAnnouncer *self = CM_ANNOUNCER (user_data);
  g_autofree char *news = take_news (self);

  self->timeout_id = 0;
  if (news != NULL)
    {
      self->last = g_get_monotonic_time ();
      self->func (news, self->user_data);
    }

  return G_SOURCE_REMOVE;
}

static void
changed_cb (CmAnnouncer *self)
{
  gint64 wait = CM_ANNOUNCER_DELAY;

  if (self->timeout_id != 0)
    return;

  if (self->last != 0)
    /* Rounded up: a millisecond less would be too soon. */
    wait = MAX (wait, (gint64) self->interval + 1 - (g_get_monotonic_time () - self->last) / 1000);
  self->timeout_id = g_timeout_add ((guint) wait, speak_cb, self);
}

static void
selected_changed_cb (CmAnnouncer *self)
{
  self->moved = TRUE;
  g_signal_group_set_target (self->selected, cm_session_get_selected (self->session));
  changed_cb (self);
}

static void
cm_announcer_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  CmAnnouncer *self = CM_ANNOUNCER (object);

  switch (prop_id)
    {
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_announcer_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  CmAnnouncer *self = CM_ANNOUNCER (object);

  switch (prop_id)
    {
    case PROP_INTERVAL:
      self->interval = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_announcer_dispose (GObject *object)
{
  CmAnnouncer *self = CM_ANNOUNCER (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_object (&self->selected);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cm_announcer_parent_class)->dispose (object);
}

static void
cm_announcer_finalize (GObject *object)
{
  CmAnnouncer *self = CM_ANNOUNCER (object);

  for (guint i = 0; i < N_PARTS; i++)
    g_free (self->said[i]);
  g_free (self->asked);

  G_OBJECT_CLASS (cm_announcer_parent_class)->finalize (object);
}

static void
cm_announcer_class_init (CmAnnouncerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_announcer_get_property;
  object_class->set_property = cm_announcer_set_property;
  object_class->dispose = cm_announcer_dispose;
  object_class->finalize = cm_announcer_finalize;

  properties[PROP_INTERVAL] =
    g_param_spec_uint ("interval", NULL, NULL, 0, G_MAXUINT, CM_ANNOUNCER_INTERVAL,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_announcer_init (CmAnnouncer *self)
{
  self->selected = g_signal_group_new (CM_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->selected, "updated", G_CALLBACK (changed_cb), self);
}

/**
 * cm_announcer_new:
 * @session: what is watched
 * @func: says a text
 * @user_data: for @func; must outlive what this returns
 *
 * Returns: (transfer full): an announcer, that speaks as long as it is there
 */
CmAnnouncer *
cm_announcer_new (CmSession      *session,
                  CmAnnounceFunc  func,
                  gpointer        user_data)
{
  static const char * const changes[] = {
    "notify::page", "notify::title", "notify::subtitle", "notify::fault-title", "notify::fault-text",
  };
  CmAnnouncer *self = g_object_new (CM_TYPE_ANNOUNCER, NULL);

  self->session = g_object_ref (session);
  self->func = func;
  self->user_data = user_data;
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (session, changes[i], G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::selected", G_CALLBACK (selected_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (cm_session_get_banner (session), "notify::words", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  selected_changed_cb (self);

  return self;
}

/**
 * cm_announcer_say:
 * @self: an announcer
 * @text: what has come of what the user did; the last one counts
 */
void
cm_announcer_say (CmAnnouncer *self,
                  const char  *text)
{
  g_return_if_fail (CM_IS_ANNOUNCER (self));

  g_free (self->asked);
  self->asked = g_strdup (text);
  changed_cb (self);
}

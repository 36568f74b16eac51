/* cm-playback.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "watch/play/cm-playback-private.h"

#include <float.h>
#include <glib/gi18n.h>

/* How often the playing goes on, ms. */
#define TICK 40
G_DEFINE_FINAL_TYPE (CmPlayback, cm_playback, CM_TYPE_LOCAL_WATCH)

enum
{
  PROP_0,
  PROP_PLAYING,
  PROP_SPEED,
  PROP_POSITION,
  PROP_DURATION,
  PROP_N_FAULTS,
  PROP_TITLE,
  PROP_INDEXED,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gint64
get_start (CmPlayback *self)
{
  return cm_recording_get_time (self->recording, 0);
}

static gint64
get_time (CmPlayback *self)
{
  return get_start (self) + (gint64) self->position;
}

/* What time alone changes comes when it is due, however far it goes on at a time. */
static void
advance (CmPlayback *self,
         gint64      now)
{
  CmTracker *tracker = cm_local_watch_get_tracker (CM_LOCAL_WATCH (self));
  gint64 due;

  while ((due = cm_tracker_get_due (tracker)) != CM_TIME_NONE && due < now)
    {
      cm_tracker_advance (tracker, due);
      cm_local_watch_look (CM_LOCAL_WATCH (self));
    }

  cm_tracker_advance (tracker, now);
  cm_local_watch_look (CM_LOCAL_WATCH (self));
}

/* Gives the tracker what has happened up to the position. */
static void
catch_up (CmPlayback *self)
{
  CmTracker *tracker = cm_local_watch_get_tracker (CM_LOCAL_WATCH (self));
  guint n = cm_recording_get_n_events (self->recording);
  gint64 now = get_time (self);

  while (self->next < n && cm_recording_get_time (self->recording, self->next) <= now)
    {
      CmEvent event;

      cm_recording_get_event (self->recording, self->next++, &event);
      advance (self, event.at);
      cm_tracker_handle (tracker, &event);
      cm_local_watch_look (CM_LOCAL_WATCH (self));
    }

  advance (self, now);
  cm_local_watch_flush (CM_LOCAL_WATCH (self));
  cm_watch_set_now (CM_WATCH (self), now);
}

static void
show_history (CmPlayback *self)
{
  cm_watch_go_to (CM_WATCH (self), get_time (self));
  cm_watch_set_now (CM_WATCH (self), get_time (self));
}

/* Returns: up to where it can be shown, ms from its start */
static double
get_limit (CmPlayback *self)
{
  return self->loader != NULL ? self->ready : (double) cm_playback_get_duration (self);
}

/* For this class's other file. */
void
cm_playback_move_to (CmPlayback *self,
                     double      position)
{
  double lowest = cm_playback_get_lowest (self);

  position = CLAMP (position, lowest, MAX (get_limit (self), lowest));
  if (self->leads)
    {
      self->position = position;
      show_history (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
      return;
    }

  if (position < self->position)
    {
      cm_local_watch_reset (CM_LOCAL_WATCH (self));
      self->next = 0;
    }

  self->position = position;
  catch_up (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static gboolean
on_tick (gpointer user_data)
{
  CmPlayback *self = user_data;
  gint64 now = g_get_monotonic_time ();
  double passed = (double) (now - self->ticked) / 1000.0;

  self->ticked = now;
  cm_playback_move_to (self, self->position + passed * self->speed);
  if (self->loader == NULL && (gint64) self->position >= cm_playback_get_duration (self))
    cm_playback_set_playing (self, FALSE);

  return G_SOURCE_CONTINUE;
}

static char *
cm_playback_why_not (CmWatch         *watch,
                     const CmCommand *command)
{
  return g_strdup (_("This is a recording: there is no call to rejoin"));
}

static void
cm_playback_dispose (GObject *object)
{
  CmPlayback *self = CM_PLAYBACK (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_pointer (&self->loader, cm_playback_loader_free);

  G_OBJECT_CLASS (cm_playback_parent_class)->dispose (object);
}

static void
cm_playback_finalize (GObject *object)
{
  CmPlayback *self = CM_PLAYBACK (object);

  g_clear_pointer (&self->recording, cm_recording_free);
  g_clear_pointer (&self->index, cm_playback_index_free);
  g_free (self->fault);
  g_free (self->title);

  G_OBJECT_CLASS (cm_playback_parent_class)->finalize (object);
}

static void
cm_playback_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  CmPlayback *self = CM_PLAYBACK (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, cm_playback_get_playing (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, cm_playback_get_position (self));
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, cm_playback_get_duration (self));
      break;
    case PROP_N_FAULTS:
      g_value_set_uint (value, cm_playback_get_n_faults (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_INDEXED:
      g_value_set_boolean (value, self->leads && self->loader == NULL);
      break;
    case PROP_LOADING:
      g_value_take_string (value, cm_playback_dup_loading (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_playback_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  CmPlayback *self = CM_PLAYBACK (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      cm_playback_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      cm_playback_set_speed (self, g_value_get_double (value));
      break;
    case PROP_POSITION:
      cm_playback_set_position (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags write = read | G_PARAM_WRITABLE;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, write);
  properties[PROP_SPEED] =
    g_param_spec_double ("speed", NULL, NULL, CM_PLAYBACK_MIN_SPEED, CM_PLAYBACK_MAX_SPEED, 1, write);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, write);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, read);
  properties[PROP_N_FAULTS] = g_param_spec_uint ("n-faults", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, read);
  properties[PROP_INDEXED] = g_param_spec_boolean ("indexed", NULL, NULL, FALSE, read);
  properties[PROP_LOADING] = g_param_spec_string ("loading", NULL, NULL, NULL, read);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
cm_playback_class_init (CmPlaybackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  CmWatchClass *watch_class = CM_WATCH_CLASS (klass);

  object_class->dispose = cm_playback_dispose;
  object_class->finalize = cm_playback_finalize;
  object_class->get_property = cm_playback_get_property;
  object_class->set_property = cm_playback_set_property;

  watch_class->why_not = cm_playback_why_not;

  install_properties (object_class);
}

static void
cm_playback_init (CmPlayback *self)
{
  self->speed = 1;
  self->wanted = -1;
}

/**
 * cm_playback_new:
 * @file: a recording
 * @speed: 1 is the recording's own; 0 for one that brings it to its end in about
 *   20 s
 * @error: where the reason goes
 *
 * Of a long recording the beginning is there at once, and the rest as soon as it can
 * be: "loading" says so.
 *
 * Returns: (transfer full): the recording at its start, playing; %NULL where it
 *   cannot be read or has no event in it
 */
CmPlayback *
cm_playback_new (GFile   *file,
                 double   speed,
                 GError **error)
{
  g_autoptr(CmPlayback) self = NULL;
  g_autoptr(CmRecordingFile) opened = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  opened = cm_recording_file_open (file, error);
  if (opened == NULL)
    return NULL;

  self = g_object_new (CM_TYPE_PLAYBACK, NULL);
  self->recording = cm_recording_file_dup_head (opened);
  self->title = g_file_get_basename (file);
  self->any_speed = speed <= 0;
  self->speed = CLAMP (speed, CM_PLAYBACK_MIN_SPEED, CM_PLAYBACK_MAX_SPEED);
  cm_playback_choose_speed (self);
  catch_up (self);
  if (!cm_recording_file_is_whole (opened))
    cm_playback_load (self, g_steal_pointer (&opened));
  cm_playback_set_playing (self, TRUE);

  return g_steal_pointer (&self);
}

/**
 * cm_playback_get_playing:
 * @self: a recording
 *
 * Returns: whether it goes on
 */
gboolean
cm_playback_get_playing (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), FALSE);

  return self->tick_id != 0;
}

/**
 * cm_playback_set_playing:
 * @self: a recording
 * @playing: whether it is to go on; from its end it starts over
 */
void
cm_playback_set_playing (CmPlayback *self,
                         gboolean    playing)
{
  g_return_if_fail (CM_IS_PLAYBACK (self));

  if ((self->tick_id != 0) == (playing != FALSE))
    return;

  if (playing)
    {
      if (self->loader == NULL && self->next > 0 && cm_playback_get_position (self) >= cm_playback_get_duration (self))
        cm_playback_move_to (self, 0);
      self->ticked = g_get_monotonic_time ();
      self->tick_id = g_timeout_add (TICK, on_tick, self);
    }
  else
    g_clear_handle_id (&self->tick_id, g_source_remove);

  cm_watch_set_status (CM_WATCH (self), playing ? CM_WATCH_LIVE : CM_WATCH_PAUSED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

/**
 * cm_playback_get_speed:
 * @self: a recording
 *
 * Returns: how many times as fast as it was recorded it plays
 */
double
cm_playback_get_speed (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), 1);

  return self->speed;
}

/**
 * cm_playback_set_speed:
 * @self: a recording
 * @speed: 0.5 to 60; what is beyond is cut off
 */
void
cm_playback_set_speed (CmPlayback *self,
                       double      speed)
{
  g_return_if_fail (CM_IS_PLAYBACK (self));

  self->any_speed = FALSE;
  speed = CLAMP (speed, CM_PLAYBACK_MIN_SPEED, CM_PLAYBACK_MAX_SPEED);
  if (G_APPROX_VALUE (self->speed, speed, DBL_EPSILON))
    return;

  self->speed = speed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

/**
 * cm_playback_get_position:
 * @self: a recording
 *
 * Returns: where it is, ms from its start
 */
gint64
cm_playback_get_position (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), 0);

  return (gint64) self->position;
}

/**
 * cm_playback_set_position:
 * @self: a recording
 * @position: where to go, ms from its start. What is not ready yet it goes to when it
 *   is
 */
void
cm_playback_set_position (CmPlayback *self,
                          gint64      position)
{
  g_return_if_fail (CM_IS_PLAYBACK (self));

  self->wanted = self->loader != NULL && (double) position > get_limit (self) ? (double) position : -1;
  if (position != cm_playback_get_position (self))
    cm_playback_move_to (self, (double) position);
}

/* Returns: (transfer none) (nullable) (element-type gint64): when something begins to
 * need attention, ms UTC, ascending; %NULL where that is not known yet */
GArray *
cm_playback_get_attention (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), NULL);

  if (self->index == NULL && self->loader == NULL)
    self->index = cm_playback_index_new (self->recording);

  return self->index != NULL ? self->index->attention : NULL;
}

/* Returns: (transfer none): the lines that it plays */
CmRecording *
cm_playback_get_recording (CmPlayback *self)
{
  g_return_val_if_fail (CM_IS_PLAYBACK (self), NULL);

  return self->recording;
}

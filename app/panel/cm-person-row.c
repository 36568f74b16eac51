/* cm-person-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/cm-person-row.h"

#include <glib/gi18n.h>

#include "model/cm-words.h"

struct _CmPersonRow
{
  GtkListBoxRow parent_instance;

  CmPersonItem  *person;
  GBindingGroup *bindings;
  gint64         now;
};

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_NOW,
  PROP_SENTENCE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (CmPersonRow, cm_person_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

/* Since when, ticking; of who has gone, how long ago. */
static char *
dup_since (CmPersonRow *self,
           gint64       since,
           gboolean     gone,
           gint64       now)
{
  if (since == CM_TIME_NONE || now == CM_TIME_NONE)
    return g_strdup ("");

  return gone ? cm_words_dup_span (now - since) : cm_words_dup_age (now - since);
}

/* Who has gone is gone, whoever said so. */
static gboolean
is_in_doubt (CmPersonRow *self,
             gboolean     confirmed,
             gboolean     gone)
{
  return !confirmed && !gone;
}

static char **
dup_disc_classes (CmPersonRow *self,
                  guint        colour)
{
  char **classes = g_new0 (char *, 3);

  classes[0] = g_strdup ("disc");
  classes[1] = g_strdup_printf ("disc-%u", colour);

  return classes;
}

static void
set_sentence (CmPersonRow *self,
              const char  *sentence)
{
  if (sentence != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                    -1);
}

static void
cm_person_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_person_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      if (!g_set_object (&self->person, g_value_get_object (value)))
        break;
      g_binding_group_set_source (self->bindings, self->person);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SENTENCE:
      set_sentence (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cm_person_row_dispose (GObject *object)
{
  CmPersonRow *self = CM_PERSON_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (cm_person_row_parent_class)->dispose (object);
}

static void
cm_person_row_class_init (CmPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = cm_person_row_get_property;
  object_class->set_property = cm_person_row_set_property;
  object_class->dispose = cm_person_row_dispose;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, CM_TYPE_PERSON_ITEM, flags);
  properties[PROP_NOW] =
    g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, CM_TIME_NONE, flags);
  properties[PROP_SENTENCE] =
    g_param_spec_string ("sentence", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-person-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, dup_since);
  gtk_widget_class_bind_template_callback (widget_class, dup_disc_classes);
  gtk_widget_class_bind_template_callback (widget_class, is_in_doubt);
}

static void
cm_person_row_init (CmPersonRow *self)
{
  self->now = CM_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Not an expression in the template: GTK 4.8 warns when an object is released that
   * is both what such a binding changes and what it looks at. */
  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "sentence", self, "sentence", G_BINDING_SYNC_CREATE);
}

GtkWidget *
cm_person_row_new (CmPersonItem *person)
{
  return g_object_new (CM_TYPE_PERSON_ROW, "person", person, NULL);
}

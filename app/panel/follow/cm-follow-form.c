/* cm-follow-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/follow/cm-follow-form.h"

#include <glib/gi18n.h>

#include "feeds/cm-feeds.h"
#include "panel/cm-choice.h"
#include "panel/connect/cm-connect-row.h"
#include "panel/follow/cm-follow-field.h"

/* Of those that can be asked the first is offered first. */
#define FIRST_KIND "janus"

/**
 * CmFollowForm:
 * @config: (nullable): what is edited; %NULL for a new system
 * @options: of the kind that is shown
 */
struct _CmFollowForm
{
  GtkWidget parent_instance;

  CmFeedConfig       *config;
  const CmFeedOption *options;

  GtkWidget   *scroller;
  GtkLabel    *title;
  GtkWidget   *kind_box;
  GtkDropDown *kind;
  GtkWidget   *posted;
  GtkLabel    *posted_label;
  GtkWidget   *settings;
  GtkWidget   *name_box;
  GtkEditable *name;
  GtkBox      *fields;
  GtkBox      *more_fields;
  GtkWidget   *remove;
  GtkWidget   *anyway;
  GtkWidget   *start;
  GtkLabel    *note;
  GtkListBox  *steps;
};

enum
{
  SIGNAL_START,
  SIGNAL_ANYWAY,
  SIGNAL_REMOVE,
  SIGNAL_CANCELLED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmFollowForm, cm_follow_form, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
start_cb (CmFollowForm *self)
{
  if (gtk_widget_get_sensitive (self->start))
    g_signal_emit (self, signals[SIGNAL_START], 0);
}

static void
anyway_cb (CmFollowForm *self)
{
  g_signal_emit (self, signals[SIGNAL_ANYWAY], 0);
}

static void
remove_cb (CmFollowForm *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
cancel_cb (CmFollowForm *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

/* What was found is of something else. */
static void
changed_cb (CmFollowForm *self)
{
  cm_follow_form_set_state (self, NULL, FALSE, FALSE);
}

static const char *
get_kind (CmFollowForm *self)
{
  return self->config != NULL ? cm_feed_config_get_type_name (self->config)
                              : cm_feeds_get_types ()[gtk_drop_down_get_selected (self->kind)];
}

static void
remove_fields (GtkBox *box)
{
  GtkWidget *field;

  while ((field = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, field);
}

static gboolean
is_needed (const CmFeedOption *option)
{
  return option->is_required || option->kind == CM_FEED_OPTION_SECRET || g_str_equal (option->key, "address");
}

/* Returns: behind the last option that one does not do without */
static const CmFeedOption *
find_more (const CmFeedOption *options)
{
  const CmFeedOption *more = options;

  for (const CmFeedOption *option = options; option->key != NULL; option++)
    {
      if (option->title != NULL && is_needed (option))
        more = option + 1;
    }

  return more;
}

static void
add_field (CmFollowForm       *self,
           const CmFeedOption *option,
           GtkBox             *box)
{
  CmFollowField *field;

  if (option->title == NULL)
    return;

  field = cm_follow_field_new (option, self->config);
  g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "activate", G_CALLBACK (start_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (field));
}

static void
add_fields (CmFollowForm *self)
{
  const CmFeedOption *more = find_more (self->options);

  for (const CmFeedOption *option = self->options; option->key != NULL; option++)
    add_field (self, option, option < more ? self->fields : self->more_fields);
}

static void
show_kind (CmFollowForm *self)
{
  const char *kind = get_kind (self);
  gboolean can_ask = cm_feeds_can_ask (kind);
  g_autofree char *words = g_strdup_printf (
    /* Translators: a kind of systems, as Zoom */
    _ ("%s cannot be asked what goes on: it posts what happens to an address on the network. That needs a "
       "tracker with such an address; this window then shows what the tracker knows."),
    cm_feeds_get_title (kind));

  self->options = cm_feeds_get_options (kind);
  gtk_widget_set_visible (self->posted, !can_ask);
  gtk_label_set_label (self->posted_label, words);
  gtk_widget_set_visible (self->settings, can_ask);
  gtk_widget_set_sensitive (self->start, can_ask);
  remove_fields (self->fields);
  remove_fields (self->more_fields);
  if (can_ask)
    add_fields (self);
  changed_cb (self);
}

static void
kind_changed_cb (CmFollowForm *self)
{
  if (self->config == NULL)
    show_kind (self);
}

static void
add_kinds (CmFollowForm *self)
{
  const char * const *types = cm_feeds_get_types ();
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; types[i] != NULL; i++)
    gtk_string_list_append (titles, cm_feeds_get_title (types[i]));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (titles));
  cm_choice_set_caption (self->kind, _ ("Kind"));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (kind_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
cm_follow_form_dispose (GObject *object)
{
  g_clear_pointer (&CM_FOLLOW_FORM (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cm_follow_form_parent_class)->dispose (object);
}

static void
cm_follow_form_finalize (GObject *object)
{
  g_clear_pointer (&CM_FOLLOW_FORM (object)->config, cm_feed_config_unref);

  G_OBJECT_CLASS (cm_follow_form_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-follow-form.ui");
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, title);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, kind_box);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, kind);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, posted);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, posted_label);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, settings);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, name_box);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, name);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, fields);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, more_fields);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, remove);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, anyway);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, start);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, note);
  gtk_widget_class_bind_template_child (widget_class, CmFollowForm, steps);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
cm_follow_form_class_init (CmFollowFormClass *klass)
{
  static const char * const names[N_SIGNALS] = { "start", "anyway", "remove", "cancelled" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cm_follow_form_dispose;
  object_class->finalize = cm_follow_form_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cm_follow_form_init (CmFollowForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_kinds (self);
}

/* Shows the steps of @check from now on. */
void
cm_follow_form_set_check (CmFollowForm  *self,
                          CmFollowCheck *check)
{
  g_return_if_fail (CM_IS_FOLLOW_FORM (self));

  for (guint i = 0; i < CM_FOLLOW_N_STEPS; i++)
    gtk_list_box_append (self->steps, cm_connect_row_new (cm_follow_check_get_step (check, (CmFollowStepKind) i)));
}

static guint
find_kind (const char *name)
{
  const char * const *types = cm_feeds_get_types ();
  guint i = 0;

  while (types[i] != NULL && !g_str_equal (types[i], name))
    i++;

  return i;
}

/**
 * cm_follow_form_set_config:
 * @self: a form
 * @config: (nullable): what is edited; %NULL for a new system
 * @name: how the system is called, or is to be called where the user has no better
 *   name
 */
void
cm_follow_form_set_config (CmFollowForm *self,
                           CmFeedConfig *config,
                           const char   *name)
{
  g_autofree char *title = NULL;

  g_return_if_fail (CM_IS_FOLLOW_FORM (self));

  g_clear_pointer (&self->config, cm_feed_config_unref);
  if (config != NULL)
    self->config = cm_feed_config_ref (config);
  else
    gtk_drop_down_set_selected (self->kind, find_kind (FIRST_KIND));

  title = config != NULL
    /* Translators: the name of a system, and what it is */
    ? g_strdup_printf (_ ("%s (%s)"), name, cm_feeds_get_title (get_kind (self)))
    : g_strdup (_ ("Follow a System"));
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->kind_box, config == NULL);
  gtk_widget_set_visible (self->name_box, config == NULL);
  gtk_widget_set_visible (self->remove, config != NULL);
  gtk_editable_set_text (self->name, name);
  show_kind (self);
}

/* What is not asked for here stays as it was written. */
static void
copy_others (CmFollowForm *self,
             CmFeedConfig *config)
{
  static const char * const common[] = { "source", "enabled" };
  static const char * const suffixes[] = { "", CM_FEED_CONFIG_FILE, CM_FEED_CONFIG_VARIABLE };

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    {
      const char *value = cm_feed_config_get_written (self->config, common[i]);

      if (value != NULL)
        cm_feed_config_set (config, common[i], value, 0);
    }

  for (const CmFeedOption *option = self->options; option->key != NULL; option++)
    {
      for (guint i = 0; option->title == NULL && i < G_N_ELEMENTS (suffixes); i++)
        {
          g_autofree char *key = g_strconcat (option->key, suffixes[i], NULL);
          const char *value = cm_feed_config_get_written (self->config, key);

          if (value != NULL)
            cm_feed_config_set (config, key, value, 0);
        }
    }
}

static void
write_fields (GtkBox       *box,
              CmFeedConfig *config)
{
  for (GtkWidget *field = gtk_widget_get_first_child (GTK_WIDGET (box)); field != NULL;
       field = gtk_widget_get_next_sibling (field))
    cm_follow_field_write (CM_FOLLOW_FIELD (field), config);
}

/* Returns: (transfer full): what was entered, right or wrong */
CmFeedConfig *
cm_follow_form_dup_config (CmFollowForm *self)
{
  g_autofree char *name = NULL;
  CmFeedConfig *config;

  g_return_val_if_fail (CM_IS_FOLLOW_FORM (self), NULL);

  name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  config = cm_feed_config_new (name, 0);
  cm_feed_config_set (config, "type", get_kind (self), 0);
  write_fields (self->fields, config);
  write_fields (self->more_fields, config);
  if (self->config != NULL)
    copy_others (self, config);

  return config;
}

/* The first thing that is asked for has the focus. */
void
cm_follow_form_focus_first (CmFollowForm *self)
{
  GtkWidget *first;

  g_return_if_fail (CM_IS_FOLLOW_FORM (self));

  first = self->config != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->fields)) : NULL;
  gtk_widget_child_focus (first != NULL ? first : GTK_WIDGET (self->kind), GTK_DIR_TAB_FORWARD);
}

/* Returns: whether it is about a system that is not known yet */
gboolean
cm_follow_form_is_new (CmFollowForm *self)
{
  g_return_val_if_fail (CM_IS_FOLLOW_FORM (self), FALSE);

  return self->config == NULL;
}

/**
 * cm_follow_form_set_state:
 * @self: a form
 * @note: (nullable): what goes on now, or what comes next
 * @has_steps: whether what was checked is shown
 * @has_anyway: whether the system may be followed though it does not answer
 */
void
cm_follow_form_set_state (CmFollowForm *self,
                          const char   *note,
                          gboolean      has_steps,
                          gboolean      has_anyway)
{
  g_return_if_fail (CM_IS_FOLLOW_FORM (self));

  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), has_steps);
  gtk_widget_set_visible (self->anyway, has_anyway);
}

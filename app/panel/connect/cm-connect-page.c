/* cm-connect-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "panel/connect/cm-connect-page.h"

#include <glib/gi18n.h>

#include "panel/cm-compat.h"
#include "panel/connect/cm-connect-row.h"
#include "panel/list/cm-tab-stop.h"

struct _CmConnectPage
{
  CmLatePage parent_instance;

  CmConnectCheck *check;
  char           *authority;

  GtkEditable *address;
  GtkEditable *token;
  GtkLabel    *authority_note;
  GtkWidget   *forget_authority;
  GtkWidget   *start;
  GtkLabel    *note;
  GtkListBox  *steps;
};

enum
{
  SIGNAL_START,
  SIGNAL_CANCELLED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmConnectPage, cm_connect_page, CM_TYPE_LATE_PAGE)

static guint signals[N_SIGNALS];

static void
start_cb (CmConnectPage *self)
{
  if (gtk_widget_get_sensitive (self->start))
    g_signal_emit (self, signals[SIGNAL_START], 0);
}

static void
cancel_cb (CmConnectPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

/* What was found is of another address. */
static void
changed_cb (CmConnectPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->address)));

  gtk_widget_set_sensitive (self->start, *text != '\0');
  cm_connect_page_show_steps (self, FALSE);
  cm_connect_page_set_note (self, NULL);
}

static void
authority_chosen_cb (GFile    *file,
                     gpointer  user_data)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    cm_connect_page_set_authority (CM_CONNECT_PAGE (user_data), path);
}

static void
choose_authority_cb (CmConnectPage *self)
{
  cm_compat_open_certificate (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Choose the Authorities to Trust"), authority_chosen_cb, self);
}

static void
forget_authority_cb (CmConnectPage *self)
{
  cm_connect_page_set_authority (self, NULL);
}

static void
cm_connect_page_dispose (GObject *object)
{
  g_clear_object (&CM_CONNECT_PAGE (object)->check);

  G_OBJECT_CLASS (cm_connect_page_parent_class)->dispose (object);
}

static void
cm_connect_page_finalize (GObject *object)
{
  g_free (CM_CONNECT_PAGE (object)->authority);

  G_OBJECT_CLASS (cm_connect_page_parent_class)->finalize (object);
}

static void
show_authority (CmConnectPage *self)
{
  /* Translators: whose certificates are trusted */
  gtk_label_set_label (self->authority_note,
                       self->authority != NULL ? self->authority : _ ("This computer’s"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->authority_note), self->authority);
  gtk_widget_set_visible (self->forget_authority, self->authority != NULL);
}

static void
cm_connect_page_build (CmLatePage *page)
{
  CmConnectPage *self = CM_CONNECT_PAGE (page);

  show_authority (self);
  for (guint i = 0; self->check != NULL && i < CM_CONNECT_N_STEPS; i++)
    gtk_list_box_append (self->steps,
                         cm_connect_row_new (cm_connect_check_get_step (self->check,
                                                                        (CmConnectStepKind) i)));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CM_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/conferencemonitor/Monitor/cm-connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, address);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, token);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, authority_note);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, forget_authority);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, start);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, note);
  gtk_widget_class_bind_template_child (widget_class, CmConnectPage, steps);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_authority_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_authority_cb);
}

static void
cm_connect_page_class_init (CmConnectPageClass *klass)
{
  static const char * const names[N_SIGNALS] = { "start", "cancelled" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cm_connect_page_dispose;
  object_class->finalize = cm_connect_page_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  CM_LATE_PAGE_CLASS (klass)->build = cm_connect_page_build;

  bind_template (widget_class);
}

static void
cm_connect_page_init (CmConnectPage *self)
{
}

/* Shows the steps of @check, which is set before the page is shown. */
void
cm_connect_page_set_check (CmConnectPage  *self,
                           CmConnectCheck *check)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  g_set_object (&self->check, check);
}

/* @address: (nullable): what the entry shows */
void
cm_connect_page_set_address (CmConnectPage *self,
                             const char    *address)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  cm_late_page_build (CM_LATE_PAGE (self));
  gtk_editable_set_text (self->address, address != NULL ? address : "");
}

const char *
cm_connect_page_get_address (CmConnectPage *self)
{
  g_return_val_if_fail (CM_IS_CONNECT_PAGE (self), NULL);

  cm_late_page_build (CM_LATE_PAGE (self));

  return gtk_editable_get_text (self->address);
}

/* Returns: (nullable): what was entered; %NULL where nothing was */
const char *
cm_connect_page_get_token (CmConnectPage *self)
{
  g_return_val_if_fail (CM_IS_CONNECT_PAGE (self), NULL);

  cm_late_page_build (CM_LATE_PAGE (self));

  return *gtk_editable_get_text (self->token) != '\0' ? gtk_editable_get_text (self->token) : NULL;
}

/* What was entered is kept elsewhere now, or not wanted. */
void
cm_connect_page_forget_token (CmConnectPage *self)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  if (cm_late_page_is_built (CM_LATE_PAGE (self)))
    gtk_editable_set_text (self->token, "");
}

/* Returns: (nullable): the path of a PEM file; %NULL for whom this computer trusts */
const char *
cm_connect_page_get_authority (CmConnectPage *self)
{
  g_return_val_if_fail (CM_IS_CONNECT_PAGE (self), NULL);

  return self->authority;
}

/* @path: (nullable): see cm_connect_page_get_authority() */
void
cm_connect_page_set_authority (CmConnectPage *self,
                               const char    *path)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  g_free (self->authority);
  self->authority = g_strdup (path);
  if (cm_late_page_is_built (CM_LATE_PAGE (self)))
    show_authority (self);
}

/* @note: (nullable): what goes on now, or what comes next */
void
cm_connect_page_set_note (CmConnectPage *self,
                          const char    *note)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  cm_late_page_build (CM_LATE_PAGE (self));
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

/* Not what grabs the focus of the page: whoever goes back from its first field would
 * come to it again. */
void
cm_connect_page_focus_address (CmConnectPage *self)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  cm_late_page_build (CM_LATE_PAGE (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

void
cm_connect_page_show_steps (CmConnectPage *self,
                            gboolean       shown)
{
  g_return_if_fail (CM_IS_CONNECT_PAGE (self));

  cm_late_page_build (CM_LATE_PAGE (self));
  gtk_widget_set_visible (GTK_WIDGET (self->steps), shown);
}

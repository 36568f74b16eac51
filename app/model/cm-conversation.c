/* cm-conversation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/cm-conversation.h"

#include <string.h>

#include "model/cm-call-filter.h"
#include "model/cm-conversation-values.h"
#include "model/cm-leg-item.h"

struct _CmConversation
{
  GObject parent_instance;

  CmDocument  *document;
  gint64       numbers[N_NUMBERS];
  guint32      asked; /* a bit for each text: somebody wants to know it */
  guint32      read;  /* a bit for each: asked for since it was told last */
  char        *search;
  guint        number;
  CmRoster    *roster;
  CmItemList  *legs;
  char        *mirrored; /* the leg that "you" is */
  gboolean     own;
  char       **texts;    /* N_TEXTS, once one of them is asked for */
};

enum
{
  SIGNAL_UPDATED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (CmConversation, cm_conversation, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_STATIC_ASSERT (N_TEXTS <= 32);

/* As much of what is searched is most often all of it, bytes. */
#define SEARCH_FETCHED 128

static const char *
get_text (CmConversation *self,
          guint           prop)
{
  guint i = prop - FIRST_TEXT;

  if (self->texts == NULL)
    self->texts = g_new0 (char *, N_TEXTS);
  if ((self->asked >> i & 1) == 0)
    self->texts[i] = cm_conversation_values_dup_text (self->document, cm_conversation_get_mirrored (self), prop);

  self->read |= 1u << i;
  self->asked |= 1u << i;

  return self->texts[i];
}

/* Nobody can show what nobody has asked for, and who did not ask again when it became another
 * one shows it no longer: of 100,000 conversations only those in view cost more than their document. */
static gboolean
is_wanted (CmConversation *self,
           guint           i)
{
  if ((self->asked & ~self->read) >> i & 1)
    {
      g_clear_pointer (&self->texts[i], g_free);
      self->asked &= ~(1u << i);
    }

  return self->asked >> i & 1;
}

static void
update_text (CmConversation *self,
             guint           prop)
{
  guint i = prop - FIRST_TEXT;
  g_autofree char *now = NULL;

  if (!is_wanted (self, i))
    return;
  now = cm_conversation_values_dup_text (self->document, cm_conversation_get_mirrored (self), prop);
  if (g_strcmp0 (self->texts[i], now) == 0)
    return;

  g_free (self->texts[i]);
  self->texts[i] = g_steal_pointer (&now);
  self->read &= ~(1u << i);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
update_you (CmConversation *self)
{
  update_text (self, PROP_STATE_TEXT);
  update_text (self, PROP_SENTENCE);
}

/* Made anew at once, a little at a time: when somebody types, it is there. */
static void
update_search (CmConversation   *self,
               const CmDocument *before)
{
  if (self->search == NULL || cm_search_is_same (before, self->document))
    return;

  g_free (self->search);
  self->search = cm_search_dup_text (self->document);
}

static void
notify_numbers (CmConversation *self,
                const gint64    before[static N_NUMBERS])
{
  gint64 steps = self->numbers[PROP_STEPS - FIRST_NUMBER];
  gint64 step = self->numbers[PROP_STEP - FIRST_NUMBER];

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      if (self->numbers[i] != before[i])
        g_object_notify_by_pspec (G_OBJECT (self), properties[FIRST_NUMBER + i]);
    }

  if (step * before[PROP_STEPS - FIRST_NUMBER] != before[PROP_STEP - FIRST_NUMBER] * steps)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
}

static double
get_fraction (CmConversation *self)
{
  gint64 steps = self->numbers[PROP_STEPS - FIRST_NUMBER];

  if (steps == 0)
    return 0.0;

  return CLAMP ((double) self->numbers[PROP_STEP - FIRST_NUMBER] / (double) steps, 0.0, 1.0);
}

static void
set_number (GValue *value,
            gint64  number)
{
  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, number != 0);
  else if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, (guint) number);
  else if (G_VALUE_HOLDS_ENUM (value))
    g_value_set_enum (value, (int) number);
  else
    g_value_set_int64 (value, number);
}

static void
cm_conversation_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CmConversation *self = CM_CONVERSATION (object);

  if (prop_id < FIRST_NUMBER)
    g_value_set_string (value, get_text (self, prop_id));
  else if (prop_id < PROP_ID)
    set_number (value, self->numbers[prop_id - FIRST_NUMBER]);
  else if (prop_id == PROP_ID)
    g_value_set_string (value, self->document->id);
  else if (prop_id == PROP_FRACTION)
    g_value_set_double (value, get_fraction (self));
  else if (prop_id == PROP_ROSTER)
    g_value_set_object (value, cm_conversation_get_roster (self));
  else
    g_value_set_object (value, cm_conversation_get_legs (self));
}

static void
cm_conversation_finalize (GObject *object)
{
  CmConversation *self = CM_CONVERSATION (object);

  for (guint i = 0; self->texts != NULL && i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self->texts);
  g_free (self->search);
  g_free (self->mirrored);
  g_clear_pointer (&self->document, cm_document_free);
  g_clear_object (&self->roster);
  g_clear_object (&self->legs);

  G_OBJECT_CLASS (cm_conversation_parent_class)->finalize (object);
}

static void
cm_conversation_class_init (CmConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cm_conversation_get_property;
  object_class->finalize = cm_conversation_finalize;

  cm_conversation_values_create_properties (properties);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * CmConversation::updated:
   *
   * After each update, whatever it changed: for what follows one conversation
   * as a whole.
   */
  signals[SIGNAL_UPDATED] =
    g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
cm_conversation_init (CmConversation *self)
{
  self->own = TRUE;
}

/**
 * cm_conversation_new:
 * @document: (transfer full): what it is to say
 *
 * Returns: (transfer full): a conversation
 */
CmConversation *
cm_conversation_new (CmDocument *document)
{
  CmConversation *self = g_object_new (CM_TYPE_CONVERSATION, NULL);

  self->document = document;
  cm_conversation_values_read_numbers (document, self->numbers);

  return self;
}

const char *
cm_conversation_get_id (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  return self->document->id;
}

/* Returns: (transfer none): valid until the next update */
const CmDocument *
cm_conversation_get_document (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  return self->document;
}

guint
cm_conversation_get_number (CmConversation *self)
{
  return self->number;
}

/* @number: the order in which it came among others, for who keeps them */
void
cm_conversation_set_number (CmConversation *self,
                            guint           number)
{
  g_return_if_fail (CM_IS_CONVERSATION (self));

  self->number = number;
}

/**
 * cm_conversation_fetch:
 * @self: a conversation
 * @depth: how far: from 0 on, one after the other, to %CM_CONVERSATION_DEPTH
 *
 * Asks for what an update looks at to be brought into the cache, and does not wait for it.
 */
void
cm_conversation_fetch (CmConversation *self,
                       guint           depth)
{
  if (depth == 0)
    cm_fetch (self, sizeof *self);
  else
    cm_document_fetch (self->document, depth - 1);
}

/* Returns: whether it needs attention */
gboolean
cm_conversation_get_attention (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), FALSE);

  return self->numbers[PROP_ATTENTION - FIRST_NUMBER] != 0;
}

/* As cm_conversation_fetch(), once depth 0 is there: what is searched. */
void
cm_conversation_fetch_search (CmConversation *self)
{
  if (self->search != NULL)
    cm_fetch (self->search, SEARCH_FETCHED);
}

CmPhase
cm_conversation_get_phase (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), CM_PHASE_IDLE);

  return (CmPhase) self->numbers[PROP_PHASE - FIRST_NUMBER];
}

/* Returns: when it ended, ms UTC; %CM_TIME_NONE while it goes on, or where nobody knows */
gint64
cm_conversation_get_ended (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), CM_TIME_NONE);

  return self->numbers[PROP_ENDED - FIRST_NUMBER];
}

/* Returns: whether a leg has the banner left-call */
gboolean
cm_conversation_get_left (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), FALSE);

  return self->numbers[PROP_LEFT - FIRST_NUMBER] != 0;
}

/* Made when it is asked for first: a list asks as each comes, of a snapshot a part at a time,
 * so that it is there at the first search.
 *
 * Returns: (transfer none): what is searched, see cm_search_dup_text() */
const char *
cm_conversation_get_search (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  if (self->search == NULL)
    self->search = cm_search_dup_text (self->document);

  return self->search;
}

/* Returns: (nullable): the id of the leg that "you" is */
const char *
cm_conversation_get_mirrored (CmConversation *self)
{
  const CmLeg *only = self->document->legs.len == 1 ? cm_document_get_leg (self->document, 0) : NULL;

  return self->mirrored == NULL && self->own && only != NULL ? only->id : self->mirrored;
}

/* @own: whether "you" is who the only station belongs to */
void
cm_conversation_set_own (CmConversation *self,
                         gboolean        own)
{
  g_return_if_fail (CM_IS_CONVERSATION (self));

  self->own = own;
  update_you (self);
}

/* @leg: (nullable): the id of the leg that "you" is while somebody looks at it */
void
cm_conversation_set_mirrored (CmConversation *self,
                              const char     *leg)
{
  g_return_if_fail (CM_IS_CONVERSATION (self));

  if (g_strcmp0 (self->mirrored, leg) == 0)
    return;

  g_free (self->mirrored);
  self->mirrored = g_strdup (leg);
  update_you (self);
}

/* Returns: (transfer none) */
CmRoster *
cm_conversation_get_roster (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  if (self->roster == NULL)
    {
      self->roster = cm_roster_new ();
      cm_roster_update (self->roster, self->document);
    }

  return self->roster;
}

/* Returns: (transfer none) (element-type CmLegItem) */
GListModel *
cm_conversation_get_legs (CmConversation *self)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  if (self->legs == NULL)
    {
      self->legs = cm_item_list_new (CM_TYPE_LEG_ITEM);
      cm_leg_items_update (self->legs, self->document);
    }

  return G_LIST_MODEL (self->legs);
}

/**
 * cm_conversation_dup_state_at:
 * @self: a conversation
 * @now: the tracker's time, ms UTC
 *
 * Returns: (transfer full): "state-text" with how long it has been so
 */
char *
cm_conversation_dup_state_at (CmConversation *self,
                              gint64          now)
{
  g_return_val_if_fail (CM_IS_CONVERSATION (self), NULL);

  return cm_document_dup_state_at (self->document, cm_conversation_get_mirrored (self), now);
}

/* What is new is all there by now. */
static void
notify_update (CmConversation   *self,
               const CmDocument *before,
               const gint64      numbers[static N_NUMBERS])
{
  g_object_freeze_notify (G_OBJECT (self));
  if (!g_str_equal (before->id, self->document->id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  notify_numbers (self, numbers);
  for (guint i = FIRST_TEXT; self->asked != 0 && i < FIRST_NUMBER; i++)
    update_text (self, i);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Returns: whether no property that anybody has asked for is another one: so it is with
 * most updates of a hundred thousand conversations, and not to notify is a tenth of them */
static gboolean
is_quiet (CmConversation   *self,
          const CmDocument *before,
          const gint64      numbers[static N_NUMBERS])
{
  return self->asked == 0 && memcmp (numbers, self->numbers, sizeof self->numbers) == 0 &&
         (before->id == self->document->id || g_str_equal (before->id, self->document->id));
}

/**
 * cm_conversation_update:
 * @self: a conversation
 * @document: (transfer full): what it is to say from now on
 *
 * Takes over what is new and notifies only that, once it is all there.
 */
void
cm_conversation_update (CmConversation *self,
                        CmDocument     *document)
{
  g_autoptr (CmDocument) before = NULL;
  gint64 numbers[N_NUMBERS];

  g_return_if_fail (CM_IS_CONVERSATION (self));

  before = g_steal_pointer (&self->document);
  self->document = document;
  memcpy (numbers, self->numbers, sizeof numbers);
  cm_conversation_values_read_numbers (document, self->numbers);

  update_search (self, before);
  if (self->roster != NULL)
    cm_roster_update (self->roster, document);
  if (self->legs != NULL)
    cm_leg_items_update (self->legs, self->document);
  if (!is_quiet (self, before, numbers))
    notify_update (self, before, numbers);

  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

/* cm-json-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-names.h"

#define FIRST_SLOTS 256

/* A table that a text has blown up beyond this is given back after it. */
#define KEPT_SLOTS 8192

typedef struct
{
  guint64 v0;
  guint64 v1;
  guint64 v2;
  guint64 v3;
} SipState;

static inline guint64
rotate (guint64 word,
        guint   bits)
{
  return (word << bits) | (word >> (64 - bits));
}

static inline void
sip_round (SipState *s)
{
  s->v0 += s->v1;
  s->v1 = rotate (s->v1, 13) ^ s->v0;
  s->v0 = rotate (s->v0, 32);
  s->v2 += s->v3;
  s->v3 = rotate (s->v3, 16) ^ s->v2;
  s->v0 += s->v3;
  s->v3 = rotate (s->v3, 21) ^ s->v0;
  s->v2 += s->v1;
  s->v1 = rotate (s->v1, 17) ^ s->v2;
  s->v2 = rotate (s->v2, 32);
}

static inline void
sip_add (SipState *s,
         guint64   word)
{
  s->v3 ^= word;
  sip_round (s);
  s->v0 ^= word;
}

/* SipHash-1-3 (Aumasson and Bernstein, 2012) of the object's number and the name,
 * with a secret key: nobody can write names that fall into the same slots. */
static guint64
hash_name (CmJsonNames *self,
           guint64      object,
           CmText       name)
{
  SipState s = {
    self->key[0] ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
    self->key[1] ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
    self->key[0] ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
    self->key[1] ^ G_GUINT64_CONSTANT (0x7465646279746573),
  };
  guint64 word, last = (guint64) name.size << 56;
  gsize position = 0;

  sip_add (&s, object);

  for (; name.size - position >= sizeof word; position += sizeof word)
    {
      memcpy (&word, name.bytes + position, sizeof word);
      sip_add (&s, word);
    }

  for (guint shift = 0; position < name.size; position++, shift += 8)
    last |= (guint64) (guchar) name.bytes[position] << shift;

  sip_add (&s, last);
  s.v2 ^= 0xff;
  sip_round (&s);
  sip_round (&s);
  sip_round (&s);

  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

/* Returns the slot that holds the name, or the free one that is to hold it. */
static CmJsonNameSlot *
find_slot (CmJsonNames *self,
           guint64      object,
           guint64      hash,
           CmText       name)
{
  gsize index = (gsize) hash & (self->n_slots - 1);

  while (TRUE)
    {
      CmJsonNameSlot *slot = &self->slots[index];

      if (slot->object < self->first_object)
        return slot;

      if (slot->hash == hash && slot->object == object && cm_text_equal (slot->name, name))
        return slot;

      index = (index + 1) & (self->n_slots - 1);
    }
}

static void
grow (CmJsonNames *self)
{
  g_autofree CmJsonNameSlot *old = g_steal_pointer (&self->slots);
  gsize n_old = self->n_slots;

  self->n_slots = n_old == 0 ? FIRST_SLOTS : n_old * 2;
  self->slots = g_new0 (CmJsonNameSlot, self->n_slots);

  for (gsize i = 0; i < n_old; i++)
    if (old[i].object >= self->first_object)
      *find_slot (self, old[i].object, old[i].hash, old[i].name) = old[i];
}

static gboolean
add_hashed (CmJsonNames *self,
            guint64      object,
            CmText       name)
{
  guint64 hash = hash_name (self, object, name);
  CmJsonNameSlot *slot;

  if (self->n_used >= self->n_slots / 2)
    grow (self);

  slot = find_slot (self, object, hash, name);

  if (slot->object == object)
    return FALSE;

  *slot = (CmJsonNameSlot) { object, hash, name };
  self->n_used++;

  return TRUE;
}

/**
 * cm_json_names_init:
 * @self: names, zeroed
 *
 * Draws the secret of the hash.
 */
void
cm_json_names_init (CmJsonNames *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->key); i++)
    self->key[i] = (guint64) g_random_int () << 32 | g_random_int ();

  cm_json_names_reset (self);
}

/**
 * cm_json_names_clear:
 * @self: names
 *
 * Gives back what they hold.
 */
void
cm_json_names_clear (CmJsonNames *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = 0;
}

/**
 * cm_json_names_reset:
 * @self: names
 *
 * Forgets all names, before another text.
 */
void
cm_json_names_reset (CmJsonNames *self)
{
  if (self->n_slots > KEPT_SLOTS)
    cm_json_names_clear (self);

  self->first_object = self->last_object + 1;
  self->n_used = 0;
}

/**
 * cm_json_names_open:
 * @self: names
 * @level: how many objects and arrays are open around it
 *
 * Begins an object.
 */
void
cm_json_names_open (CmJsonNames *self,
                    guint        level)
{
  CmJsonNameFrame *frame = &self->frames[level];

  frame->object = ++self->last_object;
  frame->marks = 0;
  frame->count = 0;
}

static gboolean
is_one_of_few (const CmJsonNameFrame *frame,
               CmText                 name)
{
  for (gsize i = 0; i < frame->count; i++)
    if (cm_text_equal (frame->few[i], name))
      return TRUE;

  return FALSE;
}

/**
 * cm_json_names_add_any:
 * @self: names
 * @frame: that of the object
 * @name: as cm_json_names_add()
 *
 * As cm_json_names_add(), where a look at the marks does not tell.
 */
gboolean
cm_json_names_add_any (CmJsonNames     *self,
                       CmJsonNameFrame *frame,
                       CmText           name)
{
  if (frame->count < CM_JSON_FEW_NAMES)
    {
      if (is_one_of_few (frame, name))
        return FALSE;

      frame->few[frame->count++] = name;
      return TRUE;
    }

  if (frame->count++ == CM_JSON_FEW_NAMES)
    for (gsize i = 0; i < CM_JSON_FEW_NAMES; i++)
      add_hashed (self, frame->object, frame->few[i]);

  return add_hashed (self, frame->object, name);
}

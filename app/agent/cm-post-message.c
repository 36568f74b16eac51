/* cm-post-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent/cm-post-message.h"

#include <glib/gi18n.h>

#include "agent/cm-numbers.h"

static gboolean
read_string (CmJsonReader  *reader,
             char         **text)
{
  if (*text != NULL || cm_json_reader_next (reader) != CM_JSON_STRING)
    return FALSE;

  *text = cm_text_dup (cm_json_reader_get_text (reader));

  return TRUE;
}

static gboolean
read_fault (CmJsonReader *reader,
            GPtrArray    *faults)
{
  g_autofree char *reason = NULL;
  CmJsonToken token;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!(cm_text_equal (cm_json_reader_get_text (reader), CM_TEXT ("reason")) ? read_string (reader, &reason)
                                                                                : cm_json_reader_skip (reader)))
        return FALSE;
    }
  if (reason != NULL)
    g_ptr_array_add (faults, g_steal_pointer (&reason));

  return token == CM_JSON_OBJECT_END;
}

static gboolean
read_faults (CmJsonReader *reader,
             GPtrArray    *faults)
{
  CmJsonToken token;

  if (cm_json_reader_next (reader) != CM_JSON_ARRAY)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_OBJECT)
    {
      if (!read_fault (reader, faults))
        return FALSE;
    }

  return token == CM_JSON_ARRAY_END;
}

static gboolean
read_lines (CmJsonReader *reader,
            guint64      *lines)
{
  gint64 number;

  if (cm_json_reader_next (reader) != CM_JSON_NUMBER || !cm_json_reader_get_integer (reader, &number) || number < 0)
    return FALSE;

  *lines = (guint64) number;

  return TRUE;
}

static gboolean
read_member (CmPostMessage *self,
             CmJsonReader  *reader,
             CmText         name)
{
  if (cm_text_equal (name, CM_TEXT ("type")))
    return read_string (reader, &self->type);
  if (cm_text_equal (name, CM_TEXT ("id")))
    return read_string (reader, &self->id);
  if (cm_text_equal (name, CM_TEXT ("reason")))
    return read_string (reader, &self->reason);
  if (cm_text_equal (name, CM_TEXT ("lines")))
    return read_lines (reader, &self->lines);
  if (cm_text_equal (name, CM_TEXT ("seq")))
    return cm_numbers_read (self->seq, reader);
  if (cm_text_equal (name, CM_TEXT ("last")))
    return cm_numbers_read (self->last, reader);
  if (cm_text_equal (name, CM_TEXT ("faults")))
    return read_faults (reader, self->faults);

  return cm_json_reader_skip (reader);
}

/**
 * cm_post_message_read:
 * @self: (out): what it says; to be cleared in any case
 * @reader: a reader
 * @text: a whole message
 * @size: how many bytes
 *
 * Returns: whether it is one
 */
gboolean
cm_post_message_read (CmPostMessage *self,
                      CmJsonReader  *reader,
                      const char    *text,
                      gsize          size)
{
  CmJsonToken token;

  *self = (CmPostMessage) { .faults = g_ptr_array_new_with_free_func (g_free),
                            .seq = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                            .last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  cm_json_reader_load (reader, text, size, CM_JSON_STRICT);
  if (cm_json_reader_next (reader) != CM_JSON_OBJECT)
    return FALSE;

  while ((token = cm_json_reader_next (reader)) == CM_JSON_NAME)
    {
      if (!read_member (self, reader, cm_json_reader_get_text (reader)))
        return FALSE;
    }

  return token == CM_JSON_OBJECT_END && cm_json_reader_next (reader) == CM_JSON_END && self->type != NULL;
}

/**
 * cm_post_message_clear:
 * @self: a message
 */
void
cm_post_message_clear (CmPostMessage *self)
{
  g_free (self->type);
  g_free (self->id);
  g_free (self->reason);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->seq, g_hash_table_unref);
  g_clear_pointer (&self->last, g_hash_table_unref);
}

/**
 * cm_post_message_print_faults:
 * @self: a message of faults
 *
 * Tells what the tracker does not take, and will not take another time either.
 */
void
cm_post_message_print_faults (CmPostMessage *self)
{
  if (self->reason != NULL)
    g_printerr (_("conference-agent: the tracker says: %s\n"), self->reason);
  for (guint i = 0; i < self->faults->len; i++)
    g_printerr (_("conference-agent: the tracker refuses a line: %s\n"), (char *) g_ptr_array_index (self->faults, i));
}

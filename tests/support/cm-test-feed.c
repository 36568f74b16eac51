/* cm-test-feed.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-feed.h"

#include "model/cm-document.h"
#include "model/cm-enum-types.h"

static void
on_event (const CmEvent *event,
          guint64        record,
          gpointer       user_data)
{
  CmTestFeed *self = user_data;

  cm_event_write (self->lines, &self->cache, event);
  cm_tracker_handle (self->tracker, event);
}

static void
on_fault (const CmEventFault *fault,
          gpointer            user_data)
{
  CmTestFeed *self = user_data;

  g_assert_true (g_utf8_validate (fault->reason, -1, NULL));
  g_string_append_printf (self->lines, "fault %" G_GUINT64_FORMAT "\n", fault->line);
  self->n_faults++;
}

/**
 * cm_test_feed_new:
 * @name: a feed's name
 *
 * Returns: (transfer full): a feed that has said nothing
 */
CmTestFeed *
cm_test_feed_new (const char *name)
{
  CmTestFeed *self = g_new0 (CmTestFeed, 1);

  self->decoder = cm_decoder_new_for_name (name, NULL);
  g_assert_nonnull (self->decoder);
  self->tracker = cm_tracker_new ();
  self->lines = g_string_new (NULL);
  cm_decoder_set_sink (self->decoder, on_event, on_fault, self);

  return self;
}

/**
 * cm_test_feed_free:
 * @self: (transfer full): a feed
 */
void
cm_test_feed_free (CmTestFeed *self)
{
  g_assert_finalize_object (self->decoder);
  g_assert_finalize_object (self->tracker);
  g_string_free (self->lines, TRUE);
  g_free (self);
}

/**
 * cm_test_feed_push:
 * @self: a feed
 * @bytes: what the system sends
 */
void
cm_test_feed_push (CmTestFeed *self,
                   const char *bytes)
{
  cm_decoder_push (self->decoder, bytes, strlen (bytes));
}

/**
 * cm_test_feed_push_quoted:
 * @self: a feed
 * @record: JSON, with single quotes, which are easier to read in C
 */
void
cm_test_feed_push_quoted (CmTestFeed *self,
                          const char *record)
{
  g_autoptr(GString) text = g_string_new (record);

  g_string_replace (text, "'", "\"", 0);
  g_string_append_c (text, '\n');
  cm_test_feed_push (self, text->str);
}

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr(GEnumClass) enums = g_type_class_ref (type);

  return g_enum_get_value (enums, value)->value_nick;
}

static void
append_person (GString        *text,
               const CmPerson *person)
{
  const char *number = strchr (person->address, ':');

  g_string_append_printf (text, "; %s", number != NULL ? number + 1 : person->address);
  if (person->left != CM_TIME_NONE)
    {
      g_string_append_printf (text, " left %s", person->left_reason);
      return;
    }

  g_string_append_printf (text, " %s %s%s", get_nick (CM_TYPE_ROLE, (int) person->role), person->state != NULL ? person->state : "-",
                          person->muted == CM_YES ? " muted" : "");
}

/**
 * cm_test_feed_expect:
 * @self: a feed
 * @conversation: a room's id, or the document's own where it has a key
 * @expected: "phase stage", and after that each person of the room
 */
void
cm_test_feed_expect (CmTestFeed *self,
                     const char *conversation,
                     const char *expected)
{
  g_autofree char *id = g_strconcat (cm_decoder_get_source (self->decoder), "#", conversation, NULL);
  g_autoptr(CmDocument) document = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  const CmLeg *leg;

  document = cm_tracker_dup_document (self->tracker, id);
  if (document == NULL)
    document = cm_tracker_dup_document (self->tracker, conversation);
  if (document == NULL)
    {
      g_assert_cmpstr ("none", ==, expected);
      return;
    }

  leg = cm_document_get_leg (document, 0);
  g_string_append_printf (text, "%s %s", get_nick (CM_TYPE_PHASE, (int) document->phase),
                          leg->escalation.stage != NULL ? leg->escalation.stage : "-");
  for (guint i = 0; i < document->persons.len; i++)
    append_person (text, cm_document_get_person (document, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/**
 * cm_test_feed_expect_over:
 * @self: a feed
 *
 * Asserts that no conversation goes on.
 */
void
cm_test_feed_expect_over (CmTestFeed *self)
{
  g_autoptr(GPtrArray) documents = cm_tracker_dup_documents (self->tracker);

  for (guint i = 0; i < documents->len; i++)
    g_assert_cmpint (((const CmDocument *) g_ptr_array_index (documents, i))->phase, ==, CM_PHASE_ENDED);
}

/**
 * cm_test_feed_read:
 * @file: a file of tests/data
 * @size: (out): its size
 *
 * Returns: (transfer full): what is in it
 */
char *
cm_test_feed_read (const char *file,
                   gsize      *size)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", file, NULL);
  g_autoptr(GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, size, &error);
  g_assert_no_error (error);

  return bytes;
}

static void
push_parts (CmTestFeed *self,
            const char *bytes,
            gsize       size,
            gsize       part)
{
  for (gsize i = 0; i < size; i += part)
    cm_decoder_push (self->decoder, bytes + i, MIN (part, size - i));
  cm_decoder_finish (self->decoder);
}

/**
 * cm_test_feed_splits:
 * @name: a feed's name
 * @bytes: a recording
 * @size: its size
 *
 * Asserts that the recording comes to the same bytes however it is cut: after
 * every byte, and in parts of many sizes.
 */
void
cm_test_feed_splits (const char *name,
                     const char *bytes,
                     gsize       size)
{
  static const gsize parts[] = { 1, 2, 3, 7, 61, 509, 4093, 65536 };
  g_autoptr(CmTestFeed) whole = cm_test_feed_new (name);

  push_parts (whole, bytes, size, size);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new (name);

      push_parts (feed, bytes, size, parts[i]);
      g_assert_cmpstr (feed->lines->str, ==, whole->lines->str);
    }
}

/**
 * cm_test_feed_damage:
 * @name: a feed's name
 * @bytes: a recording
 * @size: its size
 *
 * Changes, drops and doubles stretches of the recording. Whatever comes of it,
 * every event is one that the strict reader takes.
 */
void
cm_test_feed_damage (const char *name,
                     const char *bytes,
                     gsize       size)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20111109);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(CmTestFeed) feed = cm_test_feed_new (name);
      g_autoptr(CmEventReader) reader = cm_event_reader_new (NULL, NULL, NULL);
      g_autofree char *copy = g_memdup2 (bytes, size);
      gsize from = (gsize) g_rand_int_range (rand, 0, (gint32) size);
      gsize length = (gsize) g_rand_int_range (rand, 1, 4096);

      length = MIN (length, size - from);
      for (guint j = 0; i % 3 == 0 && j < length; j++)
        copy[from + j] = (char) g_rand_int_range (rand, 0, 256);
      cm_decoder_push (feed->decoder, copy, from + length);
      if (i % 3 == 1)
        from += length;
      push_parts (feed, copy + from, size - from, 1021);

      cm_event_reader_push (reader, feed->lines->str, feed->lines->len);
      cm_event_reader_finish (reader);
      g_assert_cmpuint (cm_event_reader_get_faults (reader), ==, feed->n_faults);
    }
}

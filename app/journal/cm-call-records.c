/* cm-call-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-call-records.h"

#include "core/cm-json-writer.h"
#include "model/cm-enum-types.h"

/* The fields of a record, in the order of the columns. */
typedef enum
{
  FIELD_CONVERSATION,
  FIELD_LEG,
  FIELD_SOURCE,
  FIELD_TYPE,
  FIELD_DIRECTION,
  FIELD_ROLE,
  FIELD_PARTIES,
  FIELD_SUBJECT,
  FIELD_ORGANIZER,
  FIELD_INVITER,
  FIELD_ADDED,
  FIELD_RANG,
  FIELD_ANSWERED,
  FIELD_JOINED,
  FIELD_LEFT,
  FIELD_ENDED,
  FIELD_RING,
  FIELD_TALK,
  FIELD_HOLD,
  FIELD_ESCALATION_TIME,
  FIELD_ESCALATION,
  FIELD_END,
  N_FIELDS,
} Field;

static const char * const field_names[N_FIELDS] = {
  [FIELD_CONVERSATION] = "conversation",
  [FIELD_LEG] = "leg",
  [FIELD_SOURCE] = "source",
  [FIELD_TYPE] = "type",
  [FIELD_DIRECTION] = "direction",
  [FIELD_ROLE] = "role",
  [FIELD_PARTIES] = "parties",
  [FIELD_SUBJECT] = "subject",
  [FIELD_ORGANIZER] = "organizer",
  [FIELD_INVITER] = "inviter",
  [FIELD_ADDED] = "added",
  [FIELD_RANG] = "rang",
  [FIELD_ANSWERED] = "answered",
  [FIELD_JOINED] = "joined",
  [FIELD_LEFT] = "left",
  [FIELD_ENDED] = "ended",
  [FIELD_RING] = "ring_ms",
  [FIELD_TALK] = "talk_ms",
  [FIELD_HOLD] = "hold_ms",
  [FIELD_ESCALATION_TIME] = "escalation_ms",
  [FIELD_ESCALATION] = "escalation",
  [FIELD_END] = "end",
};

/* What a spreadsheet may take for the beginning of a formula, or would take off
 * before it looks for one. */
#define FORMULA_STARTS "=+-@\t\r\n'\""

/* Of the fields that are numbers, less than 0 where there is none; all others are
 * texts, %NULL likewise. */
typedef struct
{
  char   *texts[N_FIELDS];
  gint64  numbers[N_FIELDS];
} Record;

static gboolean
is_number (Field field)
{
  return field >= FIELD_RING && field <= FIELD_ESCALATION_TIME;
}

static void
record_clear (Record *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

static const char *
get_nick (GType type,
          int   value)
{
  GEnumClass *klass = g_type_class_ref (type);
  const char *nick = g_enum_get_value (klass, value)->value_nick;

  /* The nick of a registered type is never freed. */
  g_type_class_unref (klass);

  return nick;
}

static char *
dup_time (gint64 time)
{
  CmTimeCache cache = { 0 };
  char buffer[CM_TIME_FORMAT_SIZE];

  if (time == CM_TIME_NONE)
    return NULL;

  cm_time_format (&cache, time, buffer);

  return g_strdup (buffer);
}

static gint64
get_escalation_time (const CmTiming *timing)
{
  gint64 total = -1;

  for (guint i = 0; i < CM_N_TIMED_STAGES; i++)
    {
      if (timing->stages[i] >= 0)
        total = MAX (total, 0) + timing->stages[i];
    }

  return total;
}

static void
fill_call (Record           *self,
           const CmDocument *document,
           const CmLeg      *leg)
{
  char **texts = self->texts;

  texts[FIELD_CONVERSATION] = g_strdup (document->id);
  texts[FIELD_LEG] = g_strdup (leg->id);
  texts[FIELD_SOURCE] = g_strdup (leg->source);
  texts[FIELD_TYPE] = g_strdup (get_nick (cm_kind_get_type (), (int) document->kind));
  if (leg->direction != CM_LEG_DIRECTION_NONE)
    texts[FIELD_DIRECTION] = g_strdup (get_nick (cm_leg_direction_get_type (), (int) leg->direction));
  texts[FIELD_ROLE] = g_strdup (get_nick (cm_leg_role_get_type (), (int) leg->role));
  texts[FIELD_SUBJECT] = g_strdup (document->subject);
  texts[FIELD_ORGANIZER] = g_strdup (document->conference.organizer);
  texts[FIELD_INVITER] = g_strdup (leg->inviter);
  texts[FIELD_ESCALATION] = g_strdup (leg->escalation.stage);
  texts[FIELD_END] = g_strdup (leg->reason != NULL ? leg->reason
                               : get_nick (cm_phase_get_type (), (int) leg->phase));
}

static void
fill_timing (Record         *self,
             const CmTiming *timing)
{
  self->texts[FIELD_ADDED] = dup_time (timing->added);
  self->texts[FIELD_RANG] = dup_time (timing->rang);
  self->texts[FIELD_ANSWERED] = dup_time (timing->answered);
  self->texts[FIELD_JOINED] = dup_time (timing->joined);
  self->texts[FIELD_LEFT] = dup_time (timing->left);
  self->texts[FIELD_ENDED] = dup_time (timing->ended);
  self->numbers[FIELD_RING] = timing->ring;
  self->numbers[FIELD_TALK] = timing->talk;
  self->numbers[FIELD_HOLD] = timing->hold;
  self->numbers[FIELD_ESCALATION_TIME] = get_escalation_time (timing);
}

static char *
dup_parties (const CmDocument *document)
{
  g_autoptr(GString) parties = g_string_new (NULL);

  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (i > 0)
        g_string_append_c (parties, ' ');
      g_string_append (parties, person->address);
    }

  return g_string_free (g_steal_pointer (&parties), FALSE);
}

/* RFC 4180, section 2; and what a spreadsheet would take for a formula is made a
 * text by an apostrophe in front. */
static void
write_csv_text (GString    *out,
                const char *text)
{
  gsize spaces = strspn (text, " ");

  g_string_append_c (out, '"');
  if (text[spaces] != '\0' && strchr (FORMULA_STARTS, text[spaces]) != NULL)
    g_string_append_c (out, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
write_csv_record (const Record *record,
                  GString      *out)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (is_number (i) && record->numbers[i] >= 0)
        g_string_append_printf (out, "\"%" G_GINT64_FORMAT "\"", record->numbers[i]);
      else if (record->texts[i] != NULL && record->texts[i][0] != '\0')
        write_csv_text (out, record->texts[i]);
    }

  g_string_append (out, "\r\n");
}

static void
write_csv_header (GString *out)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append (out, field_names[i]);
    }

  g_string_append (out, "\r\n");
}

static void
write_json_parties (const CmDocument *document,
                    GString          *out)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < document->persons.len; i++)
    {
      const CmPerson *person = cm_document_get_person (document, i);

      if (i > 0)
        g_string_append_c (out, ',');
      cm_json_write_string (out, person->address);
    }
  g_string_append_c (out, ']');
}

static void
write_json_name (GString *out,
                 Field    field)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  cm_json_write_string (out, field_names[field]);
  g_string_append_c (out, ':');
}

static void
write_json_record (const Record     *record,
                   const CmDocument *document,
                   GString          *out)
{
  g_string_append_c (out, '{');
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (i == FIELD_PARTIES)
        {
          write_json_name (out, i);
          write_json_parties (document, out);
        }
      else if (is_number (i) && record->numbers[i] >= 0)
        {
          write_json_name (out, i);
          g_string_append_printf (out, "%" G_GINT64_FORMAT, record->numbers[i]);
        }
      else if (record->texts[i] != NULL)
        {
          write_json_name (out, i);
          cm_json_write_string (out, record->texts[i]);
        }
    }
  g_string_append_c (out, '}');
}

static void
write_leg (const CmDocument *document,
           const CmLeg      *leg,
           gboolean          json,
           GString          *out)
{
  g_auto(Record) record = { 0 };

  fill_call (&record, document, leg);
  fill_timing (&record, &leg->timing);

  if (json)
    {
      g_string_append (out, out->str[out->len - 1] == '[' ? "\n" : ",\n");
      write_json_record (&record, document, out);
      return;
    }

  record.texts[FIELD_PARTIES] = dup_parties (document);
  write_csv_record (&record, out);
}

static void
write_documents (GPtrArray *documents,
                 gboolean   json,
                 GString   *out)
{
  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      for (guint j = 0; j < document->legs.len; j++)
        write_leg (document, cm_document_get_leg (document, j), json, out);
    }
}

/**
 * cm_call_records_write_csv:
 * @documents: (element-type CmDocument): conversations
 * @out: where to append
 *
 * Writes one record per leg, under a header (RFC 4180). Times are RFC 3339 in
 * UTC; durations are the milliseconds of the document's timing, which is all
 * that is over by then. Of what a stranger has written, nothing begins as a
 * formula would.
 */
void
cm_call_records_write_csv (GPtrArray *documents,
                           GString   *out)
{
  write_csv_header (out);
  write_documents (documents, FALSE, out);
}

/**
 * cm_call_records_write_json:
 * @documents: (element-type CmDocument): conversations
 * @out: where to append
 *
 * Writes an array of one object per leg, with the names and the values of
 * cm_call_records_write_csv(): durations are numbers, parties an array, and what
 * is not known is absent.
 */
void
cm_call_records_write_json (GPtrArray *documents,
                            GString   *out)
{
  g_string_append_c (out, '[');
  write_documents (documents, TRUE, out);
  g_string_append (out, "\n]\n");
}

/* cm-call-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "journal/cm-call-records.h"

#include "model/cm-enum-types.h"

static const char header[] =
  "conversation,leg,source,type,direction,role,parties,subject,organizer,inviter,"
  "added,rang,answered,joined,left,ended,ring_ms,talk_ms,hold_ms,escalation_ms,escalation,end\r\n";

/* RFC 4180, section 2; and what a spreadsheet would take for a formula is made a
 * text by an apostrophe in front. */
static void
write_field (GString    *out,
             const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');

  if (text == NULL || text[0] == '\0')
    {
      /* Nothing, but there must be a field: the comma stands. */
      if (out->len == 0 || out->str[out->len - 1] == '\n')
        g_string_append (out, "\"\"");
      return;
    }

  g_string_append_c (out, '"');
  if (strchr ("=+-@\t\r", text[0]) != NULL)
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
write_time (GString *out,
            gint64   time)
{
  CmTimeCache cache = { 0 };
  char buffer[CM_TIME_FORMAT_SIZE] = "";

  if (time != CM_TIME_NONE)
    cm_time_format (&cache, time, buffer);

  write_field (out, buffer);
}

static void
write_duration (GString *out,
                gint64   duration)
{
  g_autofree char *text = duration >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, duration) : NULL;

  write_field (out, text);
}

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
dup_parties (const CmDocument *document)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) addresses = NULL;

  for (guint i = 0; i < document->persons->len; i++)
    g_strv_builder_add (builder, ((CmPerson *) g_ptr_array_index (document->persons, i))->address);
  addresses = g_strv_builder_end (builder);

  return g_strjoinv (" ", addresses);
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

static const char *
get_end (const CmLeg *leg)
{
  return leg->reason != NULL ? leg->reason : get_nick (cm_phase_get_type (), leg->phase);
}

static void
write_leg (const CmDocument *document,
           const CmLeg      *leg,
           GString          *out)
{
  const CmTiming *timing = &leg->timing;
  g_autofree char *parties = dup_parties (document);

  write_field (out, document->id);
  write_field (out, leg->id);
  write_field (out, leg->source);
  write_field (out, get_nick (cm_kind_get_type (), document->kind));
  write_field (out, leg->direction != CM_LEG_DIRECTION_NONE
                    ? get_nick (cm_leg_direction_get_type (), leg->direction) : NULL);
  write_field (out, get_nick (cm_leg_role_get_type (), leg->role));
  write_field (out, parties);
  write_field (out, document->subject);
  write_field (out, document->conference.organizer);
  write_field (out, leg->inviter);
  write_time (out, timing->added);
  write_time (out, timing->rang);
  write_time (out, timing->answered);
  write_time (out, timing->joined);
  write_time (out, timing->left);
  write_time (out, timing->ended);
  write_duration (out, timing->ring);
  write_duration (out, timing->talk);
  write_duration (out, timing->hold);
  write_duration (out, get_escalation_time (timing));
  write_field (out, leg->escalation.stage);
  write_field (out, get_end (leg));
  g_string_append (out, "\r\n");
}

/**
 * cm_call_records_write_csv:
 * @documents: (element-type CmDocument): conversations
 * @out: where to append
 *
 * Writes one record per leg, under a header (RFC 4180). Times are RFC 3339 in
 * UTC; durations are the milliseconds of the document's timing, which is all
 * that is over by then.
 */
void
cm_call_records_write_csv (GPtrArray *documents,
                           GString   *out)
{
  g_string_append (out, header);

  for (guint i = 0; i < documents->len; i++)
    {
      const CmDocument *document = g_ptr_array_index (documents, i);

      for (guint j = 0; j < document->legs->len; j++)
        write_leg (document, g_ptr_array_index (document->legs, j), out);
    }
}

/* cm-test-script.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "support/cm-test-desk.h"

#include "core/cm-time.h"

/* Scripts are events in short: commands between "; ", of words between blanks.
 *
 *   a/1 added [FIELD=JSON…]     ConversationAdded of source a, conversation 1
 *   a/1 removed [STATUS]        ConversationRemoved
 *   a/1 state Active [STATUS]   ConversationStateChanged
 *   a/1 E 2, a/1 R 0            escalation's progress and result
 *   a/1 set PROPERTY JSON       ConversationPropertyChanged
 *   a/1 uri ann f1              ConferencingUri: ann's conference f1
 *   a/1 av Connected [ann]      ModalityStateChanged of AudioVideo
 *   a/1 im Connected            the same of InstantMessage
 *   a/1 in ann [FIELD=JSON…]    ParticipantAdded: sip:ann@x
 *   a/1 out ann [STATUS]        ParticipantRemoved
 *   a/1 who ann PROPERTY JSON   ParticipantPropertyChanged
 *   a presence ann 7000 [ACTIVITY]
 *   a status Connected|Lost|Resync
 *   +5000                       so many ms pass, or -5000
 *
 * "#7" at a command's end is its seq. */

static void
add_field (GString    *line,
           const char *name,
           const char *json)
{
  g_string_append_printf (line, ",\"%s\":%s", name, json);
}

static void
add_text (GString    *line,
          const char *name,
          const char *text)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text);

  add_field (line, name, quoted);
}

/* A number stays one, anything else is a name. */
static void
add_value (GString    *line,
           const char *name,
           const char *value)
{
  if (g_ascii_isdigit (value[0]) && !g_str_has_prefix (value, "0x"))
    add_field (line, name, value);
  else if (value[0] == '-')
    add_field (line, name, value);
  else
    add_text (line, name, value);
}

static void
add_person (GString    *line,
            const char *name,
            const char *who)
{
  g_autofree char *address = strchr (who, ':') ? g_strdup (who) : g_strdup_printf ("sip:%s@x", who);

  add_text (line, name, address);
}

static void
add_rest (GString  *line,
          char    **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "=", 2);

      g_assert_nonnull (pair[1]);
      add_field (line, pair[0], pair[1]);
    }
}

static void
add_status (GString    *line,
            const char *status)
{
  if (status != NULL)
    add_value (line, "statusCode", status);
}

static void
add_property (GString    *line,
              const char *property,
              const char *json)
{
  add_text (line, "property", property);
  add_field (line, "value", json);
}

static void
add_uri (GString  *line,
         char    **words)
{
  g_autofree char *uri = g_strdup_printf ("\"sip:%s@x;gruu;opaque=app:conf:focus:id:%s\"", words[0], words[1]);

  add_property (line, "ConferencingUri", uri);
}

static void
add_modality (GString    *line,
              const char *modality,
              char      **words)
{
  add_text (line, "modality", modality);
  add_value (line, "state", words[0]);
  if (words[1] != NULL && g_ascii_isalpha (words[1][0]))
    add_person (line, "participant", words[1]);
  else
    add_status (line, words[1]);
}

static void
add_presence (GString  *line,
              char    **words)
{
  add_person (line, "contact", words[0]);
  add_field (line, "availability", words[1]);
  if (words[2] != NULL)
    add_text (line, "activity", words[2]);
}

static void
add_words (GString     *line,
           const char  *verb,
           char       **words)
{
  if (g_str_equal (verb, "removed"))
    add_status (line, words[0]);
  else if (g_str_equal (verb, "state"))
    {
      add_value (line, "state", words[0]);
      add_status (line, words[1]);
    }
  else if (g_str_equal (verb, "E"))
    add_property (line, "ConferenceEscalationProgress", words[0]);
  else if (g_str_equal (verb, "R"))
    add_property (line, "ConferenceEscalationResult", words[0]);
  else if (g_str_equal (verb, "set"))
    add_property (line, words[0], words[1]);
  else if (g_str_equal (verb, "uri"))
    add_uri (line, words);
  else if (g_str_equal (verb, "av"))
    add_modality (line, "AudioVideo", words);
  else if (g_str_equal (verb, "im"))
    add_modality (line, "InstantMessage", words);
  else if (g_str_equal (verb, "presence"))
    add_presence (line, words);
  else if (g_str_equal (verb, "status"))
    add_text (line, "status", words[0]);
  else if (g_str_equal (verb, "added"))
    add_rest (line, words);
  else
    add_person (line, "participant", words[0]);

  if (g_str_equal (verb, "in"))
    add_rest (line, words + 1);
  else if (g_str_equal (verb, "out"))
    add_status (line, words[1]);
  else if (g_str_equal (verb, "who"))
    add_property (line, words[1], words[2]);
}

static const char *
get_event (const char *verb)
{
  static const char * const events[][2] = {
    { "added", "ConversationAdded" },
    { "removed", "ConversationRemoved" },
    { "state", "ConversationStateChanged" },
    { "E", "ConversationPropertyChanged" },
    { "R", "ConversationPropertyChanged" },
    { "set", "ConversationPropertyChanged" },
    { "uri", "ConversationPropertyChanged" },
    { "av", "ModalityStateChanged" },
    { "im", "ModalityStateChanged" },
    { "in", "ParticipantAdded" },
    { "out", "ParticipantRemoved" },
    { "who", "ParticipantPropertyChanged" },
    { "presence", "ContactInformationChanged" },
    { "status", "SourceStatusChanged" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (g_str_equal (events[i][0], verb))
        return events[i][1];
    }

  g_error ("no such command: %s", verb);
}

static char **
take_words (const char  *command,
            char       **seq)
{
  g_auto(GStrv) all = g_strsplit_set (command, " \n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (all[i][0] == '#')
        *seq = g_strdup (all[i] + 1);
      else if (all[i][0] != '\0')
        g_strv_builder_add (builder, all[i]);
    }

  return g_strv_builder_end (builder);
}

/**
 * cm_test_script_line:
 * @command: a command of a script
 * @now: (inout): the time of the next event; goes on by a second
 *
 * Returns: (transfer full) (nullable): the event line, %NULL where the command
 *   lets time pass or is empty
 */
char *
cm_test_script_line (const char *command,
                     gint64     *now)
{
  g_autofree char *seq = NULL;
  g_auto(GStrv) words = take_words (command, &seq);
  g_auto(GStrv) place = NULL;
  GString *line;
  CmTimeCache cache = { 0 };
  char at[CM_TIME_FORMAT_SIZE];

  if (words[0] == NULL)
    return NULL;

  if (words[0][0] == '+' || words[0][0] == '-')
    {
      *now += g_ascii_strtoll (words[0], NULL, 10);
      return NULL;
    }

  place = g_strsplit (words[0], "/", 2);
  cm_time_format (&cache, *now, at);
  *now += 1000;

  line = g_string_new (NULL);
  g_string_append_printf (line, "{\"at\":\"%s\",\"source\":\"%s\",\"event\":\"%s\"", at, place[0], get_event (words[1]));
  if (place[1] != NULL)
    add_text (line, "conversation", place[1]);
  if (seq != NULL)
    add_field (line, "seq", seq);
  add_words (line, words[1], words + 2);
  g_string_append_c (line, '}');

  return g_string_free (line, FALSE);
}

/* test-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-event.h"

#define AT "{\"at\":\"2011-11-09T09:00:12.400Z\",\"source\":\"s\""
#define IN_C1 AT ",\"conversation\":\"c1\",\"event\":"
#define ADDED IN_C1 "\"ConversationAdded\""
#define CONVERSATION(property, value) \
  IN_C1 "\"ConversationPropertyChanged\",\"property\":\"" property "\",\"value\":" value "}"
#define PARTICIPANT(property, value) \
  IN_C1 "\"ParticipantPropertyChanged\",\"participant\":\"sip:a@b\",\"property\":\"" property "\",\"value\":" value "}"
#define MODALITY(modality, state) \
  IN_C1 "\"ModalityStateChanged\",\"modality\":" modality ",\"state\":" state "}"
#define REMOVED(code) IN_C1 "\"ConversationRemoved\",\"statusCode\":" code "}"
#define HEARTBEAT(span) AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Connected\",\"heartbeat\":" span "}"
#define CONTACT(fields) AT ",\"event\":\"ContactInformationChanged\",\"contact\":\"sip:a@b\"," fields "}"

/* A line, and how it is written again; NULL where that is the same. */
typedef struct
{
  const char *line;
  const char *written;
} Good;

/* A caret stands before the byte that is told as the place of the fault; a line
 * without one is meant as a whole. */
typedef struct
{
  const char   *line;
  CmEventError  code;
  const char   *reason;
} Bad;

typedef struct
{
  CmJsonReader *reader;
  CmTimeCache   cache;
  CmEvent       event;
} Decoder;

static void
decoder_init (Decoder *self)
{
  *self = (Decoder) { .reader = cm_json_reader_new () };
}

static void
decoder_clear (Decoder *self)
{
  cm_json_reader_free (self->reader);
}

static const CmEvent *
decode (Decoder    *self,
        const char *line)
{
  g_autoptr(GError) error = NULL;
  gsize column = 99;

  cm_event_decode (&self->event, self->reader, &self->cache, line, strlen (line), &column, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (column, ==, 0);

  return &self->event;
}

static void
check_value (const CmValue *value,
             CmValueType    type,
             gboolean       known,
             gint64         integer,
             const char    *text)
{
  g_assert_cmpint (value->type, ==, type);
  g_assert_cmpint (value->known, ==, known);
  g_assert_cmpint (value->integer, ==, integer);
  g_assert_cmpmem (value->text.bytes, value->text.size, text, (text != NULL ? strlen (text) : 0));
}

static void
check_same_values (const CmEvent *a,
                   const CmEvent *b)
{
  const CmValue *left[] = { &a->value, &a->modality, &a->state, &a->direction, &a->is_self, &a->is_presenter,
                            &a->is_leader, &a->is_in_lobby, &a->is_muted, &a->status_code, &a->availability,
                            &a->source_status, &a->heartbeat };
  const CmValue *right[] = { &b->value, &b->modality, &b->state, &b->direction, &b->is_self, &b->is_presenter,
                             &b->is_leader, &b->is_in_lobby, &b->is_muted, &b->status_code, &b->availability,
                             &b->source_status, &b->heartbeat };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *text = cm_text_dup (right[i]->text);

      check_value (left[i], right[i]->type, right[i]->known, right[i]->integer, text);
    }
}

static void
check_same_texts (const CmEvent *a,
                  const CmEvent *b)
{
  const CmText left[] = { a->source, a->conversation, a->name, a->property_name, a->participant, a->display_name,
                          a->subject, a->inviter, a->conferencing_uri, a->activity, a->reason };
  const CmText right[] = { b->source, b->conversation, b->name, b->property_name, b->participant, b->display_name,
                           b->subject, b->inviter, b->conferencing_uri, b->activity, b->reason };

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_assert_cmpint (left[i].bytes == NULL, ==, right[i].bytes == NULL);
      g_assert_cmpmem (left[i].bytes, left[i].size, right[i].bytes, right[i].size);
    }
}

static void
check_same (const CmEvent *a,
            const CmEvent *b)
{
  g_assert_cmpint (a->at, ==, b->at);
  g_assert_cmpint (a->has_seq, ==, b->has_seq);
  g_assert_cmpint (a->seq, ==, b->seq);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->property, ==, b->property);
  check_same_texts (a, b);
  check_same_values (a, b);
}

static const Good good_lines[] = {
  { ADDED "}" },
  { AT ",\"seq\":7,\"conversation\":\"c1\",\"event\":\"ConversationAdded\",\"inviter\":\"sip:i@b\",\"subject\":\"\","
    "\"direction\":\"Incoming\",\"conferencingUri\":\"sip:o@b;gruu;opaque=app:conf:focus:id:X\"}" },
  { " { \"event\" : \"ConversationAdded\" , \"conversation\" : \"c1\" , \"source\" : \"\\u0073\" ,"
    " \"at\" : \"2011-11-09T10:00:12.4+01:00\" } \r", ADDED "}" },
  { ADDED ",\"seq\":null,\"inviter\":null,\"subject\":null,\"direction\":null,\"conferencingUri\":null}", ADDED "}" },
  { ADDED ",\"state\":{},\"isMuted\":3,\"new\":[{\"at\":1}]}", ADDED "}" },
  { ADDED ",\"seq\":-9223372036854775808}",
    AT ",\"seq\":-9223372036854775808,\"conversation\":\"c1\",\"event\":\"ConversationAdded\"}" },
  { ADDED ",\"subject\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u00e9\\ud83d\\ude00\"}",
    ADDED ",\"subject\":\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0001\303\251\360\237\230\200\"}" },
  { ADDED ",\"direction\":2}", ADDED ",\"direction\":\"Outgoing\"}" },
  { ADDED ",\"direction\":\"outGOING\"}", ADDED ",\"direction\":\"Outgoing\"}" },
  { ADDED ",\"direction\":3}" },
  { ADDED ",\"direction\":-99999999999}" },
  { ADDED ",\"direction\":\"Sideways\"}" },
  { ADDED ",\"direction\":\"1\"}" },
  { IN_C1 "\"ConversationRemoved\"}" },
  { REMOVED ("2163412014") },
  { REMOVED ("-2131555282"), REMOVED ("2163412014") },
  { REMOVED ("\"0x80F30C2E\""), REMOVED ("2163412014") },
  { REMOVED ("\"0X80f30c2e\""), REMOVED ("2163412014") },
  { REMOVED ("\"0x0\""), REMOVED ("0") },
  { REMOVED ("4294967295"), NULL },
  { REMOVED ("-1"), REMOVED ("4294967295") },
  { REMOVED ("-2147483648"), REMOVED ("2147483648") },
  { IN_C1 "\"ConversationStateChanged\",\"state\":\"Parked\",\"statusCode\":0}" },
  { IN_C1 "\"ConversationStateChanged\",\"state\":3}",
    IN_C1 "\"ConversationStateChanged\",\"state\":\"Terminated\"}" },
  { MODALITY ("\"AudioVideo\"", "\"OnHold\"") },
  { MODALITY ("2", "7.0"), MODALITY ("\"AudioVideo\"", "\"OnHold\"") },
  { MODALITY ("\"AudioVideo\"", "-1"), MODALITY ("\"AudioVideo\"", "\"Invalid\"") },
  { MODALITY ("16", "\"Dreaming\"") },
  { MODALITY ("0", "11"), MODALITY ("\"0\"", "11") },
  { IN_C1 "\"ModalityStateChanged\",\"modality\":\"InstantMessage\",\"state\":\"Connected\","
    "\"participant\":\"sip:a@b\",\"statusCode\":1}" },
  { IN_C1 "\"ParticipantAdded\",\"participant\":\"sip:a@b\"}" },
  { IN_C1 "\"ParticipantAdded\",\"participant\":\"sip:a@b\",\"name\":\"A\",\"isSelf\":true,\"isPresenter\":false,"
    "\"isLeader\":null,\"isInLobby\":true,\"isMuted\":null,\"statusCode\":5}" },
  { IN_C1 "\"ParticipantRemoved\",\"participant\":\"sip:a@b\",\"statusCode\":5}" },
  { CONVERSATION ("Subject", "\"x\"") },
  { CONVERSATION ("Subject", "null") },
  { CONVERSATION ("ConferencingUri", "\"sip:a@b\"") },
  { CONVERSATION ("Inviter", "\"sip:a@b\"") },
  { CONVERSATION ("TransferredBy", "\"sip:a@b\"") },
  { CONVERSATION ("Replaced", "\"c0\"") },
  { CONVERSATION ("Direction", "1"), CONVERSATION ("Direction", "\"Incoming\"") },
  { CONVERSATION ("AcceptanceState", "\"missed\""), CONVERSATION ("AcceptanceState", "\"Missed\"") },
  { CONVERSATION ("ConferenceEscalationProgress", "6"), CONVERSATION ("ConferenceEscalationProgress", "\"WaitingForPeer\"") },
  { CONVERSATION ("ConferenceEscalationProgress", "11") },
  { CONVERSATION ("ConferenceEscalationResult", "\"0x80F2CB50\""), CONVERSATION ("ConferenceEscalationResult", "2163395408") },
  { CONVERSATION ("ConferenceAccessInformation", "{\"Id\" : \"1\",\"AutoAttendantNumbers\":[]}") },
  { CONVERSATION ("ConferenceAccessInformation", "null") },
  { CONVERSATION ("ConferencingLocked", "true") },
  { CONVERSATION ("ConferencingAccessType", "4096"), CONVERSATION ("ConferencingAccessType", "\"Locked\"") },
  { CONVERSATION ("IsMuted", "[ 1, {} ]") },
  { CONVERSATION ("subject", "null") },
  { PARTICIPANT ("Name", "\"A\"") },
  { PARTICIPANT ("IsPresenter", "true") },
  { PARTICIPANT ("IsLeader", "false") },
  { PARTICIPANT ("IsInLobby", "null") },
  { PARTICIPANT ("IsMuted", "true") },
  { PARTICIPANT ("IsRecording", "true") },
  { PARTICIPANT ("IsAnonymous", "true") },
  { PARTICIPANT ("IsAuthenticated", "true") },
  { PARTICIPANT ("AsOrganizer", "true") },
  { PARTICIPANT ("Subject", "1.5e3") },
  { IN_C1 "\"ConversationPropertyChanged\",\"value\":5,\"property\":\"ConferenceEscalationProgress\"}",
    CONVERSATION ("ConferenceEscalationProgress", "\"WaitingForPair\"") },
  { CONTACT ("\"availability\":7000,\"activity\":\"in-a-conference\"") },
  { CONTACT ("\"availability\":\"busyIdle\""), CONTACT ("\"availability\":7500") },
  { CONTACT ("\"availability\":\"Hiding\"") },
  { CONTACT ("\"activity\":null"), AT ",\"event\":\"ContactInformationChanged\",\"contact\":\"sip:a@b\"}" },
  { AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Lost\",\"reason\":\"gone\"}" },
  { AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Asleep\"}" },
  { HEARTBEAT ("100") },
  { HEARTBEAT ("86400000") },
  { HEARTBEAT ("null"), AT ",\"event\":\"SourceStatusChanged\",\"status\":\"Connected\"}" },
  { AT ",\"event\":\"Thunder\",\"state\":[]}", AT ",\"event\":\"Thunder\"}" },
  { IN_C1 "\"\"}" },
};

static void
test_good (void)
{
  Decoder first, second;
  CmTimeCache cache = { 0 };

  decoder_init (&first);
  decoder_init (&second);

  for (guint i = 0; i < G_N_ELEMENTS (good_lines); i++)
    {
      const Good *good = &good_lines[i];
      g_autoptr(GString) written = g_string_new (NULL);
      g_autoptr(GString) expected = g_string_new (good->written != NULL ? good->written : good->line);

      g_string_append_c (expected, '\n');
      cm_event_write (written, &cache, decode (&first, good->line));
      g_assert_cmpstr (written->str, ==, expected->str);
      check_same (decode (&second, written->str), &first.event);
    }

  decoder_clear (&first);
  decoder_clear (&second);
}

static void
test_values (void)
{
  Decoder decoder;

  decoder_init (&decoder);
  g_assert_cmpint (decode (&decoder, ADDED "}")->at, ==, G_GINT64_CONSTANT (1320829212400));
  check_value (&decoder.event.direction, CM_VALUE_ABSENT, FALSE, 0, NULL);
  check_value (&decode (&decoder, ADDED ",\"direction\":1}")->direction, CM_VALUE_ENUM, TRUE, 1, NULL);
  check_value (&decode (&decoder, ADDED ",\"direction\":42}")->direction, CM_VALUE_ENUM, FALSE, 42, "42");
  check_value (&decode (&decoder, ADDED ",\"direction\":\"Up\"}")->direction, CM_VALUE_ENUM, FALSE, 0, "Up");
  check_value (&decode (&decoder, REMOVED ("-1"))->status_code, CM_VALUE_INTEGER, TRUE, G_MAXUINT32, NULL);
  check_value (&decode (&decoder, PARTICIPANT ("IsMuted", "true"))->value, CM_VALUE_BOOLEAN, TRUE, 1, NULL);
  check_value (&decode (&decoder, PARTICIPANT ("IsMuted", "null"))->value, CM_VALUE_NULL, TRUE, 0, NULL);
  check_value (&decode (&decoder, PARTICIPANT ("Odd", " [1] "))->value, CM_VALUE_JSON, TRUE, 0, "[1]");
  g_assert_cmpint (decoder.event.property, ==, CM_PROPERTY_UNKNOWN);
  check_value (&decode (&decoder, CONVERSATION ("Subject", "\"\\u00e9\""))->value, CM_VALUE_TEXT, TRUE, 0, "\303\251");
  check_value (&decode (&decoder, CONTACT ("\"availability\":\"Away\""))->availability, CM_VALUE_INTEGER, TRUE, 15500, NULL);
  check_value (&decode (&decoder, CONTACT ("\"availability\":\"Hid\""))->availability, CM_VALUE_ENUM, FALSE, 0, "Hid");
  decoder_clear (&decoder);
}

#define NO_CODE "the field statusCode must be an integer of 32 bits or its digits in hexadecimal"
#define NO_HEARTBEAT "the field heartbeat must be an integer from 100 to 86400000"
#define NO_TIME "the field at must be a date and time as in RFC 3339"

static const Bad bad_lines[] = {
  { "", CM_EVENT_ERROR_JSON, "the line is empty" },
  { " \t\r", CM_EVENT_ERROR_JSON, "the line is empty" },
  { "^hello", CM_EVENT_ERROR_JSON, "a value is expected" },
  { "^[]", CM_EVENT_ERROR_SHAPE, "the line is not an object" },
  { " ^12", CM_EVENT_ERROR_SHAPE, "the line is not an object" },
  { "[^", CM_EVENT_ERROR_JSON, "the text ends too early" },
  { "\"a\" ^1", CM_EVENT_ERROR_JSON, "more text follows the value" },
  { "{}", CM_EVENT_ERROR_MISSING, "the field at is missing" },
  { ADDED "^", CM_EVENT_ERROR_JSON, "the text ends too early" },
  { ADDED "}^}", CM_EVENT_ERROR_JSON, "more text follows the value" },
  { ADDED ",^\"at\":1}", CM_EVENT_ERROR_JSON, "the same name twice in one object" },
  { "{\"source\":1}", CM_EVENT_ERROR_MISSING, "the field at is missing" },
  { "{\"at\":\"2011-11-09T09:00:12Z\"}", CM_EVENT_ERROR_MISSING, "the field source is missing" },
  { "{\"at\":^\"2011-11-09\",\"source\":\"s\"}", CM_EVENT_ERROR_TYPE, NO_TIME },
  { "{\"at\":^1320829212,\"source\":\"s\"}", CM_EVENT_ERROR_TYPE, NO_TIME },
  { "{\"at\":^null,\"source\":\"s\"}", CM_EVENT_ERROR_TYPE, NO_TIME },
  { AT "}", CM_EVENT_ERROR_MISSING, "the field event is missing" },
  { AT ",\"event\":^null}", CM_EVENT_ERROR_TYPE, "the field event must be a string" },
  { AT ",\"event\":\"x\",\"seq\":^1.5}", CM_EVENT_ERROR_TYPE, "the field seq must be an integer of 64 bits" },
  { AT ",\"event\":\"x\",\"seq\":^9223372036854775808}", CM_EVENT_ERROR_TYPE, "the field seq must be an integer of 64 bits" },
  { AT ",\"event\":\"x\",\"seq\":^\"1\"}", CM_EVENT_ERROR_TYPE, "the field seq must be an integer of 64 bits" },
  { AT ",\"event\":\"x\",\"conversation\":^1}", CM_EVENT_ERROR_TYPE, "the field conversation must be a string" },
  { AT ",\"event\":\"x\",\"conversation\":^\"\"}", CM_EVENT_ERROR_TYPE, "the field conversation must not be empty" },
  { AT ",\"event\":\"x\",\"conversation\":^\"\\n\"}", CM_EVENT_ERROR_TYPE, "the field conversation holds a control character" },
  { AT ",\"event\":\"ConversationAdded\"}", CM_EVENT_ERROR_MISSING, "the field conversation is missing" },
  { HEARTBEAT ("^99"), CM_EVENT_ERROR_TYPE, NO_HEARTBEAT },
  { HEARTBEAT ("^86400001"), CM_EVENT_ERROR_TYPE, NO_HEARTBEAT },
  { HEARTBEAT ("^1000.5"), CM_EVENT_ERROR_TYPE, NO_HEARTBEAT },
  { HEARTBEAT ("^\"1000\""), CM_EVENT_ERROR_TYPE, NO_HEARTBEAT },
  { ADDED ",\"subject\":^1}", CM_EVENT_ERROR_TYPE, "the field subject must be a string" },
  { ADDED ",\"direction\":^1.5}", CM_EVENT_ERROR_TYPE, "the field direction must be a name or an integer" },
  { ADDED ",\"direction\":^true}", CM_EVENT_ERROR_TYPE, "the field direction must be a name or an integer" },
  { IN_C1 "\"ConversationStateChanged\"}", CM_EVENT_ERROR_MISSING, "the field state is missing" },
  { IN_C1 "\"ModalityStateChanged\",\"state\":1}", CM_EVENT_ERROR_MISSING, "the field modality is missing" },
  { MODALITY ("^null", "1"), CM_EVENT_ERROR_TYPE, "the field modality must be a name or an integer" },
  { IN_C1 "\"ParticipantAdded\"}", CM_EVENT_ERROR_MISSING, "the field participant is missing" },
  { IN_C1 "\"ParticipantRemoved\",\"participant\":^\"\"}", CM_EVENT_ERROR_TYPE, "the field participant must not be empty" },
  { IN_C1 "\"ParticipantAdded\",\"participant\":\"a\",\"isMuted\":^1}", CM_EVENT_ERROR_TYPE, "the field isMuted must be true or false" },
  { IN_C1 "\"ConversationPropertyChanged\",\"property\":\"Odd\"}", CM_EVENT_ERROR_MISSING, "the field value is missing" },
  { IN_C1 "\"ConversationPropertyChanged\",\"value\":1}", CM_EVENT_ERROR_MISSING, "the field property is missing" },
  { CONVERSATION ("Subject", "^1"), CM_EVENT_ERROR_TYPE, "the field value must be a string" },
  { CONVERSATION ("Direction", "^[]"), CM_EVENT_ERROR_TYPE, "the field value must be a name or an integer" },
  { CONVERSATION ("ConferenceAccessInformation", "^[]"), CM_EVENT_ERROR_TYPE, "the field value must be an object" },
  { CONVERSATION ("ConferencingLocked", "^1"), CM_EVENT_ERROR_TYPE, "the field value must be true or false" },
  { REMOVED ("^4294967296"), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^-2147483649"), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^1.5"), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^\"0x\""), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^\"0x123456789\""), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^\"0x12g\""), CM_EVENT_ERROR_TYPE, NO_CODE },
  { REMOVED ("^\"80F30C2E\""), CM_EVENT_ERROR_TYPE, NO_CODE },
  { AT ",\"event\":\"ContactInformationChanged\"}", CM_EVENT_ERROR_MISSING, "the field contact is missing" },
  { CONTACT ("\"availability\":^1.5"), CM_EVENT_ERROR_TYPE, "the field availability must be a name or an integer" },
  { AT ",\"event\":\"SourceStatusChanged\"}", CM_EVENT_ERROR_MISSING, "the field status is missing" },
};

static void
test_bad (void)
{
  Decoder decoder;

  decoder_init (&decoder);

  for (guint i = 0; i < G_N_ELEMENTS (bad_lines); i++)
    {
      const Bad *bad = &bad_lines[i];
      g_autoptr(GString) line = g_string_new (bad->line);
      const char *caret = strchr (bad->line, '^');
      gsize expected = caret != NULL ? (gsize) (caret - bad->line) + 1 : 0;
      g_autofree char *copy = NULL;
      g_autoptr(GError) error = NULL;
      gsize column = 99;

      g_test_message ("%s", bad->line);
      g_string_replace (line, "^", "", 0);
      copy = g_memdup2 (line->str, line->len);
      g_assert_false (cm_event_decode (&decoder.event, decoder.reader, &decoder.cache, copy,
                                       line->len, &column, &error));
      g_assert_error (error, CM_EVENT_ERROR, (int) bad->code);
      g_assert_cmpstr (error->message, ==, bad->reason);
      g_assert_cmpuint (column, ==, expected);
      g_assert_cmpint (decoder.event.source.size, ==, strstr (bad->line, "\"source\":\"s\"") != NULL);
    }

  decoder_clear (&decoder);
}

static gboolean
decodes (const char *format,
         gsize       size,
         int         code)
{
  g_autofree char *filler = g_strnfill (size, 'x');
  g_autoptr(GString) line = g_string_new (format);
  g_autoptr(GError) error = NULL;
  Decoder decoder;
  gboolean result;

  g_string_replace (line, "*", filler, 1);
  decoder_init (&decoder);
  result = cm_event_decode (&decoder.event, decoder.reader, &decoder.cache, line->str, line->len, NULL, &error);
  decoder_clear (&decoder);

  if (!result)
    g_assert_error (error, CM_EVENT_ERROR, code);

  return result;
}

static void
test_limits (void)
{
  static const char source[] = "{\"at\":\"2011-11-09T09:00:12Z\",\"source\":\"*\",\"event\":\"x\"}";
  static const char conversation[] = AT ",\"conversation\":\"*\",\"event\":\"ConversationAdded\"}";
  static const char participant[] = IN_C1 "\"ParticipantAdded\",\"participant\":\"*\"}";
  static const char subject[] = ADDED ",\"subject\":\"*\"}";
  gsize rest = CM_EVENT_MAX_LINE - (strlen (subject) - 1);

  g_assert_true (decodes (source, CM_EVENT_MAX_ID, 0));
  g_assert_false (decodes (source, CM_EVENT_MAX_ID + 1, CM_EVENT_ERROR_LIMIT));
  g_assert_true (decodes (conversation, CM_EVENT_MAX_ID, 0));
  g_assert_false (decodes (conversation, CM_EVENT_MAX_ID + 1, CM_EVENT_ERROR_LIMIT));
  g_assert_true (decodes (participant, CM_EVENT_MAX_URI, 0));
  g_assert_false (decodes (participant, CM_EVENT_MAX_URI + 1, CM_EVENT_ERROR_LIMIT));
  g_assert_true (decodes (subject, rest, 0));
  g_assert_false (decodes (subject, rest + 1, CM_EVENT_ERROR_LIMIT));
}

/* A line cut at every length: none of the cuts is an event, and nothing is
 * read behind its end. */
static void
test_cuts (void)
{
  static const char line[] = IN_C1 "\"ParticipantAdded\",\"participant\":\"sip:\\u00e9@b\",\"isMuted\":true,\"statusCode\":\"0x1\"}";
  Decoder decoder;

  decoder_init (&decoder);

  for (gsize size = 0; size < strlen (line); size++)
    {
      g_autofree char *copy = g_memdup2 (line, size);
      g_autoptr(GError) error = NULL;

      g_assert_false (cm_event_decode (&decoder.event, decoder.reader, &decoder.cache, copy, size, NULL, &error));
      g_assert_error (error, CM_EVENT_ERROR, CM_EVENT_ERROR_JSON);
    }

  decoder_clear (&decoder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event/good", test_good);
  g_test_add_func ("/event/values", test_values);
  g_test_add_func ("/event/bad", test_bad);
  g_test_add_func ("/event/limits", test_limits);
  g_test_add_func ("/event/cuts", test_cuts);

  return g_test_run ();
}

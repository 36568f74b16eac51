/* test-json-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-json-reader.h"

#include <gio/gio.h>

typedef struct
{
  const char *json;
  const char *expected;
} Good;

typedef struct
{
  CmText      json;
  gsize       offset;
  const char *message;
} Bad;

#define BAD(json, offset, message) { CM_TEXT (json), offset, message }

static const char token_letters[] = {
  [CM_JSON_ERROR] = '!',
  [CM_JSON_END] = '.',
  [CM_JSON_OBJECT] = '{',
  [CM_JSON_OBJECT_END] = '}',
  [CM_JSON_ARRAY] = '[',
  [CM_JSON_ARRAY_END] = ']',
  [CM_JSON_NAME] = 'N',
  [CM_JSON_STRING] = 'S',
  [CM_JSON_NUMBER] = '#',
  [CM_JSON_TRUE] = 't',
  [CM_JSON_FALSE] = 'f',
  [CM_JSON_NULL] = 'n',
};

/* What the reader says of a text, as one string: {N(a)#(1)}. for {"a":1}. */
static char *
trace (CmJsonReader *reader)
{
  GString *out = g_string_new (NULL);
  CmJsonToken token;

  do
    {
      CmText text;

      token = cm_json_reader_next (reader);
      text = cm_json_reader_get_text (reader);
      g_string_append_c (out, token_letters[token]);

      if (text.bytes != NULL)
        g_string_append_printf (out, "(%.*s)", (int) text.size, text.bytes);
    }
  while (token != CM_JSON_ERROR && token != CM_JSON_END);

  g_assert_cmpint (cm_json_reader_next (reader), ==, token);

  return g_string_free (out, FALSE);
}

static const Good good_texts[] = {
  { "{}", "{}." },
  { "[]", "[]." },
  { " \t\r\n[ \t\r\n] \t\r\n", "[]." },
  { "null", "n." },
  { "true", "t." },
  { "false", "f." },
  { "\"\"", "S()." },
  { "0", "#(0)." },
  { "-0", "#(-0)." },
  { "12", "#(12)." },
  { "-1.50e+2", "#(-1.50e+2)." },
  { "1E400000", "!" },
  { "{\"a\":1}", "{N(a)#(1)}." },
  { "{ \"a\" : 1 , \"b\" : [ true , false , null ] }", "{N(a)#(1)N(b)[tfn]}." },
  { "{\"a\":{\"a\":{\"a\":\"a\"}}}", "{N(a){N(a){N(a)S(a)}}}." },
  { "[{\"a\":1},{\"a\":2}]", "[{N(a)#(1)}{N(a)#(2)}]." },
  { "[[],[[]],{}]", "[[][[]]{}]." },
  { "{\"\":0}", "{N()#(0)}." },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "S(\"\\/\b\f\n\r\t)." },
  { "\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"", "S(A\303\251\342\202\254\360\237\230\200)." },
  { "\"\177\302\200\357\277\277\364\217\277\277\"", "S(\177\302\200\357\277\277\364\217\277\277)." },
  { "\"\\uFFFE\"", "S(\357\277\276)." },
  { "{\"\\u0061\":1,\"b\\n\":2}", "{N(a)#(1)N(b\n)#(2)}." },
};

static void
test_good (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint i = 0; i < G_N_ELEMENTS (good_texts); i++)
    {
      const char *json = good_texts[i].json;
      g_autofree char *actual = NULL;

      cm_json_reader_load (reader, json, strlen (json), CM_JSON_STRICT);
      actual = trace (reader);
      g_assert_cmpstr (actual, ==, good_texts[i].expected);
    }
}

#define EARLY "the text ends too early"
#define VALUE "a value is expected"
#define NAME "a name in quotes is expected"
#define ITEM "a comma or the end of the array is expected"
#define MEMBER "a comma or the end of the object is expected"
#define MORE "more text follows the value"
#define UTF8 "a string is not valid UTF-8"
#define HALF "a string holds half a surrogate pair"
#define UNENDED "the text ends inside a string"
#define CONTROL "a string holds a control character"
#define ESCAPE "a string holds an unknown escape"
#define HEX "an escape needs four hexadecimal digits"
#define TWICE "the same name twice in one object"
#define RANGE "a number is out of range"

static const Bad bad_texts[] = {
  BAD ("", 0, EARLY),
  BAD (" \n", 2, EARLY),
  BAD ("\0", 0, VALUE),
  BAD ("1\0", 1, MORE),
  BAD ("\357\273\277{}", 0, "the text begins with a byte order mark"),
  BAD ("{} {}", 3, MORE),
  BAD ("1 2", 2, MORE),
  BAD ("[1],", 3, MORE),
  BAD ("{}/* */", 2, MORE),
  BAD ("/* */{}", 0, VALUE),
  BAD ("var x = 1", 0, VALUE),
  BAD ("nul", 0, VALUE),
  BAD ("True", 0, VALUE),
  BAD ("NaN", 0, VALUE),
  BAD ("'a'", 0, VALUE),
  BAD ("\v1", 0, VALUE),
  BAD ("[", 1, EARLY),
  BAD ("[1", 2, EARLY),
  BAD ("[1,]", 3, VALUE),
  BAD ("[,1]", 1, VALUE),
  BAD ("[1 2]", 3, ITEM),
  BAD ("[1}", 2, ITEM),
  BAD ("]", 0, VALUE),
  BAD ("{", 1, EARLY),
  BAD ("{\"a\"", 4, EARLY),
  BAD ("{\"a\":", 5, EARLY),
  BAD ("{\"a\":1", 6, EARLY),
  BAD ("{\"a\":1,}", 7, NAME),
  BAD ("{,}", 1, NAME),
  BAD ("{a:1}", 1, NAME),
  BAD ("{1:1}", 1, NAME),
  BAD ("{\"a\" 1}", 5, "a colon is expected"),
  BAD ("{\"a\":}", 5, VALUE),
  BAD ("{\"a\":1]", 6, MEMBER),
  BAD ("{\"a\":1 \"b\":2}", 7, MEMBER),
  BAD ("01", 1, "a number begins with 0"),
  BAD ("-01", 2, "a number begins with 0"),
  BAD ("0x1F", 1, MORE),
  BAD ("+1", 0, VALUE),
  BAD (".5", 0, VALUE),
  BAD ("-", 1, EARLY),
  BAD ("-a", 1, "a number needs a digit"),
  BAD ("[1.]", 3, "a number needs a digit behind its point"),
  BAD ("[1e]", 3, "a number needs a digit in its exponent"),
  BAD ("[1e+]", 4, "a number needs a digit in its exponent"),
  BAD ("1e400", 0, RANGE),
  BAD ("[-1e400]", 1, RANGE),
  BAD ("0.1e310", 0, RANGE),
  BAD ("1.7976931348623159e308", 0, RANGE),
  BAD ("\"a", 2, UNENDED),
  BAD ("\"a\\", 3, UNENDED),
  BAD ("\"a\\\"", 4, UNENDED),
  BAD ("\"a\nb\"", 2, CONTROL),
  BAD ("\"a\\n\tb\"", 4, CONTROL),
  BAD ("\"a\0b\"", 2, CONTROL),
  BAD ("\"\\x41\"", 1, ESCAPE),
  BAD ("\"ab\\'\"", 3, ESCAPE),
  BAD ("\"\\u004\"", 1, HEX),
  BAD ("\"\\u00g0\"", 1, HEX),
  BAD ("\"\\u 041\"", 1, HEX),
  BAD ("\"\\U0041\"", 1, ESCAPE),
  BAD ("\"\\u0000\"", 1, "a string holds U+0000"),
  BAD ("\"\\ud800\"", 1, HALF),
  BAD ("\"\\udc00\"", 1, HALF),
  BAD ("\"\\ud800\\u0041\"", 1, HALF),
  BAD ("\"\\ud800\\ud800\"", 1, HALF),
  BAD ("\"\\ud800\\n\"", 1, HALF),
  BAD ("\"\200\"", 1, UTF8),
  BAD ("\"a\300\200\"", 2, UTF8),
  BAD ("\"\301\277\"", 1, UTF8),
  BAD ("\"\340\237\277\"", 1, UTF8),
  BAD ("\"\355\240\200\"", 1, UTF8),
  BAD ("\"\360\217\277\277\"", 1, UTF8),
  BAD ("\"\364\220\200\200\"", 1, UTF8),
  BAD ("\"\370\210\200\200\200\"", 1, UTF8),
  BAD ("\"\377\"", 1, UTF8),
  BAD ("\"\303\"", 1, UTF8),
  BAD ("\"\303\\n\"", 1, UTF8),
  BAD ("\"\\n\342\202\"", 3, UTF8),
  BAD ("{\"a\":1,\"a\":2}", 7, TWICE),
  BAD ("{\"a\":1,\"\\u0061\":2}", 7, TWICE),
  BAD ("{\"\":1,\"b\":[{\"b\":2}],\"\":3}", 20, TWICE),
};

static void
test_bad (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint i = 0; i < G_N_ELEMENTS (bad_texts); i++)
    {
      const Bad *bad = &bad_texts[i];
      g_autofree char *copy = g_memdup2 (bad->json.bytes, bad->json.size);
      g_autofree char *actual = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("text %u: %s", i, bad->message);
      cm_json_reader_load (reader, copy, bad->json.size, CM_JSON_STRICT);
      g_assert_null (cm_json_reader_get_message (reader));
      actual = trace (reader);

      g_assert_cmpstr (cm_json_reader_get_message (reader), ==, bad->message);
      g_assert_cmpuint (cm_json_reader_get_offset (reader), ==, bad->offset);
      g_assert_false (cm_json_reader_skip (reader));
      g_assert_false (cm_json_validate (copy, bad->json.size, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_true (g_str_has_prefix (error->message, bad->message));
    }
}

static void
test_flags (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autofree char *duplicates = NULL;
  CmText text;

  cm_json_reader_load (reader, "{\"a\":1,\"a\":2}", 13, CM_JSON_ALLOW_DUPLICATES);
  duplicates = trace (reader);
  g_assert_cmpstr (duplicates, ==, "{N(a)#(1)N(a)#(2)}.");

  cm_json_reader_load (reader, "\"a\\u0000b\"", 10, CM_JSON_ALLOW_NUL);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_STRING);
  text = cm_json_reader_get_text (reader);
  g_assert_cmpmem (text.bytes, text.size, "a\0b", 3);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *json;
    gboolean    is_integer;
    gint64      integer;
    double      number;
  } numbers[] = {
    { "0", TRUE, 0, 0 },
    { "-0", TRUE, 0, -0.0 },
    { "7.0", TRUE, 7, 7 },
    { "2e0", TRUE, 2, 2 },
    { "2E+3", TRUE, 2000, 2000 },
    { "1500e-2", TRUE, 15, 15 },
    { "0.25e2", TRUE, 25, 25 },
    { "0e999999999", TRUE, 0, 0 },
    { "0.000e-5", TRUE, 0, 0 },
    { "9223372036854775807", TRUE, G_MAXINT64, 9223372036854775807.0 },
    { "-9223372036854775808", TRUE, G_MININT64, -9223372036854775808.0 },
    { "9223372036854775807.00", TRUE, G_MAXINT64, 9223372036854775807.0 },
    { "9223372036854775808", FALSE, 0, 9223372036854775808.0 },
    { "-9223372036854775809", FALSE, 0, -9223372036854775809.0 },
    { "18446744073709551616", FALSE, 0, 18446744073709551616.0 },
    { "1e19", FALSE, 0, 1e19 },
    { "1e308", FALSE, 0, 1e308 },
    { "1.7976931348623157e308", FALSE, 0, 1.7976931348623157e308 },
    { "0.5", FALSE, 0, 0.5 },
    { "15e-1", FALSE, 0, 1.5 },
    { "1e-400", FALSE, 0, 0 },
    { "-2.5e-3", FALSE, 0, -0.0025 },
    { "0.1000000000000000055511151231257827021181583404541015625000000000000", FALSE, 0, 0.1 },
  };
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 integer = 0;
      double number;

      cm_json_reader_load (reader, numbers[i].json, strlen (numbers[i].json), CM_JSON_STRICT);
      g_assert_false (cm_json_reader_get_integer (reader, &integer));
      g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_NUMBER);
      g_assert_cmpint (cm_json_reader_get_integer (reader, &integer), ==, numbers[i].is_integer);
      g_assert_cmpint (integer, ==, numbers[i].integer);
      number = cm_json_reader_get_double (reader);
      g_assert_cmpmem (&number, sizeof number, &numbers[i].number, sizeof number);
      g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_END);
    }
}

/* @behind: how much white space follows, which a wider look reaches into */
static void
check_string (CmJsonReader *reader,
              const char   *inserted,
              guint         length,
              guint         place,
              guint         behind,
              gboolean      is_good)
{
  gsize size = 2 + length + strlen (inserted);
  g_autoptr(GString) json = g_string_new ("\"");
  g_autofree char *copy = NULL;

  for (guint i = 0; i < length; i++)
    g_string_append_c (json, " !#[]~\177"[i % 7]);

  g_string_insert (json, 1 + place, inserted);
  g_string_append_printf (json, "\"%*s", (int) behind, "");
  copy = g_memdup2 (json->str, json->len);
  cm_json_reader_load (reader, copy, json->len, CM_JSON_STRICT);

  g_assert_cmpint (cm_json_reader_next (reader), ==, is_good ? CM_JSON_STRING : CM_JSON_ERROR);
  g_assert_cmpuint (cm_json_reader_get_offset (reader), ==, is_good ? size : 1 + place);
  if (is_good)
    g_assert_cmpuint (cm_json_reader_get_text (reader).size, ==, size - 2 - (inserted[0] == '\\'));
}

/* Every length and every place of a byte that the reader looks for, so that each
 * lane of its words and each tail is gone through; the copy ends with the text. */
static void
test_string_lengths (void)
{
  static const char *inserts[] = { "", "\\n", "\303\251", "\360\237\230\200", "\001", "\200" };
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  for (guint insert = 0; insert < G_N_ELEMENTS (inserts); insert++)
    for (guint length = 0; length < 36; length++)
      for (guint place = 0; place <= length; place++)
        for (guint behind = 0; behind <= 40; behind += 20)
          check_string (reader, inserts[insert], length, place, behind, insert < 4);
}

static void
test_positions (void)
{
  static const char json[] = " {\"name\" : [1, \"tw\\n\"], \"x\":{\"y\":[{}]} }";
  static const struct
  {
    CmJsonToken token;
    gsize       start;
    gsize       end;
  } expected[] = {
    { CM_JSON_OBJECT, 1, 2 },
    { CM_JSON_NAME, 2, 8 },
    { CM_JSON_ARRAY, 11, 12 },
    { CM_JSON_NUMBER, 12, 13 },
    { CM_JSON_STRING, 15, 21 },
    { CM_JSON_ARRAY_END, 21, 22 },
    { CM_JSON_NAME, 24, 27 },
  };
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  cm_json_reader_load (reader, json, strlen (json), CM_JSON_STRICT);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpint (cm_json_reader_next (reader), ==, expected[i].token);
      g_assert_cmpuint (cm_json_reader_get_start (reader), ==, expected[i].start);
      g_assert_cmpuint (cm_json_reader_get_offset (reader), ==, expected[i].end);
    }

  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpuint (cm_json_reader_get_offset (reader), ==, 38);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT_END);
  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_END);
  g_assert_cmpuint (cm_json_reader_get_start (reader), ==, strlen (json));
}

static void
test_skip (void)
{
  static const char json[] = "[[1,[2,{\"a\":3}]],{\"b\":{\"c\":[]},\"d\":4},5,[\"x\"}]";
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();

  cm_json_reader_load (reader, json, strlen (json), CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_ARRAY);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_ARRAY);
  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_NAME);
  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_NAME);
  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_OBJECT_END);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_NUMBER);
  g_assert_true (cm_json_reader_skip (reader));
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_ARRAY);
  g_assert_false (cm_json_reader_skip (reader));
  g_assert_cmpstr (cm_json_reader_get_message (reader), ==, ITEM);
}

static gboolean
is_valid_depth (guint       depth,
                const char *open,
                const char *close)
{
  g_autoptr(GString) json = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (json, open);

  g_string_append (json, "1");

  for (guint i = 0; i < depth; i++)
    g_string_append (json, close);

  return cm_json_validate (json->str, json->len, NULL);
}

static void
test_depth (void)
{
  g_assert_true (is_valid_depth (CM_JSON_MAX_DEPTH, "[", "]"));
  g_assert_true (is_valid_depth (CM_JSON_MAX_DEPTH, "{\"a\":", "}"));
  g_assert_true (is_valid_depth (CM_JSON_MAX_DEPTH / 2, "{\"a\":[", "]}"));
  g_assert_false (is_valid_depth (CM_JSON_MAX_DEPTH + 1, "[", "]"));
  g_assert_false (is_valid_depth (CM_JSON_MAX_DEPTH + 1, "{\"a\":", "}"));
  g_assert_false (is_valid_depth (100000, "[", "]"));
}

/* What was decoded stays until the next text, however much is decoded after it. */
static void
test_texts_stay (void)
{
  g_autoptr(CmJsonReader) reader = cm_json_reader_new ();
  g_autoptr(GString) json = g_string_new ("[");
  g_autoptr(GArray) texts = g_array_new (FALSE, FALSE, sizeof (CmText));

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (json, "%s\"\\u00e9 %u\"", i > 0 ? "," : "", i);

  g_string_append_c (json, ']');
  cm_json_reader_load (reader, "[\"\\n\"]", 6, CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_ARRAY);
  g_assert_true (cm_json_reader_skip (reader));

  cm_json_reader_load (reader, json->str, json->len, CM_JSON_STRICT);
  g_assert_cmpint (cm_json_reader_next (reader), ==, CM_JSON_ARRAY);

  while (cm_json_reader_next (reader) == CM_JSON_STRING)
    {
      CmText text = cm_json_reader_get_text (reader);

      g_array_append_val (texts, text);
    }

  g_assert_cmpuint (texts->len, ==, 1000);

  for (guint i = 0; i < texts->len; i++)
    {
      CmText text = g_array_index (texts, CmText, i);
      g_autofree char *expected = g_strdup_printf ("\303\251 %u", i);

      g_assert_cmpmem (text.bytes, text.size, expected, strlen (expected));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-reader/good", test_good);
  g_test_add_func ("/json-reader/bad", test_bad);
  g_test_add_func ("/json-reader/flags", test_flags);
  g_test_add_func ("/json-reader/numbers", test_numbers);
  g_test_add_func ("/json-reader/string-lengths", test_string_lengths);
  g_test_add_func ("/json-reader/positions", test_positions);
  g_test_add_func ("/json-reader/skip", test_skip);
  g_test_add_func ("/json-reader/depth", test_depth);
  g_test_add_func ("/json-reader/texts-stay", test_texts_stay);

  return g_test_run ();
}

/* test-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "feeds/cm-http.h"

static guint
get_retry_after (const char *text)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, "http://localhost/");

  if (text != NULL)
    soup_message_headers_append (soup_message_get_response_headers (message), "Retry-After", text);

  return cm_http_get_retry_after (message);
}

static char *
dup_date (int seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, seconds);

  return soup_date_time_to_string (then, SOUP_DATE_HTTP);
}

/* How long a system wants to be left alone is its own to say, but not without end. */
static void
test_retry_after (void)
{
  static const char * const nothing[] = { NULL, "", "soon", "-5", "0", "1.5", "18446744073709551616" };
  g_autofree char *later = dup_date (100), *never = dup_date (1000000), *past = dup_date (-100);

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    g_assert_cmpuint (get_retry_after (nothing[i]), ==, 0);

  g_assert_cmpuint (get_retry_after ("2"), ==, 2000);
  g_assert_cmpuint (get_retry_after ("300"), ==, 300000);
  g_assert_cmpuint (get_retry_after ("301"), ==, 300000);
  g_assert_cmpuint (get_retry_after ("18446744073709551615"), ==, 300000);
  g_assert_cmpuint (get_retry_after (past), ==, 0);
  g_assert_cmpuint (get_retry_after (later), >, 0);
  g_assert_cmpuint (get_retry_after (later), <=, 100000);
  g_assert_cmpuint (get_retry_after (never), ==, 300000);
}

static void
test_busy (void)
{
  static const guint busy[] = { 429, 500, 502, 503, 504, 599 };
  static const guint other[] = { 0, 200, 302, 400, 401, 403, 404, 428, 430, 499, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    g_assert_true (cm_http_is_busy (busy[i]));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (cm_http_is_busy (other[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http/retry-after", test_retry_after);
  g_test_add_func ("/http/busy", test_busy);

  return g_test_run ();
}

/* test-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/cm-address.h"

typedef struct
{
  const char *uri;
  const char *organizer; /* NULL: it is no conference's URI */
  const char *key;
} Conference;

#define KEY "user2@contoso.com/ab12cd34"
#define ORGANIZER "sip:user2@contoso.com"

static const Conference conferences[] = {
  { "sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34", ORGANIZER, KEY },
  { "SIP:USER2@CONTOSO.COM;GRUU;OPAQUE=APP:CONF:FOCUS:ID:AB12CD34", ORGANIZER, KEY },
  { "sips:user2@contoso.com;gruu;opaque=app:conf:focus:id:ab12cd34", ORGANIZER, KEY },
  { "conf:sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34", ORGANIZER, KEY },
  { "meet:sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34", ORGANIZER, KEY },
  { "CONF:SIP:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34?conversation-id=77", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34?conversation-id=a:b;c", ORGANIZER, KEY },
  { " sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34\t", ORGANIZER, KEY },
  { "sip:user2@contoso.com;opaque=app:conf:focus:id:AB12CD34;gruu", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:audio-video:id:AB12CD34", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:chat:id:AB12CD34", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:applicationsharing:id:AB12CD34", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:data-conf:id:AB12CD34", ORGANIZER, KEY },
  { "sip:user2@contoso.com;gruu;opaque=app:conf:phone-conf:id:AB12CD34", ORGANIZER, KEY },
  { "https://meet.contoso.com/user2/AB12CD34", ORGANIZER, KEY },
  { "https://meet.contoso.com/user2/AB12CD34/", ORGANIZER, KEY },
  { "HTTPS://Meet.Contoso.com/User2/ab12cd34?sl=1", ORGANIZER, KEY },
  { "meet:https://meet.contoso.com/user2/AB12CD34", ORGANIZER, KEY },

  /* A person may hold several conferences: an address alone is no key. */
  { "sip:user2@contoso.com", ORGANIZER, NULL },
  { "user2@contoso.com", ORGANIZER, NULL },
  { "conf:SIP:User2@Contoso.com?conversation-id=1", ORGANIZER, NULL },
  { "sip:user2@contoso.com;gruu", ORGANIZER, NULL },
  { "sip:user2@contoso.com;gruu;opaque=user:epid:abc", ORGANIZER, NULL },
  { "sip:user2@contoso.com;opaque=app:conf:focus:id:", ORGANIZER, NULL },
  { "sip:user2@contoso.com;opaque=app:conf:focus", ORGANIZER, NULL },
  { "sip:user2@contoso.com;opaque=app:conf:focus:id:a/b", ORGANIZER, NULL },
  { "sip:user2@contoso.com;opaque=app:conf:focus:id:a:b", ORGANIZER, NULL },
  { "sip:user2@contoso.com;opaque=app:conf:focus:id:a b", ORGANIZER, NULL },

  { "", NULL, NULL },
  { "   ", NULL, NULL },
  { "sip:", NULL, NULL },
  { "sip:@", NULL, NULL },
  { "sip:user2", NULL, NULL },
  { "sip:user2@", NULL, NULL },
  { "sip:@contoso.com;opaque=app:conf:focus:id:1", NULL, NULL },
  { "sip:a@b@c;opaque=app:conf:focus:id:1", NULL, NULL },
  { "sip:a/b@c;opaque=app:conf:focus:id:1", NULL, NULL },
  { "sip:a#b@c;opaque=app:conf:focus:id:1", NULL, NULL },
  { "sip:a\nb@c;opaque=app:conf:focus:id:1", NULL, NULL },
  { "conf:", NULL, NULL },
  { "conf:meet:", NULL, NULL },
  { ";;;;", NULL, NULL },
  { "?", NULL, NULL },
  { "https://", NULL, NULL },
  { "https://meet.contoso.com", NULL, NULL },
  { "https://meet.contoso.com/user2", NULL, NULL },
  { "https://meet.contoso.com/user2/", NULL, NULL },
  { "https://meet.contoso.com//AB12CD34", NULL, NULL },
  { "https://meet.contoso.com/tenant/user2/AB12CD34", NULL, NULL },
  { "https://example.com/user2/AB12CD34", NULL, NULL },
  { "https://meet.contoso.com/user2/%00", NULL, NULL },
  { "tel:+15550100", NULL, NULL },
  { "javascript:alert(1)", NULL, NULL },
};

static void
test_conferences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (conferences); i++)
    {
      const Conference *c = &conferences[i];
      g_auto(CmConferenceUri) parts = { NULL, NULL, NULL };
      gboolean parsed = cm_conference_uri_parse (&parts, cm_text_from_string (c->uri));

      g_test_message ("%s", c->uri);
      g_assert_cmpint (parsed, ==, c->organizer != NULL);
      g_assert_cmpstr (parts.organizer, ==, c->organizer);
      g_assert_cmpstr (parts.key, ==, c->key);
      g_assert_cmpint (parts.uri != NULL, ==, parsed);
    }
}

/* What is kept can be joined: the spelling stays, prefix and query go. */
static void
test_uri_is_kept (void)
{
  g_auto(CmConferenceUri) parts = { NULL, NULL, NULL };

  g_assert_true (cm_conference_uri_parse (&parts, CM_TEXT ("conf:sip:U@X;gruu;opaque=app:conf:focus:id:F1?conversation-id=7")));
  g_assert_cmpstr (parts.uri, ==, "sip:U@X;gruu;opaque=app:conf:focus:id:F1");
}

/* Cut off after every byte, and with every byte replaced by what no URI has. */
static void
test_hostile (void)
{
  static const char junk[] = { '\x01', '\x7f', ' ', ';', ':', '@', '/', '%', '?', '#', '[', '\\' };

  for (guint i = 0; i < G_N_ELEMENTS (conferences); i++)
    {
      gsize size = strlen (conferences[i].uri);

      for (gsize n = 0; n <= size; n++)
        {
          g_auto(CmConferenceUri) parts = { NULL, NULL, NULL };
          g_autofree char *address = cm_address_normalize ((CmText) { conferences[i].uri, n });

          g_assert_nonnull (address);
          if (!cm_conference_uri_parse (&parts, (CmText) { conferences[i].uri, n }))
            g_assert_true (parts.uri == NULL && parts.organizer == NULL && parts.key == NULL);

          for (guint j = 0; n < size && j < sizeof junk; j++)
            {
              g_auto(CmConferenceUri) spoilt_parts = { NULL, NULL, NULL };
              g_autofree char *spoilt = g_strdup (conferences[i].uri);

              spoilt[n] = junk[j];
              cm_conference_uri_parse (&spoilt_parts, cm_text_from_string (spoilt));
              g_assert_true (spoilt_parts.key == NULL || g_utf8_validate (spoilt_parts.key, -1, NULL));
            }
        }
    }
}

static void
test_long (void)
{
  g_autofree char *semicolons = g_strnfill (100000, ';');
  g_autofree char *uri = g_strconcat ("sip:a@b", semicolons, "opaque=app:conf:focus:id:1", NULL);
  g_auto(CmConferenceUri) parts = { NULL, NULL, NULL };

  g_assert_true (cm_conference_uri_parse (&parts, cm_text_from_string (uri)));
  g_assert_cmpstr (parts.key, ==, "a@b/1");
}

static void
test_is_conference (void)
{
  static const struct
  {
    const char *uri;
    gboolean    is;
  } cases[] = {
    { "sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD34", TRUE },
    { "sip:user2@contoso.com;gruu;opaque=app:conf:audio-video:id:AB12CD34", TRUE },
    { "SIP:USER2@CONTOSO.COM;GRUU;OPAQUE=APP:CONF:FOCUS:ID:1", TRUE },
    { "sip:user2@contoso.com", FALSE },
    { "sip:user2@contoso.com;gruu;opaque=user:epid:1", FALSE },
    { "opaque=app:conf", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cm_address_is_conference (cm_text_from_string (cases[i].uri)), ==, cases[i].is);
}

static void
test_persons (void)
{
  static const char * const cases[][2] = {
    { "sip:user2@contoso.com", "sip:user2@contoso.com" },
    { "SIP:User2@Contoso.COM", "sip:user2@contoso.com" },
    { "sips:user2@contoso.com", "sip:user2@contoso.com" },
    { "user2@contoso.com", "sip:user2@contoso.com" },
    { " user2@contoso.com ", "sip:user2@contoso.com" },
    { "sip:user2@contoso.com;opaque=user:epid:xyz;gruu", "sip:user2@contoso.com" },
    { "sip:user2@contoso.com?subject=x", "sip:user2@contoso.com" },
    { "tel:+1 (555) 01-00", "tel:+15550100" },
    { "TEL:+15550100;phone-context=x", "tel:+15550100" },
    { "+1.555.0100", "tel:+15550100" },
    { "sip:+1-555-0100@contoso.com;user=phone", "tel:+15550100" },
    { "sip:+15550100@contoso.com", "sip:+15550100@contoso.com" },
    { "sip:+one@contoso.com;user=phone", "sip:+one@contoso.com" },
    { "urn:something:else", "urn:something:else" },
    { "8:orgid:ABC", "8:orgid:abc" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = cm_address_normalize (cm_text_from_string (cases[i][0]));
      g_autofree char *again = cm_address_normalize (cm_text_from_string (address));

      g_assert_cmpstr (address, ==, cases[i][1]);
      g_assert_cmpstr (again, ==, address);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/conferences", test_conferences);
  g_test_add_func ("/address/uri-is-kept", test_uri_is_kept);
  g_test_add_func ("/address/hostile", test_hostile);
  g_test_add_func ("/address/long", test_long);
  g_test_add_func ("/address/is-conference", test_is_conference);
  g_test_add_func ("/address/persons", test_persons);

  return g_test_run ();
}

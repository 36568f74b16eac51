/* test-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "core/cm-wire.h"

typedef struct
{
  const CmWireEnum *values;
  const char       *expected;
} Table;

/* As the type library of the Lync client SDK numbers them. */
static const Table tables[] = {
  { &cm_wire_progress,
    "NotStarted 0, SchedulingConference 1, ConnectingToConference 2, ConnectedToLobby 3, "
    "JoiningLocalMedia 4, WaitingForPair 5, WaitingForPeer 6, Completed 7, Failed 8, "
    "AwaitingDisclaimerResponse 9, AwaitingJoinDialogResponse 10" },
  { &cm_wire_conversation_state, "Inactive 0, Active 1, Parked 2, Terminated 3" },
  { &cm_wire_modality_state,
    "Invalid -1, Disconnected 0, Connecting 1, Notified 2, Joining 3, ConnectingToCaller 4, "
    "Connected 5, Suspended 6, OnHold 7, Forwarding 8, Transferring 9, Disconnecting 10" },
  { &cm_wire_modality, "InstantMessage 1, AudioVideo 2, ApplicationSharing 4, ContentSharing 8" },
  { &cm_wire_direction, "None 0, Incoming 1, Outgoing 2" },
  { &cm_wire_acceptance, "None 0, Accepted 1, Rejected 2, Missed 3, Deflected 4" },
  { &cm_wire_access_type, "Unknown 0, Open 1, Closed 16, Anonymous 256, Locked 4096" },
  { &cm_wire_availability,
    "Invalid -1, None 0, Free 3500, FreeIdle 5000, Busy 6500, BusyIdle 7500, DoNotDisturb 9500, "
    "TemporarilyAway 12500, Away 15500, Offline 18500" },
  { &cm_wire_source_status, "Connected 0, Lost 1, Resync 2" },
};

static void
test_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr(GString) actual = g_string_new (NULL);

      for (guint j = 0; j < tables[i].values->n_names; j++)
        g_string_append_printf (actual, "%s%s %d", j > 0 ? ", " : "",
                                tables[i].values->names[j].name, tables[i].values->names[j].number);

      g_assert_cmpstr (actual->str, ==, tables[i].expected);
    }
}

static void
check_spelling (const CmWireEnum *values,
                const char       *spelling,
                int               expected)
{
  int number = G_MININT;

  g_assert_true (cm_wire_enum_get_number (values, cm_text_from_string (spelling), &number));
  g_assert_cmpint (number, ==, expected);
}

static void
test_lookup (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint j = 0; j < tables[i].values->n_names; j++)
      {
        const CmWireName *entry = &tables[i].values->names[j];
        g_autofree char *lower = g_ascii_strdown (entry->name, -1);
        g_autofree char *upper = g_ascii_strup (entry->name, -1);

        check_spelling (tables[i].values, entry->name, entry->number);
        check_spelling (tables[i].values, lower, entry->number);
        check_spelling (tables[i].values, upper, entry->number);
        g_assert_cmpstr (cm_wire_enum_get_name (tables[i].values, entry->number), ==, entry->name);
      }
}

static void
test_unknown (void)
{
  static const CmText unknown[] = {
    CM_TEXT (""), CM_TEXT ("Connecte"), CM_TEXT ("Connectedd"), CM_TEXT (" Connected"), CM_TEXT ("5"),
    CM_TEXT ("Connected\0x"), { NULL, 0 },
  };
  int number = 42;

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (cm_wire_enum_get_number (&cm_wire_modality_state, unknown[i], &number));

  g_assert_cmpint (number, ==, 42);
  g_assert_null (cm_wire_enum_get_name (&cm_wire_modality_state, 11));
  g_assert_null (cm_wire_enum_get_name (&cm_wire_modality, 3));
  g_assert_null (cm_wire_enum_get_name (&cm_wire_progress, -1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/tables", test_tables);
  g_test_add_func ("/wire/lookup", test_lookup);
  g_test_add_func ("/wire/unknown", test_unknown);

  return g_test_run ();
}

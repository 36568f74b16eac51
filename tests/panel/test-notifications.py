# test-notifications.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notifications as the desktop gets them: when, in which words, their buttons, and their end."""

import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from desktop import Notifications  # noqa: E402
from monitor import Monitor, is_sensitive, kept_settings  # noqa: E402
from watcher import Server, line, now  # noqa: E402

HOST = "sip:ana@contoso.com;gruu;opaque=app:conf:focus:id:"


def call(name, user="ana", at=None):
    own = {"source": f"lync/{user}@contoso.com", "conversation": name, "at": at}
    return b"".join([line("ConversationAdded", subject=name, **own),
                     line("ModalityStateChanged", modality="AudioVideo", state="Connecting", **own),
                     line("ModalityStateChanged", modality="AudioVideo", state="Connected", **own)])


def fail(name, user="ana"):
    own = {"source": f"lync/{user}@contoso.com", "conversation": name}
    return b"".join(line("ConversationPropertyChanged", property="ConferenceEscalationProgress", value=value, **own)
                    for value in (2, 8))


def end(name, user="ana"):
    return line("ConversationRemoved", source=f"lync/{user}@contoso.com", conversation=name)


def rows(monitor):
    return monitor.names("list item", monitor.expect("Calls", "list"))


def expect_row(monitor, start):
    monitor.wait(lambda: [name for name in rows(monitor) if name.startswith(start)], f"a row {start!r}")


def is_selected(monitor, subject):
    return any(item.get_name() == subject and item.get_role_name() == "heading"
               for item in monitor.everything(monitor.expect("Call", "panel")))


class Desk(unittest.TestCase):
    def test_comes_and_goes(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), call("Stand-up", "ben"))
            expect_row(monitor, "Budget review")
            server.send(fail("Stand-up", "ben"))
            number = monitor.wait(lambda: desk.find("Stand-up"), "the notification")
            self.assertEqual(set(desk.shown[number]["actions"]) - {""}, {"Show"})
            self.assertTrue(desk.shown[number]["body"])

            # Only what begins is told, and once.
            self.assertEqual(desk.titles(), ["Stand-up"])
            server.send(end("Stand-up", "ben"))
            monitor.wait(lambda: not desk.shown, "the notification to go with the call")
            self.assertEqual(len(desk.told), 1)

    def test_goes_with_its_state(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), fail("Budget review"))
            monitor.wait(lambda: desk.find("Budget review"), "the notification")
            server.send(line("ConversationPropertyChanged", property="ConferenceEscalationProgress", value=0,
                             source="lync/ana@contoso.com", conversation="Budget review"))
            monitor.wait(lambda: not desk.shown, "the notification to go with what it was about")

    def test_goes_with_the_source(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), fail("Budget review"))
            monitor.wait(lambda: desk.find("Budget review"), "the notification")
            told = len(desk.told)
            server.send(line("SourceStatusChanged", status="Lost", source="lync/ana@contoso.com", conversation=None))
            monitor.wait(lambda: not desk.shown, "the notification to go: nobody knows whether it holds")
            monitor.wait(lambda: len(desk.told) > told, "that the source is silent")

    def test_goes_with_the_tracker(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), fail("Budget review"))
            monitor.wait(lambda: desk.find("Budget review"), "the notification")
            server.kill()
            monitor.wait(lambda: not desk.shown, "the notification to go: nobody knows whether it holds")

    def test_goes_with_the_program(self):
        with Server() as server:
            desk = Notifications()
            with Monitor(server.socket) as monitor:
                server.send(call("Budget review"), fail("Budget review"))
                monitor.wait(lambda: desk.find("Budget review"), "the notification")
                monitor.quit()
            self.assertTrue(desk.wait_for_none(), desk.titles())

    def test_show(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"))
            monitor.wait(lambda: is_selected(monitor, "Budget review"), "the first call to be selected")
            server.send(call("Stand-up", "ben"), fail("Stand-up", "ben"))
            number = monitor.wait(lambda: desk.find("Stand-up"), "the notification")
            desk.press(number, "Show")
            monitor.wait(lambda: is_selected(monitor, "Stand-up"), "the call that it is about")

    def test_rejoin(self):
        """Where nobody can, the call is shown, and the button there says why not."""
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"))
            monitor.wait(lambda: is_selected(monitor, "Budget review"), "the first call to be selected")
            then = now(-90)
            own = {"source": "lync/ben@contoso.com", "conversation": "Stand-up", "at": then}
            server.send(line("ConversationAdded", subject="Stand-up", conferencingUri=HOST + "ab12", **own),
                        line("ParticipantAdded", participant="sip:eva@contoso.com", **own),
                        *[line("ModalityStateChanged", modality="AudioVideo", state=state, **own)
                          for state in ("Connecting", "Connected")],
                        line("ModalityStateChanged", modality="AudioVideo", state="Connected",
                             participant="sip:eva@contoso.com", **own),
                        line("ModalityStateChanged", modality="AudioVideo", state="Disconnected", **own))
            number = monitor.wait(lambda: desk.find("Stand-up"), "the notification")
            desk.press(number, "Rejoin")
            monitor.wait(lambda: is_selected(monitor, "Stand-up"), "the call that it is about")
            monitor.expect("You have left the call", "alert")
            button = monitor.expect("Rejoin", "push button")
            self.assertFalse(is_sensitive(button))
            self.assertEqual(button.get_description(), "The source takes no commands")

    def test_many(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            names = [f"Call {i}" for i in range(5)]
            server.send(*[call(name, f"u{i}") for i, name in enumerate(names)])
            expect_row(monitor, "Call 4")
            server.send(*[fail(name, f"u{i}") for i, name in enumerate(names)])
            monitor.wait(lambda: desk.titles() == ["5 calls need attention"], "one for all of them")
            server.send(*[end(name, f"u{i}") for i, name in enumerate(names)])
            monitor.wait(lambda: not desk.shown, "the summary to go with the last of them")
            self.assertEqual(len(desk.told), 1)

    def test_no_names(self):
        with kept_settings(notification_names=False), Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), fail("Budget review"))
            monitor.wait(lambda: desk.shown, "the notification")
            (one,) = desk.shown.values()
            self.assertEqual(one["title"], "Two-party call")
            self.assertFalse(re.search("Budget|ana|contoso", one["title"] + one["body"], re.IGNORECASE))

    def test_off(self):
        with kept_settings(notifications_off=["escalation-failed"]), Server() as server, \
                Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(call("Budget review"), fail("Budget review"))
            monitor.expect("Needs attention", "heading")
            server.send(line("SourceStatusChanged", status="Lost", source="lync/ana@contoso.com", conversation=None))
            monitor.wait(lambda: desk.shown, "what is not off")
            self.assertEqual(len(desk.told), 1)


if __name__ == "__main__":
    taptest.main()

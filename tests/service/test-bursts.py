# test-bursts.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Thousands of posts at once: each is taken or refused, never half, however long it takes."""

import contextlib
import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import secret
from posts import SECRET, STAMP, counted, people, zoom
from watcher import Server, Unix

# Posts at once, and people in one meeting.
BURST = int(os.environ.get("CM_BURST", "10000"))
CROWD = int(os.environ.get("CM_CROWD", "10000"))


def server(**limits):
    return Server(limits=limits, **{"feed office": {"type": "zoom", "secret_file": secret(SECRET)}})


class Bursts(unittest.TestCase):
    def post_all(self, service, requests):
        """Eight at a time, each over a connection that is kept; who was told 200, and who 429."""
        outcomes = {200: set(), 429: set()}
        work, lock = iter(requests), threading.Lock()

        def run():
            connection = Unix(service.socket)
            connection.connect()
            connection.sock.settimeout(None)
            with contextlib.closing(connection):
                while True:
                    with lock:
                        name, (body, headers) = next(work, (None, (None, None)))
                    if name is None:
                        return
                    connection.request("POST", "/v1/hooks/office", body, headers)
                    answer = connection.getresponse()
                    answer.read()
                    with lock:
                        outcomes[answer.status].add(name)

        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes[200], outcomes[429]

    def test_many_meetings(self):
        """Over many meetings at once: taken or refused, never half, and taken when it is sent again."""
        def requests(names):
            for name in names:
                body, headers = zoom("meeting.participant_joined", uuid=f"M{int(name[1:]) % (BURST // 4)}", participant_uuid=name,
                                     email=f"{name}@example.org")
                yield name, (body, headers)

        def here():
            return {address.removeprefix("sip:").removesuffix("@example.org") for document in service.conversations().values()
                    for address in document["participants"]}

        with server() as service:
            waiting, taken = {f"u{number}" for number in range(BURST)}, set()
            for attempt in range(100):
                good, waiting = self.post_all(service, requests(waiting))
                self.assertFalse(good & taken)
                taken |= good
                if attempt == 0:
                    self.assertEqual(here(), taken)
                    counts, _ = counted(service, "office")
                    self.assertEqual((counts["taken"], counts.get("rate", 0)), (len(taken), len(waiting)))
                if not waiting:
                    break
            self.assertEqual(len(taken), BURST)
            self.assertEqual(here(), taken)
            self.assertEqual(len(service.conversations()), BURST // 4)

    def test_one_meeting(self):
        """As many people as there are posts, then half of them leave."""
        with server(**{"hooks-per-second": 0}) as service:
            def requests(event, names):
                for name in names:
                    yield name, zoom(f"meeting.{event}", STAMP + (event != "participant_joined"), participant_uuid=name,
                                     email=f"{name}@example.org")

            names = [f"u{number}" for number in range(CROWD)]
            taken, refused = self.post_all(service, requests("participant_joined", names))
            self.assertEqual((taken, refused), (set(names), set()))
            self.assertEqual(people(service), {f"sip:{name}@example.org": ("attendee", False) for name in names})
            gone, refused = self.post_all(service, requests("participant_left", names[::2]))
            self.assertEqual((gone, refused), (set(names[::2]), set()))
            self.assertEqual({address for address, (_, left) in people(service).items() if left},
                             {f"sip:{name}@example.org" for name in names[::2]})


if __name__ == "__main__":
    taptest.main()

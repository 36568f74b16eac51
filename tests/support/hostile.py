# hostile.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What nobody would send in good faith over a WebSocket, a thousand of each kind."""

import os

from following import eventually

MANY = 1000
# Before it is measured what the service takes: it fills its caches once.
FIRST = 500
# So many may wait at once: what these take for a moment is not what stays of all of them.
AT_ONCE = 500

# The heap breaks up a little; a KiB that stays of each would be as much.
MOST_GROWN = 3 << 20


def each_leaves_it_serving(test, server, kinds, connect, send):
    """@send sends over a new connection each time; memory and descriptors stay as they are."""
    def all_gone():
        eventually(lambda: server.metric("connections") == 1, "that all are gone")

    def send_some(make, count):
        for number in range(1, count + 1):
            with connect() as connection:
                try:
                    send(connection, make())
                except OSError:
                    # It was closed before all of it was sent.
                    pass
            if number % AT_ONCE == 0:
                all_gone()

    for make in kinds.values():
        send_some(make, FIRST)
    memory, descriptors = server.memory(), server.descriptors()
    for name, make in kinds.items():
        with test.subTest(name):
            send_some(make, MANY - FIRST)
            test.assertEqual(server.request("GET", "/healthz")[0], 200)
    eventually(lambda: server.descriptors() <= descriptors, "that none is left open")
    # The address sanitizer keeps what was freed.
    if "ASAN_OPTIONS" not in os.environ:
        test.assertLess(server.memory() - memory, MOST_GROWN)

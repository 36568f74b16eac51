# test-frozen.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A source that stands still, through a real tracker into the window."""

import contextlib
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Monitor  # noqa: E402
from watcher import Server  # noqa: E402

# The window is to say it within 3 s; a busy machine may draw it later.
WITHIN = 3.0
GRACE = 2.0

AS_OF = re.compile(r", as of (\d\d:\d\d:\d\d)$")


@contextlib.contextmanager
def agent(server, user, call):
    process = subprocess.Popen([sys.executable, str(HERE / "agent.py"), server.socket,
                                f"lync/{user}@contoso.com", call])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def rows(monitor):
    return monitor.names("list item", monitor.expect("Calls", "list"))


def row(monitor, call):
    return monitor.wait(lambda: [name for name in rows(monitor) if name.startswith(call)], f"a row {call!r}")[0]


class Frozen(unittest.TestCase):
    def test_its_rows_only(self):
        with (Server() as server, agent(server, "ana", "Budget review") as ana,
              agent(server, "ben", "Stand-up"), Monitor(server.socket) as monitor):
            row(monitor, "Budget review")
            row(monitor, "Stand-up")

            # Both are quiet, and both are there.
            time.sleep(3)
            self.assertFalse([name for name in rows(monitor) if AS_OF.search(name)])

            stopped_at = time.strftime("%H:%M:%S", time.gmtime())
            begin = time.monotonic()
            ana.send_signal(signal.SIGSTOP)
            monitor.wait(lambda: AS_OF.search(row(monitor, "Budget review")), "the words on its row")
            took = time.monotonic() - begin
            self.assertLess(took, WITHIN + GRACE)
            print(f"# as of after {took:.2f} s", file=sys.stderr)
            said = AS_OF.search(row(monitor, "Budget review"))[1]
            self.assertLessEqual(said, stopped_at)

            # The time on the row stands, and the other site's row is as it was.
            time.sleep(2)
            self.assertTrue(row(monitor, "Budget review").endswith(f"as of {said}"))
            self.assertFalse(AS_OF.search(row(monitor, "Stand-up")))
            monitor.expect("Needs attention", "heading")

            # Its banner comes by itself, whatever is selected, and all goes without a click.
            monitor.wait(lambda: [name for name in monitor.names("label")
                                  if name and "has not answered for" in name], "the banner")
            ana.send_signal(signal.SIGCONT)
            monitor.wait(lambda: not AS_OF.search(row(monitor, "Budget review")), "the row to be live again")
            monitor.wait(lambda: not [name for name in monitor.names("label")
                                      if name and "has not answered for" in name], "the banner to go")


if __name__ == "__main__":
    taptest.main()

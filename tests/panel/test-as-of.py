# test-as-of.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a source that went silent last said is told to be of then, and only that."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Monitor  # noqa: E402

RECORDING = str(HERE.parent / "data" / "silent-source.jsonl")


def rows(monitor):
    return monitor.names("list item", monitor.expect("Calls", "list"))


class Silent(unittest.TestCase):
    def test_only_its_rows(self):
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.wait(lambda: [name for name in rows(monitor)
                                  if name.startswith("Budget review") and
                                  name.endswith("as of 09:00:20")],
                         "the words on the row of the silent source")
            self.assertFalse([name for name in rows(monitor)
                              if name.startswith("Stand-up") and "as of" in name])
            monitor.expect("as of 09:00:20", "label")
            monitor.expect("Needs attention", "heading")

    def test_comes_back(self):
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.expect("as of 09:00:20", "label")
            monitor.expect("Position", "slider").set_current_value(68000)
            monitor.expect_none("as of 09:00:20", "label")


if __name__ == "__main__":
    taptest.main()

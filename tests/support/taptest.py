# taptest.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs the unittest cases of a program and tells their outcome in TAP."""

import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.count = 0

    def _tell(self, good, test, note=""):
        self.count += 1
        name = test.id().removeprefix("__main__.")
        print(f"{'ok' if good else 'not ok'} {self.count} {name}{note}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(True, test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(True, test, f" # SKIP {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        print(self.failures[-1][1], file=sys.stderr)
        self._tell(False, test)

    def addError(self, test, err):
        super().addError(test, err)
        print(self.errors[-1][1], file=sys.stderr)
        self._tell(False, test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            print(f"{subtest.id()}: {err[1]}", file=sys.stderr)
            self._tell(False, subtest)


def main():
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = TapResult()
    tests.run(result)
    print(f"1..{result.count}")
    sys.exit(0 if result.wasSuccessful() else 1)

# count-results.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Counts what meson's test logs say: cases where a test is in TAP, else programs.

The last line is "N passed, N failed", with ", N skipped" where any were. A suite
in which everything was skipped has failed, since it has shown nothing.
"""

import argparse
import collections
import json
import pathlib
import re
import sys

POINT = re.compile(r"^(not )?ok\b[^#]*(#\s*(skip|todo)\b.*)?", re.IGNORECASE)
GOOD = {"OK", "EXPECTEDFAIL"}


def count_points(text):
    """The cases of one test's output as (passed, failed, skipped)."""
    passed = failed = skipped = 0
    for line in text.splitlines():
        point = POINT.match(line)
        if not point:
            continue
        if (point[3] or "").lower() == "skip":
            skipped += 1
        elif point[1] and (point[3] or "").lower() != "todo":
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_test(test):
    passed, failed, skipped = count_points(test.get("stdout") or "")
    if test["result"] == "SKIP":
        return 0, 0, max(skipped, 1)
    if test["result"] in GOOD:
        # Not in TAP, or every case of it skipped.
        return (passed or int(skipped == 0)), 0, skipped
    # A program that crashed has failed in more than it could say.
    return passed, max(failed, 1), skipped


def read_suites(log):
    """The suite of every test: the log does not always say it, what was set up does."""
    path = pathlib.Path(log).parents[1] / "meson-info" / "intro-tests.json"
    tests = json.loads(path.read_text(encoding="utf-8"))
    return {test["name"]: [suite.rpartition(":")[2] for suite in test["suite"]] for test in tests}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=int, default=0)
    parser.add_argument("--expect", default="", help="suites that must not be missing")
    parser.add_argument("logs", nargs="*")
    arguments = parser.parse_args()

    total = [0, arguments.faults, 0]
    by_suite = collections.defaultdict(lambda: [0, 0, 0])
    for log in arguments.logs:
        try:
            with open(log, encoding="utf-8") as lines:
                tests = [json.loads(line) for line in lines]
            suites = read_suites(log)
        except (OSError, ValueError) as error:
            print(f"{log}: {error}", file=sys.stderr)
            total[1] += 1
            continue
        for test in tests:
            name = test["name"].rpartition(" / ")[2]
            counts = count_test(test)
            for i in range(3):
                total[i] += counts[i]
                for suite in suites.get(name, ["(none)"]):
                    by_suite[suite][i] += counts[i]
            if counts[1]:
                print(f"failed: {test['name']}", file=sys.stderr)

    for suite, (passed, failed, skipped) in sorted(by_suite.items()):
        print(f"{suite}: {passed} passed, {failed} failed, {skipped} skipped")
        if skipped and not passed and not failed:
            print(f"Everything in the suite {suite} was skipped", file=sys.stderr)
            total[1] += 1
    # After a failed build there is nothing to miss.
    expected = set() if arguments.faults else set(arguments.expect.split())
    for suite in sorted(expected - set(by_suite)):
        print(f"The suite {suite} has no tests", file=sys.stderr)
        total[1] += 1

    passed, failed, skipped = total
    sys.stderr.flush()
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

# replay.py TRACKER JSON-GLIB-LOOP READER-LOOP NODE-SCRIPT
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the tracker follows events, and how much it keeps.

Ratios mean something, seconds do not: all is measured side by side in one run,
in turns, and the median of the turns counts. CM_BENCH_EVENTS and CM_BENCH_TURNS
make a shorter run.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

EVENTS = int(os.environ.get("CM_BENCH_EVENTS", 1_000_000))
TURNS = int(os.environ.get("CM_BENCH_TURNS", 5))
RATE = 1000
LEGS = 10_000


def run(*command, stdin=subprocess.DEVNULL):
    """Seconds of processor time, and the most memory that was in use, in KiB."""
    process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    # The process is gone already: Popen must not wait for it again.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def simulation(tracker, events):
    return [tracker, "simulate", "--stations=200", "--conversations=100", f"--rate={RATE}",
            "--seed=1", f"--duration={events // RATE}"]


def simulate(tracker, path, events):
    with path.open("wb") as file:
        subprocess.run(simulation(tracker, events), stdout=file, check=True)
    with path.open("rb") as file:
        return sum(1 for _ in file)


def memory(tracker, events):
    """Of a tracker that follows so many events, straight from the simulator."""
    with subprocess.Popen(simulation(tracker, events), stdout=subprocess.PIPE) as source:
        return run(tracker, "replay", "--output=none", "-", stdin=source.stdout)[1]


def open_legs(path, count):
    """Calls of three people that are all still going on."""
    def line(source, **fields):
        return json.dumps({"at": "2011-11-09T09:00:12.400Z", "source": source, **fields},
                          separators=(",", ":")) + "\n"

    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            me, call = f"lync/user{i}@contoso.com", f"c{i}"
            file.write(line(me, conversation=call, event="ConversationAdded", direction="Incoming",
                            inviter=f"sip:caller{i}@contoso.com", subject=f"Review number {i}"))
            for who in (f"user{i}", f"caller{i}", f"guest{i}"):
                file.write(line(me, conversation=call, event="ParticipantAdded",
                                participant=f"sip:{who}@contoso.com", name=f"The person {who}",
                                isPresenter=True))
            for state in ("Notified", "Connecting", "Connected"):
                file.write(line(me, conversation=call, event="ModalityStateChanged",
                                modality="AudioVideo", state=state))


def speed(lines, **commands):
    """Of each command, how many times as long as the first one it takes."""
    times = {name: [] for name in commands}
    for _ in range(TURNS):
        for name, command in commands.items():
            times[name].append(run(*command)[0])
    times = {name: statistics.median(turns) for name, turns in times.items()}
    for name, seconds in times.items():
        print(f"{name}: {lines / seconds:,.0f} lines/s")
    ours = next(iter(times.values()))
    return {name: seconds / ours for name, seconds in times.items()}


def main():
    tracker, loop, reader, script = sys.argv[1:]
    node = shutil.which("node")
    failed = False

    def measure(name, value, goal, good):
        nonlocal failed
        failed = failed or not good
        print(f"{'ok    ' if good else 'MISSED'} {name}: {value} (goal {goal})")

    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        many = folder / "many.jsonl"
        lines = simulate(tracker, many, EVENTS)

        commands = {"replay": (tracker, "replay", "--output=none", many),
                    "json_glib": (loop, many), "reader": (reader, many)}
        if node:
            commands["node"] = (node, "--max-old-space-size=4096", script, many)
        else:
            print("SKIP the script of Node.js: there is no node")
        ratios = speed(lines, **commands)
        for name, what, goal in (("json_glib", "a json-glib loop that only parses", 3),
                                 ("node", "a script of Node.js", 2),
                                 ("reader", "the strict reader alone", 0.45)):
            if name in ratios:
                measure(f"replay against {what}", f"{ratios[name]:.2f} times", goal,
                        ratios[name] >= goal)

        # The first run is long enough for the history to be full.
        little, much = memory(tracker, EVENTS), memory(tracker, 10 * EVENTS)
        measure("memory of ten times the events", f"{much} KiB after {little} KiB", "flat",
                much <= little * 1.1)

        one, open_now = folder / "one.jsonl", folder / "open.jsonl"
        open_legs(one, 1)
        open_legs(open_now, LEGS)
        a_leg = (run(tracker, "replay", "--output=none", open_now)[1]
                 - run(tracker, "replay", "--output=none", one)[1]) / LEGS
        measure(f"memory of a leg, {LEGS} open", f"{a_leg:.2f} KiB", "4", a_leg <= 4)
    print(f"{time.monotonic() - started:.0f} s in all")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

# start.py WINDOW-WATCH PANEL-START
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long the window takes to come, and what it keeps, beside gnome-text-editor.

On the same display, with the same renderer, in turns; the median of the turns counts.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

OTHER = "gnome-text-editor"
TURNS = int(os.environ.get("CM_BENCH_TURNS", 5))
CALLS = 1000
PATIENCE = 60


def record(path):
    """Conferences of three people that are all still going on."""
    def line(i, **fields):
        return json.dumps({"at": "2011-11-09T09:00:12.400Z", "source": f"lync/user{i}@contoso.com",
                           **fields}) + "\n"

    with path.open("w", encoding="utf-8") as file:
        for i in range(CALLS):
            call = f"c{i}"
            file.write(line(i, conversation=call, event="ConversationAdded", direction="Incoming",
                            inviter=f"sip:caller{i}@contoso.com", subject=f"Review number {i}",
                            conferencingUri=f"sip:user{i}@contoso.com;gruu;opaque=app:conf:focus:id:f{i}"))
            for who in (f"user{i}", f"caller{i}", f"guest{i}"):
                file.write(line(i, conversation=call, event="ParticipantAdded",
                                participant=f"sip:{who}@contoso.com", name=f"The person {who}",
                                isPresenter=True))
            for state in ("Notified", "Connecting", "Connected"):
                file.write(line(i, conversation=call, event="ModalityStateChanged",
                                modality="AudioVideo", state=state))


def start(*command):
    """What is told of it, by its name."""
    # As on a desktop: what a test turns on costs time, and other programs do not bear it.
    env = {name: value for name, value in os.environ.items()
           if name not in {"G_DEBUG", "G_ENABLE_DIAGNOSTIC", "GTK_A11Y"}}
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=env, timeout=PATIENCE, text=True).stdout.split()
    return {name: float(value) for name, value in zip(told[::2], told[1::2])}


def median(runs, name):
    return statistics.median(run[name] for run in runs)


def main():
    watch, panel = sys.argv[1:]
    failed = False
    ours, theirs = [], []

    with tempfile.TemporaryDirectory() as folder:
        recording = pathlib.Path(folder) / "calls.jsonl"
        record(recording)
        for _ in range(TURNS):
            ours.append(start(watch, panel, "--at=0", recording))
            if shutil.which(OTHER):
                theirs.append(start(watch, OTHER, "--standalone"))

    row, memory = median(ours, "row"), median(ours, "memory")
    print(f"with {CALLS} conversations: window after {median(ours, 'window'):.0f} ms, first row "
          f"after {row:.0f} ms, {memory / 1024:.0f} MiB")
    if not theirs:
        print(f"SKIP {OTHER} is not installed: there is nothing to compare with")
        return 0

    print(f"{OTHER}: window after {median(theirs, 'window'):.0f} ms, "
          f"{median(theirs, 'memory') / 1024:.0f} MiB")
    for name, value, goal in (("first row beside its window", row / median(theirs, "window"), 0.6),
                              ("memory beside its memory", memory / median(theirs, "memory"), 1.0)):
        failed = failed or value > goal
        print(f"{'ok    ' if value <= goal else 'MISSED'} {name}: {value:.2f} (goal {goal})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

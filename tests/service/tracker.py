# tracker.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""conference-tracker as its users have it: a program with arguments and streams."""

import json
import os
import pathlib
import subprocess

TRACKER = os.environ["CM_TRACKER"]
RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
AT = "2011-11-09T09:00:{:06.3f}Z"


def run(*arguments, stdin=b""):
    """Standard output, standard error and exit status; the streams as bytes."""
    outcome = subprocess.run([TRACKER, *map(str, arguments)], input=stdin, capture_output=True,
                             check=False, timeout=100)
    return outcome.stdout, outcome.stderr.decode(errors="replace"), outcome.returncode


def documents(*files, stdin=b""):
    """The final documents by id."""
    out, err, status = run("replay", *files, stdin=stdin)
    assert status == 0, err
    return {document["id"]: document for document in map(json.loads, out.splitlines())}


def changes(*files, stdin=b""):
    out, err, status = run("replay", "--output=changes", *files, stdin=stdin)
    assert status == 0, err
    return [json.loads(line) for line in out.splitlines()]


def merge(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    target = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merge(target.get(name), value)
    return target


def states(*files, stdin=b""):
    """All documents by id after each change."""
    whole = {"conversations": {}}
    for change in changes(*files, stdin=stdin):
        whole = merge(whole, change["patch"])
        yield change, whole["conversations"]


def passes(values):
    """The values in turn, each once for as long as it stays."""
    turns = []
    for value in values:
        if value is not None and (not turns or turns[-1] != value):
            turns.append(value)
    return turns


def line(event, second=0, source="s", conversation="c", **fields):
    """One event line."""
    whole = {"at": AT.format(second), "source": source, "event": event, **fields}
    if conversation is not None:
        whole["conversation"] = conversation
    return json.dumps(whole).encode() + b"\n"

# schemas.py [TRACKER]
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""That the recordings and what the tracker makes of them are as the schemas say."""

import json
import subprocess
import sys

from tap import ROOT, Tap, project_files

try:
    import jsonschema
except ImportError:
    jsonschema = None


def schema(name):
    return json.loads((ROOT / "data" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


def faults(validator, lines):
    for number, line in enumerate(lines, 1):
        for error in validator.iter_errors(json.loads(line)):
            yield f"{number}: {'/'.join(map(str, error.absolute_path))}: {error.message}"


def documents(tracker, path):
    return subprocess.run([tracker, "replay", path], capture_output=True, text=True,
                          check=True).stdout.splitlines()


def main():
    tap = Tap()
    if jsonschema is None:
        tap.skip("schemas", "python3-jsonschema is not installed")
        tap.done()
    validators = {}
    for name in ("event", "document", "watch"):
        validators[name] = jsonschema.Draft202012Validator(schema(name))
        try:
            validators[name].check_schema(schema(name))
            tap.check(f"{name}.schema.json is a schema", [])
        except jsonschema.SchemaError as error:
            tap.check(f"{name}.schema.json is a schema", [error.message])
    for path in project_files(".jsonl", under="data/recordings"):
        with path.open(encoding="utf-8") as lines:
            tap.check(f"{path.name} is as the event schema says", faults(validators["event"], lines))
        for tracker in sys.argv[1:]:
            tap.check(f"{path.name} gives what the document schema says",
                      faults(validators["document"], documents(tracker, path)))
    tap.done()


if __name__ == "__main__":
    main()

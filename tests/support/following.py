# following.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service, following an exchange that stands in for one; and what both take to be so."""

import contextlib
import json
import pathlib
import tempfile
import time

from watcher import Server


def secret(text="secret"):
    file = pathlib.Path(tempfile.mkdtemp()) / "secret"
    file.write_text(text + "\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def server(exchange, **more):
    """Its feed is called "pbx"."""
    return Server(**{"feed pbx": {"port": exchange.port, "password_file": secret(exchange.password),
                                  **exchange.options, **more}})


def eventually(condition, what="it", seconds=30):
    """Waits for it to come about."""
    end = time.monotonic() + seconds
    while True:
        outcome = condition()
        if outcome:
            return outcome
        assert time.monotonic() < end, f"{what} does not come about"
        time.sleep(0.02)


@contextlib.contextmanager
def following(exchange, **more):
    with exchange, server(exchange, **more) as service:
        eventually(exchange.follows, "the subscription")
        yield service


def rooms(service):
    """Room → number → (role, state, muted), of who is in, as documents have it."""
    return {document["subject"]: {
        address.split(":", 1)[1]: (person["role"], person["state"], person.get("muted", False))
        for address, person in document.get("participants", {}).items()
        if "left" not in person and person["state"] in ("Connected", "OnHold")}
        for document in service.conversations().values() if document["phase"] != "ended"}


def room(service, name="4711"):
    """The document of the room; empty where there is none."""
    return next((document for document in service.conversations().values()
                 if document.get("subject") == name and document["phase"] != "ended"), {})


def same(test, service, exchange):
    """That the service comes to know what is so."""
    with contextlib.suppress(AssertionError):
        eventually(lambda: rooms(service) == exchange.people(), seconds=20)
    test.assertEqual(rooms(service), exchange.people())


def command(service, action, participant=None):
    """The state in which a command ends, and why."""
    document = room(service)
    (leg,) = document["legs"]
    request = {"conversation": document["id"], "leg": leg, "action": action,
               **({"participant": participant} if participant else {})}
    with service.watch() as watcher:
        watcher.until(lambda w: w.live)
        status, text = service.request("POST", "/v1/commands", json.dumps(request))
        if status != 202:
            return status, json.loads(text)
        number = json.loads(text)["id"]
        while True:
            message = watcher.message()
            if message["type"] == "command" and message["id"] == number and message["state"] not in ("accepted", "sent"):
                return message["state"], message.get("reason")


def memory(service):
    """Resident, KiB."""
    status = pathlib.Path(f"/proc/{service.process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0])

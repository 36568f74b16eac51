# agent.py SOCKET SOURCE CALL
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A station's agent: it tells a tracker of one call, and that it is still there."""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from watcher import Unix, line  # noqa: E402

HEARTBEAT = 500  # ms


def post(path, *lines):
    connection = Unix(path)
    connection.request("POST", "/v1/events", b"".join(lines))
    assert connection.getresponse().status == 200
    connection.close()


def main(path, source, call):
    alive = {"source": source, "conversation": None, "status": "Connected", "heartbeat": HEARTBEAT}
    own = {"source": source, "conversation": call}
    post(path,
         line("SourceStatusChanged", **alive),
         line("ConversationAdded", subject=call, **own),
         line("ModalityStateChanged", modality="AudioVideo", state="Connecting", **own),
         line("ModalityStateChanged", modality="AudioVideo", state="Connected", **own))
    while True:
        time.sleep(HEARTBEAT / 1000)
        post(path, line("SourceStatusChanged", **alive))


if __name__ == "__main__":
    main(*sys.argv[1:])

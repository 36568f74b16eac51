# watcher.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A WebSocket client of the standard library alone, and a tracker that serves."""

import base64
import contextlib
import datetime
import hashlib
import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import tempfile
import time

TRACKER = os.environ["CM_TRACKER"]
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def now(ahead=0.0):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=ahead)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def line(event, source="s", conversation="c", at=None, **fields):
    whole = {"at": at or now(), "source": source, "event": event, **fields}
    if conversation is not None:
        whole["conversation"] = conversation
    return json.dumps(whole).encode() + b"\n"


def merge(target, patch):
    """RFC 7396, in place."""
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        elif isinstance(value, dict):
            if not isinstance(target.get(name), dict):
                target[name] = {}
            merge(target[name], value)
        else:
            target[name] = value
    return target


@contextlib.contextmanager
def leaks_of_others():
    """The leak check is off: what is used here leaks in a library."""
    before = os.environ.get("ASAN_OPTIONS")
    os.environ["ASAN_OPTIONS"] = f"{before}:detect_leaks=0" if before else "detect_leaks=0"
    try:
        yield
    finally:
        del os.environ["ASAN_OPTIONS"]
        if before is not None:
            os.environ["ASAN_OPTIONS"] = before


class Unix(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


class Server:
    """conference-tracker serve, in a folder of its own."""

    def __init__(self, journal=False, tcp=False, **sections):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.socket = str(self.folder / "run" / "tracker.sock")
        self.config = self.folder / "serve.conf"
        self.tokens = self.folder / "tokens"
        groups = {"server": {"socket": self.socket}, "access": {"tokens": self.tokens}}
        if journal:
            groups["journal"] = {"folder": self.folder / "journal"}
        if tcp:
            groups["server"]["listen"] = "127.0.0.1:0"
        for name, values in sections.items():
            groups.setdefault(name, {}).update(values)
        self.config.write_text("".join(
            f"[{name}]\n" + "".join(f"{key.replace('_', '-')}={value}\n" for key, value in values.items())
            for name, values in groups.items()), encoding="utf-8")
        self.process = None
        self.errors = self.folder / "errors"

    def start(self):
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen([TRACKER, "serve", f"--config={self.config}"],
                                            stdout=subprocess.PIPE, stderr=errors)
        places = self.process.stdout.readline().decode()
        assert "listening" in places, self.errors.read_text()
        found = re.search(r"https?://127\.0\.0\.1:(\d+)", places)
        self.port = int(found[1]) if found else None
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        self.process.stdout.close()
        return status

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            status = self.stop()
            assert status == 0, (status, self.errors.read_text())

    def token(self, name, role, *more):
        out = subprocess.run([TRACKER, "token", "add", name, f"--role={role}", f"--config={self.config}", *more],
                             capture_output=True, check=True)
        self.reload()
        return out.stdout.decode().strip()

    def reload(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGHUP)
            time.sleep(0.2)

    def request(self, method, path, body=None, token=None, headers=None, tcp=None):
        if tcp or token:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        else:
            connection = Unix(self.socket)
        headers = dict(headers or {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def send(self, *lines, **more):
        status, text = self.request("POST", "/v1/events", b"".join(lines), **more)
        assert status == 200, (status, text)
        return json.loads(text)

    def conversations(self, path="/v1/conversations", **more):
        status, text = self.request("GET", path, **more)
        assert status == 200, (status, text)
        return json.loads(text)["conversations"]

    def metric(self, name):
        text = self.request("GET", "/metrics")[1].decode()
        return int(re.search(rf"^conference_tracker_{name} (\d+)$", text, re.M)[1])

    def memory(self):
        """What it holds, in bytes."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"^VmRSS:\s+(\d+) kB$", text, re.M)[1]) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def watch(self, path="/v1/watch", token=None, context=None):
        return Watcher(self, path, token, context)

    def agent(self, token=None, **hello):
        return Agent(self, token, **hello)

    def command(self, token=None, path="/v1/commands", **command):
        status, text = self.request("POST", path, json.dumps(command), token=token)
        return status, json.loads(text)


class WebSocket:
    """One connection to a server."""

    def __init__(self, server, path, token=None, context=None):
        self.server, self.path, self.token, self.context = server, path, token, context
        self.connect()

    def target(self):
        return self.path

    def connect(self):
        if self.token:
            self.socket = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
            if self.context:
                self.socket = self.context.wrap_socket(self.socket, server_hostname="localhost")
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(20)
            self.socket.connect(self.server.socket)
        key = base64.b64encode(os.urandom(16))
        head = f"GET {self.target()} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
               f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key.decode()}\r\n"
        if self.token:
            head += f"Authorization: Bearer {self.token}\r\n"
        self.socket.sendall(head.encode() + b"\r\n")
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self._receive()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionRefusedError(head.split(b"\r\n")[0].decode())
        assert base64.b64encode(hashlib.sha1(key + MAGIC).digest()) in head

    def _receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionResetError
        return data

    def _take(self, size):
        while len(self.buffer) < size:
            self.buffer += self._receive()
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def frame(self):
        first, size = self._take(2)
        assert size < 128
        if size == 126:
            size = int.from_bytes(self._take(2), "big")
        elif size == 127:
            size = int.from_bytes(self._take(8), "big")
        return first & 15, self._take(size)

    def send(self, kind, payload=b""):
        mask = os.urandom(4)
        size = len(payload)
        head = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big") if size < 65536 \
            else bytes([0x80 | 127]) + size.to_bytes(8, "big")
        masked = int.from_bytes(payload, "big") ^ int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        self.socket.sendall(bytes([0x80 | kind]) + head + mask + masked.to_bytes(size, "big"))

    def ready(self):
        return bool(self.buffer) or bool(select.select([self.socket], [], [], 0)[0])

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Watcher(WebSocket):
    """One subscriber: holds the documents, and where he stands."""

    def __init__(self, server, path="/v1/watch", token=None, context=None):
        self.documents, self.epoch, self.rev, self.live = {}, None, 0, False
        self.seen, self.sources, self.commands = [], {}, {}
        self.raw = b""
        super().__init__(server, path, token, context)

    def target(self):
        query = f"epoch={self.epoch}&since={self.rev}" if self.epoch and self.live else ""
        self.live = False
        return self.path + (("&" if "?" in self.path else "?") + query if query else "")

    def message(self):
        kind, payload = self.frame()
        if kind != 1:
            return {"type": f"frame-{kind}", "payload": payload}
        self.raw = payload
        message = json.loads(payload)
        self.take(message)
        return message

    def take(self, message):
        kind = message["type"]
        self.seen.append((kind, message.get("rev")))
        self.sources.update(message.get("sources", {}))
        if kind == "snapshot":
            if message["first"]:
                self.documents, self.live, self.epoch = {}, False, message["epoch"]
            self.documents.update(message["conversations"])
        elif kind == "update":
            merge(self.documents, message["patch"]["conversations"])
            if self.live:
                assert message["rev"] == self.rev + 1, (message["rev"], self.rev)
                self.rev = message["rev"]
        elif kind == "command":
            self.commands.setdefault(message["id"], []).append(message["state"])
        elif kind == "live":
            self.live, self.rev, self.epoch = True, message["rev"], message["epoch"]

    def until(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while not condition(self):
            assert time.monotonic() < end, "it does not come"
            self.message()
        return self


class Agent(WebSocket):
    """A program that reports over a WebSocket, and takes commands."""

    def __init__(self, server, token=None, **hello):
        self.seen = []
        super().__init__(server, "/v1/feed", token)
        if hello:
            self.say(type="hello", **hello)
            self.until("welcome")

    def say(self, **message):
        self.send(1, json.dumps(message).encode())

    def report(self, *lines):
        """Sends event lines, and waits until they are acknowledged."""
        self.send(1, b"".join(lines))
        return self.until("ack")

    def message(self):
        while True:
            kind, payload = self.frame()
            if kind == 9:
                self.send(10, payload)
            elif kind == 1:
                self.seen.append(json.loads(payload))
                return self.seen[-1]
            elif kind == 8:
                raise ConnectionResetError(payload[2:].decode())

    def until(self, kind, seconds=20):
        end = time.monotonic() + seconds
        while True:
            message = self.message()
            if message["type"] == kind:
                return message
            assert time.monotonic() < end, "it does not come"

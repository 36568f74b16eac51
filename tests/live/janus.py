# janus.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Janus of its own: on loopback and unix sockets, without rights, in a folder of
its own; and people who come to its rooms through its API."""

import contextlib
import itertools
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

NAME = "janus-ci"
ROOM = 4711

WANTED = {
    "plugins": ("audiobridge", "videoroom"),
    "transports": ("http", "pfunix", "websockets"),
    "events": ("sampleevh", "wsevh"),
}


def find():
    """The program and its libraries, or why they are not there."""
    if shutil.which("janus") is None:
        return "there is no Janus"
    for folder in pathlib.Path("/usr/lib").glob("*/janus"):
        return folder
    return "there are no plugins of Janus"


def free_ports(count):
    """Ports that were free a moment ago."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


class Janus:
    """The folder of a Janus, and the process while it runs."""

    def __init__(self):
        # Whoever runs the tests may have a home that nobody else may enter.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="conference-monitor-live.", dir="/tmp"))
        self.folder.chmod(0o711)
        self.run = self.folder / "run"
        self.config = self.folder / "etc"
        self.replies = self.folder / "replies"
        self.log = self.folder / "janus.log"
        for each in (self.run, self.config, self.replies):
            each.mkdir()
        self.replies.chmod(0o711)
        self.secrets = {name: secrets.token_hex(12) for name in
                        ("admin", "api", "key", "room", "hook", "protocol")}
        self.http, self.admin_http, self.ws, self.admin_ws, rtp = free_ports(5)
        self.rtp = min(rtp, 60000)
        self.api = str(self.run / "api.sock")
        self.admin = str(self.run / "admin.sock")
        self.process = None

    def configure(self, address, way):
        """Events are posted to an address, or brought to it over a WebSocket."""
        libraries = find()
        disabled = {kind: ",".join(sorted(path.name for path in (libraries / kind).glob("*.so")
                                          if not any(f"_{name}." in path.name for name in names)))
                    for kind, names in WANTED.items()}
        files = {
            "janus": f"""general: {{
                configs_folder = "{self.config}" plugins_folder = "{libraries}/plugins"
                transports_folder = "{libraries}/transports" events_folder = "{libraries}/events"
                loggers_folder = "{libraries}/loggers" server_name = "{NAME}" debug_level = 3 debug_colors = false
                admin_secret = "{self.secrets['admin']}" api_secret = "{self.secrets['api']}" session_timeout = 20
                }}
                nat: {{ ice_enforce_list = "lo" }}
                plugins: {{ disable = "{disabled['plugins']}" }}
                transports: {{ disable = "{disabled['transports']}" }}
                events: {{ broadcast = true disable = "{disabled['events']}" }}""",
            "transport.pfunix": f"""general: {{ enabled = true json = "indented" path = "{self.api}" }}
                admin: {{ admin_enabled = true admin_path = "{self.admin}" admin_type = "SOCK_DGRAM" }}""",
            "transport.http": f"""general: {{ http = true ip = "127.0.0.1" port = {self.http} https = false }}
                admin: {{ admin_http = true admin_ip = "127.0.0.1" admin_port = {self.admin_http} }}""",
            "transport.websockets": f"""general: {{ ws = true ws_ip = "127.0.0.1" ws_port = {self.ws} wss = false }}
                admin: {{ admin_ws = true admin_ws_ip = "127.0.0.1" admin_ws_port = {self.admin_ws} }}""",
            "eventhandler.sampleevh": f"""general: {{ enabled = {str(way == "posted").lower()} events = "all" grouping = true json = "indented"
                backend = "http://{address}" backend_user = "janus" backend_pwd = "{self.secrets['hook']}" }}""",
            "eventhandler.wsevh": f"""general: {{ enabled = {str(way == "dialled").lower()} events = "all" grouping = true
                backend = "ws://{address}" subprotocol = "{self.secrets['protocol']}" }}""",
            "plugin.audiobridge": f"""general: {{ admin_key = "{self.secrets['key']}"
                rtp_port_range = "{self.rtp}-{self.rtp + 500}" local_ip = "127.0.0.1" }}""",
            "plugin.videoroom": f"""general: {{ admin_key = "{self.secrets['key']}" }}""",
        }
        for name, text in files.items():
            name = "janus.jcfg" if name == "janus" else f"janus.{name}.jcfg"
            (self.config / name).write_text(text + "\n", encoding="utf-8")

    def secret_file(self, name, text=None):
        path = self.folder / f"secret-{name}"
        path.write_text((text or self.secrets[name]) + "\n", encoding="utf-8")
        path.chmod(0o600)
        return path

    def launch(self):
        command = ["janus", "-F", str(self.config)]
        if os.geteuid() == 0:
            for folder in (self.run, self.config, *self.config.iterdir()):
                shutil.chown(folder, "nobody", "nogroup")
            command[:0] = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", stdin=subprocess.DEVNULL)

    def answers(self):
        try:
            self.admin_request({"janus": "ping"})
            for port in (self.http, self.ws, self.admin_ws):
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return True
        except (OSError, ValueError):
            return False

    def has_sockets(self):
        return os.path.exists(self.api) and os.path.exists(self.admin)

    def start(self):
        """Janus 1.1.2 now and then removes its unix sockets as soon as they are made,
        where their thread runs before the plugin is noted as ready; then it has none."""
        for _ in range(20):
            for path in (self.api, self.admin):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
            self.launch()
            end = time.monotonic() + 30
            while not self.answers():
                assert self.process.poll() is None and time.monotonic() < end, \
                    self.log.read_text(errors="replace")[-4000:]
                time.sleep(0.02)
            if self.has_sockets():
                return self
            print("# Janus has no unix sockets; it is started again", flush=True)
            self.end(signal.SIGKILL)
        raise AssertionError("Janus never has its sockets")

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(30)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def admin_request(self, message):
        """Asked over HTTP, apart from all that is tested."""
        body = json.dumps({**message, "transaction": "test", "admin_secret": self.secrets["admin"]}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.admin_http}/admin", body,
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def ask(self, plugin, **body):
        return self.admin_request({"janus": "message_plugin", "plugin": f"janus.plugin.{plugin}",
                                   "request": body})["response"]

    def people(self, plugin="audiobridge", room=ROOM):
        """Who is in a room, as Janus itself says: name and whether muted by id."""
        return {f"janus:{person['id']}": (person.get("display"), person.get("muted", False))
                for person in self.ask(plugin, request="listparticipants", room=room).get("participants", ())}


class Person:
    """Somebody with a client of his own: a session, and a handle of one plugin."""

    count = itertools.count(1)

    def __init__(self, janus, name, plugin="audiobridge"):
        self.janus, self.name, self.ids = janus, name, {}
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(20)
        self.socket.connect(janus.api)
        self.ids["session_id"] = self.ask("create")["data"]["id"]
        self.ids["handle_id"] = self.ask("attach", plugin=f"janus.plugin.{plugin}",
                                         opaque_id=f"client-{name}")["data"]["id"]

    def say(self, kind, **more):
        transaction = str(next(self.count))
        self.socket.send(json.dumps({"janus": kind, "transaction": transaction, **self.ids, **more,
                                     "apisecret": self.janus.secrets["api"]}).encode())
        return transaction

    def ask(self, kind, **more):
        transaction = self.say(kind, **more)
        while True:
            answer = json.loads(self.socket.recv(1 << 20))
            if answer.get("transaction") == transaction and answer["janus"] != "ack":
                assert answer["janus"] != "error", answer
                return answer

    def message(self, request, **more):
        answer = self.ask("message", body={"request": request, **more})["plugindata"]["data"]
        assert "error" not in answer, answer
        return answer

    def create(self, room=ROOM, **more):
        self.message("create", room=room, admin_key=self.janus.secrets["key"], secret=self.janus.secrets["room"],
                     description="Weekly all hands", **more)

    def join(self, number, room=ROOM, **more):
        self.message("join", room=room, id=number, display=self.name, **more)

    def cut(self):
        """The wire is cut: nothing is said."""
        self.socket.close()

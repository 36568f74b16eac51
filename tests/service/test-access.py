# test-access.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may connect over TCP, and what he sees."""

import http.client
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, leaks_of_others, line

PATHS = ("/healthz", "/readyz", "/metrics", "/v1/conversations", "/v1/me", "/v1/watch", "/v1/events", "/", "/nothing")


def people(server):
    """A call with everything in it that a mask has to take out."""
    own = {"source": "lync/secretive@contoso.com", "conversation": "Talk with Mallory"}
    server.send(
        line("ConversationAdded", subject="Layoffs of Alice", inviter="sip:alice@contoso.com", **own),
        line("ConversationPropertyChanged", property="ConferencingUri",
             value="sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:AB12", **own),
        line("ConversationPropertyChanged", property="ConferenceAccessInformation",
             value={"Id": "48213", "ExternalUrl": "https://meet.contoso.com/alice/AB12",
                    "AutoAttendantNumbers": ["+49305550100"]}, **own),
        line("ParticipantAdded", participant="sip:alice@contoso.com", name="Alice Adams", **own),
        line("ParticipantAdded", participant="sip:bob@elsewhere.org", name="Bob Baker", **own),
        line("ParticipantAdded", participant="tel:+49301234567", name="+49 30 1234567", **own),
        line("ModalityStateChanged", modality="AudioVideo", state="AliceState", **own),
        line("ModalityStateChanged", modality="AudioVideo", state="Connected", **own),
        line("ContactInformationChanged", conversation=None, contact="sip:alice@contoso.com", availability=6500,
             activity="with Bob", source="lync/secretive@contoso.com"),
    )


SECRETS = [b"alice", b"Alice", b"bob", b"Bob", b"1234567", b"+49", b"Layoffs", b"secretive", b"Mallory", b"AB12",
           b"ab12", b"48213", b"contoso"]


class Access(unittest.TestCase):
    def test_nobody_without_a_token(self):
        with Server(tcp=True) as server:
            token = server.token("me", "engineer")
            wrong = [None, "", "x", "cm.me.", "cm.me." + "0" * 64, "cm.you." + token.split(".")[2], token[:-1],
                     token + "0", "cm..", token.upper(), "x" * 5000]
            for path in PATHS:
                for one in wrong if path == "/metrics" else wrong[:3]:
                    headers = {} if one is None else {"Authorization": f"Bearer {one}"}
                    status, text = server.request("POST" if path == "/v1/events" else "GET", path, headers=headers, tcp=True)
                    self.assertEqual(status, 401, (path, one))
                    self.assertEqual(json.loads(text), {"error": "a valid token is needed"})
            for header in ("Basic " + token, token, "Bearer", "Bearer  " + token):
                self.assertEqual(server.request("GET", "/healthz", headers={"Authorization": header}, tcp=True)[0], 401)
            with self.assertRaises(ConnectionRefusedError):
                server.watch(token="cm.me.no")
            self.assertEqual(server.request("GET", "/healthz", token=token)[0], 200)

    def test_roles(self):
        with Server(tcp=True) as server:
            tokens = {role: server.token(role, role) for role in ("watcher", "supporter", "engineer", "agent")}
            for role, token in tokens.items():
                watches, sends = role != "agent", role == "agent"
                self.assertEqual(server.request("GET", "/v1/conversations", token=token)[0], 200 if watches else 403)
                status, text = server.request("GET", "/v1/me", token=token)
                me = json.loads(text)
                self.assertEqual((status, me["token"], me["role"], set(me)), (200, role, role, {"token", "role", "at"}))
                self.assertEqual(server.request("POST", "/v1/events", line("ConversationAdded"), token=token)[0],
                                 200 if sends else 403)
                if not watches:
                    with self.assertRaises(ConnectionRefusedError):
                        server.watch(token=token)

    def test_sources(self):
        with Server(tcp=True) as server:
            token = server.token("desk", "agent", "--sources=lync/*,zoom")
            answer = server.send(line("ConversationAdded", source="lync/a"), line("ConversationAdded", source="zoom"),
                                 line("ConversationAdded", source="zoom2"), token=token)
            self.assertEqual((answer["accepted"], answer["refused"]), (2, 1))

    def test_who_may_see_only_some_sources(self):
        focus = "sip:a@x.org;gruu;opaque=app:conf:focus:id:K1"
        with Server(tcp=True) as server:
            token, all_of_it = server.token("berlin", "engineer", "--sources=berlin/*"), server.token("all", "engineer")
            with server.watch(token=token) as watcher, server.agent(sources=["berlin/a", "paris/b"], actions=["rejoin"]) as agent:
                agent.report(*(line("ConversationAdded", source=source, conferencingUri=focus) for source in ("berlin/a", "paris/b")),
                             line("ConversationAdded", source="paris/b", conversation="alone"),
                             *(line("ModalityStateChanged", source=source, modality="AudioVideo", state=state)
                               for source in ("berlin/a", "paris/b") for state in ("Connected", "Disconnected")))
                watcher.until(lambda w: "berlin/a#c" in w.documents.get("conf:a@x.org/k1", {}).get("legs", {}) and "berlin/a" in w.sources)
                self.assertEqual(list(watcher.documents), ["conf:a@x.org/k1"])
                self.assertEqual(list(watcher.documents["conf:a@x.org/k1"]["legs"]), ["berlin/a#c"])
                self.assertEqual(watcher.documents, server.conversations(token=token))
                self.assertEqual(len(server.conversations(token=all_of_it)), 2)
                where = {"action": "rejoin", "conversation": "conf:a@x.org/k1"}
                self.assertEqual(server.command(token, leg="paris/b#c", **where)[0], 404)
                status, answer = server.command(all_of_it, leg="paris/b#c", **where)
                self.assertEqual(status, 202, answer)
                status, other = server.command(token, leg="berlin/a#c", **where)
                self.assertEqual(status, 202, other)
                watcher.until(lambda w: other["id"] in w.commands)
                self.assertNotIn(answer["id"], watcher.commands)
                self.assertEqual(list(watcher.sources), ["berlin/a"])

    def test_masks(self):
        with Server(tcp=True, access={"internal-domains": "contoso.com"}) as server:
            for role in ("watcher", "supporter", "engineer"):
                server.token(role, role)
            tokens = {role: server.token(role + "2", role) for role in ("watcher", "supporter", "engineer")}
            watchers = {role: server.watch(token=token) for role, token in tokens.items()}
            raw = {role: b"" for role in tokens}
            people(server)
            for role, watcher in watchers.items():
                while not any(kind == "alive" and rev > 1 for kind, rev in watcher.seen):
                    watcher.message()
                    raw[role] += watcher.raw
                raw[role] += server.request("GET", "/v1/conversations", token=tokens[role])[1]
            for role in ("watcher", "supporter"):
                for secret in SECRETS:
                    self.assertNotIn(secret, raw[role], role)
            document, = watchers["watcher"].documents.values()
            self.assertEqual(len(document["participants"]), 3)
            self.assertTrue(all("name" not in one for one in document["participants"].values()))
            document, = watchers["supporter"].documents.values()
            self.assertEqual(sorted(one["name"] for one in document["participants"].values()),
                             ["External user", "Internal user", "…567"])
            self.assertIn(b"Alice Adams", raw["engineer"])
            for role, watcher in watchers.items():
                self.assertEqual(watcher.documents, server.conversations(token=tokens[role]), role)
                watcher.close()

    def test_the_person_who_is_asked_for(self):
        with Server(tcp=True) as server:
            supporter, watcher = server.token("s", "supporter"), server.token("w", "watcher")
            people(server)
            text = server.request("GET", "/v1/conversations?person=sip:Alice@contoso.com", token=supporter)[1]
            self.assertIn(b"Alice Adams", text)
            for secret in (b"Bob", b"bob", b"1234567", b"Layoffs", b"secretive", b"Mallory"):
                self.assertNotIn(secret, text)
            text = server.request("GET", "/v1/conversations?person=sip:alice@contoso.com", token=watcher)[1]
            self.assertNotIn(b"Alice", text)
            self.assertRegex(server.errors.read_text(),
                             r'audit: .*"token":"s","role":"supporter","what":"list","person":"sip:alice@contoso.com"')

    def test_masks_differ_from_start_to_start(self):
        server = Server(tcp=True, journal=True).start()
        token = server.token("w", "watcher")
        people(server)
        before = set(server.conversations(token=token))
        server.stop()
        with server:
            self.assertFalse(before & set(server.conversations(token=token)))

    def test_revoke(self):
        with Server(tcp=True) as server:
            token, other = server.token("a", "engineer"), server.token("b", "engineer")
            revoked, kept = server.watch(token=token), server.watch(token=other)
            revoked.until(lambda w: w.live)
            subprocess.run([TRACKER, "token", "revoke", "a", f"--config={server.config}"], check=True)
            end = time.monotonic() + 10
            while server.request("GET", "/healthz", token=token)[0] != 401:
                self.assertLess(time.monotonic(), end)
            with self.assertRaises(ConnectionResetError):
                while True:
                    revoked.frame()
            kept.until(lambda w: w.live and w.seen[-1][0] == "alive")
            self.assertEqual(server.request("GET", "/healthz", token=other)[0], 200)
            revoked.close()
            kept.close()


class Tokens(unittest.TestCase):
    def run_token(self, server, *arguments):
        outcome = subprocess.run([TRACKER, "token", *arguments, f"--config={server.config}"], capture_output=True,
                                 text=True, check=False)
        return outcome.returncode, outcome.stdout, outcome.stderr

    def test_add_list_revoke(self):
        server = Server()
        status, token, _ = self.run_token(server, "add", "one", "--role=watcher")
        self.assertEqual(status, 0)
        self.assertRegex(token, r"^cm\.one\.[0-9a-f]{64}\n$")
        self.assertEqual(os.stat(server.tokens).st_mode & 0o777, 0o600)
        self.assertNotIn(token.strip().split(".")[2], server.tokens.read_text())
        self.assertRegex(self.run_token(server, "list")[1], r"^one watcher \S+ \*\n$")
        for wrong in (["add", "one", "--role=watcher"], ["add", "two"], ["add", "two", "--role=king"],
                      ["add", "a b", "--role=agent"], ["add", "", "--role=agent"], ["revoke", "none"], ["dance"], []):
            status, out, errors = self.run_token(server, *wrong)
            self.assertEqual((status, out), (1, ""), wrong)
            self.assertEqual(len(errors.splitlines()), 1)
        self.assertEqual(self.run_token(server, "revoke", "one")[0], 0)
        self.assertEqual(self.run_token(server, "list"), (0, "", ""))

    def test_permissions(self):
        server = Server()
        self.run_token(server, "add", "one", "--role=watcher")
        os.chmod(server.tokens, 0o640)
        outcome = subprocess.run([TRACKER, "serve", f"--config={server.config}"], capture_output=True, text=True,
                                 check=False, timeout=20)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("chmod 600", outcome.stderr)
        os.chmod(server.tokens, 0o600)
        server.tokens.write_text("one king\n", encoding="utf-8")
        outcome = subprocess.run([TRACKER, "serve", f"--config={server.config}"], capture_output=True, text=True,
                                 check=False, timeout=20)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("line 1", outcome.stderr)


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class Tls(unittest.TestCase):
    def run(self, result=None):
        # The leak check of GCC 12 falls over the TLS module, which is loaded late.
        with leaks_of_others():
            return super().run(result)

    @staticmethod
    def shakes_hands(port, version):
        """Whether the server talks this version of TLS with a client that would take any."""
        outcome = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", version,
                                  "-cipher", "DEFAULT:@SECLEVEL=0"], input=b"", capture_output=True, check=False, timeout=30)
        return b"Server certificate" in outcome.stdout and b"Cipher is (NONE)" not in outcome.stdout

    def begins_slowly(self, port, context):
        """What a caller says may come byte by byte; what is no TLS is over at once."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        talk = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
            with self.assertRaises(ssl.SSLWantReadError):
                talk.do_handshake()
            for byte in outgoing.read():
                plain.sendall(bytes([byte]))
            while True:
                try:
                    incoming.write(plain.recv(65536))
                    talk.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    continue
        for bad in (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x00\x01\x01" + b"\0" * 9, b"\x80\x2e\x01\x03\x03" + b"\0" * 9,
                    b"\x16\x03\x01\x00\x80\x01\x00\x00\x7c\x03\x02" + b"\0" * 117):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
                plain.sendall(bad)
                try:
                    self.assertIn(plain.recv(100), (b"", b"\x15\x03\x01\x00\x02\x02\x46"))
                except ConnectionResetError:
                    pass

    def test_tls(self):
        server = Server(tcp=True)
        pem = {name: server.folder / f"{name}.pem" for name in ("key", "certificate", "other-key", "other")}
        for key, certificate in (("key", "certificate"), ("other-key", "other")):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-keyout", pem[key], "-out", pem[certificate], "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], capture_output=True, check=True)
        server = Server(tcp=True, server={"certificate": pem["certificate"], "key": pem["key"]})
        with server:
            token = server.token("me", "engineer")
            file = server.folder / "token"
            file.write_text(token, encoding="utf-8")
            server.send(*(line("ConversationAdded", conversation=f"c{i}", subject="x" * 500) for i in range(1000)))
            context = ssl.create_default_context(cafile=pem["certificate"])
            with server.watch(token=token, context=context) as watcher:
                self.assertIn(watcher.socket.version(), ("TLSv1.2", "TLSv1.3"))
                watcher.until(lambda w: w.live)
                server.send(line("ConversationRemoved", conversation="c1"))
                watcher.until(lambda w: w.seen[-1][0] == "update")
                self.assertEqual(watcher.documents, server.conversations())
            for version, good in (("-tls1_2", True), ("-tls1_3", True), ("-tls1_1", False), ("-tls1", False)):
                self.assertEqual(self.shakes_hands(server.port, version), good, version)
            self.begins_slowly(server.port, context)
            address = f"https://localhost:{server.port}"
            for authority, expected in (("certificate", 0), ("other", 2)):
                outcome = subprocess.run([TRACKER, "status", address, f"--authority={pem[authority]}",
                                          f"--token-file={file}"], capture_output=True, text=True, check=False)
                self.assertEqual(outcome.returncode, expected, outcome)
            outcome = subprocess.run([TRACKER, "status", address, f"--token-file={file}"], capture_output=True,
                                     text=True, check=False)
            self.assertEqual(outcome.returncode, 2)
            with self.assertRaises((OSError, ConnectionError)):
                server.watch(token=token)

    def test_certificates_of_callers(self):
        server = Server(tcp=True)
        pem = {name: server.folder / f"{name}.pem" for name in ("server", "client", "other")}
        for name, path in pem.items():
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                            "-nodes", "-keyout", f"{path}.key", "-out", path, "-days", "2", "-subj", f"/CN={name}",
                            "-addext", "subjectAltName=DNS:localhost"], capture_output=True, check=True)
        with Server(tcp=True, server={"certificate": pem["server"], "key": f"{pem['server']}.key",
                                      "client-authority": pem["client"]}) as server:
            token = server.token("me", "engineer")
            for name, is_let_in in (("client", True), ("other", False), (None, False)):
                context = ssl.create_default_context(cafile=pem["server"])
                if name:
                    context.load_cert_chain(pem[name], f"{pem[name]}.key")
                try:
                    with server.watch(token=token, context=context) as watcher:
                        watcher.until(lambda w: w.live)
                    got = True
                except OSError:
                    got = False
                self.assertEqual(got, is_let_in, name)
            context = ssl.create_default_context(cafile=pem["server"])
            context.load_cert_chain(pem["client"], f"{pem['client']}.key")
            with self.assertRaises(ConnectionRefusedError):
                server.watch(token="cm.me.wrong", context=context)
            connection = http.client.HTTPSConnection("localhost", server.port, timeout=20, context=context)
            connection.connect()
            kept = connection.sock
            for right, status in ((token, 200), ("cm.me.wrong", 401), (token, 200)):
                connection.request("GET", "/v1/conversations", headers={"Authorization": f"Bearer {right}"})
                answer = connection.getresponse()
                answer.read()
                self.assertEqual(answer.status, status)
                self.assertIs(connection.sock, kept)
            connection.close()

    def test_needed_beyond_loopback(self):
        server = Server(server={"listen": "0.0.0.0:0"})
        outcome = subprocess.run([TRACKER, "serve", f"--config={server.config}"], capture_output=True, text=True,
                                 check=False, timeout=20)
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("certificate", outcome.stderr)


if __name__ == "__main__":
    taptest.main()

# test-conference-agent.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""conference-agent: what was given to it reaches the tracker once, whoever is killed."""

import json
import os
import pathlib
import random
import signal
import stat
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import Server, leaks_of_others, line, now

AGENT = os.environ["CM_AGENT"]
WHERE = {"conversation": "s#c", "leg": "s#c"}
LEFT = [line("ConversationAdded", conferencingUri="sip:b@x.org;gruu;opaque=app:conf:focus:id:f1"),
        line("ModalityStateChanged", modality="AudioVideo", state="Connected"),
        line("ModalityStateChanged", modality="AudioVideo", state="Disconnected")]


def wait(condition, what="it does not come", seconds=40):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


class Agent:
    """conference-agent, with its outbox in the server's folder."""

    def __init__(self, server, *options, source="s", **more):
        self.folder = server.folder
        self.outbox = self.folder / "outbox"
        self.errors = self.folder / "agent-errors"
        self.options = [f"--source={source}", f"--outbox={self.outbox}", *options]
        self.address = server.socket
        self.more = more
        self.start()

    def start(self):
        with self.errors.open("ab") as errors, leaks_of_others():
            self.process = subprocess.Popen([AGENT, *self.options, self.address], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=errors, **self.more)

    def give(self, *lines):
        self.process.stdin.write(b"".join(lines))
        self.process.stdin.flush()

    def kept(self):
        return int(self.process.stdout.readline())

    def end(self, seconds=60):
        self.process.stdin.close()
        return self.ended(seconds)

    def ended(self, seconds=60):
        status = self.process.wait(seconds)
        self.process.stdout.close()
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def said(self):
        return self.errors.read_text()

    def spool(self):
        return b"".join(path.read_bytes() for path in sorted(self.outbox.glob("*.jsonl")))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def journal(server, source="s"):
    """The lines of a source as the tracker has kept them, without its own."""
    text = b"".join(path.read_bytes() for path in sorted((server.folder / "journal").glob("*.jsonl")))
    lines = [json.loads(one) for one in text.splitlines()]
    return [one for one in lines if one["source"] == source and "seq" in one]


def subject(number):
    return line("ConversationAdded", conversation=f"c{number}", subject=f"number {number}")


class Lines(unittest.TestCase):
    def test_lines_get_numbers_and_arrive(self):
        with Server(journal=True) as server:
            with Agent(server) as agent:
                agent.give(subject(1), b"  " + subject(2), line("ConversationAdded", conversation="c3", seq=7), subject(4))
                self.assertEqual(agent.end(), 0, agent.said())
            self.assertEqual([(one["conversation"], one["seq"]) for one in journal(server)],
                             [("c1", 1), ("c2", 2), ("c3", 7), ("c4", 8)])
            self.assertEqual(agent.spool(), b"")
            self.assertEqual(json.loads((agent.outbox / "numbers.json").read_text()), {"s": 8})
            self.assertEqual(stat.S_IMODE(agent.outbox.stat().st_mode), 0o700)
            # Without its folder it goes on from what the tracker has.
            for path in agent.outbox.iterdir():
                path.unlink()
            with Agent(server) as agent:
                agent.give(subject(5))
                self.assertEqual(agent.end(), 0, agent.said())
            self.assertEqual(journal(server)[-1]["seq"], 9)

    def test_bad_lines_are_told_and_skipped(self):
        bad = [b"\n", b"{}\n", b"nonsense\n", b"\xff\xfe\n", b"[" * 100 + b"\n", line("ConversationAdded", source="t"),
               b'{"a":"' + b"x" * (1 << 20) + b'"}\n', b'{"type":"hello",' + line("ConversationAdded")[1:], b'{"at":null}\n']
        with Server(journal=True) as server, Agent(server) as agent:
            agent.give(subject(1), *bad, subject(2).rstrip(b"\n"))
            self.assertEqual(agent.end(), 0, agent.said())
            self.assertEqual([one["conversation"] for one in journal(server)], ["c1", "c2"])
            told = agent.said()
            for number in range(2, 2 + len(bad)):
                self.assertIn(f"line {number}: ", told)
            self.assertEqual(len(told.splitlines()), len(bad))

    def test_random_bytes(self):
        source = random.Random(17)
        with Server(journal=True) as server, Agent(server) as agent:
            agent.give(source.randbytes(300000), b"\n", subject(1))
            self.assertEqual(agent.end(), 0, agent.said()[-300:])
            self.assertEqual(len(journal(server)), 1)

    def test_away_and_back(self):
        """What is given before there is a tracker waits, and its numbers too."""
        server = Server(journal=True).start()
        server.send(line("ConversationAdded", conversation="before", seq=41))
        server.stop()
        with Agent(server, "--kept") as agent:
            agent.give(*map(subject, range(100)))
            while agent.kept() < 100:
                pass
            wait(lambda: agent.said().count("not connected") == 1)
            agent.kill()
            with (agent.outbox / "0000000001.jsonl").open("ab") as torn:
                torn.write(subject(1000)[:50])
            agent.start()
            wait(lambda: agent.said().count("not connected") == 2)
            with server:
                self.assertEqual(agent.end(), 0, agent.said())
                found = journal(server)
                self.assertEqual([one["conversation"] for one in found], ["before", *(f"c{i}" for i in range(100))])
                self.assertEqual([one["seq"] for one in found], list(range(41, 142)))
                self.assertEqual(agent.said().count("not connected"), 2)

    def test_the_outbox_is_bounded(self):
        server = Server(journal=True)
        with Agent(server, "--keep-mib=1", "--kept") as agent:
            big = [line("ConversationAdded", conversation=f"c{i}", subject="x" * 900) for i in range(4000)]
            agent.give(*big)
            while agent.kept() < len(big):
                pass
            self.assertLessEqual(len(agent.spool()), 1 << 20)
            with server:
                self.assertEqual(agent.end(), 0, agent.said())
                found = [one["conversation"] for one in journal(server)]
                self.assertEqual(found, [f"c{i}" for i in range(4000 - len(found), 4000)])
                self.assertIn(f"{4000 - len(found)} lines were dropped", agent.said())
                self.assertEqual(agent.said().count("dropped"), 2)
            # While the tracker is there, nothing is dropped.
            with server, Agent(server, "--keep-mib=1") as agent:
                agent.give(*(line("ConversationAdded", conversation=f"d{i}", subject="x" * 900) for i in range(6000)))
                self.assertEqual(agent.end(), 0, agent.said())
                self.assertEqual(sum(one["conversation"].startswith("d") for one in journal(server)), 6000)

    def test_killed_at_random(self):
        """Both of them, again and again: nothing is lost, and nothing doubled."""
        source = random.Random(5)
        server = Server(journal=True).start()
        total, given = 6000, 0
        with Agent(server, "--kept") as agent:
            settled, base = 0, 0
            while settled < total:
                given = max(given, settled)
                step = source.randrange(1, 200)
                try:
                    agent.give(*(line("ConversationAdded", conversation=f"c{i}", seq=i + 1)
                                 for i in range(given, min(given + step, total))))
                except BrokenPipeError:
                    pass
                given = min(given + step, total)
                what = source.random()
                if what < 0.06:
                    agent.process.kill()
                    rest = agent.process.stdout.read().split()
                    settled = base + int(rest[-1]) if rest else settled
                    agent.kill()
                    # Whoever gives lines gives those again that were not settled.
                    given = base = settled
                    agent.start()
                elif what < 0.12:
                    server.kill()
                    time.sleep(source.random() / 5)
                    server.start()
                elif given == total:
                    while settled < total:
                        settled = base + agent.kept()
            self.assertEqual(agent.end(), 0, agent.said())
        found = [one["seq"] for one in journal(server)]
        server.stop()
        self.assertEqual(found, list(range(1, total + 1)))

    def test_numbers_go_on_over_kills(self):
        source = random.Random(6)
        server = Server(journal=True).start()
        count = 0
        with Agent(server, "--kept") as agent:
            for _ in range(12):
                size = source.randrange(1, 120)
                agent.give(*map(subject, range(count, count + size)))
                while agent.kept() < size:
                    pass
                count += size
                agent.kill()
                if source.random() < 0.5:
                    server.kill()
                    server.start()
                agent.start()
            self.assertEqual(agent.end(), 0, agent.said())
        found = journal(server)
        server.stop()
        self.assertEqual([one["conversation"] for one in found], [f"c{i}" for i in range(count)])
        self.assertEqual([one["seq"] for one in found], list(range(1, count + 1)))

    def test_too_many_a_second(self):
        with Server(journal=True, limits={"source-events-per-second": 100}) as server, Agent(server) as agent:
            agent.give(*map(subject, range(1400)))
            self.assertEqual(agent.end(), 0, agent.said())
            self.assertEqual([one["seq"] for one in journal(server)], list(range(1, 1401)))


class Line(unittest.TestCase):
    def test_wrong_use(self):
        server = Server()
        for options, status, reason in (
            ([], 1, "--source="), (["--source=s", "--command=true"], 1, "belong together"),
            (["--source=s", "--actions=fly", "--command=true"], 1, "fly"),
            (["--source=s", "--actions=rejoin", "--command=/no/program"], 2, "/no/program"),
            (["--source=s", "--keep-mib=0"], 1, "--keep-mib"), (["--source=" + "s" * 257], 1, "256"),
            (["--source=s", "--token-file=/no/file"], 2, "/no/file"), (["--source=s", "--input=/no/pipe"], 2, "mkfifo"),
            (["--source=s", "--outbox=/dev/null/x"], 2, "/dev/null/x"), (["--source=s", "a", "b"], 1, "one address"),
            (["--source=s", "http://elsewhere.example:1"], 1, "https://"),
        ):
            with self.subTest(options), leaks_of_others():
                more = [] if any(one.startswith("--outbox") for one in options) else [f"--outbox={server.folder}/o"]
                done = subprocess.run([AGENT, *more, *options], capture_output=True, stdin=subprocess.DEVNULL, timeout=30,
                                      env={**os.environ, "CONFERENCE_TRACKER_TOKEN": "t"}, check=False)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertIn(reason, done.stderr.decode())

    def test_two_cannot_share_an_outbox(self):
        with Server() as server, Agent(server) as agent:
            wait(lambda: server.metric("agents") == 1)
            with Agent(server) as other:
                self.assertEqual(other.ended(), 2)
            self.assertIn("--outbox", agent.said())

    def test_nobody_is_there(self):
        server = Server()
        with Agent(server, "--linger=1") as agent:
            agent.give(subject(1))
            self.assertEqual(agent.end(), 2)
            self.assertIn("not connected", agent.said())
            self.assertIn(str(agent.outbox), agent.said())

    def test_named_pipe(self):
        with Server(journal=True) as server:
            pipe = server.folder / "pipe"
            os.mkfifo(pipe)
            with Agent(server, f"--input={pipe}") as agent:
                for number in range(3):
                    with pipe.open("wb") as out:
                        out.write(subject(number))
                    wait(lambda: len(journal(server)) == number + 1)
                agent.process.send_signal(signal.SIGTERM)
                self.assertEqual(agent.ended(), 0)

    def test_tokens(self):
        with Server(tcp=True) as server:
            address = f"http://127.0.0.1:{server.port}"
            tokens = {"wrong": "no-token", "watcher": server.token("w", "watcher"),
                      "other": server.token("a", "agent", "--sources=t"), "own": server.token("b", "agent", "--sources=s")}
            reasons = {"wrong": "does not know this token", "watcher": "may not report", "other": "may not report for"}
            for name, token in tokens.items():
                with self.subTest(name):
                    file = server.folder / name
                    file.write_text(token + "\n")
                    agent = Agent(server, f"--token-file={file}", f"--outbox={server.folder}/{name}-outbox", "--linger=2", address)
                    agent.kill()
                    agent.address, agent.errors = address, server.folder / f"{name}-errors"
                    agent.options.pop()
                    with agent:
                        agent.start()
                        agent.give(subject(1))
                        status = agent.end()
                    self.assertEqual(status, 0 if name in ("own", "other") else 2, agent.said())
                    if name in reasons:
                        self.assertIn(reasons[name], agent.said())
            self.assertEqual(list(server.conversations()), ["s#c1"])


class Together(unittest.TestCase):
    """One meeting, told by the servers and by an agent."""

    FOCUS = "sip:ana@example.org;gruu;opaque=app:conf:{}:id:K7Q2"

    def post(self, server, call, at, person, name, properties=""):
        ends = [f"<URI>{person}</URI>", f"<URI>{self.FOCUS.format('audio-video')}</URI>"]
        bye = "<Bye/>" if name == "Ended" else ""
        body = (f'<LyncDiagnostics Version="C"><ConnectionInfo><CallId>{call}</CallId><ConferenceId>K7Q2</ConferenceId>'
                f'<TimeStamp>{at}</TimeStamp></ConnectionInfo><{name} Type="audio"><From>{ends[0]}</From><To>{ends[1]}</To>'
                f'<Properties>{properties}</Properties></{name}>{bye}</LyncDiagnostics>')
        self.assertEqual(server.request("POST", "/v1/hooks/front?key=let-me-in", body)[0], 200)

    def test_one_conversation(self):
        server = Server(journal=True)
        (server.folder / "secret").write_text("let-me-in")
        (server.folder / "secret").chmod(0o600)
        with server.config.open("a", encoding="utf-8") as config:
            config.write(f"[feed front]\ntype=sdn\nsecret-file={server.folder}/secret\n")
        key = "conf:ana@example.org/k7q2"
        bandwidth = "<Bandwidth><Average>9</Average><Maximum>9</Maximum></Bandwidth>"
        with server, Agent(server, source="lync/ana") as agent:
            say = lambda event, **more: agent.give(line(event, source="lync/ana", **more))
            self.post(server, "b", now(-60), "sip:BEN@example.org", "Start", bandwidth)
            say("ConversationAdded", conferencingUri="conf:" + self.FOCUS.format("focus") + "?conversation-id=1")
            say("ModalityStateChanged", modality="AudioVideo", state="Connected")
            say("ParticipantAdded", participant="SIP:ana@Example.org", isSelf=True, isPresenter=True)
            say("ParticipantAdded", participant="ben@example.org", isPresenter=True, name="Ben")
            wait(lambda: len(server.conversations().get(key, {}).get("participants", {})) == 2)
            self.post(server, "a", now(-50), "sip:ana@example.org", "Start", bandwidth)
            self.post(server, "b2", now(-40), "sip:ben@example.org", "Start", bandwidth)
            conversations = server.conversations()
            self.assertEqual(list(conversations), [key])
            self.assertEqual(len(conversations[key]["legs"]), 2)
            people = {address: (one["role"], one["state"]) for address, one in conversations[key]["participants"].items()}
            self.assertEqual(people, {f"sip:{one}@example.org": ("presenter", "Connected") for one in ("ana", "ben")})
            say("ConversationRemoved")
            wait(lambda: any(leg["phase"] == "ended" for leg in server.conversations()[key]["legs"].values()))
            self.assertEqual(server.conversations()[key]["phase"], "in-conference")
            self.assertNotIn("left", server.conversations()[key]["participants"]["sip:ben@example.org"])


class Commands(unittest.TestCase):
    def agent(self, server, body):
        program = server.folder / "program.py"
        program.write_text(f"import json, sys, time\ncommand = json.loads(sys.stdin.readline())\n{body}\n")
        agent = Agent(server, "--actions=rejoin,mute", f"--command=/usr/bin/python3 '{program}' 'two words'")
        agent.give(*LEFT)
        wait(lambda: server.conversations().get("conf:b@x.org/f1", {}).get("phase") == "left")
        return agent

    def ask(self, server, watcher, **more):
        status, answer = server.command(conversation="conf:b@x.org/f1", leg="s#c", action="rejoin", **more)
        self.assertEqual(status, 202, answer)
        return answer["id"]

    def test_taken(self):
        with Server() as server, server.watch() as watcher:
            body = f"open({str(server.folder / 'asked')!r}, 'w').write(json.dumps([command, sys.argv[1:]]))"
            with self.agent(server, body) as agent:
                asked = self.ask(server, watcher)
                wait((server.folder / "asked").exists)
                agent.give(line("ModalityStateChanged", modality="AudioVideo", state="Connecting"))
                watcher.until(lambda w: w.commands.get(asked) == ["sent", "done"])
                command, arguments = json.loads((server.folder / "asked").read_text())
                self.assertEqual(arguments, ["two words"])
                self.assertEqual({name: command[name] for name in ("source", "conversation", "action")},
                                 {"source": "s", "conversation": "c", "action": "rejoin"})

    def test_refused(self):
        for body, reason in (("print('the phone is off', file=sys.stderr); print('x' * 9, file=sys.stderr); sys.exit(3)",
                              "the phone is off"),
                             ("sys.exit(1)", "did not say why"),
                             ("sys.stderr.write('é' * 500000); sys.exit(1)", "é" * 100)):
            with self.subTest(reason), Server() as server, server.watch() as watcher, self.agent(server, body):
                asked = self.ask(server, watcher)
                watcher.until(lambda w: w.commands.get(asked) == ["sent", "refused"])
                told = json.loads(watcher.raw)["reason"]
                self.assertTrue(told.endswith(reason), told)
                self.assertLessEqual(len(told.encode()), 200)

    def test_silent(self):
        with Server() as server, server.watch() as watcher, Agent(server, "--heartbeat=1") as agent:
            agent.give(subject(1))
            watcher.until(lambda w: w.sources.get("s", {}).get("status") == "Connected")
            for _ in range(4):
                watcher.message()
                self.assertEqual(watcher.sources["s"]["status"], "Connected")
            agent.process.send_signal(signal.SIGSTOP)
            watcher.until(lambda w: w.sources["s"]["status"] == "Lost")
            agent.process.send_signal(signal.SIGCONT)
            watcher.until(lambda w: w.sources["s"]["status"] == "Connected")


if __name__ == "__main__":
    taptest.main()

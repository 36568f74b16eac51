# protocol.py SUBSCRIBERS SNAPSHOT JSON-GLIB-LOOP READER-LOOP
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The watch protocol under load, beside what it is measured by, in one run.

Ratios mean something, seconds do not. Work is processor time, of all threads of a
process, those that have ended too. CM_BENCH_SECONDS, CM_BENCH_EVENTS, CM_BENCH_KEPT and
CM_BENCH_TURNS make a shorter run.
"""

import datetime
import os
import pathlib
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from watcher import TRACKER, Server, line  # noqa: E402

SECONDS = float(os.environ.get("CM_BENCH_SECONDS", 10))
EVENTS = int(os.environ.get("CM_BENCH_EVENTS", 300_000))
KEPT = int(os.environ.get("CM_BENCH_KEPT", 1_000_000))
TURNS = int(os.environ.get("CM_BENCH_TURNS", 3))
CONVERSATIONS = 1000
FRAME = 50_000  # µs
RING = 8192  # KiB

failed = False


def measure(name, value, goal, good):
    global failed
    failed = failed or not good
    print(f"{'ok    ' if good else 'MISSED'} {name}: {value} (goal {goal})", flush=True)


def work(pid):
    """Seconds of processor time. Each checkpoint is a thread that ends: what /proc has of
    the threads that run would lose it. This is clock_getcpuclockid() of another process."""
    return time.clock_gettime(~pid << 3 | 2)


def memory(pid):
    """KiB."""
    for text in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if text.startswith("VmRSS"):
            return int(text.split()[1])
    return 0


def event(i):
    """A change that says when it was sent; each conversation in turn."""
    return line("ConversationPropertyChanged", conversation=f"c{i % CONVERSATIONS}", property="Subject",
                value=f"@T{time.monotonic_ns():019}", source="lync/bench@contoso.com", at="2030-01-01T00:00:00Z")


class Subscribers:
    def __init__(self, host, port, count, greeting, stopped=0):
        with tempfile.NamedTemporaryFile("w", suffix=".greeting") as file:
            file.write(greeting)
            file.flush()
            self.process = subprocess.Popen([sys.argv[1], host, str(port), str(count), str(stopped), file.name],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert self.process.stdout.readline() == "ready\n"
        time.sleep(1)

    def end(self):
        """Deliveries, and the middle and the 99th hundredth of their delay in µs."""
        time.sleep(1)
        out, _ = self.process.communicate("")
        return map(int, out.split())


def pace(send, rate):
    """Sends events at that rate, each by itself as it happens; returns how many."""
    begin, sent = time.monotonic(), 0
    while (spent := time.monotonic() - begin) < SECONDS:
        if spent * rate > sent:
            send(event(sent))
            sent += 1
        else:
            time.sleep(0.0002)
    return sent


def upgrade(token):
    return ("GET /v1/watch HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Authorization: Bearer {token}\r\n\r\n")


def run_tracker(count, rate, stopped=0):
    """Deliveries a second of work, p50 and p99 in µs, and how much memory it took."""
    with Server(tcp=True, watch={"ring-kib": RING}) as server:
        token = server.token("bench", "engineer")
        server.send(*(line("ConversationAdded", conversation=f"c{i}", source="lync/bench@contoso.com")
                      for i in range(CONVERSATIONS)))
        subscribers = Subscribers("127.0.0.1", server.port, count, upgrade(token), stopped)
        agent = server.agent(sources=["lync/bench@contoso.com"], actions=[])
        before, full = work(server.process.pid), memory(server.process.pid)
        sent = pace(agent.report, rate)
        time.sleep(0.3)
        spent, more = work(server.process.pid) - before, memory(server.process.pid) - full
        deliveries, middle, p99 = subscribers.end()
        agent.close()
        assert deliveries >= sent * count * 0.99, (deliveries, sent * count)
        return deliveries / spent, middle, p99, more


def run_nats(program, count, rate):
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    process = subprocess.Popen([program, "-a", "127.0.0.1", "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                publisher = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        hello = 'CONNECT {"verbose":false,"pedantic":false}\r\n'
        publisher.sendall(hello.encode())
        subscribers = Subscribers("127.0.0.1", port, count, hello + "SUB events 1\r\n")
        before = work(process.pid)

        sent = pace(lambda one: publisher.sendall(b"PUB events %d\r\n%s\r\n" % (len(one), one)), rate)
        time.sleep(0.3)
        spent = work(process.pid) - before
        deliveries, middle, p99 = subscribers.end()
        assert deliveries >= sent * count * 0.99, (deliveries, sent * count)
        return deliveries / spent, middle, p99
    finally:
        process.terminate()
        process.wait()


def fan_out():
    program = shutil.which("nats-server") or shutil.which("/usr/sbin/nats-server")
    ours, middle, p99 = (statistics.median(of) for of in zip(*(run_tracker(100, 1000)[:3] for _ in range(TURNS))))
    print(f"1000 events/s to 100 subscribers: the tracker {ours:,.0f} deliveries a second of work; "
          f"p50 {middle / 1000:.1f} ms, p99 {p99 / 1000:.1f} ms")
    measure("event to subscriber, p99", f"{p99 / 1000:.1f} ms", "frame + 10 ms: 60 ms", p99 <= FRAME + 10_000)
    if program is None:
        print("SKIP  fan-out beside nats-server: it is not installed")
        return
    theirs, middle, p99 = (statistics.median(of) for of in zip(*(run_nats(program, 100, 1000) for _ in range(TURNS))))
    print(f"the same, nats-server {theirs:,.0f} deliveries a second of work; p50 {middle / 1000:.1f} ms, "
          f"p99 {p99 / 1000:.1f} ms")
    measure("fan-out, against nats-server", f"{ours / theirs:.1f} times", "5", ours >= 5 * theirs)


def one_who_stops():
    _, _, calm, little = run_tracker(10, 5000)
    _, _, beside, much = run_tracker(10, 5000, stopped=1)
    measure("p99 beside one who has stopped", f"{beside / 1000:.1f} ms, undisturbed {calm / 1000:.1f} ms", "2 times",
            beside <= 2 * calm)
    measure("memory for one who has stopped", f"{much - little} KiB more", f"ring + 1 MiB: {RING + 1024} KiB",
            much - little <= RING + 1024)


def snapshot():
    count = 100_000
    with tempfile.NamedTemporaryFile() as file:
        # It is gone before anything is measured: its own work would be in the way.
        with Server() as server:
            for start in range(0, count, 10_000):
                server.send(*(line(kind, conversation=f"c{i}", source="lync/bench@contoso.com", **more)
                              for i in range(start, start + 10_000)
                              for kind, more in (("ConversationAdded", {"subject": f"Review number {i}"}),
                                                 ("ModalityStateChanged", {"modality": "AudioVideo", "state": "Connected"}))))
            with server.watch() as watcher:
                while not watcher.live:
                    watcher.message()
                    file.write(struct.pack("=I", len(watcher.raw)) + watcher.raw)
        file.flush()
        runs = [subprocess.run([sys.argv[2], file.name], check=True, capture_output=True, text=True).stdout.split()
                for _ in range(max(TURNS, 9))]
        size = os.path.getsize(file.name)
    copied, documents, taken = (statistics.median(map(float, of)) for of in zip(*runs))
    print(f"a snapshot of {count} conversations, {size / 1e6:.0f} MB: copied in {copied:.0f} ms, read in {documents:.0f} ms, "
          f"in the list of a window in {taken:.0f} ms")
    measure("snapshot into a client's documents, against memcpy", f"{documents / copied:.1f} times", "8", documents <= 8 * copied)
    measure("snapshot into the list of a window, against memcpy", f"{taken / copied:.1f} times", "8", taken <= 8 * copied)


def intake(path, lines, journal):
    """Seconds of work for all events, with 10 subscribers, and the server."""
    server = Server(tcp=True, journal=journal).start()
    token = server.token("bench", "engineer")
    subscribers = Subscribers("127.0.0.1", server.port, 10, upgrade(token))
    before = work(server.process.pid)
    with path.open("rb") as file:
        while part := file.readlines(4 * 1024 * 1024):
            server.send(*part)
    time.sleep(0.2)
    spent = work(server.process.pid) - before
    subscribers.process.communicate("")
    return spent, server


def whole_way():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "events.jsonl"
        with path.open("wb") as file:
            subprocess.run([TRACKER, "simulate", "--stations=200", "--conversations=100", "--rate=1000", "--seed=1",
                            f"--duration={EVENTS // 1000}"], stdout=file, check=True)
        lines = sum(1 for _ in path.open("rb"))
        on, off, bare = [], [], []
        for _ in range(TURNS):
            spent, server = intake(path, lines, True)
            on.append(spent)
            server.stop()
            bare.append(run_work(sys.argv[3], str(path)))
            spent, server = intake(path, lines, False)
            off.append(spent)
            server.stop()
    on, off, bare = map(statistics.median, (on, off, bare))
    print(f"{lines} events: journal and 10 subscribers {lines / on:,.0f}/s of work, without journal {lines / off:,.0f}/s; "
          f"bare json-glib loop {lines / bare:,.0f}/s")
    measure("read, journal, track, 10 subscribers, against a bare json-glib loop", f"{bare / on:.2f} times", "2", bare >= 2 * on)
    measure("with journal, of without", f"{off / on:.2f}", "0.6", off >= 0.6 * on)


def shift(file, folder):
    """Writes the lines as a journal whose last event is just now."""
    first = datetime.datetime.fromisoformat("2011-11-09T09:00:00+00:00")
    ahead = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0) - first \
        - datetime.timedelta(minutes=KEPT // 1000 // 60 + 1)
    minutes, lines = {}, 0
    with (folder / "0000000001.jsonl").open("w", encoding="utf-8") as out:
        for text in file:
            minute = text[7:23]
            if minute not in minutes:
                then = datetime.datetime.fromisoformat(minute + ":00+00:00") + ahead
                minutes[minute] = then.strftime("%Y-%m-%dT%H:%M")
            out.write(text[:7] + minutes[minute] + text[23:])
            lines += 1
    return lines


def restart(server):
    """Seconds of work until it serves, and what it then knows."""
    server.start()
    spent = work(server.process.pid)
    return spent, set(server.conversations())


def run_work(*command):
    """Seconds of work of a program."""
    pid = os.posix_spawnp(command[0], command, os.environ,
                          file_actions=[(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_WRONLY, 0) for fd in (1, 2)])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime


def recovery():
    """After a million events: from the checkpoint, and where there is none."""
    server = Server(journal=True)
    folder = server.folder / "journal"
    folder.mkdir()
    with subprocess.Popen([TRACKER, "simulate", "--stations=300", "--conversations=1000", "--rate=1000", "--seed=1",
                           f"--duration={KEPT // 1000}"], stdout=subprocess.PIPE, text=True) as source:
        lines = shift(source.stdout, folder)
    whole, known = restart(server)
    while not (folder / "checkpoint").exists():
        time.sleep(0.2)
    quick, scans, bytewise = [], [], []
    for _ in range(max(TURNS, 5)):
        server.kill()
        spent, there = restart(server)
        assert there == known, "a restart knows something else"
        quick.append(spent)
        scans.append(run_work(sys.argv[4], str(folder / "0000000001.jsonl")))
        bytewise.append(run_work("wc", "-l", str(folder / "0000000001.jsonl")))
    server.kill()
    spent, bare = statistics.median(quick), statistics.median(scans)
    print(f"a journal of {lines} events, {(folder / '0000000001.jsonl').stat().st_size / 1e6:.0f} MB, {len(known)} conversations: "
          f"a start by its checkpoint {spent:.2f} s of work, by all lines {whole:.2f} s; each token of each line read, and "
          f"nothing done with it {bare:.2f} s; line ends alone counted {statistics.median(bytewise):.2f} s")
    measure("recovery, against bare read and scan", f"{spent / bare:.2f} times", "2", spent <= 2 * bare)


def main():
    for part in (fan_out, one_who_stops, snapshot, whole_way, recovery):
        part()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the portal's pages cost the server's processor, held against two Python peers and against a small portal.

Each server answers to one client that keeps sixteen connections busy, as browsers behind a proxy do. Only what the server's
process used counts (/proc/PID/task/*/schedstat), so that the client's own cost and what else the machine does stand aside.

usage: bench/portal.py BINARY [PUBLICATIONS [FEW]]
"""
import contextlib
import hashlib
import html
import json
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time

import ledger

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "..", ".build", "portal-peers", "bin")
PARAGRAPH = (
    "示例采购项目的潜在供应商应在示例平台获取采购文件，并于递交截止时间前提交响应文件。本项目预算金额共计人民币一百二十万元，"
    "最高限价同预算金额。采购需求包括办公设备、运行维护和培训服务，详见采购文件；A & B 两类设备的参数须 ≥ 所列指标。")


class Published(ledger.Ledger):
    """A made-up ledger, and a publication for every obligation of it."""

    def fill(self, database):
        super().fill(database)
        many = database.executemany
        many("INSERT INTO publication (id, item, jurisdiction, body, project, lot, period, channel, audience, origin, source,"
             " source_key, state, editions, title, day, first_seen_at) VALUES (?, ?, ?, ?, ?, '', '', 'portal', 'everyone',"
             " 'local', ?, ?, 'released', 1, ?, ?, ?)", (self.paper(n) for n in range(self.count)))
        many("INSERT INTO edition (publication, n, kind, record, sha256, reason, claimed_at, released_at, released_day,"
             " released_by) VALUES (?, 1, 'first', ?, ?, '', '', ?, ?, 'bench')", (self.edition(n) for n in range(self.count)))
        many("INSERT INTO journal (at, actor, act, subject_kind, subject_id, change) VALUES (?, 'bench',"
             " 'edition.released', 'publication', ?, '{\"audience\":\"everyone\",\"kind\":\"first\",\"n\":\"1\"}')",
             ((self.instant(self.day(n)), f"p{n}") for n in range(self.count)))
        many("INSERT INTO project_key (kind, scope, value_folded, value_printed, project, source)"
             " VALUES ('procurement', '', ?, ?, ?, '')",
             ((f"SXCG-{n:07}", f"SXCG-{n:07}", self.project(n)) for n in range(self.projects)))

    def paper(self, number):
        day = str(self.day(number))
        return (f"p{number}", self.item(number)[0], ledger.PLACE, self.body(self.owner(number)),
                self.project(number // 20), "", f"p{number}", f"示例项目第{number}号公告", day, self.instant(day))

    def edition(self, number):
        record = json.dumps({
            "address": "", "documentNumber": f"示财采〔2026〕{number}号", "sourceHash": "", "sourceName": "示例来源",
            "text": "\n".join(f"{n}、{PARAGRAPH}" for n in range(1, 9)), "title": f"示例项目第{number}号公告",
        }, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        day = str(self.day(number))
        return f"p{number}", record, hashlib.sha256(record).hexdigest(), self.instant(day), day

    def kinds(self):
        """An address of every kind of page but search; two that cost the most where a kind has several."""
        middle = self.count // 2
        return [
            ("home", "/"), ("home, data", "/index.json"), ("obligations", "/obligations"),
            ("obligations, overdue", "/obligations?state=overdue"), ("one obligation", "/obligations/" + self.obligation(middle)),
            ("due days, calendar file", "/obligations.ics"), ("projects", "/projects"),
            ("one project", "/projects/" + self.project(middle // 20)),
            ("one project by its code", f"/projects/SXCG-{middle // 20:07}"), ("publications", "/publications"),
            ("publications of a body", "/publications?body=" + self.body(3)),
            ("publications of an item", "/publications?item=" + self.item(3)[0]), ("bodies", "/bodies"),
            ("one body", "/bodies/" + self.body(3)), ("catalogues", "/catalogue"),
            ("one catalogue", "/catalogue/" + ledger.PLACE), ("one item", "/catalogue/" + self.item(3)[0]),
            ("figures", "/about/figures"), ("rules", "/about/rules"), ("calendar", f"/calendar/{self.today.year}"),
            ("procedures", "/chains"), ("the log", "/log"), ("one leaf", "/log/leaves/20"),
        ]


CONNECTIONS = 16


class Clients:
    """Some connections, kept; all ask at once, and all answers are read before they ask again."""

    def __init__(self, port, count=CONNECTIONS):
        self.all = [Client(port) for _ in range(count)]

    def get(self, path, fields=""):
        return self.all[0].get(path, fields)

    def round(self, asks):
        """One question on each connection: the paths asked, with their statuses."""
        paths = []
        for client in self.all:
            path, fields = next(asks)
            client.ask(path, fields)
            paths.append(path)
        return [(path, client.answer()[0]) for path, client in zip(paths, self.all)]


class Client:
    """One connection, kept; asks and reads to the end of each answer."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.rest = b""

    def get(self, path, fields=""):
        self.ask(path, fields)
        return self.answer()

    def ask(self, path, fields=""):
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{fields}\r\n".encode())

    def answer(self):
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            self.fill()
        head, self.rest = self.rest[:end].lower(), self.rest[end + 4:]
        status = int(head[9:12])
        if b"transfer-encoding: chunked" in head:
            return status, head, self.chunks()
        length = re.search(rb"content-length: (\d+)", head)
        return status, head, self.take(int(length[1]) if length and status != 304 else 0)

    def chunks(self):
        body = b""
        while True:
            while b"\r\n" not in self.rest:
                self.fill()
            size, self.rest = self.rest.split(b"\r\n", 1)
            piece = self.take(int(size, 16) + 2)[:-2]
            if not piece:
                return body
            body += piece

    def take(self, size):
        while len(self.rest) < size:
            self.fill()
        body, self.rest = self.rest[:size], self.rest[size:]
        return body

    def fill(self):
        piece = self.connection.recv(1 << 18)
        if not piece:
            raise SystemExit("bench: the server closed the connection")
        self.rest += piece


def cpu_seconds(pid):
    """What all threads of a process have run so far."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError), open(f"/proc/{pid}/task/{thread}/schedstat") as file:
            total += int(file.read().split()[0])
    return total / 1e9


def cost(pid, clients, asks, expected=200, seconds=1.0):
    """Milliseconds of the server's processor for one answer; asks go on until the server has used so many seconds."""
    clients.round(asks)
    done, used, start = 0, 0, cpu_seconds(pid)
    while used < seconds:
        for path, status in clients.round(asks):
            if status != expected:
                raise SystemExit(f"bench: {path} answered {status}")
        done += CONNECTIONS
        used = cpu_seconds(pid) - start
    return 1000 * used / done


def repeated(paths, fields=""):
    while True:
        for path in paths:
            yield path, fields


class Ours(ledger.Server):
    """As of `serve`, when all that follows the journal has come to its end."""

    def settle(self):
        start = time.perf_counter()
        for file, name in [("sundial.sqlite", "tally"), ("sundial.sqlite", "log"), ("search.sqlite", "search")]:
            self.wait(lambda: self.bookmark(file, name) >= self.head())
        self.wait(self.is_idle)
        return time.perf_counter() - start

    def bookmark(self, file, name):
        with contextlib.closing(sqlite3.connect(os.path.join(self.ledger.folder, file))) as database:
            row = database.execute("SELECT bookmark_seq FROM follower WHERE name = ?", (name,)).fetchone()
            return row[0] if row else 0

    def head(self):
        with contextlib.closing(sqlite3.connect(self.ledger.file)) as database:
            return database.execute("SELECT max(seq) FROM journal").fetchone()[0]

    def is_idle(self):
        before = cpu_seconds(self.process.pid)
        time.sleep(1)
        # What follows the journal asks for news now and then.
        return cpu_seconds(self.process.pid) - before < 0.1


@contextlib.contextmanager
def peer(command, environment):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [part.format(port=port) for part in command], env={**os.environ, **environment}, cwd=HERE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                yield process.pid, Clients(port)
                return
            time.sleep(0.1)
        raise SystemExit(f"bench: {command[0]} does not answer")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def page_template(page, number):
    """Our page as a template of Jinja2: what the row says is filled in."""
    text = page.decode().replace("{{", "").replace("{%", "")
    start, end = text.index("1、示例采购"), text.rindex("所列指标。") + len("所列指标。")
    opening = text.rindex("<p>", 0, start) if "<p>" in text[:start] else start
    text = (text[:opening] + "{% for paragraph in paragraphs %}<p>{{ paragraph }}</p>\n{% endfor %}" + text[end:])
    for word, name in [(f"示例项目第{number}号公告", "title"), (f"p{number}", "id")]:
        text = text.replace(html.escape(word), "{{ " + name + " }}")
    return text


def publication(many, server):
    """One publication's page: kept, not modified, and made from the row each time; milliseconds by name."""
    pid, client = server.process.pid, Clients(server.port)
    few = [f"/publications/p{n}" for n in range(0, many.count, many.count // 50)][:50]
    tagged = [(path, re.search(rb'etag: ("[^"]+")', client.get(path)[1])[1].decode()) for path in few]

    def known():
        while True:
            for path, tag in tagged:
                yield path, f"If-None-Match: {tag}\r\n"

    def new(first, fields=""):
        # Far apart, and none that the other run has made.
        number = first
        while True:
            number = (number + 7918) % many.count
            yield f"/publications/p{number}", fields
    page = client.get(few[7])[2]
    for path in few:
        client.get(path, "Accept-Encoding: gzip\r\n")
    return page, {
        "kept": cost(pid, client, repeated(few)),
        "kept, compressed": cost(pid, client, repeated(few, "Accept-Encoding: gzip\r\n")),
        "not modified": cost(pid, client, known(), expected=304),
        "made from the row": cost(pid, client, new(1)),
        "made and compressed": cost(pid, client, new(2, "Accept-Encoding: gzip\r\n")),
    }


def peers(many, page, folder):
    """The same row by Starlette and by Datasette."""
    number = 7 * (many.count // 50)
    template = os.path.join(folder, "publication.html")
    with open(template, "w", encoding="utf-8") as file:
        file.write(page_template(page, number))
    papers = [f"p{(n * 7919) % many.count}" for n in range(2000)]
    # An access log of each, as we write one.
    command = [os.path.join(PEERS, "uvicorn"), "portal_peer:app", "--port", "{port}"]
    with peer(command, {"DATABASE": many.file, "TEMPLATE": template}) as (pid, client):
        size = len(client.get(f"/publications/p{number}")[2])
        starlette = cost(pid, client, repeated([f"/publications/{paper}" for paper in papers]))
    command = [os.path.join(PEERS, "datasette"), "serve", many.file, "--port", "{port}"]
    with peer(command, {}) as (pid, client):
        datasette = cost(pid, client, repeated([f"/sundial/publication/{paper}" for paper in papers]), seconds=2)
    return size, starlette, datasette


def kinds(published, server):
    """Every other kind of page, made anew each time; milliseconds by name."""
    pid, client = server.process.pid, Clients(server.port)

    def fresh(path):
        number = 0
        while True:
            number += 1
            yield path + ("&" if "?" in path else "?") + f"bench={number}", ""
    return {name: cost(pid, client, fresh(path), seconds=0.5) for name, path in published.kinds()}


def measure(binary, folder, count=100_000, few=1_000):
    small = Published(binary, os.path.join(folder, "portal-few"), few)
    large = Published(binary, os.path.join(folder, "portal-many"), count)
    small.make()
    large.make()
    with Ours(small) as server:
        server.settle()
        few_cost = kinds(small, server)
    with Ours(large) as server:
        settled = server.settle()
        page, ours = publication(large, server)
        many_cost = kinds(large, server)
    print(f"portal: {count} publications; the server's processor, milliseconds a page, {CONNECTIONS} connections")
    print(f"  what follows the journal came to its end in {settled:.0f} s")
    has_peers = os.path.exists(os.path.join(PEERS, "uvicorn"))
    size, starlette, datasette = peers(large, page, folder) if has_peers else (0, None, None)
    for name, spent in ours.items():
        line = f"  publication, {name:<24}{spent:9.4f}"
        if has_peers:
            line += f"   starlette : ours {starlette / spent:7.2f}   datasette : ours {datasette / spent:8.1f}"
        print(line)
    if has_peers:
        print(f"  starlette {starlette:.4f} ({size} bytes, ours {len(page)}), datasette's row page {datasette:.4f}")
    else:
        print("  without peers: script/portal-peers could not install them")
    print(f"  made anew each time, over {few} and over {count} publications")
    for name, spent in many_cost.items():
        print(f"  {name:<34}{few_cost[name]:9.3f}{spent:9.3f}   many : few {spent / few_cost[name]:6.2f}")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        measure(os.path.abspath(sys.argv[1]), place, *(int(number) for number in sys.argv[2:4]))

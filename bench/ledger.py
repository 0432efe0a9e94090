"""What pages cost with many obligations, held against the same pages with few, in one run.

Two data folders are made with the program's own tables, then filled by plain statements: the ledger of some years, most
obligations met, some overdue, some still to come. The same server program answers over both.

Every answer is made anew: the server keeps rendered pages by the name under which it was reached, and each request here
comes under a name of its own. Beside the time stands the server's own processor time, which other work on the machine
does not lengthen: pages are held against each other by that.
"""
import contextlib
import datetime
import http.client
import itertools
import json
import os
import random
import signal
import socket
import sqlite3
import statistics
import subprocess
import time
import urllib.parse

DAYS = 3 * 365
PLACE = "FG"
# Those that keep what they derive beside the obligations.
FOLLOWERS = ("log", "tally")


class Ledger:
    """One made-up data folder."""

    def __init__(self, binary, folder, count):
        self.binary, self.folder, self.count = binary, folder, count
        self.chance = random.Random(count)
        self.today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
        self.first = self.today - datetime.timedelta(days=DAYS)
        self.bodies = max(10, count // 1000)
        self.projects = count // 20

    def make(self):
        """Seconds it took; what an earlier run has left in the folder is used again."""
        subprocess.run(
            [self.binary, "source", "list", "--data", self.folder], stdout=subprocess.DEVNULL, check=True)
        start = time.perf_counter()
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA synchronous = OFF")
            self.items = database.execute(
                "SELECT item_id, version, field FROM catalogue_item WHERE catalogue = ? AND kind = 'item'"
                " ORDER BY item_id", (PLACE,)).fetchall()
            if not database.execute("SELECT id FROM obligation LIMIT 1").fetchone():
                self.fill(database)
                database.commit()
        return time.perf_counter() - start

    @property
    def file(self):
        return os.path.join(self.folder, "sundial.sqlite")

    def fill(self, database):
        many = database.executemany
        many("INSERT INTO body (id, jurisdiction, kind, publishes_here, territory, open_class, successor)"
             " VALUES (?, ?, 'organ', 1, '', 0, '')", ((self.body(n), PLACE) for n in range(self.bodies)))
        many("INSERT INTO body_name (body, jurisdiction, folded, name, official, from_day, to_day)"
             " VALUES (?, ?, ?, ?, 1, '', '')",
             ((self.body(n), PLACE, f"测试机关{n}", f"测试机关{n}") for n in range(self.bodies)))
        many("INSERT INTO project (id, jurisdiction, field, title, scopes) VALUES (?, ?, ?, ?, '')",
             ((self.project(n), PLACE, self.item(n * 20)[2], f"测试项目{n:06}") for n in range(self.projects)))
        many("INSERT INTO event (id, root, natural_key, kind, item, body, jurisdiction, project, lot, period, day, time,"
             " basis, evidence, evidence_edition, recorded_at, recorded_by, state, reason) VALUES (?, ?, ?,"
             " 'item.formed', ?, ?, ?, ?, '', '', ?, '', 'document', '', '', ?, 'bench', 'current', '')", self.events())
        now, past, discharges, late = [], [], [], []
        for number in range(self.count):
            row = self.row(number)
            now.append(row["now"])
            past.extend(row["past"])
            discharges.extend(row["discharge"])
            late.extend(row["late"])
        marks = ", ".join("?" * 28)
        many(f"INSERT INTO obligation VALUES ({marks})", now)
        many(f"INSERT INTO obligation_past VALUES ({marks})", past)
        many("INSERT INTO discharge (obligation, publication, n, day, basis, verdict, revoked, since)"
             " VALUES (?, ?, 1, ?, 'attested', ?, 0, ?)", discharges)
        many("INSERT INTO overdue_entry (obligation, due, entered_on) VALUES (?, ?, ?)", late)
        yesterday = self.today - datetime.timedelta(days=1)
        database.execute("INSERT INTO closed_day (day, ran_at, entries) VALUES (?, ?, 0)",
                         (str(yesterday), f"{self.today}T00:00:00Z"))
        many("INSERT INTO journal (at, actor, act, subject_kind, subject_id, change) VALUES (?, 'bench',"
             " 'project.opened', 'project', ?, '{}')",
             ((self.instant(self.day(n * 20)), self.project(n)) for n in range(self.projects)))
        many("INSERT INTO journal (at, actor, act, subject_kind, subject_id, change) VALUES (?, 'bench',"
             " 'obligation.created', 'obligation', ?, '{}')",
             ((self.instant(self.day(n)), self.obligation(n)) for n in range(self.count)))

    def events(self):
        for number in range(self.count):
            day, item = self.day(number), self.item(number)[0]
            yield (self.event(number), self.event(number), f"k{number}", item, self.body(self.owner(number)), PLACE,
                   self.project(number // 20), str(day), self.instant(day))

    def row(self, number):
        """What an obligation is now, and what it was until it was met."""
        item, version, field = self.item(number)
        day = self.day(number)
        due = day + datetime.timedelta(days=28)
        fate = self.chance.random()
        closed, on = "", None
        if fate < 0.72:
            closed, on = "on_time", day + datetime.timedelta(days=self.chance.randint(1, 27))
        elif fate < 0.84:
            closed, on = "late", due + datetime.timedelta(days=self.chance.randint(1, 90))
        elif fate < 0.87:
            closed, on = "withheld", day + datetime.timedelta(days=5)
        waits = fate > 0.97
        if on is not None and on > self.today:
            closed, on = "", None
        common = [self.obligation(number), item, version, PLACE, field, "portal", self.body(self.owner(number)),
                  self.event(number), "", self.project(number // 20), "", "item.formed"]
        trigger = ["", None, None, None] if waits else [self.event(number), str(day), "document", str(due)]
        flags = [0, "" if waits else "active-20wd", 1, 1, 0, 1, None, ""]
        now = common + ["active-20wd"] + trigger + flags + [closed, on and str(on), str(on or day)]
        past = common + trigger + flags + ["", None, str(day), str(on)]
        met = closed in ("on_time", "late")
        return {
            "now": now, "past": [past] if on else [],
            "discharge": [(common[0], f"p{number}", str(on), closed, str(on))] if met else [],
            "late": [(common[0], str(due), str(due + datetime.timedelta(days=1)))]
            if not waits and due < (on or self.today) and closed != "withheld" else [],
        }

    # As the program makes them: opaque, in the order of time.
    def obligation(self, number): return f"o{number:019}"
    def event(self, number): return f"e{number:019}"
    def project(self, number): return f"j{number:019}"
    def body(self, number): return f"bench-{number}"
    def item(self, number): return self.items[number % len(self.items)]
    def owner(self, number): return (number * 7919) % self.bodies
    def day(self, number): return self.first + datetime.timedelta(days=number * DAYS // self.count)
    def instant(self, day): return f"{day}T02:00:00Z"

    # What is asked for.
    def addresses(self, cursor):
        middle = self.count // 2
        then = self.day(middle)
        body, project = self.body(3), self.project(middle // 20)
        field = urllib.parse.quote(self.item(middle)[2])
        return [
            ("home", "/"),
            ("obligations, first page", "/obligations"),
            ("obligations, page in the middle", f"/obligations?after={cursor}"),
            ("obligations, overdue", "/obligations?state=overdue"),
            ("obligations, due soon", "/obligations?state=due-soon"),
            ("obligations of one field", f"/obligations?field={field}"),
            ("obligations due from the middle on", f"/obligations?from={then}"),
            ("one obligation", "/obligations/" + self.obligation(middle)),
            ("one body", "/bodies/" + body),
            ("one project", "/projects/" + project),
            ("projects", "/projects"),
            ("figures", "/about/figures"),
            ("obligations as of the middle", f"/obligations?on={then}"),
            ("the same, page in the middle", f"/obligations?on={then}&after={cursor}"),
            ("overdue as of the middle", f"/obligations?on={then}&state=overdue"),
            ("one body as of the middle", f"/bodies/{body}?on={then}"),
            ("one project as of the middle", f"/projects/{project}?on={then + datetime.timedelta(days=40)}"),
        ]


class Server:
    """The program, serving one folder, until the end of the block."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.names = itertools.count()

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [self.ledger.binary, "serve", "--data", self.ledger.folder, "--port", str(self.port)],
            stdout=subprocess.DEVNULL)
        self.wait(self.answers)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def wait(self, condition):
        while not condition():
            if self.process.poll() is not None:
                raise SystemExit("bench: the server ended")
            time.sleep(0.05)

    def answers(self):
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False

    def get(self, address):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", address, headers={"Host": f"bench-{next(self.names)}.test"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def followed(self):
        """Seconds until each follower has come to the journal's end, by follower.

        Pages are measured after that: a follower that works through a million rows takes a processor, and each of its
        writes makes every reader read its pages anew.
        """
        start = time.perf_counter()
        seconds = {}
        with contextlib.closing(sqlite3.connect(self.ledger.file)) as database:
            # The log writes into the journal itself when it signs: its end of now is far enough.
            head = database.execute("SELECT max(seq) FROM journal").fetchone()[0]

            def have_come():
                for name, seq in database.execute("SELECT name, bookmark_seq FROM follower"):
                    if name in FOLLOWERS and seq >= head:
                        seconds.setdefault(name, time.perf_counter() - start)
                return len(seconds) == len(FOLLOWERS)

            self.wait(have_come)
        return seconds

    def cursor(self):
        """Where the list goes on in the middle."""
        day = self.ledger.day(self.ledger.count // 2)
        body = json.loads(self.get(f"/obligations.json?from={day}&limit=1")[1])
        return body["next"].split("after=")[1].split("&")[0]

    def cost(self, address, runs):
        """The first request, the median of those that follow, and the median of their processor time: milliseconds."""
        times, processor = [], []
        for _ in range(runs + 1):
            start, before = time.perf_counter(), self.processor()
            status, _ = self.get(address)
            if status != 200:
                raise SystemExit(f"bench: {address} answered {status}")
            times.append(1000 * (time.perf_counter() - start))
            processor.append(self.processor() - before)
        return times[0], statistics.median(times[1:]), statistics.median(processor[1:])

    def processor(self):
        """Milliseconds that the server's threads have run."""
        nanoseconds = 0
        threads = f"/proc/{self.process.pid}/task"
        for thread in os.listdir(threads):
            with contextlib.suppress(FileNotFoundError), open(f"{threads}/{thread}/schedstat") as file:
                nanoseconds += int(file.read().split()[0])
        return nanoseconds / 1e6


def forget(folder):
    """Takes the files of a folder out of the memory of the system, so that a first request reads the disk."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def pages(ledger, runs):
    with Server(ledger) as server:
        seconds = server.followed()
    forget(ledger.folder)
    # Another server: nothing of the making is in its memory.
    with Server(ledger) as server:
        cursor = server.cursor()
        cost = {name: server.cost(address, runs) for name, address in ledger.addresses(cursor)}
    return cost, seconds


def measure(binary, folder, count=100_000, few=10_000, runs=19):
    small = Ledger(binary, os.path.join(folder, "few"), few)
    large = Ledger(binary, os.path.join(folder, "many"), count)
    small.make()
    making = large.make()
    few_cost, _ = pages(small, runs)
    many_cost, followed = pages(large, runs)
    print(f"ledger: pages over {few} and over {count} obligations, each answer made anew, in milliseconds: the first request"
          f" of a fresh server after the file was dropped from memory, the median of the {runs} that follow, and the"
          " median of their processor time")
    print(f"  made in {making:.0f} s by plain statements; followed {count} journal rows: "
          + ", ".join(f"{name} in {seconds:.0f} s" for name, seconds in sorted(followed.items())))
    heads = ("few first", "warm", "processor", "many first", "warm", "processor", "many : few")
    print(f"  {'':<36}" + "".join(f"{head:>11}" for head in heads))
    for name, cost in many_cost.items():
        both = few_cost[name] + cost
        print(f"  {name:<36}" + "".join(f"{one:11.1f}" for one in both) + f"{cost[2] / few_cost[name][2]:11.2f}")


if __name__ == "__main__":
    import sys
    import tempfile

    binary, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    # A folder that is named is kept, and used again by the next run.
    with contextlib.ExitStack() as stack:
        place = sys.argv[3] if len(sys.argv) > 3 else stack.enter_context(tempfile.TemporaryDirectory())
        measure(binary, place, count)

"""How fast the log takes a journal in, durably, beside how often the same disk can be told to keep something.

The journal is made by plain statements: of each obligation an event with its record, the duty, its due day, and a while later
an edition with its record, the discharge and the closing. The log's own follower then does what it does in a server: batches,
each with leaves, tiles and bookmark in one transaction that is on the disk when it ends; then the head is signed.
"""
import json
import os
import subprocess
import time

import ledger

WORDS = "凤冈县公共资源配置领域政府信息公开示例文本，用来测量透明日志写入一批留痕需要多少时间。"


class Facts(ledger.Ledger):
    """A data folder whose journal tells six public facts of each obligation."""

    def fill(self, database):
        super().fill(database)
        database.execute("DELETE FROM journal WHERE actor = 'bench'")
        many = database.executemany
        many("INSERT INTO publication (id, item, jurisdiction, body, project, lot, period, channel, audience, origin, source,"
             " source_key, state, editions, title, day, first_seen_at) VALUES (?, ?, ?, ?, '', '', '', 'portal', 'everyone',"
             " 'imported', 'bench', ?, 'released', 1, ?, ?, ?)", self.publications())
        many("INSERT INTO edition (publication, n, kind, record, sha256, reason, claimed_at, released_at, released_day,"
             " released_by) VALUES (?, 1, 'first', ?, '', '', '', ?, ?, 'bench')", self.editions())
        many("INSERT INTO journal (at, actor, act, subject_kind, subject_id, change) VALUES (?, 'bench', ?, ?, ?, ?)",
             self.facts())

    def publication(self, number): return f"p{number:019}"

    def publications(self):
        for number in range(self.count):
            day = self.day(number)
            yield (self.publication(number), self.item(number)[0], ledger.PLACE, self.body(self.owner(number)), str(number),
                   f"测试公告{number}", str(day), self.instant(day))

    def editions(self):
        for number in range(self.count):
            record = {"title": f"测试公告{number}", "text": WORDS * 8, "documentNumber": f"测〔2026〕{number}号",
                      "sourceName": "示例来源", "address": f"https://example.org/{number}", "sourceHash": ""}
            day = self.day(number)
            yield (self.publication(number), json.dumps(record, ensure_ascii=False).encode(), self.instant(day), str(day))

    def facts(self):
        wait = max(1, self.count // 40)
        for number in range(self.count + wait):
            if number < self.count:
                yield from self.begun(number)
            if number >= wait:
                yield from self.ended(number - wait)

    def fact(self, number, act, kind, subject, /, **change):
        words = json.dumps(change, separators=(",", ":"), sort_keys=True)
        return self.instant(self.day(number)), act, kind, subject, words

    def begun(self, number):
        event, duty, body, day = (self.event(number), self.obligation(number), self.body(self.owner(number)),
                                  str(self.day(number)))
        yield self.fact(number, "event.recorded", "event", event, basis="document", body=body, day=day, kind="item.formed")
        yield self.fact(number, "obligation.created", "obligation", duty, body=body, channel="portal",
                        item=self.item(number)[0], root=event)
        yield self.fact(number, "obligation.due_computed", "obligation", duty, n="1", due=day, rule="active-20wd",
                        law="2026-03-01", calendar="2026")

    def ended(self, number):
        duty, paper, day = self.obligation(number), self.publication(number), str(self.day(number))
        yield self.fact(number, "edition.released", "publication", paper, n="1", kind="first", audience="everyone")
        yield self.fact(number, "obligation.discharged", "obligation", duty, publication=paper, edition="1", day=day,
                        verdict="on_time", basis="attested")
        yield self.fact(number, "obligation.closed", "obligation", duty, **{"from": "", "to": "on_time", "day": day})


def fsyncs_a_second(folder, seconds=1.0):
    """4 KiB more at the end of a file and kept, one after the other, as a commit does it."""
    path = os.path.join(folder, "fsync")
    count, page = 0, bytes(4096)
    with open(path, "wb", buffering=0) as file:
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            file.write(page)
            os.fdatasync(file.fileno())
            count += 1
        taken = time.perf_counter() - start
    os.remove(path)
    return count / taken


def measure(binary, folder, obligations=100_000):
    facts = Facts(binary, os.path.join(folder, "facts"), obligations)
    facts.make()
    before = fsyncs_a_second(folder)
    answer = subprocess.run([binary, "bench", "append", "--data", facts.folder], stdout=subprocess.PIPE, check=True)
    after = fsyncs_a_second(folder)
    figures = json.loads(answer.stdout)
    leaves = figures["leaves"]
    print(f"log: {leaves} leaves appended in {figures['batches']} batches, each one durable transaction")
    print(f"  leaves a second                         {leaves / figures['seconds']:9.0f}     of the processor's time "
          f"{leaves / figures['cpuSeconds']:9.0f}")
    print(f"  milliseconds a batch, median and p99    {figures['medianMilliseconds']:9.1f}{figures['p99Milliseconds']:9.1f}")
    print(f"  milliseconds until the head is signed   {figures['headMilliseconds']:9.1f}")
    print(f"  the disk, single fsyncs a second        {before:9.0f} before {after:9.0f} after")
    return figures


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        measure(os.path.abspath(sys.argv[1]), place, int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)

"""Measures what the project promises, each figure beside a named peer in the same run, as a ratio.

usage: bench/run.py BINARY [ROWS [OBLIGATIONS]]
"""
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

import corpus
import due_days
import ledger
import log
import portal

HERE = os.path.dirname(os.path.abspath(__file__))
REAL = os.path.join(HERE, "..", "..", "shared", "data", "notices", "national_platform_2026-03.jsonl")


def cpu_seconds(command):
    """User and system seconds of one process and what it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, answer.stdout


def importing(binary, rows, folder, runs=3):
    real = REAL if os.path.exists(REAL) else None
    source = os.path.join(folder, "notices.jsonl")
    corpus.write(source, rows, real)
    ours, peers = [], []
    for run in range(runs):
        place = os.path.join(folder, f"ours{run}")
        seconds, answer = cpu_seconds(
            [binary, "import", source, "--jurisdiction", "CN", "--data", place, "--json"])
        report = json.loads(answer)["files"][0]
        if report["imported"] != rows:
            sys.exit(f"bench: {report['imported']} of {rows} rows imported")
        ours.append(seconds)
        shutil.rmtree(place)
        target = os.path.join(folder, f"peer{run}.sqlite")
        seconds, _ = cpu_seconds([sys.executable, os.path.join(HERE, "import_peer.py"), source, target])
        peers.append(seconds)
    kind = "real notices repeated" if real else "invented notices"
    size = os.path.getsize(source) / 1e6
    print(f"import: {rows} rows, {size:.1f} MB, {kind}; median CPU seconds of {runs} runs each, in turn")
    print(f"  sundial import (everything)             {statistics.median(ours):7.2f}")
    print(f"  python, rows and character pairs only   {statistics.median(peers):7.2f}")
    print(f"  rows per CPU second, ours : peer        {statistics.median(peers) / statistics.median(ours):7.2f}")


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"


if __name__ == "__main__":
    binary = os.path.abspath(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 6400
    obligations = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
    print(f"machine: {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        importing(binary, rows, folder)
        due_days.measure(binary, folder)
        ledger.measure(binary, folder, count=obligations)
        log.measure(binary, folder)
        portal.measure(binary, folder)

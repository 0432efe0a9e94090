"""Reads a log that a running portal serves with a client that is not ours, aics-tlog: heads, tiles and entries over HTTP.

usage: verify_served.py ADDRESS

Below both addresses of the log, the plain one and the one of its epoch, the client verifies the head with the keys that the
portal names, fetches every tile and bundle of entries that the head covers, and hashes them up to its root. Prints what it
read as JSON; ends with 1 and a sentence at the first thing that it does not take.
"""
import json
import sys
import urllib.request

from aics_tlog import checkpoint, note, remote, verified


def demand(holds, *words):
    if not holds:
        sys.exit("verify_served: " + " ".join(str(word) for word in words))


def keys(told, purpose):
    return [note.parse_vkey(key["key"]) for key in told["keys"] if key["purpose"] == purpose and not key["retiredAt"]]


def audit(base, log, witnesses):
    """Leaves of the log below this address."""
    reader = remote.HttpTileReader([base])
    head = checkpoint.verify_checkpoint(
        note.parse_note(reader.read_checkpoint()), log, witnesses, 1, expected_origin=log.name)
    demand(head.ok, "head below", base, head.error)
    verified.audit_tiles(reader, head.size, head.root, entries=True)
    return head.size


def main(address):
    with urllib.request.urlopen(address + "/log.json") as answer:
        told = json.load(answer)
    (log,), witnesses = keys(told, "head"), keys(told, "time")
    sizes = [audit(address + path, log, witnesses) for path in ("/log", told["files"])]
    print(json.dumps({"leaves": min(sizes), "addresses": len(sizes)}))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))

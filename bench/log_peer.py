"""The tree of a log by aics-tlog and pymerkle: nanoseconds of the processor, the best of the runs, as JSON.

usage: log_peer.py LEAVES ENTRY_BYTES RUNS PROOF_LEAVES PROOFS
"""
import json
import sys
import time

from aics_tlog.tiles import materialise_tiles
from aics_tlog.tree import MerkleTree
from pymerkle import InmemoryTree


def entries(count, length):
    return [number.to_bytes(8, "big") * (length // 8) for number in range(count)]


def best(runs, work):
    least = float("inf")
    for _ in range(runs):
        start = time.process_time_ns()
        made = work()
        least = min(least, time.process_time_ns() - start)
    return least, made


def main(leaves, length, runs, proof_leaves, proofs):
    given = entries(leaves, length)
    tiles, _ = best(runs, lambda: materialise_tiles(given))
    grown, tree = best(runs, lambda: InmemoryTree.init_from_entries(given))
    smaller = InmemoryTree.init_from_entries(given[:proof_leaves])
    indexes = [1 + number * 2_654_435_761 % proof_leaves for number in range(proofs)]

    def prove():
        for index in indexes:
            smaller.prove_inclusion(index, proof_leaves)

    proved, _ = best(runs, prove)
    print(json.dumps({
        "aicsNanoseconds": tiles / leaves, "pymerkleNanoseconds": grown / leaves,
        "pymerkleProofNanoseconds": proved / proofs, "pymerkleRoot": tree.get_root().hex(),
        "aicsRoot": MerkleTree(given).root().hex()}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

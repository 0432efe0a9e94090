"""Holds a folder that our log wrote against two implementations that are not ours: aics-tlog and pymerkle.

usage: verify_log.py FOLDER

FOLDER has `tile/…` for every size, `checkpoint.<size>`, and `proofs.json` with the keys and proofs. Prints what was
checked as JSON; ends with 1 and a sentence at the first difference.
"""
import json
import pathlib
import sys

import aics_tlog.note as note
from aics_tlog import checkpoint, hashing, tiles, tree
from pymerkle import InmemoryTree
from pymerkle.core import _inclusion_path_layout
from pymerkle.proof import InclusionProof, InvalidProof


def demand(holds, *words):
    if not holds:
        sys.exit("verify_log: " + " ".join(str(word) for word in words))


def served(folder, size):
    """What stands in the folder at the addresses of that size, as the peer computes them."""
    reader = tiles.FileSystemTileReader(folder)
    leaves = []
    for index in range((size + 255) // 256):
        width = size - 256 * index if size - 256 * index < 256 else None
        leaves += tiles.parse_entry_bundle(reader.read_entry_bundle(index, width))
    return reader, leaves


def check_head(folder, size, keys):
    """The peer makes the same files of the same entries, and takes the checkpoint with its cosignature."""
    reader, leaves = served(folder, size)
    demand(len(leaves) == size, "size", size, "has", len(leaves), "entries")
    made = tiles.materialise_tiles(leaves)
    for path, content in made.items():
        demand((folder / path).read_bytes() == content, path, "differs at size", size)
    found = note.parse_note((folder / f"checkpoint.{size}").read_bytes())
    log, witness = note.parse_vkey(keys["log"]), note.parse_vkey(keys["witness"])
    result = checkpoint.verify_checkpoint(found, log, [witness], 1, expected_origin=log.name)
    demand(result.ok, "checkpoint of size", size, result.error)
    demand(result.size == size, "checkpoint of size", size, "says", result.size)
    demand(result.root == tiles.tree_root_from_tiles(reader, size), "root of size", size)
    return result.root, leaves, len(made)


def check_inclusion(proof, root, leaves):
    index, size = proof["index"], proof["size"]
    leaf = hashing.leaf_hash(leaves[index])
    hashes = [bytes.fromhex(text) for text in proof["hashes"]]
    demand(tree.verify_inclusion(leaf, index, size, hashes, root), "inclusion of", index, "in", size)
    demand(not tree.verify_inclusion(leaf[::-1], index, size, hashes, root), "a wrong leaf passes")
    rule, _ = _inclusion_path_layout(index + 1, size)
    theirs = InclusionProof("sha256", True, size, index + 1, rule, [leaf] + hashes)
    try:
        theirs.verify(leaf, root, index=index + 1, size=size)
    except InvalidProof as problem:
        sys.exit(f"verify_log: pymerkle refuses the inclusion of {index} in {size}: {problem}")


def check_consistency(proof, roots):
    old, size = proof["old"], proof["size"]
    hashes = [bytes.fromhex(text) for text in proof["hashes"]]
    demand(tree.verify_consistency(old, size, roots[old], roots[size], hashes), "consistency of", old, "and", size)
    if old != size:
        demand(not tree.verify_consistency(old, size, roots[old], roots[size], hashes[:-1]), "a cut proof passes")


def check_pymerkle(leaves, roots):
    """The peer has the same roots, and its own proofs of growth lead from ours to ours."""
    whole = InmemoryTree.init_from_entries(leaves)
    sizes = sorted(roots)
    for old, size in zip(sizes, sizes[1:]):
        demand(whole.get_root(size) == roots[size], "pymerkle has another root at", size)
        try:
            whole.prove_consistency(old, size).verify(roots[old], roots[size], old, size)
        except InvalidProof as problem:
            sys.exit(f"verify_log: pymerkle refuses the growth from {old} to {size}: {problem}")


def main(folder):
    told = json.loads((folder / "proofs.json").read_text())
    roots, files, leaves = {}, 0, []
    for size in told["sizes"]:
        roots[size], leaves, count = check_head(folder, size, told["keys"])
        files += count
    for proof in told["inclusions"]:
        check_inclusion(proof, roots[proof["size"]], leaves)
    for proof in told["consistencies"]:
        check_consistency(proof, roots)
    check_pymerkle(leaves, roots)
    print(json.dumps({
        "checkpoints": len(roots), "files": files, "inclusions": len(told["inclusions"]),
        "consistencies": len(told["consistencies"])}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

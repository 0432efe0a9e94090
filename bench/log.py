"""The tree of the transparency log, held against libcrypto's bare hashes, aics-tlog and pymerkle.

libcrypto computes each of the tree's 2n-1 hashes by itself, without a tree. aics-tlog makes the same tiles and bundles
of the same entries; pymerkle builds a tree in memory, and proves from it. Everything runs on one
core, and the time is the processor's, so that what else the machine does counts little.
"""
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.path.join(HERE, "..", ".build", "python-tools", "bin", "python")


def told(command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def ours(binary, leaves, length, runs):
    return told([binary, "bench", "log", "--leaves", str(leaves), "--entry-bytes", str(length),
                 "--runs", str(runs)])


def bare_hashes(folder, leaves, length, runs):
    program = os.path.join(folder, "log_peer")
    subprocess.run(["cc", "-O2", "-o", program, os.path.join(HERE, "log_peer.c"), "-lcrypto"], check=True)
    return told([program, str(leaves), str(length), str(runs)])


def against_libcrypto(binary, folder, leaves, length, runs):
    # In turn, so that what else the machine does meets both.
    pairs = [(ours(binary, leaves, length, 2), bare_hashes(folder, leaves, length, 2)) for _ in range(runs)]
    tree = min(figures["treeNanoseconds"] for figures, _ in pairs)
    print(f"log: {leaves} leaves of {length} bytes; best of {2 * runs} runs each, in turn, CPU ns a leaf")
    print(f"  sundial, tree and tiles                 {tree:9.1f}")
    for name, words in (("context", "SHA256_Init…Final"), ("object", "EVP object, reused"), ("oneCall", "SHA256()")):
        bare = min(figures[name] for _, figures in pairs)
        print(f"  libcrypto's hashes, {words:<20}{bare:9.1f}     rate, ours : libcrypto {bare / tree:6.2f}")
    return min((figures for figures, _ in pairs), key=lambda figures: figures["proofNanoseconds"])


def against_python(binary, large, leaves, length, runs, proof_leaves=20_000):
    peer = told([PYTHON, os.path.join(HERE, "log_peer.py"), str(leaves), str(length), str(runs),
                 str(proof_leaves), "2000"])
    small = ours(binary, leaves, length, runs)
    if not small["root"] == peer["aicsRoot"] == peer["pymerkleRoot"]:
        raise SystemExit("bench: the peers have another root")
    print(f"log: {leaves} leaves of {length} bytes, CPU ns a leaf")
    print(f"  sundial, tiles and bundles as bytes     {small['filesNanoseconds']:9.1f}")
    print(f"  aics-tlog, the same                     {peer['aicsNanoseconds']:9.1f}     rate, ours : peer "
          f"{peer['aicsNanoseconds'] / small['filesNanoseconds']:6.2f}")
    print(f"  pymerkle, a tree in memory              {peer['pymerkleNanoseconds']:9.1f}     rate, ours : peer "
          f"{peer['pymerkleNanoseconds'] / small['filesNanoseconds']:6.2f}")
    print(f"log: proofs of inclusion, at most {large['tilesALevelMax']} tile a level read, CPU ns each")
    for words, figures in (("tiles in memory", "proofNanoseconds"), ("tiles from bytes", "coldProofNanoseconds")):
        print(f"  sundial, {large['leaves']} leaves, {words:<17}{large[figures]:9.1f}     rate, ours : peer "
              f"{peer['pymerkleProofNanoseconds'] / large[figures]:6.2f}")
    print(f"  pymerkle, {proof_leaves} leaves in memory        {peer['pymerkleProofNanoseconds']:9.1f}")


def measure(binary, folder, leaves=1_000_000, small=70_000, length=128, runs=3):
    large = against_libcrypto(binary, folder, leaves, length, runs)
    if os.path.exists(PYTHON):
        against_python(binary, large, small, length, runs)
    else:
        print("  aics-tlog and pymerkle are not installed: no peer (script/python-tools)")

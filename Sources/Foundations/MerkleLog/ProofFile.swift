/// A receipt that can be checked without a network: C2SP tlog-proof, kept in a file `….tlog-proof`.
///
/// It names a leaf of a log, the hashes from that leaf to the root, and the signed checkpoint with that root.
package struct ProofFile: Sendable, Hashable {
    /// Bytes that the application adds. Nothing signs them.
    package let extra: [UInt8]?
    /// The leaf's number, from 0.
    package let index: Int
    package let hashes: [NodeHash]
    package let checkpoint: SignedNote

    package static let bytesMax = 1_100_000
    package static let extraBytesMax = 65_536
    /// Hashes of the longest proof that a signed 64-bit size allows.
    package static let hashesMax = 63
    /// Proofs in one file.
    package static let proofsMax = 16
    private static let title = "c2sp.org/tlog-proof@v1"

    /// - Throws: `textLength` for an extra beyond its limit.
    package init(
        proof: InclusionProof, checkpoint: SignedNote, extra: [UInt8]? = nil
    ) throws(LogFlaw) {
        guard extra?.count ?? 0 <= ProofFile.extraBytesMax else { throw LogFlaw(.textLength) }
        self.extra = extra
        index = proof.index
        hashes = proof.hashes
        self.checkpoint = checkpoint
    }

    /// - Throws: `textLength`, `control`, `utf8`, `proofForm`, `number`, `base64`, `hashLength`, `proofLength`, and
    ///   what a note can throw.
    package init(parsing bytes: [UInt8]) throws(LogFlaw) {
        var reader = try LineReader(bytes, bytesMax: ProofFile.bytesMax)
        guard let title = reader.next(), title == ProofFile.title, var line = reader.next() else {
            throw LogFlaw(.proofForm)
        }
        var extra: [UInt8]?
        if line.hasPrefix("extra ") {
            extra = try Base64.bytes(line.dropFirst("extra ".count))
            guard let next = reader.next() else { throw LogFlaw(.proofForm) }
            line = next
        }
        guard line.hasPrefix("index ") else { throw LogFlaw(.proofForm, line: reader.line) }
        guard let index = Decimal.number(line.dropFirst("index ".count)) else {
            throw LogFlaw(.number, line: reader.line)
        }
        hashes = try reader.hashes(atMost: ProofFile.hashesMax)
        checkpoint = try SignedNote(parsing: Array(reader.remainder.utf8))
        self.index = index
        self.extra = extra
        guard extra?.count ?? 0 <= ProofFile.extraBytesMax else { throw LogFlaw(.textLength) }
    }

    /// Proofs that stand one behind the other in one file: the line of the title begins the next.
    ///
    /// - Throws: `textLength` for more than `proofsMax`, and what one proof can throw.
    package static func list(parsing bytes: [UInt8]) throws(LogFlaw) -> [ProofFile] {
        guard bytes.count <= proofsMax * bytesMax else { throw LogFlaw(.textLength) }
        let title = Array("\(title)\n".utf8)
        let starts =
            [0]
            + bytes.indices.filter { place in
                place > 0 && bytes[place - 1] == UInt8(ascii: "\n") && bytes[place...].starts(with: title)
            }
        guard starts.count <= proofsMax else { throw LogFlaw(.textLength) }
        var proofs: [ProofFile] = []
        for (start, end) in zip(starts, starts.dropFirst() + [bytes.count]) {
            proofs.append(try ProofFile(parsing: Array(bytes[start..<end])))
        }
        return proofs
    }

    package var bytes: [UInt8] {
        let extraLine = extra.map { "extra \(Base64.text($0))\n" } ?? ""
        let hashLines = hashes.map { "\($0.base64)\n" }.joined()
        return Array("\(ProofFile.title)\n\(extraLine)index \(index)\n\(hashLines)\n".utf8) + checkpoint.bytes
    }

    /// What the file proves of that leaf.
    ///
    /// - Parameters:
    ///   - leaf: the hash of the entry in question.
    ///   - logs: keys of logs, known from elsewhere. One of them must have signed, and the checkpoint be of the log of its
    ///     name: after a change of keys an old head is by the old one alone.
    ///   - witnesses: the keys whose cosignatures count; others are passed over.
    /// - Returns: the checkpoint, and the cosignatures by those witnesses, each key once with its earliest time.
    /// - Throws: `noKnownKey` when no log signed, `keyRefused`, `otherLog`, `checkpointForm`, and what
    ///   `InclusionProof.check(leaf:root:)` throws.
    package func check(
        leaf: NodeHash, logs: [NoteKey], witnesses: [NoteKey] = []
    ) throws(LogFlaw) -> Proved {
        let signers = try checkpoint.check(keys: logs).map(\.key)
        let signed = try checkpoint.check(keys: logs + witnesses)
        let head = try Checkpoint(parsing: checkpoint.text)
        guard signers.contains(where: { head.isOf(origin: $0.name) }) else { throw LogFlaw(.otherLog) }
        try InclusionProof(index: index, size: head.size, hashes: hashes).check(leaf: leaf, root: head.root)
        return Proved(checkpoint: head, index: index, cosignatures: ProofFile.earliest(signed))
    }

    /// What holds when a file was checked.
    package struct Proved: Sendable, Hashable {
        package let checkpoint: Checkpoint
        package let index: Int
        package let cosignatures: [Cosigned]
    }

    package struct Cosigned: Sendable, Hashable {
        package let key: NoteKey
        package let time: SignedTime
    }

    private static func earliest(_ signed: [SignedNote.Signed]) -> [Cosigned] {
        var times: [NoteKey: Int] = [:]
        for case let (key, time?) in signed.map({ ($0.key, $0.time) }) {
            times[key] = min(times[key] ?? .max, time.secondsSince1970)
        }
        var seen: Set<NoteKey> = []
        return signed.compactMap { signed in
            guard let time = signed.time, time.secondsSince1970 == times[signed.key],
                seen.insert(signed.key).inserted
            else { return nil }
            return Cosigned(key: signed.key, time: time)
        }
    }
}

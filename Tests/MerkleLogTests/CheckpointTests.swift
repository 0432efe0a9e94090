import Foundation
import MerkleLog
import Testing

/// The checkpoint that the C2SP specifications show, signed by its log and by a witness.
private enum Example {
    static let text = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        """
    static let logLine =
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
    static let witnessLine =
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
    static let note = "\(text)\n\(logLine)\n\(witnessLine)\n"
}

/// A log and a witness whose keys are known to the tests alone.
private struct Cast {
    let log: NoteSigner
    let witness: NoteSigner
    let tree: MerkleTree
    let entries: [[UInt8]]
    let shelf = TileShelf()

    init(size: Int) throws {
        log = try NoteSigner(name: "log.example/a", scheme: .note, seed: Array(repeating: 1, count: 32))
        witness = try NoteSigner(
            name: "witness.example/w", scheme: .cosignature, seed: Array(repeating: 2, count: 32))
        entries = MerkleLogTests.entries(size)
        var tree = MerkleTree()
        shelf.put(tree.append(entries.map { NodeHash.leaf($0) }))
        shelf.put(tree.partialTiles)
        self.tree = tree
    }

    func checkpoint(at size: Int? = nil, seen seconds: [Int] = []) throws -> SignedNote {
        let tree = try MerkleTree(size: size ?? tree.size, of: tree.size, read: shelf.read)
        let head = try Checkpoint(origin: log.key.name, size: tree.size, root: tree.root)
        return try seconds.reduce(head.signed(by: log)) {
            try $0.adding(witness.cosign(head, at: SignedTime(secondsSince1970: $1)))
        }
    }

    func file(_ index: Int, seen seconds: [Int] = [], extra: [UInt8]? = nil) throws -> ProofFile {
        try ProofFile(
            proof: tree.inclusionProof(of: index, read: shelf.read), checkpoint: checkpoint(seen: seconds),
            extra: extra)
    }

    func request(from old: Int) throws -> WitnessRequest {
        WitnessRequest(
            proof: try tree.consistencyProof(from: old, read: shelf.read), checkpoint: try checkpoint())
    }
}

@Suite struct `A checkpoint` {
    @Test func `is read and written as the specification shows it`() throws {
        let note = try SignedNote(parsing: Array(Example.note.utf8))
        let head = try Checkpoint(parsing: note.text)
        #expect(head.origin == "example.com/behind-the-sofa")
        #expect(head.size == 20_852_163)
        #expect(head.root.base64 == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
        #expect(head.text == Example.text)
        #expect(note.bytes == Array(Example.note.utf8))
    }

    @Test func `keeps the lines that another log added`() throws {
        let text = Example.text + "more\nand more\n"
        let head = try Checkpoint(parsing: text)
        #expect(head.extensions == ["more", "and more"])
        #expect(head.text == text)
    }

    @Test(arguments: [
        ("", LogFlaw(.checkpointForm)), ("a\n1\n", LogFlaw(.checkpointForm)),
        (Example.text.replacing("example.com/behind-the-sofa", with: ""), LogFlaw(.checkpointForm)),
        (Example.text + "\n", LogFlaw(.checkpointForm)), (Example.text + "x", LogFlaw(.checkpointForm)),
        (Example.text + "\nx\n", LogFlaw(.checkpointForm)),
        (Example.text.replacing("20852163", with: "020852163"), LogFlaw(.number, line: 2)),
        (Example.text.replacing("20852163", with: "+1"), LogFlaw(.number, line: 2)),
        (Example.text.replacing("20852163", with: "-1"), LogFlaw(.number, line: 2)),
        (Example.text.replacing("20852163", with: "１"), LogFlaw(.number, line: 2)),
        (Example.text.replacing("20852163", with: "18446744073709551615"), LogFlaw(.number, line: 2)),
        (Example.text.replacing("20852163", with: "9223372036854775807"), LogFlaw(.treeSize, line: 2)),
        (Example.text.replacing("q2I=", with: "q2J="), LogFlaw(.base64, line: 3)),
        (Example.text.replacing("q2I=", with: "q2I"), LogFlaw(.base64, line: 3)),
        (Example.text.replacing("j2jxq2I=", with: ""), LogFlaw(.hashLength, line: 3)),
        (Example.text.replacing("sofa", with: "so\tfa"), LogFlaw(.control)),
    ])
    func `in another form is refused`(text: String, flaw: LogFlaw) {
        #expect(throws: flaw) { try Checkpoint(parsing: text) }
    }

    @Test func `of another log is told apart by its bytes`() throws {
        let head = try Checkpoint(origin: "log.example/\u{E9}", size: 0, root: .ofNothing)
        try head.check(origin: "log.example/\u{E9}")
        #expect(throws: LogFlaw(.otherLog)) { try head.check(origin: "log.example/e\u{301}") }
        #expect(throws: LogFlaw(.checkpointForm)) {
            try Checkpoint(origin: "a\nb", size: 0, root: .ofNothing)
        }
    }
}

@Suite struct `A cosignature` {
    // The line of the specification: its first eight bytes are the time 1679315147, which its text names too.
    @Test func `has its time in front`() throws {
        let line = try NoteSignature(parsing: Example.witnessLine)
        #expect(line.bytes.count == 72)
        #expect(line.bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) } == 1_679_315_147)
        #expect(line.number == 0x8d66_cf3f)
    }

    @Test func `is of the text and the time`() throws {
        let cast = try Cast(size: 3)
        let note = try cast.checkpoint(seen: [1_790_000_000])
        let signed = try note.check(keys: [cast.witness.key])
        #expect(signed.map(\.time?.secondsSince1970) == [1_790_000_000])
        for place in [0, 7, 8, 71] {
            var line = try #require(note.signatures.last)
            var bytes = line.bytes
            bytes[place] ^= 1
            line = NoteSignature(name: line.name, number: line.number, bytes: bytes)
            let changed = try SignedNote(text: note.text, signatures: [line])
            #expect(throws: (any Error).self) { try changed.check(keys: [cast.witness.key]) }
        }
        let short = NoteSignature(name: cast.witness.key.name, number: cast.witness.key.number, bytes: [1])
        #expect(throws: LogFlaw(.keyRefused)) {
            try SignedNote(text: note.text, signatures: [short]).check(keys: [cast.witness.key])
        }
        #expect(throws: LogFlaw(.timeRange)) { try SignedTime(secondsSince1970: -1) }
    }
}

@Suite struct `A proof file` {
    @Test func `proves a leaf, and who saw the log when`() throws {
        let cast = try Cast(size: 300)
        let file = try cast.file(257, seen: [1_790_000_100, 1_790_000_000], extra: [1, 2, 3])
        let read = try ProofFile(parsing: file.bytes)
        #expect(read == file)
        #expect(read.extra == [1, 2, 3])
        let proved = try read.check(
            leaf: .leaf(cast.entries[257]), logs: [cast.log.key], witnesses: [cast.witness.key])
        #expect(proved.index == 257)
        #expect(proved.checkpoint.size == 300)
        #expect(proved.cosignatures.map(\.time.secondsSince1970) == [1_790_000_000])
        #expect(try read.check(leaf: .leaf(cast.entries[257]), logs: [cast.log.key]).cosignatures.isEmpty)
    }

    @Test func `may stand behind another in one text`() throws {
        let cast = try Cast(size: 300)
        let files = try [7, 257, 7].map { try cast.file($0, extra: [UInt8($0 % 256)]) }
        let text = files.flatMap(\.bytes)
        #expect(try ProofFile.list(parsing: text) == files)
        #expect(try ProofFile.list(parsing: files[0].bytes) == [files[0]])
        // Read as one, it proves nothing: the log did not sign such a text.
        #expect(throws: LogFlaw.self) {
            try ProofFile(parsing: text).check(leaf: .leaf(cast.entries[7]), logs: [cast.log.key])
        }
        #expect(throws: LogFlaw.self) { try ProofFile.list(parsing: text + [0x0A]) }
        #expect(throws: LogFlaw.self) { try ProofFile.list(parsing: []) }
        let tooMany = Array(repeating: files[0].bytes, count: ProofFile.proofsMax + 1).flatMap { $0 }
        #expect(throws: LogFlaw(.textLength)) { try ProofFile.list(parsing: tooMany) }
    }

    @Test func `has the lines of the specification`() throws {
        let cast = try Cast(size: 2)
        let text = String(decoding: try cast.file(0).bytes, as: UTF8.self)
        let neighbour = NodeHash.leaf(cast.entries[1]).base64
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 0\n\(neighbour)\n\nlog.example/a\n2\n"))
        let withExtra = String(decoding: try cast.file(0, extra: [0xFF]).bytes, as: UTF8.self)
        #expect(withExtra.hasPrefix("c2sp.org/tlog-proof@v1\nextra /w==\nindex 0\n"))
        let alone = String(decoding: try Cast(size: 1).file(0).bytes, as: UTF8.self)
        #expect(alone.hasPrefix("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/a\n1\n"))
    }

    @Test func `proves nothing else`() throws {
        let cast = try Cast(size: 300)
        let file = try cast.file(257)
        let (leaf, log) = (NodeHash.leaf(cast.entries[257]), cast.log.key)
        #expect(throws: LogFlaw(.proofHash)) { try file.check(leaf: .leaf(cast.entries[256]), logs: [log]) }
        let other = try ProofFile(
            proof: InclusionProof(index: 256, size: 300, hashes: file.hashes), checkpoint: file.checkpoint)
        #expect(throws: LogFlaw(.proofHash)) { try other.check(leaf: leaf, logs: [log]) }
        let cut = try ProofFile(
            proof: InclusionProof(index: 257, size: 300, hashes: Array(file.hashes.dropLast())),
            checkpoint: file.checkpoint)
        #expect(throws: LogFlaw(.proofLength)) { try cut.check(leaf: leaf, logs: [log]) }
        #expect(throws: LogFlaw(.noKnownKey)) { try file.check(leaf: leaf, logs: [cast.witness.key]) }
        let namesake = try NoteSigner(
            name: "log.example/b", scheme: .note, seed: Array(repeating: 1, count: 32))
        let head = try Checkpoint(parsing: file.checkpoint.text)
        let foreign = try ProofFile(
            proof: InclusionProof(index: 257, size: 300, hashes: file.hashes),
            checkpoint: head.signed(by: namesake))
        #expect(throws: LogFlaw(.otherLog)) { try foreign.check(leaf: leaf, logs: [namesake.key]) }
    }

    /// Whatever single byte is changed, the file is refused or proves the very same.
    @Test func `does not bear a changed byte`() throws {
        let cast = try Cast(size: 5)
        let bytes = try cast.file(3, seen: [1_790_000_000]).bytes
        let leaf = NodeHash.leaf(cast.entries[3])
        let keys = [cast.witness.key]
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: (any Error).self, "byte \(place)") {
                let proved = try ProofFile(parsing: changed).check(
                    leaf: leaf, logs: [cast.log.key], witnesses: keys)
                // A line by a name or number that nobody knows is passed over: then the cosignature is missing.
                if proved.cosignatures.isEmpty { throw LogFlaw(.noKnownKey) }
            }
        }
    }

    @Test(arguments: [
        ("", LogFlaw(.proofForm)), ("c2sp.org/tlog-proof@v1\n", LogFlaw(.proofForm)),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\n\(Example.note)", LogFlaw(.proofForm)),
        ("c2sp.org/tlog-proof@v1\nindex 00\n\n\(Example.note)", LogFlaw(.number, line: 2)),
        ("c2sp.org/tlog-proof@v1\nindex -1\n\n\(Example.note)", LogFlaw(.number, line: 2)),
        ("c2sp.org/tlog-proof@v1\nextra\nindex 0\n\n\(Example.note)", LogFlaw(.proofForm, line: 2)),
        ("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\n\(Example.note)", LogFlaw(.base64)),
        ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n\(Example.note)", LogFlaw(.hashLength, line: 3)),
        ("c2sp.org/tlog-proof@v1\nindex 0\n\(Example.note)", LogFlaw(.base64, line: 3)),
        ("c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\n\(Example.note)", LogFlaw(.control)),
    ])
    func `in another form is refused`(text: String, flaw: LogFlaw) {
        #expect(throws: flaw) { try ProofFile(parsing: Array(text.utf8)) }
    }

    @Test func `has at most 63 hashes`() throws {
        let hash = "\(NodeHash.ofNothing.base64)\n"
        let file = { (count: Int) in
            Array(
                "c2sp.org/tlog-proof@v1\nindex 0\n\(String(repeating: hash, count: count))\n\(Example.note)"
                    .utf8)
        }
        #expect(try ProofFile(parsing: file(63)).hashes.count == 63)
        #expect(throws: LogFlaw(.proofLength)) { try ProofFile(parsing: file(64)) }
    }
}

@Suite struct `A witness` {
    // The request that C2SP tlog-witness shows.
    private static let body = """
        old 20852014
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

        \(Example.text)
        \(Example.logLine)

        """

    @Test func `is asked as the specification shows it`() throws {
        let request = try WitnessRequest(parsing: Array(Self.body.utf8))
        #expect(request.oldSize == 20_852_014)
        #expect(request.hashes.count == 4)
        #expect(request.bytes == Array(Self.body.utf8))
    }

    @Test(arguments: [
        (body.replacing("old 2", with: "old 02"), LogFlaw(.requestForm, line: 1)),
        (body.replacing("old 2", with: "old  2"), LogFlaw(.requestForm, line: 1)),
        (body.replacing("old", with: "new"), LogFlaw(.requestForm, line: 1)),
        (body.replacing("kaw=", with: "kax="), LogFlaw(.base64, line: 2)),
        (String(body.prefix(60)), LogFlaw(.noteForm)), ("", LogFlaw(.requestForm, line: 1)),
    ])
    func `refuses another form`(body: String, flaw: LogFlaw) {
        #expect(throws: flaw) { try WitnessRequest(parsing: Array(body.utf8)) }
    }

    // C2SP tlog-witness, add-checkpoint: the statuses and their bodies.
    @Test(arguments: [
        (WitnessAnswer.badRequest, 400, ""), (.noTrustedKey, 403, ""), (.unknownLog, 404, ""),
        (.conflict(size: 20_852_014), 409, "20852014\n"), (.conflict(size: 0), 409, "0\n"),
        (.proofRefused, 422, ""),
    ])
    func `answers with a status and a body`(answer: WitnessAnswer, status: Int, body: String) throws {
        #expect(answer.status == status)
        #expect(answer.body == Array(body.utf8))
        #expect(try WitnessAnswer(status: status, body: Array(body.utf8)) == answer)
    }

    @Test func `answers with lines that go into the note`() throws {
        let cast = try Cast(size: 4)
        let note = try cast.checkpoint(seen: [1_790_000_000])
        let answer = WitnessAnswer.cosigned([try #require(note.signatures.last)])
        #expect(answer.status == 200)
        #expect(try WitnessAnswer(status: 200, body: answer.body) == answer)
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("— witness.example/w "))
        #expect(WitnessAnswer.conflict(size: 1).mediaType == "text/x.tlog.size")
    }

    @Test(arguments: [
        (200, ""), (200, "x\n"), (409, ""), (409, "01\n"), (409, "1"), (409, "1\n2\n"), (500, ""), (201, ""),
    ])
    func `is not understood when it answers otherwise`(status: Int, body: String) {
        #expect(throws: LogFlaw.self) { try WitnessAnswer(status: status, body: Array(body.utf8)) }
    }

    @Test func `takes what grew out of what it saw, and moves on`() throws {
        let cast = try Cast(size: 300)
        var known = WitnessedLog(origin: cast.log.key.name, keys: [cast.log.key])
        let first = WitnessRequest(
            proof: ConsistencyProof(from: 0, to: 257, hashes: []), checkpoint: try cast.checkpoint(at: 257))
        guard case .cosign(let head) = known.take(first) else { throw LogFlaw(.answerForm) }
        #expect(head.size == 257)
        #expect(known.size == 257)
        #expect(
            known.take(try cast.request(from: 257))
                == .cosign(try Checkpoint(parsing: cast.checkpoint().text)))
        #expect(known.size == 300)
        #expect(known.root == cast.tree.root)
        #expect(
            known.take(try cast.request(from: 300))
                == .cosign(try Checkpoint(parsing: cast.checkpoint().text)))
    }

    @Test func `refuses in the order of the specification, and stays where it was`() throws {
        let cast = try Cast(size: 300)
        let old = try MerkleTree(size: 257, of: 300, read: cast.shelf.read)
        let good = try cast.request(from: 257)
        var known = WitnessedLog(origin: cast.log.key.name, keys: [cast.log.key], size: 257, root: old.root)
        let before = known
        var other = WitnessedLog(origin: "log.example/b", keys: [cast.log.key], size: 257, root: old.root)
        #expect(other.take(good) == .refuse(.unknownLog))
        var strange = WitnessedLog(
            origin: cast.log.key.name, keys: [cast.witness.key], size: 257, root: old.root)
        #expect(strange.take(good) == .refuse(.noTrustedKey))
        #expect(known.take(try cast.request(from: 256)) == .refuse(.conflict(size: 257)))
        let back = WitnessRequest(
            proof: ConsistencyProof(from: 257, to: 100, hashes: []), checkpoint: try cast.checkpoint(at: 100))
        #expect(known.take(back) == .refuse(.badRequest))
        let cut = WitnessRequest(
            proof: ConsistencyProof(from: 257, to: 300, hashes: Array(good.hashes.dropLast())),
            checkpoint: good.checkpoint)
        #expect(known.take(cut) == .refuse(.proofRefused))
        let note = try SignedNote(text: "x\n", signatures: good.checkpoint.signatures)
        let proof = ConsistencyProof(from: 257, to: 300, hashes: good.hashes)
        #expect(known.take(WitnessRequest(proof: proof, checkpoint: note)) == .refuse(.badRequest))
        #expect(known == before)
    }

    @Test func `sees a fork at one size`() throws {
        let cast = try Cast(size: 300)
        var known = WitnessedLog(
            origin: cast.log.key.name, keys: [cast.log.key], size: 300, root: .leaf([1]))
        #expect(known.take(try cast.request(from: 300)) == .refuse(.conflict(size: 300)))
    }
}

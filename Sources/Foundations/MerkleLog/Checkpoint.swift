/// The head of a log at one size, as it is signed: C2SP tlog-checkpoint.
package struct Checkpoint: Sendable, Hashable {
    /// What the log is called; a name like an address without its scheme.
    package let origin: String
    /// Leaves, 0 or more.
    package let size: Int
    package let root: NodeHash
    /// Lines after the third. Nobody can audit them; we write none.
    package let extensions: [String]

    package static let bytesMax = 65_536

    /// - Throws: `checkpointForm` for an origin that is empty or has several lines; `treeSize`.
    package init(origin: String, size: Int, root: NodeHash) throws(LogFlaw) {
        let isLine = !origin.unicodeScalars.contains { $0.value < 0x20 }
        guard !origin.isEmpty, isLine else { throw LogFlaw(.checkpointForm) }
        guard (0...MerkleTree.sizeMax).contains(size) else { throw LogFlaw(.treeSize) }
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// Reads the text of a note.
    ///
    /// - Throws: `textLength`, `control`, `checkpointForm`; `number`, `treeSize`, `base64` and `hashLength` with
    ///   their line.
    package init(parsing text: String) throws(LogFlaw) {
        var reader = try LineReader(Array(text.utf8), bytesMax: Checkpoint.bytesMax)
        var lines: [String] = []
        while let line = reader.next() { lines.append(String(line)) }
        guard reader.remainder.isEmpty, lines.count >= 3, !lines.contains("") else {
            throw LogFlaw(.checkpointForm)
        }
        guard let size = Decimal.number(lines[1]) else { throw LogFlaw(.number, line: 2) }
        guard size <= MerkleTree.sizeMax else { throw LogFlaw(.treeSize, line: 2) }
        do {
            root = try Base64.hash(lines[2])
        } catch {
            throw LogFlaw(error.fault, line: 3)
        }
        origin = lines[0]
        self.size = size
        extensions = Array(lines.dropFirst(3))
    }

    /// The text that is signed.
    package var text: String {
        ([origin, String(size), root.base64] + extensions).map { "\($0)\n" }.joined()
    }

    /// - Throws: what the signature library cannot do; it names no remedy.
    package func signed(by signer: NoteSigner) throws -> SignedNote {
        try SignedNote(text: text, signatures: [signer.sign(text)])
    }

    /// Whether this is a checkpoint of the log of that name.
    ///
    /// By bytes: letters that only look alike after folding are different logs.
    func isOf(origin: String) -> Bool { Array(self.origin.utf8) == Array(origin.utf8) }

    /// - Throws: `otherLog` when this is no checkpoint of the log of that name.
    package func check(origin: String) throws(LogFlaw) {
        guard isOf(origin: origin) else { throw LogFlaw(.otherLog) }
    }
}

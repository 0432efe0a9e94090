/// What a log asks of a witness: to cosign a checkpoint that grew out of the one it cosigned last.
///
/// C2SP tlog-witness, add-checkpoint.
package struct WitnessRequest: Sendable, Hashable {
    /// Leaves of the checkpoint that the witness cosigned last; 0 for none.
    package let oldSize: Int
    package let hashes: [NodeHash]
    package let checkpoint: SignedNote

    package static let bytesMax = 1_100_000
    package static let hashesMax = 63

    package init(proof: ConsistencyProof, checkpoint: SignedNote) {
        oldSize = proof.part.count
        hashes = proof.hashes
        self.checkpoint = checkpoint
    }

    /// - Throws: `textLength`, `control`, `utf8`, `requestForm`, `proofLength`, `base64`, `hashLength`, and what a
    ///   note can throw. All of them are a bad request.
    package init(parsing bytes: [UInt8]) throws(LogFlaw) {
        var reader = try LineReader(bytes, bytesMax: WitnessRequest.bytesMax)
        guard let old = reader.next(after: "old").flatMap({ Decimal.number($0) }),
            old <= MerkleTree.sizeMax
        else { throw LogFlaw(.requestForm, line: 1) }
        oldSize = old
        hashes = try reader.hashes(atMost: WitnessRequest.hashesMax)
        checkpoint = try SignedNote(parsing: Array(reader.remainder.utf8))
    }

    package var bytes: [UInt8] {
        let hashLines = hashes.map { "\($0.base64)\n" }.joined()
        return Array("old \(oldSize)\n\(hashLines)\n".utf8) + checkpoint.bytes
    }
}

/// What a witness answers.
package enum WitnessAnswer: Sendable, Hashable {
    /// 200: the cosignatures, to be put into the note.
    case cosigned([NoteSignature])
    /// 400: the request is malformed, or its old size is beyond the checkpoint's.
    case badRequest
    /// 403: no key that the witness trusts for this log signed.
    case noTrustedKey
    /// 404: the witness does not know the log.
    case unknownLog
    /// 409: the witness cosigned another size last; or the same size with another root, which is a fork.
    case conflict(size: Int)
    /// 422: the proof does not lead from the old root to the new.
    case proofRefused

    package static let bytesMax = 1_000_000

    /// Reads an answer.
    ///
    /// - Throws: `answerForm` for a status without meaning here or a body that does not go with it, and what a
    ///   signature line can throw.
    package init(status: Int, body: [UInt8]) throws(LogFlaw) {
        switch status {
        case 200: self = .cosigned(try WitnessAnswer.signatures(body))
        case 400: self = .badRequest
        case 403: self = .noTrustedKey
        case 404: self = .unknownLog
        case 409: self = .conflict(size: try WitnessAnswer.size(body))
        case 422: self = .proofRefused
        default: throw LogFlaw(.answerForm)
        }
    }

    package var status: Int {
        switch self {
        case .cosigned: 200
        case .badRequest: 400
        case .noTrustedKey: 403
        case .unknownLog: 404
        case .conflict: 409
        case .proofRefused: 422
        }
    }

    /// Empty where the meaning is in the status alone.
    package var body: [UInt8] {
        switch self {
        case .cosigned(let signatures): Array(SignedNote.lines(of: signatures).utf8)
        case .conflict(let size): Array("\(size)\n".utf8)
        case .badRequest, .noTrustedKey, .unknownLog, .proofRefused: []
        }
    }

    package var mediaType: String {
        if case .conflict = self { "text/x.tlog.size" } else { "text/plain; charset=utf-8" }
    }

    private static func signatures(_ body: [UInt8]) throws(LogFlaw) -> [NoteSignature] {
        let signatures = try SignedNote.signatures(LineReader.text(body, bytesMax: bytesMax))
        guard !signatures.isEmpty else { throw LogFlaw(.answerForm) }
        return signatures
    }

    private static func size(_ body: [UInt8]) throws(LogFlaw) -> Int {
        var reader = try LineReader(body, bytesMax: 32)
        guard let size = reader.next().flatMap({ Decimal.number($0) }), reader.remainder.isEmpty,
            size <= MerkleTree.sizeMax
        else { throw LogFlaw(.answerForm) }
        return size
    }
}

/// What a witness knows of one log.
package struct WitnessedLog: Sendable, Hashable {
    package let origin: String
    /// The keys that are trusted to sign for it.
    package let keys: [NoteKey]
    /// The checkpoint that was cosigned last.
    package private(set) var size: Int
    package private(set) var root: NodeHash

    /// - Parameters:
    ///   - size: 0 when nothing was cosigned yet.
    ///   - root: the root at that size.
    package init(origin: String, keys: [NoteKey], size: Int = 0, root: NodeHash = .ofNothing) {
        self.origin = origin
        self.keys = keys
        self.size = size
        self.root = root
    }

    /// The checks of a witness, in the order of the specification.
    ///
    /// C2SP tlog-witness, add-checkpoint. On success this log stands at the new checkpoint; it must be stored, in
    /// the same transaction in which the old one was read, before the cosignature goes out.
    ///
    /// - Returns: the checkpoint to cosign, or the answer that refuses.
    package mutating func take(_ request: WitnessRequest) -> WitnessVerdict {
        let head: Checkpoint
        do {
            head = try Checkpoint(parsing: request.checkpoint.text)
            try head.check(origin: origin)
        } catch {
            return .refuse(error.fault == .otherLog ? .unknownLog : .badRequest)
        }
        do {
            _ = try request.checkpoint.check(keys: keys)
        } catch {
            return .refuse(.noTrustedKey)
        }
        guard request.oldSize <= head.size else { return .refuse(.badRequest) }
        guard request.oldSize == size, size != head.size || root == head.root else {
            return .refuse(.conflict(size: size))
        }
        do {
            try ConsistencyProof(from: size, to: head.size, hashes: request.hashes)
                .check(old: root, new: head.root)
        } catch {
            return .refuse(.proofRefused)
        }
        size = head.size
        root = head.root
        return .cosign(head)
    }
}

/// What is to be done with a request.
package enum WitnessVerdict: Sendable, Hashable {
    case cosign(Checkpoint)
    case refuse(WitnessAnswer)
}

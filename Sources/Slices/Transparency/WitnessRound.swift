import CivilTime
import Law
import MerkleLog
import Obligations
import People
import Publishing
import Storage

/// Asks the witnesses to cosign the head that was signed last, and dates by them what the head covers.
///
/// C2SP tlog-witness. A witness that is away never stands in the way of the signer: a head is signed and served without
/// it. One that holds a newer or another head of this log does: what it said is kept, and the signer stops.
package struct WitnessRound: Sendable {
    private let database: any Database
    private let folder: LogFolder
    private let law: LawShelf
    private let door: OutboundDoor
    private let occasion: @Sendable () -> Occasion

    package init(
        database: any Database, folder: LogFolder, law: LawShelf, door: OutboundDoor,
        occasion: @escaping @Sendable () -> Occasion
    ) {
        self.database = database
        self.folder = folder
        self.law = law
        self.door = door
        self.occasion = occasion
    }

    /// Asks one witness about the last head.
    ///
    /// - Parameter again: also when it cosigned that head already: only so does it tell that it has seen a newer one.
    /// - Returns: whether it cosigned something new; false when it has cosigned that head already.
    /// - Throws: `WitnessProblem`; after `.contradicts` the signer stops, after any other the next round tries again.
    package func ask(_ witness: ListedWitness, again: Bool = false) async throws -> Bool {
        let start = try await database.read { try $0.log.lastCosigned(by: witness.key.name) }
        guard let head = try await database.read({ try $0.log.lastCheckpoint() }),
            again || head.size != start
        else { return false }
        var from = start
        var answer = try await send(head, from: from, to: witness)
        // It cosigned another size last, perhaps one whose answer was lost: the proof begins there.
        if case .conflict(let size) = answer, size <= head.size, size != from {
            from = size
            answer = try await send(head, from: from, to: witness)
        }
        guard case .cosigned(let signatures) = answer else {
            throw try await problem(answer, to: head, from: from, of: witness)
        }
        try await keep(signatures, of: witness, at: head)
        try folder.endContradiction(by: witness.key, at: occasion().now)
        return head.size != start
    }

    /// Why the witness did not cosign; where it contradicts the log, that is kept first.
    private func problem(
        _ answer: WitnessAnswer, to head: SignedHead, from size: Int, of witness: ListedWitness
    ) async throws -> WitnessProblem {
        guard try await contradicts(answer, head, from: size) else {
            return .refused(witness.url, status: answer.status)
        }
        let contradiction = Contradiction(
            origin: head.origin, witness: witness.key.name, url: witness.url, key: witness.key.description,
            status: answer.status, answer: String(decoding: answer.body, as: UTF8.self), from: size,
            head: head.note, at: occasion().now)
        try folder.keep(contradiction)
        try folder.keep(contradiction.problem, at: occasion().now)
        return .contradicts(witness.url, status: answer.status)
    }

    /// Whether the witness holds what we do not have. Another process may have signed meanwhile, and asked the same witness.
    private func contradicts(
        _ answer: WitnessAnswer, _ head: SignedHead, from size: Int
    ) async throws -> Bool {
        switch answer {
        case .proofRefused: return true
        case .conflict(let held) where held == size: return held == head.size
        case .conflict(let held): return try await held > newestSize(of: head.origin)
        case .cosigned, .badRequest, .noTrustedKey, .unknownLog: return false
        }
    }

    /// The larger of what the database and the folder say was signed last.
    private func newestSize(of origin: String) async throws -> Int {
        let kept = try folder.signedHead().map { try Checkpoint(parsing: $0.text) }
        let known = try await database.read { try $0.log.lastCheckpoint()?.size ?? 0 }
        return max(known, kept?.origin == origin ? kept?.size ?? 0 : 0)
    }

    private func send(
        _ head: SignedHead, from size: Int, to witness: ListedWitness
    ) async throws -> WitnessAnswer {
        let request = try await database.read { transaction in
            let tree = try transaction.log.tree(at: head.size)
            return WitnessRequest(
                proof: try tree.consistencyProof(from: size, read: transaction.log.tile),
                checkpoint: try SignedNote(parsing: Array(head.note.utf8)))
        }
        do {
            let answer = try await door.send(
                .init(
                    url: witness.url + "/add-checkpoint", body: request.bytes,
                    bytesMax: WitnessAnswer.bytesMax))
            return try WitnessAnswer(status: answer.status, body: answer.body)
        } catch let problem as OutboundProblem {
            throw WitnessProblem.noAnswer(witness.url, problem)
        } catch is LogFlaw {
            throw WitnessProblem.malformed(witness.url)
        }
    }

    /// Keeps what is truly by the witness, and dates what it has seen.
    private func keep(
        _ signatures: [NoteSignature], of witness: ListedWitness, at head: SignedHead
    ) async throws {
        let text = try SignedNote(parsing: Array(head.note.utf8)).text
        let checked: (signature: NoteSignature, time: SignedTime)
        do {
            checked = try cosignature(among: signatures, by: witness.key, text)
        } catch is LogFlaw {
            throw WitnessProblem.malformed(witness.url)
        }
        let occasion = occasion()
        try await database.write { transaction in
            guard let now = try transaction.log.checkpoint(at: head.size), now.origin == head.origin else {
                return
            }
            // What it cosigned before, it only says again.
            if try transaction.log.lastCosigned(by: witness.key.name) == head.size { return }
            let seen = try transaction.log.lastCosigned()
            let note = try SignedNote(parsing: Array(now.note.utf8)).adding(checked.signature)
            try transaction.log.replace(
                note: String(decoding: note.bytes, as: UTF8.self), at: head.size)
            try transaction.log.cosigned(
                head.size, by: witness.key.name, at: checked.time.secondsSince1970)
            guard seen < head.size else { return }
            try date(seen..<head.size, by: checked.time, in: transaction, occasion)
        }
    }

    private func cosignature(
        among signatures: [NoteSignature], by key: NoteKey, _ text: String
    ) throws(LogFlaw) -> (NoteSignature, SignedTime) {
        for signature in signatures {
            let note = try SignedNote(text: text, signatures: [signature])
            do {
                if let time = try note.check(keys: [key]).first?.time { return (signature, time) }
            } catch  where error.fault == .noKnownKey {
                continue
            }
        }
        throw LogFlaw(.noKnownKey)
    }

    private func date(
        _ leaves: Range<Int>, by time: SignedTime, in transaction: Transaction, _ occasion: Occasion
    ) throws {
        // Asia/Shanghai, UTC+8 all year.
        let day = Day(ordinal: (time.secondsSince1970 + 8 * 3600) / 86400)
        let law = try law.book(in: transaction)
        try transaction.log.eachRelease(in: leaves) { leaf in
            guard try transaction.publications.publication(leaf.subject)?.origin == .local else { return }
            try DateEdition(publication: leaf.subject, edition: leaf.part, day: day, basis: .witnessed)
                .perform(in: transaction, law: law, occasion)
        }
    }
}

/// Why a witness did not cosign.
package enum WitnessProblem: Refusal, Hashable {
    case noAnswer(String, OutboundProblem)
    case refused(String, status: Int)
    /// It holds another head of this log, or a newer one.
    case contradicts(String, status: Int)
    /// Its answer is none, or not signed by the key that it is known by.
    case malformed(String)

    package var kind: RefusalKind {
        switch self {
        case .noAnswer: .later
        case .refused, .contradicts: .conflict
        case .malformed: .invalid
        }
    }

    package var code: String {
        switch self {
        case .noAnswer: "witness-no-answer"
        case .refused: "witness-refused"
        case .contradicts: "witness-contradicts"
        case .malformed: "witness-malformed"
        }
    }

    package var detail: String {
        switch self {
        case .noAnswer(let url, let problem): "见证方 \(url)：\(problem.detail)；稍后再试。"
        case .refused(let url, let status):
            "见证方 \(url) 拒绝联署（HTTP \(status)：\(WitnessProblem.meaning(of: status))）；稍后再试。"
        case .contradicts(let url, let status):
            "见证方 \(url) 持有本日志更新的或者另一份树头（HTTP \(status)）；停止签名，证据保存在日志目录。"
        case .malformed(let url): "见证方 \(url) 的答复不是所列公钥的有效联署；请核对公钥。"
        }
    }

    package var clause: String? { nil }

    package var isContradiction: Bool { code == "witness-contradicts" }

    private static func meaning(of status: Int) -> String {
        switch status {
        case 403: "不认本日志的公钥"
        case 404: "未登记本日志"
        case 409: "曾联署另一状态"
        case 422: "一致性证明不成立"
        default: "请求格式不对"
        }
    }
}

import Foundation
import MerkleLog
import Storage

/// Which acts are public facts, and the bytes of a leaf.
///
/// Version 1, frozen: an RFC 8785 object with the members
/// `act`, `at` (UTC), `change` (ids, codes and days), `kind` and `subject` (the thing), `previous` (the index of the
/// subject's last leaf, where there is one), `record` (the salted hash of what was said, where something was),
/// `seq` (the journal row) and `v`. A later form gets another `v`; the bytes of old leaves never change.
///
/// - Law: R-10. What is not named here never leaves: no actor, no words, no hash without salt.
package enum LeafForm {
    package static let version = 1

    /// The names that each act's leaf lets out.
    private static let acts: [String: Set<String>] = [
        "event.recorded": ["kind", "body", "day", "basis"],
        "event.amended": ["supersedes", "root", "day", "basis"],
        "event.voided": ["root"],
        "obligation.created": ["item", "body", "channel", "root", "period"],
        "obligation.due_computed": ["n", "due", "rule", "law", "calendar"],
        "obligation.awaited": [],
        "obligation.divided": ["lot"],
        "obligation.reassigned": ["from", "to"],
        "obligation.observed": ["coverage"],
        "obligation.unobserved": ["coverage"],
        "obligation.overdue": ["due"],
        "obligation.discharged": ["publication", "edition", "day", "verdict", "basis"],
        "obligation.closed": ["from", "to", "day"],
        "obligation.reopened": ["from", "to", "day"],
        "obligation.voided": [],
        "decision.made": ["obligation", "kind", "ground", "review", "event"],
        "decision.revoked": ["obligation"],
        "edition.released": ["n", "kind", "audience"],
        "edition.withdrawn": ["n", "kind", "audience"],
        "edition.erased": ["n", "ground", "clause"],
        "source.covered": ["jurisdiction", "body", "from", "to"],
        "source.uncovered": ["jurisdiction", "body", "from", "to"],
        "ledger.started": ["from"],
        "catalogue.loaded": ["catalogue", "effectiveFrom", "sha256", "items"],
        "calendar.loaded": ["from", "to", "jurisdiction"],
        "law.released": ["sha256"],
        "clock.ticked": [],
        "log.started": ["epoch", "previous-origin", "previous-size", "previous-root"],
        "key.added": ["key", "purpose"],
        "key.retired": ["key", "purpose"],
    ]

    /// The acts that have a leaf, in the order of the alphabet.
    package static var publicActs: [String] { acts.keys.sorted() }

    /// Whether a journal row is a public fact.
    static func isPublic(_ act: String) -> Bool { acts[act] != nil }

    /// The draft of a row's leaf; nil when the row is no public fact.
    static func draft(_ row: JournalRow, record: [UInt8]?) -> LeafDraft? {
        guard let names = acts[row.act] else { return nil }
        return LeafDraft(
            seq: row.seq, at: row.at, act: row.act, subjectKind: row.subjectKind, subject: row.subject,
            part: row.subjectKind == "publication" ? row.change["n"].flatMap { Int($0) } ?? 0 : 0,
            change: row.change.filter { names.contains($0.key) && !$0.value.isEmpty }, record: record)
    }

    /// The bytes of a leaf.
    ///
    /// - Parameters:
    ///   - previous: the index of the subject's last leaf.
    ///   - commitment: the salted hash of the record, lower-case hex.
    static func entry(_ draft: LeafDraft, previous: Int?, commitment: String?) throws -> [UInt8] {
        var members: [(name: String, value: CanonicalJSON)] = [
            ("act", .string(draft.act)), ("at", .string(draft.at)),
            ("change", .object(draft.change.map { ($0.key, .string($0.value)) })),
            ("kind", .string(draft.subjectKind)), ("seq", .integer(draft.seq)),
            ("subject", .string(draft.subject)), ("v", .integer(version)),
        ]
        if let previous { members.append(("previous", .integer(previous))) }
        if let commitment { members.append(("record", .string(commitment))) }
        return try CanonicalJSON.object(members).bytes()
    }

    /// The salted hash that stands in the bytes of a leaf; nil where there is none.
    ///
    /// The member `record` comes before `seq` and holds 64 digits; no other member can hold that text, since quotation
    /// marks within values are written with a backslash.
    static func commitment(in entry: [UInt8]) -> String? {
        let text = String(decoding: entry, as: UTF8.self)
        guard let start = text.range(of: "\"record\":\""), let end = text.range(of: "\",\"seq\":") else {
            return nil
        }
        let digits = text[start.upperBound..<end.lowerBound]
        return digits.utf8.count == 64 ? String(digits) : nil
    }
}

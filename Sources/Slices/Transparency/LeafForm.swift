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
/// For programs of others it is written down in `docs/log-format.md`.
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
        "log.started": [
            "epoch", "previous-origin", "previous-size", "previous-root", "previous-audit",
        ],
        "key.added": ["key", "purpose"],
        "key.retired": ["key", "purpose"],
    ]

    /// The same, each in the order of RFC 8785.
    private static let names = acts.mapValues { $0.sorted() }

    /// The acts that have a leaf, in the order of the alphabet.
    package static let publicActs = acts.keys.sorted()

    /// Whether a journal row is a public fact.
    static func isPublic(_ act: String) -> Bool { acts[act] != nil }

    /// The draft of a row's leaf; nil when the row is no public fact.
    static func draft(_ row: JournalRow, commitment: String?, salt: [UInt8]?) -> LeafDraft? {
        guard let names = names[row.act] else { return nil }
        let change = names.compactMap { name -> LeafDraft.Member? in
            guard let value = row.change[name], !value.isEmpty else { return nil }
            return LeafDraft.Member(name: name, value: value)
        }
        return LeafDraft(
            seq: row.seq, at: row.at, act: row.act, subjectKind: row.subjectKind, subject: row.subject,
            change: change, commitment: commitment, salt: salt)
    }

    /// Writes the bytes of a leaf: RFC 8785, whose order of the names is the one below.
    ///
    /// - Parameter previous: the index of the subject's last leaf.
    static func write(_ draft: LeafDraft, previous: Int?, to bytes: inout [UInt8]) {
        bytes += "{\"act\":".utf8
        CanonicalJSON.write(draft.act, to: &bytes)
        bytes += ",\"at\":".utf8
        CanonicalJSON.write(draft.at, to: &bytes)
        bytes += ",\"change\":{".utf8
        for (place, member) in draft.change.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            CanonicalJSON.write(member.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            CanonicalJSON.write(member.value, to: &bytes)
        }
        bytes += "},\"kind\":".utf8
        CanonicalJSON.write(draft.subjectKind, to: &bytes)
        if let previous { bytes += ",\"previous\":\(previous)".utf8 }
        if let commitment = draft.commitment { bytes += ",\"record\":\"\(commitment)\"".utf8 }
        bytes += ",\"seq\":\(draft.seq),\"subject\":".utf8
        CanonicalJSON.write(draft.subject, to: &bytes)
        bytes += ",\"v\":\(version)}".utf8
    }

    /// The bytes of a leaf.
    static func entry(_ draft: LeafDraft, previous: Int?) -> [UInt8] {
        var bytes: [UInt8] = []
        write(draft, previous: previous, to: &bytes)
        return bytes
    }

    /// Whether a leaf tells of the release of an edition.
    static func isRelease(_ entry: [UInt8]) -> Bool { entry.starts(with: releaseStart) }

    private static let releaseStart = Array("{\"act\":\"edition.released\",".utf8)

    /// The salted hash that stands in the bytes of a leaf; nil where there is none.
    ///
    /// The member `record` comes before `seq` and holds 64 digits; no other member can hold that text, since quotation
    /// marks within values are written with a backslash.
    static func commitment(in entry: [UInt8]) -> String? {
        let text = EntryText(bytes: entry)
        guard let start = text.end(of: recordMark, from: 0),
            entry[start...].dropFirst(64).starts(with: seqMark)
        else { return nil }
        return text.value(from: start).flatMap { $0.utf8.count == 64 ? $0 : nil }
    }

    private static let recordMark = Array(",\"record\":\"".utf8)
    private static let seqMark = Array("\",\"seq\":".utf8)
}

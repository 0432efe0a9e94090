import Catalogue
import CivilTime
import Markup
import MerkleLog
import Obligations
import Publishing
import Storage

/// What was said with a public fact, in the one form that is hashed: RFC 8785 (公开记录).
///
/// The log holds SHA-256(`sundial record v1` ‖ 0x00 ‖ salt ‖ record). With record and salt anybody can check it; without
/// the salt nobody can guess what a short record said. No record names the person who acted.
package enum PublicRecord {
    package static let domain = Array("sundial record v1\u{0}".utf8)
    package static let saltBytes = 32

    /// 64 lower-case hexadecimal digits.
    package static func commitment(to record: [UInt8], salt: [UInt8]) -> String {
        ContentHash.sha256(domain + salt + record)
    }

    /// The record behind a journal row; nil where the leaf says everything, and where the content was erased.
    static func bytes(of row: JournalRow, in source: Transaction) throws -> [UInt8]? {
        switch row.act {
        case "edition.released", "edition.withdrawn":
            guard let number = row.change["n"].flatMap({ Int($0) }) else { return nil }
            return try edition(row.subject, number, in: source)
        case "event.recorded", "event.amended":
            return try source.events.event(row.subject).map { try event($0).bytes() }
        case "decision.made":
            return try source.ledger.decision(row.subject).map { try decision($0).bytes() }
        default:
            return nil
        }
    }

    /// The record of an edition; nil where its content was erased.
    package static func edition(_ publication: String, _ number: Int, in source: Transaction) throws
        -> [UInt8]?
    {
        guard let owner = try source.publications.publication(publication),
            let edition = try source.publications.edition(publication, number: number), edition.erasure == nil
        else { return nil }
        return try record(edition, of: owner).bytes()
    }

    private static func record(_ edition: Edition, of owner: Publication) -> CanonicalJSON {
        let attachments = edition.record?.attachments ?? []
        return object(
            [
                ("publication", owner.id), ("item", owner.item), ("jurisdiction", owner.jurisdiction),
                ("body", owner.body), ("project", owner.project), ("lot", owner.lot),
                ("period", owner.period),
                ("channel", owner.channel), ("audience", owner.audience.rawValue),
                ("origin", owner.origin.rawValue), ("source", owner.source), ("sourceKey", owner.sourceKey),
                ("n", String(edition.number)), ("kind", edition.kind.rawValue),
                ("releasedAt", edition.releasedAt), ("claimedAt", edition.claimedAt),
                ("reason", edition.reason),
                ("title", edition.record?.title ?? ""), ("text", edition.record?.text ?? ""),
                ("documentNumber", edition.record?.documentNumber ?? ""),
                ("sourceName", edition.record?.sourceName ?? ""), ("address", edition.record?.address ?? ""),
                ("sourceHash", edition.record?.sourceHash ?? ""),
                ("indexNumber", edition.record?.indexNumber ?? ""),
                ("documentKind", edition.record?.documentKind ?? ""),
                ("addressees", edition.record?.addressees ?? ""),
                ("openness", edition.record?.openness ?? ""),
                ("dated", edition.record?.dated?.description ?? ""),
                ("issuer", edition.record?.issuer ?? ""),
                ("textForm", edition.record?.textForm?.rawValue ?? ""),
            ], and: attachments.isEmpty ? [] : [("attachments", .array(attachments.map(attachment)))])
    }

    private static func attachment(_ attachment: EditionRecord.Attachment) -> CanonicalJSON {
        object([
            ("name", attachment.name), ("address", attachment.address ?? ""),
            ("sha256", attachment.sha256 ?? ""),
        ])
    }

    private static func event(_ event: Event) -> CanonicalJSON {
        object([
            ("event", event.id), ("root", event.root), ("kind", event.kind), ("item", event.item),
            ("body", event.body), ("jurisdiction", event.jurisdiction), ("project", event.project),
            ("lot", event.lot), ("period", event.period), ("day", event.day.description),
            ("time", event.time), ("basis", event.basis.rawValue), ("evidence", event.evidence),
            ("evidenceEdition", event.evidenceEdition), ("recordedAt", event.recordedAt),
        ])
    }

    private static func decision(_ decision: Decision) -> CanonicalJSON {
        object([
            ("decision", decision.id), ("obligation", decision.obligation),
            ("kind", decision.kind.rawValue), ("ground", decision.ground), ("clause", decision.clause),
            ("reason", decision.reason), ("day", decision.day.description),
            ("reviewOn", decision.reviewOn?.description ?? ""),
        ])
    }

    /// Empty texts are left out: a member that nobody filled says nothing.
    private static func object(
        _ members: [(name: String, value: String)], and others: [(name: String, value: CanonicalJSON)] = []
    ) -> CanonicalJSON {
        .object(members.filter { !$0.value.isEmpty }.map { ($0.name, .string($0.value)) } + others)
    }
}

import CivilTime
import Law
import Obligations
import People
import Storage

/// Releases a corrected edition; the earlier ones stay readable (更正).
///
/// A correction does not move the day on which the obligation was discharged; a standing item is renewed by it.
///
/// - Law: 政府信息公开条例 art. 41.
package struct CorrectPublication {
    package let publication: String
    package let record: EditionRecord
    package let reason: String
    /// Set when the source itself changed the record.
    package let imported: Publish.ImportedFrom?

    package init(
        publication: String, record: EditionRecord, reason: String, imported: Publish.ImportedFrom? = nil
    ) {
        self.publication = publication
        self.record = record
        self.reason = reason
        self.imported = imported
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Edition {
        let old = try transaction.releasedPublication(publication, byItsSource: imported != nil)
        let reason = try checkedReason(reason)
        try record.check()
        if imported == nil { try record.checkText() }
        let bytes = try record.bytes()
        let sha256 = ContentHash.sha256(bytes)
        let last = try transaction.publications.edition(publication, number: old.editions)
        guard last?.sha256 != sha256 else { throw PublishingProblem.unchanged(publication) }
        let edition = Edition(
            publication: publication, number: old.editions + 1, kind: .correction, record: record,
            sha256: sha256, reason: reason, claimedAt: imported?.claimedAt ?? "",
            releasedAt: occasion.now, releasedDay: occasion.today, releasedBy: occasion.actor)
        try transaction.publications.insert(edition, record: bytes)
        try transaction.publications.advance(
            publication, editions: edition.number, title: record.title, state: .released)
        transaction.journal(edition.released(occasion, audience: old.audience))
        try RenewDischarges(publication: publication, edition: edition.number, day: occasion.today)
            .perform(in: transaction, law: law, occasion)
        return edition
    }
}

/// Withdraws a publication with a reason; what only it discharged is owed again (撤回).
///
/// - Law: 政府信息公开条例 art. 18, 41; 行政处罚法 art. 48 (a withdrawn penalty is explained).
package struct WithdrawPublication {
    package let publication: String
    package let reason: String

    package init(publication: String, reason: String) {
        self.publication = publication
        self.reason = reason
    }

    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Edition {
        let old = try transaction.releasedPublication(publication, byItsSource: false)
        let reason = try checkedReason(reason)
        let edition = Edition(
            publication: publication, number: old.editions + 1, kind: .withdrawal, record: nil, sha256: "",
            reason: reason, claimedAt: "", releasedAt: occasion.now, releasedDay: occasion.today,
            releasedBy: occasion.actor)
        try transaction.publications.insert(edition, record: nil)
        try transaction.publications.advance(
            publication, editions: edition.number, title: old.title, state: .withdrawn)
        transaction.journal(edition.released(occasion, audience: old.audience))
        try RetractEdition(publication: publication).perform(in: transaction, law: law, occasion)
        return edition
    }
}

/// A reason that says something: four characters that are not spaces, 1,000 at most.
private func checkedReason(_ reason: String) throws -> String {
    guard reason.unicodeScalars.count(where: { !$0.properties.isWhitespace }) >= 4 else {
        throw PublishingProblem.reasonMissing
    }
    guard reason.unicodeScalars.count <= 1000 else { throw PublishingProblem.tooLong("理由", limit: 1000) }
    try EnteredText(reason, as: "理由（--reason）").checkLines()
    return reason
}

extension Transaction {
    /// A publication that stands; imported ones only change when their source does.
    fileprivate func releasedPublication(_ id: String, byItsSource: Bool) throws -> Publication {
        guard let publication = try publications.publication(id) else { throw PublishingProblem.notFound(id) }
        guard publication.state == .released else { throw PublishingProblem.withdrawn(id) }
        if publication.origin == .imported, !byItsSource {
            throw PublishingProblem.importedNotOurs(publication.source)
        }
        return publication
    }
}

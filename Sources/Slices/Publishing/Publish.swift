import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects
import Storage

/// Releases the first edition of a publication and discharges what it was owed for.
///
/// - Law: 政府信息公开条例 art. 19, 23.
package struct Publish {
    package var body: String
    /// Whose catalogue applies; the body's own jurisdiction when nil.
    package var jurisdiction: String?
    package var item = ""
    package var project = ""
    package var lot = ""
    package var period = ""
    package var channel = "portal"
    /// Asks for a narrower audience than the item's; nil takes the item's.
    package var audience: Audience?
    /// An obligation that this publication is meant for, or empty.
    package var obligation = ""
    /// Further items of the same audience that the document carries along: the budget in a procurement notice.
    package var carries: [String] = []
    package var record: EditionRecord
    /// Where an imported record comes from; nil for a local publication.
    package var imported: ImportedFrom?

    package init(body: String, record: EditionRecord) {
        self.body = body
        self.record = record
    }

    /// What an imported record brings along instead of our own clock.
    package struct ImportedFrom: Sendable {
        package let source: String
        package let key: String
        /// As the source writes it.
        package let claimedAt: String
        /// nil when the source claims no day.
        package let claimedDay: Day?

        package init(source: String, key: String, claimedAt: String, claimedDay: Day?) {
            self.source = source
            self.key = key
            self.claimedAt = claimedAt
            self.claimedDay = claimedDay
        }
    }

    package struct Published: Sendable {
        package let publication: Publication
        package let discharged: [String]
    }

    /// - Throws: `PublishingProblem` or `LedgerProblem`; then neither change nor journal entry remains.
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Published
    {
        try record.check()
        if imported == nil { try checkText() }
        if imported == nil, record.text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw PublishingProblem.textMissing
        }
        let place = try checkedPlace(in: transaction, on: occasion.today)
        let reach = try checkedAudience(in: transaction, place: place, on: occasion.today)
        if !project.isEmpty, try transaction.projects.project(project) == nil {
            throw ProjectProblem.notFound(key: project)
        }
        if imported == nil { try transaction.refuseWithheld(self) }
        let bytes = try record.bytes()
        let publication = Publication(
            id: transaction.newID(), item: item, jurisdiction: place, body: body, project: project, lot: lot,
            period: period, channel: channel, audience: reach, origin: imported == nil ? .local : .imported,
            source: imported?.source ?? "", sourceKey: imported?.key ?? "", state: .released, editions: 1,
            title: record.title, day: day(on: occasion.today),
            firstSeenAt: occasion.now)
        let stored = imported == nil ? publication.keyedByItself : publication
        try transaction.publications.insert(stored)
        let edition = Edition(
            publication: publication.id, number: 1, kind: .first, record: record,
            sha256: ContentHash.sha256(bytes),
            reason: "",
            claimedAt: imported?.claimedAt ?? "", releasedAt: occasion.now, releasedDay: occasion.today,
            releasedBy: occasion.actor)
        try transaction.publications.insert(edition, record: bytes)
        transaction.journal(edition.released(occasion, audience: reach))
        let discharged =
            try canDischarge(stored, in: transaction, on: occasion.today)
            ? offer(stored, transaction, law, occasion) : []
        return Published(publication: stored, discharged: discharged)
    }

    /// What somebody typed; what a source prints is taken as it is.
    private func checkText() throws {
        try record.checkText()
        try EnteredText(lot, as: "标段（--lot）").checkLine(max: Lot.numberMax)
        if !period.isEmpty, Period(period) == nil { throw PublishingProblem.periodUnreadable(period) }
    }

    /// Whose catalogue applies. An imported record may name no body; ours always do.
    private func checkedPlace(in transaction: Transaction, on day: Day) throws -> String {
        if imported != nil, body.isEmpty, item.isEmpty, let jurisdiction { return jurisdiction }
        guard let owner = try transaction.bodies.body(body, on: day) else {
            throw PublishingProblem.unknownBody(body)
        }
        return jurisdiction ?? owner.jurisdiction
    }

    /// The day of our release, or the one that the source claims: a day that lies ahead is no day on which anything was
    /// published, so nothing is judged by it.
    private func day(on today: Day) -> Day? {
        guard let imported else { return today }
        return imported.claimedDay.flatMap { $0 > today ? nil : $0 }
    }

    /// What reaches fewer than the item is meant for discharges nothing.
    private func canDischarge(_ publication: Publication, in transaction: Transaction, on day: Day) throws
        -> Bool
    {
        let reaches = try reaches(publication.item, publication, transaction, day)
        if !obligation.isEmpty, !reaches { throw PublishingProblem.obligationNotReached(obligation) }
        return reaches
    }

    private func reaches(
        _ item: String, _ publication: Publication, _ transaction: Transaction, _ day: Day
    ) throws -> Bool {
        try transaction.catalogue.item(item, in: publication.jurisdiction, on: day)?.audience
            == publication.audience
    }

    private func offer(
        _ publication: Publication, _ transaction: Transaction, _ law: LawBook, _ occasion: Occasion
    ) throws -> [String] {
        let basis: TimeBasis = publication.day == nil ? .unknown : .attested
        // Ours discharge their own body's duties. A source prints a buyer's name in more ways than one.
        let dutiful = imported != nil && !project.isEmpty ? "" : body
        var discharged: [String] = []
        for item in try [item] + carries.filter({ try reaches($0, publication, transaction, occasion.today) })
        {
            discharged = try OfferEdition(
                OfferedEdition(
                    publication: publication.id, edition: 1, item: item, channel: channel, body: dutiful,
                    project: project, lot: lot, period: period,
                    obligation: item == self.item ? obligation : "",
                    day: publication.day, basis: basis)
            ).perform(in: transaction, law: law, occasion)
        }
        return discharged
    }

    private func checkedAudience(in transaction: Transaction, place: String, on day: Day) throws -> Audience {
        guard DisclosureChannel(rawValue: channel) != nil else {
            throw PublishingProblem.unknownChannel(channel, known: DisclosureChannel.allCases.map(\.rawValue))
        }
        if audience == .internal { throw PublishingProblem.itemNeverLeaves(item) }
        guard !item.isEmpty else { return audience ?? .everyone }
        guard let found = try transaction.catalogue.item(item, in: place, on: day) else {
            throw PublishingProblem.unknownItem(item, jurisdiction: place)
        }
        if found.audience == .internal { throw PublishingProblem.itemNeverLeaves(item) }
        guard found.owes else { throw PublishingProblem.itemIsNoMatter(item, kind: found.kind.title) }
        if let audience, !found.audience.includes(audience) {
            throw PublishingProblem.audienceTooWide(item: found.title, audience: found.audience.title)
        }
        let reach = audience ?? found.audience
        for carried in carries {
            try checkCarried(carried, to: reach, in: transaction, place: place, on: day)
        }
        return reach
    }

    /// What a document carries along reaches whomever the document reaches.
    private func checkCarried(
        _ item: String, to reach: Audience, in transaction: Transaction, place: String, on day: Day
    ) throws {
        guard let found = try transaction.catalogue.item(item, in: place, on: day) else {
            throw PublishingProblem.unknownItem(item, jurisdiction: place)
        }
        guard found.audience.includes(reach) else {
            throw PublishingProblem.audienceTooWide(item: found.title, audience: found.audience.title)
        }
    }
}

extension Transaction {
    /// Refuses to publish what a standing decision keeps back, whichever body of the project would publish it.
    fileprivate func refuseWithheld(_ publish: Publish) throws {
        for item in [publish.item] + publish.carries where !item.isEmpty {
            try refuseWithheld(publish, item: item)
        }
    }

    private func refuseWithheld(_ publish: Publish, item: String) throws {
        let day = Day(ordinal: 0)
        var filter = ObligationFilter(day: day, soon: day)
        filter.item = item
        filter.body = publish.project.isEmpty ? publish.body : nil
        // Who leaves the project off might mean any of the body's.
        filter.project = publish.project.isEmpty ? nil : publish.project
        filter.state = .withheld
        for kept in try obligations.list(filter, after: nil, limit: 100)
        where publish.obligation.isEmpty ? publish.reveals(kept) : publish.obligation == kept.id {
            guard let decision = try ledger.decisions(of: kept.id).last(where: { $0.revokedOn == nil }) else {
                continue
            }
            throw PublishingProblem.withheld(
                decision: decision.id, ground: decision.ground, clause: decision.clause)
        }
    }
}

extension Publish {
    /// Whether it may be about the lot and period of a withheld obligation, as far as it says what it is about.
    fileprivate func reveals(_ kept: Obligation) -> Bool {
        (kept.lot.isEmpty || lot.isEmpty || kept.lot == lot) && (kept.standing || kept.period == period)
    }
}

extension Audience {
    /// Whether everybody of the other audience is in this one: nothing meant for fewer reaches more.
    fileprivate func includes(_ other: Audience) -> Bool {
        switch (self, other) {
        case (_, .internal): false
        case (.everyone, _): true
        case (.county, .everyone): false
        case (.county, _): true
        default: self == other
        }
    }
}

extension Publication {
    /// Local publications are their own source key.
    fileprivate var keyedByItself: Publication {
        Publication(
            id: id, item: item, jurisdiction: jurisdiction, body: body, project: project, lot: lot,
            period: period, channel: channel, audience: audience, origin: origin, source: "local",
            sourceKey: id,
            state: state, editions: editions, title: title, day: day, firstSeenAt: firstSeenAt)
    }
}

extension Edition {
    func released(_ occasion: Occasion, audience: Audience) -> JournalEntry {
        occasion.entry(
            kind == .withdrawal ? "edition.withdrawn" : "edition.released", "publication", publication,
            ["n": String(number), "kind": kind.rawValue, "audience": audience.rawValue])
    }
}

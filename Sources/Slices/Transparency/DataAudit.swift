import Catalogue
import CivilTime
import Law
import Obligations
import Storage

/// Catalogues, calendars and the beginnings of ledgers as their tables have them, held against their leaves (目录、日历、台账); the
/// choices of rules against the hashes that they are kept under.
struct DataAudit {
    /// What does not fit.
    struct Finding {
        let isUnlogged: Bool
        let subject: String
        let detail: String
    }

    let transaction: Transaction
    /// What leaves tell of, by act.
    let told: [String: [String]]
    /// What the journal tells of and the log does not yet.
    let waiting: Set<String>

    private static let page = 100

    /// The first that does not fit; nil when everything does.
    func finding() throws -> Finding? {
        try Unreadable.reading("目录的表 catalogue_version ", catalogues)
            ?? Unreadable.reading("日历的表 calendar_release ", calendars)
            ?? Unreadable.reading("台账的表 ledger ", ledgers)
            ?? Unreadable.reading("时限规则选择的表 rule_choice ", choices)
    }

    // MARK: Catalogues

    private func catalogues() throws -> Finding? {
        var known: Set<String> = []
        var cursor = ""
        while true {
            let page = try transaction.catalogue.versions(after: cursor, limit: Self.page)
            guard let last = page.last else { break }
            cursor = last.id
            for version in page where !waiting.contains(version.id) {
                known.insert(version.id)
                let finding = try Unreadable.reading("目录版本 \(version.id)", about: version.id) {
                    try self.finding(on: version)
                }
                if let finding { return finding }
            }
        }
        return gone("catalogue.loaded", "目录版本", known)
    }

    private func finding(on version: CatalogueVersion) throws -> Finding? {
        guard let change = try change(of: version.id, kind: "catalogue", act: "catalogue.loaded") else {
            return unlogged("目录版本", version.id)
        }
        let content = try content(of: version)
        let agrees =
            change["catalogue"] == version.catalogue && change["sha256"] == version.sha256
            && change["effectiveFrom"] == version.effectiveFrom.description
            && change["sha256"] == content?.sha256 && change["items"] == content.map { String($0.items) }
        return agrees ? nil : altered("目录版本", version.id)
    }

    /// nil where a row is none that could have been loaded.
    private func content(of version: CatalogueVersion) throws -> (sha256: String, items: Int)? {
        do {
            return try transaction.catalogue.content(of: version)
        } catch is SchemaMismatch {
            return nil
        }
    }

    // MARK: Calendars

    private func calendars() throws -> Finding? {
        let spans = try transaction.ledger.calendarSpans()
        for release in try transaction.ledger.calendarReleases() where !waiting.contains(release.version) {
            guard let change = try change(of: release.version, kind: "calendar", act: "calendar.loaded")
            else {
                return unlogged("日历版本", release.version)
            }
            let span = spans[release.version]
            let agrees =
                change["jurisdiction"] ?? "" == release.jurisdiction
                && change["from"] == span?.lowerBound.description
                && change["to"] == span?.upperBound.description
                && change["sha256"] ?? release.sha256 == release.sha256
            if !agrees { return altered("日历版本", release.version) }
        }
        return gone("calendar.loaded", "日历版本", Set(spans.keys))
    }

    // MARK: Ledgers

    private func ledgers() throws -> Finding? {
        let ledgers = try transaction.ledger.ledgers()
        for ledger in ledgers where !waiting.contains(ledger.jurisdiction) {
            guard
                let change = try change(of: ledger.jurisdiction, kind: "jurisdiction", act: "ledger.started")
            else { return unlogged("台账", ledger.jurisdiction) }
            if change["from"] != ledger.from.description { return altered("台账", ledger.jurisdiction) }
        }
        return gone("ledger.started", "台账", Set(ledgers.map(\.jurisdiction)))
    }

    // MARK: Choices of rules

    private func choices() throws -> Finding? {
        try transaction.ledger.alteredChoice().map {
            Finding(isUnlogged: false, subject: $0, detail: "时限规则的选择 \($0) 与其哈希不符。")
        }
    }

    // MARK: Both ways

    private func change(of subject: String, kind: String, act: String) throws -> [String: String]? {
        try transaction.log.logged(subject, kind: kind, acts: [act]).last?.row.change
    }

    private func gone(_ act: String, _ what: String, _ known: Set<String>) -> Finding? {
        (told[act] ?? []).first { !known.contains($0) && !waiting.contains($0) }.map {
            Finding(isUnlogged: false, subject: $0, detail: "\(what) \($0) 在日志里，表中不见了。")
        }
    }

    private func unlogged(_ what: String, _ subject: String) -> Finding {
        Finding(isUnlogged: true, subject: subject, detail: "\(what) \(subject) 没有写入日志。")
    }

    private func altered(_ what: String, _ subject: String) -> Finding {
        Finding(isUnlogged: false, subject: subject, detail: "\(what) \(subject) 与日志不符。")
    }
}

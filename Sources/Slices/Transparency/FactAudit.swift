import CivilTime
import Obligations
import Publishing
import Storage

/// Events and publications as their tables have them, held against what their leaves add up to.
///
/// What stands in a record was hashed again with its leaf; here it is whether a row has a leaf at all, and what pages show
/// beside the record.
struct FactAudit {
    /// What does not fit, and the leaf from which on.
    struct Finding {
        let isUnlogged: Bool
        let leaf: Int?
        let subject: String
        let detail: String
    }

    let transaction: Transaction
    let times: EditionTime
    /// What the journal tells of and the log does not yet.
    let waiting: Set<String>

    private static let page = 500

    /// - Returns: the first that does not fit, and how many were looked at.
    func events() throws -> (finding: Finding?, seen: Int) {
        try walk("事项", "event", transaction.events.events) {
            $0.id
        } check: {
            try finding(on: $0)
        }
    }

    func publications() throws -> (finding: Finding?, seen: Int) {
        try walk("公开信息", "publication", transaction.publications.all) {
            $0.id
        } check: {
            try finding(on: $0)
        }
    }

    private func walk<Row>(
        _ what: String, _ table: String, _ read: (String, Int) throws -> [Row], id: (Row) -> String,
        check: (Row) throws -> Finding?
    ) throws -> (finding: Finding?, seen: Int) {
        var (cursor, seen) = ("", 0)
        while true {
            let page = try Unreadable.reading("\(what)的表 \(table) ") { try read(cursor, Self.page) }
            guard let last = page.last else { return (nil, seen) }
            cursor = id(last)
            for row in page where !waiting.contains(id(row)) {
                seen += 1
                let finding = try Unreadable.reading("\(what) \(id(row)) 或者它的各版", about: id(row)) {
                    try check(row)
                }
                if let finding { return (finding, seen) }
            }
        }
    }

    // MARK: Events

    private func finding(on event: Event) throws -> Finding? {
        let logged = try transaction.log.logged(event.id, kind: "event")
        guard let first = logged.first else { return unlogged("事项 \(event.id)", event.id) }
        let history = try transaction.events.history(root: event.root)
        // An amendment of which no leaf tells yet has already put the one before it aside.
        if history.contains(where: { waiting.contains($0.id) }) { return nil }
        let state: Event.State =
            if logged.contains(where: { $0.row.act == "event.voided" }) {
                .voided
            } else {
                try isSuperseded(event, by: history) ? .superseded : .current
            }
        return state == event.state ? nil : altered("事项 \(event.id) 的现状", first.index)
    }

    private func isSuperseded(_ event: Event, by history: [Event]) throws -> Bool {
        try history.contains { other in
            try other.id != event.id
                && transaction.log.logged(other.id, kind: "event", acts: ["event.amended"])
                    .contains { $0.row.change["supersedes"] == event.id }
        }
    }

    // MARK: Publications

    private func finding(on publication: Publication) throws -> Finding? {
        let logged = try transaction.log.logged(publication.id, kind: "publication")
        guard let first = logged.first else { return unlogged("公开信息 \(publication.id)", publication.id) }
        let editions = try transaction.publications.editions(of: publication.id)
        let releases = logged.filter { $0.row.act != "edition.erased" }
        for edition in editions {
            let told = releases.filter { $0.row.change["n"] == String(edition.number) }
            guard let release = told.first else {
                return unlogged("公开信息 \(publication.id) 的第 \(edition.number) 版", publication.id)
            }
            if try !agrees(edition, with: release.row, logged.map(\.row)) {
                return altered("公开信息 \(publication.id) 第 \(edition.number) 版的时间、哈希或者删除情况", release.index)
            }
        }
        if !agrees(publication, with: editions) {
            return altered("公开信息 \(publication.id) 的标题、公开日或者现状", first.index)
        }
        return try transaction.ledger.offered(by: publication.id).allSatisfy {
            try agrees($0, with: publication)
        }
            ? nil : altered("公开信息 \(publication.id) 可以履行什么，", first.index)
    }

    /// What a publication is offered for follows from its own record; a withdrawn one is offered for nothing. The items that it
    /// carries along stand in no leaf, nor does an obligation that its publisher named.
    private func agrees(_ offer: OfferedEdition, with publication: Publication) throws -> Bool {
        let editions = 1...publication.editions
        let isOfProject = publication.origin == .imported && !publication.project.isEmpty
        return try publication.state == .released
            && (offer.channel, offer.project, offer.lot, offer.period)
                == (publication.channel, publication.project, publication.lot, publication.period)
            && offer.body == (isOfProject ? "" : publication.body)
            && editions.contains(offer.edition) && editions.contains(offer.latestEdition)
            && times.allows(offer.day, offer.basis, of: offer.edition, in: publication)
            && times.allows(offer.latestDay, of: offer.latestEdition, in: publication)
    }

    private func agrees(_ edition: Edition, with release: JournalRow, _ all: [JournalRow]) throws -> Bool {
        let erasure = all.last { $0.act == "edition.erased" && $0.change["n"] == String(edition.number) }
        let isErasedAsTold =
            erasure?.change["ground"] == edition.erasure?.ground.rawValue
            && erasure?.change["clause"] == edition.erasure?.clause && erasure?.at == edition.erasure?.at
        let hash = try edition.record.map { ContentHash.sha256(try $0.bytes()) } ?? ""
        return isErasedAsTold && Instant(edition.releasedAt)?.day == edition.releasedDay
            && release.change["kind"] == edition.kind.rawValue && hash == edition.sha256
    }

    private func agrees(_ publication: Publication, with editions: [Edition]) -> Bool {
        guard let first = editions.first, let last = editions.last else { return false }
        let title = editions.last { $0.record != nil }?.record?.title ?? "（内容已依法删除）"
        let day = publication.origin == .local ? first.releasedDay : publication.day
        return publication.editions == last.number && publication.title == title && publication.day == day
            && publication.firstSeenAt == first.releasedAt
            && (publication.state == .withdrawn) == (last.kind == .withdrawal)
    }

    private func unlogged(_ what: String, _ subject: String) -> Finding {
        Finding(isUnlogged: true, leaf: nil, subject: subject, detail: what + " 没有写入日志。")
    }

    private func altered(_ what: String, _ leaf: Int) -> Finding {
        Finding(isUnlogged: false, leaf: leaf, subject: "", detail: what + "与日志不符。")
    }
}

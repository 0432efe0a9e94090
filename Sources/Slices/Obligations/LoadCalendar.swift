import CivilTime
import Law
import People
import Storage

/// Loads announced holiday years, or the rest days of one jurisdiction.
///
/// - Law: 全国年节及纪念日放假办法 art. 4 (local days); the State Council's yearly notice for the rest.
package struct LoadCalendar {
    package let years: HolidayYears
    /// The file's text, kept as the release.
    package let content: String
    /// The jurisdiction whose own rest days these are; empty for the whole country.
    package let jurisdiction: String

    package init(years: HolidayYears, content: String, jurisdiction: String = "") {
        self.years = years
        self.content = content
        self.jurisdiction = jurisdiction
    }

    /// The due days are computed again by `ResumeRecomputation`, page by page.
    ///
    /// - Returns: the days whose nature may have changed: every one of the loaded years and the December before,
    ///   because a year's notice may make its last days working days or days off.
    /// - Throws: `HolidayFileProblem` when the years do not fit those known already; `LedgerProblem`, also for a version that is no
    ///   code.
    @discardableResult
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> ClosedRange<Day> {
        guard let first = years.years.map(\.year).min(), let last = years.years.map(\.year).max(),
            let from = Day(first - 1, 12, 1), let to = Day(last, 12, 31)
        else { throw LedgerProblem.calendarEmpty }
        // It becomes the subject of a leaf, from which no word can ever be erased.
        guard years.version.wholeMatch(of: /[0-9A-Za-z.\-]{1,40}/) != nil else {
            throw LedgerProblem.calendarVersionForm
        }
        guard try !transaction.ledger.calendarReleases().contains(where: { $0.version == years.version })
        else {
            throw LedgerProblem.calendarVersionKnown(years.version)
        }
        if !jurisdiction.isEmpty, try transaction.jurisdictions.jurisdiction(jurisdiction) == nil {
            throw LedgerProblem.unknownJurisdiction(jurisdiction)
        }
        let release = LedgerStore.CalendarRelease(
            version: years.version, jurisdiction: jurisdiction, content: content)
        // Every later act reads the calendar: what cannot be read together must not get in.
        _ = try LoadedCalendars(
            builtIn: .builtIn(), releases: transaction.ledger.calendarReleases() + [release])
        try transaction.ledger.insertCalendar(
            release, days: from...to, at: occasion.now, by: occasion.actor)
        transaction.journal(
            occasion.entry(
                "calendar.loaded", "calendar", years.version,
                [
                    "from": from.description, "to": to.description, "jurisdiction": jurisdiction,
                    "sha256": release.sha256,
                ]))
        return from...to
    }
}

/// Computes again, one page at a time, the due days that a loaded calendar touches, met ones too.
///
/// Old and new computations both stay, and both are in the journal. How far it has come is kept with the release, so
/// that whoever runs next goes on where an interruption left off.
package struct ResumeRecomputation {
    package let limit: Int

    /// - Parameter limit: obligations a page, 1 or more.
    package init(limit: Int) {
        self.limit = limit
    }

    package struct Page: Sendable, Hashable {
        package let seen: Int
        package let changed: Int
    }

    /// - Returns: what the page held; nil when every loaded calendar has been applied.
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Page? {
        guard let release = try transaction.ledger.unfinishedCalendar() else { return nil }
        let page = try transaction.obligations.counted(
            across: release.days, in: release.jurisdiction, after: release.reached, limit: limit)
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        var changed = 0
        for obligation in page where try clock.recompute(obligation, reason: "节假日安排公布") {
            changed += 1
        }
        if let last = page.last, page.count == limit {
            try transaction.ledger.setReached(release.version, last.id)
        } else {
            try transaction.ledger.setRecomputed(release.version, at: occasion.now)
            transaction.journal(occasion.entry("calendar.applied", "calendar", release.version))
        }
        return Page(seen: page.count, changed: changed)
    }
}

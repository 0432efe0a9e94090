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

    /// - Returns: the days whose nature may have changed: every one of the loaded years and the December before,
    ///   because a year's notice may make its last days working days or days off.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> ClosedRange<Day> {
        guard let first = years.years.map(\.year).min(), let last = years.years.map(\.year).max(),
            let from = Day(first - 1, 12, 1), let to = Day(last, 12, 31)
        else { throw LedgerProblem.calendarEmpty }
        guard try !transaction.ledger.calendarReleases().contains(where: { $0.version == years.version }) else {
            throw LedgerProblem.calendarVersionKnown(years.version)
        }
        if !jurisdiction.isEmpty, try transaction.jurisdictions.jurisdiction(jurisdiction) == nil {
            throw LedgerProblem.unknownJurisdiction(jurisdiction)
        }
        try transaction.ledger.insertCalendar(
            .init(version: years.version, jurisdiction: jurisdiction, content: content), days: from...to,
            at: occasion.now, by: occasion.actor)
        transaction.journal(
            occasion.entry(
                "calendar.loaded", "calendar", years.version,
                ["from": from.description, "to": to.description, "jurisdiction": jurisdiction]))
        return from...to
    }
}

/// Computes again, one page at a time, the due days that a change of the calendar touches, met ones too.
///
/// Old and new computations both stay, and both are in the journal.
package struct RecomputeDueDays {
    package let days: ClosedRange<Day>
    /// Chinese: `节假日安排公布`.
    package let reason: String

    package init(across days: ClosedRange<Day>, reason: String) {
        self.days = days
        self.reason = reason
    }

    package struct Page: Sendable {
        package let seen: Int
        package let changed: Int
        /// Where the next page starts; nil at the end.
        package let next: String?
    }

    package func perform(
        after id: String, limit: Int, in transaction: Transaction, law: LawBook, _ occasion: Occasion
    ) throws -> Page {
        let page = try transaction.obligations.counted(across: days, after: id, limit: limit)
        let clock = Clock(transaction: transaction, law: law, occasion: occasion)
        var changed = 0
        for obligation in page where try clock.recompute(obligation, reason: reason) {
            changed += 1
        }
        return Page(seen: page.count, changed: changed, next: page.count == limit ? page.last?.id : nil)
    }
}

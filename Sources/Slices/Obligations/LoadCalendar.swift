import CivilTime
import Law
import People
import Storage

/// Loads announced holiday years and computes again every due day whose counted span touches them.
///
/// - Law: design: a change of calendar facts recomputes open and met obligations; old and new stay in the journal.
package struct LoadCalendar {
    package let years: HolidayYears
    /// The file's text, kept as the release.
    package let content: String

    package init(years: HolidayYears, content: String) {
        self.years = years
        self.content = content
    }

    package func perform(in transaction: Transaction, _ occasion: Occasion) throws {
        guard let first = years.years.map(\.year).min(), let last = years.years.map(\.year).max(),
            let from = Day(first, 1, 1), let to = Day(last, 12, 31)
        else { throw LedgerProblem.tooLong("节假日年份", limit: 1) }
        guard try !transaction.ledger.calendarReleases().contains(where: { $0.version == years.version }) else {
            throw LedgerProblem.calendarVersionKnown(years.version)
        }
        try transaction.ledger.insertCalendar(
            version: years.version, content: content, days: from...to, at: occasion.now, by: occasion.actor)
        transaction.journal(
            occasion.entry(
                "calendar.loaded", "calendar", years.version, ["from": from.description, "to": to.description]))
    }
}

/// Computes again, one page at a time, the due days that a change of the calendar touches.
package struct RecomputeDueDays {
    package let days: ClosedRange<Day>
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

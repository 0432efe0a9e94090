import CivilTime
import Law
import Storage
import Synchronization

/// The law as it stands now: the built-in data and the calendars loaded since, read again only when one is added.
package final class LawShelf: Sendable {
    /// The built-in rules, read once: they cannot change while the program runs.
    package let file: LawFile
    private let builtInYears: HolidayYears
    private let latest = Mutex<(releases: String, book: LawBook)?>(nil)

    /// - Throws: `LawFileError` or `HolidayFileProblem` when built-in data is broken: our own mistake.
    package init() throws {
        file = try LawFile.builtIn()
        builtInYears = try HolidayYears.builtIn()
    }

    /// The law that a transaction sees.
    package func book(in transaction: Transaction) throws -> LawBook {
        let releases = try transaction.ledger.calendarVersions()
        if let known = latest.withLock({ $0 }), known.releases == releases { return known.book }
        let book = try read(transaction)
        latest.withLock { $0 = (releases, book) }
        return book
    }

    /// The law of now with the calendars that had been loaded by the end of a day.
    package func book(in transaction: Transaction, on day: Day) throws -> LawBook {
        let known = try transaction.ledger.calendarReleases(loadedBefore: "\(day)T16:00:00Z")
        if try known.count == transaction.ledger.calendarReleases().count { return try book(in: transaction) }
        return book(with: try LoadedCalendars(builtIn: builtInYears, releases: known))
    }

    /// The holiday years that a transaction sees: the built-in ones and those loaded since.
    package func years(in transaction: Transaction) throws -> HolidayYears {
        try calendars(in: transaction).years
    }

    private func calendars(in transaction: Transaction) throws -> LoadedCalendars {
        try LoadedCalendars(builtIn: builtInYears, releases: transaction.ledger.calendarReleases())
    }

    private func read(_ transaction: Transaction) throws -> LawBook {
        book(with: try calendars(in: transaction))
    }

    private func book(with calendars: LoadedCalendars) -> LawBook {
        LawBook(
            rules: file, calendar: calendars.years.workCalendar(), calendarVersion: calendars.version,
            restDays: calendars.restDays, noticeAddresses: calendars.years.noticeAddresses)
    }
}

/// The built-in holiday years with the releases loaded since, the later ones in place of the earlier.
struct LoadedCalendars {
    private(set) var years: HolidayYears
    /// Further rest days, by jurisdiction.
    private(set) var restDays: [String: [NamedDay]] = [:]
    private(set) var version: String

    /// - Throws: `HolidayFileProblem` when a release cannot be read, or names a day that another year names.
    init(builtIn: HolidayYears, releases: [LedgerStore.CalendarRelease]) throws {
        years = builtIn
        version = builtIn.version
        for release in releases {
            let loaded = try HolidayYears.parse([UInt8](release.content.utf8))
            if release.jurisdiction.isEmpty {
                years = try years.merging(loaded)
            } else {
                restDays[release.jurisdiction, default: []] += loaded.namedDays.filter { !$0.isWorking }
            }
            version += "+" + release.version
        }
    }
}

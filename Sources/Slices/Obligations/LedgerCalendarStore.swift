import CivilTime
import Law
import Storage

/// Every statement on calendars that were loaded after the built-in ones.
extension LedgerStore {
    /// Holiday years or local rest days loaded after the built-in ones.
    package struct CalendarRelease: Sendable {
        package let version: String
        /// Empty: the whole country.
        package let jurisdiction: String
        package let content: String

        /// Of the content, as the journal names it.
        package var sha256: String { ContentHash.sha256(Array(content.utf8)) }
    }

    /// The releases loaded, oldest first.
    package func calendarReleases() throws -> [CalendarRelease] {
        try transaction.rows(
            "SELECT version, jurisdiction, content FROM calendar_release ORDER BY loaded_at, version LIMIT 100"
        ).map {
            CalendarRelease(
                version: try $0.string("version"), jurisdiction: try $0.string("jurisdiction"),
                content: try $0.string("content"))
        }
    }

    /// The days that each release was said to touch, by version.
    package func calendarSpans() throws -> [String: ClosedRange<Day>] {
        try transaction.rows("SELECT version, first_day, last_day FROM calendar_release LIMIT 100")
            .reduce(into: [:]) { spans, row in
                let (first, last) = (try row.day("first_day"), try row.day("last_day"))
                spans[try row.string("version")] = first...max(first, last)
            }
    }

    /// The releases loaded before an instant, oldest first.
    func calendarReleases(loadedBefore end: String) throws -> [CalendarRelease] {
        try transaction.rows(
            """
            SELECT version, jurisdiction, content FROM calendar_release WHERE loaded_at < \(end)
            ORDER BY loaded_at, version LIMIT 100
            """
        ).map {
            CalendarRelease(
                version: try $0.string("version"), jurisdiction: try $0.string("jurisdiction"),
                content: try $0.string("content"))
        }
    }

    /// The versions loaded, as one text that changes when any is added.
    package func calendarVersions() throws -> String {
        try transaction.rows("SELECT version FROM calendar_release ORDER BY loaded_at, version LIMIT 100")
            .map { try $0.string("version") }.joined(separator: "+")
    }

    func insertCalendar(
        _ release: CalendarRelease, days: ClosedRange<Day>, at now: String, by actor: String
    ) throws {
        try transaction.execute(
            """
            INSERT INTO calendar_release (version, jurisdiction, content, first_day, last_day, loaded_at, loaded_by,
                reached, recomputed_at)
            VALUES (\(release.version), \(release.jurisdiction), \(release.content), \(days.lowerBound),
                \(days.upperBound), \(now), \(actor), '', '')
            """)
    }

    /// The oldest release whose recomputation has not come to its end, and the obligation it has come to.
    func unfinishedCalendar() throws -> (
        version: String, jurisdiction: String, days: ClosedRange<Day>, reached: String
    )? {
        try transaction.row(
            """
            SELECT version, jurisdiction, first_day, last_day, reached FROM calendar_release
            WHERE recomputed_at = '' ORDER BY loaded_at, version LIMIT 1
            """
        ).map { row in
            (
                try row.string("version"), try row.string("jurisdiction"),
                try row.day("first_day")...row.day("last_day"), try row.string("reached")
            )
        }
    }

    func setReached(_ version: String, _ obligation: String) throws {
        try transaction.execute(
            "UPDATE calendar_release SET reached = \(obligation) WHERE version = \(version)")
    }

    func setRecomputed(_ version: String, at now: String) throws {
        try transaction.execute(
            "UPDATE calendar_release SET recomputed_at = \(now) WHERE version = \(version)")
    }
}

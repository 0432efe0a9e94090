import CivilTime
import Foundation

/// The law as one version of the data states it: time rules, event kinds, chains and the work calendar.
package struct LawBook: Sendable {
    package let version: String
    package let rules: [TimeRule]
    package let eventKinds: [EventKind]
    package let chains: [Chain]
    /// The national calendar.
    package let calendar: WorkCalendar
    /// Calendars of jurisdictions with rest days of their own (放假办法 art. 4).
    private let localCalendars: [String: WorkCalendar]
    package let calendarVersion: String

    /// - Parameter restDays: further rest days, by jurisdiction.
    package init(
        rules file: LawFile, calendar: WorkCalendar, calendarVersion: String,
        restDays: [String: [NamedDay]] = [:]
    ) {
        version = file.version
        rules = file.rules
        eventKinds = file.eventKinds
        chains = file.chains
        self.calendar = calendar
        localCalendars = restDays.mapValues { calendar.adding(localRestDays: $0) }
        self.calendarVersion = calendarVersion
    }

    /// The calendar by which a jurisdiction counts.
    package func calendar(in jurisdiction: String) -> WorkCalendar {
        localCalendars[jurisdiction] ?? calendar
    }

    /// The built-in law with the built-in holiday years.
    ///
    /// - Throws: `LawFileError` when a built-in file is broken: our own mistake.
    package static func builtIn() throws -> LawBook {
        let years = try HolidayYears.builtIn()
        return LawBook(
            rules: try LawFile.builtIn(), calendar: years.workCalendar(), calendarVersion: years.version)
    }

    /// The version of a rule in force on that day, or nil.
    package func rule(_ id: String, on day: Day) -> TimeRule? {
        rules.first { $0.id == id && $0.inForce(on: day) }
    }

    package func eventKind(_ kind: String) -> EventKind? {
        eventKinds.first { $0.kind == kind }
    }

    package func chain(containing eventKind: String) -> Chain? {
        chains.first { $0.index(of: eventKind) != nil }
    }
}

/// The law data file: `time-rules.json`.
package struct LawFile: Sendable, Codable {
    package let version: String
    package let rules: [TimeRule]
    package let eventKinds: [EventKind]
    package let chains: [Chain]

    package static func builtIn() throws -> LawFile {
        guard let bytes = DataFiles.builtIn("time-rules.json") else {
            throw LawFileError(detail: "time-rules.json is not built in")
        }
        return try parse(bytes)
    }

    /// Reads and checks a law file: what `check()` finds wrong is refused whole.
    package static func parse(_ bytes: [UInt8]) throws -> LawFile {
        let file: LawFile
        do {
            file = try JSONDecoder().decode(LawFile.self, from: Data(bytes))
        } catch {
            throw LawFileError(detail: "time-rules.json: \(error)")
        }
        try file.check()
        return file
    }
}

/// A law data file that cannot be used: what is wrong and where.
package struct LawFileError: Error, CustomStringConvertible {
    package let detail: String

    package init(detail: String) {
        self.detail = detail
    }

    package var description: String { detail }
}

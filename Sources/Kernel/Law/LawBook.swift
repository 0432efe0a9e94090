import CivilTime
import Foundation
import Storage

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
    private let noticeAddresses: [String: String]
    private let rulesByID: [String: [TimeRule]]
    private let spansByEnd: [String: [TimeRule]]
    private let kindsByName: [String: EventKind]
    private let chainsByStep: [String: Chain]
    let memo = ChoiceMemo()

    /// - Parameters:
    ///   - restDays: further rest days, by jurisdiction.
    ///   - noticeAddresses: where a notice can be read, by what it is cited as.
    package init(
        rules file: LawFile, calendar: WorkCalendar, calendarVersion: String,
        restDays: [String: [NamedDay]] = [:], noticeAddresses: [String: String] = [:]
    ) {
        version = file.version
        rules = file.rules
        eventKinds = file.eventKinds
        chains = file.chains
        self.calendar = calendar
        localCalendars = restDays.mapValues { calendar.adding(localRestDays: $0) }
        self.calendarVersion = calendarVersion
        self.noticeAddresses = noticeAddresses
        rulesByID = Dictionary(grouping: file.rules, by: \.id)
        spansByEnd = Dictionary(
            grouping: file.rules.filter { $0.between?.count == 2 && $0.bindsOthers != true },
            by: { $0.between?.last ?? "" })
        // Of two of a name the first counts, as in the file.
        kindsByName = Dictionary(
            file.eventKinds.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        chainsByStep = Dictionary(
            file.chains.flatMap { chain in chain.steps.map { ($0.event, chain) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Where a holiday notice (放假安排通知) can be read; nil when not known.
    package func address(ofNotice citation: String) -> String? { noticeAddresses[citation] }

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
            rules: try LawFile.builtIn(), calendar: years.workCalendar(), calendarVersion: years.version,
            noticeAddresses: years.noticeAddresses)
    }

    /// The version of a rule in force on that day, or nil.
    package func rule(_ id: String, on day: Day) -> TimeRule? {
        rulesByID[id]?.first { $0.inForce(on: day) }
    }

    /// The rules in force on that day for a span that ends in a fact of that kind; none that only binds others.
    package func spans(endingIn kind: String, on day: Day) -> [TimeRule] {
        (spansByEnd[kind] ?? []).filter { $0.inForce(on: day) }
    }

    package func eventKind(_ kind: String) -> EventKind? {
        kindsByName[kind]
    }

    package func chain(containing eventKind: String) -> Chain? { chainsByStep[eventKind] }
}

/// Law data: the built-in files `law-*.json`, one a family of rules, are one release together.
package struct LawFile: Sendable, Codable {
    package let version: String
    package let rules: [TimeRule]
    package let eventKinds: [EventKind]
    package let chains: [Chain]

    /// - Throws: `LawFileError` when a file is broken, or the files are not of one release.
    package static func builtIn() throws -> LawFile {
        let names = DataFiles.builtInNames.filter { $0.hasPrefix("law-") }
        let parts = try names.map { name in try decode(DataFiles.builtIn(name) ?? [], name: name) }
        return try joined(parts)
    }

    /// SHA-256 over the built-in files, one after another by name: what a release of the law is, in 64 digits.
    package static var builtInHash: String {
        let names = DataFiles.builtInNames.filter { $0.hasPrefix("law-") }.sorted()
        return ContentHash.sha256(names.flatMap { DataFiles.builtIn($0) ?? [] })
    }

    /// Joins the parts of one release and checks the whole.
    package static func joined(_ parts: [LawFile]) throws -> LawFile {
        let versions = Set(parts.map(\.version)).sorted()
        guard versions.count == 1 else {
            throw LawFileError(detail: "version: the law files are of \(versions.joined(separator: " and "))")
        }
        let whole = LawFile(
            version: versions[0], rules: parts.flatMap(\.rules), eventKinds: parts.flatMap(\.eventKinds),
            chains: parts.flatMap(\.chains))
        try whole.check()
        return whole
    }

    /// Reads and checks a law file: what `check()` finds wrong is refused whole.
    package static func parse(_ bytes: [UInt8]) throws -> LawFile {
        try joined([decode(bytes, name: "law file")])
    }

    private static func decode(_ bytes: [UInt8], name: String) throws -> LawFile {
        do {
            return try JSONDecoder().decode(LawFile.self, from: Data(bytes))
        } catch {
            throw LawFileError(detail: "\(name): \(error)")
        }
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

import CivilTime

/// One item owed by one body on one channel by one due day because of one event or period (公开义务).
///
/// Facts only: the state follows from them for a civil day.
package struct Obligation: Sendable, Hashable, Codable {
    package internal(set) var id: String
    package let item: String
    package let catalogueVersion: String
    package let jurisdiction: String
    package let field: String
    package let channel: String
    package internal(set) var body: String
    /// The event that made the duty known; its root id. Empty for periodic and standing duties.
    package let root: String
    package let period: String
    package let project: String
    package internal(set) var lot: String
    /// The kind of event that starts the clock.
    package let eventKind: String
    /// The current event that started the clock; empty while awaited.
    package internal(set) var trigger: String
    package internal(set) var triggerDay: Day?
    package internal(set) var triggerBasis: DayBasis?
    /// nil while awaited, and where the law names no number.
    package internal(set) var due: Day?
    package internal(set) var provisional: Bool
    package internal(set) var rule: String
    /// Whether the winning rule's number has been compared with the official text.
    package internal(set) var verified: Bool
    /// Whether the item must be disclosed; a soft item never becomes overdue.
    package let firm: Bool
    /// Whether a current edition must always exist.
    package let standing: Bool
    /// Whether absence here means absence: the body publishes here, or its source was declared complete.
    package internal(set) var observed: Bool
    /// The last lawful day of the awaited step, where the law bounds it.
    package internal(set) var bound: Day?
    package internal(set) var boundRule: String
    package internal(set) var closed: Closed
    /// The day of the discharge or decision that closed it; for a standing duty, of its last edition.
    package internal(set) var closedDay: Day?

    /// How the stored facts close an obligation.
    package enum Closed: String, Sendable, Hashable, Codable {
        case open = ""
        case onTime = "on_time"
        case late
        case undetermined
        case withheld
        case notApplicable = "not_applicable"
        case void
    }
}

import CivilTime
import Storage

/// Every statement on the table of events.
package struct EventStore {
    let transaction: Transaction

    private static let columns: SQL = """
        id, root, kind, item, body, jurisdiction, project, lot, period, day, time, basis, evidence,
        evidence_edition, recorded_at, recorded_by, state, reason
        """

    package func event(_ id: String) throws -> Event? {
        try transaction.row("SELECT \(Self.columns) FROM event WHERE id = \(id)").map(Event.init)
    }

    package func event(naturalKey: String) throws -> Event? {
        let held = held
        if let known = held.byNaturalKey[naturalKey] { return known }
        let found = try transaction.row("SELECT \(Self.columns) FROM event WHERE natural_key = \(naturalKey)")
            .map(Event.init)
        held.byNaturalKey[naturalKey] = .some(found)
        return found
    }

    /// What this transaction has read, until an event ends.
    private final class Held {
        /// nil where no event bears the key.
        var byNaturalKey: [String: Event?] = [:]
        var current: [String: [Event]] = [:]
    }

    private var held: Held { transaction.held(Held.init) }

    func holdNothing(ofProject project: String) { held.current[project] = [] }

    /// What makes an event the same fact when it is told again.
    func naturalKey(of id: String) throws -> String {
        try transaction.row("SELECT natural_key FROM event WHERE id = \(id)")?.string("natural_key") ?? ""
    }

    /// The event of that root that stands now, or nil when it was voided.
    package func current(root: String) throws -> Event? {
        try transaction.row(
            "SELECT \(Self.columns) FROM event WHERE root = \(root) AND state = 'current'"
        ).map(Event.init)
    }

    /// Every event of a root, oldest first: its amendments and its end.
    package func history(root: String) throws -> [Event] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM event WHERE root = \(root) ORDER BY recorded_at, id LIMIT 1000
            """
        ).map(Event.init)
    }

    /// The standing events of a project, in the order of their days.
    package func current(project: String) throws -> [Event] {
        let held = held
        if let known = held.current[project] { return known }
        // Answered by event_project.
        let found = try transaction.rows(
            """
            SELECT \(Self.columns) FROM event WHERE project = \(project) AND state = 'current'
            ORDER BY day, kind, lot, id LIMIT 1000
            """
        ).map(Event.init)
        held.current[project] = found
        return found
    }

    /// Every event of a project that was recorded before an instant, standing or not, as they were recorded.
    func recorded(project: String, before end: String) throws -> [Event] {
        // Answered by event_project.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM event WHERE project = \(project) AND recorded_at < \(end)
            ORDER BY recorded_at, id LIMIT 2000
            """
        ).map(Event.init)
    }

    /// The events of a body that were recorded before an instant, standing or not, newest first; those that the calendar
    /// makes by itself are left out.
    func recorded(body: String, before end: String, limit: Int) throws -> [Event] {
        // Answered by event_body.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM event
            WHERE body = \(body) AND recorded_at < \(end) AND basis <> 'periodic'
            ORDER BY recorded_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Event.init)
    }

    /// All events in the order of their ids, after one of them.
    package func events(after id: String, limit: Int) throws -> [Event] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM event WHERE id > \(id) ORDER BY id LIMIT \(limit)"
        ).map(Event.init)
    }

    /// The standing events that one edition gives evidence for.
    package func current(evidencedBy edition: String) throws -> [Event] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM event WHERE evidence_edition = \(edition) AND state = 'current'
            ORDER BY day, kind, lot LIMIT 200
            """
        ).map(Event.init)
    }

    /// The events that happened last, newest first, whenever they were recorded.
    ///
    /// - Parameters:
    ///   - kinds: kinds to leave out, such as those that the calendar makes by itself.
    ///   - day: those of later days, such as planned openings, are left out; none is when nil.
    package func latest(leavingOut kinds: [String] = [], until day: Day? = nil, limit: Int) throws -> [Event]
    {
        // Answered by event_day.
        let others: SQL = kinds.isEmpty ? "" : "AND kind NOT IN \(list: kinds)"
        let happened: SQL = day.map { "AND day <= \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM event WHERE state = 'current' \(happened) \(others)
            ORDER BY day DESC, id DESC LIMIT \(limit)
            """
        ).map(Event.init)
    }

    /// Those of the ids that exist; 1,000 at most.
    package func events(_ ids: [String]) throws -> [Event] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM event WHERE id IN \(list: ids) ORDER BY day, id LIMIT 1000"
        ).map(Event.init)
    }

    func insert(_ event: Event, naturalKey: String) throws {
        try transaction.insert(
            into: """
                event (id, root, natural_key, kind, item, body, jurisdiction, project, lot, period, day,
                    time, basis, evidence, evidence_edition, recorded_at, recorded_by, state, reason)
                """,
            [
                [
                    .text(event.id), .text(event.root), .text(naturalKey), .text(event.kind),
                    .text(event.item),
                    .text(event.body), .text(event.jurisdiction), .text(event.project), .text(event.lot),
                    .text(event.period), event.day.sqlValue, .text(event.time), .text(event.basis.rawValue),
                    .text(event.evidence), .text(event.evidenceEdition), .text(event.recordedAt),
                    .text(event.recordedBy), .text(event.state.rawValue), .text(event.reason),
                ]
            ])
        let held = held
        held.byNaturalKey[naturalKey] = event
        held.current[event.project]?.append(event)
        held.current[event.project]?.sort { $0.order < $1.order }
    }

    /// Ends an event and frees its natural key, so that the fact can be told again.
    func end(_ id: String, as state: Event.State, reason: String) throws {
        try transaction.execute(
            """
            UPDATE event SET state = \(state.rawValue), reason = \(reason), natural_key = natural_key || '#' || id
            WHERE id = \(id)
            """)
        (held.byNaturalKey, held.current) = ([:], [:])
    }
}

extension Transaction {
    package var events: EventStore { EventStore(transaction: self) }
}

extension Event {
    /// The order of a project's events.
    var order: (Int, String, String, String) { (day.ordinal, kind, lot, id) }

    init(_ row: Row) throws {
        id = try row.string("id")
        root = try row.string("root")
        kind = try row.string("kind")
        item = try row.string("item")
        body = try row.string("body")
        jurisdiction = try row.string("jurisdiction")
        project = try row.string("project")
        lot = try row.string("lot")
        period = try row.string("period")
        day = try row.day("day")
        time = try row.string("time")
        basis = try row.word("basis")
        evidence = try row.string("evidence")
        evidenceEdition = try row.string("evidence_edition")
        recordedAt = try row.string("recorded_at")
        recordedBy = try row.string("recorded_by")
        state = try row.word("state")
        reason = try row.string("reason")
    }
}

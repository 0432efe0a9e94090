import CivilTime
import Foundation
import Law
import Storage

/// Every statement on what happened to obligations: here computations, decisions and closed days; discharges, coverage and
/// calendars beside.
package struct LedgerStore {
    let transaction: Transaction

    // MARK: Due computations

    /// The latest first, at most 100.
    ///
    /// - Parameter number: only those before it.
    package func computations(of obligation: String, before number: Int = .max) throws -> [DueComputation] {
        try transaction.rows(
            """
            SELECT n, law_version, calendar_version, trigger_event, trigger_day, reason, computed_at,
                COALESCE(rule_choice.choice, due_computation.choice) AS choice
            FROM due_computation LEFT JOIN rule_choice ON rule_choice.sha256 = due_computation.choice_sha256
            WHERE obligation = \(obligation) AND n < \(number) ORDER BY n DESC LIMIT 100
            """
        ).map(DueComputation.init)
    }

    /// - Parameter written: its choice. Many obligations start on one day under the same rules, so that their explanation
    ///   is kept once, by its hash.
    func add(_ computation: DueComputation, written: WrittenChoice, to obligation: String) throws {
        if held.keptChoices.insert(written.sha256).inserted {
            try transaction.execute(
                """
                INSERT INTO rule_choice (sha256, choice) VALUES (\(written.sha256), \(written.text))
                ON CONFLICT (sha256) DO NOTHING
                """)
        }
        let choice = computation.choice
        try transaction.insert(
            into: """
                due_computation (obligation, n, law_version, calendar_version, trigger_event, trigger_day,
                    due, provisional, choice, choice_sha256, reason, computed_at)
                """,
            [
                [
                    .text(obligation), computation.number.sqlValue, .text(computation.lawVersion),
                    .text(computation.calendarVersion), .text(computation.trigger),
                    computation.triggerDay.sqlValue, SQLValue(choice.dueDate?.due),
                    (choice.dueDate?.provisional ?? false).sqlValue, .text(""), .text(written.sha256),
                    .text(computation.reason), .text(computation.computedAt),
                ]
            ])
    }

    func computationCount(of obligation: String) throws -> Int {
        try transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM due_computation WHERE obligation = \(obligation)"
        )?.int("n") ?? 0
    }

    // MARK: Decisions

    private static let decisionColumns: SQL = """
        id, obligation, kind, ground, clause, reason, decided_by, day, review_on, revoked_on, revoked_by,
        revoked_reason
        """

    package func decision(_ id: String) throws -> Decision? {
        try transaction.row("SELECT \(Self.decisionColumns) FROM decision WHERE id = \(id)").map(
            Decision.init)
    }

    package func decisions(of obligation: String) throws -> [Decision] {
        if held.undecided.contains(obligation) { return [] }
        return try transaction.rows(
            """
            SELECT \(Self.decisionColumns) FROM decision WHERE obligation = \(obligation)
            ORDER BY day, id LIMIT 1000
            """
        ).map(Decision.init)
    }

    /// An obligation was entered just now: nothing was decided about it, and nothing discharges it.
    func holdNothing(of obligation: String) {
        held.undecided.insert(obligation)
        held.dischargesOf[obligation] = []
    }

    /// A project was opened just now: no fact, duty or edition concerns it yet.
    package func holdNothing(ofProject project: String) {
        transaction.events.holdNothing(ofProject: project)
        transaction.obligations.holdNothing(ofProject: project)
        held.offers[project] = []
    }

    func activeDecisions(ground: String) throws -> [Decision] {
        try transaction.rows(
            """
            SELECT \(Self.decisionColumns) FROM decision WHERE ground = \(ground) AND revoked_on IS NULL
            ORDER BY id LIMIT 1000
            """
        ).map(Decision.init)
    }

    func insert(_ decision: Decision) throws {
        try transaction.execute(
            """
            INSERT INTO decision (id, obligation, kind, ground, clause, reason, decided_by, day, review_on,
                revoked_on, revoked_by, revoked_reason)
            VALUES (\(decision.id), \(decision.obligation), \(decision.kind.rawValue), \(decision.ground),
                \(decision.clause), \(decision.reason), \(decision.decidedBy), \(decision.day),
                \(decision.reviewOn), \(decision.revokedOn), \(decision.revokedBy), \(decision.revokedReason))
            """)
        held.undecided.remove(decision.obligation)
    }

    func revoke(_ decision: String, on day: Day, by actor: String, reason: String) throws {
        try transaction.execute(
            """
            UPDATE decision SET revoked_on = \(day), revoked_by = \(actor), revoked_reason = \(reason)
            WHERE id = \(decision)
            """)
    }

    // MARK: Closed days

    package func lastClosedDay() throws -> (day: Day, ranAt: String)? {
        try transaction.row("SELECT day, ran_at FROM closed_day ORDER BY day DESC LIMIT 1")
            .map { (try $0.day("day"), try $0.string("ran_at")) }
    }

    func isClosed(_ day: Day) throws -> Bool {
        try transaction.row("SELECT day FROM closed_day WHERE day = \(day)") != nil
    }

    func close(_ day: Day, entries: Int, at now: String) throws {
        try transaction.execute(
            "INSERT INTO closed_day (day, ran_at, entries) VALUES (\(day), \(now), \(entries))")
    }

    /// - Returns: whether it was not entered before under that due day.
    func enterOverdue(_ obligation: String, due: Day, on day: Day) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO overdue_entry (obligation, due, entered_on) VALUES (\(obligation), \(due), \(day))
            ON CONFLICT (obligation, due) DO NOTHING
            """) > 0
    }

    /// The days on which an obligation was entered as overdue.
    package func overdueEntries(of obligation: String) throws -> [Day] {
        try transaction.rows(
            "SELECT entered_on FROM overdue_entry WHERE obligation = \(obligation) ORDER BY due LIMIT 1000"
        ).map { try $0.day("entered_on") }
    }

    /// The due days under which an obligation was entered as overdue, each with the day from which it was.
    package func overdueDues(of obligation: String) throws -> [(due: Day, enteredOn: Day)] {
        try transaction.rows(
            "SELECT due, entered_on FROM overdue_entry WHERE obligation = \(obligation) ORDER BY due LIMIT 1000"
        ).map { (try $0.day("due"), try $0.day("entered_on")) }
    }

    // MARK: The ledgers kept here

    /// The jurisdictions whose ledger is kept here, with its first day and how far periods were opened.
    package func ledgers() throws -> [(jurisdiction: String, from: Day, openedTo: Day)] {
        try transaction.rows(
            "SELECT jurisdiction, from_day, opened_to FROM ledger ORDER BY jurisdiction LIMIT 100"
        )
        .map { (try $0.string("jurisdiction"), try $0.day("from_day"), try $0.day("opened_to")) }
    }

    func startLedger(_ jurisdiction: String, from: Day) throws -> Bool {
        try transaction.execute(
            """
            INSERT INTO ledger (jurisdiction, from_day, opened_to)
            VALUES (\(jurisdiction), \(from), \(from)) ON CONFLICT (jurisdiction) DO NOTHING
            """) > 0
    }

    func setOpened(_ jurisdiction: String, to day: Day) throws {
        try transaction.execute("UPDATE ledger SET opened_to = \(day) WHERE jurisdiction = \(jurisdiction)")
    }
}

extension Transaction {
    package var ledger: LedgerStore { LedgerStore(transaction: self) }
}

extension DueComputation {
    init(_ row: Row) throws {
        number = try row.int("n")
        lawVersion = try row.string("law_version")
        calendarVersion = try row.string("calendar_version")
        trigger = try row.string("trigger_event")
        triggerDay = try row.day("trigger_day")
        choice = try JSONDecoder().decode(RuleChoice.self, from: Data(row.string("choice").utf8))
        reason = try row.string("reason")
        computedAt = try row.string("computed_at")
    }
}

extension Decision {
    init(_ row: Row) throws {
        id = try row.string("id")
        obligation = try row.string("obligation")
        kind = try row.word("kind")
        ground = try row.string("ground")
        clause = try row.string("clause")
        reason = try row.string("reason")
        decidedBy = try row.string("decided_by")
        day = try row.day("day")
        reviewOn = try row.dayOrNil("review_on")
        revokedOn = try row.dayOrNil("revoked_on")
        revokedBy = try row.string("revoked_by")
        revokedReason = try row.string("revoked_reason")
    }
}

extension [String] {
    /// Filled up to a power of two with what is there already, so that lists of all lengths share few statements.
    var filled: [String] {
        guard let last else { return self }
        var size = 1
        while size < count { size *= 2 }
        return self + Array(repeating: last, count: size - count)
    }
}

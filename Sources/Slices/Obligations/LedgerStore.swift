import CivilTime
import Foundation
import Law
import Storage

/// Every statement on what happened to obligations: computations, decisions, discharges, coverage, closed days.
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
            ORDER BY day, id LIMIT 100
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

    // MARK: Offered editions and discharges

    func offer(_ edition: OfferedEdition) throws {
        try transaction.insert(
            into: """
                offered_edition (publication, n, item, channel, body, project, lot, period, obligation, day,
                    basis, latest_n, latest_day)
                """,
            [
                [
                    .text(edition.publication), edition.edition.sqlValue, .text(edition.item),
                    .text(edition.channel), .text(edition.body), .text(edition.project), .text(edition.lot),
                    .text(edition.period), .text(edition.obligation), SQLValue(edition.day),
                    .text(edition.basis.rawValue), edition.latestEdition.sqlValue,
                    SQLValue(edition.latestDay),
                ]
            ], skippingKnown: true)
        held.add(edition)
    }

    /// A newer edition of a publication was released.
    func renewOffer(_ publication: String, edition: Int, day: Day) throws {
        try transaction.execute(
            "UPDATE offered_edition SET latest_n = \(edition), latest_day = \(day) WHERE publication = \(publication)"
        )
        held.offers.removeAll()
    }

    /// An edition has a day with a better basis than its publisher's word.
    ///
    /// A witness confirms the day that our own log gave, and gives none of its own.
    func dateOffer(_ publication: String, edition: Int, day: Day, basis: TimeBasis) throws {
        if basis == .witnessed {
            try transaction.execute(
                """
                UPDATE offered_edition SET basis = 'witnessed'
                WHERE publication = \(publication) AND n = \(edition) AND basis = 'logged' AND day = \(day)
                """)
            return held.offers.removeAll()
        }
        try transaction.execute(
            """
            UPDATE offered_edition SET day = \(day), basis = \(basis.rawValue)
            WHERE publication = \(publication) AND n = \(edition) AND basis = 'attested'
            """)
        try transaction.execute(
            """
            UPDATE offered_edition SET latest_day = \(day)
            WHERE publication = \(publication) AND latest_n = \(edition)
            """)
        held.offers.removeAll()
    }

    func retract(_ publication: String) throws {
        try transaction.execute("DELETE FROM offered_edition WHERE publication = \(publication)")
        held.offers.removeAll()
    }

    /// What a publication is offered for: its item, and those that it carries along.
    package func offered(by publication: String) throws -> [OfferedEdition] {
        try offers("publication = \(publication)")
    }

    /// Editions that could discharge an obligation, earliest first.
    ///
    /// Those of a project are read once in a transaction: an obligation can only be named within its project.
    func offers(for obligation: Obligation) throws -> [OfferedEdition] {
        guard obligation.project.isEmpty else {
            return try offers(inProject: obligation.project).filter { $0.answers(obligation) }
        }
        let named = try offers("obligation = \(obligation.id) AND obligation <> ''")
        let others = try offers(
            """
            obligation = '' AND item = \(obligation.item) AND channel = \(obligation.channel)
                AND body = \(obligation.body) AND project = '' AND (period = \(obligation.period)
                OR \(obligation.standing) = 1)
            """)
        return named.isEmpty ? others : (named + others).sorted { $0.order < $1.order }
    }

    private func offers(inProject project: String) throws -> [OfferedEdition] {
        let held = held
        if let known = held.offers[project] { return known }
        // Answered by offered_edition_project.
        let found = try offers("project = \(project) AND project <> ''")
        held.offers[project] = found
        return found
    }

    private func offers(_ condition: SQL) throws -> [OfferedEdition] {
        try transaction.rows(
            """
            SELECT publication, n, item, channel, body, project, lot, period, obligation, day, basis, latest_n,
                latest_day
            FROM offered_edition WHERE \(condition) ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 1000
            """
        ).map(OfferedEdition.init)
    }

    /// What this transaction has read, kept in step with what is written.
    private final class Held {
        /// By project.
        var offers: [String: [OfferedEdition]] = [:]
        var dischargesOf: [String: [Discharge]] = [:]
        var dischargesBy: [String: [Discharge]] = [:]
        /// Obligations entered here about which nothing was decided yet.
        var undecided: Set<String> = []
        /// Hashes of the choices that are written.
        var keptChoices: Set<String> = []

        /// A publication that was offered for the item before stands as it was.
        func add(_ edition: OfferedEdition) {
            guard var known = offers[edition.project],
                !known.contains(where: { $0.publication == edition.publication && $0.item == edition.item })
            else { return }
            known.append(edition)
            offers[edition.project] = known.sorted { $0.order < $1.order }
        }

        func replace(_ discharge: Discharge) {
            dischargesOf[discharge.obligation]?.replace(discharge)
            dischargesOf[discharge.obligation]?.sort { $0.order < $1.order }
            dischargesBy[discharge.publication]?.replace(discharge)
            dischargesBy[discharge.publication]?.sort { $0.obligation < $1.obligation }
        }
    }

    private var held: Held { transaction.held(Held.init) }

    static let dischargeColumns: SQL = "obligation, publication, n, day, basis, verdict, revoked"

    package func discharges(of obligation: String) throws -> [Discharge] {
        let held = held
        if let known = held.dischargesOf[obligation] { return known }
        let found = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE obligation = \(obligation)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 200
            """
        ).map(Discharge.init)
        held.dischargesOf[obligation] = found
        return found
    }

    package func discharges(by publication: String) throws -> [Discharge] {
        let held = held
        if let known = held.dischargesBy[publication] { return known }
        let found = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE publication = \(publication)
            ORDER BY obligation LIMIT 200
            """
        ).map(Discharge.init)
        held.dischargesBy[publication] = found
        return found
    }

    /// Reads at once what will be asked for one by one.
    func holdDischarges(of obligations: [String]) throws {
        let held = held
        let missing = obligations.filter { held.dischargesOf[$0] == nil }
        guard missing.count > 1 else { return }
        let found = Dictionary(grouping: try discharges(ofAny: missing), by: \.obligation)
        for id in missing { held.dischargesOf[id] = found[id] ?? [] }
    }

    /// Reads at once what will be asked for one by one.
    package func holdDischarges(by publications: [String]) throws {
        let held = held
        let missing = publications.filter { held.dischargesBy[$0] == nil }
        guard missing.count > 1 else { return }
        let rows = try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE publication IN \(list: missing.filled)
            ORDER BY obligation LIMIT 20000
            """
        ).map(Discharge.init)
        let found = Dictionary(grouping: rows, by: \.publication)
        for id in missing { held.dischargesBy[id] = found[id] ?? [] }
    }

    /// The discharges of several obligations, earliest first; 5,000 at most.
    package func discharges(ofAny obligations: [String]) throws -> [Discharge] {
        try transaction.rows(
            """
            SELECT \(Self.dischargeColumns) FROM discharge WHERE obligation IN \(list: obligations.filled)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 5000
            """
        ).map(Discharge.init)
    }

    /// What it was at the end of the day before stays in `discharge_past`.
    func set(_ discharge: Discharge, on today: Day) throws {
        let known = held.dischargesOf[discharge.obligation]
        if known?.contains(where: { $0.publication == discharge.publication }) ?? true {
            try transaction.execute(
                """
                INSERT INTO discharge_past (\(Self.dischargeColumns), since, until)
                SELECT \(Self.dischargeColumns), since, CAST(\(today) AS TEXT) FROM discharge
                WHERE obligation = \(discharge.obligation) AND publication = \(discharge.publication)
                    AND since < \(today)
                """)
        }
        try transaction.execute(
            """
            INSERT INTO discharge (obligation, publication, n, day, basis, verdict, revoked, since)
            VALUES (\(discharge.obligation), \(discharge.publication), \(discharge.edition), \(discharge.day),
                \(discharge.basis.rawValue), \(discharge.verdict.rawValue), \(discharge.revoked), \(today))
            ON CONFLICT (obligation, publication) DO UPDATE SET n = excluded.n, day = excluded.day,
                basis = excluded.basis, verdict = excluded.verdict, revoked = excluded.revoked,
                since = CASE WHEN discharge.since < excluded.since THEN excluded.since ELSE discharge.since END
            """)
        held.replace(discharge)
    }

    /// Discharges that stand, by basis and verdict: the numerators of every rate.
    package func dischargeCounts() throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        try transaction.rows(
            """
            SELECT basis, verdict, CAST(count(*) AS BIGINT) AS n FROM discharge
            WHERE revoked = 0 GROUP BY basis, verdict ORDER BY basis, verdict
            """
        ).map { (try $0.word("basis"), try $0.word("verdict"), try $0.int("n")) }
    }

    /// How timely obligations were met, by what the time of their first discharge rests on: what rates are made of.
    ///
    /// Left out: standing duties, which have no day to be late for; soft items, which are never late; and what
    /// rests on rules that nobody has verified.
    ///
    /// - Parameter body: only this body's, or nil.
    package func timeliness(
        body: String? = nil
    ) throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        let ofBody: SQL = body.map { "AND obligation.body = \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT discharge.basis, obligation.closed_kind AS verdict, CAST(count(*) AS BIGINT) AS n
            FROM obligation JOIN discharge ON discharge.obligation = obligation.id AND discharge.revoked = 0
            WHERE obligation.closed_kind IN ('on_time', 'late', 'undetermined') AND obligation.standing = 0
                AND obligation.firm = 1 AND obligation.verified = 1 \(ofBody)
                AND NOT EXISTS (
                    SELECT 1 FROM discharge AS earlier
                    WHERE earlier.obligation = discharge.obligation AND earlier.revoked = 0
                        AND (COALESCE(earlier.day, '9999-12-31'), earlier.publication)
                            < (COALESCE(discharge.day, '9999-12-31'), discharge.publication))
            GROUP BY discharge.basis, obligation.closed_kind ORDER BY discharge.basis, obligation.closed_kind
            """
        ).map { (try $0.word("basis"), try $0.word("verdict"), try $0.int("n")) }
    }

    // MARK: Coverage

    private static let coverageColumns: SQL = """
        id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by, declared_at, ended_at,
        ended_by, ended_reason
        """

    /// The declarations made, oldest first, those taken back among them.
    package func coverages(jurisdiction: String? = nil, limit: Int = 500) throws -> [SourceCoverage] {
        let there: SQL = jurisdiction.map { "WHERE jurisdiction = \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT \(Self.coverageColumns) FROM source_coverage \(there)
            ORDER BY declared_at, id LIMIT \(limit)
            """
        ).map(SourceCoverage.init)
    }

    /// All declarations in the order of their ids, a page at a time.
    package func coverages(after id: String, limit: Int) throws -> [SourceCoverage] {
        try transaction.rows(
            """
            SELECT \(Self.coverageColumns) FROM source_coverage WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map(SourceCoverage.init)
    }

    package func coverage(_ id: String) throws -> SourceCoverage? {
        try transaction.row("SELECT \(Self.coverageColumns) FROM source_coverage WHERE id = \(id)")
            .map(SourceCoverage.init)
    }

    /// Takes a declaration back; it stays to be read.
    func end(_ coverage: String, at now: String, by actor: String, reason: String) throws {
        transaction.forget()
        try transaction.execute(
            """
            UPDATE source_coverage SET ended_at = \(now), ended_by = \(actor), ended_reason = \(reason)
            WHERE id = \(coverage)
            """)
    }

    func insert(_ coverage: SourceCoverage) throws {
        transaction.forget()
        try transaction.execute(
            """
            INSERT INTO source_coverage (id, source, channel, body, jurisdiction, item, from_day, to_day, declared_by,
                declared_at, ended_at, ended_by, ended_reason)
            VALUES (\(coverage.id), \(coverage.source), \(coverage.channel), \(coverage.body),
                \(coverage.jurisdiction), \(coverage.item), \(coverage.from), \(coverage.to),
                \(coverage.declaredBy), \(coverage.declaredAt), \(coverage.endedAt), \(coverage.endedBy),
                \(coverage.endedReason))
            """)
    }

    /// Whether somebody declared a source complete for this obligation's channel, body, item and days.
    func isCovered(_ obligation: Obligation) throws -> Bool {
        guard let from = obligation.triggerDay, let to = obligation.due else { return false }
        let isAny = try transaction.remembered("covered|\(obligation.jurisdiction)") {
            try transaction.row(
                """
                SELECT id FROM source_coverage
                WHERE jurisdiction = \(obligation.jurisdiction) AND ended_at = '' LIMIT 1
                """) != nil
        }
        guard isAny else { return false }
        return try transaction.row(
            """
            SELECT id FROM source_coverage
            WHERE jurisdiction = \(obligation.jurisdiction) AND channel = \(obligation.channel) AND (body = '' OR body = \(obligation.body))
                AND (item = '' OR item = \(obligation.item)) AND from_day <= \(from) AND to_day >= \(to)
                AND ended_at = ''
            LIMIT 1
            """) != nil
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
            "SELECT entered_on FROM overdue_entry WHERE obligation = \(obligation) ORDER BY due LIMIT 100"
        ).map { try $0.day("entered_on") }
    }

    /// The due days under which an obligation was entered as overdue, each with the day from which it was.
    package func overdueDues(of obligation: String) throws -> [(due: Day, enteredOn: Day)] {
        try transaction.rows(
            "SELECT due, entered_on FROM overdue_entry WHERE obligation = \(obligation) ORDER BY due LIMIT 100"
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

    // MARK: Calendars

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

extension OfferedEdition {
    /// Earliest first; without a day last.
    fileprivate var order: (Int, String) { (day?.ordinal ?? .max, publication) }

    /// Whether its publisher named the obligation, or it is about the same item, channel and lot of the project.
    fileprivate func answers(_ owed: Obligation) -> Bool {
        if !obligation.isEmpty { return obligation == owed.id }
        return item == owed.item && channel == owed.channel
            && (lot.isEmpty || owed.lot.isEmpty || lot == owed.lot)
    }

    init(_ row: Row) throws {
        self.init(
            publication: try row.string("publication"), edition: try row.int("n"),
            item: try row.string("item"),
            channel: try row.string("channel"), body: try row.string("body"),
            project: try row.string("project"),
            lot: try row.string("lot"), period: try row.string("period"),
            obligation: try row.string("obligation"),
            day: try row.dayOrNil("day"), basis: try row.word("basis"),
            latest: try row.dayOrNil("latest_day").map { (try row.int("latest_n"), $0) })
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

extension [Discharge] {
    fileprivate mutating func replace(_ discharge: Discharge) {
        removeAll { $0.obligation == discharge.obligation && $0.publication == discharge.publication }
        append(discharge)
    }
}

extension Discharge {
    fileprivate var order: (Int, String) { (day?.ordinal ?? .max, publication) }

    init(_ row: Row) throws {
        obligation = try row.string("obligation")
        publication = try row.string("publication")
        edition = try row.int("n")
        day = try row.dayOrNil("day")
        basis = try row.word("basis")
        verdict = try row.word("verdict")
        revoked = try row.bool("revoked")
    }
}

extension SourceCoverage {
    init(_ row: Row) throws {
        id = try row.string("id")
        source = try row.string("source")
        channel = try row.string("channel")
        body = try row.string("body")
        jurisdiction = try row.string("jurisdiction")
        item = try row.string("item")
        from = try row.day("from_day")
        to = try row.day("to_day")
        declaredBy = try row.string("declared_by")
        declaredAt = try row.string("declared_at")
        endedAt = try row.string("ended_at")
        endedBy = try row.string("ended_by")
        endedReason = try row.string("ended_reason")
    }
}

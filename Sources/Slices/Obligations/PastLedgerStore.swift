import CivilTime
import Law
import Storage

/// Every statement that reads the ledger as it stood at the end of a past day (截至某日的台账).
///
/// What had been recorded here by then, and not what happened by then: a fact told a week late is a week late here too.
package struct PastLedgerStore {
    let transaction: Transaction
    package let day: Day

    /// The first instant after the day's end in Asia/Shanghai, as stores write it.
    package var end: String { "\(day)T16:00:00Z" }

    // MARK: Obligations

    /// What stands for the table of obligations: the rows that still are as they were, and those kept.
    private var obligations: SQL {
        """
        (SELECT \(ObligationStore.columns) FROM obligation WHERE since <= \(day)
        UNION ALL SELECT \(ObligationStore.columns) FROM obligation_past
            WHERE since <= \(day) AND until > \(day))
        """
    }

    package func obligation(_ id: String) throws -> Obligation? {
        try transaction.row(
            "SELECT \(ObligationStore.columns) FROM \(obligations) AS obligation WHERE id = \(id)"
        ).map(Obligation.init)
    }

    /// All obligations in one project, in the order of the catalogue.
    package func obligations(project: String, limit: Int = 1000) throws -> [Obligation] {
        // Answered by obligation_project and obligation_past_project.
        try transaction.rows(
            """
            SELECT \(ObligationStore.columns) FROM \(obligations) AS obligation
            WHERE project = \(project) AND project <> ''
            ORDER BY item, lot, channel, id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }

    /// Obligations that a filter lets through, in the order of `ObligationStore.list`.
    ///
    /// - Parameter stretch: the next stretch of due days, from one on, with which anything may have stood then: of what
    ///   is over by now, or of what still stands. Without it all due days are gone through.
    package func list(
        _ filter: ObligationFilter, after cursor: ObligationCursor?, limit: Int,
        stretch: (_ from: String, _ over: Bool) throws -> DueStretch? = { from, _ in
            DueStretch(first: from, end: nil)
        }
    ) throws -> [Obligation] {
        // Two indexes in the same order: a list of both would have to be sorted as a whole.
        let found = try [false, true].flatMap { over in
            try rows(filter, over: over, after: cursor, limit: limit) { try stretch($0, over) }
        }
        return Array(
            found.sorted { ObligationCursor(after: $0) < ObligationCursor(after: $1) }.prefix(limit))
    }

    /// Stretch by stretch: rows of all other due days would be read only to be passed over.
    private func rows(
        _ filter: ObligationFilter, over: Bool, after cursor: ObligationCursor?, limit: Int,
        stretch: (_ from: String) throws -> DueStretch?
    ) throws -> [Obligation] {
        let table: SQL = over ? "obligation_past" : "obligation"
        let stood: SQL = over ? "since <= \(day) AND until > \(day)" : "since <= \(day)"
        var found: [Obligation] = []
        var next: String? = cursor?.due ?? ""
        while let from = next, found.count < limit, let days = try stretch(from) {
            found += try transaction.rows(
                filter.listing(
                    in: table, where: "\(stood) AND \(days.condition)", after: cursor,
                    limit: limit - found.count)
            ).map(Obligation.init)
            next = days.end
        }
        return found
    }

    package func count(_ filter: ObligationFilter) throws -> Int {
        try transaction.row(
            """
            SELECT CAST(count(*) AS BIGINT) AS n FROM \(obligations) AS obligation WHERE \(filter.condition)
            """
        )?.int("n") ?? 0
    }

    /// How many obligations pass a filter, by state, as of the filter's day.
    package func countsByState(_ filter: ObligationFilter) throws -> [ObligationState: Int] {
        try filter.counts(in: transaction.row(filter.counting(in: "\(obligations) AS obligation")))
    }

    // MARK: What happened to them

    private var discharges: SQL {
        """
        (SELECT \(LedgerStore.dischargeColumns) FROM discharge WHERE since <= \(day)
        UNION ALL SELECT \(LedgerStore.dischargeColumns) FROM discharge_past
            WHERE since <= \(day) AND until > \(day))
        """
    }

    /// The discharges of several obligations, earliest first; 5,000 at most.
    package func discharges(ofAny obligations: [String]) throws -> [Discharge] {
        try transaction.rows(
            """
            SELECT \(LedgerStore.dischargeColumns) FROM \(discharges) AS discharge
            WHERE obligation IN \(list: obligations)
            ORDER BY COALESCE(day, '9999-12-31'), publication LIMIT 5000
            """
        ).map(Discharge.init)
    }

    /// How timely a body's obligations had been met, as `LedgerStore.timeliness`.
    ///
    /// Obligation by obligation, 500 at a time: joined as a whole, the two unions would be read from end to end.
    package func timeliness(
        body: String
    ) throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        var counts: [Rated: Int] = [:]
        var last = ""
        while true {
            let page = try met(body: body, after: last)
            let first = Dictionary(
                try discharges(ofAny: page.map(\.id)).filter { !$0.revoked }.map {
                    ($0.obligation, $0.basis)
                },
                uniquingKeysWith: { earliest, _ in earliest })
            for one in page {
                guard let basis = first[one.id] else { continue }
                counts[Rated(basis: basis, verdict: one.verdict), default: 0] += 1
            }
            guard let end = page.last?.id, page.count == 500 else { break }
            last = end
        }
        return counts.map { ($0.key.basis, $0.key.verdict, $0.value) }
    }

    private struct Rated: Hashable {
        let basis: TimeBasis
        let verdict: Discharge.Verdict
    }

    private func met(body: String, after last: String) throws -> [(id: String, verdict: Discharge.Verdict)] {
        // Answered by obligation_body and obligation_past_body.
        try transaction.rows(
            """
            SELECT id, closed_kind FROM \(obligations) AS obligation
            WHERE body = \(body) AND closed_kind IN ('on_time', 'late', 'undetermined') AND standing = 0
                AND firm = 1 AND verified = 1 AND id > \(last)
            ORDER BY id LIMIT 500
            """
        ).map { (try $0.string("id"), try $0.word("closed_kind")) }
    }

    /// Newest first.
    package func computations(of obligation: String) throws -> [DueComputation] {
        try transaction.ledger.computations(of: obligation).filter { $0.computedAt < end }
    }

    /// A decision taken back since stands again.
    package func decisions(of obligation: String) throws -> [Decision] {
        try transaction.ledger.decisions(of: obligation).filter { $0.day <= day }.map { decision in
            decision.revokedOn.map { $0 > day } ?? false ? decision.asStanding : decision
        }
    }

    /// The days on which an obligation was entered as overdue, of the entries made by then: a day may be closed late.
    package func overdueEntries(of obligation: String) throws -> [Day] {
        let known = try transaction.journal(about: "obligation", obligation, limit: 1000)
            .filter { $0.act == "obligation.overdue" && $0.at < end }.compactMap { $0.change["due"] }
        return try transaction.rows(
            """
            SELECT entered_on FROM overdue_entry
            WHERE obligation = \(obligation) AND due IN \(list: known) ORDER BY due LIMIT 100
            """
        ).map { try $0.day("entered_on") }
    }

    // MARK: Events

    /// Every event of a root that was recorded by then, oldest first.
    package func history(root: String) throws -> [Event] {
        try stood(transaction.events.history(root: root))
    }

    /// The events of a project that stood then, in the order of their days.
    package func events(project: String) throws -> [Event] {
        try stood(transaction.events.recorded(project: project, before: end)).filter { $0.state == .current }
            .sorted { $0.order < $1.order }
    }

    /// The events of a body that stood then, with the days on which they were first told.
    ///
    /// - Parameter limit: versions looked at, the newest first.
    package func recordings(body: String, limit: Int) throws -> [Recording] {
        let versions = try transaction.events.recorded(body: body, before: end, limit: limit)
        let events = try stood(versions.reversed()).filter { $0.state == .current }
        let amended = events.filter { $0.root != $0.id }.map(\.root)
        let roots = amended.isEmpty ? [] : try transaction.events.events(amended)
        let told = Dictionary(roots.map { ($0.id, $0.recordedAt) }, uniquingKeysWith: { first, _ in first })
        return events.compactMap { event in
            Instant(told[event.root] ?? event.recordedAt).map { Recording(event: event, toldOn: $0.day) }
        }
    }

    /// - Parameter events: all events of some roots.
    private func stood(_ events: [Event]) throws -> [Event] {
        let known = events.filter { $0.recordedAt < end }
        let latest = Dictionary(grouping: known, by: \.root).mapValues { $0.last?.id }
        return try known.map { event in
            guard latest[event.root] == event.id else { return event }
            // Nothing amended it by then, and what voids an event is in the journal with its time.
            if event.state == .voided, try isVoided(event) { return event }
            return event.asCurrent
        }
    }

    private func isVoided(_ event: Event) throws -> Bool {
        try transaction.journal(about: "event", event.id, limit: 100)
            .contains { $0.act == "event.voided" && $0.at < end }
    }

    /// Whether a declaration that stood then covers an obligation.
    package func isCovered(_ obligation: Obligation) throws -> Bool {
        guard let from = obligation.triggerDay, let to = obligation.due else { return false }
        return try transaction.row(
            """
            SELECT id FROM source_coverage
            WHERE jurisdiction = \(obligation.jurisdiction) AND channel = \(obligation.channel)
                AND (body = '' OR body = \(obligation.body)) AND (item = '' OR item = \(obligation.item))
                AND from_day <= \(from) AND to_day >= \(to) AND declared_at < \(end)
                AND (ended_at = '' OR ended_at >= \(end))
            LIMIT 1
            """) != nil
    }
}

extension Transaction {
    /// The ledger as it stood at the end of a day.
    package func ledger(on day: Day) -> PastLedgerStore { PastLedgerStore(transaction: self, day: day) }

    /// The first day at whose end the ledger can be read; nil while nothing has been recorded.
    ///
    /// The day of the first recorded event; on an instance that an earlier program kept, the day of that program's last
    /// act.
    package func firstLedgerDay() throws -> Day? {
        let first = try row("SELECT recorded_at AS at FROM event ORDER BY recorded_at, id LIMIT 1")
        let kept = try row("SELECT at FROM history_start LIMIT 1")
        return try [first, kept].compactMap { try $0.map { try Instant($0.string("at"))?.day } ?? nil }.max()
    }
}

/// Due days in a row, in the order of lists (一段到期日).
package struct DueStretch: Sendable, Hashable {
    /// ISO days, or what stands for none in the order.
    package let first: String
    /// The first that no longer belongs to it; nil when all that follow do.
    package let end: String?

    package init(first: String, end: String?) {
        self.first = first
        self.end = end
    }

    /// As the indexes hold it.
    fileprivate var condition: SQL {
        // A bound that excludes nothing would draw SQLite away from the index of the body.
        let from: SQL = first.isEmpty ? "1 = 1" : "COALESCE(due, '9999-12-31') >= \(first)"
        let before: SQL = end.map { "AND COALESCE(due, '9999-12-31') < \($0)" } ?? ""
        return "\(from) \(before)"
    }
}

extension ObligationCursor: Comparable {
    package static func < (left: ObligationCursor, right: ObligationCursor) -> Bool {
        (left.due, left.id) < (right.due, right.id)
    }
}

extension Decision {
    /// As it was before it was taken back.
    fileprivate var asStanding: Decision {
        Decision(
            id: id, obligation: obligation, kind: kind, ground: ground, clause: clause, reason: reason,
            decidedBy: decidedBy, day: day, reviewOn: reviewOn, revokedOn: nil, revokedBy: "",
            revokedReason: "")
    }
}

extension Event {
    /// As it was before it was amended or voided.
    fileprivate var asCurrent: Event {
        Event(
            id: id, root: root, kind: kind, item: item, body: body, jurisdiction: jurisdiction,
            project: project, lot: lot, period: period, day: day, time: time, basis: basis,
            evidence: evidence, evidenceEdition: evidenceEdition, recordedAt: recordedAt,
            recordedBy: recordedBy, state: .current, reason: "")
    }
}

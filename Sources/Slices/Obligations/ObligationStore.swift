import CivilTime
import Law
import Storage

/// Every statement on the table of obligations.
package struct ObligationStore {
    let transaction: Transaction

    static let columns: SQL = """
        id, item, catalogue_version, jurisdiction, field, channel, body, root, period, project, lot, event_kind,
        trigger_event, trigger_day, trigger_basis, due, provisional, rule, verified, firm, standing, observed,
        bound, bound_rule, closed_kind, closed_day
        """

    package func obligation(_ id: String) throws -> Obligation? {
        if let known = held[id] { return known }
        let found = try transaction.row("SELECT \(Self.columns) FROM obligation WHERE id = \(id)")
            .map(Obligation.init)
        found.map(held.hold)
        return found
    }

    private var held: HeldObligations { transaction.held(HeldObligations.init) }

    func holdNothing(ofProject project: String) { held.hold([], ofProject: project) }

    /// Of one project, those that meet a condition, by id. The project is read once in a transaction.
    private func inProject(
        _ project: String, where meets: (HeldObligations.Held) -> Bool
    ) throws -> [Obligation] {
        try holding(project).obligations(ofProject: project, where: meets)
    }

    private func holding(_ project: String) throws -> HeldObligations {
        let held = held
        if !held.holds(project: project) {
            // Answered by obligation_project.
            held.hold(
                try transaction.rows(
                    """
                    SELECT \(Self.columns) FROM obligation WHERE project = \(project) ORDER BY id
                    LIMIT \(HeldObligations.most)
                    """
                ).map(Obligation.init), ofProject: project)
        }
        return held
    }

    /// All obligations by id, page by page.
    ///
    /// - Parameter id: the last of the page before; empty for the first.
    package func obligations(after id: String, limit: Int) throws -> [Obligation] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM obligation WHERE id > \(id) ORDER BY id LIMIT \(limit)"
        ).map(Obligation.init)
    }

    /// All obligations in one project, in the order of the catalogue.
    package func obligations(project: String, limit: Int = 1000) throws -> [Obligation] {
        // Answered by obligation_project.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation WHERE project = \(project)
            ORDER BY item, lot, channel, id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }

    package func obligations(triggeredBy event: String) throws -> [Obligation] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM obligation WHERE trigger_event = \(event) AND trigger_event <> '' ORDER BY id LIMIT 1000"
        ).map(Obligation.init)
    }

    /// Obligations that a filter lets through, in due-day order; those without a due day come last.
    ///
    /// The order is by (due, id), so that a page continues after the last row of the one before.
    package func list(_ filter: ObligationFilter, after cursor: ObligationCursor?, limit: Int) throws
        -> [Obligation]
    {
        try transaction.rows(filter.listing(after: cursor, limit: limit)).map(Obligation.init)
    }

    package func count(_ filter: ObligationFilter) throws -> Int {
        try transaction.row(
            "SELECT CAST(count(*) AS BIGINT) AS n FROM obligation WHERE \(filter.condition)"
        )?.int("n") ?? 0
    }

    /// How many obligations pass a filter, by state, as of the filter's day.
    package func countsByState(_ filter: ObligationFilter) throws -> [ObligationState: Int] {
        try filter.counts(in: transaction.row(filter.counting(in: "obligation")))
    }

    /// Open obligations by their due day, within the filter's days: each with its states, and how many are past it under
    /// rules that nobody has verified. 400 days at most.
    package func countsByDue(
        _ filter: ObligationFilter
    ) throws -> [(due: Day, byState: [ObligationState: Int], overdueUnverified: Int)] {
        // Answered by obligation_due.
        try transaction.rows(filter.countingByDue).map { row in
            let counts = try filter.counts(in: row)
            let past = try row.int("n_past")
            return (try row.day("due"), counts, past - (counts[.overdue] ?? 0))
        }
    }

    /// The jurisdictions and fields in which something is or was owed, for the choices of a list; 500 at most.
    package func jurisdictions() throws -> [String] {
        try transaction.rows("SELECT DISTINCT jurisdiction FROM obligation ORDER BY jurisdiction LIMIT 500")
            .map { try $0.string("jurisdiction") }
    }

    package func fields() throws -> [String] {
        try transaction.rows("SELECT DISTINCT field FROM obligation ORDER BY field LIMIT 500")
            .map { try $0.string("field") }
    }

    /// Those of the ids that exist, in no particular order; 1,000 at most.
    package func obligations(_ ids: [String]) throws -> [Obligation] {
        try transaction.rows(
            "SELECT \(Self.columns) FROM obligation WHERE id IN \(list: ids) LIMIT 1000"
        ).map(Obligation.init)
    }

    /// What obligations have been at the ends of days, oldest first, and are now; 500 at most, by id.
    package func versions(of ids: [String]) throws -> [String: [ObligationVersion]] {
        // Answered by the primary keys.
        let past = try transaction.rows(
            """
            SELECT \(Self.columns), since, until FROM obligation_past WHERE id IN \(list: ids) ORDER BY id, since
            """)
        let now = try transaction.rows(
            "SELECT \(Self.columns), since, '' AS until FROM obligation WHERE id IN \(list: ids)")
        return Dictionary(grouping: try (past + now).map(ObligationVersion.init), by: \.obligation.id)
    }

    /// Which of the events started an obligation that is withheld now: what they rest on stays closed too.
    package func withheldTriggers(among events: [String]) throws -> Set<String> {
        if events.isEmpty { return [] }
        // Answered by obligation_trigger, and not by going through all that is withheld.
        return Set(
            try transaction.rows(
                """
                SELECT DISTINCT trigger_event FROM obligation
                WHERE trigger_event IN \(list: events) AND trigger_event <> ''
                    AND COALESCE(closed_kind, '') = 'withheld'
                """
            ).map { try $0.string("trigger_event") })
    }

    func find(
        item: String, channel: String, body: String, eventKind: String, root: String, period: String,
        lot: String
    ) throws -> Obligation? {
        try transaction.row(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE item = \(item) AND channel = \(channel) AND body = \(body) AND event_kind = \(eventKind)
                AND root = \(root) AND period = \(period) AND lot = \(lot)
            """
        ).map(Obligation.init)
    }

    /// What is still awaited in a project, withheld beforehand or not.
    func awaited(project: String, eventKind: String? = nil, item: String? = nil) throws -> [Obligation] {
        try inProject(project) { held in
            held.obligation.trigger.isEmpty && !held.obligation.standing
                && (held.obligation.closed == .open || held.obligation.closed == .withheld)
                && (eventKind == nil || held.obligation.eventKind == eventKind)
                && (item == nil || held.obligation.item == item)
        }
    }

    /// What a fact made known and nothing has triggered, whatever was decided about it.
    func untriggered(root: String) throws -> [Obligation] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE root = \(root) AND trigger_event = '' AND closed_kind <> 'void' ORDER BY id LIMIT 1000
            """
        ).map(Obligation.init)
    }

    /// Obligations that an edition of an item could discharge: triggered and not void.
    func dischargeable(by edition: OfferedEdition) throws -> [Obligation] {
        if !edition.obligation.isEmpty {
            return try obligation(edition.obligation).map { [$0] }?.filter(\.isDischargeable) ?? []
        }
        if !edition.project.isEmpty {
            return Array(
                try inProject(edition.project) { held in
                    held.obligation.item == edition.item && held.obligation.channel == edition.channel
                        && (edition.lot.isEmpty || held.obligation.lot.isEmpty
                            || held.obligation.lot == edition.lot)
                        && held.isDischargeable
                }.sorted { $0.order < $1.order }.prefix(200))
        }
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE item = \(edition.item) AND channel = \(edition.channel) AND body = \(edition.body) AND project = ''
                AND (period = \(edition.period) OR standing = 1)
                AND (trigger_event <> '' OR standing = 1) AND closed_kind <> 'void'
            ORDER BY COALESCE(due, '9999-12-31'), id LIMIT 200
            """
        ).map(Obligation.init)
    }

    /// Firm, observed obligations under a verified rule that nothing had discharged when that day ended, and that
    /// were not entered as overdue before.
    ///
    /// What was discharged or decided since the day's end counts: a late run enters what a punctual one would have.
    /// What fell due on an earlier day is among them when it was recorded, observed or reopened since.
    func overdue(atTheEndOf day: Day, limit: Int) throws -> [Obligation] {
        // Answered by obligation_due.
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE (closed_kind = '' AND COALESCE(due, '9999-12-31') <= \(day)
                    OR closed_kind IN ('late', 'withheld', 'not_applicable')
                        AND COALESCE(due, '9999-12-31') = \(day) AND closed_day > due)
                AND firm = 1 AND observed = 1 AND verified = 1 AND (standing = 1 OR trigger_event <> '')
                AND NOT EXISTS (SELECT 1 FROM overdue_entry
                    WHERE overdue_entry.obligation = obligation.id AND overdue_entry.due = obligation.due)
            ORDER BY id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }

    /// The earliest due day of an open, firm, observed obligation, or nil.
    func earliestOpenDue() throws -> Day? {
        try transaction.row(
            """
            SELECT min(due) AS due FROM obligation
            WHERE closed_kind = '' AND firm = 1 AND observed = 1 AND verified = 1
                AND (standing = 1 OR trigger_event <> '')
            """
        )?.dayOrNil("due")
    }

    /// Whether a duty is known of a project; what was void is not.
    func isKnown(_ duty: KnownDuty, in project: String) throws -> Bool {
        try holding(project).isKnown(duty, ofProject: project)
    }

    func insert(_ obligation: Obligation, rules: [String], on today: Day) throws {
        try insert([(obligation, rules)], on: today)
    }

    /// Several at once, each with the rules that its clock names: a fact makes many known.
    func insert(_ obligations: [(obligation: Obligation, rules: [String])], on today: Day) throws {
        try transaction.insert(
            into: """
                obligation (id, item, catalogue_version, jurisdiction, field, channel, body, root, period,
                    project, lot, event_kind, rules, trigger_event, trigger_day, trigger_basis, due, provisional,
                    rule, verified, firm, standing, observed, bound, bound_rule, closed_kind, closed_day, since)
                """, obligations.map { Self.row($0.obligation, $0.rules, today) })
        for new in obligations {
            held.hold(new: new.obligation, on: today)
        }
    }

    private static func row(_ obligation: Obligation, _ rules: [String], _ today: Day) -> [SQLValue] {
        [
            .text(obligation.id), .text(obligation.item), .text(obligation.catalogueVersion),
            .text(obligation.jurisdiction), .text(obligation.field), .text(obligation.channel),
            .text(obligation.body), .text(obligation.root), .text(obligation.period),
            .text(obligation.project),
            .text(obligation.lot), .text(obligation.eventKind), .text(rules.joined(separator: " ")),
            .text(obligation.trigger), SQLValue(obligation.triggerDay),
            SQLValue(obligation.triggerBasis?.rawValue), SQLValue(obligation.due),
            obligation.provisional.sqlValue, .text(obligation.rule), obligation.verified.sqlValue,
            obligation.firm.sqlValue, obligation.standing.sqlValue, obligation.observed.sqlValue,
            SQLValue(obligation.bound), .text(obligation.boundRule), .text(obligation.closed.rawValue),
            SQLValue(obligation.closedDay), today.sqlValue,
        ]
    }

    /// Changes a row from a day on; what it was at the end of the day before stays in `obligation_past`.
    private func update(_ id: String, on today: Day, set columns: SQL) throws {
        if !held.changes(id, on: today) {
            try transaction.execute(
                """
                INSERT INTO obligation_past (\(Self.columns), since, until)
                SELECT \(Self.columns), since, CAST(\(today) AS TEXT) FROM obligation
                WHERE id = \(id) AND since < \(today)
                """)
        }
        try transaction.execute(
            """
            UPDATE obligation SET \(columns), since = CASE WHEN since < \(today) THEN \(today) ELSE since END
            WHERE id = \(id)
            """)
    }

    /// The rules that an obligation's clock names.
    package func rules(of id: String) throws -> [String] {
        try transaction.row("SELECT rules FROM obligation WHERE id = \(id)")?
            .string("rules").split(separator: " ").map(String.init) ?? []
    }

    func setTrigger(
        _ id: String, event: String, day: Day?, basis: DayBasis?, due: Day?, provisional: Bool, rule: String,
        verified: Bool, today: Day
    ) throws {
        try update(
            id, on: today,
            set: """
                trigger_event = \(event), trigger_day = \(day), trigger_basis = \(basis?.rawValue), due = \(due),
                provisional = \(provisional), rule = \(rule), verified = \(verified)
                """)
        held.change(id) { obligation in
            (obligation.trigger, obligation.triggerDay, obligation.triggerBasis) = (event, day, basis)
            (obligation.due, obligation.provisional) = (due, provisional)
            (obligation.rule, obligation.verified) = (rule, verified)
        }
    }

    /// Another body acted than the one that was expected to.
    func setBody(_ id: String, _ body: String, observed: Bool, today: Day) throws {
        try update(id, on: today, set: "body = \(body), observed = \(observed)")
        held.change(id) { ($0.body, $0.observed) = (body, observed) }
    }

    func setLot(_ id: String, _ lot: String, today: Day) throws {
        try update(id, on: today, set: "lot = \(lot)")
        held.change(id) { $0.lot = lot }
    }

    func setBound(_ id: String, bound: Day?, rule: String, today: Day) throws {
        try update(id, on: today, set: "bound = \(bound), bound_rule = \(rule)")
        held.change(id) { ($0.bound, $0.boundRule) = (bound, rule) }
    }

    func setClosed(_ id: String, _ closed: Obligation.Closed, on day: Day?, today: Day) throws {
        try update(id, on: today, set: "closed_kind = \(closed.rawValue), closed_day = \(day)")
        held.change(id) { ($0.closed, $0.closedDay) = (closed, day) }
    }

    func setObserved(_ id: String, _ observed: Bool, today: Day) throws {
        try update(id, on: today, set: "observed = \(observed)")
        held.change(id) { $0.observed = observed }
    }

    /// Obligations of a jurisdiction that a coverage could make observed, after a given id.
    func unobserved(in coverage: SourceCoverage, after id: String, limit: Int) throws -> [Obligation] {
        try within(coverage, observed: false, after: id, limit: limit)
    }

    /// Obligations of a jurisdiction that a coverage may have made observed, after a given id.
    func observed(in coverage: SourceCoverage, after id: String, limit: Int) throws -> [Obligation] {
        try within(coverage, observed: true, after: id, limit: limit)
    }

    private func within(
        _ coverage: SourceCoverage, observed: Bool, after id: String, limit: Int
    ) throws -> [Obligation] {
        let ofBody: SQL = coverage.body.isEmpty ? "" : "AND body = \(coverage.body)"
        let ofItem: SQL = coverage.item.isEmpty ? "" : "AND item = \(coverage.item)"
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE jurisdiction = \(coverage.jurisdiction) AND channel = \(coverage.channel)
                AND observed = \(observed) AND id > \(id) \(ofBody) \(ofItem)
            ORDER BY id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }

    /// Triggered obligations, open or closed, whose counted span touches the days, after a given id.
    ///
    /// - Parameter jurisdiction: only there; everywhere when empty.
    func counted(
        across days: ClosedRange<Day>, in jurisdiction: String, after id: String, limit: Int
    ) throws -> [Obligation] {
        let there: SQL = jurisdiction.isEmpty ? "" : "AND jurisdiction = \(jurisdiction)"
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM obligation
            WHERE trigger_event <> '' AND id > \(id) AND closed_kind <> 'void' \(there)
                AND (trigger_day <= \(days.upperBound) OR due <= \(days.upperBound))
                AND (trigger_day >= \(days.lowerBound) OR due >= \(days.lowerBound) OR provisional = 1)
            ORDER BY id LIMIT \(limit)
            """
        ).map(Obligation.init)
    }
}

/// An obligation as it was from the end of a day on.
package struct ObligationVersion: Sendable, Hashable {
    package let obligation: Obligation
    /// ISO day; empty for what an earlier program wrote.
    package let since: String
    /// The first day on which it was no longer so, ISO; empty for what it is now.
    package let until: String
}

/// One duty of a project, as it is told from another.
struct KnownDuty {
    let item: String
    let channel: String
    let eventKind: String
    let lot: String
}

extension Transaction {
    package var obligations: ObligationStore { ObligationStore(transaction: self) }
}

extension ObligationVersion {
    init(_ row: Row) throws {
        obligation = try Obligation(row)
        since = try row.string("since")
        until = try row.string("until")
    }
}

extension Obligation {
    init(_ row: Row) throws {
        id = try row.string("id")
        item = try row.string("item")
        catalogueVersion = try row.string("catalogue_version")
        jurisdiction = try row.string("jurisdiction")
        field = try row.string("field")
        channel = try row.string("channel")
        body = try row.string("body")
        root = try row.string("root")
        period = try row.string("period")
        project = try row.string("project")
        lot = try row.string("lot")
        eventKind = try row.string("event_kind")
        trigger = try row.string("trigger_event")
        triggerDay = try row.dayOrNil("trigger_day")
        triggerBasis = try row.stringOrNil("trigger_basis").flatMap(DayBasis.init)
        due = try row.dayOrNil("due")
        provisional = try row.bool("provisional")
        rule = try row.string("rule")
        verified = try row.bool("verified")
        firm = try row.bool("firm")
        standing = try row.bool("standing")
        observed = try row.bool("observed")
        bound = try row.dayOrNil("bound")
        boundRule = try row.string("bound_rule")
        closed = try row.word("closed_kind")
        closedDay = try row.dayOrNil("closed_day")
    }
}

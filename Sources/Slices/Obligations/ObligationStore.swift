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
        // Answered by obligation_trigger, and not by going through all that is withheld.
        Set(
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

/// Which obligations a list shows.
package struct ObligationFilter: Sendable, Hashable {
    package var body: String?
    package var field: String?
    package var jurisdiction: String?
    package var item: String?
    package var project: String?
    package var state: ObligationState?
    package var dueFrom: Day?
    package var dueTo: Day?
    /// Whether rules that nobody has compared with the official text count as overdue.
    package var includesUnverified = false
    /// The civil day for which states are derived, and the day five working days later.
    package var day: Day
    package var soon: Day

    package init(day: Day, soon: Day) {
        self.day = day
        self.soon = soon
    }

    package func with(state: ObligationState?) -> ObligationFilter {
        var copy = self
        copy.state = state
        return copy
    }

    /// The rows in the order of the list.
    ///
    /// Answered by `obligation_due` where a state is asked for that leaves rows open or closed in one way, else by
    /// `obligation_order` or the index of the body or item; those of the past have their like.
    ///
    /// - Parameters:
    ///   - table: that of obligations, or of what they were.
    ///   - stood: a condition that leaves one version of each.
    package func listing(
        in table: SQL = "obligation", where stood: SQL = "1 = 1", after cursor: ObligationCursor?, limit: Int
    ) -> SQL {
        let beyond: SQL =
            // The first condition says nothing new; SQLite finds its place in an index of expressions by it alone.
            cursor.map {
                """
                AND COALESCE(due, '9999-12-31') >= \($0.due)
                    AND (COALESCE(due, '9999-12-31'), id) > (\($0.due), \($0.id))
                """
            } ?? ""
        return """
            SELECT \(ObligationStore.columns) FROM \(table) WHERE \(condition) AND \(stood) \(beyond)
            ORDER BY COALESCE(due, '9999-12-31'), id LIMIT \(limit)
            """
    }

    /// One pass over the rows, whatever the number of states.
    ///
    /// - Parameter rows: the table of obligations, or what stands for it.
    func counting(in rows: SQL) -> SQL {
        "SELECT \(sums) FROM \(rows) WHERE \(with(state: nil).condition)"
    }

    private var sums: SQL {
        ObligationState.allCases.map { sum(condition(for: $0), as: SQL(stringLiteral: Self.column($0))) }
            .joined(separator: ", ")
    }

    private func sum(_ condition: SQL, as name: SQL) -> SQL {
        "CAST(COALESCE(SUM(CASE WHEN \(condition) THEN 1 ELSE 0 END), 0) AS BIGINT) AS \(name)"
    }

    /// As `counting`, for each due day of what is open; `n_past` is what is overdue under any rule.
    var countingByDue: SQL {
        var every = self
        every.includesUnverified = true
        return """
            SELECT due, \(sums), \(sum(every.condition(for: .overdue), as: "n_past")) FROM obligation
            WHERE closed_kind = '' AND due IS NOT NULL AND \(with(state: nil).condition)
            GROUP BY due ORDER BY due LIMIT 400
            """
    }

    /// What `counting` found.
    func counts(in row: Row?) throws -> [ObligationState: Int] {
        var counts: [ObligationState: Int] = [:]
        for state in ObligationState.allCases { counts[state] = try row?.int(Self.column(state)) }
        return counts
    }

    private static func column(_ state: ObligationState) -> String {
        "n_" + state.rawValue.replacing("-", with: "_")
    }

    var condition: SQL {
        var parts: [SQL] = ["1 = 1"]
        if let body { parts.append("body = \(body)") }
        if let field { parts.append("field = \(field)") }
        if let jurisdiction { parts.append("jurisdiction = \(jurisdiction)") }
        if let item { parts.append("item = \(item)") }
        if let project { parts.append("project = \(project)") }
        if let dueFrom { parts.append("COALESCE(due, '9999-12-31') >= \(dueFrom) AND due IS NOT NULL") }
        if let dueTo { parts.append("COALESCE(due, '9999-12-31') <= \(dueTo) AND due IS NOT NULL") }
        if let state { parts.append(condition(for: state)) }
        return parts.joined(separator: " AND ")
    }

    /// `StateFacts.state(on:soon:)` as a condition; a test holds the two together.
    func condition(for state: ObligationState) -> SQL {
        let open: SQL = "closed_kind = ''"
        let started: SQL = "(standing = 1 OR trigger_event <> '')"
        let isCurrent: SQL = "(standing = 1 AND closed_day IS NOT NULL AND (due IS NULL OR due >= \(day)))"
        let wasOut: SQL = "(standing = 1 AND closed_day IS NOT NULL)"
        let answered: SQL = "closed_kind IN ('on_time', 'late', 'undetermined')"
        let unsettled: SQL = "\(open) AND \(started) AND NOT \(isCurrent)"
        let running: SQL = "\(unsettled) AND firm = 1"
        // As the indexes hold it; without a day it is never past.
        let order: SQL = "COALESCE(due, '9999-12-31')"
        let past: SQL = "\(order) < \(day)"
        let trusted: SQL = includesUnverified ? "" : " AND verified = 1"
        return switch state {
        case .awaited: "\(open) AND NOT \(started)"
        case .owed: "\(running) AND \(order) > \(soon)"
        case .dueSoon: "\(running) AND \(order) >= \(day) AND \(order) <= \(soon)"
        case .overdue: "\(running) AND \(past) AND observed = 1 AND standing = 0\(trusted)"
        case .lapsed: "\(running) AND \(past) AND observed = 1 AND standing = 1"
        case .unobserved: "\(running) AND \(past) AND observed = 0"
        case .current: "\(open) AND \(isCurrent)"
        case .metOnTime: "closed_kind = 'on_time' AND firm = 1"
        case .metLate: "closed_kind = 'late' AND firm = 1"
        case .metUndetermined: "closed_kind = 'undetermined' AND firm = 1"
        case .encouraged: "\(unsettled) AND firm = 0 AND NOT \(wasOut)"
        case .encouragedMet:
            // Not as an alternative: an engine would gather the one and the other and sort them.
            "firm = 0 AND CASE WHEN \(answered) THEN 1 WHEN \(unsettled) AND \(wasOut) THEN 1 ELSE 0 END = 1"
        case .withheld: "closed_kind = 'withheld'"
        case .notApplicable: "closed_kind = 'not_applicable'"
        case .void: "closed_kind = 'void'"
        }
    }
}

/// Where a list of obligations goes on.
package struct ObligationCursor: Sendable, Hashable, Codable {
    /// ISO day; `9999-12-31` for rows without a due day.
    package let due: String
    package let id: String

    package init(after obligation: Obligation) {
        due = obligation.due?.description ?? "9999-12-31"
        id = obligation.id
    }

    package init(due: String, id: String) {
        self.due = due
        self.id = id
    }
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

import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects
import Publishing
import Storage

/// What people of the county do, in one line each.
extension County {
    /// Opens a procurement project of the county.
    package func project(
        _ key: String = "SXCG-2026-001", lots: [String] = [], scopes: Set<ProjectScope> = [],
        in jurisdiction: String = "SX",
        on day: Day = "2026-03-02"
    ) async throws -> String {
        try await act(on: day) { transaction, _, occasion in
            try OpenProject(
                jurisdiction: jurisdiction, field: "政府采购", title: "示例项目",
                keys: [ProjectKey(kind: .procurement, printed: key)],
                lots: lots.map { Lot(number: $0, title: "标段\($0)") }, scopes: scopes
            ).perform(in: transaction, occasion).project.id
        }
    }

    /// Records that something happened on a day; on that same day unless told otherwise.
    @discardableResult
    package func event(
        _ kind: String, by body: String = "sx-finance", on day: Day, item: String = "", project: String = "",
        lot: String = "", basis: DayBasis = .system, evidence: String = "", recorded: Day? = nil
    ) async throws -> RecordEvent.Recorded {
        try await act(on: recorded ?? day) { transaction, law, occasion in
            var record = RecordEvent(kind: kind, body: body, day: day, basis: basis)
            record.item = item
            record.project = project
            record.lot = lot
            record.evidence = evidence
            return try record.perform(in: transaction, law: law, occasion)
        }
    }

    /// An item's information was formed: the obligation that follows.
    package func formed(
        _ item: String = "I-FG-001", by body: String = "sx-housing", on day: Day, evidence: String = "",
        recorded: Day? = nil, basis: DayBasis = .system
    ) async throws -> String {
        let recorded = try await event(
            "item.formed", by: body, on: day, item: item, basis: basis, evidence: evidence, recorded: recorded
        )
        return recorded.obligations[0]
    }

    @discardableResult
    package func publish(
        _ item: String = "I-FG-001", by body: String = "sx-housing", on day: Day, project: String = "",
        lot: String = "",
        period: String = "", channel: String = "portal", obligation: String = "", title: String = "示例公告",
        audience: Audience? = nil, imported: Publish.ImportedFrom? = nil
    ) async throws -> Publish.Published {
        try await act(on: day) { transaction, law, occasion in
            var publish = Publish(body: body, record: EditionRecord(title: title, text: "正文"))
            publish.item = item
            publish.project = project
            publish.lot = lot
            publish.period = period
            publish.channel = channel
            publish.obligation = obligation
            publish.audience = audience
            publish.imported = imported
            return try publish.perform(in: transaction, law: law, occasion)
        }
    }

    @discardableResult
    package func correct(_ publication: String, on day: Day, title: String = "更正后的公告") async throws -> Edition
    {
        try await act(on: day) { transaction, law, occasion in
            try CorrectPublication(
                publication: publication, record: EditionRecord(title: title, text: "正文"), reason: "内容有误"
            ).perform(in: transaction, law: law, occasion)
        }
    }

    @discardableResult
    package func withdraw(_ publication: String, on day: Day) async throws -> Edition {
        try await act(on: day) { transaction, law, occasion in
            try WithdrawPublication(publication: publication, reason: "发布有误")
                .perform(in: transaction, law: law, occasion)
        }
    }

    @discardableResult
    package func erase(
        _ publication: String, edition: Int? = nil, ground: String = "personal-information",
        clause: String = "",
        on day: Day
    ) async throws -> [Int] {
        try await act(on: day) { transaction, _, occasion in
            try EraseEdition(publication: publication, edition: edition, ground: ground, clause: clause)
                .perform(in: transaction, occasion)
        }
    }

    @discardableResult
    package func amend(_ event: String, to new: Day, on day: Day, basis: DayBasis = .system) async throws
        -> Event
    {
        try await act(on: day) { transaction, law, occasion in
            try AmendEvent(event: event, day: new, basis: basis, evidence: "", reason: "日期登记有误")
                .perform(in: transaction, law: law, occasion)
        }
    }

    package func void(_ event: String, on day: Day) async throws {
        try await act(on: day) { transaction, law, occasion in
            try VoidEvent(event: event, reason: "重复登记").perform(in: transaction, law: law, occasion)
        }
    }

    @discardableResult
    package func withhold(
        _ obligation: String, on day: Day, ground: WithholdingGround = .tradeSecret, review: Day? = nil
    ) async throws -> Decision {
        try await act(on: day) { transaction, _, occasion in
            try WithholdObligation(
                obligation: obligation, ground: ground.rawValue, reason: "涉及商业秘密", reviewOn: review
            ).perform(in: transaction, occasion)
        }
    }

    @discardableResult
    package func dismiss(_ obligation: String, on day: Day) async throws -> Decision {
        try await act(on: day) { transaction, _, occasion in
            try MarkNotApplicable(obligation: obligation, reason: "本项目不涉及").perform(in: transaction, occasion)
        }
    }

    package func revoke(_ decision: String, on day: Day, reason: String = "情况已经变化") async throws {
        try await act(on: day) { transaction, _, occasion in
            try RevokeDecision(decision: decision, reason: reason).perform(in: transaction, occasion)
        }
    }

    @discardableResult
    package func cover(
        _ jurisdiction: String = "FG", body: String = "", item: String = "", channel: String = "portal",
        from: Day,
        to: Day, on day: Day
    ) async throws -> Int {
        try await act(on: day) { transaction, _, occasion in
            try DeclareCoverage(
                source: "旧网站", jurisdiction: jurisdiction, body: body, item: item, from: from, to: to,
                channel: channel
            ).perform(in: transaction, occasion).observed
        }
    }

    /// Takes back the declaration that was made last.
    ///
    /// - Returns: how many obligations are unobserved again.
    @discardableResult
    package func uncoverLast(on day: Day, reason: String = "来源并不完整") async throws -> Int {
        try await act(on: day) { transaction, _, occasion in
            guard let last = try transaction.ledger.coverages().last else { throw Missing(id: "coverage") }
            return try EndCoverage(coverage: last.id, reason: reason).perform(in: transaction, occasion)
                .unobserved
        }
    }

    package func startLedger(_ jurisdiction: String = "SX", from: Day, on day: Day) async throws {
        try await act(on: day) { transaction, law, occasion in
            try StartLedger(jurisdiction: jurisdiction, from: from).perform(
                in: transaction, law: law, occasion)
        }
    }

    @discardableResult
    package func openPeriods(on day: Day) async throws -> Int {
        try await act(on: day) { transaction, law, occasion in
            try OpenPeriods(before: occasion.today).perform(in: transaction, law: law, occasion)
        }
    }

    /// - Returns: how many obligations were entered as overdue.
    @discardableResult
    package func close(_ closed: Day, on day: Day) async throws -> Int {
        try await act(on: day, as: "system") { transaction, _, occasion in
            try CloseDay(day: closed).perform(in: transaction, occasion)
        }
    }

    /// Loads a calendar without computing anything again.
    package func load(_ content: String, in jurisdiction: String = "", on day: Day) async throws {
        let years = try HolidayYears.parse([UInt8](content.utf8))
        try await act(on: day) { transaction, _, occasion in
            _ = try LoadCalendar(years: years, content: content, jurisdiction: jurisdiction)
                .perform(in: transaction, occasion)
        }
    }

    /// One page: how many were seen and how many changed; nil when nothing is left to compute again.
    package func recompute(_ limit: Int = 100, on day: Day) async throws -> [Int]? {
        try await act(on: day) { transaction, law, occasion in
            try ResumeRecomputation(limit: limit).perform(in: transaction, law: law, occasion)
                .map { [$0.seen, $0.changed] }
        }
    }
}

/// What people of the county see.
///
/// Tests ask through these inside `#expect`: a closure there and one beside it in the same function may be taken for
/// one another (Swift 6.3), and the wrong one runs.
extension County {
    package func openDays(before day: Day, limit: Int = 366) async throws -> [Day] {
        try await read { try CloseDay.open(in: $0, before: day, limit: limit) }
    }

    package func overdueEntries(_ obligation: String) async throws -> [Day] {
        try await read { try $0.ledger.overdueEntries(of: obligation) }
    }

    package func coverages() async throws -> [SourceCoverage] {
        try await read { try $0.ledger.coverages() }
    }

    package func decision(_ id: String) async throws -> Decision? {
        try await read { try $0.ledger.decision(id) }
    }

    package func computations(_ obligation: String) async throws -> [DueComputation] {
        try await read { try $0.ledger.computations(of: obligation) }
    }

    package func discharges(_ obligation: String) async throws -> [Discharge] {
        try await read { try $0.ledger.discharges(of: obligation) }
    }

    package func history(_ root: String) async throws -> [Event] {
        try await read { try $0.events.history(root: root) }
    }

    package func editions(_ publication: String) async throws -> [Edition] {
        try await read { try $0.publications.editions(of: publication) }
    }

    package func publication(_ id: String) async throws -> Publication? {
        try await read { try $0.publications.publication(id) }
    }

    package func keys(_ project: String) async throws -> [ProjectKey] {
        try await read { try $0.projects.keys(of: project) }
    }

    package func lots(_ project: String) async throws -> [Lot] {
        try await read { try $0.projects.lots(of: project) }
    }

    package func obligation(_ id: String) async throws -> Obligation {
        try await read { transaction in
            guard let obligation = try transaction.obligations.obligation(id) else { throw Missing(id: id) }
            return obligation
        }
    }

    package func state(_ id: String, on day: Day) async throws -> ObligationState {
        let obligation = try await obligation(id)
        return obligation.state(on: day, soon: try soon(day))
    }

    private static let builtIn = Result { try LawBook.builtIn() }

    /// Five working days later by the built-in calendar.
    package func soon(_ day: Day) throws -> Day {
        try Self.builtIn.get().calendar.dueDate(
            .usual(ObligationState.soonWorkingDays, .workingDays), from: day
        ).due
    }

    /// The only obligation of an item on a channel in a project or lot that is not void.
    package func obligation(
        _ item: String, _ channel: String = "portal", project: String, lot: String? = nil, kind: String? = nil
    ) async throws -> Obligation {
        let found = try await obligations(project: project).filter {
            $0.item == item && $0.channel == channel && (lot == nil || $0.lot == lot) && $0.closed != .void
                && (kind == nil || $0.eventKind == kind)
        }
        guard found.count == 1 else { throw Missing(id: "\(item) \(channel): \(found.count)") }
        return found[0]
    }

    package func obligations(project: String) async throws -> [Obligation] {
        try await read { try $0.obligations.obligations(project: project) }
    }

    package func listed(_ filter: ObligationFilter) async throws -> [Obligation] {
        try await read { try $0.obligations.list(filter, after: nil, limit: 1000) }
    }

    /// The journal, oldest first, after a number of rows.
    package func journal(from first: Int = 0) async throws -> [JournalEntry] {
        Array(try await read { try $0.journal(after: 0, limit: 10_000) }.map(\.entry).dropFirst(first))
    }

    /// The acts of the journal, oldest first, after a number of rows.
    package func acts(from first: Int = 0) async throws -> [String] {
        try await journal(from: first).map(\.act)
    }

    /// Every row of every table, the journal among them; of the catalogue's long lists the number of rows.
    package func contents() async throws -> [String: [String]] {
        try await read { transaction in
            let query: SQL =
                switch transaction.engine {
                case .sqlite:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                case .postgresql:
                    "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()"
                }
            var contents: [String: [String]] = [:]
            for table in try transaction.rows(query).map({ try $0.string("name") }) {
                let name = SQL(stringLiteral: table)
                guard !["catalogue_item", "item_clock", "item_mapping"].contains(table) else {
                    contents[table] = try transaction.rows(
                        "SELECT CAST(count(*) AS BIGINT) AS n FROM \(name)"
                    )
                    .map { "\(try $0.int("n"))" }
                    continue
                }
                contents[table] = try transaction.rows("SELECT \(name).* FROM \(name)")
                    .map { row in
                        zip(row.columns.names, row.values).sorted { $0.0 < $1.0 }.map { "\($0)=\($1)" }
                    }
                    .map { $0.joined(separator: " ") }.sorted()
            }
            return contents
        }
    }
}

package struct Missing: Error {
    package let id: String
}

import CivilTime
import Counting
import Obligations
import People
import Web

/// `GET /obligations`: the ledger, filtered; longest due first. `.json` and `.csv` give the same rows.
///
/// Open to anyone; at most 100 rows a page. Obligations under unverified rules are left out of `state=overdue`
/// unless `unverified=1`, and the answer says how many. `on=` gives the ledger as it stood at the end of a past day.
struct ObligationList {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        /// How many pass the filter, not only those on this page.
        let total: Int
        let items: [ObligationRow]
        /// The address of the next batch; null at the end.
        let next: OrNull<String>
        /// Overdue under rules that nobody has verified, and so not among `items`.
        let leftOutUnverified: Int
        /// By state, under the other conditions.
        let counts: [String: Int]
    }

    func add(to routes: Routes) {
        routes.get("obligations", taking: Question.parameters + ["on"] + WebRequest.paging) { request in
            let asked = try Question(request)
            let limit = try request.limit()
            let cursor = try request.cursor(of: "obligations", .text, .text)
            let (answer, batch) = try await room.read(on: asked.on) { reading in
                let question = try asked.resolved(reading)
                let filter = question.filter(reading)
                let fetched = try reading.list(
                    filter, after: cursor.map { ObligationCursor(due: $0.text(0), id: $0.text(1)) },
                    limit: limit + 1)
                let batch = Batch(fetched, limit: limit) { obligation in
                    let last = ObligationCursor(after: obligation)
                    return Cursor(list: "obligations", [.text(last.due), .text(last.id)])
                }
                return (try Found(batch.items, question, filter, reading), batch.next)
            }
            let nextData = try request.link(after: batch, format: .json)
            let value = Value(
                day: answer.day, total: answer.total, items: answer.rows, next: OrNull(nextData?.address),
                leftOutUnverified: answer.leftOut,
                counts: Dictionary(uniqueKeysWithValues: answer.counts.map { ($0.key.rawValue, $0.value) }))
            let page = try ObligationListPage(
                question: asked, found: answer, request: request, isFurther: cursor != nil,
                next: request.link(after: batch))
            return Answer(
                page.page, data: value, table: { CSVTable.obligations(answer.rows) },
                next: try request.link(after: batch, format: request.format), meantFor: .everyone)
        }
    }

    /// The conditions of a list, as the reader gave them.
    struct Question: Sendable {
        var body: String?
        let field, jurisdiction, item, project: String?
        let state: ObligationState?
        let from, to: Day?
        let unverified: Bool
        /// The past day whose ledger is asked for.
        let on: Day?

        /// Whose obligations; the due calendar takes these too.
        static let places = ["body", "field", "jurisdiction", "item", "project", "unverified"]
        static let parameters = places + ["state", "from", "to"]

        init(_ request: WebRequest) throws {
            body = try request.query.text("body")
            field = try request.query.text("field")
            jurisdiction = try request.query.text("jurisdiction")
            item = try request.query.text("item")
            project = try request.query.text("project")
            state = try request.query.choice("state", of: ObligationState.self)
            from = try request.query.day("from")
            to = try request.query.day("to")
            unverified = try request.query.flag("unverified")
            on = try request.query.day("on")
        }

        /// Whether any condition of the form is in use.
        var isNarrowed: Bool {
            body != nil || field != nil || jurisdiction != nil || item != nil || from != nil || to != nil
        }

        /// A body may be asked for by its name; the register knows it in the jurisdiction asked for, or in any.
        ///
        /// - Throws: `Problem` where a condition names nothing that is known.
        func resolved(_ reading: Reading) throws -> Question {
            var question = self
            question.body = try body.map { try reading.bodyID($0, in: jurisdiction) ?? $0 }
            try reading.demand(
                jurisdiction.map { .jurisdiction($0) }, field.map { .field($0) },
                question.body.map { .body($0) },
                item.map { .item($0) }, project.map { .project($0) })
            return question
        }

        func filter(_ reading: Reading) -> ObligationFilter {
            var filter = reading.filter
            filter.body = body
            filter.field = field
            filter.jurisdiction = jurisdiction
            filter.item = item
            filter.project = project
            filter.state = state
            filter.dueFrom = from
            filter.dueTo = to
            filter.includesUnverified = unverified
            return filter
        }
    }

    /// What was read for one page.
    struct Found: Sendable {
        let day: Day
        /// The day, when it is not today.
        let past: Day?
        let rows: [ObligationRow]
        let counts: [ObligationState: Int]
        let total: Int
        let leftOut: Int
        let bodyName, itemTitle, projectTitle: String?
        let jurisdictions: [(code: String, name: String)]
        let fields: [String]
        let ways: UsualWays?

        init(
            _ obligations: [Obligation], _ question: Question, _ filter: ObligationFilter, _ reading: Reading
        ) throws {
            var names = reading.names()
            try names.learn(obligations)
            try names.learn(bodies: [question.body].compactMap(\.self))
            try names.learn(items: [question.item].compactMap(\.self))
            try names.learn(projects: [question.project].compactMap(\.self))
            day = reading.day
            past = reading.past?.day
            rows = obligations.map { ObligationRow($0, names: names, on: reading.day, soon: reading.soon) }
            let counted = try reading.counts(filter)
            counts = counted.byState
            leftOut = question.unverified ? 0 : counted.overdueUnverified
            total =
                if let state = question.state {
                    counts[state] ?? 0
                } else {
                    counts.values.reduce(0, +) + leftOut
                }
            bodyName = question.body.map(names.body)
            itemTitle = question.item.map { names.itemTitle($0) }
            projectTitle = question.project.map(names.project)
            jurisdictions = try reading.jurisdictionsThatOwe().map { ($0, names.jurisdiction($0)) }
            fields = try reading.fieldsThatOwe()
            ways = try reading.usualWays(in: question.jurisdiction)
        }
    }
}

extension CSVTable {
    static func obligations(_ rows: [ObligationRow]) -> CSVTable {
        CSVTable(
            columns: [
                "编号", "事项编号", "事项", "公开主体编号", "公开主体", "辖区", "领域", "渠道", "项目", "项目名称", "标段", "周期",
                "触发事项", "触发日", "触发日依据", "到期日", "暂定", "规则", "条款", "规则已核实", "状态", "状态名称", "逾期日数",
            ],
            rows: rows.map { row in
                [
                    row.id, row.item, row.itemTitle, row.body, row.bodyName, row.jurisdiction, row.field,
                    row.channel,
                    row.project.value ?? "", row.projectTitle.value ?? "", row.lot.value ?? "",
                    row.period.value ?? "", row.triggerKindName, row.triggerDay.value?.description ?? "",
                    row.triggerBasis.value?.title ?? "", row.due.value?.description ?? "",
                    row.provisional ? "1" : "0", row.rule.value ?? "", row.clause.value ?? "",
                    row.verified ? "1" : "0", row.state.rawValue, row.stateName,
                    row.daysLate.value.map(String.init) ?? "",
                ]
            })
    }
}

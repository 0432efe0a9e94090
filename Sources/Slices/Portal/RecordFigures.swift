import CivilTime
import Counting
import Importing
import Obligations
import Web

/// `GET /figures`: the record in figures (统计图): how timely, by month and body; what is owed, by field. `.json`, `.csv`.
///
/// Open to anyone. `jurisdiction=`, the first with a ledger unless said; twelve months up to `through=2026-12`, this month
/// unless said; `basis=`, what the time rests on, since rates of several are never mixed: the one with the most judged
/// unless said. At most 40 bodies a page. Every number comes from the tally; while that is being made, the answer says so
/// and is not kept.
struct RecordFigures {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        /// False while the tally is being made; then nothing is counted below.
        let ready: Bool
        let jurisdiction: String
        let jurisdictionName: String
        let basis: TimeBasis
        let basisName: String
        /// How many of the jurisdiction were judged under each basis, whenever they were due.
        let judged: [String: Int]
        let months: [String]
        let bodies: [BodyMonths]
        /// The address of the next batch of bodies; null at the end.
        fileprivate(set) var next: OrNull<String>
        let fields: [FieldCounts]
        /// What deals were worth, as imported notices say, by meaning.
        let deals: [Deals]
    }

    /// One meaning of a sum: award or contract. Sums of different meanings are never added.
    struct Deals: Encodable, Sendable {
        let role: NoticeSum.Role
        let roleName: String
        /// In the order of the months of the answer.
        let months: [Month]
        /// Notices of these months, and those without a day, that are not among the sums: by reason.
        let leftOut: [String: Int]

        struct Month: Encodable, Sendable {
            let month: String
            let notices: Int
            /// 分, a hundredth of a yuan (人民币).
            let fen: Int64
        }

        init(_ role: NoticeSum.Role, _ months: [String], _ totals: [DealMonth: DealTotal]) {
            self.role = role
            roleName = role.title
            let own = totals.filter { $0.key.role == role }
            let counted = own.filter { $0.key.outcome == .counted }
            let byMonth = Dictionary(uniqueKeysWithValues: counted.map { ($0.key.month, $0.value) })
            self.months = months.map {
                Month(month: $0, notices: byMonth[$0]?.notices ?? 0, fen: byMonth[$0]?.fen ?? 0)
            }
            var leftOut: [String: Int] = [:]
            for (key, total) in own where key.outcome != .counted {
                leftOut[key.outcome.rawValue, default: 0] += total.notices
            }
            if let dayless = byMonth[""] { leftOut["dayless"] = dayless.notices }
            self.leftOut = leftOut
        }
    }

    /// A body's months, in the order of `months`.
    struct BodyMonths: Encodable, Sendable {
        let body: String
        let name: String
        let months: [Timely]
    }

    struct FieldCounts: Encodable, Sendable {
        let field: String
        /// By state.
        let counts: [String: Int]
    }

    struct Asked: Sendable {
        let jurisdiction: String?
        let through: CalendarMonth
        let basis: TimeBasis?
        let after: String
    }

    struct Found: Sendable {
        var value: Value
        let batch: Batch<String>
        let places: [(code: String, name: String)]
        let through: CalendarMonth
    }

    private static let bodiesMax = 40
    private static let fieldsMax = 60

    func add(to routes: Routes) {
        routes.get("figures", taking: ["jurisdiction", "through", "basis", "after"], refusing: ["on"]) {
            request in
            try request.refusePastDay()
            let cursor = try request.cursor(of: "figures", .text)
            let asked = Asked(
                jurisdiction: try request.query.text("jurisdiction"),
                through: try CalendarMonth(asked: request.query.text("through"))
                    ?? CalendarMonth(room.today()),
                basis: try request.query.choice("basis", of: TimeBasis.self), after: cursor?.text(0) ?? "")
            var found = try await room.read { try look(asked, $0) }
            found.value.next = OrNull(try request.link(after: found.batch.next, format: .json)?.address)
            let value = found.value
            if !value.ready { Basis.collection?.add(Basis { false }) }
            let page = try RecordFiguresBody(found: found, request: request, isFurther: cursor != nil)
            return Answer(
                page.page, data: value, table: { CSVTable.timeliness(value) },
                next: try request.link(after: found.batch.next, format: request.format), meantFor: .everyone)
        }
    }

    private func look(_ asked: Asked, _ reading: Reading) throws -> Found {
        try reading.demand(asked.jurisdiction.map { .jurisdiction($0) })
        var names = reading.names()
        try names.learnJurisdictions()
        let owing = try reading.jurisdictionsThatOwe()
        let ledgers = try reading.transaction.ledger.ledgers().map(\.jurisdiction)
        let place = asked.jurisdiction ?? owing.first(where: ledgers.contains) ?? owing.first ?? ""
        let months = [CalendarMonth].twelve(through: asked.through)
        let fetched = try reading.transaction.tallies.bodiesOwing(
            in: place, after: asked.after, limit: Self.bodiesMax + 1)
        let batch = Batch(fetched ?? [], limit: Self.bodiesMax) { Cursor(list: "figures", [.text($0)]) }
        let judged = fetched == nil ? [:] : try judged(in: place, reading)
        let basis = asked.basis ?? TimeBasis.allCases.max { judged[$0] ?? 0 < judged[$1] ?? 0 } ?? .attested
        try names.learn(bodies: batch.items)
        let deals = try deals(of: place, months, reading)
        let value = Value(
            day: reading.day, ready: fetched != nil && deals != nil, jurisdiction: place,
            jurisdictionName: names.jurisdiction(place), basis: basis, basisName: basis.title,
            judged: Dictionary(uniqueKeysWithValues: judged.map { ($0.key.rawValue, $0.value) }),
            months: months.map(\.description),
            bodies: try bodies(batch.items, in: place, months, basis, names, reading),
            next: OrNull(nil), fields: fetched == nil ? [] : try fields(of: place, reading),
            deals: deals ?? [])
        return Found(
            value: value, batch: batch, places: owing.map { ($0, names.jurisdiction($0)) },
            through: asked.through)
    }

    private func judged(in place: String, _ reading: Reading) throws -> [TimeBasis: Int] {
        var filter = reading.filter
        filter.jurisdiction = place
        let judged = try reading.counts(filter).timeliness?.filter { $0.verdict != .undetermined } ?? []
        return judged.reduce(into: [:]) { $0[$1.basis, default: 0] += $1.count }
    }

    private func bodies(
        _ bodies: [String], in place: String, _ months: [CalendarMonth], _ basis: TimeBasis, _ names: Names,
        _ reading: Reading
    ) throws -> [BodyMonths] {
        let counted = try reading.timely(bodies, in: place, months, basis) ?? [:]
        return bodies.map { BodyMonths(body: $0, name: names.body($0), months: counted[$0] ?? []) }
    }

    private func deals(of place: String, _ months: [CalendarMonth], _ reading: Reading) throws -> [Deals]? {
        let months = months.map(\.description)
        guard let first = months.first, let last = months.last,
            let totals = try reading.transaction.sums.totals(in: place, first...last)
        else { return nil }
        return DealSum.roles.map { Deals($0, months, totals) }
    }

    private func fields(of place: String, _ reading: Reading) throws -> [FieldCounts] {
        try reading.fieldsThatOwe().prefix(Self.fieldsMax).compactMap { field in
            var filter = reading.filter
            (filter.jurisdiction, filter.field) = (place, field)
            let counts = try reading.counts(filter).byState.filter { $0.value > 0 }
            guard !counts.isEmpty else { return nil }
            return FieldCounts(
                field: field,
                counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }))
        }
    }
}

extension CSVTable {
    fileprivate static func timeliness(_ value: RecordFigures.Value) -> CSVTable {
        CSVTable(
            columns: ["公开主体编号", "公开主体", "到期月", "时间依据", "按时", "逾期公开", "仍逾期未公开"],
            rows: value.bodies.flatMap { body in
                zip(value.months, body.months).map { month, timely in
                    [
                        body.body, body.name, month, value.basisName, String(timely.onTime),
                        String(timely.late), String(timely.overdue),
                    ]
                }
            })
    }
}

import Catalogue
import CivilTime
import Counting
import Law
import Obligations
import People
import Publishing
import Web

/// `GET /columns/:jurisdiction/:field`: a field of a jurisdiction's list: what is owed and late there, what was published
/// last, what comes due, its items, bodies and procedures. `.json`.
///
/// Open to anyone. Obligations under unverified rules are in no list, and are counted.
struct ColumnPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let jurisdiction: String
        let jurisdictionName: String
        let field: String
        let names: [ColumnNameRow]
        let plans: [CataloguePlan]
        /// Obligations by state; `overdue` only under verified rules.
        let counts: [String: Int]
        let overdueUnverified: Int
        let overdue: [ObligationRow]
        let lapsed: [ObligationRow]
        let nextDue: [ObligationRow]
        let publications: [PublicationRow]
        let items: [ItemRow]
        /// Those in charge of its items, as the plans name them.
        let bodies: [NamedBody]
        let chains: [ChainRow]
    }

    struct ItemRow: Encodable, Sendable {
        let id: String
        let sub: OrNull<String>
        let title: String
        let kind: ItemKind
        let owes: Bool
        let modality: Modality
        /// What its time rules are called.
        let limits: [String]
        let bodies: [NamedBody]

        init(_ item: CatalogueItem, _ bodies: [NamedBody], _ law: LawBook, on day: Day) {
            id = item.id
            sub = OrNull(text: item.sub)
            title = item.title
            kind = item.kind
            owes = item.owes
            modality = item.modality
            let rules = Set(item.clocks.map(\.rule))
            limits = rules.map { law.rule($0, on: day)?.title ?? $0 }.sorted()
            self.bodies = bodies
        }
    }

    /// Rows of each short list.
    private static let few = 10

    func add(to routes: Routes) {
        routes.get("columns/:jurisdiction/:field") { request in
            let (place, field) = (request.parameter("jurisdiction"), request.parameter("field"))
            guard let found = try await room.read({ try value(field, in: place, $0) }) else {
                throw Problem.noColumn(field, in: place)
            }
            let language = request.manner.language
            return Answer(
                ColumnBody(value: found, language: language).page, data: found, meantFor: .everyone)
        }
    }

    private func value(_ field: String, in jurisdiction: String, _ reading: Reading) throws -> Value? {
        guard let column = try reading.column(of: field, in: jurisdiction),
            var plans = try PlanReading(column.place, reading)
        else { return nil }
        let counts = try reading.counts(reading.filter(column))
        let lists = try [ObligationState.overdue, .lapsed, .dueSoon, .owed].map {
            try reading.list(reading.filter(column).with(state: $0), after: nil, limit: Self.few)
        }
        var names = reading.names()
        try names.learn(lists.flatMap(\.self))
        let known = names
        let rows = lists.map { list in
            list.map { ObligationRow($0, names: known, on: reading.day, soon: reading.soon) }
        }
        let items = try column.items.map { item in
            ItemRow(
                item, try plans.bodies(item.bodies.map(\.name)), reading.law, on: reading.day)
        }
        return Value(
            day: reading.day, jurisdiction: column.place.code, jurisdictionName: column.place.name,
            field: field, names: column.names(plans.tables.settings), plans: column.plans,
            counts: counts.named, overdueUnverified: counts.overdueUnverified, overdue: rows[0],
            lapsed: rows[1],
            nextDue: Array((rows[2] + rows[3].filter { $0.due.value != nil }).prefix(Self.few)),
            publications: try reading.rows(reading.publications(in: column, limit: Self.few), &names),
            items: items, bodies: distinct(items.flatMap(\.bodies)), chains: try chains(column, reading))
    }

    private func distinct(_ bodies: [NamedBody]) -> [NamedBody] {
        var seen: Set<String> = []
        return bodies.filter { seen.insert($0.id.value ?? $0.name).inserted }
    }

    /// The procedures of the field, and those whose steps start its items.
    private func chains(_ column: FieldColumn, _ reading: Reading) throws -> [ChainRow] {
        let started = Set(
            column.items.flatMap(\.eventKinds).compactMap { reading.law.chain(containing: $0)?.id })
        let chains = reading.law.chains.filter { $0.field == column.field || started.contains($0.id) }
        let rows = ChainReading(reading: reading, jurisdiction: column.place.code)
        return try chains.map(rows.row)
    }
}

extension StateCounts {
    /// By the states' names, as data give them.
    var named: [String: Int] {
        Dictionary(uniqueKeysWithValues: byState.map { ($0.key.rawValue, $0.value) })
    }
}

import Catalogue
import Obligations
import People
import Publishing
import Web

/// A field of a jurisdiction's list as a column of its portal (栏目): the items that stand in it.
///
/// - Law: R-37: the portal is the first platform, with a column of its own for the matter.
struct FieldColumn: Sendable {
    let place: Jurisdiction
    let field: String
    /// In the order of the list, inherited ones last.
    private(set) var items: [CatalogueItem] = []
    /// Those under which the items stand, in the order of the items.
    private(set) var plans: [CataloguePlan] = []

    fileprivate init(place: Jurisdiction, field: String) {
        self.place = place
        self.field = field
    }

    fileprivate mutating func add(_ item: CatalogueItem, of list: CatalogueList) {
        items.append(item)
        if let plan = list.plan(of: item), !plans.contains(plan) { plans.append(plan) }
    }

    var link: Link { Self.link(to: field, in: place.code) }
    var feed: Link { FeedFiles.column(of: field, in: place.code) }
    var owing: Int { items.count(where: \.owes) }

    /// What the plans call the column on the government's portal; none where they leave it unnamed.
    func names(_ settings: PlanSettings) -> [ColumnNameRow] {
        plans.flatMap { plan in
            settings.settings(.portalColumn, of: plan.plan).map {
                ColumnNameRow(
                    plan: plan.plan, planTitle: plan.title, names: $0.entries, section: $0.section)
            }
        }
    }

    static func link(to field: String, in jurisdiction: String) -> Link {
        "/columns/\(jurisdiction)/\(field)"
    }
}

/// The name that a plan gives its column, with where it says so.
struct ColumnNameRow: Encodable, Sendable {
    let plan: String
    let planTitle: String
    /// The column first; beside it what else the plan names.
    let names: [String]
    let section: String
}

extension Reading {
    /// The columns of a jurisdiction in the order of its list; none where it keeps no list.
    func columns(of place: Jurisdiction) throws -> [FieldColumn] {
        guard let list = try transaction.catalogue.list(in: place.code, on: day) else { return [] }
        var columns: [FieldColumn] = []
        for item in list.items {
            let index = columns.firstIndex { $0.field == item.field } ?? columns.count
            if index == columns.count { columns.append(FieldColumn(place: place, field: item.field)) }
            columns[index].add(item, of: list)
        }
        return columns
    }

    func column(of field: String, in jurisdiction: String) throws -> FieldColumn? {
        guard let place = try transaction.jurisdictions.jurisdiction(jurisdiction) else { return nil }
        return try columns(of: place).first { $0.field == field }
    }

    /// What everybody may see in a column, last seen first.
    ///
    /// - Parameter item: only this one's, or nil.
    func publications(
        in column: FieldColumn, body: String? = nil, item: String? = nil,
        before cursor: PublicationCursor? = nil,
        limit: Int
    ) throws -> [Publication] {
        let items = column.items.map(\.id).filter { item == nil || item == $0 }
        return try transaction.publications.publications(
            ofItems: items, in: column.place.code, audience: .everyone, body: body, before: cursor,
            limit: limit)
    }

    func filter(_ column: FieldColumn) -> ObligationFilter {
        var filter = filter
        filter.jurisdiction = column.place.code
        filter.field = column.field
        return filter
    }
}

extension Problem {
    static func noColumn(_ field: String, in jurisdiction: String) -> Problem {
        Problem(
            .notFound, code: "column-unknown", detail: "“\(jurisdiction)”的目录里没有领域“\(field)”；全部领域见“公开领域”页。")
    }
}

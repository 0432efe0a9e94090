/// What changed between two versions of one catalogue.
///
/// - Law: R-04: every adjustment of the list is open to the public.
package struct CatalogueDiff: Sendable, Hashable, Codable {
    package struct Change: Sendable, Hashable, Codable {
        package enum Kind: String, Sendable, Codable {
            case added, removed, changed
        }

        package struct Cell: Sendable, Hashable, Codable {
            /// The column of the catalogue file.
            package let column: String
            package let before: String
            package let after: String

            package init(column: String, before: String, after: String) {
                self.column = column
                self.before = before
                self.after = after
            }
        }

        package let item: String
        package let title: String
        package let kind: Kind
        package let cells: [Cell]
    }

    /// In the order of item ids.
    package let changes: [Change]

    package init(from old: CatalogueList, to new: CatalogueList) {
        let before = Dictionary(old.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        changes = Set(before.keys).union(after.keys).sorted().compactMap { id in
            CatalogueDiff.change(id, before[id], after[id])
        }
    }

    private static func change(_ id: String, _ before: CatalogueItem?, _ after: CatalogueItem?) -> Change? {
        guard let before else { return Change(item: id, title: after?.title ?? "", kind: .added, cells: []) }
        guard let after else { return Change(item: id, title: before.title, kind: .removed, cells: []) }
        let columns = ItemCells.columns + ["clocks"]
        let pairs = zip(before.cells + [before.clocksCell], after.cells + [after.clocksCell])
        let cells = zip(columns, pairs).filter { $0.1.0 != $0.1.1 }.map {
            Change.Cell(column: $0.0, before: $0.1.0, after: $0.1.1)
        }
        return cells.isEmpty ? nil : Change(item: id, title: after.title, kind: .changed, cells: cells)
    }
}

/// How a local list stands to its baseline (与上级目录对照).
///
/// - Law: R-06: what was changed locally is shown.
package struct CatalogueCoverage: Sendable, Hashable, Codable {
    package struct Line: Sendable, Hashable, Codable {
        package let baseline: String
        package let title: String
        /// Empty when the item is inherited.
        package let mappings: [ItemMapping]
        package let inherited: Bool
    }

    /// One line for each baseline item.
    package let lines: [Line]
    /// Items without a counterpart above.
    package let localOnly: [String]

    package init(of list: CatalogueList, over baseline: CatalogueList) {
        lines = baseline.items.map { item in
            let mappings = list.mappings.filter { $0.baseline == item.id }
            return Line(
                baseline: item.id, title: item.title, mappings: mappings,
                inherited: !mappings.contains { $0.relation.covers })
        }
        let mapped = Set(list.mappings.map(\.item))
        localOnly = list.items.filter { $0.relation == .own && !mapped.contains($0.id) }.map(\.id)
    }
}

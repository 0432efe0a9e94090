import CivilTime
import Storage

/// Which items stand together: each field of a list has a column of its own (栏目).
package struct ColumnStore {
    let transaction: Transaction

    /// The items that stand in the same field of a jurisdiction's list as one, itself among them, by id; none where it
    /// stands in no list in force.
    package func items(besides item: String, in jurisdiction: String, on day: Day) throws -> [String] {
        guard let field = try field(of: item, in: jurisdiction, on: day) else { return [] }
        // Answered by catalogue_item_field.
        return try inForce(in: jurisdiction, on: day).flatMap { list in
            try transaction.rows(
                "SELECT item_id FROM catalogue_item \(list) AND field = \(field) LIMIT 20000"
            ).map { try $0.string("item_id") }
        }.sorted()
    }

    /// The field in which an item stands in a jurisdiction's list; nil where it stands in no list in force.
    package func field(of item: String, in jurisdiction: String, on day: Day) throws -> String? {
        if item.isEmpty { return nil }
        return try transaction.remembered("field|\(item)|\(jurisdiction)|\(day)") {
            for list in try inForce(in: jurisdiction, on: day) {
                let row = try transaction.row(
                    "SELECT field FROM catalogue_item \(list) AND item_id = \(item)")
                if let row { return try row.string("field") }
            }
            return nil
        }
    }

    /// The conditions that an item is a list's own, or the baseline's and inherited. A list's own item goes before the
    /// baseline's of the same id.
    private func inForce(in jurisdiction: String, on day: Day) throws -> [SQL] {
        let lists = transaction.catalogue
        guard let version = try lists.version(in: jurisdiction, on: day) else { return [] }
        let own: SQL = "WHERE version = \(version.id)"
        guard let baseline = try lists.version(ofCatalogue: version.baseline, on: day) else { return [own] }
        let inherited: SQL = """
            \(CatalogueStore.inherited(by: version, from: baseline)) AND NOT EXISTS (
                SELECT 1 FROM catalogue_item AS own
                WHERE own.version = \(version.id) AND own.item_id = catalogue_item.item_id)
            """
        return [own, inherited]
    }
}

extension Transaction {
    package var columns: ColumnStore { ColumnStore(transaction: self) }
}

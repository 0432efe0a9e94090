import Catalogue
import CivilTime
import Counting
import Importing
import Law
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting

/// The rows that loading the built-in jurisdictions, catalogues and bodies makes: loaded once, copied for each test.
struct LoadedTables: Sendable {
    static let migrations =
        BodySchema.migrations + CatalogueSchema.migrations + ProjectSchema.migrations
        + ObligationSchema.migrations + PublishingSchema.migrations + ImportingSchema.migrations
        + CountingSchema.migrations

    static let shared = Loader()

    /// One for all counties: reading the law data takes longer than most tests.
    let shelf: LawShelf
    private let statements: [SQL]

    /// In the order in which foreign keys allow.
    private static let names = [
        "jurisdiction", "body", "body_name", "body_member", "catalogue_version", "catalogue_item",
        "item_clock",
        "item_mapping",
    ]

    fileprivate static func load() async throws -> LoadedTables {
        try await withDatabase(.sqlite, migrations: migrations) { database in
            try await database.write { transaction in
                let occasion = Occasion(actor: "system", now: "2018-07-24T00:00:00Z", today: "2018-07-24")
                try LoadJurisdictions(JurisdictionFile.builtIn().jurisdictions).perform(
                    in: transaction, occasion)
                for catalogue in ["CN", "FG"] {
                    guard let list = try CatalogueFile.builtIn(catalogue) else { continue }
                    try LoadCatalogue(list).perform(in: transaction, law: LawFile.builtIn(), occasion)
                }
                for jurisdiction in ["FG", "SX"] {
                    guard let file = try BodyFile.builtIn(jurisdiction) else { continue }
                    try LoadBodies(file).perform(in: transaction, occasion)
                }
                return LoadedTables(
                    shelf: try LawShelf(),
                    statements: try names.flatMap { try insertions($0, in: transaction) })
            }
        }
    }

    /// Short ones: both engines take their time over statements of thousands of values.
    private static func insertions(_ name: String, in transaction: Transaction) throws -> [SQL] {
        let table = SQL(stringLiteral: name)
        let rows = try transaction.rows("SELECT \(table).* FROM \(table)")
        guard let first = rows.first else { return [] }
        let names = first.columns.names
        let columns = SQL(stringLiteral: names.joined(separator: ", "))
        let atOnce = max(1, 300 / names.count)
        return stride(from: 0, to: rows.count, by: atOnce).map { start in
            let some = rows[start..<min(start + atOnce, rows.count)].map { row in
                SQL("(\(row.values.map { SQL("\($0)") }.joined(separator: ", ")))")
            }
            return "INSERT INTO \(table) (\(columns)) VALUES \(some.joined(separator: ", "))"
        }
    }

    func restore(in transaction: Transaction) throws {
        for statement in statements { try transaction.execute(statement) }
    }
}

/// Loads them when the first test asks; the others wait for it.
actor Loader {
    private var loading: Task<LoadedTables, any Error>?

    func tables() async throws -> LoadedTables {
        let task = loading ?? Task { try await LoadedTables.load() }
        loading = task
        return try await task.value
    }
}

extension SQLValue: SQLBindable {
    package var sqlValue: SQLValue { self }
}

extension Transaction {
    /// The catalogues of a county came as rows: tells the journal of them, as their loading would have.
    package func tellCatalogues(_ occasion: Occasion) throws {
        for version in try catalogue.versions(after: "", limit: 100) {
            let items = try catalogue.content(of: version).items
            journal(
                occasion.entry(
                    "catalogue.loaded", "catalogue", version.id,
                    [
                        "catalogue": version.catalogue, "sha256": version.sha256, "items": String(items),
                        "effectiveFrom": version.effectiveFrom.description,
                    ]))
        }
    }
}

import People
import Searching
import Storage
import StorageTesting
import Testing

@Suite struct `The index of search` {
    /// As when a list is loaded while nobody follows: both loads are read at once.
    @Test(arguments: Backend.available)
    func `takes in a list that was loaded twice`(_ backend: Backend) async throws {
        try await SmallCounty.on(backend) { county in
            for day in ["2026-03-02", "2026-03-03"] {
                _ = try await county.act(on: day) { transaction, _, occasion in
                    let list = try #require(
                        try transaction.row("SELECT max(id) AS id FROM catalogue_version")
                    ).string("id")
                    transaction.journal(occasion.entry("catalogue.loaded", "catalogue", list, [:]))
                }
            }
            let batch = try await county.database.read { transaction in
                let loads = try transaction.journal(after: 0, about: ["catalogue"], limit: 100)
                #expect(loads.count == 2)
                return try SearchFollower().gather(loads, in: transaction)
            }
            // The index is SQLite whatever the ledger is.
            try await withDatabase(.sqlite, migrations: SearchSchema.migrations) { index in
                try await index.write { try SearchFollower().apply(batch, in: $0) }
                // Again, as after a crash between the index and its bookmark.
                try await index.write { try SearchFollower().apply(batch, in: $0) }
            }
        }
    }
}

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

    /// Pairs of characters are indexed: 中国 and 国国 stand in papers that do not hold 中国国.
    @Test(arguments: Backend.available)
    func `counts what holds the words, and not what holds their pairs apart`(_ backend: Backend) async throws
    {
        try await SmallCounty.on(backend) { county in
            for text in ["中国国家标准。", "中国与各国国内标准。", "各国国徽，中国。", "中国国徽。"] {
                _ = try await county.publish(
                    "标准", item: "I-FG-089", body: "sx-education", on: "2026-11-12", text: text)
            }
            let batch = try await county.database.read { transaction in
                try SearchFollower().gather(
                    try transaction.journal(after: 0, about: ["publication"], limit: 1000), in: transaction)
            }
            try await withDatabase(.sqlite, migrations: SearchSchema.migrations) { index in
                try await index.write { try SearchFollower().apply(batch, in: $0) }
                try await index.read { transaction in
                    let search = transaction.search
                    #expect(try search.count("中国国", upTo: 300) == .init(number: 2, isMinimum: false))
                    #expect(try search.count("中国", upTo: 300) == .init(number: 4, isMinimum: false))
                    #expect(try search.count("中国", upTo: 3) == .init(number: 3, isMinimum: true))
                    let first = try search.hits("中国国", limit: 1)
                    let second = try search.hits("中国国", after: first.next, limit: 2)
                    #expect(first.hits.count == 1 && second.hits.count == 1 && second.next == nil)
                    #expect(try search.hits("中国国", limit: 100).hits == first.hits + second.hits)
                }
            }
        }
    }
}

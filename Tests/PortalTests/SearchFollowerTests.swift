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
            try await county.index { search in
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

    @Test(arguments: Backend.available)
    func `finds what holds the short name first, then what holds the long one alone, page by page`(
        _ backend: Backend
    ) async throws {
        try await SmallCounty.on(backend) { county in
            let both = "公租房，即公共租赁住房。"
            for text in [both, "公共租赁住房分配办法。", "公租房选房公告。", "公共 租赁住房配租结果。", "公共场所租赁，住房除外。"] {
                _ = try await county.publish(
                    text, item: "I-FG-089", body: "sx-education", on: "2026-11-12", text: text)
            }
            try await county.index { search in
                let all = try search.hits("公租房", or: ["公共租赁住房"], limit: 100)
                let titles = all.hits.map(\.document.title)
                #expect(titles == ["公租房选房公告。", both, "公共 租赁住房配租结果。", "公共租赁住房分配办法。"])
                #expect(all.next == nil)
                #expect(try search.count("公租房", or: ["公共租赁住房"], upTo: 300).number == 4)
                var pages: [String] = []
                var place: SearchCursor?
                for _ in 1...4 {
                    let page = try search.hits("公租房", or: ["公共租赁住房"], after: place, limit: 1)
                    pages += page.hits.map(\.document.title)
                    place = page.next
                }
                #expect(pages == titles)
                #expect(try search.hits("公租房", limit: 100).hits.map(\.document.title) == [titles[0], both])
            }
        }
    }
}

extension SmallCounty {
    /// The index of the county's publications; SQLite whatever the ledger is.
    fileprivate func index(
        _ body: @escaping @Sendable (SearchStore) throws -> Void
    ) async throws {
        let batch = try await database.read { transaction in
            try SearchFollower().gather(
                try transaction.journal(after: 0, about: ["publication"], limit: 1000), in: transaction)
        }
        try await withDatabase(.sqlite, migrations: SearchSchema.migrations) { index in
            try await index.write { try SearchFollower().apply(batch, in: $0) }
            try await index.read { try body($0.search) }
        }
    }
}

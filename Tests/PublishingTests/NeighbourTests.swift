import Catalogue
import CivilTime
import Law
import LedgerTesting
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Publishing

@Suite struct `What stands beside a publication` {
    private func around(
        _ id: String, among items: [String] = ["I-FG-001", "I-FG-003"], in county: County
    ) async throws -> [String?] {
        try await county.read { transaction in
            guard let publication = try transaction.publications.publication(id) else { return [] }
            let found = try transaction.neighbours.around(publication, among: items)
            return [found.previous?.id, found.next?.id]
        }
    }

    @Test(arguments: Backend.available)
    func `is the one before and the one after it, by day and then id, whatever their items`(
        _ backend: Backend
    ) async throws {
        try await withCounty(backend) { county in
            let late = try await county.publish("I-FG-001", on: "2026-03-09").publication.id
            let early = try await county.publish("I-FG-003", on: "2026-03-02").publication.id
            // Two of one day stand in the order of their ids.
            let same = try await [
                county.publish("I-FG-001", on: "2026-03-05").publication.id,
                county.publish("I-FG-003", on: "2026-03-05").publication.id,
            ].sorted()
            let order = [early, same[0], same[1], late]
            for (index, id) in order.enumerated() {
                #expect(
                    try await around(id, in: county) == [
                        index == 0 ? nil : order[index - 1], index == 3 ? nil : order[index + 1],
                    ])
            }
            // Of another column.
            #expect(try await around(same[0], among: ["I-FG-018"], in: county) == [nil, nil])
            #expect(try await around(same[0], among: [], in: county) == [nil, nil])
        }
    }

    @Test(arguments: Backend.available)
    func `is nothing that was withdrawn, reaches fewer than everybody or says no day`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let first = try await county.publish("I-FG-001", on: "2026-03-02").publication.id
            let gone = try await county.publish("I-FG-001", on: "2026-03-03").publication.id
            try await county.withdraw(gone, on: "2026-03-04")
            let narrow = try await county.publish("I-FG-001", on: "2026-03-04", audience: .county).publication
                .id
            let undated = try await county.publish(
                "I-FG-001", on: "2026-03-05",
                imported: .init(source: "旧网站", key: "1", claimedAt: "", claimedDay: nil)
            ).publication.id
            let last = try await county.publish("I-FG-001", on: "2026-03-06").publication.id
            #expect(try await around(first, in: county) == [nil, last])
            #expect(try await around(last, in: county) == [first, nil])
            for id in [gone, narrow, undated] { #expect(try await around(id, in: county) == [nil, nil]) }
        }
    }

    @Test(arguments: Backend.available)
    func `are the papers of its project, and its body's under its item, newest first`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let project = try await county.project(on: "2026-03-02")
            let other = try await county.project("SXCG-2026-002", on: "2026-03-02")
            var ids: [String] = []
            for day in ["2026-03-03", "2026-03-04", "2026-03-05"] as [Day] {
                ids.append(
                    try await county.publish("I-FG-018", by: "sx-finance", on: day, project: project)
                        .publication.id)
            }
            let elsewhere = try await county.publish(
                "I-FG-018", by: "sx-finance", on: "2026-03-06", project: other
            ).publication.id
            try await county.publish("I-FG-001", on: "2026-03-07")
            let publication = try #require(try await county.publication(ids[1]))
            let ofProject = try await county.read { try $0.neighbours.ofProject(publication, limit: 10) }
            let ofItem = try await county.read { try $0.neighbours.ofItem(publication, limit: 2) }
            #expect(ofProject.map(\.id) == [ids[2], ids[0]])
            #expect(ofItem.map(\.id) == [elsewhere, ids[2]])
        }
    }

    @Test(arguments: Backend.available)
    func `is found from the ends of indexes`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let project = try await county.project(on: "2026-03-02")
            let id = try await county.publish(
                "I-FG-018", by: "sx-finance", on: "2026-03-03", project: project
            )
            .publication.id
            let publication = try #require(try await county.publication(id))
            let plans = try await county.database.read { transaction in
                try [
                    queryPlan(
                        NeighbourStore.candidates(publication, "2026-03-03", ["I-FG-001", "I-FG-018"]),
                        in: transaction),
                    queryPlan(NeighbourStore.ofItem(publication, 10), in: transaction),
                    queryPlan(NeighbourStore.ofProject(publication, 10), in: transaction),
                ]
            }
            #expect(plans.count == 3)
            #expect(
                plans[0].contains("publication_beside") && !plans[0].contains("TEMP B-TREE"), "\(plans[0])")
            #expect(
                plans[1].contains("publication_alike") && !plans[1].contains("TEMP B-TREE"), "\(plans[1])")
            // Over the one row that is there either index is as good to PostgreSQL, and neither needs sorting.
            let isOrdered =
                plans[2].contains("publication_project")
                || backend == .postgresql && plans[2].contains("publication_day")
            #expect(
                isOrdered && !plans[2].contains("TEMP B-TREE") && !plans[2].contains("Sort"), "\(plans[2])")
        }
    }

    /// The lists themselves are the other way to tell a column.
    @Test(arguments: ["FG", "SX", "NT", "CC", "SW", "CN"])
    func `is of the same field of the list, own and inherited`(jurisdiction: String) async throws {
        try await withCounty(.sqlite) { county in
            try await county.read { transaction in
                let list = try transaction.catalogue.list(in: jurisdiction, on: "2026-03-02")?.items ?? []
                for item in list {
                    let field = list.filter { $0.field == item.field }.map(\.id)
                    #expect(
                        try transaction.columns.items(besides: item.id, in: jurisdiction, on: "2026-03-02")
                            == field.sorted())
                }
                #expect(
                    try transaction.columns.items(besides: "I-XX-001", in: jurisdiction, on: "2026-03-02")
                        .isEmpty)
            }
        }
    }
}

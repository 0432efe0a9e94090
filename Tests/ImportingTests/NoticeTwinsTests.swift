import CivilTime
import Law
import LedgerTesting
import People
import Projects
import Publishing
import Storage
import StorageTesting
import Testing

@testable import Importing

/// The same notice from two sources, with invented names.
@Suite struct `Probable twins` {
    private static let text = "一、采购人信息\n名称：青石县文化馆"

    private func imports(
        _ record: String, from source: String, title: String = "青石县图书馆书架采购项目公开招标公告",
        code: String = "QSZC-2026-0007", published: String = "2026-03-16 17:36", in county: County
    ) async throws {
        let notice = try Invented.notice(
            Self.text, title: title, published: published,
            more: ["record_id": .string(record), "project_code": .string(code)])
        try await county.act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return }
            _ = try ImportNotice(
                notice: notice, content: Array((record + title + code).utf8), jurisdiction: place,
                source: source, findings: []
            ).perform(in: transaction, law: law, occasion)
        }
    }

    /// `a→b code-title`, by source keys.
    private func links(_ county: County) async throws -> Set<String> {
        try await county.read { transaction in
            let keys = try transaction.rows("SELECT id, source_key FROM publication").map {
                (try $0.string("id"), try $0.string("source_key"))
            }
            let names = Dictionary(uniqueKeysWithValues: keys)
            return Set(
                try keys.flatMap { id, key in
                    try transaction.twins.twins(of: id).map {
                        "\(key)→\(names[$0.publication] ?? "?") \($0.rule.rawValue)"
                    }
                })
        }
    }

    @Test(arguments: Backend.available)
    func `are linked both ways with every reason, and stay two publications`(_ backend: Backend) async throws
    {
        try await withCounty(backend) { county in
            try await imports("a", from: "one", in: county)
            // Full-width brackets and digits, another hour of the same day.
            try await imports(
                "b", from: "two", title: "青石县图书馆书架采购项目公开招标公告 ", code: "qszc—2026—0007",
                published: "2026-03-16 09:00", in: county)
            #expect(
                try await links(county) == [
                    "a→b code-title", "b→a code-title", "a→b title-buyer-day", "b→a title-buyer-day",
                ])
            let count = try await county.read {
                try $0.row("SELECT count(*) AS n FROM publication")?.int("n")
            }
            #expect(count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `need the same title, and a number or a buyer with a day`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await imports("a", from: "one", in: county)
            try await imports("b", from: "two", title: "青石县图书馆书架采购项目更正公告", in: county)
            try await imports("c", from: "two", code: "QSZC-2026-0008", published: "2026-03-17", in: county)
            #expect(try await links(county).isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `are no longer linked when the source changes the title`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            try await imports("a", from: "one", in: county)
            try await imports("b", from: "two", in: county)
            #expect(try await !links(county).isEmpty)
            try await imports("b", from: "two", title: "青石县图书馆桌椅采购项目公开招标公告", in: county)
            #expect(try await links(county).isEmpty)
        }
    }

    /// As a program imported them that did not compare yet.
    @Test(arguments: Backend.available)
    func `of earlier imports are found afterwards, once`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            for record in ["a", "b"] {
                let line = Invented.line(Self.text, more: ["record_id": .string(record)])
                let notice = NoticeExtraction(form: try builtInForm()).extract(try Invented.raw(line))
                try await county.act(on: "2026-03-20") { transaction, law, occasion in
                    guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return }
                    _ = try ImportNotice(
                        notice: notice, content: line, jurisdiction: place, source: "one", findings: []
                    ).perform(in: transaction, law: law, occasion)
                }
            }
            let linked = try await links(county)
            #expect(linked.count == 4)
            try await county.database.write { transaction in
                try transaction.execute("DELETE FROM notice_twin")
                try transaction.execute("DELETE FROM notice_fingerprint")
            }
            #expect(try await compare(county) == [1, 1, 0])
            #expect(try await links(county) == linked)
            #expect(try await compare(county) == [0])
            // One row for each time that kept anything: pages that were kept before are made anew.
            let acts = try await county.read { try $0.journal(after: 0, limit: 1_000).map(\.act) }
            #expect(acts.filter { $0 == "twins.compared" }.count == 2)
        }
    }

    /// How many were compared, one at a time.
    private func compare(_ county: County) async throws -> [Int] {
        var compared: [Int] = []
        var last: String? = ""
        while let after = last {
            let some = try await county.act(on: "2026-03-21") { transaction, _, occasion in
                try LinkTwins(after: after, limit: 1).perform(
                    in: transaction, forms: [try builtInForm()], occasion)
            }
            #expect(some.unreadable == 0)
            compared.append(some.compared)
            last = some.last
        }
        return compared
    }

    @Test(arguments: Backend.available)
    func `are found by their index`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let plan = try await county.read { transaction in
                try queryPlan(
                    "SELECT publication, rule FROM notice_fingerprint WHERE sha256 IN ('a', 'b') ORDER BY sha256, publication",
                    in: transaction)
            }
            #expect(
                plan.contains("notice_fingerprint_pkey")
                    || plan.contains("USING PRIMARY KEY (sha256=?)"))
        }
    }
}

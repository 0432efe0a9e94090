import Catalogue
import CivilTime
import Foundation
import Law
import LedgerTesting
import Obligations
import People
import Portal
import Projects
import Publishing
import Storage
import StorageTesting
import Synchronization
import Testing
import Transparency
import Web
import WebTesting

@testable import Importing

/// A county with two sites over it: one that keeps pages, and one that has just been started for every question.
private struct WatchedCounty: Sendable {
    let county: County
    let folder: LogFolder
    let today = Turned<Day>("2026-12-30")
    let server: WebServer

    init(_ county: County, _ folder: LogFolder) {
        self.county = county
        self.folder = folder
        server = WatchedCounty.server(county, today: { [today] in today.value })
    }

    private static func server(_ county: County, today: @escaping @Sendable () -> Day) -> WebServer {
        let portal = Portal(database: county.database, law: county.shelf, today: today)
        return WebServer(
            routes: portal.routes(), look: portal.look, logger: .silent, translate: Portal.translate)
    }

    static func on(_ backend: Backend, _ body: (WatchedCounty) async throws -> Void) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { county in
            let folder = LogFolder(
                path: FileManager.default.temporaryDirectory.path + "/sundial-kept-" + Identifiers.fresh())
            let watched = WatchedCounty(county, folder)
            try await watched.signer.start(name: "log.example/kept")
            defer { remove(folder.path) }
            try await body(watched)
        }
    }

    private static func remove(_ path: String) {
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
    }

    /// The same now from both, page and data.
    func compare(_ paths: [String], after what: String) async throws {
        let fresh = Site(WatchedCounty.server(county, today: { [today] in today.value }))
        for path in paths {
            let kept = try await Site(server).get(path)
            let now = try await fresh.get(path)
            #expect(kept.bytes == now.bytes && kept.status == now.status, "\(path) after \(what)")
            #expect(kept.fields["etag"] == now.fields["etag"], "\(path) after \(what)")
        }
    }

    /// Whether the page had been kept and is sent once more.
    func isKept(_ path: String) async throws -> Bool {
        let before = server.keptAnswersUsed
        _ = try await Site(server).get(path)
        return server.keptAnswersUsed > before
    }

    /// Every page of the ledger, and some lists.
    func addresses() async throws -> [String] {
        let things = try await county.read { transaction in
            let publications = try transaction.rows("SELECT id FROM publication ORDER BY id")
            let obligations = try transaction.rows("SELECT id FROM obligation ORDER BY id LIMIT 12")
            let projects = try transaction.rows("SELECT id FROM project ORDER BY id")
            return try publications.map { "/publications/\(try $0.string("id"))" }
                + obligations.map { "/obligations/\(try $0.string("id"))" }
                + projects.map { "/projects/\(try $0.string("id"))" }
        }
        let lists = [
            "/", "/obligations", "/obligations?state=overdue", "/publications", "/projects",
            "/bodies/sx-housing",
            "/catalogue/I-FG-001", "/obligations.ics", "/due?month=2026-03", "/due.ics", "/figures",
            "/feeds/publications.atom", "/feeds/bodies/sx-housing",
            "/sitemap.xml",
        ]
        return things + things.map { $0 + ".json" } + lists
    }

    // MARK: The log

    private var signer: LogSigner {
        LogSigner(
            database: county.database, folder: folder, secret: .keyFile([UInt8](repeating: 7, count: 32)),
            law: county.shelf, seconds: { 1_790_000_000 },
            occasion: { Occasion(actor: "system", now: "2026-12-30T02:00:00Z", today: "2026-12-30") })
    }

    func follow(signs: Bool) async throws {
        let runner = FollowerRunner(
            LogFollower(), source: county.database, target: county.database, pace: .init(),
            now: { 1_790_000_000 },
            report: { _ in })
        try await runner.catchUp()
        try await runner.release()
        if signs { _ = try await signer.sign() }
    }

    // MARK: Notices from elsewhere

    func imports(_ record: String, from source: String, title: String, day: Day = "2026-03-16") async throws {
        let line = Array(
            """
            {"business_type":"政府采购","content_text":"一、采购人信息\\n名称：青石县文化馆","detail_url":"https://www.example.gov.cn/a/1.html",\
            "info_type":"采购/资审公告","project_code":"QSZC-2026-0007","publish_date":"\(day) 17:36","record_id":"\(record)",\
            "region":"青石省","structured_fields":{},"title":"\(title)"}
            """.utf8)
        let form = try NoticeForm.load(DataFiles.builtIn("form-national-platform.json") ?? [])
        let raw = try NoticeReader(form: form).read(line: line, number: 1).get()
        try await take(NoticeExtraction(form: form).extract(raw), line, from: source)
    }

    func importsPolicy(_ path: String, title: String) async throws {
        let line = Array(
            """
            {"category":"办法","date":"2026-01-05","path":"\(path)","text":"第九条 本办法自2026年2月1日起施行。","title":"\(title)"}
            """.utf8)
        let form = try NoticeForm.load(DataFiles.builtIn("form-policy-texts.json") ?? [])
        let raw = try NoticeReader(form: form).read(line: line, number: 1).get()
        try await take(NoticeExtraction(form: form).extract(raw), line, from: "policy-texts")
    }

    private func take(_ notice: ParsedNotice, _ content: [UInt8], from source: String) async throws {
        try await county.act(on: "2026-03-20") { transaction, law, occasion in
            guard let place = try transaction.jurisdictions.jurisdiction("CN") else { return }
            _ = try ImportNotice(
                notice: notice, content: content, jurisdiction: place, source: source, findings: []
            ).perform(in: transaction, law: law, occasion)
        }
    }
}

/// A value that a test changes while others read it.
private final class Turned<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    init(_ value: Value) { held = Mutex(value) }

    var value: Value { held.withLock { $0 } }
    func set(_ value: Value) { held.withLock { $0 = value } }
}

extension RandomStory {
    /// What `live` leaves out and pages show.
    fileprivate static func more(
        _ chance: inout SeededGenerator, _ day: Day, in watched: WatchedCounty
    ) async throws -> String {
        let county = watched.county
        let papers = try await county.read { transaction in
            try transaction.rows("SELECT id FROM publication WHERE state = 'released' ORDER BY id").map {
                try $0.string("id")
            }
        }
        let number = Int.random(in: 1...9999, using: &chance)
        let act = Int.random(in: 0..<13, using: &chance)
        switch (act, papers.randomElement(using: &chance)) {
        case (0, let paper?): try await county.correct(paper, on: day, title: "更正\(number)")
        case (1, let paper?): try await county.erase(paper, on: day)
        case (2, let paper?):
            try await county.act(on: day) { transaction, law, occasion in
                var record = RecordEvent(kind: "item.formed", body: "sx-housing", day: day, basis: .stated)
                record.item = "I-FG-003"
                record.evidence = "第\(number)号"
                record.evidenceEdition = paper + "/1"
                _ = try record.perform(in: transaction, law: law, occasion)
            }
        case (3, _):
            try await county.act(on: day) { transaction, _, occasion in
                try RenameBody(body: "sx-housing", name: "示例县住房局\(number)", from: day)
                    .perform(in: transaction, occasion)
            }
        case (4, _): _ = try await county.project("SXCG-X\(number)", lots: ["\(number)"], on: day)
        case (5, _): _ = try await county.project("SXCG-1", lots: ["\(number)"], on: day)
        case (6, _): try await watched.follow(signs: false)
        case (7, _): try await watched.follow(signs: true)
        case (8, _):
            // Some with days before those of others: neighbours appear between kept pages.
            try await watched.imports(
                "r\(number % 7)", from: "s\(number % 2)", title: "青石县图书馆书架采购公告\(number % 2)",
                day: Day(ordinal: 20_500 + number % 20))
        case (9, let paper?): try await county.withdraw(paper, on: day)
        case (10, _):
            try await county.publish(
                ["I-FG-001", "I-FG-003"][number % 2], on: day, title: "同一栏目\(number)",
                audience: number % 5 == 0 ? .county : nil)
        case (11, _):
            let project = try await county.project("SXCG-1", lots: [], on: day)
            try await county.publish(
                "I-FG-018", by: "sx-finance", on: day, project: project, title: "同一项目\(number)")
        default: try await watched.importsPolicy("p\(number % 3)", title: "青石县信息公开办法\(number % 2)")
        }
        return "act \(act) of \(day)"
    }
}

@Suite struct `Kept pages` {
    @Test(arguments: Backend.available, [1, 2, 3] as [UInt64])
    func `say what a fresh page says, whatever happens`(on backend: Backend, seed: UInt64) async throws {
        try await WatchedCounty.on(backend) { watched in
            var story = RandomStory(seed: seed)
            var chance = SeededGenerator(seed: seed &+ 100)
            for number in 0..<12 {
                let day = Day(ordinal: 20_514 + 5 * number)
                try await story.live(day, in: watched.county)
                try await watched.compare(try await watched.addresses(), after: "a day of the story, \(day)")
                for _ in 0..<2 {
                    var said = "a refused act"
                    do {
                        said = try await RandomStory.more(&chance, day, in: watched)
                    } catch is PublishingProblem {}
                    try await watched.compare(try await watched.addresses(), after: said)
                }
            }
            // Otherwise this would have compared nothing.
            #expect(watched.server.keptAnswersUsed > 300)
            watched.today.set("2026-12-31")
            try await watched.compare(try await watched.addresses(), after: "midnight")
        }
    }

    @Test(arguments: Backend.available)
    func `outlive acts that are no concern of theirs, and no others`(on backend: Backend) async throws {
        try await WatchedCounty.on(backend) { watched in
            let county = watched.county
            let project = try await county.project("SXCG-2026-001", on: "2026-03-02")
            let notice = try await county.publish(
                "I-FG-018", by: "sx-finance", on: "2026-03-03", project: project)
            let alone = try await county.publish("I-FG-001", on: "2026-03-03")
            let paths = [
                "/publications/\(notice.publication.id)", "/projects/\(project)",
                "/publications/\(alone.publication.id)", "/", "/calendar/2026",
            ]
            func kept() async throws -> [Bool] {
                var kept: [Bool] = []
                for path in paths { kept.append(try await watched.isKept(path)) }
                return kept
            }
            #expect(try await kept() == [false, false, false, false, false])
            #expect(try await kept() == [true, true, true, true, true])
            try await county.event("procurement.bid_opening", on: "2026-03-04", project: project)
            #expect(try await kept() == [true, false, true, false, false])
            try await county.correct(alone.publication.id, on: "2026-03-05")
            #expect(try await kept() == [true, true, false, false, false])
            try await county.act(on: "2026-03-06") { transaction, _, occasion in
                try RenameBody(body: "sx-finance", name: "示例县财政和国有资产局", from: "2026-03-06")
                    .perform(in: transaction, occasion)
            }
            #expect(try await kept() == [false, false, true, false, false])
            try await watched.follow(signs: true)
            // The log dates both papers, and what they discharge in the project.
            #expect(try await kept() == [false, false, false, false, false])
            #expect(try await kept() == [true, true, true, true, true])
            watched.today.set("2026-12-31")
            #expect(try await kept() == [false, false, false, false, false])
        }
    }

    @Test(arguments: Backend.available)
    func `are thrown away when a neighbour or a related paper comes, changes or goes, and no others are`(
        on backend: Backend
    ) async throws {
        try await WatchedCounty.on(backend) { watched in
            let county = watched.county
            // One column, five bodies' papers; the middle one is still to come.
            let before = try await county.publish("I-FG-001", on: "2026-03-02").publication.id
            let first = try await county.publish("I-FG-001", by: "sx-finance", on: "2026-03-03").publication
                .id
            let last = try await county.publish("I-FG-001", by: "sx-education", on: "2026-03-07").publication
                .id
            let after = try await county.publish("I-FG-001", by: "sx-health", on: "2026-03-08").publication.id
            let ids = [before, first, last, after]
            func kept() async throws -> [Bool] {
                var kept: [Bool] = []
                for id in ids { kept.append(try await watched.isKept("/publications/\(id)")) }
                return kept
            }
            let all = [true, true, true, true]
            #expect(try await kept() == [false, false, false, false])
            #expect(try await kept() == all)
            let middle = try await county.publish("I-FG-001", by: "sx-civil-affairs", on: "2026-03-05")
                .publication.id
            #expect(try await kept() == [true, false, false, true])
            #expect(try await Site(watched.server).get("/publications/\(first)").text.contains(middle))
            try await county.correct(middle, on: "2026-03-09")
            #expect(try await kept() == [true, false, false, true])
            try await county.erase(middle, on: "2026-03-10")
            #expect(try await kept() == [true, false, false, true])
            try await county.withdraw(middle, on: "2026-03-11")
            #expect(try await kept() == [true, false, false, true])
            #expect(try await !Site(watched.server).get("/publications/\(first)").text.contains(middle))
            // The same body's under the same item is related to the first, and a neighbour of the last.
            try await county.publish("I-FG-001", on: "2026-03-12")
            #expect(try await kept() == [false, true, true, false])
            // In no column and no project, it is nobody's neighbour.
            try await county.publish("", on: "2026-03-13")
            #expect(try await kept() == all)
        }
    }

    @Test(arguments: Backend.available)
    func `do not pass from one way of asking to another`(on backend: Backend) async throws {
        try await WatchedCounty.on(backend) { watched in
            let paper = try await watched.county.publish(on: "2026-03-03").publication.id
            try await watched.follow(signs: true)
            let site = Site(watched.server)
            let path = "/publications/\(paper)"
            let page = try await site.get(path)
            #expect(try await site.get(path, fields: ["Accept": "application/json"]).text.hasPrefix("{"))
            #expect(try await site.get(path + "?x=1").status == 400)
            #expect(try await site.get(path + "?utm_source=x").bytes == page.bytes)
            let list = try await site.get("/publications")
            let asked = try await site.get("/publications?limit=1").text
            #expect(asked.contains("/publications.json?limit=1") && asked != list.text)
            let proxied = try await site.get(path, fields: ["X-Forwarded-Proto": "https"])
            #expect(proxied.bytes != page.bytes, "the square of the page's address")
            #expect(try await site.get(path).bytes == page.bytes)
        }
    }

    @Test(arguments: Backend.available)
    func `hold nothing that is not for everybody`(on backend: Backend) async throws {
        try await WatchedCounty.on(backend) { watched in
            let county = watched.county
            let paper = try await county.publish(on: "2026-03-03", title: "先公开后撤回").publication.id
            let site = Site(watched.server)
            for suffix in ["", ".json", "/editions/1"] {
                #expect(try await site.get("/publications/\(paper)\(suffix)").text.contains("先公开后撤回"))
            }
            try await county.erase(paper, on: "2026-03-04")
            for suffix in ["", ".json", "/editions/1"] {
                #expect(try await !site.get("/publications/\(paper)\(suffix)").text.contains("先公开后撤回"))
            }
            let narrow = try await county.publish(on: "2026-03-05", audience: .county).publication.id
            for _ in 0..<2 { #expect(try await site.get("/publications/\(narrow)").status == 404) }
        }
    }
}

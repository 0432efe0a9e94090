import Catalogue
import CivilTime
import Counting
import Obligations
import People
import Projects
import Publishing
import Web

/// `GET /`: what happened, what is owed and late, and where to find one's project. Data at `/index.json`.
struct HomePage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        /// Obligations by state; `overdue` only under verified rules.
        let counts: [String: Int]
        let overdueUnverified: Int
        let longestOverdue: [ObligationRow]
        let nextDue: [ObligationRow]
        let publications: [PublicationRow]
        let events: [EventRow]
        let places: [PlaceRow]
        let lastClosedDay: OrNull<Day>
        /// How many declarations there are that a source is complete.
        let coverages: Int
    }

    /// A jurisdiction and the fields of its list.
    struct PlaceRow: Encodable, Sendable {
        let jurisdiction: String
        let name: String
        /// The first day of its ledger; null when its ledger is not kept here.
        let ledgerFrom: OrNull<Day>
        let fields: [CatalogueField]
    }

    /// Rows of each short list.
    private static let few = 6

    func add(to routes: Routes) {
        routes.get("", taking: ["on"]) { request in
            // The first page is of today. Of a past day there is the ledger.
            if let day = try request.query.day("on"), day != room.today() {
                return .redirect(to: ("/obligations" as Link).adding([("on", day.description)]))
            }
            let (found, ways) = try await room.read { (try value($0), try $0.usualWays()) }
            return Answer(HomeBody(value: found, ways: ways).page, data: found, meantFor: .everyone)
        }
    }

    private func value(_ reading: Reading) throws -> Value {
        let transaction = reading.transaction
        let counts = try reading.counts(reading.filter)
        let overdue = try transaction.obligations.list(
            reading.filter.with(state: .overdue), after: nil, limit: Self.few)
        let soon = try nextDue(reading)
        var names = reading.names()
        try names.learn(overdue + soon)
        let row = { ObligationRow($0, names: names, on: reading.day, soon: reading.soon) }
        let (overdueRows, soonRows) = (overdue.map(row), soon.map(row))
        let publications = try transaction.publications.latest(until: reading.day, limit: Self.few)
        let events = try transaction.events.latest(
            leavingOut: ["period.ended", "standing.started"], until: reading.day, limit: Self.few)
        return Value(
            day: reading.day,
            counts: Dictionary(uniqueKeysWithValues: counts.byState.map { ($0.key.rawValue, $0.value) }),
            overdueUnverified: counts.overdueUnverified,
            longestOverdue: overdueRows, nextDue: soonRows,
            publications: try reading.rows(publications, &names),
            events: try reading.rows(events, &names), places: try places(reading),
            lastClosedDay: OrNull(try transaction.ledger.lastClosedDay()?.day),
            coverages: try transaction.ledger.coverages().count(where: \.stands))
    }

    private func nextDue(_ reading: Reading) throws -> [Obligation] {
        let store = reading.transaction.obligations
        let soon = try store.list(reading.filter.with(state: .dueSoon), after: nil, limit: Self.few)
        guard soon.count < Self.few else { return soon }
        let later = try store.list(
            reading.filter.with(state: .owed), after: nil, limit: Self.few - soon.count)
        return soon + later.filter { $0.due != nil }
    }

    /// The jurisdictions whose ledger is kept here; where there is none, all that keep a list.
    private func places(_ reading: Reading) throws -> [PlaceRow] {
        let transaction = reading.transaction
        let ledgers = try transaction.ledger.ledgers()
        let starts = Dictionary(uniqueKeysWithValues: ledgers.map { ($0.jurisdiction, $0.from) })
        let owing = Set(try reading.jurisdictionsThatOwe())
        return try transaction.jurisdictions.jurisdictions()
            .filter { starts.isEmpty && owing.isEmpty || starts[$0.code] != nil || owing.contains($0.code) }
            .prefix(20)
            .compactMap { place in
                guard let version = try transaction.catalogue.version(in: place.code, on: reading.day) else {
                    return nil
                }
                return PlaceRow(
                    jurisdiction: place.code, name: place.name, ledgerFrom: OrNull(starts[place.code]),
                    fields: try transaction.catalogue.fields(version: version.id))
            }
    }
}

/// The first page.
struct HomeBody: Sendable {
    let value: HomePage.Value
    let ways: UsualWays?

    var page: Page {
        Page(
            title: "应当公开的，公开了没有", lead: "<p>谁应当公开什么、最迟哪一天、公开了没有，每一天都查得到。状态截至 \(time(value.day)) 日终。</p>",
            """
            \(find)
            \(owed)
            \(happened)
            \(places)
            \(unknown)
            """)
    }

    private var find: HTML {
        """
        <h2>找我的项目</h2>
        <form class="search-box" method="get" action="/progress" role="search">
        <input type="search" name="q" aria-label="项目编号或者名称" placeholder="纸上印的任何编号，或者项目名称" maxlength="200">\
        <button type="submit">查进度</button></form>
        <p class="quiet">看做到哪一步、下一步是什么、最迟哪一天、由谁公开。找机构、文件、正文里的词，用<a href="/search">搜索</a>。</p>
        """
    }

    private var owed: HTML {
        """
        <h2>欠什么，迟了什么</h2>
        <div class="figures figures-4">\(figure(.overdue))\(figure(.dueSoon))\(figure(.owed))\(figure(.lapsed))\(figure(.metOnTime))\
        \(figure(.metLate))\(figure(.withheld))\(figure(.unobserved))</div>
        <div class="two">
        <section><h3>逾期最久的</h3>
        \(list(value.longestOverdue, empty: "没有逾期未公开的义务。", all: "/obligations?state=overdue"))</section>
        <section><h3>下一个到期的</h3>
        \(list(value.nextDue, empty: "没有将要到期的义务。", all: "/obligations?state=due-soon"))</section>
        </div>
        \(ways)
        <p><a href="/due">到期日历</a> · <a href="/figures">统计图</a></p>
        """
    }

    private func figure(_ state: ObligationState) -> HTML {
        let count = value.counts[state.rawValue] ?? 0
        let query = state.rawValue
        return Figure(count, state.title, state: query, link: "/obligations?state=\(query)").html
    }

    private func list(_ rows: [ObligationRow], empty: HTML, all: Link) -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(empty)</p>" }
        return """
            <ul class="rows">\(rows.map(line))</ul>
            <p><a href="\(all)">全部</a></p>
            """
    }

    private func line(_ row: ObligationRow) -> HTML {
        """
        <li><a href="\(row.link)">\(row.itemTitle)</a>\(when: !row.apart.isEmpty, " <span class=\"quiet\">\(row.apart)</span>")<br>\
        <span class="quiet">\(row.bodyName)\(row.projectTitle.value.map { " · \($0)" as HTML })</span><br>\
        \(row.chip) \(row.dueCell)\(row.daysLate.value.map { " <span class=\"quiet\">已过 \($0) 日</span>" as HTML })</li>
        """
    }

    private var happened: HTML {
        """
        <h2>最近发生了什么</h2>
        <div class="two">
        <section><h3>公开的信息</h3>
        \(when: value.publications.isEmpty, "<p class=\"empty\">还没有公开的信息。</p>")
        <ul class="rows">\(value.publications.map(publication))</ul>
        <p><a href="/publications">全部</a></p></section>
        <section><h3>记录的事项</h3>
        \(when: value.events.isEmpty, "<p class=\"empty\">还没有记录的事项。</p>")
        <ul class="rows">\(value.events.map(event))</ul></section>
        </div>
        """
    }

    private func publication(_ row: PublicationRow) -> HTML {
        """
        <li><a href="\(row.link)">\(row.title)</a><br><span class="quiet">\(row.bodyName.isEmpty ? "没有识别出机关" : row.bodyName) · \
        \(row.day.value.map(time) ?? "公开时间不明") · \(row.said)</span></li>
        """
    }

    private func event(_ row: EventRow) -> HTML {
        """
        <li>\(row.kindName)\(row.project.value.map { "：<a href=\"/projects/\($0)\">\(row.projectTitle.value)</a>" as HTML })<br>\
        <span class="quiet">\(row.bodyName) · \(time(row.day))（\(row.basisName)）\(row.occurrence.mark)</span></li>
        """
    }

    private var places: HTML {
        guard !value.places.isEmpty else { return "" }
        return """
            <h2>公开哪些领域</h2>
            <p class="quiet">领域后面是其中产生公开义务的事项数。</p>
            \(value.places.map(place))
            """
    }

    private func place(_ place: HomePage.PlaceRow) -> HTML {
        """
        <h3><a href="/columns#\(place.jurisdiction)">\(place.name)</a>\
        \(place.ledgerFrom.value.map { " <span class=\"quiet\">台账自 \(time($0)) 起</span>" as HTML })</h3>
        <ul class="tags">\(place.fields.map { field in
            "<li><a href=\"\(FieldColumn.link(to: field.name, in: place.jurisdiction))\">\(field.name)</a> <span class=\"quiet\">\(field.owing) 项</span></li>" as HTML
        })</ul>
        """
    }

    /// What the figures above leave out, said where they are read.
    private var unknown: HTML {
        let unobserved = value.counts[ObligationState.unobserved.rawValue] ?? 0
        let declared: HTML =
            value.coverages == 0
            ? "还没有人声明任何采集来源是完整的，所以采集来的项目一律不认定逾期。"
            : "有 \(value.coverages) 项来源完整性声明；声明范围以外不认定逾期。"
        return """
            <h2>不知道什么</h2>
            <ul>
            <li>\(declared)</li>
            <li>未采集 \(unobserved) 项：到期日已过，但本平台看不到不等于没有公开，不计入比率。</li>
            \(when: value.overdueUnverified > 0, "<li>另有 \(value.overdueUnverified) 项已过期限，但时限规则没有与官方文本核对，不列为逾期。</li>")
            <li>采集来的公开时间是来源自己说的；没有记录的触发事项，本平台不知道，也就推算不出义务。</li>
            <li>\(value.lastClosedDay.value.map { "最近一次日终结算到 \(time($0))。" as HTML } ?? "还没有做过日终结算。")\
            <a href="/about/figures">数字怎么来的</a></li>
            </ul>
            """
    }
}

import CivilTime
import Counting
import Importing
import Obligations
import Web

/// The record in figures, as a page.
struct RecordFiguresBody: Sendable {
    let found: RecordFigures.Found
    private let language: Manner.Language
    private let places: [(code: String, name: String, link: Link)]
    private let bases: [(basis: TimeBasis, link: Link)]
    private let earlier, later: Link?
    private let turner: Turner

    init(found: RecordFigures.Found, request: WebRequest, isFurther: Bool) throws {
        self.found = found
        language = request.manner.language
        places = try found.places.map {
            ($0.code, $0.name, try request.link(changing: "jurisdiction", to: $0.code))
        }
        bases = try TimeBasis.allCases.map { ($0, try request.link(changing: "basis", to: $0.rawValue)) }
        let turned = { (months: Int) in
            try found.through.adding(months).map {
                try request.link(changing: "through", to: $0.description)
            }
        }
        earlier = try turned(-12)
        later = found.through.first < CalendarMonth(found.value.day).first ? try turned(12) : nil
        turner = Turner(
            first: isFurther ? try request.link(changing: "after", to: nil) : nil,
            next: try request.link(after: found.batch.next))
    }

    private var value: RecordFigures.Value { found.value }

    var page: Page {
        Page(
            title: "统计图", lead: lead, crumbs: [.init("首页", "/")],
            """
            \(when: places.count > 1, placeNav)
            \(when: !value.ready, "<div class=\"box\"><p>合计正在后台统计，完成之前这里没有数字。请稍后再看。</p></div>")
            \(when: value.ready, "\(timeliness)\(owed)\(deals)")
            """)
    }

    private var lead: HTML {
        """
        <p>\(value.jurisdictionName)。义务的数字都可以点开看；数的是什么、不数什么，见\
        <a href="/about/figures">数字怎么来的</a>。数字截至 \(time(value.day)) 日终。</p>
        """
    }

    private var placeNav: HTML {
        """
        <nav class="states" aria-label="辖区"><ul>\(places.map { place in
            "<li><a href=\"\(place.link)\"\(when: place.code == value.jurisdiction, " aria-current=\"true\"")>\(place.name)</a></li>" as HTML
        })</ul></nav>
        """
    }

    // MARK: Timeliness

    private var timeliness: HTML {
        """
        <h2>按时率：逐月逐机关</h2>
        <nav class="states" aria-label="时间依据"><ul>\(bases.map(basis))</ul></nav>
        <p class="quiet">某月到期的义务里，按时公开的／可以判定按时还是逾期的，只算公开时间的依据是“\(value.basisName)”的；\
        ! 后面是到期月份相同、至今仍未公开的，不分依据。不足六成的框线加粗，全部按时的没有框线。\
        点开一格，是该机关当月到期的全部义务，无法判定、未采集这些不在格里的也列在其中。</p>
        \(picture)
        <div class="heat-months">\(heat)</div>
        \(turner)
        <nav class="turner" aria-label="换十二个月">\
        \(earlier.map { "<a href=\"\($0)\">更早的十二个月</a>" as HTML })\
        \(later.map { " <a href=\"\($0)\">更晚的十二个月</a>" as HTML })</nav>
        """
    }

    private func basis(_ entry: (basis: TimeBasis, link: Link)) -> HTML {
        let count = value.judged[entry.basis.rawValue] ?? 0
        guard count > 0 || entry.basis == value.basis else { return "" }
        return """
            <li><a href="\(entry.link)"\(when: entry.basis == value.basis, " aria-current=\"true\"")>\(entry.basis.title) \
            <span class="count">\(count)</span></a></li>
            """
    }

    private var picture: TimelinessPicture {
        TimelinessPicture(
            months: value.months, rows: value.bodies.map { .init(name: $0.name, counts: $0.months) },
            language: language)
    }

    private var heat: Table {
        Table(
            caption: """
                按到期的月份，\(value.months.first ?? "") 至 \(value.months.last ?? "")；\
                没有数字的月份没有可以判定的，也没有仍逾期的
                """,
            columns: ["公开主体"]
                + value.months.map { Table.Column(TimelinessPicture.title($0), isNumber: true) },
            rows: value.bodies.map { body in
                ["<a href=\"/bodies/\(body.body)\">\(body.name)</a>"]
                    + zip(value.months, body.months).map { cell($1, body, $0) }
            }, empty: "还没有机关有过到期的义务。")
    }

    private func cell(_ timely: Timely, _ body: RecordFigures.BodyMonths, _ month: String) -> HTML {
        let judged = timely.judged
        guard !timely.isEmpty else { return "<span class=\"quiet heat-none\">—</span>" }
        let list = list(of: body.body, month)
        return """
            \(when: judged > 0, "<a class=\"heat heat-\(level(timely))\" href=\"\(list)\">\(timely.onTime)/\(judged)</a>")\
            \(when: timely.overdue > 0, " <a class=\"heat heat-overdue\" href=\"\(list.adding([("state", "overdue")]))\"><span class=\"aside\">仍逾期未公开</span>!\(timely.overdue)</a>")
            """
    }

    private func level(_ timely: Timely) -> String {
        let judged = timely.judged
        if timely.late == 0 { return "all" }
        if timely.onTime * 10 >= judged * 9 { return "most" }
        return timely.onTime * 10 >= judged * 6 ? "some" : "few"
    }

    private func list(of body: String, _ month: String) -> Link {
        ("/obligations" as Link).adding([("jurisdiction", value.jurisdiction), ("body", body)])
            .due(inMonth: month)
    }

    // MARK: Fields

    private static let owedStates: [ObligationState] = [.overdue, .lapsed, .dueSoon, .owed, .unobserved]

    private var owed: HTML {
        let most = value.fields.map { field in Self.owedStates.map { count(field, $0) }.reduce(0, +) }.max()
        return """
            <h2>欠什么：分领域</h2>
            \(Table(
                caption: "还没有公开的，按领域；条的长短可以相互比较",
                columns: ["领域", "图示"] + Self.owedStates.map { Table.Column($0.title, isNumber: true) },
                rows: value.fields.map { row($0, most: most ?? 0) }, empty: "还没有任何公开义务。"))
            """
    }

    private func row(_ field: RecordFigures.FieldCounts, most: Int) -> [HTML] {
        let here = ("/obligations" as Link).adding([
            ("jurisdiction", value.jurisdiction), ("field", field.field),
        ])
        let numbers = Self.owedStates.map { state -> HTML in
            let number = count(field, state)
            return number == 0
                ? "<span class=\"quiet\">0</span>"
                : "<a href=\"\(here.adding([("state", state.rawValue)]))\">\(number)</a>"
        }
        return [
            "<a href=\"\(here)\">\(field.field)</a>",
            "\(Bar(Self.owedStates.map { Bar.Part($0.rawValue, count(field, $0)) }, of: most))",
        ] + numbers
    }

    private func count(_ field: RecordFigures.FieldCounts, _ state: ObligationState) -> Int {
        field.counts[state.rawValue] ?? 0
    }

    // MARK: Deals

    private var deals: HTML {
        let known = value.deals.filter { deals in
            deals.months.contains { $0.notices > 0 } || !deals.leftOut.isEmpty
        }
        return """
            <h2>公告所载的成交额和合同额</h2>
            <p class="quiet">只计采集来的公告里读出的数额，人民币，按来源所称的公开日归月；一件公告计一次，照公告所载，没有核对。\
            成交额和合同额是两回事，不能相加；没有公告的交易不在其中。</p>
            \(when: known.isEmpty, "<p class=\"empty\">这十二个月没有从公告里读出成交额或者合同额。</p>")
            \(known.map(table))
            """
    }

    private func table(_ deals: RecordFigures.Deals) -> HTML {
        let most = deals.months.map(\.fen).max() ?? 0
        return """
            \(Table(
                caption: deals.roleName,
                columns: [
                    "月份", "图示", Table.Column("公告件数（分母）", isNumber: true), Table.Column("合计（元）", isNumber: true),
                ],
                rows: deals.months.map { month in
                    [
                        "<span class=\"whole\">\(month.month)</span>", "\(Bar([Bar.Part("sum", month.fen)], of: most))", "\(month.notices)",
                        month.notices == 0 ? "—" : "\(Yuan.aligned(month.fen))",
                    ]
                }))
            \(leftOut(deals.leftOut))
            """
    }

    private func leftOut(_ counts: [String: Int]) -> HTML {
        let reasons = [
            (DealSum.Outcome.repeated.rawValue, "很可能与另一件重复的"),
            (DealSum.Outcome.several.rawValue, "一件里有几个不同数额的"),
            (DealSum.Outcome.unread.rawValue, "单位或者数额不明的"), ("dayless", "公开日不明的"),
        ]
        let words = reasons.compactMap { reason, words in counts[reason].map { "\(words) \($0) 件" } }
        return words.isEmpty ? "" : "<p class=\"quiet\">不计入：\(words.joined(separator: "，"))。</p>"
    }
}

import Catalogue
import CivilTime
import Counting
import Law
import Obligations
import People
import Publishing
import Web

/// `GET /bodies/:id`: an organisation's record: what it owes, what it met and how we know, what it published.
///
/// Open to anyone. `on=` gives what it owed as it stood at the end of a past day. Rates are given for each basis of time and never mixed.
struct BodyPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let id: String
        let name: String
        let kind: BodyKind
        let jurisdiction: String
        let jurisdictionName: String
        let creditCode: OrNull<String>
        let publishesHere: Bool
        let ended: OrNull<Day>
        let successor: OrNull<String>
        let successorName: OrNull<String>
        let names: [BodyName]
        /// Obligations by state; `overdue` only under verified rules.
        let counts: [String: Int]
        let overdueUnverified: Int
        let rates: [Rate]
        /// Overdue under verified rules and still not published: what no rate of the published shows.
        let stillOverdue: Int
        /// Null while the tally is being made, and for a past day.
        let timeliness: OrNull<BodyTimeliness>
        /// How soon after their days its events were recorded here.
        let recording: RecordingDelay
        let overdue: [ObligationRow]
        let nextDue: [ObligationRow]
        let lapsed: [ObligationRow]
        let publicationCount: Int
        let publications: [PublicationRow]
        let findings: [FindingRow]
        /// Of a collective or a class.
        let members: [Place]
        /// The collectives and classes that it is one of.
        let memberOf: [Place]
        let coordinates: [Coordination]
        let tasks: [PlanTaskRow]
        /// What a reader may do; null when there is nothing to be done, and for a past day.
        let recourse: OrNull<RecourseRow>
    }

    /// A body beside this one.
    struct Place: Encodable, Sendable {
        let id: String
        let name: String
    }

    /// A plan that makes the body its coordinator (协调机构), and whom it works with.
    struct Coordination: Encodable, Sendable {
        let plan: String
        let planTitle: String
        let section: String
        let with: [NamedBody]
        let reason: String
    }

    private static let few = 10
    /// Events that the delay of recording is made of, at most.
    static let recordingsMax = 200

    func add(to routes: Routes) {
        routes.get("bodies/:id", taking: ["on"]) { request in
            let id = request.parameter("id")
            let on = try request.query.day("on")
            guard let (found, past) = try await room.read(on: on, { try value(id, $0) }) else {
                throw LedgerProblem.unknownBody(id)
            }
            if past == nil, found.timeliness.value == nil { Basis.collection?.add(Basis { false }) }
            let body = BodyBody(
                value: found, past: past, online: request.wholeAddress(of: "/bodies/\(id)"),
                language: request.manner.language)
            return Answer(body.page, data: found, meantFor: .everyone)
        }
    }

    /// - Returns: with the day, when it is a past one.
    private func value(_ id: String, _ reading: Reading) throws -> (Value, past: Day?)? {
        let transaction = reading.transaction
        guard let body = try transaction.bodies.body(id, on: reading.day) else { return nil }
        var filter = reading.filter
        filter.body = id
        let counted = try reading.counts(filter)
        let counts = counted.byState
        let lists = try [ObligationState.overdue, .dueSoon, .owed, .lapsed, .unobserved, .withheld].map {
            try reading.list(filter.with(state: $0), after: nil, limit: Self.few)
        }
        var names = reading.names()
        try names.learn(lists.flatMap(\.self))
        try names.learn(bodies: [body.successor])
        try names.learnJurisdictions()
        let known = names
        let rows = lists.map { list in
            list.map { ObligationRow($0, names: known, on: reading.day, soon: reading.soon) }
        }
        let publications = try transaction.publications.publications(
            audience: .everyone, body: id, before: reading.publicationEnd, limit: Self.few)
        let rates = Rate.rates(of: try reading.timeliness(counted, body: id))
        let value = Value(
            day: reading.day, id: body.id, name: body.name, kind: body.kind, jurisdiction: body.jurisdiction,
            jurisdictionName: names.jurisdiction(body.jurisdiction), creditCode: OrNull(body.creditCode),
            publishesHere: body.publishesHere, ended: OrNull(body.ended),
            successor: OrNull(text: body.successor),
            successorName: OrNull(text: body.successor.isEmpty ? "" : names.body(body.successor)),
            names: try transaction.bodies.names(of: id),
            counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }),
            overdueUnverified: counted.overdueUnverified,
            rates: rates, stillOverdue: counts[.overdue] ?? 0,
            timeliness: OrNull(
                try reading.timeliness(of: id, in: body.jurisdiction, judged: rates)),
            recording: RecordingDelay(
                try transaction.ledger(on: reading.day).recordings(body: id, limit: Self.recordingsMax)),
            overdue: rows[0],
            nextDue: Array((rows[1] + rows[2].filter { $0.due.value != nil }).prefix(Self.few)),
            lapsed: rows[3],
            publicationCount: try transaction.publications.count(
                audience: .everyone, body: id, seenBefore: reading.past?.end),
            publications: try reading.rows(publications, &names),
            findings: try reading.rows(reading.found(try transaction.findings.findings(body: id)), &names),
            members: body.kind == .collective
                ? try transaction.bodies.members(of: id, on: reading.day).map {
                    Place(id: $0.id, name: $0.name)
                }
                : [],
            memberOf: try transaction.bodies.collectives(of: id, on: reading.day).map {
                Place(id: $0.id, name: $0.name)
            },
            coordinates: try coordinations(of: body, reading), tasks: try tasks(of: body, reading),
            recourse: OrNull(try reading.recourse(about: lists.flatMap(\.self), names)))
        return (value, reading.past?.day)
    }

    private func tasks(of body: Body, _ reading: Reading) throws -> [PlanTaskRow] {
        guard let place = try reading.transaction.jurisdictions.jurisdiction(body.jurisdiction),
            var plans = try PlanReading(place, reading)
        else { return [] }
        return try plans.tables.tasks.filter { plans.has($0.plan) }.map { try PlanTaskRow($0, &plans) }
            .filter { $0.concerns(body.id) }
    }

    private func coordinations(of body: Body, _ reading: Reading) throws -> [Coordination] {
        guard let place = try reading.transaction.jurisdictions.jurisdiction(body.jurisdiction),
            var plans = try PlanReading(place, reading)
        else { return [] }
        var found: [Coordination] = []
        for setting in plans.tables.settings.all
        where setting.key == .coordinator && plans.has(setting.plan) {
            guard try plans.bodies(setting.entries).contains(where: { $0.id.value == body.id }) else {
                continue
            }
            let with = plans.tables.settings.settings(.coordinated, of: setting.plan).flatMap(\.entries)
            found.append(
                Coordination(
                    plan: setting.plan, planTitle: plans.title(setting.plan), section: setting.section,
                    with: try plans.bodies(with), reason: setting.reason))
        }
        return found
    }
}

/// How much was published in time, by what the time rests on.
struct Rate: Encodable, Sendable {
    let basis: TimeBasis
    let basisName: String
    let onTime: Int
    let late: Int
    let undetermined: Int

    /// Of those whose time can be judged; null when none can.
    var onTimeShare: Double? {
        onTime + late == 0 ? nil : Double(onTime) / Double(onTime + late)
    }

    static func rates(
        of counts: [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)]
    ) -> [Rate] {
        let number = { (basis: TimeBasis, verdict: Discharge.Verdict) in
            counts.filter { $0.basis == basis && $0.verdict == verdict }.map(\.count).reduce(0, +)
        }
        return TimeBasis.allCases.map { basis in
            Rate(
                basis: basis, basisName: basis.title, onTime: number(basis, .onTime),
                late: number(basis, .late),
                undetermined: number(basis, .undetermined))
        }.filter { $0.onTime + $0.late + $0.undetermined > 0 }
    }
}

/// What a rate leaves out, said beside it: what is still not published is not among what was judged.
struct StillOverdue: Piece {
    let count: Int
    let link: Link

    var html: HTML {
        if count == 0 { return "<p>没有仍逾期未公开的义务。按时率只算已经公开的。</p>" }
        return """
            <p><strong>仍逾期未公开 <a href="\(link)">\(count) 项</a></strong>。按时率只算已经公开的，\
            仍未公开的不在其中，须与本数一并看。</p>
            """
    }
}

extension Table {
    /// Rates with their denominators.
    static func rates(_ rates: [Rate], caption: String) -> Table {
        Table(
            caption: caption,
            columns: [
                "时间依据", Column("按时", isNumber: true), Column("逾期", isNumber: true),
                Column("可判定合计（分母）", isNumber: true), Column("按时率", isNumber: true),
                Column("无法判定（不计入）", isNumber: true),
            ],
            rows: rates.map { rate in
                [
                    "\(rate.basisName)", "\(rate.onTime)", "\(rate.late)", "\(rate.onTime + rate.late)",
                    rate.onTimeShare.map { "\(Rate.percent($0))" } ?? "—", "\(rate.undetermined)",
                ]
            }, empty: "还没有已经公开的义务。")
    }
}

extension Rate {
    /// One decimal, rounded down, so that 100 % means all.
    fileprivate static func percent(_ share: Double) -> String {
        let thousandths = Int(share * 1000)
        return "\(thousandths / 10).\(thousandths % 10)%"
    }
}

/// An organisation's record as a page.
struct BodyBody: Sendable {
    let value: BodyPage.Value
    /// The day as of which it is shown, when that is not today.
    let past: Day?
    /// Its page as readers elsewhere reach it.
    let online: Link?
    let language: Manner.Language

    private var here: Link { "/bodies/\(value.id)" }
    private var owed: Link { ("/obligations" as Link).adding([("body", value.id)]).on(past) }

    private var organisation: Thing {
        var organisation = Thing(value.kind == .organ ? "GovernmentOrganization" : "Organization")
        organisation.add("url", .link(here))
        organisation.add("identifier", value.creditCode.value)
        organisation.add("areaServed", value.jurisdictionName)
        for former in value.names where former.name != value.name {
            organisation.add("alternateName", former.name)
        }
        return organisation
    }

    var page: Page {
        Page(
            title: value.name, lead: lead, crumbs: [.init("首页", "/"), .init("公开主体", "/bodies")],
            feed: FeedFiles.body(value.id), metadata: PageMetadata(canonical: here, thing: organisation),
            """
            \(PastNotice(past, today: here))
            \(facts)
            <h2>公开义务</h2>
            \(BodyRecord(counts: value.counts, rates: value.rates, owed: owed))
            \(unverified)
            \(when: !value.overdue.isEmpty, "<h3>逾期未公开</h3>\(table(value.overdue, "逾期最久的在前"))")
            \(when: !value.lapsed.isEmpty, "<h3>常态公开已失效</h3>\(table(value.lapsed, "超过更新期限没有更新"))")
            \(when: !value.nextDue.isEmpty, "<h3>下一个到期的</h3>\(table(value.nextDue, "最早到期的在前"))")
            \(when: past == nil, UsualWays(weekOf: value.day, body: value.id).html)
            <p><a href="\(owed)">全部公开义务</a> · <a href="/due?body=\(value.id)">到期日历</a></p>
            <h2>按时率</h2>
            \(StillOverdue(count: value.stillOverdue, link: owed.adding([("state", "overdue")])))
            \(Table.rates(value.rates, caption: "按公开时间的依据分别计算，不合并；未采集的、常态公开的、鼓励性的和规则待核实的不在其中"))
            \(value.timeliness.value.map(byMonth))
            \(RecordingDelayTable(delay: value.recording))
            <h2>公开的信息 <span class="quiet">\(value.publicationCount) 件</span></h2>
            \(Table.publications(value.publications, caption: "新收到的在前", showsBody: false))
            \(when: value.publicationCount > value.publications.count, "<p><a href=\"/publications?body=\(value.id)\">全部</a></p>")
            \(FindingList(value.findings))
            \(standing)
            \(when: past == nil, RecourseBox(value.recourse.value, citing: address).html)
            \(DayForm(to: here, past: past))
            """)
    }

    private var address: PermanentAddress {
        PermanentAddress(online: online, citing: "机构更名以后地址不变。要固定在某一天的样子，在地址后面加上 ?on=\(value.day)。")
    }

    /// What the body is to others: its members, its classes, whom it coordinates, the plans' tasks.
    private var standing: HTML {
        """
        \(when: !value.members.isEmpty, "<h2>成员</h2>\(places(value.members))")
        \(when: !value.memberOf.isEmpty, "<h2>所属</h2>\(places(value.memberOf))")
        \(when: !value.coordinates.isEmpty, "<h2>协调</h2>\(Table(caption: "方案指定它组织协调", columns: ["方案", "会同", "说明"], rows: value.coordinates.map(coordination)))")
        \(when: !value.tasks.isEmpty, "<h2>方案交给它的任务</h2>\(Table.tasks(value.tasks, caption: "完成情况没有报送到本平台，不作判断"))")
        """
    }

    private func places(_ places: [BodyPage.Place]) -> HTML {
        "<ul>\(places.map { "<li><a href=\"/bodies/\($0.id)\">\($0.name)</a></li>" as HTML })</ul>"
    }

    private func coordination(_ row: BodyPage.Coordination) -> [HTML] {
        [
            "\(row.planTitle)<span class=\"under quiet\">\(row.section)</span>",
            row.with.isEmpty ? "—" : "\(row.with.map(\.link).joined(separator: "、"))", "\(row.reason)",
        ]
    }

    private var lead: HTML {
        "<p>\(value.jurisdictionName) · \(value.kind.title)。状态截至 \(time(value.day)) 日终。</p>"
    }

    private var facts: HTML {
        var facts: [(name: String, value: HTML)] = []
        if let code = value.creditCode.value {
            facts.append(("统一社会信用代码", "<span class=\"code\">\(code)</span>"))
        }
        let aliases = value.names.filter { $0.name != value.name }
        if !aliases.isEmpty {
            facts.append(("曾用名与别名", aliases.map(alias).joined(separator: "；")))
        }
        facts.append(
            (
                "在哪里公开",
                value.publishesHere
                    ? "在本平台公开：本平台没有的，就是没有公开" : "不在本平台公开：没有采集到不等于没有公开"
            ))
        if let ended = value.ended.value {
            let next: HTML? = value.successor.value.map {
                "，职责由 <a href=\"/bodies/\($0)\">\(value.successorName.value)</a> 承接"
            }
            facts.append(("存续", "至 \(time(ended)) 止\(next)"))
        }
        return Facts(facts).html
    }

    private func alias(_ name: BodyName) -> HTML {
        let span: HTML =
            switch (name.from, name.to) {
            case (nil, nil): ""
            case (let from?, nil): "（自 \(time(from))）"
            case (nil, let to?): "（至 \(time(to))）"
            case (let from?, let to?): "（\(time(from)) 至 \(time(to))）"
            }
        return "\(name.name)\(span)"
    }

    private func byMonth(_ timeliness: BodyTimeliness) -> HTML {
        let rows = zip(timeliness.months, timeliness.counts).filter { !$1.isEmpty }
        guard !rows.isEmpty else { return "" }
        return """
            <h3>逐月的按时情况</h3>
            <p class="quiet">按到期的月份；按时和逾期公开只算公开时间的依据是“\(timeliness.basisName)”的，\
            其他依据的见<a href="/figures?jurisdiction=\(value.jurisdiction)">统计图</a>。</p>
            \(TimelinessPicture(
                months: timeliness.months, rows: [.init(name: "", counts: timeliness.counts)], language: language))
            \(Table(
                caption: "\(timeliness.months.first ?? "") 至 \(timeliness.months.last ?? "")",
                columns: ["到期月份", "按时／可判定", "仍逾期未公开"].map { .init($0, isNumber: $0 != "到期月份") },
                rows: rows.map { month, timely in
                    [
                        "<a href=\"\(owed.due(inMonth: month))\">\(month)</a>",
                        timely.judged == 0 ? "—" : "\(timely.onTime)/\(timely.judged)", "\(timely.overdue)",
                    ]
                }))
            """
    }

    private var unverified: HTML {
        guard value.overdueUnverified > 0 else { return "" }
        return """
            <p class="quiet">另有 \(value.overdueUnverified) 项已过期限，但时限规则没有与官方文本核对，不列为逾期。</p>
            """
    }

    private func table(_ rows: [ObligationRow], _ caption: String) -> Table {
        Table.obligations(rows, caption: caption, empty: "没有。", showsBody: false, on: past)
    }
}

extension BodyKind {
    var title: String {
        switch self {
        case .organ: "行政机关"
        case .enterprise: "公共企事业单位"
        case .external: "仅见于公告的单位"
        case .collective: "统称（代表若干机关）"
        }
    }
}

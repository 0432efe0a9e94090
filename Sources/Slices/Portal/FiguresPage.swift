import CivilTime
import Counting
import Law
import Obligations
import People
import Web

/// `GET /about/figures`: where every figure comes from, what it leaves out, and what is not known.
struct FiguresPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let counts: [String: Int]
        let overdueUnverified: Int
        let rates: [Rate]
        /// Overdue under verified rules and still not published: what no rate of the published shows.
        let stillOverdue: Int
        let ledgers: [LedgerRow]
        let coverages: [SourceCoverage]
        let lastClosedDay: OrNull<Day>
        let lastClosedAt: OrNull<String>
        let lawVersion: String
        let calendarVersion: String
        let announcedYears: [Int]
        let unverifiedRules: [TimeRule]
        let eventKinds: [EventKind]
        let bodyNames: [String: String]
        let placeNames: [String: String]

        private enum CodingKeys: CodingKey {
            case day, counts, overdueUnverified, rates, stillOverdue, ledgers, coverages, lastClosedDay,
                lastClosedAt,
                lawVersion,
                calendarVersion, announcedYears, unverifiedRules, eventKinds
        }
    }

    struct LedgerRow: Encodable, Sendable {
        let jurisdiction: String
        let from: Day
        let openedTo: Day
    }

    func add(to routes: Routes) {
        routes.get("about/figures") { _ in
            let found = try await room.read { try value($0) }
            return Answer(FiguresBody(value: found).page, data: found, meantFor: .everyone)
        }
    }

    private func value(_ reading: Reading) throws -> Value {
        let ledger = reading.transaction.ledger
        let counted = try reading.counts(reading.filter)
        let counts = counted.byState
        let closed = try ledger.lastClosedDay()
        let coverages = try ledger.coverages()
        let bodies = Set(coverages.map(\.body)).subtracting([""])
        let named = try reading.transaction.bodies.bodies(bodies.sorted(), on: reading.day)
        let places = try reading.transaction.jurisdictions.jurisdictions()
        return Value(
            day: reading.day,
            counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }),
            overdueUnverified: counted.overdueUnverified,
            rates: Rate.rates(of: try counted.timeliness ?? ledger.timeliness()),
            stillOverdue: counts[.overdue] ?? 0,
            ledgers: try ledger.ledgers().map {
                LedgerRow(jurisdiction: $0.jurisdiction, from: $0.from, openedTo: $0.openedTo)
            },
            coverages: coverages, lastClosedDay: OrNull(closed?.day), lastClosedAt: OrNull(closed?.ranAt),
            lawVersion: reading.law.version, calendarVersion: reading.law.calendarVersion,
            announcedYears: reading.law.calendar.announcedYears.sorted(),
            unverifiedRules: reading.law.rules.filter { !$0.verified }, eventKinds: reading.law.eventKinds,
            bodyNames: named.mapValues(\.name),
            placeNames: Dictionary(uniqueKeysWithValues: places.map { ($0.code, $0.name) }))
    }
}

/// How figures are made, as a page.
struct FiguresBody: Sendable {
    let value: FiguresPage.Value

    var page: Page {
        Page(
            title: "数字怎么来的",
            lead:
                "<p>每一个数字数的是什么、分母是什么、不知道什么。逐月逐机关、分领域的，见<a href=\"/figures\">统计图</a>。数字截至 \(time(value.day)) 日终。</p>",
            crumbs: [.init("首页", "/")],
            """
            <h2>数的是什么</h2>
            <p>一项<strong>公开义务</strong>，是一个机关在一个渠道上、因为一个触发事项或者一个周期、最迟某一天应当公开的一个事项。\
            没有记录的触发事项，不产生义务，也不在任何数字里。一个事项须在两个渠道公开的，算两项。</p>
            \(states)
            <h2>按时率</h2>
            <p>按时率 = 按时 ÷（按时 + 逾期公开），只在时间依据相同的义务之间计算，从不合并。逾期未公开、未采集、无法判定、\
            不予公开、不适用、常态公开、鼓励性事项和规则待核实的不在分母里。百分比留一位小数，余下的舍去，所以 100.0% 就是全部。</p>
            \(StillOverdue(count: value.stillOverdue, link: "/obligations?state=overdue"))
            \(Table.rates(value.rates, caption: "本平台全部已经公开的义务"))
            \(bases)
            \(unknown)
            \(closing)
            \(kinds)
            """)
    }

    private var states: HTML {
        let rows = ObligationState.allCases.map { state -> [HTML] in
            [
                "\(StateChip(state))",
                "<a href=\"/obligations?state=\(state.rawValue)\">\(value.counts[state.rawValue] ?? 0)</a>",
                "\(state.meaning)",
            ]
        }
        return """
            <h2>每种状态的意思</h2>
            \(Table(caption: "状态由事实推出，不由人填写", columns: ["状态", .init("项数", isNumber: true), "意思"], rows: rows))
            """
    }

    private var bases: HTML {
        """
        <h3>公开时间的四种依据</h3>
        \(Facts([
            ("外部见证", "本平台以外的见证人签过名的时间。"),
            ("日志签名", "本平台的签名日志记载的时间。"),
            ("来源自述", "来源自己说的时间，或者本平台没有签名日志时自己的记录；原文、地址和哈希保留。采集来的历史信息至多如此。"),
            ("未知", "来源没有说。这样的公开不判定按时还是逾期。"),
        ]))
        """
    }

    // MARK: What is not known

    private var unknown: HTML {
        """
        <h2>不知道什么</h2>
        <p>没有采集到，不等于没有公开。只有机关在本平台公开，或者有人声明某个来源在某段时间完整，到期未见才列为逾期；\
        否则列为“未采集”，现有 \(value.counts[ObligationState.unobserved.rawValue] ?? 0) 项，不计入任何比率。</p>
        \(coverage)
        \(ledgers)
        <h3>没有核实的时限规则</h3>
        <p>下列规则的天数或者条款还没有与官方文本核对。依据它们已过期限的 \(value.overdueUnverified) 项不列为逾期，\
        <a href="/obligations?state=overdue&unverified=1">可以一并查看</a>。</p>
        <ul>\(value.unverifiedRules.map { rule in
            "<li><a href=\"/about/rules#\(rule.id)\">\(rule.title)</a>（\(rule.clause)）</li>" as HTML
        })</ul>
        """
    }

    private var coverage: HTML {
        """
        <h3>来源完整性声明</h3>
        \(Table(caption: "谁声明了什么来源完整", columns: ["来源", "范围", "期间", "声明人与时间"], rows: value.coverages.map { coverage in
            [
                "\(SourceName.of(coverage.source))\(when: !coverage.stands, " \(Chip("void", "已撤回"))")",
                """
                \(value.placeNames[coverage.jurisdiction] ?? coverage.jurisdiction)，\
                \(coverage.body.isEmpty ? "全部机关" : value.bodyNames[coverage.body] ?? coverage.body)，\
                \(coverage.item.isEmpty ? "全部事项" : coverage.item)
                """,
                "\(time(coverage.from)) 至 \(time(coverage.to))",
                "\(Occasion.name(of: coverage.declaredBy))，\(clockTime(coverage.declaredAt))\(ended(coverage))",
            ]
        }, empty: "还没有人声明任何来源是完整的。"))
        """
    }

    private func ended(_ coverage: SourceCoverage) -> HTML {
        if coverage.stands { return "" }
        return """
            <span class="under">\(coverage.endedBy) 于 \(clockTime(coverage.endedAt)) 撤回：\(coverage.endedReason)</span>
            """
    }

    private var ledgers: HTML {
        """
        <h3>台账</h3>
        \(Table(caption: "周期义务和常态义务从台账启用日起算", columns: ["辖区", "启用日", "周期已展开到"], rows: value.ledgers.map { ledger in
            ["\(value.placeNames[ledger.jurisdiction] ?? ledger.jurisdiction)", time(ledger.from), time(ledger.openedTo)]
        }, empty: "还没有启用台账，只有触发事项产生的义务。"))
        """
    }

    // MARK: Days and law

    private var closing: HTML {
        let years = value.announcedYears
        return """
            <h2>日子怎么数</h2>
            \(Facts([
                ("日终结算", value.lastClosedDay.value.map { "最近结算到 \(time($0))，运行于 \(clockTime(value.lastClosedAt.value ?? ""))" } ?? "还没有运行"),
                ("法规数据版本", "\(value.lawVersion)，<a href=\"/about/rules\">全部时限规则</a>"),
                ("日历版本", "<span class=\"code\">\(value.calendarVersion)</span>"),
                ("已经公布的放假安排", years.first.map { "\($0) 年至 \(years.last ?? $0) 年" } ?? "没有"),
            ]))
            <p>到期日当天二十四时（北京时间）才届满，次日起算逾期。超出已经公布的放假安排的到期日标为“暂定”，公布后重算，新旧都留痕。</p>
            """
    }

    private var kinds: HTML {
        """
        <h2>触发事项的种类</h2>
        \(Table(caption: "记录这些事项，才会产生公开义务", columns: ["名称", "代码", "说明"], rows: value.eventKinds.map { kind in
            [
                "\(kind.title)", "<span class=\"code\">\(kind.kind)</span>",
                """
                \(kind.namesItem ? "须指明公开事项" : "项目环节")\(kind.ends ? "；项目或者标段就此终止" : "")\
                \(kind.mayLieAhead ? "；可以是将来的期限" : "")
                """,
            ]
        }))
        """
    }
}

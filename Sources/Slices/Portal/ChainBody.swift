import Web

/// A procedure as a page: the picture, and the same in a table beside it.
struct ChainBody: Sendable {
    let value: ChainPage.Value
    let language: Manner.Language

    private var chain: ChainRow { value.chain }

    var page: Page {
        Page(
            title: chain.title, lead: lead, crumbs: [.init("首页", "/"), .init("流程图", "/chains")],
            """
            \(places)
            <div class="chain">
            <div>\(ChainPicture(chain, in: language))</div>
            <div>\(steps)
            \(spans)</div>
            </div>
            <p class="quiet">期限从环节发生之日的次日起算，怎么数见<a href="/about/rules">时限规则</a>。\
            没有核对的规则照样推算，但不据此认定逾期。公告期按严格算法，与通行做法不同的只提示，不拒绝。</p>
            """)
    }

    private var lead: HTML {
        """
        <p>\(chain.field)。\(when: !value.jurisdictionName.isEmpty, "按\(value.jurisdictionName)的公开事项目录，")\
        假定环节在 \(time(value.day)) 发生；法规数据版本 \(value.lawVersion)。</p>
        """
    }

    private var places: HTML {
        guard value.places.count > 1 else { return "" }
        let entries = value.places.map { place -> HTML in
            let isHere = place.jurisdiction == value.jurisdiction
            return """
                <li><a href="/chains/\(chain.id)?in=\(place.jurisdiction)"\(when: isHere, " aria-current=\"true\"")>\
                \(place.name)</a></li>
                """
        }
        return "<nav class=\"states\" aria-label=\"辖区\"><ul>\(entries)</ul></nav>"
    }

    private var steps: HTML {
        "\(Table(caption: "各环节、须公开的信息和期限", columns: ["环节", "须公开", "渠道", "最迟", "条款与核实"], rows: chain.steps.enumerated().flatMap { rows($1, number: $0 + 1) }))"
    }

    private func rows(_ step: ChainStepRow, number: Int) -> [[HTML]] {
        guard !step.duties.isEmpty else {
            return [[name(step, number), "<span class=\"quiet\">目录没有列出</span>", "—", "—", "—"]]
        }
        return step.duties.enumerated().map { index, duty in
            [
                index == 0 ? name(step, number) : "<span class=\"quiet\">\(step.title)（续）</span>",
                "<a href=\"\(Link.item(duty.item, in: value.jurisdiction))\">\(duty.name)</a>",
                "\(channelWord(duty.channel))",
                duty.limit.value.map { "<a href=\"/about/rules#\($0.rule)\">\($0.counted)</a>" } ?? "没有规则",
                duty.limit.value.map(source) ?? "—",
            ]
        }
    }

    private func name(_ step: ChainStepRow, _ number: Int) -> HTML {
        """
        \(number) <span>\(step.title)</span>\(when: !step.mark.isEmpty, "<span class=\"under quiet\">\(step.mark)</span>")\
        \(step.bound.value.map { "<span class=\"under quiet\"><span>\($0.sentence)</span>，<span>\($0.limit.clause)</span>，<span>\($0.limit.mark)</span></span>" as HTML })
        """
    }

    private func source(_ limit: ChainLimitRow) -> HTML {
        "\(limit.clause)<span class=\"under\">\(when: limit.verified, "已核对")\(when: !limit.verified, "<strong>未核对</strong>")</span>"
    }

    private var spans: HTML {
        guard !chain.spans.isEmpty else { return "" }
        return """
            <h2>两日之间的期限</h2>
            \(Table(caption: "少于此数的只提示", columns: ["从", "到", "期限", "条款与核实"], rows: chain.spans.map { span in
                [
                    "\(span.fromTitle)", "\(span.toTitle)",
                    "<a href=\"/about/rules#\(span.limit.rule)\">\(span.limit.title)</a>", source(span.limit),
                ]
            }))
            """
    }
}

extension ChainStepRow {
    /// How the step stands in the procedure; empty for one that every project takes.
    var mark: String { ends ? "任一环节之后都可能" : (expected ? "" : "视情况") }
}

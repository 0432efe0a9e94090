import Catalogue
import CivilTime
import Obligations
import Web

/// A field of a jurisdiction's list as a page.
struct ColumnBody: Sendable {
    let value: ColumnPage.Value
    let language: Manner.Language

    private var owed: Link { ofThisField("/obligations") }
    private var due: Link { ofThisField("/due") }
    private var published: Link { ofThisField("/publications") }
    private var projects: Link { ofThisField("/projects") }

    private func ofThisField(_ list: Link) -> Link {
        list.adding([("jurisdiction", value.jurisdiction), ("field", value.field)])
    }

    var page: Page {
        Page(
            title: value.field, lead: lead,
            crumbs: [
                .init("首页", "/"), .init("公开领域", "/columns"),
                .init(value.jurisdictionName, "/columns#\(value.jurisdiction)"),
            ],
            feed: FeedFiles.column(of: value.field, in: value.jurisdiction), metadata: metadata,
            """
            \(facts)
            \(obligations)
            <h2>最近公开的</h2>
            \(Table.publications(value.publications, caption: "新收到的在前", showsBody: true))
            \(when: !value.publications.isEmpty, "<p><a href=\"\(published)\">本栏目公开的全部信息</a></p>")
            <h2>公开事项 <span class="quiet">\(value.items.count) 项</span></h2>
            \(Table(caption: "按目录的次序", columns: ["编号", "事项", "时限", "主体"], rows: value.items.map(row)))
            \(chains)
            """)
    }

    private var metadata: PageMetadata {
        let place = FieldColumn.link(to: value.field, in: value.jurisdiction)
        var collection = Thing("CollectionPage")
        collection.add("url", .link(place))
        collection.add("about", value.field)
        var metadata = PageMetadata(canonical: place, thing: collection)
        metadata.say(
            column: value.field, in: value.jurisdictionName, named: value.names.first?.names.first)
        return metadata
    }

    /// Under the name that the plan gives the column; under the field's alone where it gives none.
    private var lead: HTML {
        let name = value.names.first.flatMap(\.names.first)
        return """
            <p>\(value.jurisdictionName)\(name.map { " · \($0)" as HTML })。状态截至 \(time(value.day)) 日终。</p>
            """
    }

    private var facts: HTML {
        var facts: [(name: String, value: HTML)] = value.names.map { row in
            (
                "门户网站栏目",
                "\(row.names.joined(separator: "、"))<span class=\"under quiet\">\(row.planTitle) \(row.section)</span>"
            )
        }
        facts.append(("方案", lines(value.plans.map { "\($0.title)，\($0.document)" })))
        facts.append(("监督渠道", lines(value.plans.map { "\($0.supervision)" })))
        facts.append(("公开主体", bodies))
        facts.append(
            (
                "目录 · 项目",
                """
                <a href="/catalogue/\(value.jurisdiction)?field=\(value.field)">本领域的公开事项目录</a> · \
                <a href="\(projects)">本领域的项目</a>
                """
            ))
        return Facts(facts).html
    }

    private func lines(_ lines: [HTML]) -> HTML {
        var seen: Set<HTML> = []
        return lines.filter { seen.insert($0).inserted }.map { "<span class=\"line\">\($0)</span>" as HTML }
            .joined()
    }

    private var bodies: HTML {
        value.bodies.isEmpty
            ? lines(value.plans.map { "\($0.bodies)" }) : value.bodies.map(\.link).joined(separator: "、")
    }

    private var obligations: HTML {
        let known = ObligationState.allCases.filter { (value.counts[$0.rawValue] ?? 0) > 0 }
        guard !known.isEmpty else {
            return "<h2>公开义务</h2><p class=\"empty\">本平台没有记录这个领域的公开义务：没有启用台账，或者没有记录触发事项。</p>"
        }
        return """
            <h2>公开义务</h2>
            <div class="figures">\(known.map(figure))</div>
            \(when: value.overdueUnverified > 0, "<p class=\"quiet\">另有 \(value.overdueUnverified) 项已过期限，但时限规则没有与官方文本核对，不列为逾期。</p>")
            \(list(value.overdue, "逾期未公开", "逾期最久的在前"))
            \(list(value.lapsed, "常态公开已失效", "超过更新期限没有更新"))
            \(list(value.nextDue, "下一个到期的", "最早到期的在前"))
            <p><a href="\(owed)">本领域的全部公开义务</a> · <a href="\(due)">到期日历</a></p>
            """
    }

    private func figure(_ state: ObligationState) -> HTML {
        Figure(
            value.counts[state.rawValue] ?? 0, state.title, state: state.rawValue,
            link: owed.adding([("state", state.rawValue)])
        ).html
    }

    private func list(_ rows: [ObligationRow], _ title: HTML, _ caption: String) -> HTML {
        guard !rows.isEmpty else { return "" }
        return "<h3>\(title)</h3>\(Table.obligations(rows, caption: caption, empty: "没有。"))"
    }

    private func row(_ item: ColumnPage.ItemRow) -> [HTML] {
        [
            "<a class=\"code whole\" href=\"\(Link.item(item.id, in: value.jurisdiction))\">\(item.id)</a>",
            """
            \(item.sub.value.map { "<span class=\"quiet\">\($0) · </span>" as HTML })\(item.title)\
            \(when: !item.owes, " \(Chip("not-applicable", item.kind.title))")\
            \(when: item.owes && item.modality != .must, " \(Chip("awaited", item.modality.title))")
            """,
            item.owes
                ? lines(item.limits.map { "\($0)" }) : "<span class=\"quiet\">不产生公开义务</span>",
            item.bodies.isEmpty ? "—" : item.bodies.map(\.link).joined(separator: "、"),
        ]
    }

    private var chains: HTML {
        guard !value.chains.isEmpty else { return "" }
        return """
            <h2>流程图</h2>
            \(value.chains.map(chain))
            """
    }

    private func chain(_ chain: ChainRow) -> HTML {
        """
        <details><summary>\(chain.title)（\(chain.steps.count) 步）</summary>
        \(ChainPicture(chain, in: language))
        <p><a href="/chains/\(chain.id)?in=\(value.jurisdiction)">\(chain.title)：各环节、须公开的信息和期限（表）</a></p></details>

        """
    }
}

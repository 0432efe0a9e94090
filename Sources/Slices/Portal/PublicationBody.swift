import ChineseText
import CivilTime
import Markup
import Obligations
import People
import Publishing
import Web

/// A document as a page.
struct PublicationBody: Sendable {
    let value: PublicationPage.Value
    /// Whether an edition before the last is shown.
    let isOlder: Bool
    /// The edition's page as readers elsewhere reach it.
    let online: Link?

    var row: PublicationRow { value.publication }
    var record: EditionRecord? { value.edition.record.value }

    var page: Page {
        Page(
            title: record?.title ?? row.title, lead: lead,
            crumbs: crumbs, feed: FeedFiles.publication(row.id), metadata: metadata,
            """
            \(caution)
            \(erased)
            \(facts)
            \(ArticleTools())
            \(text)
            \(attachments)
            \(receipt)
            \(address)
            \(discharges)
            \(events)
            \(FindingList(value.findings))
            \(twins)\(versions)
            \(history)
            \(neighbours)
            \(related)
            """)
    }

    /// By way of its column, where it stands in one.
    private var crumbs: [Page.Crumb] {
        guard let field = value.field.value else {
            return [.init("首页", "/"), .init("公开信息", "/publications")]
        }
        return [
            .init("首页", "/"), .init("公开领域", "/columns"),
            .init(value.jurisdictionName, "/columns#\(row.jurisdiction)"),
            .init(field, FieldColumn.link(to: field, in: row.jurisdiction)),
        ]
    }

    private var lead: HTML {
        "<p>\(bodyLink(row.body, row.bodyName))，\(row.day.value.map(time) ?? "公开时间不明")</p>"
    }

    private var caution: HTML {
        if row.state == .withdrawn {
            let last = value.history.last
            return """
                <div class="box box-bad"><p>该信息已于 \(last.map { clockTime($0.releasedAt) }) 撤回。\
                \(last?.reason.value.map { "原因：\($0)。" as HTML })内容不再提供；标题、版本和哈希保留备查。</p></div>
                """
        }
        guard isOlder else { return "" }
        return """
            <div class="box box-warn"><p>这是第 \(value.edition.number) 版，不是现行版本。\
            <a href="\(row.link)">看现行版本（第 \(row.editions) 版）</a></p></div>
            """
    }

    private var erased: HTML {
        guard let erasure = value.edition.erasure.value else { return "" }
        return """
            <div class="box box-warn"><p>第 \(value.edition.number) 版的内容已于 \(clockTime(erasure.at)) 依法删除。\
            依据：\(erasure.ground.title)（\(erasure.clause)）。这一版曾经公开的时间和它履行的公开义务不受影响。</p></div>
            """
    }

    private var facts: HTML {
        var facts: [(name: String, value: HTML)] = []
        if let item = row.item.value {
            facts.append(
                ("公开事项", "<a href=\"\(Link.item(item, in: row.jurisdiction))\">\(row.itemTitle.value)</a>"))
        }
        if let project = row.project.value {
            facts.append(
                (
                    "项目",
                    "<a href=\"/projects/\(project)\">\(value.projectTitle.value)</a>\(row.lot.value.map { " 标段 \($0)" as HTML })"
                ))
        }
        if let period = row.period.value { facts.append(("周期", "\(period)")) }
        facts.append(("辖区 · 渠道", "\(value.jurisdictionName) · \(channelWord(row.channel))"))
        if let number = record?.indexNumber { facts.append(("索引号", "\(number)")) }
        if let number = record?.documentNumber, !number.isEmpty { facts.append(("发文字号", "\(number)")) }
        if let kind = record?.documentKind { facts.append(("公文种类", "\(kind)")) }
        if let addressees = record?.addressees { facts.append(("主送机关", "\(addressees)")) }
        if let day = record?.dated { facts.append(("成文日期", time(day))) }
        if let issuer = record?.issuer { facts.append(("印发机关", "\(issuer)")) }
        if let openness = record?.openness { facts.append(("公开属性", "\(openness)")) }
        if let name = record?.sourceName, !name.isEmpty { facts.append(("信息来源", "\(SourceName.of(name))")) }
        if let source = row.source.value {
            facts.append(("采集自", "\(SourceName.of(source))"))
            facts.append(("来源记录号", "<span class=\"code\">\(row.sourceKey.value)</span>"))
        }
        if let address = record?.address, !address.isEmpty {
            facts.append(
                (
                    "原文地址",
                    Link(outside: address).map { "<a href=\"\($0)\" rel=\"external\">\(address)</a>" }
                        ?? "\(address)"
                ))
        }
        facts.append(("公开时间", claimed))
        facts.append(("本平台首次见到", clockTime(row.firstSeenAt)))
        if let hash = record?.sourceHash, !hash.isEmpty {
            facts.append(("来源记录的 SHA-256", "<span class=\"code\">\(hash)</span>"))
        }
        if let hash = value.edition.sha256.value {
            facts.append(("SHA-256", "<span class=\"code\">\(hash)</span>"))
        }
        return Facts(facts).html
    }

    private var receipt: ReceiptBox? {
        value.log.value.map { mark in
            ReceiptBox(
                mark: mark, subject: "第 \(value.edition.number) 版",
                receipt: "/publications/\(row.id)/editions/\(value.edition.number)/receipt",
                record: mark.record.value.map { _ in
                    "/publications/\(row.id)/editions/\(value.edition.number)/record"
                })
        }
    }

    private var address: PermanentAddress {
        PermanentAddress(
            online: online,
            citing: "引用写标题、机关、公开日和这个地址。它指第 \(value.edition.number) 版，以后有更正，这一版和它的地址不变。")
    }

    private var claimed: HTML {
        let isClaimed = value.edition.claimedAt.value != nil
        let day: HTML = value.timeDay.value.map(time) ?? (isClaimed ? "来源载明的时间不予采信" : "没有载明")
        let words: HTML = value.edition.claimedAt.value.map { "（来源原文：\($0)）" } ?? ""
        return "\(day)\(words) · 依据：\(value.timeBasis.title(of: row.origin))"
    }

    private var text: HTML {
        guard let record else { return "" }
        let words = DocumentText(MarkedText(record.text, form: record.textForm))
        return """
            <h2>正文</h2>
            <div class="document as-published">\(words)</div>
            \(when: words.isEmpty, "<p class=\"empty\">没有正文。</p>")
            """
    }

    private var attachments: HTML {
        guard let attachments = record?.attachments, !attachments.isEmpty else { return "" }
        let words =
            attachments.contains { $0.address != nil }
            ? "附件在各自的地址，本站没有保存，打开后可以对照这里的 SHA-256；没有列出 SHA-256 的，本站没有核对过内容。"
            : "只有附件的名称，没有可以打开的文件；需要的，可以向发布机关索取。"
        return """
            <h2>附件</h2>
            <ol class="attachments">\(attachments.map(Self.attachment))</ol>
            <p class="quiet">\(words)</p>
            """
    }

    private static func attachment(_ attachment: EditionRecord.Attachment) -> HTML {
        let link = attachment.address.flatMap { Link(outside: $0) }
        let name: HTML =
            link.map { "<a href=\"\($0)\" rel=\"external\">\(attachment.name)</a>" } ?? "\(attachment.name)"
        // An address that cannot be a link is shown as it was found.
        let address: HTML? =
            link != nil ? nil : "<span class=\"quiet\">\(attachment.address ?? "没有可用的地址")</span>"
        let hash = attachment.sha256.map { "<span class=\"under code\">SHA-256 \($0)</span>" as HTML }
        return "<li>\(name) \(address)\(hash)</li>\n"
    }

    private var discharges: HTML {
        guard !value.discharges.isEmpty else {
            return row.item.value == nil
                ? "" : "<h2>履行的公开义务</h2><p>没有与之对应的公开义务：触发事项没有记录，或者信息早于台账。</p>"
        }
        return """
            <h2>履行的公开义务</h2>
            \(Table(caption: "这份信息据以算作公开的义务", columns: ["义务", "到期日", "判定", "时间依据"], rows: value.discharges.map { row in
                [
                    "<a href=\"\(row.obligation.link)\">\(row.obligation.itemTitle)</a>\(when: !row.obligation.apart.isEmpty, " <span class=\"quiet\">\(row.obligation.apart)</span>")",
                    row.obligation.dueCell,
                    "\(row.obligation.firm ? row.verdict.title : "不判定（鼓励公开）")\(when: row.revoked, "（已撤回，不再算数）")",
                    "\(row.basis.title(of: value.publication.origin))",
                ]
            }))
            """
    }

    private var events: HTML {
        guard !value.events.isEmpty else { return "" }
        return """
            <h2>据此记录的事项</h2>
            \(Table(caption: "日期取自本信息的字段或者语句", columns: ["事项", "日期与出处"], rows: value.events.map { event in
                ["\(event.kindName)\(event.lot.value.map { "（标段 \($0)）" as HTML })", event.daySentence]
            }))
            """
    }

    private var versions: HTML {
        guard !value.versions.isEmpty else { return "" }
        return """
            <h2>文件的版本</h2>
            \(Table(caption: "按标题归在一起；施行日取自正文的语句，修改后的文本常沿用最初的施行日", columns: ["文件", "版本日期（来源载明）", "施行日（正文载明）"], rows: value.versions.map { version in
                let isThis = version.publication.id == row.id
                return [
                    isThis ? "\(version.publication.title)（本文）" : "<a href=\"\(version.publication.link)\">\(version.publication.title)</a>",
                    version.versionDay.value.map(time) ?? "没有载明",
                    version.effective.value.map { "\(time($0))<br><q>\(version.quote.value)</q>" } ?? "没有载明，或者不止一个",
                ]
            }))
            """
    }

    private var twins: HTML {
        guard !value.twins.isEmpty else { return "" }
        return """
            <h2>可能是同一份公告</h2>
            \(Table(caption: "由规则比对得出，仅供参考；各自的记录没有合并", columns: ["公告", "采集自", "依据"], rows: value.twins.map { twin in
                [
                    "<a href=\"\(twin.publication.link)\">\(twin.publication.title)</a>",
                    "\(twin.publication.source.value.map(SourceName.of)) <span class=\"code\">\(twin.publication.sourceKey.value)</span>",
                    "\(twin.reason)",
                ]
            }))
            """
    }

    private var history: HTML {
        """
        <h2>版本</h2>
        \(Table(caption: "版本一经公开不再改动；更正和撤回都是新的版本", columns: ["版本", "时间", "原因", "SHA-256"], rows: value.history.map { edition in
            [
                "<a href=\"/publications/\(row.id)/editions/\(edition.number)\">第 \(edition.number) 版</a> \(edition.kindName)\(changes(edition))",
                "\(clockTime(edition.releasedAt)) <span class=\"quiet\">\(Occasion.name(of: edition.releasedBy))</span>",
                edition.erasure.value.map { "内容依法删除：\($0.ground.title)" }
                    ?? edition.reason.value.map { "\($0)" } ?? "—",
                edition.sha256.value.map { "<span class=\"code\">\($0)</span>" } ?? "—",
            ]
        }))
        """
    }

    private var neighbours: HTML {
        let (previous, next) = (value.previous.value, value.next.value)
        guard previous != nil || next != nil else { return "" }
        return """
            <nav class="beside" aria-label="同一栏目的上一篇和下一篇"><ul>
            \(previous.map { "<li>上一篇：\(Self.titled($0, rel: "prev"))</li>\n" as HTML })\
            \(next.map { "<li>下一篇：\(Self.titled($0, rel: "next"))</li>\n" as HTML })
            </ul><p class="quiet">同一栏目，按公开日排列。</p></nav>
            """
    }

    private static func titled(_ row: PublicationRow, rel: String) -> HTML {
        """
        <a href="\(row.link)" rel="\(rel)">\(row.title)</a>\
        \(row.day.value.map { " <span class=\"quiet\">\(time($0))</span>" as HTML })
        """
    }

    private var related: HTML {
        guard !value.related.isEmpty else { return "" }
        let caption = "同一项目的在前，再是同一机关的同一事项，新公开的在前，最多 \(PapersBeside.relatedMax) 条"
        return """
            <h2>相关信息</h2>
            \(Table(caption: "\(caption)", columns: ["标题", "公开日", "为什么相关"], rows: value.related.map { row in
                [
                    "<a href=\"\(row.publication.link)\">\(row.publication.title)</a>",
                    row.publication.day.value.map(time) ?? "—",
                    "\(row.relationName)<span class=\"under quiet\">\(row.publication.said)</span>",
                ]
            }))
            """
    }

    /// The way to what an edition changed, where the words of both are still public.
    private func changes(_ edition: PublicationPage.EditionRow) -> HTML {
        let before = value.history.first { $0.number == edition.number - 1 }
        guard row.state == .released, edition.kind == .correction, edition.erasure.value == nil,
            let before, before.erasure.value == nil, before.kind != .withdrawal
        else { return "" }
        return """
            <span class="under"><a href="/publications/\(row.id)/editions/\(edition.number)/changes">与上一版的不同</a></span>
            """
    }
}

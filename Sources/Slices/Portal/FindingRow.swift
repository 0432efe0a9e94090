import Catalogue
import CivilTime
import Obligations
import Publishing
import Web

/// A finding as the public sees it: the sentence it rests on, the clause, and how sure it is (问题线索).
struct FindingRow: Encodable, Sendable {
    let id: String
    let rule: String
    let ruleVersion: String
    let weight: Finding.Weight
    let clause: String
    let verified: Bool
    let detail: String
    let quotes: [Finding.Quote]
    let confidence: Finding.Confidence
    let publication: OrNull<String>
    let publicationTitle: OrNull<String>
    /// The lot that the publication is about; null where it is about the whole project.
    let lot: OrNull<String>
    /// The recorded fact that it is about, where it is about one.
    let event: OrNull<String>
    let project: OrNull<String>
    let body: OrNull<String>
    let bodyName: OrNull<String>
    /// By which it is quoted; null for one that is of no project and no publication.
    let address: OrNull<String>
    fileprivate let link: Link?
    let at: String

    private enum CodingKeys: CodingKey {
        case id, rule, ruleVersion, weight, clause, verified, detail, quotes, confidence, publication,
            publicationTitle, lot, event, project
        case body, bodyName, address, at
    }

    /// - Parameter paper: what it is about, where that is a publication.
    init(_ finding: Finding, about paper: Publication?, names: Names) {
        id = finding.id
        rule = finding.rule
        ruleVersion = finding.ruleVersion
        weight = finding.weight
        clause = finding.clause
        verified = finding.verified
        detail = finding.detail
        quotes = finding.quotes
        confidence = finding.confidence
        publication = OrNull(text: finding.paper)
        publicationTitle = OrNull(paper?.title)
        lot = OrNull(text: paper?.lot ?? "")
        event = OrNull(text: finding.subjectKind == Finding.aboutEvent ? finding.subject : "")
        project = OrNull(text: finding.project)
        body = OrNull(text: finding.body)
        bodyName = OrNull(text: finding.body.isEmpty ? "" : names.body(finding.body))
        at = finding.at
        link =
            project.value.map { "/projects/\($0)#finding-\(finding.id)" }
            ?? publication.value.map { "/publications/\($0)#finding-\(finding.id)" }
        address = OrNull(link?.address)
    }
}

extension FindingRow {
    fileprivate var place: String {
        if event.value != nil { return "取自登记的触发事项" }
        return confidence == .field ? "取自来源的字段" : "取自正文，可能误读"
    }
}

extension Finding {
    /// The publication that it is about; empty for findings about something else.
    fileprivate var paper: String {
        guard subjectKind == "publication" || subjectKind == "edition" else { return "" }
        return subject.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
    }
}

extension Reading {
    /// Findings that quote only what everybody may see.
    func rows(_ findings: [Finding], _ names: inout Names) throws -> [FindingRow] {
        try names.learn(bodies: findings.map(\.body))
        let papers = Set(findings.map(\.paper)).subtracting([""])
        notes.add(papers.map(RecordSubject.publication))
        let open = try transaction.publications.publications(papers.sorted(), audience: .everyone)
            .filter { $0.value.state == .released }
        return findings.filter { $0.paper.isEmpty || open[$0.paper] != nil }.map {
            FindingRow($0, about: open[$0.paper], names: names)
        }
    }
}

/// Who answers findings, and to whom one may turn about them, as far as the record and the plans say (答复和意见的渠道).
struct FindingReply: Encodable, Sendable {
    /// The bodies that the findings are about.
    let bodies: [Answerer]
    let supervision: [SupervisionRow]

    struct Answerer: Encodable, Sendable, Hashable {
        let id: String
        let name: String
    }

    init(_ findings: [FindingRow], supervision: [SupervisionRow]) {
        let named = findings.compactMap { finding in
            finding.body.value.map { Answerer(id: $0, name: finding.bodyName.value ?? $0) }
        }
        var seen: Set<Answerer> = []
        bodies = named.filter { seen.insert($0).inserted }
        self.supervision = supervision
    }
}

extension FindingReply: Piece {
    var html: HTML {
        """
        <h3>怎样答复和反映</h3>
        \(Facts([("由谁答复", who), ("监督渠道", channels), ("电话、地址、网址", "目录和方案没有写，本平台没有收录"), ("引用什么", "每条线索后面的地址")]))
        """
    }

    private var who: HTML {
        let links = bodies.map { bodyLink($0.id, $0.name) }.joined(separator: "、")
        return """
            \(bodies.isEmpty ? "发布公告的机关" : links)\
            <span class="under quiet">公告有误的，由它更正，更正列在该公告的各个版本里；没有误的，由它说明。</span>
            """
    }

    private var channels: HTML {
        guard !supervision.isEmpty else { return "目录没有写" }
        return "<ul class=\"plain\">\(supervision.map(\.html))</ul>"
    }
}

/// Findings with their quotes, and how to answer them.
struct FindingList: Piece {
    let findings: [FindingRow]
    let reply: FindingReply?
    /// What stands before the addresses of this site elsewhere; empty when the request does not say.
    let site: String

    /// - Parameters:
    ///   - reply: nil where the page is about more than what the findings are of.
    ///   - online: the page as readers elsewhere reach it.
    init(_ findings: [FindingRow], reply: FindingReply? = nil, online: (page: Link, whole: Link?)? = nil) {
        self.findings = findings
        self.reply = reply
        site = online.flatMap { $0.whole?.address.dropLast($0.page.address.count) }.map(String.init) ?? ""
    }

    /// What rests on an unverified rule, or is only a slip or unclear, is folded away.
    private var isPlain: (FindingRow) -> Bool { { $0.verified && $0.weight == .warning } }

    var html: HTML {
        if findings.isEmpty { return "" }
        let plain = findings.filter(isPlain)
        let others = findings.filter { !isPlain($0) }
        return """
            <h2>问题线索\(when: !plain.isEmpty, " <span class=\"quiet\">\(plain.count) 条</span>")</h2>
            <p class="quiet">线索由程序按条款比对公告原文和登记的事项得出，是提问，不是结论；引文和出处一并列出，有关机关可以答复。</p>
            \(when: !plain.isEmpty, "<ul class=\"findings\">\(plain.map(item))</ul>")
            \(when: !others.isEmpty, """
                <details><summary>另有 \(others.count) 条提示（笔误、算法有分歧，或者规则尚未核实）</summary>
                <ul class="findings">\(others.map(item))</ul></details>
                """)
            \(reply)
            """
    }

    private func item(_ finding: FindingRow) -> HTML {
        """
        <li id="finding-\(finding.id)"><p>\(finding.detail)\(when: !finding.verified, " \(Chip("unverified", "规则待核实"))")</p>
        \(finding.quotes.map { "<blockquote>\($0.text)<br><span class=\"quiet\">\(StatedPlace($0.place)?.html ?? "\($0.place)")</span></blockquote>" as HTML })
        <p class="quiet">\(source(finding))\(basis(finding))\
        \(finding.link.map { "<span class=\"under\">本条的地址：<a class=\"code\" href=\"\($0)\">\(site)\($0.address)</a></span>" as HTML })</p></li>
        """
    }

    private func source(_ finding: FindingRow) -> HTML {
        guard let publication = finding.publication.value else { return "" }
        return """
            公告原文：<a href="/publications/\(publication)">\(finding.publicationTitle.value ?? publication)</a>\
            \(finding.lot.value.map { "（标段 \($0)）" as HTML })<br>
            """
    }

    private func basis(_ finding: FindingRow) -> String {
        [finding.clause, finding.place].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

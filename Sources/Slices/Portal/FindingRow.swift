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
    /// The recorded fact that it is about, where it is about one.
    let event: OrNull<String>
    let project: OrNull<String>
    let body: OrNull<String>
    let bodyName: OrNull<String>
    let at: String

    init(_ finding: Finding, names: Names) {
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
        event = OrNull(text: finding.subjectKind == Finding.aboutEvent ? finding.subject : "")
        project = OrNull(text: finding.project)
        body = OrNull(text: finding.body)
        bodyName = OrNull(text: finding.body.isEmpty ? "" : names.body(finding.body))
        at = finding.at
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
            FindingRow($0, names: names)
        }
    }
}

/// How a finding is answered, as far as the plan says (答复和意见的渠道).
struct FindingReply: Encodable, Sendable {
    let plan: String
    let planTitle: String
    /// The plan's own words.
    let supervision: String

    init(_ plan: CataloguePlan) {
        self.plan = plan.plan
        planTitle = plan.title
        supervision = plan.supervision
    }
}

extension FindingReply: Piece {
    var html: HTML {
        """
        <p class="quiet">公告有误的，由发布公告的机关更正，更正会列在该公告的各个版本里；没有误的，也可以说明。\
        监督渠道：\(supervision)（《\(planTitle)》）。</p>
        """
    }
}

/// Findings with their quotes, and how to answer them.
struct FindingList: Piece {
    let findings: [FindingRow]
    let reply: FindingReply?

    /// - Parameter reply: nil where the page cannot tell whose plan it is.
    init(_ findings: [FindingRow], reply: FindingReply? = nil) {
        self.findings = findings
        self.reply = reply
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
            \(reply)
            \(when: !plain.isEmpty, "<ul class=\"findings\">\(plain.map(item))</ul>")
            \(when: !others.isEmpty, """
                <details><summary>另有 \(others.count) 条提示（笔误、算法有分歧，或者规则尚未核实）</summary>
                <ul class="findings">\(others.map(item))</ul></details>
                """)
            """
    }

    private func item(_ finding: FindingRow) -> HTML {
        """
        <li><p>\(finding.detail)\(when: !finding.verified, " \(Chip("unverified", "规则待核实"))")</p>
        \(finding.quotes.map { "<blockquote>\($0.text)<br><span class=\"quiet\">\(StatedPlace($0.place)?.html ?? "\($0.place)")</span></blockquote>" as HTML })
        <p class="quiet">\(finding.clause)\(when: !finding.clause.isEmpty, "；")\
        \(finding.place)\
        \(finding.publication.value.map { "；<a href=\"/publications/\($0)\">原文</a>" as HTML })</p></li>
        """
    }
}

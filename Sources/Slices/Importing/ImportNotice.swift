import Catalogue
import CivilTime
import Law
import Markup
import Obligations
import People
import Projects
import Publishing
import Storage

/// Takes one notice in: its publication, its project, its dated facts and what the checks notice about it.
///
/// The whole row or nothing. The same row again changes nothing; changed content makes a new edition.
///
/// - Law. The time is attested by the source; absence of later steps accuses nobody.
package struct ImportNotice {
    package let notice: ParsedNotice
    /// The row's content in canonical form.
    package let content: [UInt8]
    /// Its SHA-256.
    package let hash: String
    package let jurisdiction: Jurisdiction
    /// With the record id, the identity of the record.
    package let source: String
    package let findings: [NoticeFinding]

    package init(
        notice: ParsedNotice, content: [UInt8], hash: String? = nil, jurisdiction: Jurisdiction,
        source: String, findings: [NoticeFinding]
    ) {
        self.notice = notice
        self.content = content
        self.hash = hash ?? ContentHash.sha256(content)
        self.jurisdiction = jurisdiction
        self.source = source
        self.findings = findings
    }

    package enum Outcome: Sendable, Hashable {
        case imported
        case unchanged
    }

    /// - Throws: what an act refuses; then nothing of the row remains.
    package func perform(in transaction: Transaction, law: LawBook, _ occasion: Occasion) throws -> Outcome {
        let known = try transaction.publications.publication(source: source, key: notice.recordID)
        if let known {
            if try transaction.publications.isErased(known) { throw PublishingProblem.erased(known.id) }
            if try transaction.imports.lastHash(of: known.id) == hash { return .unchanged }
        }
        let publication = try known ?? publish(in: transaction, law, occasion)
        var edition = 1
        if let known {
            let corrected = try CorrectPublication(
                publication: known.id, record: record, reason: try reason(for: known, in: transaction),
                imported: importedFrom
            ).perform(in: transaction, law: law, occasion)
            edition = corrected.number
        }
        try transaction.imports.insert(
            record: content, sha256: hash, of: publication.id, n: edition,
            form: notice.form + "/" + notice.formVersion,
            at: occasion.now)
        try transaction.imports.replace(
            NoticeValues(notice: notice).all, of: publication.id, isNew: known == nil)
        try transaction.twins.link(
            NoticeTwins(notice: notice).fingerprints, of: publication.id, isNew: known == nil,
            at: occasion.now)
        if let policy { try transaction.policies.put(policy, of: publication.id) }
        if !publication.body.isEmpty {
            let facts = NoticeFacts(notice: notice, publication: publication, edition: edition)
            try facts.record(in: transaction, law, occasion)
        }
        try note(publication, edition, in: transaction, occasion)
        return .imported
    }

    /// What a newer form reads otherwise may be no change of the source.
    private func reason(for known: Publication, in transaction: Transaction) throws -> String {
        let form = notice.form + "/" + notice.formVersion
        return try transaction.imports.lastForm(of: known.id) == form ? "来源内容变更" : "来源内容变更，或者采集格式变更"
    }

    private func publish(
        in transaction: Transaction, _ law: LawBook, _ occasion: Occasion
    ) throws -> Publication {
        let project = try openProject(in: transaction, occasion)
        // The buyer answers for the information; an agency or a platform only carries it.
        let body = try notice.buyer.map {
            try RegisterExternal(jurisdiction: jurisdiction.code, name: $0.value).perform(
                in: transaction, occasion)
        }
        var publish = Publish(body: body?.id ?? "", record: record)
        publish.jurisdiction = jurisdiction.code
        publish.item = body == nil ? "" : notice.items[jurisdiction.catalogue] ?? ""
        publish.project = project ?? ""
        publish.lot = notice.lots.count == 1 ? notice.lots[0].number : ""
        publish.channel = DisclosureChannel.platform.rawValue
        publish.imported = importedFrom
        publish.carries = try carriedItems(with: publish.item, in: transaction, occasion)
        return try publish.perform(in: transaction, law: law, occasion).publication
    }

    /// The items that are published together with the notice's own, and that this notice holds: its budget.
    private func carriedItems(
        with item: String, in transaction: Transaction, _ occasion: Occasion
    ) throws -> [String] {
        guard notice.sum(.budget)?.sum.fen != nil else { return [] }
        let kind = "procurement.documents_issued"
        return try transaction.catalogue.items(triggeredBy: kind, in: jurisdiction.code, on: occasion.today)
            .filter { carried in
                carried.parent == item && carried.clocks(for: kind).contains(where: \.runsWithParent)
            }
            .map(\.id)
    }

    private func openProject(in transaction: Transaction, _ occasion: Occasion) throws -> String? {
        let keys = notice.projectKeys
        guard !keys.isEmpty else { return nil }
        let opened = try OpenProject(
            jurisdiction: jurisdiction.code, field: notice.kind.field,
            title: notice.projectName?.value ?? notice.title,
            keys: keys,
            lots: notice.lots.map { Lot(number: $0.number, title: $0.title ?? "") }, source: source
        ).perform(in: transaction, occasion)
        if opened.isNew { transaction.ledger.holdNothing(ofProject: opened.project.id) }
        return opened.project.id
    }

    private var record: EditionRecord {
        var record = EditionRecord(
            title: notice.title, text: notice.markedText?.text ?? notice.cleanText,
            documentNumber: notice.marks.documentNumber ?? "",
            sourceName: notice.medium ?? source,
            address: notice.addresses.first ?? "", sourceHash: hash)
        record.textForm = notice.markedText?.form
        record.indexNumber = notice.marks.indexNumber
        record.documentKind = notice.marks.documentKind
        record.addressees = notice.marks.addressees
        record.openness = notice.marks.openness
        record.dated = notice.marks.dated
        record.issuer = notice.marks.issuer
        let attachments = notice.attachments.map {
            EditionRecord.Attachment(name: $0.name, address: $0.address)
        }
        record.attachments = attachments.isEmpty ? nil : attachments
        return record
    }

    /// nil where the notice is no policy text.
    private var policy: PolicyVersion? {
        guard notice.kind == .policyText else { return nil }
        return PolicyReading(title: notice.title, text: notice.cleanText, printedDay: notice.versionDay)
            .version
    }

    private var importedFrom: Publish.ImportedFrom {
        Publish.ImportedFrom(
            source: source, key: notice.recordID, claimedAt: notice.published.printed,
            claimedDay: notice.published.day)
    }

    private func note(
        _ publication: Publication, _ edition: Int, in transaction: Transaction, _ occasion: Occasion
    ) throws {
        if edition > 1 { try transaction.findings.clear(subject: publication.id, kind: "publication") }
        for finding in findings {
            try transaction.findings.insert(
                Finding(
                    id: transaction.newID(), rule: finding.rule, ruleVersion: finding.ruleVersion,
                    weight: finding.weight == .warning ? .warning : .note, clause: finding.clause,
                    verified: finding.verified, subjectKind: "publication", subject: publication.id,
                    project: publication.project, body: publication.body, detail: finding.detail,
                    quotes: finding.quotes, confidence: finding.confidence == .field ? .field : .text,
                    at: occasion.now))
        }
        try noteFirstDay(publication, in: transaction, occasion)
        // Of a title or an excerpt nobody can say that it names no body.
        if publication.body.isEmpty, notice.isWhole {
            try transaction.findings.insert(
                Finding(
                    id: transaction.newID(), rule: "unassigned", ruleVersion: notice.formVersion,
                    weight: .note,
                    clause: "", verified: true,
                    subjectKind: "publication", subject: publication.id, project: publication.project,
                    body: "",
                    detail: "公告没有写明采购人或者招标人，无法确定公开主体，未据此产生公开义务。", quotes: [],
                    confidence: .text, at: occasion.now))
        }
    }

    /// An amended text keeps the first version's words: whoever reads the day as this version's is wrong by years.
    private func noteFirstDay(
        _ publication: Publication, in transaction: Transaction, _ occasion: Occasion
    ) throws {
        guard let policy, policy.keepsFirstDay, let day = policy.day, let effective = policy.effective else {
            return
        }
        try transaction.findings.insert(
            Finding(
                id: transaction.newID(), rule: "effective-before-version", ruleVersion: notice.formVersion,
                weight: .note, clause: "", verified: true, subjectKind: "publication",
                subject: publication.id, project: publication.project, body: publication.body,
                detail: "文本写明自 \(effective) 起施行，早于本版本的日期 \(day)：经修改的文本常沿用首版的施行日；本版本何时施行，须看修改决定。",
                quotes: [Finding.Quote(place: "正文", text: policy.quote)], confidence: .text,
                at: occasion.now))
    }
}

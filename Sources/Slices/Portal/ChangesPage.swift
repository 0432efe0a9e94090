import Catalogue
import CivilTime
import Publishing
import Web

/// `GET /publications/:id/editions/:n/changes`: what an edition says otherwise than the one before (版本对照).
///
/// Open to anyone. Only between two editions whose words are both public now: what was withdrawn, erased or is meant
/// for fewer than everybody is compared for nobody.
struct ChangesPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let publication: PublicationRow
        /// The edition, and the one before it.
        let edition: PublicationPage.EditionRow
        let before: PublicationPage.EditionRow
        let changes: EditionChanges
    }

    func add(to routes: Routes) {
        routes.get("publications/:id/editions/:n/changes") { request in
            let id = request.parameter("id")
            guard let number = Int(request.parameter("n")), (1...1_000_000).contains(number) else {
                throw PublishingProblem.notFound(id)
            }
            let found = try await room.read { try value(id, number, $0) }
            return Answer(ChangesBody(value: found).page, data: found, meantFor: .everyone)
        }
    }

    private func value(_ id: String, _ number: Int, _ reading: Reading) throws -> Value {
        let store = reading.transaction.publications
        guard let publication = try store.publication(id), publication.audience == .everyone else {
            throw PublishingProblem.notFound(id)
        }
        guard number > 1 else { throw PublishingProblem.firstEdition(id) }
        guard let edition = try store.edition(id, number: number),
            let before = try store.edition(id, number: number - 1)
        else { throw PublishingProblem.noEdition(id, number: number) }
        guard publication.state == .released, let new = edition.record, let old = before.record else {
            throw PublishingProblem.wordsGone(id)
        }
        guard let changes = EditionChanges(from: old, to: new) else {
            throw PublishingProblem.tooLong("不同的部分", limit: EditionChanges.paragraphsMax, unit: "段")
        }
        var names = reading.names()
        return Value(
            day: reading.day, publication: try reading.rows([publication], &names)[0],
            edition: .init(edition, showsRecord: false), before: .init(before, showsRecord: false),
            changes: changes)
    }
}

/// The differences as a page. Signs and words say what was removed and added; colour only repeats them.
struct ChangesBody: Sendable {
    let value: ChangesPage.Value

    private var row: PublicationRow { value.publication }

    var page: Page {
        Page(
            title: "第 \(value.edition.number) 版与第 \(value.before.number) 版的不同：\(row.title)",
            crumbs: [
                .init("首页", "/"), .init("公开信息", "/publications"), .init(row.title, row.link),
            ],
            """
            \(facts)
            <p class="quiet">标为<del>这样</del>的是删去的，标为<ins>这样</ins>的是增加的；没有改动的段落略去，前后各留一段。</p>
            <h2>正文</h2>
            \(text)
            """)
    }

    private var facts: HTML {
        let changes = value.changes
        var facts: [(name: String, value: HTML)] = [
            ("第 \(value.before.number) 版", edition(value.before)),
            ("第 \(value.edition.number) 版", edition(value.edition)),
        ]
        if let reason = value.edition.reason.value {
            facts.append(("\(value.edition.kindName)的原因", "\(reason)"))
        }
        if !changes.title.isKept { facts.append(("标题", marked(changes.title))) }
        if !changes.indexNumber.isKept { facts.append(("索引号", marked(changes.indexNumber))) }
        if !changes.documentNumber.isKept { facts.append(("发文字号", marked(changes.documentNumber))) }
        if !changes.documentKind.isKept { facts.append(("公文种类", marked(changes.documentKind))) }
        if !changes.addressees.isKept { facts.append(("主送机关", marked(changes.addressees))) }
        if !changes.openness.isKept { facts.append(("公开属性", marked(changes.openness))) }
        if !changes.dated.isKept { facts.append(("成文日期", marked(changes.dated))) }
        if !changes.issuer.isKept { facts.append(("印发机关", marked(changes.issuer))) }
        for attachment in changes.attachments where !attachment.isKept {
            facts.append(("附件", marked(attachment)))
        }
        return Facts(facts).html
    }

    private func edition(_ edition: PublicationPage.EditionRow) -> HTML {
        "<a href=\"/publications/\(row.id)/editions/\(edition.number)\">\(edition.kindName)</a>，\(clockTime(edition.releasedAt))"
    }

    private var text: HTML {
        let paragraphs = value.changes.text
        guard paragraphs.contains(where: { !$0.isKept }) else { return "<p class=\"empty\">正文没有改动。</p>" }
        var (lines, left): ([HTML], Int) = ([], 0)
        for (index, paragraph) in paragraphs.enumerated() {
            let neighbours = paragraphs[max(0, index - 1)...min(paragraphs.count - 1, index + 1)]
            if neighbours.allSatisfy(\.isKept) {
                left += 1
                continue
            }
            lines += [omitted(left), "<p class=\"as-published\">\(marked(paragraph))</p>\n"]
            left = 0
        }
        return "<div class=\"document\">\(lines)\(omitted(left))</div>"
    }

    private func omitted(_ count: Int) -> HTML {
        count == 0 ? "" : "<p class=\"quiet\">（此处 \(count) 段没有改动）</p>\n"
    }

    private func marked(_ paragraph: EditionChanges.Paragraph) -> HTML {
        "\(paragraph.pieces.map(marked))"
    }

    private func marked(_ piece: EditionChanges.Piece) -> HTML {
        switch piece.kind {
        case .kept: "\(piece.text)"
        case .removed: "<del>\(piece.text)</del>"
        case .added: "<ins>\(piece.text)</ins>"
        }
    }
}

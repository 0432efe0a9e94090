import Catalogue
import ChineseText
import CivilTime
import Law
import Projects
import Publishing
import Searching
import Storage
import Web

/// `GET /search?q=`: projects by any of their codes, then whatever the index finds. `kind=` narrows; a short name is searched
/// for by its long one as well unless `exact=1`.
///
/// Open to anyone; at most 100 hits a page; `q` has at most 200 characters. Publications that are not meant for
/// everybody are left out even when the index holds them.
struct SearchPage {
    let room: ReadingRoom
    let finder: Finder?

    struct Value: Encodable, Sendable {
        let day: Day
        let q: String
        let kind: OrNull<SearchDocument.Kind>
        /// What was searched for as well; null where the words hold no short name, or were meant alone.
        let writtenOut: OrNull<WrittenOut>
        /// Projects that bear the words as a code.
        let byCode: [ProjectList.Row]
        /// What the words name that ought to be public and is not; empty on further pages and for one kind alone.
        let missing: MissingByName
        /// Each hit looked at; what has left the record since the index read it is not counted.
        let total: Int
        /// Whether counting stopped at `total`, so that there may be more.
        let totalIsMinimum: Bool
        let items: [SearchRow]
        let next: OrNull<String>
        /// How far the index has read, and how far it could have.
        let readTo: Int
        let journalHead: Int
    }

    func add(to routes: Routes) {
        routes.get("search", taking: ["q", "kind", "exact"] + WebRequest.paging) { request in
            let words = try request.query.text("q") ?? ""
            let kind = try request.query.choice("kind", of: SearchDocument.Kind.self)
            let limit = try request.limit()
            let cursor = try request.cursor(of: "search", .text)
            let isExact = try request.query.flag("exact")
            let writtenOut = isExact ? nil : try ShortNames.builtIn().writtenOut(words)
            let question = Finder.Query(
                words: words, writtenOut: writtenOut?.words ?? [], kind: kind, after: cursor?.text(0),
                limit: limit)
            let found = words.isEmpty ? nil : try await finder?.find(question)
            let goOn = found?.next.map { Cursor(list: "search", [.text($0)]) }
            let next = try request.link(after: goOn, format: .json)?.address
            let complete = try await room.read { try value(question, writtenOut, found, $0, next: next) }
            let turner = Turner(
                first: cursor == nil ? nil : try request.link(changing: "after", to: nil),
                next: try request.link(after: goOn))
            let kinds = try ([nil] + SearchDocument.Kind.allCases.map(Optional.some)).map {
                (kind: $0, link: try request.link(changing: "kind", to: $0?.rawValue))
            }
            let exact = try request.link(changing: "exact", to: "1")
            return Answer(
                SearchBody(
                    value: complete, kinds: kinds, exact: exact, hasIndex: finder != nil, turner: turner
                ).page,
                data: complete, table: { CSVTable.found(complete) },
                next: try request.link(after: goOn, format: request.format),
                meantFor: .everyone)
        }
    }

    private func value(
        _ question: Finder.Query, _ writtenOut: WrittenOut?, _ found: Finder.Found?, _ reading: Reading,
        next: String?
    ) throws -> Value {
        let isFirst = question.after == nil && !question.words.isEmpty
        let hits = found?.hits ?? []
        let rows = try reading.rows(hits)
        let folded = CodeFolding.fold(question.words)
        let bearing =
            isFirst && !folded.isEmpty && (question.kind == nil || question.kind == .project)
            ? try reading.transaction.projects.projects(bearing: folded, limit: 20) : []
        return Value(
            day: reading.day, q: question.words, kind: OrNull(question.kind), writtenOut: OrNull(writtenOut),
            byCode: try ProjectList.value(bearing, reading).items,
            missing: isFirst && question.kind == nil
                ? try reading.missing(
                    namedBy: question.words, or: question.writtenOut, Self.projects(bearing.map(\.id), found))
                : .none,
            total: (found?.count.number ?? 0) - (hits.count - rows.count),
            totalIsMinimum: found?.count.isMinimum ?? false, items: rows,
            next: OrNull(next), readTo: found?.readTo ?? 0, journalHead: try reading.transaction.journalHead()
        )
    }
}

extension SearchPage {
    /// A name that more projects bear names none of them.
    private static let namesakesMax = 10

    /// The projects that the words name: those that bear them as a code, and those that the index found by name where
    /// they are few. It gives projects before anything else, so that few of them are all.
    private static func projects(_ bearing: [String], _ found: Finder.Found?) -> [String] {
        let hits = found?.hits ?? []
        let byName = hits.filter { $0.kind == .project }.map(\.id)
        let areAll = hits.last?.kind != .project || found?.next == nil
        guard areAll, byName.count <= namesakesMax else { return bearing }
        return bearing + byName.filter { !bearing.contains($0) }
    }
}

/// What was found, as a page.
struct SearchBody: Sendable {
    let value: SearchPage.Value
    let kinds: [(kind: SearchDocument.Kind?, link: Link)]
    /// The words alone.
    let exact: Link
    let hasIndex: Bool
    let turner: Turner

    var page: Page {
        Page(
            title: value.q.isEmpty ? "搜索" : "搜索：\(value.q)", crumbs: [.init("首页", "/")],
            """
            \(form)
            \(when: !value.q.isEmpty, "\(narrow)\(both)\(codes)\(MissingByNameBox(missing: value.missing))\(hits)")
            \(turner)
            \(state)
            """)
    }

    private var form: HTML {
        """
        <form class="search-box" method="get" action="/search" role="search">
        <input type="search" name="q" value="\(value.q)" aria-label="搜索" placeholder="编号、名称、机构、正文里的词" maxlength="200">\
        <button type="submit">搜索</button></form>
        """
    }

    private var narrow: HTML {
        let entries = kinds.map { entry -> HTML in
            let isHere = entry.kind == value.kind.value
            return """
                <li><a href="\(entry.link)"\(when: isHere, " aria-current=\"true\"")>\(entry.kind?.title ?? "全部")</a></li>
                """
        }
        return "<nav class=\"states\" aria-label=\"种类\"><ul>\(entries)</ul></nav>"
    }

    private var both: HTML {
        guard let names = value.writtenOut.value else { return "" }
        return """
            <p>“\(names.short)”是简称，也按全称“\(names.long.joined(separator: "”“"))”搜索了，只有全称的排在后面。\
            <a href="\(exact)">只搜“\(value.q)”</a></p>
            """
    }

    private var codes: HTML {
        guard !value.byCode.isEmpty else { return "" }
        return """
            <h2>编号相符的项目</h2>
            <ul class="rows">\(value.byCode.map { row in
                """
                <li><a href="/projects/\(row.id)">\(row.title)</a><br><span class="quiet">\(row.jurisdictionName) · \
                \(row.keys.map { "<span>\($0.kindName)</span> \($0.printed)" as HTML }.joined(separator: "；"))</span></li>
                """ as HTML
            })</ul>
            """
    }

    private var hits: HTML {
        guard hasIndex else { return "<p class=\"empty\">全文索引没有开启，只能按编号查找。</p>" }
        guard !value.items.isEmpty else {
            guard value.next.value == nil else {
                return "<p class=\"empty\">查到这里还没有找到“\(value.q)”，可以翻到下一页接着查。</p>"
            }
            return "<p class=\"empty\">没有找到“\(value.q)”。可以换一个说法，或者只输入编号的一部分数字和字母。</p>"
        }
        return """
            <h2>找到的 <span class="quiet">\(value.totalIsMinimum ? "至少 " : "")\(value.total) 条</span></h2>
            <ul class="rows">\(value.items.map(\.entry))</ul>
            """
    }

    private var state: HTML {
        guard hasIndex, !value.q.isEmpty else { return "" }
        return value.readTo >= value.journalHead
            ? "<p class=\"quiet\">到现在公开的都已经收入索引。</p>"
            : "<p class=\"quiet\">索引读到留痕第 \(value.readTo) 号，现有 \(value.journalHead) 号；刚刚公开的可能还没有收入。</p>"
    }
}

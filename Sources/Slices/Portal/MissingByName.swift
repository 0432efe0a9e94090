import Catalogue
import ChineseText
import Obligations
import People
import Web

/// What the words of a search name that ought to be public, now or later, and is not (名称相符的未公开义务).
///
/// A word names an item by its title or id, a body by its name, a place by its name; what all words name is meant. All
/// words together name projects by a code or by name.
struct MissingByName: Encodable, Sendable {
    /// Longest due first; 10 at most. Nothing under rules that nobody has verified is called overdue.
    let items: [ObligationRow]
    /// The whole ledger of each item, project or body among them.
    let lists: [WholeList]
    /// Whether there are more than these.
    let goesOn: Bool

    struct WholeList: Encodable, Sendable {
        let title: String
        let address: String
        let link: Link

        enum CodingKeys: CodingKey { case title, address }

        init(_ title: String, _ condition: String, _ id: String) {
            self.title = title
            link = ("/obligations" as Link).adding([(name: condition, value: id)])
            address = link.address
        }
    }

    static let none = MissingByName(items: [], lists: [], goesOn: false)
}

extension Reading {
    private static let missingMax = 10
    /// A word that names more bodies tells none of them from the others.
    private static let bodiesMax = 20
    private static let wordsMax = 8

    /// What the words name that is missing; nothing where they name no item, body or project.
    ///
    /// - Parameters:
    ///   - others: the words with a short name written out.
    ///   - projects: those that the words name.
    func missing(namedBy words: String, or others: [String], _ projects: [String]) throws -> MissingByName {
        let titles = try transaction.catalogue.titles().map { ($0.item, CodeFolding.fold($0.title)) }
        let things = try ([words] + others).map { try self.things($0, titles) }
        let obligations = transaction.obligations
        let named = try obligations.missing(namedByAny: things, as: filter, limit: Self.missingMax + 1)
        let found = named.merged(
            with: try obligations.missing(inProjects: projects, as: filter, limit: Self.missingMax + 1))
        let shown = Array(found.prefix(Self.missingMax))
        var names = names()
        try names.learn(shown)
        let rows = shown.map { ObligationRow($0, names: names, on: day, soon: soon) }
        return MissingByName(
            items: rows,
            lists: Self.wholeLists(
                of: rows, items: Set(things.joined().flatMap(\.items)), projects: Set(projects)),
            goesOn: found.count > shown.count)
    }

    /// What each word names; nothing where none of them names an item or a body.
    private func things(_ words: String, _ titles: [(item: String, folded: String)]) throws -> [NamedThings] {
        let words = words.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count <= Self.wordsMax else { return [] }
        let things = try words.map { try thing($0, titles) }
        return things.allSatisfy { $0.items.isEmpty && $0.bodies.isEmpty } ? [] : things
    }

    /// A single character is in so many names that it names none.
    private func thing(_ word: String, _ titles: [(item: String, folded: String)]) throws -> NamedThings {
        let folded = CodeFolding.fold(word)
        guard folded.count > 1 else { return NamedThings(items: [], bodies: [], jurisdictions: []) }
        let items = titles.filter { $0.folded.contains(folded) || CodeFolding.fold($0.item) == folded }
        let places = try transaction.jurisdictions.jurisdictions().filter {
            CodeFolding.fold($0.name).contains(folded)
        }
        return NamedThings(
            items: Set(items.map(\.item)).sorted(),
            bodies: try transaction.bodies.bodies(named: ScriptFolding.fold(word), most: Self.bodiesMax),
            jurisdictions: places.map(\.code))
    }

    /// The ledger of each item or project that was named, and of the body where only that was.
    private static func wholeLists(
        of rows: [ObligationRow], items: Set<String>, projects: Set<String>
    ) -> [MissingByName.WholeList] {
        var seen: Set<String> = []
        return rows.map { row in
            if let project = row.project.value, projects.contains(project) {
                return MissingByName.WholeList(row.projectTitle.value ?? project, "project", project)
            }
            return items.contains(row.item)
                ? MissingByName.WholeList(row.itemTitle, "item", row.item)
                : MissingByName.WholeList(row.bodyName, "body", row.body)
        }.filter { seen.insert($0.address).inserted }
    }
}

extension [Obligation] {
    /// Both, each once, longest due first.
    fileprivate func merged(with others: [Obligation]) -> [Obligation] {
        let known = Set(map(\.id))
        return (self + others.filter { !known.contains($0.id) }).sorted { $0.order < $1.order }
    }
}

/// The short list above the hits of a search.
struct MissingByNameBox: Piece {
    let missing: MissingByName

    var html: HTML {
        guard !missing.items.isEmpty else { return "" }
        let lists = missing.lists.map { "<li><a href=\"\($0.link)\">\($0.title)</a></li>" as HTML }
        return """
            <h2>应当公开、还没有公开的</h2>
            \(Table.obligations(missing.items, caption: "事项、机关或者项目与搜索的词相符；到期早的在前", empty: ""))
            \(when: missing.goesOn, "<p class=\"quiet\">这里只列出前几项。</p>")
            <p>全部公开义务：</p>
            <ul>\(lists)</ul>
            """
    }
}

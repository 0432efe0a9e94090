import CivilTime

/// One thing that can be found.
package struct SearchDocument: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case project, item, body, publication

        package var title: String {
            switch self {
            case .project: "项目"
            case .item: "公开事项"
            case .body: "公开主体"
            case .publication: "公开信息"
            }
        }

        /// Dossiers, items and bodies are few and stand before the documents about them.
        var weight: Int {
            switch self {
            case .project: 3
            case .item, .body: 2
            case .publication: 1
            }
        }
    }

    package let kind: Kind
    /// The id under which its own page shows it; `JURISDICTION/ITEM` for an item.
    package let subject: String
    package let title: String
    /// What it is found by besides its title.
    package let text: String
    package let day: Day?
}

/// One answer to a search.
package struct SearchHit: Sendable, Hashable {
    package let document: SearchDocument
    /// Its place in the index, for the next page.
    package let cursor: SearchCursor
}

/// Where a list of hits goes on.
package struct SearchCursor: Sendable, Hashable {
    package let weight: Int
    package let id: Int

    package init(weight: Int, id: Int) {
        self.weight = weight
        self.id = id
    }
}

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

/// Some of the answers to a search.
package struct SearchBatch: Sendable, Hashable {
    package let hits: [SearchHit]
    /// Where the list goes on; nil at its end.
    package let next: SearchCursor?
}

/// How many answers a search has.
package struct SearchCount: Sendable, Hashable {
    package let number: Int
    /// Whether counting stopped there, so that there may be more.
    package let isMinimum: Bool

    package init(number: Int, isMinimum: Bool) {
        self.number = number
        self.isMinimum = isMinimum
    }
}

/// Where a list of hits goes on.
package struct SearchCursor: Sendable, Hashable {
    package let weight: Int
    package let id: Int
    /// Which of the queries it answers that are searched for one after another, 0 for the first.
    package let query: Int

    package init(weight: Int, id: Int, query: Int = 0) {
        self.weight = weight
        self.id = id
        self.query = query
    }
}

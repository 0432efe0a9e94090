import ChineseText
import Portal
import Searching
import Storage

/// The search page asks, the index answers.
extension House {
    /// Hits counted at most; beyond it the page says 至少 (at least).
    private static let countMax = 300

    var finder: Finder {
        Finder(marks: { [search] in try await search.read { try $0.followerMarks() } }) { [search] query in
            try await search.read { transaction in
                let cursor = query.after.flatMap(SearchCursor.init(text:))
                let batch = try transaction.search.hits(
                    query.words, or: query.writtenOut, kind: query.kind, after: cursor, limit: query.limit)
                let areAll = query.after == nil && batch.next == nil
                let count =
                    areAll
                    ? SearchCount(number: batch.hits.count, isMinimum: false)
                    : try transaction.search.count(
                        query.words, or: query.writtenOut, kind: query.kind, upTo: Self.countMax)
                return Finder.Found(
                    hits: batch.hits.map { Finder.Hit($0, asked: query) }, count: count,
                    next: batch.next?.text,
                    readTo: try transaction.followerMarks().first { $0.name == "search" }?.bookmark ?? 0)
            }
        }
    }
}

extension Finder.Hit {
    fileprivate init(_ hit: SearchHit, asked query: Finder.Query) {
        let document = hit.document
        let snippet = Snippet(of: document.text, for: ([query.words] + query.writtenOut)[hit.cursor.query])
        self.init(
            kind: document.kind, id: document.subject, title: document.title,
            snippet: (snippet.continuesBefore ? "…" : "") + snippet.text
                + (snippet.continuesAfter ? "…" : ""),
            day: document.day)
    }
}

extension SearchCursor {
    fileprivate var text: String { "\(weight).\(id).\(query)" }

    /// A forged one merely starts elsewhere in the same public list.
    fileprivate init?(text: String) {
        let parts = text.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(weight: parts[0], id: parts[1], query: parts[2])
    }
}

import ChineseText
import CivilTime
import Storage

/// Every statement on the index.
package struct SearchStore {
    let transaction: Transaction

    /// How many candidates one page, or one count, looks at before it stops.
    private static let candidatesMax = 2000

    /// The documents that hold every word of a query, weightier kinds first, then the newest; after them those that hold
    /// every word of another, in the same order, and not of one before.
    ///
    /// - Parameters:
    ///   - query: what a reader typed. 简 and 繁, width and case are equal; words are parted by blanks.
    ///   - others: the query with a short name written out.
    ///   - kind: only this kind, or nil.
    ///   - cursor: where the batch before ended.
    ///   - limit: hits at most, 1...100.
    package func hits(
        _ query: String, or others: [String] = [], kind: SearchDocument.Kind? = nil,
        after cursor: SearchCursor? = nil, limit: Int
    ) throws -> SearchBatch {
        var hits: [SearchHit] = []
        let stop = try look(for: [query] + others, kind, after: cursor) { hit in
            hits.append(hit)
            return hits.count < limit
        }
        return SearchBatch(hits: hits, next: stop)
    }

    /// How many documents hold every word of a query, or of one of the others, each of them looked at.
    ///
    /// - Parameter limit: where the count stops.
    package func count(
        _ query: String, or others: [String] = [], kind: SearchDocument.Kind? = nil, upTo limit: Int
    ) throws -> SearchCount {
        var number = 0
        let stop = try look(for: [query] + others, kind, after: nil) { _ in
            number += 1
            return number < limit
        }
        return SearchCount(number: number, isMinimum: stop != nil)
    }

    /// Shows what answers any of the queries, in the order of the list, until there is no more or `visit` wants none.
    ///
    /// - Returns: where it stopped; nil at the end of what there is.
    private func look(
        for queries: [String], _ kind: SearchDocument.Kind?, after cursor: SearchCursor?,
        visit: (SearchHit) -> Bool
    ) throws -> SearchCursor? {
        let asked = queries.enumerated().map { Asked($0.element, number: $0.offset) }
        let first = cursor?.query ?? 0
        for query in asked where query.number >= first {
            let place = query.number == first ? cursor : nil
            let shown = asked.prefix(query.number)
            if let stop = try look(for: query, except: shown, kind, after: place, visit: visit) {
                return stop
            }
        }
        return nil
    }

    /// - Parameter shown: what these answer has been shown already.
    private func look(
        for asked: Asked, except shown: ArraySlice<Asked>, _ kind: SearchDocument.Kind?,
        after cursor: SearchCursor?, visit: (SearchHit) -> Bool
    ) throws -> SearchCursor? {
        guard !asked.words.isEmpty else { return nil }
        var last = cursor
        var seen = 0
        while true {
            let page = try candidates(asked, kind, after: last, limit: 100)
            for hit in page {
                seen += 1
                last = hit.cursor
                // The pairs of a long word may stand apart: only the text itself can tell.
                let text = FoldedDocument(hit.document)
                let isNew = text.answers(asked) && !shown.contains(where: text.answers)
                let goesOn = (!isNew || visit(hit)) && seen < Self.candidatesMax
                if !goesOn { return last }
            }
            if page.count < 100 { return nil }
        }
    }

    private func candidates(
        _ asked: Asked, _ kind: SearchDocument.Kind?, after cursor: SearchCursor?, limit: Int
    ) throws -> [SearchHit] {
        let ofKind: SQL = kind.map { "AND search_document.kind = \($0.rawValue)" } ?? ""
        let beyond: SQL =
            cursor.map { "AND (search_document.weight, search_document.id) < (\($0.weight), \($0.id))" } ?? ""
        return try transaction.rows(
            """
            SELECT search_document.id, search_document.kind, search_document.subject, search_document.weight,
                search_document.title, search_document.text, search_document.day
            FROM search_word JOIN search_document ON search_document.id = search_word.rowid
            WHERE search_word MATCH \(match(asked.words)) \(ofKind) \(beyond)
            ORDER BY search_document.weight DESC, search_document.id DESC LIMIT \(limit)
            """
        ).map { try SearchHit($0, query: asked.number) }
    }

    /// Words as FTS5 reads them, each in quotes: no word of a reader is an operator.
    private func match(_ words: [String]) -> String {
        words.map { word in
            "\"" + word.replacing("\"", with: "\"\"") + "\"" + (SearchTokens.isBeginning(word) ? "*" : "")
        }.joined(separator: " AND ")
    }

    /// Puts documents into the index that are not there.
    ///
    /// All rows first and all words after them: a statement between two texts makes FTS5 write out the words that it has
    /// gathered, a piece of the index for each text.
    func put(_ documents: [SearchDocument]) throws {
        let last =
            try transaction.row("SELECT COALESCE(max(id), 0) AS id FROM search_document")?.int("id") ?? 0
        let numbered = zip((last + 1)..., documents)
        for (id, document) in numbered {
            try transaction.insert(
                into: "search_document (id, kind, subject, weight, title, text, day)",
                [
                    [
                        id.sqlValue, .text(document.kind.rawValue), .text(document.subject),
                        document.kind.weight.sqlValue, .text(document.title), .text(document.text),
                        SQLValue(document.day),
                    ]
                ])
        }
        for (id, document) in numbered {
            try transaction.insert(
                into: "search_word (rowid, words)", [[id.sqlValue, .text(document.words)]])
        }
    }

    /// Takes documents and their words out of the index; those that are not there are passed over.
    func remove(_ documents: [(kind: SearchDocument.Kind, subject: String)]) throws {
        var old: [SearchHit] = []
        for document in documents {
            old += try transaction.rows(
                """
                SELECT id, kind, subject, weight, title, text, day FROM search_document
                WHERE kind = \(document.kind.rawValue) AND subject = \(document.subject)
                """
            ).map { try SearchHit($0) }
        }
        for hit in old {
            try transaction.execute(
                """
                INSERT INTO search_word (search_word, rowid, words)
                VALUES ('delete', \(hit.cursor.id), \(hit.document.words))
                """)
        }
        for hit in old { try transaction.execute("DELETE FROM search_document WHERE id = \(hit.cursor.id)") }
    }

    /// Writes the index anew without the words that were taken out of it, which else stay in it, marked, for years.
    func forgetRemoved() throws {
        try transaction.execute("INSERT INTO search_word (search_word) VALUES ('optimize')")
    }

    func clear() throws {
        try transaction.execute("DELETE FROM search_document")
        try transaction.execute("INSERT INTO search_word (search_word) VALUES ('delete-all')")
    }
}

extension SearchDocument {
    /// The words it is found by.
    var words: String { SearchTokens.document(title + "\n" + text) }
}

/// A query, as the index is asked and as texts are held against it.
private struct Asked {
    let words: [String]
    let phrases: [String]
    /// Its place among those that are searched for one after another.
    let number: Int

    init(_ query: String, number: Int) {
        self.number = number
        words = SearchTokens.query(query)
        phrases = query.split(whereSeparator: \.isWhitespace).map { FoldedDocument.fold(String($0)) }
    }
}

/// A document, folded as the words of a query are.
private struct FoldedDocument {
    private let title: String
    private let text: String

    init(_ document: SearchDocument) {
        title = FoldedDocument.fold(document.title)
        text = FoldedDocument.fold(document.text)
    }

    func answers(_ asked: Asked) -> Bool {
        asked.phrases.allSatisfy { title.contains($0) || text.contains($0) }
    }

    static func fold(_ text: String) -> String { CodeFolding.fold(ScriptFolding.fold(text)) }
}

extension Transaction {
    package var search: SearchStore { SearchStore(transaction: self) }
}

extension SearchHit {
    init(_ row: Row, query: Int = 0) throws {
        document = SearchDocument(
            kind: try row.word("kind"), subject: try row.string("subject"), title: try row.string("title"),
            text: try row.string("text"), day: try row.dayOrNil("day"))
        cursor = SearchCursor(
            weight: try row.int("weight"), id: try row.int("id"), query: query)
    }
}

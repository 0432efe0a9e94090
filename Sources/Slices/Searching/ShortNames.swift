import ChineseText
import Law
import Spreadsheet

/// Short names (简称) by which readers ask for what papers call by the whole one: 公租房, 公共租赁住房 (`short-names.csv`).
package struct ShortNames: Sendable, Hashable {
    /// One of them, in Simplified characters.
    struct Row: Sendable, Hashable {
        let short: String
        /// What it is called in full, by one or by several.
        let long: [String]

        /// Whether it can be searched for, and a search for it finds less than one for any of the whole names.
        fileprivate var isOne: Bool {
            short.count > 1 && (1...ShortNames.longMax).contains(long.count)
                && long.allSatisfy { $0.count >= short.count && !$0.contains(short) }
        }
    }

    /// Rows at most: every search goes through them.
    static let rowsMax = 100
    /// Whole names of one at most: each is a search of its own.
    static let longMax = 3

    /// The longest first, so that of 公资交易 and 公资 the whole of it counts.
    let rows: [Row]

    /// Those that are built in, read once.
    ///
    /// - Throws: `LawFileError` or `CSVError`: our own mistake.
    package static func builtIn() throws -> ShortNames { try once.get() }

    private static let once = Result { try ShortNames(DataFiles.builtIn("short-names.csv") ?? []) }

    /// - Throws: `LawFileError` naming the row whose short name is none, is there twice, or has a plan without a section;
    ///   `CSVError` for what is no table.
    package init(_ bytes: [UInt8]) throws {
        var seen: Set<String> = []
        let rows = try CSVTable(bytes).records.map { record in
            let cell = { (column: String) in record[column] ?? "" }
            let long = cell("long").split(separator: ";").map(String.init)
            let row = Row(short: cell("short"), long: long)
            guard row.isOne, seen.insert(row.short).inserted, cell("plan").isEmpty == cell("section").isEmpty
            else { throw LawFileError(detail: "short-names.csv, line \(record.line): \(row.short)") }
            return row
        }
        guard rows.count <= Self.rowsMax else {
            throw LawFileError(detail: "short-names.csv: more than \(Self.rowsMax) rows")
        }
        self.rows = rows.sorted { $0.short.count > $1.short.count }
    }

    /// A search in which a word is, begins with or ends with a short name; nil where none does. In the middle of a word two
    /// characters meet by chance: 市政采购 names no 政采.
    package func writtenOut(_ words: String) -> WrittenOut? {
        var parts = words.split(whereSeparator: \.isWhitespace).map(String.init)
        for (index, word) in parts.enumerated() {
            let folded = ScriptFolding.fold(word)
            for row in rows {
                let whole = row.writtenOut(folded)
                guard !whole.isEmpty else { continue }
                let words = whole.map { word in
                    parts[index] = word
                    return parts.joined(separator: " ")
                }
                return WrittenOut(short: row.short, long: row.long, words: words)
            }
        }
        return nil
    }
}

/// A search with its first short name written out.
package struct WrittenOut: Sendable, Hashable, Encodable {
    package let short: String
    package let long: [String]
    /// What to search for as well, for each of the whole names.
    package let words: [String]
}

extension ShortNames.Row {
    /// A word with the short name in it written out in each way; none where it begins or ends with none.
    fileprivate func writtenOut(_ word: String) -> [String] {
        if long.contains(where: word.contains) { return [] }
        if word.hasPrefix(short) { return long.map { $0 + word.dropFirst(short.count) } }
        return word.hasSuffix(short) ? long.map { word.dropLast(short.count) + $0 } : []
    }
}

import Foundation

/// A table of law cases in Tests/LawCases, which lawyers can read and extend.
struct CaseTable {
    let columns: [String]
    /// Its rows, by column name.
    let rows: [[String: String]]

    init(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: "\(name).csv"), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map(Self.fields)
        let header = lines.first ?? []
        columns = header
        rows = lines.dropFirst().map { line in
            precondition(line.count == header.count, "\(name).csv: \(line)")
            return Dictionary(uniqueKeysWithValues: zip(header, line))
        }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "LawCases")

    /// The rows of every table of a family of rules: those tables have the same columns.
    static func families() throws -> [[String: String]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        return try names.filter { $0.hasSuffix(".csv") }.sorted()
            .map { try CaseTable(String($0.dropLast(4))) }
            .filter { $0.columns == ["rule", "trigger", "until", "expected", "verified", "why"] }
            .flatMap(\.rows)
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var quoted = false
        for character in line {
            switch character {
            case "\"": quoted.toggle()
            case "," where !quoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}

extension [String: String] {
    func list(_ column: String) -> [String] {
        (self[column] ?? "").split(separator: "+").map(String.init)
    }
}

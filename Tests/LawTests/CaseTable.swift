import Foundation

/// A table of law cases in Tests/LawCases, which lawyers can read and extend.
struct CaseTable {
    /// Its rows, by column name.
    let rows: [[String: String]]

    init(_ name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "LawCases/\(name).csv"), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map(Self.fields)
        let header = lines.first ?? []
        rows = lines.dropFirst().map { line in
            precondition(line.count == header.count, "\(name).csv: \(line)")
            return Dictionary(uniqueKeysWithValues: zip(header, line))
        }
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

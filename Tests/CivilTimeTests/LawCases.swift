import CivilTime
import Foundation
import Testing

/// The tables of law cases in Tests/LawCases, which lawyers can read and extend.
enum LawCases {
    /// The rows of a table, by column name.
    static func rows(_ name: String) -> [[String: String]] {
        let file = root.appending(path: "Tests/LawCases/\(name).csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        let lines = text.split(whereSeparator: \.isNewline).map(fields)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { line in
            precondition(line.count == header.count, "\(name).csv: \(line)")
            return Dictionary(uniqueKeysWithValues: zip(header, line))
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

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

/// One row of a table of counted periods.
struct CountingCase: Sendable, CustomTestStringConvertible {
    let from: Day
    let rule: CountingRule
    let due: Day
    let provisional: Bool
    let why: String

    var testDescription: String { "\(from) \(rule.direction) \(rule.amount) \(rule.unit): \(why)" }

    init(_ row: [String: String]) throws {
        from = try #require(Day(row["from"] ?? ""))
        due = try #require(Day(row["due"] ?? ""))
        rule = try CountingRule(row)
        provisional = row["provisional"] == "yes"
        why = row["why"] ?? ""
    }

    static func table(_ name: String) throws -> [CountingCase] {
        try LawCases.rows(name).map(CountingCase.init)
    }
}

extension CountingRule {
    init(_ row: [String: String]) throws {
        let unit = try #require(CountUnit(rawValue: row["unit"] ?? ""))
        let direction = try #require(CountDirection(rawValue: row["direction"] ?? "after"))
        let options = row["options"] ?? ""
        let roll = [RestDayRoll.none, .later, .earlier].first { options.contains("roll \($0.rawValue)") }
        self.init(
            amount: try #require(Int(row["amount"] ?? "")), unit: unit, direction: direction,
            countsFirstDay: options.contains("count first day"), roll: roll ?? .usual(unit, direction))
    }
}

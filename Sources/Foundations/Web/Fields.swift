import CivilTime

/// The named values of a query or a form, read by type and within limits.
///
/// An absent or empty field is nil. A field given twice where one is expected is refused, not guessed at.
package struct Fields: Sendable, Hashable {
    static let countMax = 100
    /// A reader never types more than this into one field unless the page says otherwise.
    package static let textScalarsMax = 200

    private let values: [String: [String]]

    init(_ values: [String: [String]] = [:]) { self.values = values }

    /// - Throws: `Problem` for a broken escape, text that is no UTF-8, or too many fields.
    init(encoded text: some StringProtocol) throws {
        var values: [String: [String]] = [:]
        var count = 0
        for pair in text.split(separator: "&") {
            count += 1
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(parts[0], plusIsSpace: true),
                let value = percentDecoded(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else { throw Problem.addressUnreadable }
            guard count <= Fields.countMax else { throw Problem.queryTooLong }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    package var names: [String] { values.keys.sorted() }

    var withoutLinkMarks: Fields { Fields(values.filter { !LinkMarks.holds($0.key, $0.value) }) }

    /// Each value with its name, as they came, those of one name together.
    var pairs: [(name: String, value: String?)] {
        names.flatMap { name in (values[name] ?? []).map { (name: name, value: Optional($0)) } }
    }

    /// Trimmed of blanks at both ends.
    package func text(_ name: String, scalarsMax: Int = textScalarsMax) throws -> String? {
        guard let value = try single(name) else { return nil }
        guard value.unicodeScalars.count <= scalarsMax else {
            throw Problem.parameter(name, "最多 \(scalarsMax) 个字")
        }
        return value
    }

    /// Every value of a field that may be repeated, such as a set of tick boxes.
    package func list(_ name: String, countMax: Int = 20) throws -> [String] {
        let found = (values[name] ?? []).map(trimmed).filter { !$0.isEmpty }
        guard found.count <= countMax, found.allSatisfy({ $0.unicodeScalars.count <= Fields.textScalarsMax })
        else {
            throw Problem.parameter(name, "最多 \(countMax) 个值")
        }
        return found
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = try single(name) else { return nil }
        guard let number = Int(value), range.contains(number) else {
            throw Problem.parameter(name, "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数")
        }
        return number
    }

    package func day(_ name: String) throws -> Day? {
        guard let value = try single(name) else { return nil }
        guard let day = Day(value) else { throw Problem.parameter(name, "应为日期，例如 2026-01-31") }
        return day
    }

    /// One of the raw values of an enum.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws -> Choice? where Choice.RawValue == String {
        guard let value = try single(name) else { return nil }
        guard let choice = Choice(rawValue: value) else {
            throw Problem.parameter(name, "应为 \(Choice.allCases.map(\.rawValue).joined(separator: "、")) 之一")
        }
        return choice
    }

    /// A tick box: `1`, `true` or `on`.
    package func flag(_ name: String) throws -> Bool {
        switch try single(name) {
        case nil, "0", "false": false
        case "1", "true", "on": true
        default: throw Problem.parameter(name, "应为 1 或 0")
        }
    }

    private func single(_ name: String) throws -> String? {
        guard let found = values[name], let first = found.first else { return nil }
        guard found.count == 1 else { throw Problem.parameter(name, "只能给出一次") }
        let value = trimmed(first)
        return value.isEmpty ? nil : value
    }

    private func trimmed(_ text: String) -> String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let tail = text.unicodeScalars.drop(while: isBlank)
        guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(tail[...last])
    }
}

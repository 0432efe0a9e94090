import Law
import MerkleLog

/// A line of a list of logs or witnesses: a name or address, a space, a public key (名单行).
struct ListLine {
    let number: Int
    let first: String
    let key: NoteKey

    static func lines(_ text: String, max: Int) throws(ListProblem) -> [ListLine] {
        var lines: [ListLine] = []
        for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let parts = line.split(whereSeparator: \.isWhitespace)
            guard let first = parts.first, !first.hasPrefix("#") else { continue }
            guard parts.count == 2 else { throw ListProblem(line: offset + 1, flaw: nil) }
            guard lines.count < max else { throw ListProblem(line: offset + 1, flaw: LogFlaw(.textLength)) }
            do {
                let key = try NoteKey(parsing: parts[1])
                lines.append(ListLine(number: offset + 1, first: String(first), key: key))
            } catch {
                throw ListProblem(line: offset + 1, flaw: error)
            }
        }
        return lines
    }
}

/// A line of a list that cannot be used.
package struct ListProblem: Refusal, Hashable {
    let line: Int
    /// nil for a line that does not have two parts.
    let flaw: LogFlaw?

    package var kind: RefusalKind { .invalid }
    package var code: String { "log-list-line" }
    package var detail: String {
        "名单第 \(line) 行不能用：\(flaw.map { "\($0)" } ?? "须为名称（或者网址）、空格、公钥")。"
    }
    package var clause: String? { nil }
}

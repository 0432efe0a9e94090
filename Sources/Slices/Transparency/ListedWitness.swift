import Law
import MerkleLog

/// A witness that this log asks (所请的见证方).
package struct ListedWitness: Sendable, Hashable {
    /// What stands in front of `/add-checkpoint`, without the slash at its end.
    package let url: String
    /// Of the scheme for cosignatures.
    package let key: NoteKey

    package static let countMax = 16

    /// Reads a list: a line a witness, `URL KEY`; commas part lines as line ends do.
    ///
    /// - Throws: `ListProblem` with the line.
    package static func list(_ text: String) throws(ListProblem) -> [ListedWitness] {
        let text = text.replacing(",", with: "\n")
        var witnesses: [ListedWitness] = []
        for line in try ListLine.lines(text, max: countMax) {
            let isWeb = line.first.hasPrefix("https://") || line.first.hasPrefix("http://")
            guard isWeb, line.key.scheme == .cosignature else {
                throw ListProblem(line: line.number, flaw: isWeb ? LogFlaw(.keyForm) : nil)
            }
            let url = line.first.hasSuffix("/") ? String(line.first.dropLast()) : line.first
            witnesses.append(ListedWitness(url: url, key: line.key))
        }
        return witnesses
    }
}

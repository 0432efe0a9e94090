/// Something untidy: where it stands and what is wrong with it, in words that say what to do.
struct Finding: Hashable, CustomStringConvertible {
    let file: String
    /// Counted from 1; 0 when the whole file or folder is meant.
    let line: Int
    let message: String

    init(_ file: String, line: Int = 0, _ message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    var description: String { line == 0 ? "\(file): \(message)" : "\(file):\(line): \(message)" }
}

extension [Finding] {
    /// What a failed expectation prints.
    var report: String { "\n" + map(\.description).joined(separator: "\n") }
}

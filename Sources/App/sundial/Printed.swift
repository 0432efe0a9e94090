import ArgumentParser
import Foundation
import Law

/// What commands print.
enum Printed {
    /// One line of JSON with sorted keys.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        line(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((harmless(text) + "\n").utf8))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data((harmless(text) + "\n").utf8))
    }

    /// Control characters of a foreign file as pictures: they would command the terminal.
    private static func harmless(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            guard isControl, scalar != "\n", scalar != "\t" else {
                shown.append(scalar)
                continue
            }
            let picture = scalar.value < 0x20 ? Unicode.Scalar(0x2400 + scalar.value) : nil
            shown.append(picture ?? "\u{FFFD}")
        }
        return String(shown)
    }

    /// Prints a refusal.
    ///
    /// - Returns: the exit code of one, 1.
    static func refused(_ refusal: any Refusal, json asJSON: Bool) throws -> ExitCode {
        if asJSON {
            try json(Refused(refused: .init(refusal)))
        } else {
            error(refusal.detail + (refusal.clause.map { "（\($0)）" } ?? "") + " [\(refusal.code)]")
        }
        return ExitCode(1)
    }

    private struct Refused: Encodable {
        let refused: Reason

        struct Reason: Encodable {
            let code: String
            let kind: String
            let detail: String
            let clause: String?

            init(_ refusal: any Refusal) {
                code = refusal.code
                kind = refusal.kind.rawValue
                detail = refusal.detail
                clause = refusal.clause
            }
        }
    }
}

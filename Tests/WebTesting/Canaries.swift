import Foundation
import Web

/// Secrets planted where nothing may leave from, and a search for them in whatever left.
///
///     var canaries = Canaries()
///     let name = canaries.plant("draft title")        // put `name` into a draft, then fetch everything
///     #expect(canaries.found(in: answer.bytes).isEmpty)
package struct Canaries: Sendable {
    private var planted: [(place: String, forms: [Data])] = []

    package init() {}

    /// - Parameters:
    ///   - place: where it will stand, for the report.
    /// - Returns: text with a Chinese and a Latin half that occurs nowhere else.
    package mutating func plant(_ place: String) -> String {
        let number = planted.count + 1
        let secret = "金丝雀\(numerals[number / 10 % 10])\(numerals[number % 10])canary\(number)x"
        planted.append((place, forms(of: secret)))
        return secret
    }

    private var numerals: [String] { ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"] }

    /// Where the secrets that stand in these bytes were planted: in the open, in any case, percent-encoded,
    /// escaped in JSON, in Base64 at any offset, or half of one.
    package func found(in bytes: [UInt8]) -> [String] {
        let text = Data(bytes.map(lower))
        return planted.filter { planted in planted.forms.contains { text.range(of: $0) != nil } }.map(\.place)
    }

    package func found(in text: String) -> [String] { found(in: Array(text.utf8)) }

    private func forms(of secret: String) -> [Data] {
        let halves = [String(secret.prefix(5)), String(secret.dropFirst(5))]
        let plain = halves.flatMap { half in
            [half, Link.encoded(half), String(half.unicodeScalars.flatMap(escaped))]
        }
        return (plain + base64Forms(of: secret)).map { Data($0.utf8.map(lower)) }
    }

    private func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar.isASCII { return String(scalar) }
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// The middle of the secret's Base64, which does not depend on what stands around it.
    private func base64Forms(of secret: String) -> [String] {
        (0..<3).map { offset in
            let encoded = base64([UInt8](repeating: 0, count: offset) + Array(secret.utf8))
            return String(encoded.dropFirst(4).dropLast(4))
        }
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = 0
        var count = 0
        var result = ""
        for byte in bytes {
            bits = (bits << 8 | Int(byte)) & 0xFFFF
            count += 8
            while count >= 6 {
                count -= 6
                result.append(alphabet[bits >> count & 63])
            }
        }
        return result
    }

    private func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }
}

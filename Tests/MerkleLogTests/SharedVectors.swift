import Foundation
import MerkleLog
import Testing

/// The test vectors beside the project: `../shared/log`, or where SUNDIAL_SHARED points. Absent on most machines.
enum SharedVectors {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["SUNDIAL_SHARED"]
        let package = URL(filePath: #filePath).appending(path: "../../..").standardized
        let shared =
            environment.map { URL(filePath: $0) } ?? package.appending(path: "../shared").standardized
        let vectors = shared.appending(path: "log")
        return FileManager.default.fileExists(atPath: vectors.path) ? vectors : nil
    }()

    static var arePresent: Bool { folder != nil }
    static let absence: Comment = "needs the vectors in ../shared/log, or SUNDIAL_SHARED"

    static func decoded<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
        let file = try #require(folder).appending(path: name)
        return try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }
}

/// A file of proofs, each with the answer that is wanted.
struct ProofVectors<Vector: Decodable>: Decodable {
    let vectors: [Vector]
}

/// From hexadecimal digits, two a byte.
func octets(_ text: String) throws -> [UInt8] {
    let digits = try text.map { try #require($0.hexDigitValue) }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

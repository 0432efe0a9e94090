import Foundation

/// What the law lets a person do about information that is not there (救济途径).
///
/// - Law: 政府信息公开条例 art. 3, 12, 27, 29, 33, 47, 51, 55; 行政复议法 art. 23.
package struct Recourse: Sendable, Hashable, Codable {
    /// How the information stands that somebody looks for.
    package enum Situation: String, Sendable, Hashable, Codable, CaseIterable {
        case overdue, lapsed, unobserved
        /// Past its day under a rule that nobody has compared with the official text.
        case unverified
        case withheld
        /// Its day lies ahead, or is not known yet.
        case open
    }

    /// The kind of body that the clause speaks of.
    package enum Addressee: String, Sendable, Hashable, Codable, CaseIterable {
        case organ, enterprise
    }

    package let id: String
    package let situations: [Situation]
    package let bodies: [Addressee]
    /// In plain Chinese, ours.
    package let words: String
    package let clause: String
    /// Whether somebody has read it in the statute.
    package let verified: Bool
}

extension Recourse {
    /// The built-in list, read once, in the order in which a page gives it.
    ///
    /// - Throws: `LawFileError` only if the program was built with a broken file; a test reads it.
    package static func builtIn() throws -> [Recourse] { try once.get() }

    private static let once = Result { try read() }

    private static func read() throws -> [Recourse] {
        guard let bytes = DataFiles.builtIn("recourse.json") else {
            throw LawFileError(detail: "recourse.json is not built in")
        }
        let roads = try JSONDecoder().decode(File.self, from: Data(bytes)).roads
        if let bad = roads.first(where: { $0.words.isEmpty || $0.clause.isEmpty || $0.situations.isEmpty }) {
            throw LawFileError(detail: "recourse.json: \(bad.id) lacks its words, clause or situations")
        }
        return roads
    }

    private struct File: Codable {
        let version: String
        let roads: [Recourse]
    }

    /// What may be done in any of some situations about bodies of some kinds.
    package static func roads(
        in situations: Set<Situation>, about bodies: Set<Addressee>
    ) throws -> [Recourse] {
        try builtIn().filter {
            !situations.isDisjoint(with: $0.situations) && !bodies.isDisjoint(with: $0.bodies)
        }
    }
}

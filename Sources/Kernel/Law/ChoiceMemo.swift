import CivilTime
import Foundation
import Storage
import Synchronization

/// A choice of limits written out, to be kept and read again.
package struct WrittenChoice: Sendable, Hashable {
    /// JSON with sorted keys.
    package let text: String
    package let sha256: String
}

/// What a law book was asked before. Its answers depend on nothing but the book, and an import asks the same thousands
/// of times.
final class ChoiceMemo: Sendable {
    struct Question: Hashable {
        let rules: [String]
        let trigger: Day
        let jurisdiction: String
    }

    /// Beyond so many answers they are forgotten: each has a step for every day it counts.
    private static let most = 4_000

    private let choices = Mutex<[Question: RuleChoice]>([:])
    private let written = Mutex<[Gist: (choice: RuleChoice, written: WrittenChoice)]>([:])

    /// Tells most choices apart at little cost: the steps of the count are left out.
    private struct Gist: Hashable {
        let candidates: [String]
        let from: Day?
        let due: Day?

        init(_ choice: RuleChoice) {
            candidates = choice.candidates.map(\.rule)
            (from, due) = (choice.dueDate?.from, choice.dueDate?.due)
        }
    }

    func choice(_ question: Question, _ choose: () -> RuleChoice) -> RuleChoice {
        if let known = choices.withLock({ $0[question] }) { return known }
        let choice = choose()
        choices.withLock { choices in
            if choices.count >= Self.most { choices.removeAll() }
            choices[question] = choice
        }
        return choice
    }

    func written(_ choice: RuleChoice) throws -> WrittenChoice {
        let gist = Gist(choice)
        if let known = written.withLock({ $0[gist] }), known.choice == choice { return known.written }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = [UInt8](try encoder.encode(choice))
        let made = WrittenChoice(
            text: String(decoding: bytes, as: UTF8.self), sha256: ContentHash.sha256(bytes))
        written.withLock { written in
            if written.count >= Self.most { written.removeAll() }
            written[gist] = (choice, made)
        }
        return made
    }
}

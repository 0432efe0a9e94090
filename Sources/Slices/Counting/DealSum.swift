import CivilTime
import Importing
import Publishing

/// What a notice says a deal was worth, as far as it can be counted (成交额、合同额).
///
/// Award and contract are two meanings and never one sum; a budget or a ceiling is no deal. A notice that gives two figures
/// in one meaning gives none that could be counted, and one that probably repeats another is counted once.
package struct DealSum: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        case counted
        /// Probably the same notice as another that is counted.
        case repeated
        /// Several figures in one meaning.
        case several
        /// No unit, no exact figure, or one beyond all bounds.
        case unread
    }

    /// The meanings that are counted.
    package static let roles: [NoticeSum.Role] = [.award, .contract]

    /// A trillion yuan (一万亿元) in 分: more than any public deal, and far from what a database can add up.
    static let fenMax: Int64 = 100_000_000_000_000

    let publication: String
    let role: NoticeSum.Role
    let jurisdiction: String
    /// `2026-03`, of the day that the source claims; empty where it claims none.
    let month: String
    let outcome: Outcome
    /// 分; 0 for what is not counted.
    let fen: Int64
    /// The publication that it probably repeats, or empty.
    let twin: String

    /// - Parameters:
    ///   - values: of the publication, in one meaning; at least one.
    ///   - twin: an open publication before it that is probably the same notice, or nil.
    init(_ publication: Publication, _ role: NoticeSum.Role, _ values: [NoticeValue], twin: String?) {
        let sums = Set(values.compactMap { Yuan.fen($0.value) })
        let sum = sums.count == 1 ? sums.first.flatMap { $0 <= Self.fenMax ? $0 : nil } : nil
        self.publication = publication.id
        self.role = role
        jurisdiction = publication.jurisdiction
        month = publication.day.map { String($0.description.prefix(7)) } ?? ""
        outcome = sums.count > 1 ? .several : sum == nil ? .unread : twin == nil ? .counted : .repeated
        fen = outcome == .counted ? sum ?? 0 : 0
        self.twin = twin ?? ""
    }

    init(
        publication: String, role: NoticeSum.Role, jurisdiction: String, month: String, outcome: Outcome,
        fen: Int64, twin: String
    ) {
        (self.publication, self.role, self.jurisdiction) = (publication, role, jurisdiction)
        (self.month, self.outcome, self.fen, self.twin) = (month, outcome, fen, twin)
    }
}

/// One row of the sums by month.
package struct DealMonth: Sendable, Hashable {
    package let jurisdiction: String
    package let role: NoticeSum.Role
    package let month: String
    package let outcome: DealSum.Outcome

    init(_ sum: DealSum) {
        (jurisdiction, role, month, outcome) = (sum.jurisdiction, sum.role, sum.month, sum.outcome)
    }

    init(jurisdiction: String, role: NoticeSum.Role, month: String, outcome: DealSum.Outcome) {
        (self.jurisdiction, self.role, self.month, self.outcome) = (jurisdiction, role, month, outcome)
    }
}

/// How many notices, and how much they come to.
package struct DealTotal: Sendable, Hashable {
    package internal(set) var notices: Int
    /// 分
    package internal(set) var fen: Int64

    mutating func add(_ sum: DealSum, _ sign: Int) {
        notices += sign
        fen += Int64(sign) * sum.fen
    }
}

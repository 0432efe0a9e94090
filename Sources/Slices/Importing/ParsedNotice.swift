import CivilTime
import Markup
import Projects

/// Where a value stands in a notice.
package enum Place: Sendable, Hashable {
    /// A field of the row.
    case field(name: String)
    /// Unicode scalars of the text as printed, and the sentence around them, at most 200 characters.
    case text(scalars: Range<Int>, quote: String)

    package var confidence: Confidence {
        switch self {
        case .field: .field
        case .text: .text
        }
    }

    /// The printed words, when the place is in the text.
    package var quote: String? {
        if case .text(_, let quote) = self { quote } else { nil }
    }
}

/// How a value came to us: a field says it, or it was read out of running text.
package enum Confidence: String, Sendable, Hashable, Codable {
    case field, text
}

/// A value and where it was found.
package struct Found<Value: Sendable & Hashable>: Sendable, Hashable {
    package let value: Value
    package let place: Place

    package init(_ value: Value, at place: Place) {
        self.value = value
        self.place = place
    }

    package var confidence: Confidence { place.confidence }
}

/// A number by which a project's records are gathered.
package struct NoticeKey: Sendable, Hashable {
    package let kind: NoticeKeyKind
    /// Where the number is unique: the source for its own numbers, else the region as given.
    package let scope: String
    package let printed: String
    /// As project numbers are compared.
    package let folded: String
    package let place: Place
}

/// A sum that the notice names.
package struct NoticeSum: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        case budget, ceiling, estimate, award, contract
        /// A field named budget in a notice whose budget it cannot be.
        case unclear
    }
    package let role: Role
    package let sum: PrintedSum
    package let printed: String
    package let place: Place
}

/// A moment or day that the notice names.
package struct NoticeTime: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        case bidDeadline, opening, documentsFrom, documentsTo, publicityFrom, publicityTo
        /// The candidates' publicity, named in a later notice.
        case candidatesPublicityFrom, candidatesPublicityTo
        case evaluation, fixing, signing, correction, firstNotice
    }
    package let role: Role
    package let day: Day
    /// `HH:MM` in Asia/Shanghai.
    package let time: String?
    package let place: Place

    /// The moment in UTC, when hours are given.
    package var instant: String? { time.flatMap { LocalTime.instant(day: day, time: $0) } }
}

/// One lot, package or section (标段、包) of a notice.
package struct NoticeLot: Sendable, Hashable {
    /// As printed: 1, A, 兰财采字公开招-2026-12-2.
    package let number: String
    package var title: String?
    package var budget: PrintedSum?
    package var ceiling: PrintedSum?
    package let place: Place
}

/// A winner or candidate.
package struct NoticeAward: Sendable, Hashable {
    /// From 1; nil for a winner, and for candidates whom the notice leaves unranked.
    package let rank: Int?
    /// The supplier, or the lead of a consortium (联合体牵头人).
    package let name: String
    /// The other members of a consortium.
    package let members: [String]
    package let price: PrintedSum?
    package let lot: String?
    package let place: Place
}

/// A date-like text after a label that is no day: 2月30日.
package struct UnreadableTime: Sendable, Hashable {
    package let role: NoticeTime.Role
    package let place: Place
}

/// What a notice says, value by value, each with its place.
package struct ParsedNotice: Sendable {
    /// Its identity: with `source` it names the record for good.
    package let recordID: String
    package let source: String
    package let form: String
    package let formVersion: String
    package let row: Int
    package let kind: NoticeKind
    /// The catalogue item that it discharges, by jurisdiction (`CN`: `I-CN-018`).
    package let items: [String: String]
    /// Why it has no item in some or all jurisdictions.
    package let itemReason: String?
    /// It corrects or clarifies an earlier notice of the same project.
    package let isCorrection: Bool
    package let business: String
    package let info: String
    package let title: String
    package let published: ClaimedTime
    package let addresses: [String]
    package let attachments: [NoticeAttachment]
    /// From fields; what they do not have, from labelled lines of the text.
    package let marks: PaperMarks
    package let medium: String?
    package let region: Found<String>?
    package let originalText: String
    /// For reading and searching: lines joined that were broken mid-sentence, noise removed.
    package let cleanText: String
    /// The clean text with its marks; nil where it has none.
    package let markedText: WrittenText?
    /// Whether the record holds the whole notice. Of a title or an excerpt nothing can be said to be missing.
    package let isWhole: Bool
    /// Of a policy text: the day that the source gives this version, as printed.
    package let versionDay: String?

    package var projectName: Found<String>?
    package var keys: [NoticeKey] = []
    package var buyer: Found<String>?
    package var agency: Found<String>?
    package var method: Found<ProcurementMethod>?
    package var sums: [NoticeSum] = []
    package var times: [NoticeTime] = []
    package var unreadableTimes: [UnreadableTime] = []
    /// 公告期限, in working days.
    package var noticePeriod: Found<Int>?
    package var lots: [NoticeLot] = []
    package var awards: [NoticeAward] = []
    /// It says that the procedure failed or was ended (流标、废标、终止).
    package var failure: Found<String>?
    package var events: [NoticeEvent] = []

    /// For the checks: the folded text.
    let folded: NoticeText

    package func time(_ role: NoticeTime.Role) -> NoticeTime? { times.first { $0.role == role } }
    package func sum(_ role: NoticeSum.Role) -> NoticeSum? { sums.first { $0.role == role } }
}

extension ParsedNotice {
    /// The numbers by which the notice joins a project, each once.
    package var projectKeys: [ProjectKey] {
        var found: [ProjectKey] = []
        for key in keys {
            guard let kind = key.kind.gathering,
                !found.contains(where: { $0.kind == kind && $0.folded == key.folded })
            else { continue }
            found.append(ProjectKey(kind: kind, printed: key.printed))
        }
        return found
    }
}

/// A dated fact that the notice states or bounds. It becomes an event when the notice is imported.
package struct NoticeEvent: Sendable, Hashable {
    package enum Basis: String, Sendable, Hashable, Codable {
        /// A field or sentence gives the day; its place is kept.
        case stated
        /// Not later than this day, because the notice that tells of it was published then.
        case inferred
    }
    /// As the law data names it: `procurement.documents_issued`.
    package let kind: String
    package let day: Day
    /// `HH:MM` in Asia/Shanghai; nil where no hour is given.
    package let time: String?
    package let basis: Basis
    /// The one lot that the notice is about; nil for several or none.
    package let lot: String?
    /// Where the day stands; nil for a bound.
    package let place: Place?
    /// The same for the same fact told by several notices: project number, kind, lot, and the day when stated.
    package let naturalKey: String
}

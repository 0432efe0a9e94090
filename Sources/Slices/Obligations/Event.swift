import CivilTime

/// A dated fact that starts clocks (触发事项): append-only, amended by a newer one or voided with a reason.
package struct Event: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable {
        case current, superseded, voided
    }

    package let id: String
    /// The first event of this fact; stays when it is amended.
    package let root: String
    /// A kind that the law data names.
    package let kind: String
    /// The catalogue item whose information was formed, for kinds that name one; else empty.
    package let item: String
    package let body: String
    package let jurisdiction: String
    package let project: String
    package let lot: String
    /// `2026-10`, `2026-Q3` for periodic events; else empty.
    package let period: String
    package let day: Day
    /// Local time `HH:MM` in Asia/Shanghai where hours count; else empty.
    package let time: String
    package let basis: DayBasis
    /// Where the day stands: a document number, or the field or sentence of a notice.
    package let evidence: String
    /// The edition that holds the sentence, `publication/n`, or empty.
    package let evidenceEdition: String
    package let recordedAt: String
    package let recordedBy: String
    package let state: State
    /// Why it was amended or voided; empty while current.
    package let reason: String
}

/// What the day of an event rests on (日期依据).
package enum DayBasis: String, Sendable, Codable, CaseIterable {
    /// A dated paper, its number kept.
    case document
    /// Our own act.
    case system
    /// A field or a sentence of an imported notice, its place kept.
    case stated
    /// A period that ended.
    case periodic
    /// Only a bound is known: not later than this day.
    case inferred

    package var title: String {
        switch self {
        case .document: "文件载明"
        case .system: "本系统办理"
        case .stated: "公告载明"
        case .periodic: "周期届满"
        case .inferred: "推断（仅知不晚于该日）"
        }
    }
}

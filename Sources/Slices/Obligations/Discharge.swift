import CivilTime

/// An edition that was released for an item, as the ledger needs to know it.
package struct OfferedEdition: Sendable, Hashable, Codable {
    package let publication: String
    package let edition: Int
    package let item: String
    package let channel: String
    /// Whose duties it may discharge; empty for an imported record of a project, which speaks for whoever owes there.
    package let body: String
    package let project: String
    package let lot: String
    package let period: String
    /// An obligation that the publisher named, or empty.
    package let obligation: String
    /// The day of release or of the claim; nil when the source claims none.
    package let day: Day?
    package let basis: TimeBasis
    /// The last correction and its day, by which a standing duty is fresh; the first edition's until then.
    package let latestEdition: Int
    package let latestDay: Day?

    package init(
        publication: String, edition: Int, item: String, channel: String, body: String, project: String,
        lot: String, period: String, obligation: String, day: Day?, basis: TimeBasis,
        latest: (edition: Int, day: Day)? = nil
    ) {
        self.publication = publication
        self.edition = edition
        self.item = item
        self.channel = channel
        self.body = body
        self.project = project
        self.lot = lot
        self.period = period
        self.obligation = obligation
        self.day = day
        self.basis = basis
        latestEdition = latest?.edition ?? edition
        latestDay = latest?.day ?? day
    }
}

/// What a publication's time rests on (公开时间依据). Rates are given per basis and never mixed.
package enum TimeBasis: String, Sendable, Hashable, Codable, CaseIterable {
    /// An outside witness signed it.
    case witnessed
    /// Our own log signed it.
    case logged
    /// The source, or this platform without a signed log, says so.
    case attested
    case unknown

    package var title: String {
        switch self {
        case .witnessed: "外部见证"
        case .logged: "日志签名"
        case .attested: "来源自述"
        case .unknown: "未知"
        }
    }
}

/// An edition that discharges an obligation (履行).
package struct Discharge: Sendable, Hashable, Codable {
    package enum Verdict: String, Sendable, Hashable, Codable {
        case onTime = "on_time"
        case late
        case undetermined
    }

    package let obligation: String
    package let publication: String
    package let edition: Int
    package let day: Day?
    package let basis: TimeBasis
    package let verdict: Verdict
    package let revoked: Bool
}

extension Discharge.Verdict {
    /// Whether an edition came in time.
    ///
    /// Not determinable where the event's day is only inferred, the claim is missing, or the law names no number; and
    /// never judged where the item is only encouraged: a soft item has no day to be late for.
    package init(day: Day?, for obligation: Obligation) {
        guard let day, let due = obligation.due, obligation.triggerBasis != .inferred, obligation.firm else {
            self = .undetermined
            return
        }
        self = day <= due ? .onTime : .late
    }
}

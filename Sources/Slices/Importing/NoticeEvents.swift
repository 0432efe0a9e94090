import CivilTime

/// The dated facts in a notice.
///
/// A day comes from a field or a sentence, or it is only a bound. The publication itself gives no event its day: a
/// notice of a thing cannot be older than the thing, so its own day bounds it, and no more.
struct NoticeEvents {
    let notice: ParsedNotice

    func events() -> [NoticeEvent] {
        switch notice.kind {
        case .procurementNotice: offer("procurement")
        case .prequalificationNotice: []
        case .procurementResult: procurementResult()
        case .procurementContract:
            [stated("procurement.contract_signed", .signing) ?? bounded("procurement.contract_signed")]
        case .procurementCorrection:
            [stated("procurement.clarification_issued", .correction) ?? bounded("procurement.clarification_issued")]
        case .procurementTermination: [bounded("procurement.terminated")]
        case .tenderNotice: offer("tender")
        case .tenderClarification:
            [stated("tender.clarification_issued", .correction) ?? bounded("tender.clarification_issued")]
        case .openingRecord: [stated("tender.bid_opening", .opening)].compactMap { $0 }
        case .candidates: candidates()
        case .tenderResult: tenderResult()
        case .tenderTermination: [bounded("tender.terminated")]
        case .otherDeal, .unmapped: []
        }
    }

    private func offer(_ field: String) -> [NoticeEvent] {
        [
            stated("\(field).documents_issued", .documentsFrom) ?? bounded("\(field).documents_issued"),
            stated("\(field).bid_deadline", .bidDeadline), stated("\(field).bid_opening", .opening),
        ].compactMap { $0 }
    }

    private func procurementResult() -> [NoticeEvent] {
        if notice.failure != nil, notice.awards.isEmpty { return [bounded("procurement.terminated")] }
        return [stated("procurement.result_fixed", .fixing) ?? bounded("procurement.result_fixed")]
    }

    /// The day of the evaluation bounds the day of its report, which nobody prints: 招标投标法实施条例 art. 54 counts
    /// from the day on which the tenderer receives it.
    private func candidates() -> [NoticeEvent] {
        var report = bounded("tender.evaluation_reported")
        if let evaluation = notice.time(.evaluation) {
            report = event(
                "tender.evaluation_reported", day: evaluation.day, instant: nil, bound: .notBefore,
                place: evaluation.place)
        }
        return [
            stated("tender.bid_opening", .opening), report,
            stated("tender.candidates_published", .publicityFrom) ?? bounded("tender.candidates_published"),
        ].compactMap { $0 }
    }

    private func tenderResult() -> [NoticeEvent] {
        [
            stated("tender.bid_opening", .opening),
            stated("tender.candidates_published", .candidatesPublicityFrom),
            stated("tender.result_fixed", .fixing) ?? bounded("tender.result_fixed"),
        ].compactMap { $0 }
    }

    private func stated(_ kind: String, _ role: NoticeTime.Role) -> NoticeEvent? {
        notice.time(role).map { event(kind, day: $0.day, instant: $0.instant, bound: nil, place: $0.place) }
    }

    private func bounded(_ kind: String) -> NoticeEvent {
        event(kind, day: notice.published.day, instant: nil, bound: .notLaterThan, place: nil)
    }

    private func event(
        _ kind: String, day: Day, instant: String?, bound: NoticeEvent.Bound?, place: Place?
    ) -> NoticeEvent {
        let lot = notice.lots.count == 1 ? notice.lots[0].number : nil
        let project = notice.keys.first { $0.kind == .platformProject } ?? notice.keys.first
        let name = project.map { "\($0.kind.rawValue):\($0.scope):\($0.folded)" } ?? "record:\(notice.recordID)"
        let parts = [notice.source, name, kind, lot ?? "", bound == nil ? "\(day)" : ""]
        return NoticeEvent(
            kind: kind, day: day, instant: instant, basis: bound == nil ? .stated : .inferred, bound: bound,
            lot: lot, place: place, naturalKey: parts.joined(separator: "|"))
    }
}

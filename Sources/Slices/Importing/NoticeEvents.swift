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
        case .prequalificationNotice:
            notice.business == "政府采购"
                ? [stated("procurement.prequalification_deadline", .bidDeadline)].compactMap { $0 } : []
        case .procurementResult: procurementResult()
        case .procurementContract:
            [stated("procurement.contract_signed", .signing) ?? bounded("procurement.contract_signed")]
                .compactMap { $0 }
        case .procurementCorrection:
            [
                stated("procurement.clarification_issued", .correction)
                    ?? bounded("procurement.clarification_issued")
            ].compactMap { $0 }
        case .procurementTermination: [bounded("procurement.terminated")].compactMap { $0 }
        case .tenderNotice: offer("tender")
        case .tenderClarification:
            [stated("tender.clarification_issued", .correction) ?? bounded("tender.clarification_issued")]
                .compactMap { $0 }
        case .openingRecord: [stated("tender.bid_opening", .opening)].compactMap { $0 }
        case .candidates: candidates()
        case .tenderResult: tenderResult()
        case .tenderTermination: [bounded("tender.terminated")].compactMap { $0 }
        case .landNotice: [bounded("land.notice_issued")].compactMap { $0 }
        case .landResult: notice.failure == nil ? [bounded("land.result_fixed")].compactMap { $0 } : []
        case .otherDeal, .policyText, .unmapped: []
        }
    }

    private func offer(_ field: String) -> [NoticeEvent] {
        [
            stated("\(field).documents_issued", .documentsFrom) ?? bounded("\(field).documents_issued"),
            stated("\(field).documents_closed", .documentsTo), stated("\(field).bid_deadline", .bidDeadline),
            stated("\(field).bid_opening", .opening),
        ].compactMap { $0 }
    }

    private func procurementResult() -> [NoticeEvent] {
        if notice.failure != nil, notice.awards.isEmpty {
            return [bounded("procurement.terminated")].compactMap { $0 }
        }
        return [stated("procurement.result_fixed", .fixing) ?? bounded("procurement.result_fixed")]
            .compactMap { $0 }
    }

    /// No notice prints the day on which the tenderer received the report; the day of the evaluation (评标日期) is
    /// another. 招标投标法实施条例 art. 54 counts from the receipt, so only its bound is known.
    private func candidates() -> [NoticeEvent] {
        [
            stated("tender.bid_opening", .opening), bounded("tender.evaluation_reported"),
            stated("tender.candidates_published", .publicityFrom) ?? bounded("tender.candidates_published"),
            stated("tender.publicity_closed", .publicityTo),
        ].compactMap { $0 }
    }

    private func tenderResult() -> [NoticeEvent] {
        [
            stated("tender.bid_opening", .opening),
            stated("tender.candidates_published", .candidatesPublicityFrom),
            stated("tender.publicity_closed", .candidatesPublicityTo),
            stated("tender.result_fixed", .fixing) ?? bounded("tender.result_fixed"),
        ].compactMap { $0 }
    }

    private func stated(_ kind: String, _ role: NoticeTime.Role) -> NoticeEvent? {
        notice.time(role).map { event(kind, day: $0.day, time: $0.time, place: $0.place) }
    }

    /// Without a claimed day of publication nothing is bounded.
    private func bounded(_ kind: String) -> NoticeEvent? {
        notice.published.day.map { event(kind, day: $0, time: nil, place: nil) }
    }

    private func event(_ kind: String, day: Day, time: String?, place: Place?) -> NoticeEvent {
        let lot = notice.lots.count == 1 ? notice.lots[0].number : nil
        let project = notice.keys.first { $0.kind == .platformProject } ?? notice.keys.first
        let name =
            project.map { "\($0.kind.rawValue):\($0.scope):\($0.folded)" } ?? "record:\(notice.recordID)"
        let parts = [notice.source, name, kind, lot ?? "", place == nil ? "" : "\(day)"]
        return NoticeEvent(
            kind: kind, day: day, time: time, basis: place == nil ? .inferred : .stated, lot: lot,
            place: place,
            naturalKey: parts.joined(separator: "|"))
    }
}

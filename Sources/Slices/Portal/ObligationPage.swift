import Catalogue
import CivilTime
import Law
import Obligations
import People
import Publishing
import Transparency
import Web

/// `GET /obligations/:id`: one obligation, with its due day explained day by day.
///
/// Open to anyone. `on=` gives it as it stood at the end of a past day. A free-text reason for withholding stays inside: ground, clause and review day are public.
struct ObligationPage {
    let room: ReadingRoom

    struct Value: Encodable, Sendable {
        let day: Day
        let obligation: ObligationRow
        let catalogueVersion: String
        /// Whether absence here means absence.
        let observed: Bool
        let bodyPublishesHere: Bool
        let standing: Bool
        let boundRule: OrNull<String>
        let boundClause: OrNull<String>
        /// The event behind the duty with everything that was recorded of it since, oldest first.
        let events: [EventRow]
        /// Newest first.
        let computations: [DueComputation]
        /// What the rules that were considered are called.
        let ruleNames: [String: String]
        let decisions: [DecisionRow]
        let discharges: [DischargeRow]
        /// The days on which it was entered as overdue.
        let overdueEntries: [Day]
        /// Its first leaf in the transparency log; null before there is one, and for a past day.
        let log: OrNull<LogMark>
        /// What a reader may do; null when there is nothing to be done, and for a past day.
        let recourse: OrNull<RecourseRow>
    }

    func add(to routes: Routes) {
        routes.get("obligations/:id", taking: ["on"]) { request in
            let id = request.parameter("id")
            let on = try request.query.day("on")
            guard let (found, past) = try await room.read(on: on, { try value(id, $0) }) else {
                throw LedgerProblem.obligationNotFound(id)
            }
            let online = request.wholeAddress(of: "/obligations/\(id)")
            return Answer(
                ObligationBody(value: found, past: past, online: online).page, data: found,
                meantFor: .everyone)
        }
    }

    /// - Returns: with the day, when it is a past one.
    private func value(_ id: String, _ reading: Reading) throws -> (Value, past: Day?)? {
        guard let obligation = try reading.obligation(id) else {
            if reading.past != nil, try reading.transaction.obligations.obligation(id) != nil {
                throw LedgerProblem.notKnownThen("这项公开义务", day: reading.day)
            }
            return nil
        }
        reading.notes.restsOn([.obligation(id), .event(obligation.root), .event(obligation.trigger)])
        var names = reading.names()
        try names.learn([obligation])
        let computations = try reading.computations(of: id)
        let considered = Set(computations.flatMap(\.choice.candidates).map(\.rule))
        let boundRule =
            obligation.boundRule.isEmpty ? nil : names.rule(obligation.boundRule, on: obligation.bound)
        let history = try events(of: obligation, reading)
        let value = Value(
            day: reading.day,
            obligation: ObligationRow(obligation, names: names, on: reading.day, soon: reading.soon),
            catalogueVersion: obligation.catalogueVersion, observed: obligation.observed,
            bodyPublishesHere: try reading.publishesHere(obligation),
            standing: obligation.standing, boundRule: OrNull(boundRule?.title),
            boundClause: OrNull(boundRule?.clause),
            events: try reading.rows(history, &names), computations: computations,
            ruleNames: Dictionary(
                uniqueKeysWithValues: considered.map {
                    ($0, names.rule($0, on: obligation.triggerDay)?.title ?? $0)
                }),
            decisions: try reading.decisions(of: id).map(DecisionRow.init),
            discharges: try reading.rows(try reading.discharges(ofAny: [id])),
            overdueEntries: try reading.overdueEntries(of: id), log: OrNull(try mark(id, reading)),
            recourse: OrNull(try reading.recourse(about: [obligation], names)))
        return (value, reading.past?.day)
    }

    private func mark(_ id: String, _ reading: Reading) throws -> LogMark? {
        guard reading.past == nil else { return nil }
        return try reading.mark(
            try reading.transaction.log.leaves(of: id, kind: "obligation", limit: 1).first,
            receipt: "/obligations/\(id)/receipts")
    }

    /// What made the duty known, and what started its clock.
    private func events(of obligation: Obligation, _ reading: Reading) throws -> [Event] {
        var events = obligation.root.isEmpty ? [] : try reading.history(root: obligation.root)
        if let trigger = obligation.trigger.isEmpty
            ? nil : try reading.transaction.events.event(obligation.trigger),
            !events.contains(where: { $0.root == trigger.root })
        {
            events += try reading.history(root: trigger.root)
        }
        return events
    }
}

/// A decision as the public sees it.
struct DecisionRow: Encodable, Sendable {
    let id: String
    let kind: Decision.Kind
    let ground: OrNull<String>
    let clause: OrNull<String>
    /// Only of "not applicable"; the reason for withholding may tell what is withheld.
    let reason: OrNull<String>
    let decidedBy: String
    let day: Day
    let reviewOn: OrNull<Day>
    let revokedOn: OrNull<Day>
    /// Only of "not applicable", like its reason.
    let revokedReason: OrNull<String>

    init(_ decision: Decision) {
        id = decision.id
        kind = decision.kind
        ground = OrNull(text: decision.ground.hasPrefix("event:") ? "" : decision.ground)
        clause = OrNull(text: decision.clause)
        reason = OrNull(text: decision.kind == .withheld ? "" : decision.reason)
        decidedBy = decision.decidedBy
        day = decision.day
        reviewOn = OrNull(decision.reviewOn)
        revokedOn = OrNull(decision.revokedOn)
        revokedReason = OrNull(text: decision.kind == .withheld ? "" : decision.revokedReason)
    }
}

/// A discharge as the public sees it; of a publication for fewer than everybody only that there is one.
struct DischargeRow: Encodable, Sendable {
    let obligation: String
    /// null when the publication is not meant for everybody.
    let publication: OrNull<String>
    let title: OrNull<String>
    let edition: Int
    let day: OrNull<Day>
    let basis: TimeBasis
    let basisName: String
    let verdict: Discharge.Verdict
    let revoked: Bool

    init(_ discharge: Discharge, of publication: Publication?) {
        obligation = discharge.obligation
        self.publication = OrNull(publication?.id)
        title = OrNull(publication?.title)
        edition = discharge.edition
        day = OrNull(discharge.day)
        basis = discharge.basis
        basisName = discharge.basis.title(of: publication?.origin)
        verdict = discharge.verdict
        revoked = discharge.revoked
    }
}

extension Reading {
    func rows(_ discharges: [Discharge]) throws -> [DischargeRow] {
        notes.add(discharges.map { .publication($0.publication) })
        let open = try transaction.publications.publications(
            discharges.map(\.publication), audience: .everyone)
        return discharges.map { DischargeRow($0, of: open[$0.publication]) }
    }
}

extension TimeBasis {
    /// What published here is no source's word, though nothing but our record tells its day.
    func title(of origin: Publication.Origin?) -> String {
        self == .attested && origin == .local ? "来源自述（本平台自己的记录）" : title
    }
}

extension Discharge.Verdict {
    var title: String {
        switch self {
        case .onTime: "按时"
        case .late: "逾期"
        case .undetermined: "无法判定"
        }
    }
}

extension DischargeRow {
    var titleLink: HTML {
        guard let publication = publication.value else { return "不向全社会公开的信息" }
        return "<a href=\"/publications/\(publication)\">\(title.value)</a>"
    }
}

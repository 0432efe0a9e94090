import Catalogue
import CivilTime
import Law
import Obligations
import People
import Projects
import Publishing
import Storage

/// Performs the acts of one script one after the other and remembers what they made.
struct DemoStage {
    let transaction: Transaction
    let law: LawBook
    /// What a source tells, by the name of the step that imports it.
    private let notices: [String: DemoNotice]
    private var projects: [String: String] = [:]
    private var bodies: [String: String] = [:]
    private var events: [String: Event] = [:]
    private var decisions: [String: String] = [:]
    /// By name and channel.
    private var publications: [String: String] = [:]
    /// By event, item and channel.
    private var obligations: [String: String] = [:]

    init(transaction: Transaction, law: LawBook, notices: [String: DemoNotice]) {
        self.transaction = transaction
        self.law = law
        self.notices = notices
    }

    /// - Parameter minute: when on its day, minutes after midnight.
    mutating func perform(_ scene: DemoScene, at minute: Int) throws {
        do {
            switch scene.content {
            case .open(let act):
                let occasion = Occasion.work("示例公共资源交易平台 登记员", on: scene.day, minute: minute)
                projects[scene.step] = try act.perform(in: transaction, occasion).project.id
            case .paper(let paper):
                let name = try bodyName(paper.body, on: scene.day)
                try release(paper, scene.saying(["body": name]), clerk(of: name, on: scene.day, minute))
            case .step(let step):
                let actor = try actor(of: step, on: scene.day)
                try perform(step, scene, .work(actor, on: scene.day, minute: minute))
            }
        } catch let refusal as any Refusal {
            throw DemoScriptError("\(scene.step) on \(scene.day): \(refusal.code): \(refusal.detail)")
        }
    }

    private mutating func perform(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        switch step.act {
        case .event: try record(step, scene, occasion)
        case .amend: try amend(step, scene, occasion)
        case .void:
            try VoidEvent(event: event(step).id, reason: need(step.reason, "reason", step))
                .perform(in: transaction, law: law, occasion)
        case .publish: try publish(step, scene, occasion)
        case .notice:
            try need(notices[step.name], "notice", step)
                .take(into: scene.jurisdiction, in: transaction, law: law, occasion)
        case .correct: try correct(step, scene, occasion)
        case .withdraw:
            for id in try named(step) {
                _ = try WithdrawPublication(publication: id, reason: need(step.reason, "reason", step))
                    .perform(in: transaction, law: law, occasion)
            }
        case .withhold:
            decisions[step.name] = try WithholdObligation(
                obligation: obligation(step), ground: need(step.ground, "ground", step).rawValue,
                reason: need(step.reason, "reason", step), reviewOn: nil
            ).perform(in: transaction, occasion).id
        case .revoke:
            try RevokeDecision(
                decision: need(decisions[step.name], "decision", step),
                reason: need(step.reason, "reason", step)
            ).perform(in: transaction, occasion)
        case .notApplicable:
            decisions[step.name] = try MarkNotApplicable(
                obligation: obligation(step), reason: need(step.reason, "reason", step)
            ).perform(in: transaction, occasion).id
        case .cover: try cover(step, scene, occasion)
        case .external:
            bodies[step.name] = try RegisterExternal(
                jurisdiction: scene.jurisdiction, name: need(step.title, "title", step)
            ).perform(in: transaction, occasion).id
        }
    }

    // MARK: Events

    private mutating func record(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        var act = RecordEvent(
            kind: try need(step.kind, "kind", step), body: body(try need(step.body, "body", step)),
            day: scene.factDay ?? scene.day, basis: step.basis ?? .document)
        act.item = step.item ?? ""
        act.project = try project(step)
        act.lot = step.lot ?? ""
        act.time = step.time ?? ""
        act.evidence = try scene.text.fill(step.evidence ?? "")
        if let notice = step.evidencedBy {
            act.evidenceEdition = try need(publications[notice + "/portal"], "evidencedBy", step) + "/1"
        }
        act.naturalKey = try step.toldBy.map { try need(notices[$0], "toldBy", step).factKey(act.kind) }
        let recorded = try act.perform(in: transaction, law: law, occasion)
        events[step.name] = recorded.event
        for id in recorded.obligations {
            guard let made = try transaction.obligations.obligation(id) else { continue }
            obligations["\(step.name)|\(made.item)|\(made.channel)"] = id
        }
    }

    private mutating func amend(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        events[step.name] = try AmendEvent(
            event: event(step).id, day: scene.factDay ?? scene.day, basis: step.basis ?? .document,
            evidence: scene.text.fill(step.evidence ?? ""), reason: need(step.reason, "reason", step)
        ).perform(in: transaction, law: law, occasion)
    }

    // MARK: Publications

    private mutating func publish(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        let owner = try step.body.map(body) ?? event(step).body
        let name = try bodyName(owner, on: scene.day)
        let text = scene.saying(["body": name]).text
        for channel in step.channels ?? [.portal] {
            var record = EditionRecord(
                title: try text.fill(need(step.title, "title", step)),
                text: try text.fill(need(step.text, "text", step)),
                documentNumber: try text.fill(step.number ?? ""),
                sourceName: step.source ?? "\(name)（示例）")
            if let marks = step.marks { try marks.mark(&record, text) }
            var act = Publish(body: owner, record: record)
            act.jurisdiction = scene.jurisdiction
            act.item = step.item ?? ""
            act.channel = channel.rawValue
            if let about = step.for, let event = events[about] {
                act.project = event.project
                act.lot = event.lot
                act.obligation = obligations["\(about)|\(act.item)|\(channel.rawValue)"] ?? ""
            }
            if step.project != nil { act.project = try project(step) }
            if let lot = step.lot { act.lot = lot }
            if let source = step.source {
                act.imported = .init(
                    source: source, key: "\(try need(step.sourceKey, "sourceKey", step))/\(channel.rawValue)",
                    claimedAt: scene.factDay.map { "\($0) 09:00:00" } ?? "", claimedDay: scene.factDay)
            }
            publications["\(step.name)/\(channel.rawValue)"] =
                try act.perform(in: transaction, law: law, occasion).publication.id
        }
    }

    private func correct(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        for id in try named(step) {
            guard let old = try transaction.publications.publication(id),
                var record = try transaction.publications.edition(id, number: old.editions)?.record
            else { throw DemoScriptError("\(step.name): nothing to correct") }
            let text = scene.saying(["body": try bodyName(old.body, on: scene.day)]).text
            if let title = step.title { record.title = try text.fill(title) }
            record.text = try text.fill(need(step.text, "text", step))
            _ = try CorrectPublication(
                publication: id, record: record, reason: need(step.reason, "reason", step)
            )
            .perform(in: transaction, law: law, occasion)
        }
    }

    /// The publications of that name, on the step's channels or on all.
    private func named(_ step: DemoStep) throws -> [String] {
        let channels = step.channels ?? DisclosureChannel.allCases
        let found = channels.compactMap { publications["\(step.name)/\($0.rawValue)"] }
        guard !found.isEmpty else { throw DemoScriptError("no publication \(step.name)") }
        return found
    }

    private mutating func release(_ paper: DemoPaper, _ scene: DemoScene, _ occasion: Occasion) throws {
        let name = scene.step + "/portal"
        let record = EditionRecord(
            title: try scene.text.fill(paper.title), text: try scene.text.fill(paper.text),
            sourceName: "\(try bodyName(paper.body, on: scene.day))（示例）")
        if !paper.reason.isEmpty {
            guard let id = publications[name] else { throw DemoScriptError("\(name) was never released") }
            _ = try CorrectPublication(publication: id, record: record, reason: paper.reason)
                .perform(in: transaction, law: law, occasion)
            return
        }
        var act = Publish(body: paper.body, record: record)
        act.item = paper.item
        act.period = paper.period
        publications[name] = try act.perform(in: transaction, law: law, occasion).publication.id
    }

    // MARK: Coverage

    private func cover(_ step: DemoStep, _ scene: DemoScene, _ occasion: Occasion) throws {
        let days = scene.text.days
        _ = try DeclareCoverage(
            source: need(step.source, "source", step), jurisdiction: scene.jurisdiction,
            body: step.body.map(body) ?? "", item: step.item ?? "",
            from: days.before(need(step.from, "from", step)),
            to: days.before(need(step.to, "to", step))
        ).perform(in: transaction, occasion)
    }

    // MARK: Names

    private func body(_ name: String) -> String { bodies[name] ?? name }

    private func bodyName(_ id: String, on day: Day) throws -> String {
        guard let body = try transaction.bodies.body(body(id), on: day) else {
            throw DemoScriptError("no body \(id)")
        }
        return body.name
    }

    private func actor(of step: DemoStep, on day: Day) throws -> String {
        if let by = step.by { return by }
        if let id = step.body ?? step.for.flatMap({ events[$0]?.body }) ?? events[step.name]?.body {
            return "\(try bodyName(id, on: day)) 经办"
        }
        return "示例公共资源交易平台 经办"
    }

    private func clerk(of name: String, on day: Day, _ minute: Int) -> Occasion {
        .work("\(name) 经办", on: day, minute: minute)
    }

    private func project(_ step: DemoStep) throws -> String {
        try step.project.map { try need(projects[$0], "project", step) } ?? ""
    }

    /// The event that the step is about: the one it names, or its own.
    private func event(_ step: DemoStep) throws -> Event {
        try need(events[step.for ?? step.name], "event", step)
    }

    private func obligation(_ step: DemoStep) throws -> String {
        let item = try need(step.item, "item", step)
        let channel = step.channels?.first ?? .portal
        if let about = step.for {
            return try need(obligations["\(about)|\(item)|\(channel.rawValue)"], "obligation", step)
        }
        var filter = ObligationFilter(day: Day(ordinal: 0), soon: Day(ordinal: 0))
        filter.item = item
        filter.body = try body(need(step.body, "body", step))
        return try need(
            transaction.obligations.list(filter, after: nil, limit: 1).first?.id, "obligation", step)
    }

    private func need<Value>(_ value: Value?, _ what: String, _ step: DemoStep) throws -> Value {
        guard let value else { throw DemoScriptError("\(step.name): no \(what)") }
        return value
    }
}

extension DemoMarks {
    fileprivate func mark(_ record: inout EditionRecord, _ text: DemoText) throws {
        record.indexNumber = try indexNumber.map { try text.fill($0) }
        record.documentKind = documentKind
        record.addressees = addressees
        record.openness = openness
        record.issuer = issuer
        record.attachments = attachments.map { $0.map { EditionRecord.Attachment(name: $0) } }
        record.dated = try dated.map { name in
            guard let day = text.events[name] else { throw DemoScriptError("unknown event \(name)") }
            return day
        }
    }
}

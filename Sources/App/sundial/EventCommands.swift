import ArgumentParser
import CivilTime
import Obligations
import People
import Platform
import Storage

/// `sundial event`: the dated facts that start clocks.
struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event",
        abstract: "Record, amend or void a dated fact (触发事项).",
        subcommands: [RecordCommand.self, AmendCommand.self, VoidCommand.self])
}

/// What an event command answers.
private struct EventAnswer: Encodable {
    let event: Event
    let obligations: [Obligation]
    /// What the facts of the project make one ask about this one. They never keep it from being recorded.
    let warnings: [Warning]

    struct Warning: Encodable {
        let rule: String
        let weight: Finding.Weight
        let clause: String
        let verified: Bool
        let detail: String
    }

    init(_ event: Event, _ obligations: [Obligation], in transaction: Transaction) throws {
        self.event = event
        self.obligations = obligations
        let project = event.project
        let known =
            project.isEmpty
            ? [] : try transaction.findings.findings(project: project, kind: Finding.aboutEvent)
        warnings =
            known.filter { $0.names(event: event.id) }
            .map {
                Warning(
                    rule: $0.rule, weight: $0.weight, clause: $0.clause, verified: $0.verified,
                    detail: $0.detail)
            }
    }
}

private func answer(_ answer: EventAnswer, json: Bool) throws {
    if json { return try Printed.json(answer) }
    let event = answer.event
    Printed.line("触发事项 \(event.id)：\(event.kind)，\(event.day)（\(event.basis.title)）")
    for obligation in answer.obligations {
        let due = obligation.due?.description ?? "无期限"
        let word = obligation.firm ? "到期日" : "鼓励公开，参照期限"
        Printed.line(
            "  公开义务 \(obligation.id)：\(obligation.item)，\(obligation.channel)，\(word) \(due)，依据 \(obligation.rule)"
        )
    }
    for warning in answer.warnings {
        let clause = [warning.clause, warning.verified ? "" : "规则待核实"].filter { !$0.isEmpty }
        let word = warning.weight == .warning ? "注意" : "提示"
        let basis = clause.isEmpty ? "" : "（\(clause.joined(separator: "；"))）"
        Printed.line("  \(word)：\(warning.detail)\(basis) [\(warning.rule)]")
    }
}

extension EventCommand {
    struct RecordCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record",
            abstract: "Record a dated fact; what it makes somebody owe follows by itself.",
            discussion: """
                The day is the day of the fact, never the day on which it was published. --basis says what the \
                day rests on: document (文件载明) and stated (公告载明) need --evidence. A period that is shorter than \
                the law asks, or a step out of its order, is recorded all the same; the answer says so with the \
                clause, and the project's page shows it.
                """)

        @OptionGroup var act: ActOptions
        @OptionGroup var owner: BodyOption
        @OptionGroup var place: ProjectOption

        @Option(
            help: "The kind: procurement.contract_signed, land.result_fixed, item.formed, decision.licence …")
        var kind: String
        @Option(help: ArgumentHelp("The day of the fact, YYYY-MM-DD.", valueName: "day"), transform: readDay)
        var day: Day
        @Option(help: "document, system, stated or inferred.")
        var basis: DayBasis = .document
        @Option(help: "The document number, or the sentence and its place.")
        var evidence = ""
        @Option(help: "The catalogue item whose information was formed, for kinds that name one.")
        var item = ""
        @Option(help: "Local time HH:MM or HH:MM:SS where hours count.")
        var time = ""

        func run() async throws {
            let recorded = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, law, occasion in
                    let body = try owner.find(in: transaction, on: occasion.today)
                    var record = RecordEvent(kind: kind, body: body.id, day: day, basis: basis)
                    record.jurisdiction = owner.jurisdiction
                    record.item = item
                    record.project = try place.find(in: transaction)
                    record.lot = place.lot
                    record.time = time
                    record.evidence = evidence
                    let recorded = try record.perform(in: transaction, law: law, occasion)
                    let made = try recorded.obligations.compactMap {
                        try transaction.obligations.obligation($0)
                    }
                    return try EventAnswer(recorded.event, made, in: transaction)
                }
            }
            try answer(recorded, json: act.json)
            if recorded.obligations.isEmpty, !act.json {
                Printed.line("  没有产生公开义务：目录里没有由此触发的事项，或者只限重大建设项目、政府和社会资本合作项目（见 project open）")
            }
        }
    }

    struct AmendCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "amend",
            abstract: "Correct the day of a recorded fact; every clock that it started restarts.")

        @OptionGroup var act: ActOptions
        @Argument(help: "The event's id.")
        var event: String
        @Option(help: ArgumentHelp("The right day, YYYY-MM-DD.", valueName: "day"), transform: readDay)
        var day: Day
        @Option(help: "document, system, stated or inferred.")
        var basis: DayBasis = .document
        @Option(help: "The document number, or the sentence and its place.")
        var evidence = ""
        @Option(help: "Why it is amended.")
        var reason: String

        func run() async throws {
            let amended = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, law, occasion in
                    let amend = AmendEvent(
                        event: event, day: day, basis: basis, evidence: evidence, reason: reason)
                    let new = try amend.perform(in: transaction, law: law, occasion)
                    return try EventAnswer(
                        new, try transaction.obligations.obligations(triggeredBy: new.id), in: transaction)
                }
            }
            try answer(amended, json: act.json)
        }
    }

    struct VoidCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "Take a recorded fact back with a reason; what it alone created is void.")

        @OptionGroup var act: ActOptions
        @Argument(help: "The event's id.")
        var event: String
        @Option(help: "Why it is void.")
        var reason: String

        func run() async throws {
            let voided = try await act.withHouse { house in
                try await house.act(as: act.actor) { transaction, law, occasion in
                    try VoidEvent(event: event, reason: reason).perform(in: transaction, law: law, occasion)
                    return try transaction.events.event(event).map {
                        try EventAnswer($0, [], in: transaction)
                    }
                }
            }
            guard let voided else { return }
            try answer(voided, json: act.json)
        }
    }
}

extension DayBasis: ExpressibleByArgument {
    /// A period ends by the calendar, by nobody's word.
    package static var allValueStrings: [String] { allCases.filter { $0 != .periodic }.map(\.rawValue) }
}

import Catalogue
import CivilTime
import Law
import People
import Web

/// A body as a plan names it, and the body of the registry that is meant; no id when it knows none.
struct NamedBody: Encodable, Sendable {
    let name: String
    let id: OrNull<String>

    var link: HTML {
        id.value.map { "<a href=\"/bodies/\($0)\">\(name)</a>" } ?? "\(name)"
    }
}

/// Reads what the plans say beside their items, with the bodies that they mean in one jurisdiction.
struct PlanReading {
    let reading: Reading
    let tables: PlanTables
    let place: Jurisdiction
    let plans: [CataloguePlan]
    private var ids: [String: String] = [:]

    /// - Returns: nil when the jurisdiction keeps no catalogue yet.
    init?(_ place: Jurisdiction, _ reading: Reading) throws {
        guard let version = try reading.transaction.catalogue.version(in: place.code, on: reading.day) else {
            return nil
        }
        self.reading = reading
        self.place = place
        plans = version.plans
        tables = try PlanTables.builtIn()
    }

    func has(_ plan: String) -> Bool { plans.contains { $0.plan == plan } }
    func title(_ plan: String) -> String { plans.first { $0.plan == plan }?.title ?? plan }
    func document(_ plan: String) -> String { plans.first { $0.plan == plan }?.document ?? plan }

    mutating func bodies(_ names: [String]) throws -> [NamedBody] {
        try names.map { NamedBody(name: $0, id: OrNull(text: try id(of: $0))) }
    }

    /// The id of the body that bears the duties of a name today; empty when nobody is registered under it.
    mutating func id(of name: String) throws -> String {
        if let known = ids[name] { return known }
        let found = try reading.transaction.bodies.resolve(name, in: place.code, on: reading.day)?.id ?? ""
        ids[name] = found
        return found
    }
}

/// A task of a plan, as the public sees it.
struct PlanTaskRow: Encodable, Sendable {
    let jurisdiction: String
    let jurisdictionName: String
    let plan: String
    let planTitle: String
    let section: String
    let task: String
    let lead: [NamedBody]
    let with: [NamedBody]
    let due: OrNull<Day>
    let rhythm: PlanTask.Rhythm
    let rhythmName: String

    init(_ task: PlanTask, _ plans: inout PlanReading) throws {
        jurisdiction = plans.place.code
        jurisdictionName = plans.place.name
        plan = task.plan
        planTitle = plans.title(task.plan)
        section = task.section
        self.task = task.task
        lead = try plans.bodies(task.lead)
        with = try plans.bodies(task.with)
        due = OrNull(task.due)
        rhythm = task.rhythm
        rhythmName = task.rhythm.title
    }

    /// When it is to be done.
    var when: HTML { due.value.map { "\(time($0)) 前" } ?? "\(rhythmName)" }

    func concerns(_ body: String) -> Bool {
        (lead + with).contains { $0.id.value == body }
    }
}

/// A filing that a plan asks for, with the day that the count gives.
struct PlanFilingRow: Encodable, Sendable {
    let jurisdiction: String
    let plan: String
    let planTitle: String
    let section: String
    let filers: [NamedBody]
    let receiver: NamedBody
    let issued: Day
    let workingDays: Int
    let due: Day
    let provisional: Bool
    let reason: String

    init(_ filing: PlanFiling, _ plans: inout PlanReading) throws {
        let counted = filing.due(by: plans.reading.law.calendar(in: plans.place.code))
        jurisdiction = plans.place.code
        plan = filing.plan
        planTitle = plans.title(filing.plan)
        section = filing.section
        filers = try plans.bodies(filing.filers)
        receiver = try plans.bodies([filing.receiver])[0]
        issued = filing.issued
        workingDays = filing.workingDays
        due = counted.due
        provisional = counted.provisional
        reason = filing.reason
    }
}

import CivilTime
import Counting
import Law
import Obligations
import People
import Projects
import Publishing
import Storage
import Web

// A past day on a page: what was known here by its end, and the way to it and back.

/// Says that a page shows the ledger as it stood at the end of a past day; nothing for today.
struct PastNotice: Piece {
    let past: Day?
    let today: Link

    init(_ past: Day?, today: Link) {
        self.past = past
        self.today = today
    }

    var html: HTML {
        guard let past else { return "" }
        return """
            <div class="box box-warn"><p><strong>这是 \(time(past)) 日终的台账</strong>：只按那时本平台已经记载的事实推出，\
            以后才记载的触发事项、公开、更正、决定和来源声明都不在内。公开信息的题名和状态、项目的编号、机关的登记以今天为准。\
            <a href="\(today)">看今天的</a></p></div>
            """
    }
}

/// Asks for a page as it stood on another day.
struct DayForm: Piece {
    let action: Link
    let past: Day?

    init(to action: Link, past: Day?) {
        self.action = action
        self.past = past
    }

    var html: HTML {
        let form = AskingForm(
            to: action, label: "看某一日的台账", button: "查看",
            [Control.day("on", "日期", value: past, hint: "那一日日终前已经记载的")])
        return "<details\(when: past != nil, " open")><summary>看某一日的台账</summary>\(form)</details>"
    }
}

extension WebRequest {
    /// For a page that shows today alone.
    ///
    /// - Throws: `Problem` when a past day is asked for; answered with today, it would be taken for that day.
    func refusePastDay() throws {
        guard try query.day("on") != nil else { return }
        throw Problem(
            .invalid, code: "day-not-offered",
            detail: "这一页只有今天的样子。某一日的台账，在公开义务、公开主体和项目的页面加上 on=日期。")
    }
}

extension Link {
    /// The same place on a past day; as it is for today.
    func on(_ past: Day?) -> Link { adding([(name: "on", value: past?.description)]) }
}

/// The ledger as the reading's day sees it.
extension Reading {
    func obligation(_ id: String) throws -> Obligation? {
        try past?.obligation(id) ?? (past == nil ? transaction.obligations.obligation(id) : nil)
    }

    func obligations(project: String) throws -> [Obligation] {
        try past?.obligations(project: project) ?? transaction.obligations.obligations(project: project)
    }

    func list(_ filter: ObligationFilter, after cursor: ObligationCursor?, limit: Int) throws -> [Obligation]
    {
        guard let past else { return try transaction.obligations.list(filter, after: cursor, limit: limit) }
        // One body, item or project has few rows, and an index of its own.
        guard filter.body == nil, filter.item == nil, filter.project == nil else {
            return try past.list(filter, after: cursor, limit: limit)
        }
        return try past.list(filter, after: cursor, limit: limit) { from, over in
            try transaction.tallies.stretch(from: from, on: day, over: over)
        }
    }

    /// By state under the filter's other conditions: from the tally where it can tell, else row by row.
    func counts(_ filter: ObligationFilter) throws -> StateCounts {
        if let tally = try transaction.tallies.counts(filter, past: past != nil) { return tally }
        var every = filter.with(state: .overdue)
        every.includesUnverified = true
        var verified = every
        verified.includesUnverified = false
        return StateCounts(
            byState: try past?.countsByState(filter) ?? transaction.obligations.countsByState(filter),
            overdueUnverified: try count(every) - count(verified))
    }

    /// What is open, by due day: from the tally where it can tell, else row by row.
    func countsByDue(_ filter: ObligationFilter, days: ClosedRange<Day>) throws -> [Day: StateCounts] {
        if let tally = try transaction.tallies.countsByDue(filter, days: days) { return tally }
        var within = filter
        (within.dueFrom, within.dueTo) = (days.lowerBound, days.upperBound)
        let rows = try transaction.obligations.countsByDue(within)
        return Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0.due, StateCounts(byState: $0.byState, overdueUnverified: $0.overdueUnverified))
            })
    }

    /// Where anything is or was owed, for the choices of a list.
    func jurisdictionsThatOwe() throws -> [String] {
        try transaction.tallies.names(of: .jurisdiction) ?? transaction.obligations.jurisdictions()
    }

    func fieldsThatOwe() throws -> [String] {
        try transaction.tallies.names(of: .field) ?? transaction.obligations.fields()
    }

    private func count(_ filter: ObligationFilter) throws -> Int {
        try past?.count(filter) ?? transaction.obligations.count(filter)
    }

    /// - Parameter counts: of the same body.
    func timeliness(
        _ counts: StateCounts, body: String
    ) throws -> [(basis: TimeBasis, verdict: Discharge.Verdict, count: Int)] {
        try counts.timeliness ?? past?.timeliness(body: body) ?? transaction.ledger.timeliness(body: body)
    }

    func computations(of obligation: String) throws -> [DueComputation] {
        try past?.computations(of: obligation) ?? transaction.ledger.computations(of: obligation)
    }

    func decisions(of obligation: String) throws -> [Decision] {
        try past?.decisions(of: obligation) ?? transaction.ledger.decisions(of: obligation)
    }

    func discharges(ofAny obligations: [String]) throws -> [Discharge] {
        try past?.discharges(ofAny: obligations) ?? transaction.ledger.discharges(ofAny: obligations)
    }

    func overdueEntries(of obligation: String) throws -> [Day] {
        try past?.overdueEntries(of: obligation) ?? transaction.ledger.overdueEntries(of: obligation)
    }

    func history(root: String) throws -> [Event] {
        try past?.history(root: root) ?? transaction.events.history(root: root)
    }

    func events(project: String) throws -> [Event] {
        try past?.events(project: project) ?? transaction.events.current(project: project)
    }

    /// Whether an observed obligation is so because its body publishes here, and not by a declaration.
    func publishesHere(_ obligation: Obligation) throws -> Bool {
        if let past { return try obligation.observed && !past.isCovered(obligation) }
        return try transaction.bodies.body(obligation.body)?.publishesHere ?? false
    }

    // MARK: What else was here by then

    /// Before which publications had been seen; nil for today.
    var publicationEnd: PublicationCursor? {
        past.map { PublicationCursor(firstSeenAt: $0.end, id: "") }
    }

    func seen(_ publications: [Publication]) -> [Publication] {
        publications.filter { publication in past.map { publication.firstSeenAt < $0.end } ?? true }
    }

    func found(_ findings: [Finding]) -> [Finding] {
        findings.filter { finding in past.map { finding.at < $0.end } ?? true }
    }

    /// Whether the project had been opened here.
    func knew(_ project: Project) throws -> Bool {
        guard let past else { return true }
        return try transaction.projects.wasOpened(project.id, before: past.end)
    }
}

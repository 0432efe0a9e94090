import Law
import People
import Projects
import Storage

/// Keeps the findings about a project's facts as the facts are now.
struct ProjectQuestions {
    let transaction: Transaction
    let law: LawBook
    let occasion: Occasion

    /// What no longer holds goes, what is new comes; what still holds keeps the time at which it was found.
    ///
    /// - Parameter mayEnd: a fact was amended or taken back, so that a finding may have lost its ground.
    func ask(about project: String, mayEnd: Bool) throws {
        guard !project.isEmpty else { return }
        let facts = try transaction.events.current(project: project)
        guard mayEnd || facts.contains(where: \.isToldHere),
            let project = try transaction.projects.project(project)
        else { return }
        let lots = try transaction.projects.lots(of: project.id).map(\.number)
        let asked = StepChecks(law: law, project: project, facts: facts, lots: lots).questions()
        let store = transaction.findings
        let known = try store.findings(project: project.id, kind: Finding.aboutEvent)
        let gone = known.filter { old in !asked.contains { $0.isSame(as: old) } }
        try store.remove(gone.map(\.id))
        for question in asked where !known.contains(where: question.isSame) {
            try store.insert(finding(question, in: project))
        }
    }

    private func finding(_ question: StepChecks.Question, in project: Project) -> Finding {
        Finding(
            id: transaction.newID(), rule: question.rule, ruleVersion: law.version, weight: question.weight,
            clause: question.clause, verified: question.verified, subjectKind: Finding.aboutEvent,
            subject: question.event.id, project: project.id, body: question.event.body,
            detail: question.detail,
            quotes: [question.other, question.event].compactMap { $0.map(quote) }, confidence: .field,
            at: occasion.now)
    }

    private func quote(_ event: Event) -> Finding.Quote {
        let lot = event.lot.isEmpty ? "" : "，标段 \(event.lot)"
        return Finding.Quote(
            place: "触发事项 \(event.id)（\(event.basis.title)）",
            text: "\(law.eventKind(event.kind)?.title ?? event.kind)：\(event.day)\(lot)")
    }
}

extension StepChecks.Question {
    fileprivate func isSame(as finding: Finding) -> Bool {
        finding.rule == rule && finding.subject == event.id && finding.detail == detail
            && finding.clause == clause && finding.weight == weight
    }
}

extension Finding {
    /// The kind of subject of what is asked about a recorded fact.
    package static let aboutEvent = "event"

    /// Whether it is asked about that fact, or compares another with it.
    package func names(event id: String) -> Bool {
        subjectKind == Self.aboutEvent && (subject == id || quotes.contains { $0.place.contains(id) })
    }
}

import Catalogue
import CivilTime
import Law
import Projects

/// One act on its day.
struct DemoScene {
    enum Content {
        case open(OpenProject)
        case step(DemoStep)
        /// An edition of a standing or recurring item.
        case paper(DemoPaper)
    }

    let day: Day
    let jurisdiction: String
    /// For messages.
    let step: String
    let content: Content
    let text: DemoText
    /// The day of the fact of an event, or that a source claims.
    var factDay: Day?
}

/// An edition of a standing or recurring item, or its renewal.
struct DemoPaper {
    let item: String
    let body: String
    let period: String
    let title: String
    let text: [String]
    /// What a renewal changed; empty for the first edition.
    let reason: String
}

/// Puts the script's acts on their days.
struct DemoPlan {
    let script: DemoScript
    let days: DemoDays
    private let eventDays: [String: Day]

    init(script: DemoScript, days: DemoDays) throws {
        self.script = script
        self.days = days
        var eventDays: [String: Day] = [:]
        for step in script.steps where step.act == .event {
            let day = days.before(step.day ?? step.at)
            guard eventDays.updateValue(day, forKey: step.name) == nil else {
                throw DemoScriptError("two events \(step.name)")
            }
        }
        self.eventDays = eventDays
    }

    func scenes() throws -> [DemoScene] {
        try openings() + standing() + periodic() + steps()
    }

    private func text(on day: Day, seed: String) -> DemoText {
        DemoText(day: day, days: days, events: eventDays, seed: seed)
    }

    private func openings() -> [DemoScene] {
        script.projects.map { project in
            let day = days.before(project.at)
            return scene(
                day, project.name,
                .open(
                    OpenProject(
                        jurisdiction: script.jurisdiction, field: project.field, title: project.title,
                        keys: project.keys.map { printed($0, on: day) }, lots: project.lots ?? [],
                        scopes: Set(project.scopes ?? []))))
        }
    }

    /// Codes carry the year in which they were given.
    private func printed(_ key: ProjectKey, on day: Day) -> ProjectKey {
        ProjectKey(kind: key.kind, printed: key.printed.replacing("{year}", with: String(day.year)))
    }

    private func steps() throws -> [DemoScene] {
        try script.steps.map { step in
            var scene = scene(days.before(step.at), step.name, .step(step))
            scene.factDay = (step.claimed ?? step.day).map(days.before)
            return try step.notice.map { scene.saying(["code": try code($0, of: step)]) } ?? scene
        }
    }

    /// The project's code as every notice of it prints it, whatever the year of the notice.
    private func code(_ told: DemoSource, of step: DemoStep) throws -> String {
        guard let project = script.projects.first(where: { $0.name == step.project }),
            let key = project.keys.first(where: { $0.kind == told.key })
        else { throw DemoScriptError("\(step.name): no such code of the project") }
        return printed(key, on: days.before(project.at)).printed
    }

    private func standing() -> [DemoScene] {
        script.standing.flatMap { paper in
            paper.bodies.filter { !(paper.missing ?? []).contains($0) }.flatMap { body -> [DemoScene] in
                let name = paper.item + "/" + body
                let first = scene(
                    days.after(days.start, paper.fromStart), name,
                    .paper(
                        DemoPaper(
                            item: paper.item, body: body, period: "", title: paper.title, text: paper.text,
                            reason: "")))
                guard let renewAt = paper.renewAt, !(paper.notRenewed ?? []).contains(body) else {
                    return [first]
                }
                let renewal = scene(
                    days.before(renewAt), name,
                    .paper(
                        DemoPaper(
                            item: paper.item, body: body, period: "", title: paper.title,
                            text: paper.text + (paper.renewal ?? ["本信息已于{day}逐项核对，内容现行有效。"]),
                            reason: "年度核对更新")))
                return [first, renewal]
            }
        }
    }

    private func periodic() -> [DemoScene] {
        script.periodic.flatMap { paper in paper.bodies.flatMap { periodic(paper, body: $0) } }
    }

    private func periodic(_ paper: PeriodicPaper, body: String) -> [DemoScene] {
        let ended = Period.ending(paper.every, from: days.start, through: days.today.adding(days: -1))
        // Due before today: only these can be late or missing.
        let past = ended.filter { days.after($0.last, 20) < days.today }
        return ended.compactMap { period in
            let rank = past.firstIndex(of: period).map { past.count - $0 } ?? 0
            if paper.missing?[body]?.contains(rank) ?? false { return nil }
            let isLate = paper.late?[body]?.contains(rank) ?? false
            let day = days.after(period.last, isLate ? 23 : paper.after)
            guard day < days.today else { return nil }
            return scene(
                day, "\(paper.item)/\(body)/\(period)",
                .paper(
                    DemoPaper(
                        item: paper.item, body: body, period: period.description, title: paper.title,
                        text: paper.text, reason: ""))
            ).saying(["period": period.printed])
        }
    }

    private func scene(_ day: Day, _ name: String, _ content: DemoScene.Content) -> DemoScene {
        DemoScene(
            day: day, jurisdiction: script.jurisdiction, step: name, content: content,
            text: text(on: day, seed: name))
    }
}

extension DemoScene {
    func saying(_ words: [String: String]) -> DemoScene {
        var text = text
        text.words.merge(words) { _, new in new }
        return DemoScene(
            day: day, jurisdiction: jurisdiction, step: step, content: content, text: text, factDay: factDay)
    }
}

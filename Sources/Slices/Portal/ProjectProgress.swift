import Catalogue
import CivilTime
import Obligations

/// How far a project has come, in the few facts that somebody asks for who has a code on a paper (项目进度).
///
/// Told from the same steps that the project's page shows, so the two cannot differ.
struct ProjectProgress: Encodable, Sendable {
    let project: String
    let title: String
    let field: String
    let jurisdictionName: String
    /// null where the law data knows none for this field.
    let procedure: OrNull<String>
    let tracks: [Track]
    /// What has a due day ahead, soonest first.
    let comingDue: [ObligationRow]
    /// What a step that is not recorded yet will start (待触发).
    let awaited: [ObligationRow]
    /// Overdue or lapsed under verified rules.
    let late: [ObligationRow]
    /// Past its day, and nobody is late: not observed, or under a rule that nobody has verified.
    let unsettled: [ObligationRow]
    /// What one may do about what is missing; null where nothing of it is late or unsettled.
    let recourse: OrNull<RecourseRow>

    /// One lot, or the project where it has none.
    struct Track: Encodable, Sendable {
        let lot: String
        let title: String
        /// Whether it was terminated.
        let ended: Bool
        /// The last step that is recorded; null where none is.
        let last: OrNull<Step>
        /// What the procedure has next; null at its end, or where it is not known.
        let next: OrNull<NextStep>
        /// Steps that every project takes, of which a later one is recorded and they are not.
        let unseen: [String]
    }

    struct Step: Encodable, Sendable {
        let event: String
        let title: String
        /// The last day on which it is recorded; null where only its publication is.
        let day: OrNull<Day>
        let basisName: OrNull<String>
        let occurrence: OrNull<Occurrence>
    }

    struct NextStep: Encodable, Sendable {
        let event: String
        let title: String
        /// The day for which it was announced; null where none was.
        let planned: OrNull<Day>
        /// The law's last day of it; null where the law sets none.
        let bound: OrNull<Day>
        /// Who has to publish it then; empty where no obligation waits for it.
        let bodies: [BodyPage.Place]
        /// The catalogue's items that it starts.
        let items: [Item]

        struct Item: Encodable, Sendable {
            let id: String
            let title: String
        }
    }

    /// - Parameter items: what the catalogue demands because of an event.
    init(of value: ProjectPage.Value, items: (_ event: String) throws -> [CatalogueItem]) rethrows {
        project = value.id
        title = value.title
        field = value.field
        jurisdictionName = value.jurisdictionName
        procedure = value.procedure
        tracks = try value.tracks.map {
            try Track($0, hasProcedure: value.procedure.value != nil, items: items)
        }
        let all = ProjectProgress.obligations(value.tracks)
        comingDue = all.filter { [.owed, .dueSoon].contains($0.state) && $0.due.value != nil }
        awaited = all.filter { $0.state == .awaited }
        late = all.filter { $0.state == .overdue && $0.verified || $0.state == .lapsed }
        unsettled = all.filter { $0.state == .unobserved || $0.state == .overdue && !$0.verified }
        recourse = late.isEmpty && unsettled.isEmpty ? OrNull(nil) : value.recourse
    }

    var owesNothing: Bool { late.isEmpty && comingDue.isEmpty && awaited.isEmpty && unsettled.isEmpty }

    /// Each once, soonest due first: what bears no lot stands in every track.
    private static func obligations(_ tracks: [ProjectTrack]) -> [ObligationRow] {
        var seen: Set<String> = []
        return tracks.flatMap(\.steps).flatMap(\.obligations).filter { seen.insert($0.id).inserted }
            .sorted { ($0.due.value?.ordinal ?? .max, $0.id) < ($1.due.value?.ordinal ?? .max, $1.id) }
    }
}

extension ProjectProgress.Track {
    /// - Parameter hasProcedure: whether the steps that are not recorded are known, too.
    fileprivate init(
        _ track: ProjectTrack, hasProcedure: Bool, items: (_ event: String) throws -> [CatalogueItem]
    ) rethrows {
        lot = track.lot
        title = track.title
        ended = track.ended
        let reached = track.steps.lastIndex(where: \.isReached)
        last = OrNull(reached.map { ProjectProgress.Step(track.steps[$0]) })
        let ahead = track.steps[(reached.map { $0 + 1 } ?? 0)...].first {
            $0.isMissing || $0.occurrence.value == .planned
        }
        let next = track.ended || !hasProcedure ? nil : ahead
        self.next = OrNull(try next.map { ProjectProgress.NextStep($0, starting: try items($0.event)) })
        unseen = track.steps.prefix(reached ?? 0).filter(\.isMissing).map(\.title)
    }
}

extension ProjectStep {
    /// Whether something says that it took place: a record of it, or what was published because of it.
    fileprivate var isReached: Bool {
        events.isEmpty ? state == .done || state == .late : occurrence.value != .planned
    }

    /// Every project takes it, and this one has not as far as anything says.
    fileprivate var isMissing: Bool { expected && !isReached && state != .ended }
}

extension ProjectProgress.Step {
    fileprivate init(_ step: ProjectStep) {
        event = step.event
        title = step.title
        let last = step.events.filter { $0.occurrence != .planned }.max { $0.day < $1.day }
        day = OrNull(last?.day)
        basisName = OrNull(last?.basisName)
        occurrence = step.occurrence
    }
}

extension ProjectProgress.NextStep {
    fileprivate init(_ step: ProjectStep, starting items: [CatalogueItem]) {
        event = step.event
        title = step.title
        self.items = items.map { Item(id: $0.id, title: $0.title) }
        planned = OrNull(step.events.map(\.day).min())
        bound = step.bound
        var seen: Set<String> = []
        bodies = step.obligations.filter { seen.insert($0.body).inserted }
            .map { BodyPage.Place(id: $0.body, name: $0.bodyName) }
    }
}

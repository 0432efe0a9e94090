import Catalogue
import Law
import Obligations
import People
import Web

/// What a reader may do about information that is not there: the law's roads and the plans' channels (您可以做什么).
struct RecourseRow: Encodable, Sendable {
    /// What stands with the things shown, so which roads are open.
    let situations: [Recourse.Situation]
    let roads: [Recourse]
    let supervision: [SupervisionRow]
    /// Whether a body is among them of which only its name is known, and so not which law it comes under.
    let namesStrangers: Bool
}

/// A plan's channel of supervision (监督渠道), as the plan has it with its section.
struct SupervisionRow: Encodable, Sendable, Hashable {
    let plan: String
    let planTitle: String
    let document: String
    let channel: String
}

extension Reading {
    /// - Parameters:
    ///   - obligations: those that are shown; what is met, void or merely encouraged counts for nothing.
    ///   - names: knows their items.
    /// - Returns: nil when there is nothing to be done, or the ledger of a past day is shown.
    func recourse(about obligations: [Obligation], _ names: Names) throws -> RecourseRow? {
        guard past == nil else { return nil }
        let open = obligations.compactMap { obligation in
            Recourse.Situation(obligation.state(on: day, soon: soon), isVerified: obligation.verified).map {
                (obligation: obligation, situation: $0)
            }
        }
        guard !open.isEmpty else { return nil }
        let situations = Set(open.map(\.situation))
        let bodies = try transaction.bodies.bodies(Set(open.map(\.obligation.body)).sorted(), on: day)
        return RecourseRow(
            situations: Recourse.Situation.allCases.filter(situations.contains),
            roads: try Recourse.roads(
                in: situations, about: Set(bodies.values.flatMap(\.kind.addressees))),
            supervision: try supervision(of: open.map(\.obligation), names),
            namesStrangers: bodies.values.contains { $0.kind == .external })
    }

    /// The channels of the plans under which the items of obligations stand, each once.
    func supervision(of obligations: [Obligation], _ names: Names) throws -> [SupervisionRow] {
        var rows: [SupervisionRow] = []
        for id in Set(obligations.map(\.catalogueVersion)).sorted() {
            let plans = Set(
                obligations.filter { $0.catalogueVersion == id }
                    .compactMap { names.item($0.item, version: id)?.plan })
            let version = try transaction.catalogue.version(id)
            rows += (version?.plans ?? []).filter { plans.contains($0.plan) }.map(SupervisionRow.init)
        }
        var seen: Set<SupervisionRow> = []
        return rows.filter { seen.insert($0).inserted }
    }
}

extension SupervisionRow {
    fileprivate init(_ plan: CataloguePlan) {
        self.plan = plan.plan
        planTitle = plan.title
        document = plan.document
        channel = plan.supervision
    }
}

extension SupervisionRow: Piece {
    var html: HTML {
        "<li>\(channel)<span class=\"under quiet\">\(planTitle)，\(document)</span></li>"
    }
}

extension BodyKind {
    /// Of whom a clause may speak when this body is meant. Of a body known only by name either may be true.
    fileprivate var addressees: [Recourse.Addressee] {
        switch self {
        case .organ, .collective: [.organ]
        case .enterprise: [.enterprise]
        case .external: Recourse.Addressee.allCases
        }
    }
}

extension Recourse.Situation {
    /// - Returns: nil where nobody misses anything that must be public.
    fileprivate init?(_ state: ObligationState, isVerified: Bool) {
        switch state {
        case .overdue: self = isVerified ? .overdue : .unverified
        case .lapsed: self = .lapsed
        case .unobserved: self = .unobserved
        case .withheld: self = .withheld
        case .owed, .dueSoon, .awaited: self = .open
        case .metOnTime, .metLate, .metUndetermined, .encouraged, .encouragedMet, .notApplicable, .void,
            .current:
            return nil
        }
    }
}

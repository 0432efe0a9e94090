import Catalogue
import CivilTime
import Foundation
import Law
import Obligations
import People
import Projects
import Publishing

/// What happens in one sample jurisdiction, written down as data: `demo-SX.json`.
///
/// Days are working days before today (`at: 1` is the last one before it), or after the start of the ledger.
struct DemoScript: Decodable, Sendable {
    let jurisdiction: String
    let note: String
    let projects: [DemoProject]
    let standing: [StandingPaper]
    let periodic: [PeriodicPaper]
    let steps: [DemoStep]

    static func builtIn(_ jurisdiction: String) throws -> DemoScript {
        let name = "demo-\(jurisdiction).json"
        guard let bytes = DataFiles.builtIn(name) else { throw DemoScriptError("\(name) is not built in") }
        do {
            return try JSONDecoder().decode(DemoScript.self, from: Data(bytes))
        } catch {
            throw DemoScriptError("\(name): \(error)")
        }
    }
}

/// A project that is opened before its first step.
struct DemoProject: Decodable, Sendable {
    let name: String
    let at: Int
    let field: String
    let title: String
    let keys: [ProjectKey]
    let lots: [Lot]?
    let scopes: [ProjectScope]?
}

/// One act of the script; which of the other fields count is up to the act.
struct DemoStep: Decodable, Sendable {
    enum Act: String, Decodable, Sendable {
        case event, amend, void, publish, correct, withdraw, withhold, revoke, notApplicable, cover, external
        /// A notice of a source is imported.
        case notice
    }

    let act: Act
    /// How later steps speak of the event, publication, decision or body.
    let name: String
    let at: Int
    /// Who acts; the owing body's clerk when nil.
    let by: String?
    let body: String?
    let item: String?
    let project: String?
    let lot: String?

    // An event.
    let kind: String?
    /// The day of the fact, when it is not the day of the act; below zero lies ahead.
    let day: Int?
    let time: String?
    let basis: DayBasis?
    let evidence: String?
    /// The publication whose text says so.
    let evidencedBy: String?
    /// The notice of a source that tells of it, too: then it is the same fact.
    let toldBy: String?

    // A publication, or what is done with one.
    /// The event whose obligation it discharges, or that a decision is about.
    let `for`: String?
    let channels: [DisclosureChannel]?
    let title: String?
    let number: String?
    let marks: DemoMarks?
    let text: [String]?
    let source: String?
    let sourceKey: String?
    /// The day that the source claims.
    let claimed: Int?
    let notice: DemoSource?

    // A decision, a correction, an end.
    let reason: String?
    let ground: WithholdingGround?
    /// Span of a declared coverage.
    let from: Int?
    let to: Int?
}

/// What a publication carries beside its number (公文要素).
struct DemoMarks: Decodable, Sendable {
    let indexNumber: String?
    let documentKind: String?
    let addressees: String?
    let openness: String?
    let issuer: String?
    /// The event of the script on whose day the paper is dated.
    let dated: String?
    /// What is attached, by name: of a paper that was made up there is no file.
    let attachments: [String]?
}

/// A standing item's edition, the same for several bodies: released soon after the start and renewed once.
struct StandingPaper: Decodable, Sendable {
    let item: String
    let bodies: [String]
    /// Working days after the start of the ledger.
    let fromStart: Int
    let renewAt: Int?
    /// Bodies that never released it, and bodies that never renewed it.
    let missing: [String]?
    let notRenewed: [String]?
    let title: String
    let text: [String]
    /// What the renewal says anew.
    let renewal: [String]?
}

/// A recurring item's edition, the same for several bodies and every period.
struct PeriodicPaper: Decodable, Sendable {
    let item: String
    let bodies: [String]
    let every: PeriodLength
    /// Working days after the period's end.
    let after: Int
    /// By body: which periods came late or never, 1 for the last one that is already due.
    let late: [String: [Int]]?
    let missing: [String: [Int]]?
    let title: String
    let text: [String]
}

/// The script is wrong: our own mistake.
struct DemoScriptError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

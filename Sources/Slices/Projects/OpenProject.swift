import Catalogue
import Law
import People
import Storage

/// Finds the project that bears one of the codes, or opens a new one; adds codes, lots and scopes it did not have.
///
/// A scope that is told later counts for the facts recorded from then on.
///
/// - Law: R-23 … R-27.
package struct OpenProject {
    package let jurisdiction: String
    package let field: String
    package let title: String
    package let keys: [ProjectKey]
    package let lots: [Lot]
    package let scopes: Set<ProjectScope>
    /// Where the codes were read: a source's name, or `local`.
    package let source: String

    /// The source of what was typed here.
    package static let local = "local"

    package init(
        jurisdiction: String, field: String, title: String, keys: [ProjectKey], lots: [Lot] = [],
        scopes: Set<ProjectScope> = [], source: String = OpenProject.local
    ) {
        self.jurisdiction = jurisdiction
        self.field = field
        self.title = title
        self.keys = keys
        self.lots = lots
        self.scopes = scopes
        self.source = source
    }

    package struct Opened: Sendable {
        package let project: Project
        /// It was opened just now: nothing concerns it yet.
        package let isNew: Bool
        /// Lowest-level codes that other projects bear too: a warning for the coordinator.
        package let shared: [ProjectKey]
    }

    /// - Throws: `ProjectProblem.noKey` when there is no usable code.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Opened {
        if source == Self.local { try checkText() }
        guard try transaction.jurisdictions.jurisdiction(jurisdiction) != nil else {
            throw ProjectProblem.unknownJurisdiction(jurisdiction)
        }
        let usable = keys.filter { !$0.folded.isEmpty && $0.printed.utf8.count <= 200 }
        guard !usable.isEmpty else { throw ProjectProblem.noKey }
        let store = transaction.projects
        var shared: [ProjectKey] = []
        var found: Project?
        for key in usable where key.kind.isLowestLevel {
            let bearing = try store.projects(bearing: key.folded, kind: key.kind)
                .filter { $0.jurisdiction == jurisdiction }
            if bearing.count > 1 || (found != nil && bearing.first != nil && bearing.first != found) {
                shared.append(key)
            }
            found = found ?? bearing.first
        }
        let project =
            try found.map { try widen($0, in: transaction, occasion) } ?? open(in: transaction, occasion)
        for key in usable where try store.add(key, to: project.id, source: source) && found != nil {
            transaction.journal(
                occasion.entry(
                    "project.keyed", "project", project.id, ["kind": key.kind.rawValue, "key": key.folded]))
        }
        for lot in lots where try store.add(lot, to: project.id) {
            transaction.journal(
                occasion.entry("project.lot_added", "project", project.id, ["lot": lot.number]))
        }
        return Opened(project: project, isNew: found == nil, shared: shared)
    }

    /// What somebody typed; what a source prints is taken as it is.
    private func checkText() throws {
        guard !title.unicodeScalars.allSatisfy(\.properties.isWhitespace) else {
            throw ProjectProblem.titleMissing
        }
        try EnteredText(title, as: "项目名称（--title）").checkLine(max: 300)
        try EnteredText(field, as: "领域（--field）").checkLine(max: 100)
        // A code that is too long is no usable code.
        for key in keys { try EnteredText(key.printed, as: "编号（--key）").checkLine(max: .max) }
        for lot in lots {
            try EnteredText(lot.number, as: "标段编号（--lot）").checkLine(max: Lot.numberMax)
            guard LotLabel.isCode(lot.number) else { throw ProjectProblem.lotLabel }
            try EnteredText(lot.title, as: "标段名称（--lot）").checkLine(max: 300)
        }
    }

    private func widen(_ known: Project, in transaction: Transaction, _ occasion: Occasion) throws -> Project
    {
        let added = scopes.subtracting(known.scopes)
        guard !added.isEmpty else { return known }
        let project = Project(
            id: known.id, jurisdiction: known.jurisdiction, field: known.field, title: known.title,
            scopes: known.scopes.union(added))
        try transaction.projects.setScopes(of: project)
        transaction.journal(
            occasion.entry(
                "project.scoped", "project", known.id,
                ["scopes": added.map(\.rawValue).sorted().joined(separator: " ")]))
        return project
    }

    private func open(in transaction: Transaction, _ occasion: Occasion) throws -> Project {
        let project = Project(
            id: transaction.newID(), jurisdiction: jurisdiction, field: field, title: title, scopes: scopes)
        try transaction.projects.insert(project)
        transaction.journal(
            occasion.entry("project.opened", "project", project.id, ["jurisdiction": jurisdiction]))
        return project
    }
}

package enum ProjectProblem: Refusal, Hashable {
    case noKey
    case titleMissing
    case unknownJurisdiction(String)
    case notFound(key: String)
    case ambiguous(key: String, count: Int)
    /// What was typed as the label of a lot is no code.
    case lotLabel

    package var kind: RefusalKind {
        switch self {
        case .noKey, .titleMissing, .lotLabel: .invalid
        case .notFound, .unknownJurisdiction: .notFound
        case .ambiguous: .conflict
        }
    }

    package var code: String {
        switch self {
        case .noKey: "project-without-code"
        case .titleMissing: "project-title-missing"
        case .unknownJurisdiction: "jurisdiction-unknown"
        case .notFound: "project-not-found"
        case .ambiguous: "project-ambiguous"
        case .lotLabel: "lot-label"
        }
    }

    package var detail: String {
        switch self {
        case .noKey: "项目没有可用的归集编号；请给出采购项目编号、地块编号等至少一个编号。"
        case .titleMissing: "项目名称不能为空（--title）。"
        case .unknownJurisdiction(let code): "没有辖区“\(code)”。"
        case .notFound(let key): "没有编号为“\(key)”的项目；请核对编号。没有登记、也没有采集到公告的项目，这里查不到。"
        case .ambiguous(let key, let count): "编号“\(key)”归集了\(count)个项目；请改用其中一个项目自己的编号。"
        case .lotLabel:
            "标段编号（--lot）只能是编号，最多 \(LotLabel.charactersMax) 个字符，如 1、02、A包、第1包、标段一：它会写入透明日志，永远删不掉，"
                + "所以不能有名称、人名和证件、电话号码。"
        }
    }
}

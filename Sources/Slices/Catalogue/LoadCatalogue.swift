import CivilTime
import Law
import People
import Storage

/// Puts a catalogue version in force from its effective day. Loading the same list again changes nothing.
///
/// - Law: R-02: a list that lacks what every item needs cannot go live; R-04: each adjustment is a new version.
package struct LoadCatalogue {
    package let list: CatalogueList

    package init(_ list: CatalogueList) {
        self.list = list
    }

    package enum Loaded: Sendable, Hashable {
        case new(version: String)
        /// The same items are in force from that day, whatever day was asked for now.
        case already(version: String, from: Day)
    }

    /// - Throws: `CatalogueProblem` when the list has errors or its baseline is not loaded.
    @discardableResult
    package func perform(in transaction: Transaction, law: LawFile, _ occasion: Occasion) throws -> Loaded {
        let store = transaction.catalogue
        let version = list.version
        if let from = try store.dayLoaded(version) { return .already(version: version.id, from: from) }
        let baseline =
            try version.baseline.isEmpty ? nil : store.list(in: version.baseline, on: version.effectiveFrom)
        if !version.baseline.isEmpty, baseline == nil { throw CatalogueProblem.noBaseline(version.baseline) }
        let errors = CatalogueCheck(list, baseline: baseline, law: law).findings().filter {
            $0.severity == .error
        }
        guard errors.isEmpty else { throw CatalogueProblem.incomplete(errors) }
        try store.insert(list, loadedAt: occasion.now)
        transaction.forget()
        transaction.journal(
            occasion.entry(
                "catalogue.loaded", "catalogue", version.id,
                [
                    "catalogue": version.catalogue, "effectiveFrom": version.effectiveFrom.description,
                    "sha256": version.sha256, "items": String(list.items.count),
                ]))
        return .new(version: version.id)
    }
}

/// Brings a standard catalogue (基层政务公开标准目录) into the list that a jurisdiction keeps, as a new version.
///
/// - Law: R-04, R-05, C-21: a list that is missing can be brought in; what it cannot say is said to be missing.
package struct LoadStandardCatalogue {
    package let jurisdiction: String
    package let standard: StandardCatalogue

    package init(_ standard: StandardCatalogue, jurisdiction: String) {
        self.standard = standard
        self.jurisdiction = jurisdiction
    }

    /// The version that would be loaded, and everything that had to be decided.
    ///
    /// - Throws: `CatalogueProblem` when the jurisdiction keeps no list on that day.
    package func joined(in transaction: Transaction) throws -> (
        list: CatalogueList, findings: [StandardFinding]
    ) {
        guard let list = try transaction.catalogue.list(in: jurisdiction, on: standard.effectiveFrom) else {
            throw CatalogueProblem.noCatalogue(jurisdiction)
        }
        var (joined, findings) = standard.joined(to: list)
        findings += try unknownBodies(of: joined, after: findings.count, in: transaction)
        return (joined, findings)
    }

    /// Bodies that the list names and nobody registered: nothing will be owed by them. Each name once.
    private func unknownBodies(
        of list: CatalogueList, after last: Int, in transaction: Transaction
    ) throws -> [StandardFinding] {
        var seen: Set<String> = []
        var findings: [StandardFinding] = []
        for item in list.items where item.plan == standard.plan.plan {
            for name in item.bodies.map(\.name) where seen.insert(name).inserted {
                let known = try transaction.bodies.bodies(
                    named: name, in: jurisdiction, on: standard.effectiveFrom)
                guard known.isEmpty else { continue }
                findings.append(
                    StandardFinding(
                        number: last + findings.count + 1, severity: .warning,
                        line: StandardCatalogue.line(of: item) ?? 0, column: "公开主体", code: "body-unknown",
                        detail: "没有登记名为“\(name)”的公开主体，登记以前不因此产生公开义务。"))
            }
        }
        return findings
    }

    /// - Throws: `CatalogueProblem` when a finding is an error or the version may not go live.
    package func perform(in transaction: Transaction, law: LawFile, _ occasion: Occasion) throws -> (
        loaded: LoadCatalogue.Loaded, findings: [StandardFinding]
    ) {
        let (list, findings) = try joined(in: transaction)
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw CatalogueProblem.unreadable(errors) }
        return (try LoadCatalogue(list).perform(in: transaction, law: law, occasion), findings)
    }
}

/// Why a catalogue is refused.
package enum CatalogueProblem: Refusal, Hashable {
    case incomplete([CatalogueFinding])
    case noBaseline(String)
    case noCatalogue(String)
    case noVersion(String)
    /// A standard catalogue with rows that cannot be taken.
    case unreadable([StandardFinding])

    package var kind: RefusalKind {
        switch self {
        case .incomplete, .unreadable: .invalid
        case .noBaseline: .conflict
        case .noCatalogue, .noVersion: .notFound
        }
    }

    package var code: String {
        switch self {
        case .incomplete: "catalogue-incomplete"
        case .noBaseline: "catalogue-baseline-missing"
        case .noCatalogue: "catalogue-not-found"
        case .noVersion: "catalogue-version-not-found"
        case .unreadable: "catalogue-unreadable"
        }
    }

    package var detail: String {
        switch self {
        case .incomplete(let findings):
            "目录有\(findings.count)处错误，不能施行；第一处：\(findings.first.map { "\($0.item) \($0.detail)" } ?? "")"
        case .noBaseline(let code): "上级目录“\(code)”尚未载入；请先载入。"
        case .noCatalogue(let code): "没有辖区“\(code)”的目录。"
        case .noVersion(let id): "没有目录版本“\(id)”。"
        case .unreadable(let findings):
            "标准目录有\(findings.count)处不能载入；第一处：\(findings.first.map { "第\($0.line)行 \($0.detail)" } ?? "")"
        }
    }

    package var clause: String? {
        if case .incomplete = self { "国办发〔2017〕97号 二：事项、内容、时限、方式、责任主体、监督渠道" } else { nil }
    }
}

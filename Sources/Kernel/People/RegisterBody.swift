import CivilTime
import Identifiers
import Law
import Storage

/// Enters a body in the registry.
package struct RegisterBody {
    package let jurisdiction: String
    package let kind: BodyKind
    package let name: String
    package let aliases: [String]
    package let creditCode: String?
    package let publishesHere: Bool
    package let territory: String

    package init(
        jurisdiction: String, kind: BodyKind, name: String, aliases: [String] = [], creditCode: String? = nil,
        publishesHere: Bool = false, territory: String = ""
    ) {
        self.jurisdiction = jurisdiction
        self.kind = kind
        self.name = name
        self.aliases = aliases
        self.creditCode = creditCode
        self.publishesHere = publishesHere
        self.territory = territory
    }

    /// A credit code is kept in upper case.
    ///
    /// - Throws: `BodyProblem` when the jurisdiction is unknown, the name or code unusable, or either taken.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Body {
        let store = transaction.bodies
        guard try transaction.jurisdictions.jurisdiction(jurisdiction) != nil else {
            throw BodyProblem.noJurisdiction(jurisdiction)
        }
        for name in [name] + aliases {
            guard BodyProblem.usable(name) else { throw BodyProblem.unusableName }
            if try store.bodies(named: name, in: jurisdiction, on: occasion.today).contains(where: {
                $0.kind != .external
            }) {
                throw BodyProblem.nameTaken(name)
            }
        }
        let creditCode = try checkedCode()
        if let creditCode, try store.body(bearing: creditCode, on: occasion.today) != nil {
            throw BodyProblem.codeTaken(creditCode)
        }
        let body = Body(
            id: transaction.newID(), jurisdiction: jurisdiction, kind: kind, name: name,
            creditCode: creditCode,
            publishesHere: publishesHere, territory: territory)
        let names =
            [BodyName(name: name, official: true)] + aliases.map { BodyName(name: $0, official: false) }
        try store.insert(body, names: names)
        transaction.journal(
            occasion.entry(
                "body.registered", "body", body.id, ["jurisdiction": jurisdiction, "kind": kind.rawValue]))
        return body
    }

    /// - Law: GB 32100-2015.
    private func checkedCode() throws(BodyProblem) -> String? {
        do throws(CodeFlaw) {
            return try creditCode.map { text throws(CodeFlaw) in try CreditCode(text).text }
        } catch {
            throw .unusableCode(error)
        }
    }
}

/// Finds the body that an imported record names, or enters it as an external one.
///
/// Nothing is owed by an external body: it does not publish here.
package struct RegisterExternal {
    package let jurisdiction: String
    package let name: String

    package init(jurisdiction: String, name: String) {
        self.jurisdiction = jurisdiction
        self.name = name
    }

    /// - Throws: `BodyProblem.unusableName` for an empty or overlong name.
    package func perform(in transaction: Transaction, _ occasion: Occasion) throws -> Body {
        let store = transaction.bodies
        guard BodyProblem.usable(name) else { throw BodyProblem.unusableName }
        if let known = try store.resolve(name, in: jurisdiction, on: occasion.today) { return known }
        guard try transaction.jurisdictions.jurisdiction(jurisdiction) != nil else {
            throw BodyProblem.noJurisdiction(jurisdiction)
        }
        let body = Body(id: transaction.newID(), jurisdiction: jurisdiction, kind: .external, name: name)
        try store.insert(body, names: [BodyName(name: name, official: true)])
        transaction.journal(
            occasion.entry(
                "body.registered", "body", body.id,
                ["jurisdiction": jurisdiction, "kind": BodyKind.external.rawValue]))
        return body
    }
}

/// Why the registry refuses.
package enum BodyProblem: Refusal, Hashable {
    case noJurisdiction(String)
    case noBody(String)
    case notCollective(String)
    case unusableName
    case nameTaken(String)
    case codeTaken(String)
    case unusableCode(CodeFlaw)

    /// 1...200 characters once spaces are gone.
    static func usable(_ name: String) -> Bool {
        (1...200).contains(BodyName.fold(name).count) && !name.unicodeScalars.contains("\u{0}")
    }

    package var kind: RefusalKind {
        switch self {
        case .noJurisdiction, .noBody: .notFound
        case .notCollective, .unusableName, .unusableCode: .invalid
        case .nameTaken, .codeTaken: .conflict
        }
    }

    package var code: String {
        switch self {
        case .noJurisdiction: "jurisdiction-not-found"
        case .noBody: "body-not-found"
        case .notCollective: "body-not-collective"
        case .unusableName: "body-name-unusable"
        case .nameTaken: "body-name-taken"
        case .codeTaken: "body-code-taken"
        case .unusableCode: "body-code-unusable"
        }
    }

    package var detail: String {
        switch self {
        case .noJurisdiction(let code): "没有辖区“\(code)”；请先载入辖区。"
        case .noBody(let id): "没有机构“\(id)”。"
        case .notCollective(let id): "“\(id)”不是机构合称，不能添加成员。"
        case .unusableName: "机构名称不能为空，也不能超过200字。"
        case .nameTaken(let name): "名称“\(name)”已属于本辖区另一机构；请改用该机构，或换一个名称。"
        case .codeTaken(let code): "统一社会信用代码“\(code)”已属于另一机构。"
        case .unusableCode(let flaw): flaw.sentence + "请核对登记证书。"
        }
    }
}

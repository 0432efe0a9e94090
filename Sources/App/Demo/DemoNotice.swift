import Foundation
import Importing
import Law
import People
import Projects
import Storage

/// What the script says of a notice beside its title and text.
struct DemoSource: Decodable, Sendable {
    /// The built-in form that reads it.
    let form: String
    let business: String
    let info: String
    /// Which of the project's codes stands for `{code}` in title and text.
    let key: KeyKind
    let issuer: String?
    /// Fields that a source gives beside the text.
    let extra: [String: String]?
}

/// A notice of the invented platform (示例来源), read and taken in as an import takes any other.
struct DemoNotice: Sendable {
    let notice: ParsedNotice
    private let content: [UInt8]
    private let source: String
    private let findings: [NoticeFinding]

    /// The row as a platform gives it.
    private struct Row: Encodable {
        let record_id, title, publish_date, content_text, business_type, info_type, region: String
        let source_platform: String
        let project_code, issuer: String?
        let structured_fields: [String: String]
    }

    /// - Throws: `DemoScriptError`, or what the import cannot read.
    init(_ step: DemoStep, _ told: DemoSource, _ scene: DemoScene, law: LawBook) throws {
        guard let title = step.title, let text = step.text, let source = step.source,
            let key = step.sourceKey, let claimed = scene.factDay
        else {
            throw DemoScriptError("\(step.name): a notice needs title, text, source, sourceKey and claimed")
        }
        let row = Row(
            record_id: key, title: try scene.text.fill(title), publish_date: "\(claimed) 09:00",
            content_text: try scene.text.fill(text), business_type: told.business, info_type: told.info,
            region: "示例省", source_platform: source,
            project_code: told.key == .platform ? scene.text.words["code"] : nil, issuer: told.issuer,
            structured_fields: told.extra ?? [:])
        let form = try NoticeForm.load(DataFiles.builtIn(told.form) ?? [], file: told.form)
        let raw = try NoticeReader(form: form).read(line: Array(JSONEncoder().encode(row)), number: 1).get()
        notice = NoticeExtraction(form: form).extract(raw)
        content = raw.canonicalBytes
        self.source = source
        findings = NoticeChecks(
            rules: try NoticeRules.load(DataFiles.builtIn("notice-checks.json") ?? []), law: law,
            calendar: law.calendar(in: scene.jurisdiction)
        ).findings(notice)
    }

    /// The name of a fact that the notice tells, so that a clerk's record of it is the same fact.
    func factKey(_ kind: String) throws -> String {
        guard let fact = notice.events.first(where: { $0.kind == kind }) else {
            throw DemoScriptError(
                "\(notice.recordID) tells of no \(kind), only of \(notice.events.map(\.kind))")
        }
        return fact.naturalKey
    }

    func take(into jurisdiction: String, in transaction: Transaction, law: LawBook, _ occasion: Occasion)
        throws
    {
        guard let place = try transaction.jurisdictions.jurisdiction(jurisdiction) else {
            throw DemoScriptError("no jurisdiction \(jurisdiction)")
        }
        _ = try ImportNotice(
            notice: notice, content: content, jurisdiction: place, source: source, findings: findings
        ).perform(in: transaction, law: law, occasion)
    }
}

extension DemoNotice {
    /// The notices of some scenes, by the names of their steps.
    static func notices(of scenes: [DemoScene], law: LawBook) throws -> [String: DemoNotice] {
        var notices: [String: DemoNotice] = [:]
        for scene in scenes {
            guard case .step(let step) = scene.content, step.act == .notice, let told = step.notice else {
                continue
            }
            notices[step.name] = try DemoNotice(step, told, scene, law: law)
        }
        return notices
    }
}

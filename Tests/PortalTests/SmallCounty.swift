import Catalogue
import CivilTime
import Foundation
import Law
import LedgerTesting
import Obligations
import People
import Portal
import Projects
import Publishing
import Storage
import StorageTesting
import Transparency
import Web
import WebTesting

/// A small named county, built through the real acts: 示例县 on 2026-12-16, with an obligation in every state.
struct SmallCounty: Sendable {
    static let today = Day(2026, 12, 16) ?? Day(ordinal: 0)
    let database: any Database
    let law: LawShelf
    /// Ids by the name of the story.
    private(set) var ids: [String: String] = [:]
    private(set) var canaries = Canaries()

    /// Ids count upwards, so that a golden of one engine fits the other.
    static func on(
        _ backend: Backend, _ body: @escaping @Sendable (SmallCounty) async throws -> Void
    ) async throws {
        try await withCounty(backend, tables: LogSchema.migrations) { loaded in
            var county = SmallCounty(database: loaded.database, law: loaded.shelf)
            try await county.liveThroughTheYear()
            try await body(county)
        }
    }

    func id(_ story: String) -> String { ids[story] ?? "missing-\(story)" }

    func site(
        finder: Finder? = nil, isSample: Bool = true, log: LogFolder? = nil
    ) throws -> Site {
        let portal = Portal(
            database: database, law: law, today: { Self.today }, search: finder, isSample: isSample,
            logKeys: { try log?.publishedKeys() ?? [] },
            endedLogs: { try log?.endedLogs() ?? [] }, signingRefusal: { try log?.signingRefusal() })
        return Site(portal.routes(), look: portal.look, translate: Portal.translate)
    }

    // MARK: Acts on any day

    private func occasion(_ day: String) -> Occasion {
        Occasion(actor: "示例经办", now: day + "T01:30:00Z", today: Day(day) ?? Self.today)
    }

    func act<Value: Sendable>(
        on day: String, _ body: @escaping @Sendable (Transaction, LawBook, Occasion) throws -> Value
    ) async throws -> Value {
        let occasion = occasion(day)
        return try await database.write { [law] in try body($0, law.book(in: $0), occasion) }
    }

    private func formed(
        _ item: String, by body: String, on day: String, project: String = "", basis: DayBasis = .document,
        evidence: String = "示府办〔2026〕1号", recorded: String? = nil
    ) async throws -> RecordEvent.Recorded {
        try await act(on: recorded ?? day) { transaction, law, occasion in
            var record = RecordEvent(
                kind: "item.formed", body: body, day: Day(day) ?? Self.today, basis: basis)
            record.item = item
            record.jurisdiction = "SX"
            record.project = project
            record.evidence = evidence
            return try record.perform(in: transaction, law: law, occasion)
        }
    }

    func publish(
        _ title: String, item: String, body: String, on day: String, project: String = "", lot: String = "",
        channel: String = "portal", text: String = "全文如下。\n第二段。", audience: Catalogue.Audience? = nil
    ) async throws -> Publish.Published {
        try await act(on: day) { transaction, law, occasion in
            var publish = Publish(
                body: body,
                record: EditionRecord(title: title, text: text, documentNumber: "", sourceName: "示例来源"))
            publish.jurisdiction = "SX"
            publish.item = item
            publish.project = project
            publish.lot = lot
            publish.channel = channel
            publish.audience = audience
            return try publish.perform(in: transaction, law: law, occasion)
        }
    }

    private func step(
        _ kind: String, project: String, lot: String = "", on day: String, body: String = "sx-health",
        evidence: String = "招标公告 第三条"
    ) async throws {
        _ = try await act(on: day) { transaction, law, occasion in
            var record = RecordEvent(kind: kind, body: body, day: Day(day) ?? Self.today, basis: .document)
            record.jurisdiction = "SX"
            record.project = project
            record.lot = lot
            record.evidence = evidence
            return try record.perform(in: transaction, law: law, occasion)
        }
    }

    // MARK: The year

    private mutating func liveThroughTheYear() async throws {
        try await single()
        try await decided()
        try await procurement()
        try await strangers()
        try await recurring()
        try await secrets()
        try await closeDays()
    }

    /// One item each: in time, late, overdue, owed, due soon, provisional, not determinable, void.
    private mutating func single() async throws {
        ids["on time"] = try await formed("I-FG-001", by: "sx-housing", on: "2026-09-01").obligations.first
        ids["on time paper"] =
            try await publish("保障性安居工程规划建设方案", item: "I-FG-001", body: "sx-housing", on: "2026-09-10")
            .publication.id
        ids["late"] = try await formed("I-FG-003", by: "sx-housing", on: "2026-08-03").obligations.first
        _ = try await publish("建设计划完成情况", item: "I-FG-003", body: "sx-housing", on: "2026-09-15")
        ids["overdue"] = try await formed("I-FG-083", by: "sx-education", on: "2026-10-09").obligations.first
        ids["due soon"] = try await formed("I-FG-084", by: "sx-education", on: "2026-11-20").obligations.first
        ids["provisional"] = try await formed("I-FG-085", by: "sx-education", on: "2026-12-10").obligations
            .first
        ids["undetermined"] =
            try await formed("I-FG-086", by: "sx-education", on: "2026-10-09", basis: .inferred).obligations
            .first
        _ = try await publish("教育经费情况", item: "I-FG-086", body: "sx-education", on: "2026-10-20")
        // Before 2017-12-19 the rule's article was never compared with the official text; nor was there a list, so that
        // only an amendment brings an obligation there.
        let unverified = try await formed("I-FG-090", by: "sx-education", on: "2026-10-09")
        ids["unverified"] = unverified.obligations.first
        _ = try await act(on: "2026-10-09") { transaction, law, occasion in
            try AmendEvent(
                event: unverified.event.id, day: Day(2016, 5, 3) ?? Self.today, basis: .document,
                evidence: "示教〔2016〕3号", reason: "形成日期登记有误"
            ).perform(in: transaction, law: law, occasion)
        }
        ids["encouraged"] = try await formed("I-FG-050", by: "sx-office", on: "2026-09-01").obligations.first
        ids["encouraged and late"] =
            try await formed("I-FG-063", by: "sx-office", on: "2026-08-03").obligations.first
        _ = try await publish("政策落实效果评估结果", item: "I-FG-063", body: "sx-office", on: "2026-11-10")
        let mistaken = try await formed("I-FG-087", by: "sx-education", on: "2026-10-12")
        ids["void"] = mistaken.obligations.first
        _ = try await act(on: "2026-10-13") { transaction, law, occasion in
            try VoidEvent(event: mistaken.event.id, reason: "重复登记，作废").perform(
                in: transaction, law: law, occasion)
        }
        let amended = try await formed("I-FG-088", by: "sx-education", on: "2026-11-02")
        ids["amended"] = amended.obligations.first
        _ = try await act(on: "2026-11-05") { transaction, law, occasion in
            try AmendEvent(
                event: amended.event.id, day: Day(2026, 11, 4) ?? Self.today, basis: .document,
                evidence: "示教〔2026〕9号", reason: "印发日期登记有误"
            ).perform(in: transaction, law: law, occasion)
        }
        _ = try await publish("学生资助政策 第一版", item: "I-FG-088", body: "sx-education", on: "2026-11-10")
    }

    /// Decisions instead of publications.
    private mutating func decided() async throws {
        let reason = canaries.plant("reason for withholding")
        let evidence = canaries.plant("evidence of a withheld obligation")
        let withheld = try await formed(
            "I-FG-108", by: "sx-environment", on: "2026-10-09", evidence: evidence
        ).obligations.first
        ids["withheld"] = withheld
        let other = try await formed("I-FG-109", by: "sx-environment", on: "2026-10-09").obligations.first
        ids["not applicable"] = other
        _ = try await act(on: "2026-10-12") { transaction, law, occasion in
            _ = try WithholdObligation(
                obligation: withheld ?? "", ground: "商业秘密", reason: reason, reviewOn: nil
            ).perform(in: transaction, occasion)
            guard let other else { return }
            _ = try MarkNotApplicable(obligation: other, reason: "本年度没有此类事项").perform(
                in: transaction, occasion)
        }
    }

    /// A tender of two lots: one signed late, one terminated; a correction; steps still awaited.
    private mutating func procurement() async throws {
        let project = try await act(on: "2026-10-09") { transaction, _, occasion in
            try OpenProject(
                jurisdiction: "SX", field: "政府采购", title: "示例县乡镇卫生院设备采购",
                keys: [
                    ProjectKey(kind: .procurement, printed: "SXZC〔2026〕—12号"),
                    ProjectKey(kind: .approval, printed: "示财采〔2026〕45号"),
                ],
                lots: [Lot(number: "1", title: "影像设备"), Lot(number: "2", title: "化验设备")]
            ).perform(in: transaction, occasion).project.id
        }
        ids["project"] = project
        let second = try await act(on: "2026-10-09") { transaction, _, occasion in
            try OpenProject(
                jurisdiction: "SX", field: "政府采购", title: "示例县中学课桌采购",
                keys: [
                    ProjectKey(kind: .procurement, printed: "SXZC-2026-13"),
                    ProjectKey(kind: .approval, printed: "示财采〔2026〕45号"),
                ]
            ).perform(in: transaction, occasion).project.id
        }
        ids["second project"] = second
        try await step("procurement.documents_issued", project: project, on: "2026-10-09")
        ids["tender notice"] = try await publish(
            "乡镇卫生院设备采购招标公告", item: "I-FG-018", body: "sx-health", on: "2026-10-09", project: project,
            channel: "platform"
        ).publication.id
        try await step("procurement.bid_deadline", project: project, on: "2026-11-02")
        try await step("procurement.bid_opening", project: project, on: "2026-11-02")
        try await step("procurement.result_fixed", project: project, lot: "1", on: "2026-11-05")
        let result = try await publish(
            "设备采购（1包）中标结果公告", item: "I-FG-021", body: "sx-health", on: "2026-11-06", project: project,
            lot: "1", channel: "platform"
        ).publication.id
        ids["result"] = result
        _ = try await act(on: "2026-11-09") { transaction, law, occasion in
            try CorrectPublication(
                publication: result, record: EditionRecord(title: "设备采购（1包）中标结果公告", text: "更正后的全文。"),
                reason: "中标金额排印有误"
            ).perform(in: transaction, law: law, occasion)
        }
        try await step("procurement.contract_signed", project: project, lot: "1", on: "2026-11-20")
        for channel in ["platform", "portal"] {
            _ = try await publish(
                "设备采购（1包）合同公告", item: "I-FG-022", body: "sx-health", on: "2026-12-01", project: project,
                lot: "1", channel: channel)
        }
        try await step("procurement.terminated", project: project, lot: "2", on: "2026-11-04")
    }

    /// A body that does not publish here: nothing of it is overdue.
    private mutating func strangers() async throws {
        let school = try await act(on: "2026-09-01") { transaction, _, occasion in
            try RegisterExternal(jurisdiction: "SX", name: "示例省体育学校").perform(in: transaction, occasion).id
        }
        ids["stranger"] = school
        let project = id("second project")
        try await step("procurement.documents_issued", project: project, on: "2026-10-12", body: school)
        let notice = try await act(on: "2026-10-20") { transaction, law, occasion in
            var publish = Publish(
                body: school,
                record: EditionRecord(
                    title: "课桌采购招标公告", text: "投标截止时间：2026年10月20日。", address: "https://example.org/n/1"))
            publish.jurisdiction = "SX"
            publish.item = "I-FG-018"
            publish.project = project
            publish.channel = "platform"
            publish.imported = Publish.ImportedFrom(
                source: "example.org", key: "n-1", claimedAt: "2026-10-12 09:00",
                claimedDay: Day(2026, 10, 12))
            let id = try publish.perform(in: transaction, law: law, occasion).publication.id
            try transaction.findings.insert(
                Finding(
                    id: transaction.newID(), rule: "bid-period-short", ruleVersion: "1", weight: .warning,
                    clause: "政府采购法 第三十五条", verified: true, subjectKind: "publication", subject: id,
                    project: project, body: school, detail: "招标文件发出至投标截止不足二十日。",
                    quotes: [.init(place: "正文", text: "投标截止时间：2026年10月20日。")], confidence: .text,
                    at: occasion.now))
            return id
        }
        // The notice of 2026-10-12 names both days beforehand; only one of them is over.
        for (kind, day) in [
            ("procurement.bid_deadline", Day(2026, 10, 20)), ("procurement.bid_opening", Day(2026, 12, 21)),
        ] {
            _ = try await act(on: "2026-10-20") { transaction, law, occasion in
                var record = RecordEvent(
                    kind: kind, body: school, day: day ?? Self.today, basis: .stated)
                record.jurisdiction = "SX"
                record.project = project
                record.evidence = "投标截止时间：2026年10月20日；开标时间：2026年12月21日。"
                record.evidenceEdition = notice + "/1"
                return try record.perform(in: transaction, law: law, occasion)
            }
        }
        try await coverage()
    }

    /// A declaration that was taken back.
    private func coverage() async throws {
        _ = try await act(on: "2026-12-01") { transaction, _, occasion in
            let declared = try DeclareCoverage(
                source: "example.org", jurisdiction: "SX", from: Day(2026, 9, 1) ?? Self.today,
                to: Day(2026, 11, 30) ?? Self.today
            ).perform(in: transaction, occasion)
            return try EndCoverage(coverage: declared.coverage.id, reason: "十月迁移时漏了两周")
                .perform(in: transaction, occasion)
        }
    }

    /// The ledger from September on, with two months of drinking water.
    private mutating func recurring() async throws {
        _ = try await act(on: "2026-09-01") { transaction, law, occasion in
            try StartLedger(jurisdiction: "SX", from: occasion.today).perform(
                in: transaction, law: law, occasion)
        }
        _ = try await publish("年度建设计划", item: "I-FG-002", body: "sx-housing", on: "2026-09-02")
        _ = try await act(on: "2026-12-16") { transaction, law, occasion in
            try OpenPeriods(before: occasion.today).perform(in: transaction, law: law, occasion)
        }
    }

    private func closeDays() async throws {
        _ = try await act(on: "2026-12-16") { transaction, _, occasion in
            for day in try CloseDay.open(in: transaction, before: occasion.today, limit: 400) {
                _ = try CloseDay(day: day).perform(in: transaction, occasion)
            }
        }
    }

    // MARK: What may not leave

    private mutating func secrets() async throws {
        let title = canaries.plant("title for the county")
        let text = canaries.plant("text for the county")
        let relief = try await formed(
            "I-FG-073", by: "sx-civil-affairs", on: "2026-10-09",
            evidence: canaries.plant("evidence of an item for the county"))
        let county = try await publish(
            title, item: "I-FG-073", body: "sx-civil-affairs", on: "2026-10-12", text: text)
        ids["for the county"] = county.publication.id
        ids["met for the county"] = relief.obligations.first
        let narrow = try await publish(
            canaries.plant("title narrowed by hand"), item: "I-FG-020", body: "sx-health", on: "2026-10-12",
            project: id("project"), channel: "platform", audience: .county)
        ids["narrowed"] = narrow.publication.id
        try await quoteNarrowPaper(narrow.publication.id)
        let withdrawn = try await publish(
            "撤回的公告", item: "I-FG-089", body: "sx-education", on: "2026-10-12",
            text: canaries.plant("text of a withdrawn edition"))
        ids["withdrawn"] = withdrawn.publication.id
        _ = try await act(on: "2026-10-13") { transaction, law, occasion in
            try WithdrawPublication(publication: withdrawn.publication.id, reason: "内容有误，撤回")
                .perform(in: transaction, law: law, occasion)
        }
    }

    /// An event and a finding that quote a paper which is not for everybody.
    private mutating func quoteNarrowPaper(_ paper: String) async throws {
        let (sentence, finding) = (
            canaries.plant("sentence of a narrow paper"), canaries.plant("finding on it")
        )
        let project = id("project")
        _ = try await act(on: "2026-10-12") { transaction, law, occasion in
            var record = RecordEvent(
                kind: "procurement.clarification_issued", body: "sx-health", day: occasion.today,
                basis: .stated)
            record.jurisdiction = "SX"
            record.project = project
            record.evidence = sentence
            record.evidenceEdition = paper + "/1"
            _ = try record.perform(in: transaction, law: law, occasion)
            try transaction.findings.insert(
                Finding(
                    id: transaction.newID(), rule: "element-missing", ruleVersion: "1", weight: .warning,
                    clause: "示例", verified: true, subjectKind: "publication", subject: paper,
                    project: project,
                    body: "sx-health", detail: finding, quotes: [.init(place: "正文", text: finding)],
                    confidence: .text, at: occasion.now))
        }
    }
}

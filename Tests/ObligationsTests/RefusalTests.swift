import Catalogue
import CivilTime
import LedgerTesting
import Obligations
import People
import Projects
import Storage
import StorageTesting
import Testing

@testable import Law

/// An act that must be refused, and under which code.
private struct Refused: Sendable {
    let code: String
    let act: @Sendable (Transaction, LawBook, Occasion) throws -> Void

    init(_ code: String, _ act: @escaping @Sendable (Transaction, LawBook, Occasion) throws -> Void) {
        self.code = code
        self.act = act
    }

    /// An event that is refused for what is changed in a good one.
    static func event(
        _ code: String, _ change: @escaping @Sendable (inout RecordEvent) -> Void
    ) -> Refused {
        Refused(code) { transaction, law, occasion in
            var record = RecordEvent(
                kind: "item.formed", body: "sx-housing", day: "2026-03-02", basis: .system)
            record.item = "I-FG-003"
            change(&record)
            _ = try record.perform(in: transaction, law: law, occasion)
        }
    }
}

@Suite struct `A refused act of the ledger` {
    @Test(arguments: Backend.available)
    func `says why under a code of its own and leaves neither change nor journal entry`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let ended = try await county.event(
                "item.formed", by: "sx-housing", on: "2026-03-02", item: "I-FG-001")
            let current = try await county.amend(ended.event.id, to: "2026-03-03", on: "2026-03-03")
            let open = ended.obligations[0]
            let closed = try await county.formed("I-FG-004", on: "2026-03-02")
            let revoked = try await county.dismiss(closed, on: "2026-03-03").id
            try await county.revoke(revoked, on: "2026-03-03")
            try await county.withhold(closed, on: "2026-03-03")
            let project = try await county.project()
            let signed = try await county.event(
                "procurement.contract_signed", on: "2026-03-02", project: project)
            try await county.cover("SX", from: "2026-03-01", to: "2026-03-02", on: "2026-03-03")
            try await county.uncoverLast(on: "2026-03-03")
            let coverage = try await county.coverages().last?.id ?? ""
            try await county.startLedger(from: "2026-03-01", on: "2026-03-03")
            try await county.load(Calendars.long2027, on: "2026-03-03")
            let periodic = try await county.read { transaction in
                try transaction.events.latest(limit: 100).first { $0.kind == "standing.started" }?.id ?? ""
            }
            let refusals =
                events + amendments(ended: ended.event.id, current: current.id, periodic: periodic)
                + decisions(open: open, closed: closed, contract: signed.obligations[0], revoked: revoked)
                + others + uncoverings(ended: coverage) + editions(open: open, closed: closed)
            let before = try await county.contents()
            for refused in refusals {
                do {
                    try await county.act(on: "2026-03-10") { try refused.act($0, $1, $2) }
                    Issue.record("\(refused.code) was not refused")
                } catch let refusal as any Refusal {
                    #expect(refusal.code == refused.code)
                    #expect(!refusal.detail.isEmpty)
                }
                #expect(try await county.contents() == before, "\(refused.code) left something behind")
            }
            let codes = Set(refusals.map(\.code))
            #expect(
                codes.count == 37,
                "35 cases of LedgerProblem, ProjectProblem.notFound and EnteredTextProblem.controlCharacter")
        }
    }

    private var events: [Refused] {
        [
            .event("event-kind-unknown") { $0.kind = "item.dreamt" },
            .event("body-unknown") { $0.body = "nobody" },
            .event("item-unknown") { $0.item = "I-XX-001" },
            .event("event-needs-item") { $0.item = "" },
            .event("item-owes-nothing") { $0.item = "I-FG-049" },
            .event("event-day-ahead") { $0.day = "2026-03-11" },
            .event("event-day-ahead") {
                $0.kind = "procurement.bid_deadline"
                $0.item = ""
                $0.day = "9999-12-31"
            },
            .event("event-day-too-early") { $0.day = "1949-09-30" },
            .event("event-needs-evidence") { $0.basis = .document },
            .event("event-needs-evidence") { $0.basis = .stated },
            .event("event-already-recorded") {
                $0.item = "I-FG-001"
                $0.day = "2026-03-03"
            },
            .event("event-periodic") { $0.kind = "period.ended" },
            .event("event-periodic") { $0.kind = "standing.started" },
            .event("event-periodic") { $0.basis = .periodic },
            .event("jurisdiction-unknown") { $0.jurisdiction = "XX" },
            .event("text-too-long") { $0.evidence = String(repeating: "长", count: 501) },
            .event("project-not-found") { $0.project = "nothing" },
            .event("text-too-long") { $0.lot = String(repeating: "1", count: 101) },
            .event("control-character") { $0.lot = "1\u{7}" },
            .event("control-character") { $0.lot = "1\n2" },
            .event("control-character") { $0.lot = "\u{202E}1" },
            .event("control-character") { $0.evidence = "第三条\u{0}" },
        ]
            + [
                "9:30", "24:01", "25:00", "12:60", "12:30:60", "12", "12:3", "12:30:00:00", " 12:30", "正午",
                "１２:30", "12:30+",
            ].map { time in .event("event-time-unreadable") { $0.time = time } }
    }

    private func amendments(ended: String, current: String, periodic: String) -> [Refused] {
        func amend(_ code: String, _ event: String, reason: String = "日期登记有误", day: Day = "2026-03-04")
            -> Refused
        {
            Refused(code) { transaction, law, occasion in
                _ = try AmendEvent(event: event, day: day, basis: .system, evidence: "", reason: reason)
                    .perform(in: transaction, law: law, occasion)
            }
        }
        func void(_ code: String, _ event: String, reason: String = "重复登记") -> Refused {
            Refused(code) { try VoidEvent(event: event, reason: reason).perform(in: $0, law: $1, $2) }
        }
        return [
            amend("event-not-found", "nothing"), amend("event-ended", ended),
            amend("reason-missing", current, reason: "错"),
            amend("reason-missing", current, reason: "        "),
            amend("event-day-ahead", current, day: "2026-03-11"),
            amend("text-too-long", current, reason: String(repeating: "长", count: 1001)),
            amend("event-periodic", periodic), void("event-not-found", "nothing"), void("event-ended", ended),
            void("reason-missing", current, reason: ""),
        ]
    }

    private func decisions(open: String, closed: String, contract: String, revoked: String) -> [Refused] {
        func withhold(
            _ code: String, _ obligation: String, ground: String = "商业秘密", reason: String = "涉及商业秘密",
            review: Day? = nil
        ) -> Refused {
            Refused(code) { transaction, _, occasion in
                _ = try WithholdObligation(
                    obligation: obligation, ground: ground, reason: reason, reviewOn: review
                )
                .perform(in: transaction, occasion)
            }
        }
        func revoke(_ code: String, _ decision: String) -> Refused {
            Refused(code) { transaction, _, occasion in
                try RevokeDecision(decision: decision, reason: "情况已经变化").perform(in: transaction, occasion)
            }
        }
        return [
            withhold("obligation-not-found", "nothing"), withhold("obligation-closed", closed),
            withhold("ground-unknown", open, ground: "不方便"),
            withhold("ground-not-allowed", contract, ground: "内部事务信息"),
            withhold("review-day-invalid", open, review: "2026-03-10"),
            withhold("review-day-invalid", open, review: "2029-03-11"),
            withhold("reason-missing", open, reason: "无"),
            withhold("text-too-long", open, reason: String(repeating: "长", count: 1001)),
            Refused("obligation-closed") { transaction, _, occasion in
                _ = try MarkNotApplicable(obligation: closed, reason: "本项目不涉及").perform(
                    in: transaction, occasion)
            },
            revoke("decision-not-found", "nothing"), revoke("decision-revoked", revoked),
            withhold("control-character", open, reason: "涉及商业\u{1B}[31m秘密"),
        ]
    }

    private var others: [Refused] {
        func cover(
            _ code: String, jurisdiction: String = "SX", body: String = "", from: Day = "2026-03-01", to: Day
        ) -> Refused {
            Refused(code) { transaction, _, occasion in
                _ = try DeclareCoverage(
                    source: "旧网站", jurisdiction: jurisdiction, body: body, from: from, to: to
                )
                .perform(in: transaction, occasion)
            }
        }
        func calendar(
            _ code: String, _ jurisdiction: String = "", version: String = "2028", empty: Bool = false
        ) -> Refused {
            Refused(code) { transaction, _, occasion in
                let years = try HolidayYears.parse([UInt8](Calendars.long2027.utf8))
                let named = HolidayYears(version: version, years: empty ? [] : years.years)
                try LoadCalendar(years: named, content: Calendars.long2027, jurisdiction: jurisdiction)
                    .perform(in: transaction, occasion)
            }
        }
        return [
            cover("coverage-days", to: "2026-02-28"), cover("coverage-ahead", to: "2026-03-11"),
            cover("jurisdiction-unknown", jurisdiction: "XX", to: "2026-03-02"),
            cover("body-unknown", body: "nobody", to: "2026-03-02"),
            Refused("channel-unknown") { transaction, _, occasion in
                _ = try DeclareCoverage(
                    source: "旧网站", jurisdiction: "SX", from: "2026-03-01", to: "2026-03-02", channel: "wechat"
                ).perform(in: transaction, occasion)
            },
            Refused("ledger-started") {
                try StartLedger(jurisdiction: "SX", from: "2026-03-01").perform(in: $0, law: $1, $2)
            },
            Refused("jurisdiction-unknown") {
                try StartLedger(jurisdiction: "XX", from: "2026-03-01").perform(in: $0, law: $1, $2)
            },
            Refused("ledger-too-early") {
                try StartLedger(jurisdiction: "FG", from: "2018-07-23").perform(in: $0, law: $1, $2)
            },
            Refused("event-day-ahead") {
                try StartLedger(jurisdiction: "FG", from: "2026-03-11").perform(in: $0, law: $1, $2)
            },
            Refused("day-not-over") { _ = try CloseDay(day: "2026-03-10").perform(in: $0, $2) },
            calendar("calendar-version-known", version: "2027-long"),
            calendar("calendar-version-form", version: "张三 13800000000"),
            calendar("calendar-empty", empty: true),
            calendar("jurisdiction-unknown", "XX"),
        ]
    }

    private func uncoverings(ended: String) -> [Refused] {
        [("coverage-not-found", "nothing"), ("coverage-ended", ended)].map { code, coverage in
            Refused(code) { transaction, _, occasion in
                _ = try EndCoverage(coverage: coverage, reason: "来源并不完整").perform(in: transaction, occasion)
            }
        }
    }

    private func editions(open: String, closed: String) -> [Refused] {
        func offer(
            _ code: String, _ obligation: String, item: String = "I-FG-001", channel: String = "portal",
            project: String = ""
        ) -> Refused {
            Refused(code) { transaction, law, occasion in
                try OfferEdition(
                    OfferedEdition(
                        publication: "p", edition: 1, item: item, channel: channel, body: "sx-housing",
                        project: project,
                        lot: "", period: "", obligation: obligation, day: occasion.today, basis: .attested)
                ).perform(in: transaction, law: law, occasion)
            }
        }
        return [
            offer("obligation-not-found", "nothing"), offer("obligation-closed", closed, item: "I-FG-004"),
            offer("obligation-of-another", open, item: "I-FG-003"),
            offer("obligation-of-another", open, channel: "credit"),
            offer("obligation-of-another", open, project: "another"),
        ]
    }
}

@Suite struct `A fact whose duty falls to nobody known` {
    /// 000 二(一)4: state property is owed by owner: 国有企业 → 市国资委, 行政事业单位 → 市财政局; the housing bureau is
    /// registered as neither.
    @Test(arguments: Backend.available)
    func `is recorded, owes nothing, and a finding says why`(_ backend: Backend) async throws {
        try await withCounty(backend) { county in
            let recorded = try await county.act(on: "2026-03-03") { transaction, law, occasion in
                try LoadBodies(try #require(try BodyFile.builtIn("NT"))).perform(in: transaction, occasion)
                let list = try #require(try CatalogueFile.builtIn("NT"))
                _ = try LoadCatalogue(list).perform(in: transaction, law: LawFile.builtIn(), occasion)
                var event = RecordEvent(
                    kind: "item.formed", body: "nt-housing", day: "2026-03-02", basis: .system)
                (event.jurisdiction, event.item) = ("NT", "I-NT-026")
                return try event.perform(in: transaction, law: law, occasion)
            }
            #expect(recorded.obligations.isEmpty)
            let findings = try await county.read { try $0.findings.findings(of: "NT/I-NT-026", kind: "item") }
            #expect(findings.map(\.rule) == ["unassigned"])
        }
    }
}

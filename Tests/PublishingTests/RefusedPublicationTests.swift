import Catalogue
import CivilTime
import Law
import LedgerTesting
import Obligations
import People
import Projects
import Publishing
import Storage
import StorageTesting
import Testing

@Suite struct `A refused publication` {
    private struct Refused: Sendable {
        let code: String
        let act: @Sendable (Transaction, LawBook, Occasion) throws -> Void

        init(_ code: String, _ act: @escaping @Sendable (Transaction, LawBook, Occasion) throws -> Void) {
            self.code = code
            self.act = act
        }

        static func publish(
            _ code: String, title: String = "示例公告", text: String = "正文", number: String = "",
            _ change: @escaping @Sendable (inout Publish) -> Void = { _ in }
        ) -> Refused {
            Refused(code) { transaction, law, occasion in
                var publish = Publish(
                    body: "sx-housing",
                    record: EditionRecord(title: title, text: text, documentNumber: number))
                publish.item = "I-FG-001"
                change(&publish)
                _ = try publish.perform(in: transaction, law: law, occasion)
            }
        }

        static func correct(_ code: String, _ id: String, title: String = "新", reason: String = "内容有误")
            -> Refused
        {
            Refused(code) { transaction, law, occasion in
                _ = try CorrectPublication(
                    publication: id, record: EditionRecord(title: title, text: "正文"), reason: reason
                ).perform(in: transaction, law: law, occasion)
            }
        }

        static func withdraw(_ code: String, _ id: String, reason: String = "发布有误") -> Refused {
            Refused(code) { transaction, law, occasion in
                _ = try WithdrawPublication(publication: id, reason: reason).perform(
                    in: transaction, law: law, occasion)
            }
        }
    }

    private static let noPeriods = [
        "2026-13", "2026-00", "2026-Q5", "2026-H3", "26", "2026-1", "2026-10-01", "2026年10月", "standing",
        "10-2026",
        " 2026", "2026-q3",
    ]

    @Test(arguments: Backend.available)
    func `says why under a code of its own and leaves neither change nor journal entry`(_ backend: Backend)
        async throws
    {
        try await withCounty(backend) { county in
            let standing = try await county.publish("I-FG-003", on: "2026-03-02").publication.id
            let gone = try await county.publish("I-FG-004", on: "2026-03-02").publication.id
            try await county.withdraw(gone, on: "2026-03-03")
            let imported = try await county.publish(
                "I-FG-005", on: "2026-03-02",
                imported: .init(source: "旧网站", key: "1", claimedAt: "", claimedDay: nil)
            ).publication.id
            let kept = try await county.formed(on: "2026-03-02")
            try await county.withhold(kept, on: "2026-03-03")
            let open = try await county.formed("I-FG-003", on: "2026-03-05")
            let long = String(repeating: "长", count: 1001)
            let refusals: [Refused] =
                [
                    .publish("publication-title-missing", title: ""),
                    .publish("publication-title-missing", title: " 　\n"),
                    .publish("publication-text-missing", text: " 　\n"),
                    .publish("publication-too-long", title: String(repeating: "题", count: 301)),
                    .publish("publication-too-long", text: String(repeating: "x", count: 2_097_153)),
                    .publish("publication-too-long", number: String(repeating: "号", count: 101)),
                    .publish("publication-too-long") {
                        $0.record.indexNumber = String(repeating: "1", count: 101)
                    },
                    .publish("publication-too-long") {
                        $0.record.documentKind = String(repeating: "告", count: 21)
                    },
                    .publish("publication-too-long") {
                        $0.record.addressees = String(repeating: "局", count: 1001)
                    },
                    .publish("publication-too-long") {
                        $0.record.attachments = Array(repeating: .init(name: "附件"), count: 201)
                    },
                    .publish("publication-too-long") {
                        $0.record.openness = String(repeating: "开", count: 41)
                    },
                    .publish("publication-too-long") {
                        $0.record.issuer = String(repeating: "室", count: 101)
                    },
                    .publish("control-character") { $0.record.issuer = "县府办\n印发" },
                    .publish("control-character") { $0.record.addressees = "各镇\n各局" },
                    .publish("control-character") { $0.record.attachments = [.init(name: "甲\u{202E}乙")] },
                    .publish("attachment-name-unusable") { $0.record.attachments = [.init(name: " ")] },
                    .publish("attachment-name-unusable") {
                        $0.record.attachments = [.init(name: String(repeating: "附", count: 301))]
                    },
                    .publish("attachment-address-unusable") {
                        $0.record.attachments = [.init(name: "附件", address: "javascript:alert(1)")]
                    },
                    .publish("attachment-address-unusable") {
                        $0.record.attachments = [.init(name: "附件", address: "https://a.example/a b")]
                    },
                    .publish("attachment-address-unusable") {
                        $0.record.attachments = [.init(name: "附件", address: "https://")]
                    },
                    .publish("body-unknown") { $0.body = "nobody" },
                    .publish("item-unknown") { $0.item = "I-XX-001" },
                    .publish("item-internal") { $0.item = "I-FG-051" },
                    .publish("item-internal") { $0.audience = .internal },
                    .publish("item-internal") {
                        $0.item = ""
                        $0.audience = .internal
                    },
                    .publish("item-is-no-matter") { $0.item = "I-FG-049" },
                    .publish("audience-too-wide") {
                        $0.item = "I-FG-073"
                        $0.audience = .everyone
                    },
                    .publish("audience-too-wide") {
                        $0.item = "I-FG-067"
                        $0.audience = .county
                    },
                    .publish("control-character", title: "示例\u{7}公告"),
                    .publish("control-character", title: "示例\n公告"),
                    .publish("control-character", title: "示例\u{202E}告公"),
                    .publish("control-character", text: "正文\u{1B}[2J"),
                    .publish("control-character", number: "示府办\t1号"),
                    .publish("control-character") { $0.lot = "1\u{85}" },
                    .publish("text-too-long") { $0.lot = String(repeating: "1", count: 101) },
                    .publish("publication-withheld"),
                    .publish("item-unknown") { $0.carries = ["I-XX-001"] },
                    .publish("audience-too-wide") { $0.carries = ["I-FG-067"] },
                    .publish("publication-withheld") {
                        $0.item = "I-FG-003"
                        $0.carries = ["I-FG-001"]
                    },
                    .publish("channel-unknown") { $0.channel = "wechat" },
                    .publish("project-not-found") { $0.project = "nothing" },
                    .publish("obligation-not-reached") {
                        $0.item = ""
                        $0.obligation = open
                    },
                    .publish("obligation-not-reached") {
                        $0.item = "I-FG-003"
                        $0.audience = .county
                        $0.obligation = open
                    },
                    .publish("obligation-of-another") {
                        $0.item = "I-FG-005"
                        $0.obligation = open
                    },
                    .publish("obligation-not-found") {
                        $0.item = "I-FG-003"
                        $0.obligation = "nothing"
                    },
                    .correct("control-character", standing, title: "更正\u{0}公告"),
                    .withdraw("control-character", standing, reason: "内容有误\u{8}"),
                    .correct("publication-not-found", "nothing"), .correct("publication-withdrawn", gone),
                    .correct("publication-unchanged", standing, title: "示例公告"),
                    .correct("publication-imported", imported),
                    .correct("publication-title-missing", standing, title: ""),
                    .correct("reason-missing", standing, reason: "    "),
                    .correct("publication-too-long", standing, reason: long),
                    .withdraw("publication-not-found", "nothing"), .withdraw("publication-withdrawn", gone),
                    .withdraw("publication-imported", imported),
                    .withdraw("reason-missing", standing, reason: "错"),
                ]
                + Self.noPeriods.map { period in
                    .publish("publication-period-unreadable") { $0.period = period }
                }
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
        }
    }
}

import Foundation
import Testing

@Suite struct `The command line` {
    @Test func `explains a due day as JSON, due and provisional first`() throws {
        let answer = try Program.run(
            "calendar", "due", "--from", "2026-02-10", "--working-days", "20", "--json")
        #expect(answer.code == 0)
        #expect(answer.output.hasPrefix("{\"due\":\"2026-03-16\",\"provisional\":false,"))
        #expect(answer.output.contains("\"steps\":["))
        let ahead = try Program.run(
            "calendar", "due", "--from", "2026-12-10", "--working-days", "20", "--json")
        #expect(ahead.output.contains("\"provisional\":true"))
        for (days, due) in [("7", "2018-08-02"), ("10", "2018-08-07")] {
            let filing = try Program.run(
                "calendar", "due", "--from", "2018-07-24", "--working-days", days, "--json")
            #expect(filing.output.hasPrefix("{\"due\":\"\(due)\""))
        }
    }

    @Test func `exports the catalogues with what is own and what is no item`() throws {
        struct Export: Decodable {
            struct Item: Decodable {
                let id: String
                let kind: String
                let relation: String
            }
            let items: [Item]
        }
        let county: Export = try Program.run("catalogue", "export", "--jurisdiction", "FG", "--json").json()
        #expect(county.items.count == 194)
        #expect(county.items.allSatisfy { $0.relation == "own" })
        #expect(county.items.filter { $0.kind == "tag" }.count == 8)
        let country: Export = try Program.run("catalogue", "export", "--jurisdiction", "CN", "--json").json()
        #expect(country.items.count == 36)
    }

    /// 招标投标法 art. 24: 20 days; 3 to 6 March are 4.
    @Test func `records a period that is too short, and says which clause it breaks`() async throws {
        struct Recorded: Decodable {
            struct Warning: Decodable {
                let rule: String
                let clause: String
            }
            let warnings: [Warning]
        }
        try await withFolder { data in
            let place = ["--data", data, "--actor", "测试"]
            let opened = try Program.run(
                [
                    "project", "open", "--jurisdiction", "FG", "--field", "工程建设项目招标投标", "--title", "试",
                    "--key", "entry=试-1",
                ] + place)
            #expect(opened.code == 0, "\(opened.errors)")
            func record(_ kind: String, _ day: String, _ more: String...) throws -> Program.Answer {
                try Program.run(
                    [
                        "event", "record", "--body", "县财政局", "--jurisdiction", "FG", "--project", "试-1",
                        "--kind",
                        kind, "--day", day, "--evidence", "试〔2026〕1号",
                    ] + place + more)
            }
            let issued: Recorded = try record("tender.documents_issued", "2026-03-02", "--json").json()
            #expect(issued.warnings.isEmpty)
            let deadline: Recorded = try record("tender.bid_deadline", "2026-03-06", "--json").json()
            #expect(deadline.warnings.map(\.rule) == ["tender-bid-20d.short"])
            #expect(deadline.warnings.map(\.clause) == ["招标投标法 第二十四条"])
            let contract = try record("tender.contract_signed", "2026-03-01")
            #expect(contract.code == 0)
            #expect(contract.output.contains("注意：登记的签订合同（2026-03-01）早于应当在前的"), "\(contract.output)")
            #expect(contract.output.contains("招标投标法 第四十六条"))
        }
    }

    @Test func `every command has its help`() throws {
        let commands = [
            [], ["serve"], ["demo"], ["event"], ["event", "record"], ["event", "amend"], ["event", "void"],
            ["project", "open"],
            ["withhold"], ["not-applicable"], ["revoke"], ["source", "cover"], ["source", "uncover"],
            ["source", "list"], ["ledger", "start"],
            ["day", "close"],
            ["publish"], ["correct"], ["withdraw"], ["import"], ["catalogue", "export"],
            ["catalogue", "check"],
            ["catalogue", "diff"], ["calendar", "due"], ["calendar", "show"], ["calendar", "load"],
        ]
        for command in commands {
            let answer = try Program.run(command + ["--help"])
            #expect(
                answer.code == 0 && answer.output.contains("USAGE"),
                "sundial \(command.joined(separator: " "))")
        }
    }

    @Test func `says that an address is taken, and where to go instead`() async throws {
        try await withFolder { folder in
            let first = Program(["serve", "--data", folder + "/first", "--port", "0"])
            let line = try first.start()
            defer { first.terminate() }
            let port = try #require(line.split(separator: ":").last)
            let second = try Program.run("serve", "--data", folder + "/second", "--port", String(port))
            #expect(
                second.code == 1 && second.errors.contains("address-taken")
                    && second.errors.contains("--port"))
            let elsewhere = try Program.run(
                "serve", "--data", folder + "/third", "--host", "192.0.2.1", "--port", "0")
            #expect(elsewhere.code == 1 && elsewhere.errors.contains("address-not-here"))
        }
    }

    @Test func `carries one duty from its event to its discharge and back`() async throws {
        struct Recorded: Decodable {
            struct Obligation: Decodable {
                let id: String
                let item: String
                let due: String
                let rule: String
            }
            let obligations: [Obligation]
        }
        struct Published: Decodable {
            let publication: String
            let discharged: [String]
        }
        struct Decided: Decodable { let id: String }
        struct Refused: Decodable {
            struct Reason: Decodable {
                let code: String
                let clause: String?
            }
            let refused: Reason
        }
        try await withFolder { folder in
            func act(_ arguments: String...) throws -> Program.Answer {
                try Program.run(arguments + ["--actor", "测试员", "--data", folder, "--json"])
            }
            let body = ["--body", "县财政局", "--jurisdiction", "FG"]
            #expect(
                try act(
                    "project", "open", "--jurisdiction", "FG", "--field", "政府采购", "--title", "示例采购",
                    "--key", "procurement=SL-2026-1"
                ).code == 0)
            let recorded: Recorded = try Program.run(
                ["event", "record"] + body
                    + [
                        "--project", "SL-2026-1", "--kind", "procurement.result_fixed", "--day", "2026-02-10",
                        "--evidence", "示例〔2026〕1号", "--actor", "测试员", "--data", folder, "--json",
                    ]
            ).json()
            let urgent = try #require(
                recorded.obligations.first { $0.item == "I-FG-021" && $0.rule == "procurement-result-2wd" })
            #expect(urgent.due == "2026-02-12")

            let withheld: Decided = try act(
                "withhold", urgent.id, "--ground", "商业秘密", "--reason", "涉及商业秘密"
            ).json()
            let refused = try Program.run(
                ["publish"] + body
                    + [
                        "--project", "SL-2026-1", "--item", "I-FG-021", "--channel", "platform", "--title",
                        "成交结果", "--text", "成交供应商：示例公司",
                        "--actor", "测试员", "--data", folder, "--json",
                    ])
            #expect(refused.code == 1)
            let reason: Refused = try refused.json()
            #expect(reason.refused.code == "publication-withheld" && reason.refused.clause != nil)

            #expect(try act("revoke", withheld.id, "--reason", "合同已经履行").code == 0)
            let published: Published = try Program.run(
                ["publish"] + body
                    + [
                        "--project", "SL-2026-1", "--item", "I-FG-021", "--channel", "platform", "--title",
                        "成交结果", "--text", "成交供应商：示例公司",
                        "--actor", "测试员", "--data", folder, "--json",
                    ]
            ).json()
            #expect(published.discharged == [urgent.id])
            #expect(
                try act("correct", published.publication, "--text", "更正后的结果", "--reason", "金额有误").code == 0)
            #expect(try act("withdraw", published.publication, "--reason", "重新公告").code == 0)
            let again: Refused = try act("withdraw", published.publication, "--reason", "重新公告").json()
            #expect(again.refused.code == "publication-withdrawn")
        }
    }
}

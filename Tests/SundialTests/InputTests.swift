import Foundation
import Storage
import StorageSQLite
import Testing

/// What a person types at the commands, and what comes back when it cannot be taken.
@Suite struct `A command` {
    private struct Refused: Decodable {
        struct Reason: Decodable {
            let code: String
            let detail: String
        }
        let refused: Reason
    }

    private static let body = ["--body", "县财政局", "--jurisdiction", "FG"]

    private func refusal(_ arguments: [String], in folder: String) throws -> Refused.Reason {
        let answer = try Program.run(arguments + ["--actor", "测试员", "--data", folder, "--json"])
        #expect(answer.code == 1, "\(arguments): \(answer.output)\(answer.errors)")
        return try answer.json(Refused.self).refused
    }

    @Test func `refuses what is no time, no period and no plain text, and says where and what to do`()
        async throws
    {
        try await withFolder { folder in
            let event =
                ["event", "record"] + Self.body
                + ["--kind", "item.formed", "--item", "I-FG-001", "--day", "2026-03-02", "--evidence", "一号"]
            let publish =
                ["publish"] + Self.body + ["--item", "I-FG-001", "--title", "标题", "--text", "正文"]
            let time = try refusal(event + ["--time", "25:00"], in: folder)
            #expect(time.code == "event-time-unreadable")
            #expect(
                time.detail.contains("25:00") && time.detail.contains("HH:MM")
                    && time.detail.contains("--time"))
            let period = try refusal(publish + ["--period", "2026-13"], in: folder)
            #expect(period.code == "publication-period-unreadable" && period.detail.contains("2026-Q3"))
            let lot = try refusal(publish + ["--lot", "1\u{7}"], in: folder)
            #expect(lot.code == "control-character" && lot.detail.contains("--lot"))
            let long = try refusal(event + ["--lot", String(repeating: "9", count: 101)], in: folder)
            #expect(long.code == "text-too-long" && long.detail.contains("100"))
            let title = try refusal(
                ["publish"] + Self.body + ["--title", "标\u{1B}[31m题", "--text", "正文"], in: folder)
            #expect(title.code == "control-character")
            #expect(
                title.detail.contains("U+001B") && title.detail.contains("--title")
                    && title.detail.contains("第 2 个"))
            let project = try refusal(
                [
                    "project", "open", "--jurisdiction", "FG", "--field", "政府采购", "--title", "示例\n项目",
                    "--key",
                    "procurement=A-1",
                ], in: folder)
            #expect(project.code == "control-character")
        }
    }

    @Test
    func `takes a paper's marks and attachments, keeps them in a correction and takes them off when told`()
        async throws
    {
        try await withFolder { folder in
            let data = ["--actor", "测试员", "--data", folder + "/data", "--json"]
            // SHA-256 of "abc", as FIPS 180-2 gives it.
            let file = folder + "/表=1.pdf"
            try Data("abc".utf8).write(to: URL(fileURLWithPath: file))
            let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            let published = try Program.run(
                ["publish"] + Self.body + [
                    "--title", "标题", "--text", "正文", "--index-number", "1/2", "--document-kind", "通知",
                    "--addressees", "各镇", "--openness", "主动公开", "--dated", "2026-03-01", "--issuer", "县府办",
                    "--attachment", "说明=一=https://a.example/x?b=http://c",
                    "--attached-file", file,
                ] + data)
            #expect(published.code == 0, "\(published.errors)")
            let id = try published.json(EditionAnswer.self).publication
            for more in [
                ["--attachment", "补充"],
                [
                    "--without-attachments", "--document-kind", "", "--dated", "", "--openness", "",
                    "--issuer", "",
                ],
            ] {
                let corrected = try Program.run(["correct", id, "--reason", "内容有误"] + more + data)
                #expect(corrected.code == 0, "\(corrected.errors)")
            }
            let database = try SQLiteDatabase(path: folder + "/data/sundial.sqlite")
            let records = try await database.read { transaction in
                try transaction.rows("SELECT record FROM edition ORDER BY n LIMIT 9").map {
                    String(decoding: try $0.bytesOrNil("record") ?? [], as: UTF8.self)
                }
            }
            try await database.close()
            let given =
                #"{"address":"https://a.example/x?b=http://c","name":"说明=一"},{"name":"表=1.pdf","sha256":"\#(hash)"}"#
            let more =
                #""dated":"2026-03-01","documentKind":"通知","documentNumber":"","indexNumber":"1/2","issuer":"县府办","openness":"主动公开""#
            #expect(records.count == 3)
            #expect(
                records[0].hasPrefix(#"{"address":"","addressees":"各镇","attachments":[\#(given)],\#(more),"#))
            #expect(records[1].contains(#""attachments":[\#(given),{"name":"补充"}],\#(more),"#))
            #expect(
                records[2].hasPrefix(
                    #"{"address":"","addressees":"各镇","documentNumber":"","indexNumber":"1/2","sourceHash":"#)
            )
            let noDay = try Program.run(
                ["publish"] + Self.body + ["--title", "标题", "--text", "正文", "--dated", "3月1日"] + data)
            #expect(noDay.code != 0 && noDay.errors.contains("3月1日"))
            let refused = try refusal(
                ["publish"] + Self.body + ["--title", "标题", "--text", "正文", "--attachment", "甲=http://a b"],
                in: folder + "/data")
            #expect(refused.code == "attachment-address-unusable" && refused.detail.contains("http://a b"))
        }
    }

    private struct EditionAnswer: Decodable { let publication: String }

    /// The numbers are the examples of GB 11643 and GB 32100.
    @Test func `reads codes in small letters as in capital ones, and says how the standard writes them`()
        throws
    {
        struct Read: Decodable {
            struct Part: Decodable {
                let name, value: String
            }
            let kind, code: String
            let parts: [Part]
        }
        let capital = try Program.run("code", "11010519491231002X", "--json").json(Read.self)
        #expect(capital.kind == "公民身份号码" && !capital.parts.contains { $0.name == "写法" })
        let printed = try Program.run("code", "11010519491231002x")
        #expect(printed.code == 0 && printed.output.contains("大写"))
        // Nobody's number is printed again.
        #expect(!printed.output.contains("19491231"))
        let small = try Program.run("code", "91350100m000100y43", "--json").json(Read.self)
        #expect(small.kind == "统一社会信用代码" && small.code == "91350100M000100Y43")
        #expect(small.parts.contains { $0.name == "写法" && $0.value.contains("大写") })
        let wrong = try Program.run("code", "110105194912310021", "--json")
        #expect(wrong.code == 1 && wrong.output.contains("公民身份号码第18位"))
        let other = try Program.run("code", "91350100M000100Y44", "--json")
        #expect(other.code == 1 && other.output.contains("统一社会信用代码第18位"))
    }

    /// Both cards are examples that pass the check of Luhn; 1 more at the end fails it.
    @Test(arguments: [
        ("6222021234567890128", "银行卡号"), ("6222 0212 3456 7890 128", "银行卡号"), ("4111-1111-1111-1111", "银行卡号"),
    ])
    func `reads a bank card and never prints it again`(card: String, kind: String) throws {
        let read = try Program.run("code", card)
        #expect(read.code == 0 && read.output.contains(kind) && read.output.contains("已隐去"))
        #expect(!read.output.contains("7890") && !read.output.contains("1111"))
        let wrong = try Program.run("code", card.dropLast() + "3")
        #expect(wrong.code == 1 && wrong.errors.contains("银行卡号"))
        #expect(!wrong.errors.contains("7890") && !wrong.errors.contains("1111"))
    }

    /// A birth in 2099, one in 1849, two in a month 13: the day is looked at before the check.
    @Test(arguments: ["110105209912310020", "110105184912310020", "11010519491331002X", "110105194913310029"])
    func `refuses what reads like a person's number with no possible day, and never prints it`(text: String)
        throws
    {
        let answer = try Program.run("code", text)
        #expect(
            answer.code == 1 && answer.errors.contains("公民身份号码第7至14位"), "\(answer.output)\(answer.errors)")
        #expect(!answer.output.contains(text) && !answer.errors.contains(text))
    }

    @Test(arguments: [
        ("510202", "四川省重庆市渝中区（1994—1997 年的区划，现为 500103 重庆市渝中区）"),
        ("420600", "湖北省襄阳市（1981—2010 年为襄樊市）"), ("520327", "贵州省遵义市凤冈县"), ("520399", "都没有"),
    ])
    func `says what a region was and is`(code: String, said: String) throws {
        let read = try Program.run("code", code)
        #expect(read.code == 0 && read.output.contains(said), "\(read.output)")
    }

    /// 11 310120 …: an office of 上海市奉贤区, whose digits 7 to 14 begin like a year of birth. By GB 32100, weights 1 3 9 27
    /// 19 26 16 17 20 29 25 13 8 24 10 30 28, the sum is 496 = 31·16 + 0, and the check is 0.
    @Test func `does not print an organisation's code in full that reads like a person's number`() throws {
        let text = "113101200024681010"
        let read = try Program.run("code", text)
        #expect(read.code == 0 && read.output.contains("统一社会信用代码"), "\(read.errors)")
        #expect(read.output.contains("已隐去") && !read.output.contains("002468101"))
    }

    @Test func `warns of a code or a field that it does not know`() async throws {
        struct Opened: Decodable { let warnings: [String] }
        try await withFolder { data in
            let opened: Opened = try Program.run([
                "project", "open", "--jurisdiction", "FG", "--field", "园林", "--title", "试", "--key",
                "investment=short", "--key", "platform=bad", "--key", "entry=试-9", "--data", data, "--actor",
                "测试",
                "--json",
            ]).json()
            #expect(opened.warnings.count == 3)
            #expect(opened.warnings.contains { $0.contains("投资项目统一代码") })
            #expect(opened.warnings.contains { $0.contains("统一交易标识码") })
            #expect(opened.warnings.contains { $0.contains("园林") && $0.contains("政府采购") })
        }
    }

    @Test func `says that a project of another kind has other items`() async throws {
        struct Opened: Decodable { let scopesNotGiven: [String] }
        try await withFolder { folder in
            let missing = { (field: String, more: [String]) throws -> [String] in
                let answer = try Program.run(
                    [
                        "project", "open", "--jurisdiction", "FG", "--field", field, "--title", "示例项目",
                        "--key",
                        "procurement=A-\(field)", "--actor", "测试员", "--data", folder, "--json",
                    ] + more)
                return try answer.json(Opened.self).scopesNotGiven
            }
            // 凤冈 annex 3, 重大建设项目 3: tendering of such a project has items of its own. Procurement has none.
            let tendering = "工程建设项目招标投标"
            let (plain, major) = (try missing(tendering, []), try missing(tendering, ["--major"]))
            #expect(plain == ["major"] && major.isEmpty)
            let procurement = try missing("政府采购", [])
            #expect(procurement.isEmpty)
        }
    }

    @Test func `refuses a data folder that cannot be one, and names it`() async throws {
        try await withFolder { folder in
            let file = folder + "/file"
            try Data("x".utf8).write(to: URL(fileURLWithPath: file))
            for data in [file, file + "/below"] {
                let answer = try Program.run("source", "list", "--data", data)
                #expect(answer.code == 1 && answer.output.isEmpty)
                #expect(answer.errors.contains("[folder-unusable]") && answer.errors.contains(data))
                #expect(!answer.errors.contains("NSCocoaErrorDomain"))
            }
        }
    }

    @Test func `never mixes the sample into a folder that holds a real ledger`() async throws {
        try await withFolder { folder in
            let started = try Program.run(
                "ledger", "start", "--jurisdiction", "FG", "--from", "2026-01-01", "--actor", "测试员", "--data",
                folder)
            #expect(started.code == 0)
            let demo = try Program.run("demo", "--data", folder, "--port", "0")
            #expect(demo.code == 1 && demo.output.isEmpty && demo.errors.contains("[demo-folder-in-use]"))
        }
    }

    @Test(arguments: ["9999-12-30", "2100-01-01", "1948-12-31", "0001-01-01"])
    func `counts no due day outside the years of the calendar`(from: String) throws {
        let answer = try Program.run("calendar", "due", "--from", from, "--working-days", "20")
        #expect(answer.code == 64 && answer.errors.contains("1949"))
    }

    /// 附件2 二（一）10: 资本参与方式, 合作模式 and 回报机制 are items of such projects alone.
    @Test(arguments: [(["--ppp"], true), (["--major"], false), ([], false)])
    func `plays the procedure of public and private capital`(scope: [String], isOwed: Bool) async throws {
        try await withFolder { folder in
            let act = ["--actor", "测试员", "--data", folder]
            let opened = try Program.run(
                ["project", "open", "--jurisdiction", "FG", "--field", "重大建设项目", "--title", "污水处理厂"]
                    + ["--key", "approval=PPP-1"] + scope + act)
            #expect(opened.code == 0)
            let planned = try Program.run(
                ["event", "record"] + Self.body + ["--project", "PPP-1", "--kind", "major.ppp_planned"]
                    + ["--day", "2026-03-02", "--evidence", "一号"] + act)
            #expect(planned.code == 0)
            for item in ["I-FG-192", "I-FG-193", "I-FG-194"] {
                #expect(
                    planned.output.contains("\(item)，portal，到期日 2026-03-30") == isOwed, "\(planned.output)")
            }
            #expect(planned.output.contains("没有产生公开义务") != isOwed)
        }
    }

    @Test func `says when what was published discharges nothing`() async throws {
        try await withFolder { folder in
            let answer = try Program.run(
                ["publish"] + Self.body
                    + [
                        "--item", "I-FG-021", "--title", "标题", "--text", "正文", "--actor", "测试员", "--data",
                        folder,
                    ])
            #expect(answer.code == 0 && answer.output.contains("没有履行任何公开义务"))
        }
    }

    @Test func `takes no actor with a control character, and revokes nothing without a reason`() throws {
        for arguments in [
            ["day", "close", "--actor", "甲"], ["revoke", "x", "--actor", "甲"],
            ["revoke", "x", "--actor", "甲\u{7}", "--reason", "情况已经变化"],
            ["import", "x.jsonl", "--jurisdiction", "CN", "--actor", "甲\n乙"],
            ["import", "x.jsonl", "--jurisdiction", "CN", "--source", "旧网站\u{1B}[2J"],
        ] {
            #expect(try Program.run(arguments).code == 64, "\(arguments)")
        }
    }
}

import CivilTime
import Testing
import Web

private let hostile = "<script>alert('x')</script>\"&\u{0}"
private let harmless = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\u{FFFD}"

@Suite struct `HTML literals` {
    @Test func `escape text in every place where text may stand`() {
        let inText: HTML = "<p>\(hostile)</p>"
        #expect(inText.description == "<p>\(harmless)</p>")
        let inAttribute: HTML = "<p title=\"\(hostile)\" lang='\(hostile)'>\(hostile.dropFirst())</p>"
        #expect(!inAttribute.description.contains("<script"))
        #expect(inAttribute.description.filter { $0 == "\"" || $0 == "'" }.count == 4)
        #expect(HTML(text: hostile).description == harmless)
        #expect(Link("/search?q=\(hostile)").address.allSatisfy { !"<>\"'& ".contains($0) })
    }

    /// 中标金额 would stand as 额金标中.
    @Test(arguments: ["\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}"])
    func `show a mark where text would turn its direction`(mark: String) {
        let html: HTML = "<p title=\"\("a" + mark)\">\("中标\(mark)金额“x”")</p>"
        #expect(html.description == "<p title=\"a\u{FFFD}\">中标\u{FFFD}金额“x”</p>")
        #expect(("\("\u{202F}\u{2065}\u{206A}…")" as HTML).description == "\u{202F}\u{2065}\u{206A}…")
    }

    @Test func `let markup pass, join lists and write nothing for nil`() {
        let item: HTML = "<b>\(1)</b>"
        let none: HTML? = nil
        let list = ["甲", "<乙>"].map { "<li>\($0)</li>" as HTML }
        let page: HTML =
            "\(item)\(none)\(list)\(nil as String?)\(Day(2026, 2, 3))\(when: false, item)\(when: true, item)"
        #expect(page.description == "<b>1</b><li>甲</li><li>&lt;乙&gt;</li>2026-02-03<b>1</b>")
        #expect(list.joined(separator: ", ").description == "<li>甲</li>, <li>&lt;乙&gt;</li>")
    }

    @Test func `escape markup that stands in an attribute`() {
        let bold: HTML = "<b class=\"x\">"
        let page: HTML = "<p title=\"\(bold)\">"
        #expect(page.description == "<p title=\"&lt;b class=&quot;x&quot;&gt;\">")
    }

    @Test func `encode text further on in an address as one piece of it`() {
        let code = "焦公/2026-018?x#y%&"
        let page: HTML = "<a href=\"/projects/\(code)\" title=\"\(code)\">"
        #expect(
            page.description
                == "<a href=\"/projects/%E7%84%A6%E5%85%AC%2F2026-018%3Fx%23y%25%26\" title=\"焦公/2026-018?x#y%&amp;\">"
        )
    }

    @Test func `take whole attributes inside a tag`() {
        let option: HTML = "<option value=\"\(3)\"\(when: true, " selected")>"
        #expect(option.description == "<option value=\"3\" selected>")
    }

    #if DEBUG
        @Test func `stop a debug build at a plain string as an address`() async {
            await #expect(processExitsWith: .failure) {
                let address = "javascript:alert(1)"
                let page: HTML = "<a href=\"\(address)\">x</a>"
                print(page)
            }
        }

        @Test func `stop a debug build at text in an event, a style, or outside quotes`() async {
            await #expect(processExitsWith: .failure) {
                let text = "alert(1)"
                print("<a onclick=\"\(text)\">x</a>" as HTML)
            }
            await #expect(processExitsWith: .failure) {
                let text = "color:red"
                print("<a style=\"\(text)\">x</a>" as HTML)
            }
            await #expect(processExitsWith: .failure) {
                let text = "x onclick=alert(1)"
                print("<a class=\(text)>x</a>" as HTML)
            }
        }

        @Test func `stop a debug build at a link literal that leads elsewhere`() async {
            await #expect(processExitsWith: .failure) { print(("//evil.example/" as Link).address) }
            await #expect(processExitsWith: .failure) { print(("javascript:alert(1)" as Link).address) }
        }
    #endif
}

@Suite struct `Links` {
    @Test func `encode what is interpolated, slashes too`() {
        #expect(
            Link("/projects/\("焦公资采购 H2026/018?x#y")").address
                == "/projects/%E7%84%A6%E5%85%AC%E8%B5%84%E9%87%87%E8%B4%AD%20H2026%2F018%3Fx%23y")
        let link = Link("/search").adding([("q", "公 开&x=1"), ("body", nil), ("field", ""), ("n", "2")])
        #expect(link.address == "/search?q=%E5%85%AC%20%E5%BC%80%26x%3D1&n=2")
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
        "//evil.example",
        "/local", "https://", "https:///x", "http://a b/", "https://user@evil.example/",
        "https://x.cn/\"onload=",
        "https://x.cn/<b>", "https://x.cn/\r\nSet-Cookie: a", "vbscript:x", "", "https://例子.cn/", "http:/x",
    ])
    func `refuse from outside all but plain http and https`(text: String) {
        #expect(Link(outside: text) == nil)
    }

    @Test func `take http and https from outside`() {
        #expect(
            Link(outside: "HTTPS://www.ccgp.gov.cn/a?b=c&d=%20#e")?.address
                == "https://www.ccgp.gov.cn/a?b=c&d=%20#e")
        #expect(
            Link(outside: "http://x.gov.cn:8080/公告")?.address == "http://x.gov.cn:8080/%E5%85%AC%E5%91%8A")
    }
}

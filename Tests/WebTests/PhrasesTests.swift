import Testing

@testable import Web

@Suite struct `The interface in another language` {
    private static let rows = [
        ["公开义务", "Obligations", "Obligation"], ["已过 # 日", "# days past"], ["第 # 页，共 # 页", "Page #1 of #2"],
        ["共 # 项，第 # 项起", "From #2, #1 in all"], ["状态截至", "As of"], ["日终。", ", end of day."],
        ["甲 & 乙", "A & B"], ["搜索：", "Search: "], ["按时率", "On time"],
        ["已过 1 日", "1 day past"], ["一", "Mon"], ["*的栏目", "Columns of *"],
        ["第 # 版：“*”之后 # 日", "Edition #: # days after “*”"],
        ["*按*的目录", "By the catalogue of *2: *1"],
    ]

    private func page(_ page: String) throws -> String {
        let phrases = try Phrases(Self.rows)
        return String(
            decoding: PageText(Array(page.utf8)).translated(from: .simplified, by: phrases), as: UTF8.self)
    }

    @Test(arguments: [
        ("<h2>公开义务</h2>", "<h2>Obligations</h2>"),
        ("<p>\n公开义务 </p>", "<p>\nObligations </p>"),
        ("<td>已过 12 日</td>", "<td>12 days past</td>"),
        ("<td>已过 1 日</td>", "<td>1 day past</td>"), ("<td>已过 11 日</td>", "<td>11 days past</td>"),
        ("<p>第 3 页，共 40 页</p>", "<p>Page 3 of 40</p>"),
        ("<p>共 9 项，第 5 项起</p>", "<p>From 5, 9 in all</p>"),
        // A sentence in pieces; no space before a stop.
        (
            "<p>状态截至 <time>2026-01-02</time> 日终。</p>", "<p>As of <time>2026-01-02</time>, end of day.</p>"
        ),
        ("<p>甲 &amp; 乙</p>", "<p>A &amp; B</p>"),
        // What is no phrase is left, and says in which language it is.
        ("<td>示例县水务局</td>", "<td><span lang=\"zh-Hans\">示例县水务局</span></td>"),
        (
            "<p>示例县 · 公开义务 · 7</p>",
            "<p><span lang=\"zh-Hans\">示例县</span> · Obligations · 7</p>"
        ),
        ("<h1>搜索：x 1</h1>", "<h1>Search: x 1</h1>"),
        ("<h1>搜索：示例</h1>", "<h1>Search: <span lang=\"zh-Hans\">示例</span></h1>"), ("<b>·</b>", "<b>·</b>"),
        ("<p>公开义务人</p>", "<p><span lang=\"zh-Hans\">公开义务人</span></p>"),
        // Words of a record within a phrase, which may be of the interface themselves.
        ("<h2>示例 7 &amp; 8 的栏目</h2>", "<h2>Columns of <span lang=\"zh-Hans\">示例 7 &amp; 8 </span></h2>"),
        (
            "<p>第 2 版：“12 号公开”之后 30 日</p>",
            "<p>Edition 2: 30 days after “<span lang=\"zh-Hans\">12 号公开</span>”</p>"
        ),
        ("<p>按时率按示例的目录</p>", "<p>By the catalogue of <span lang=\"zh-Hans\">示例</span>: On time</p>"),
        ("<p>的栏目</p>", "<p><span lang=\"zh-Hans\">的栏目</span></p>"),
        // A number is no day of the week, and nothing in a document is of the interface.
        ("<p>一的栏目</p>", "<p>Columns of <span lang=\"zh-Hans\">一</span></p>"),
        (
            "<div class=\"as-published\"><p>公开义务</p><p>A</p></div><p>公开义务</p>",
            "<div class=\"as-published\"><p><span lang=\"zh-Hans\">公开义务</span></p><p>A</p></div><p>Obligations</p>"
        ),
        // The name of a fact or a column is of one thing.
        ("<dt>公开义务</dt><dd>公开义务</dd>", "<dt>Obligation</dt><dd>Obligations</dd>"),
        ("<th scope=\"col\">公开义务</th>", "<th scope=\"col\">Obligation</th>"),
        (
            "<td data-label=\"公开义务\"><a>公开义务</a></td>",
            "<td data-label=\"Obligation\"><a>Obligations</a></td>"
        ),
        ("<code>公开义务 <var>公开义务</var> 公开义务</code>", "<code>公开义务 <var>Obligations</var> 公开义务</code>"),
        // No element stands in these.
        ("<title>示例 · 公开义务</title>", "<title>示例 · Obligations</title>"),
        ("<a title=\"示例\" aria-label=\"公开义务\">7</a>", "<a title=\"示例\" aria-label=\"Obligations\">7</a>"),
        ("<option>示例</option>甲", "<option>示例</option><span lang=\"zh-Hans\">甲</span>"),
        ("<svg><text>示例</text></svg>", "<svg><text>示例</text></svg>"),
        // Left alone, as in every rewriting.
        ("<code>公开义务</code><b lang=\"zh-Hant\">公开义务</b>", "<code>公开义务</code><b lang=\"zh-Hant\">公开义务</b>"),
    ])
    func `stands where its phrases stood, and marks what it leaves`(page: String, expected: String) throws {
        #expect(try self.page(page) == expected)
    }

    @Test func `gives the words of a drawing as plain text`() throws {
        let phrases = try Phrases(Self.rows)
        #expect(phrases.text(for: "甲 & 乙") == "A & B")
        #expect(phrases.text(for: "<示例> & '1' · 公开义务") == "<示例> & '1' · Obligations")
    }

    @Test func `can write no markup`() throws {
        let phrases = try Phrases([["甲", "<b>\"A\"</b>"]])
        let page = PageText(Array("<p title=\"甲\">甲</p>".utf8)).translated(from: .simplified, by: phrases)
        #expect(
            String(decoding: page, as: UTF8.self)
                == "<p title=\"&lt;b&gt;&quot;A&quot;&lt;/b&gt;\">&lt;b&gt;&quot;A&quot;&lt;/b&gt;</p>")
    }

    @Test(arguments: [
        ([["甲", "A"], ["甲", "B"]], 2), ([["甲", ""]], 1), ([["甲"]], 1), ([["甲", "A", ""]], 1),
        ([["甲", "A", "B", "C"]], 1),
        ([["甲 7 #", "A 7 #"]], 1), ([["甲 7*", "A 7*"]], 1), ([["甲'", "A"]], 1), ([["甲*", "A *2"]], 1),
        ([["甲", "A *"]], 1), ([["甲 #", "A # #"]], 1), ([["甲 #", "A #2"]], 1),
        ([["甲 #", "A #0"]], 1),
    ])
    func `refuses a table that cannot be gone by, and names the row`(rows: [[String]], row: Int) {
        #expect { try Phrases(rows) } throws: { ($0 as? Phrases.Fault)?.row == row }
    }
}

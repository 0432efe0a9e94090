import Testing

@testable import Web

@Suite struct `The text of a page` {
    /// Every piece in brackets, so that it is seen what was taken for text.
    private func marked(_ page: String) -> String {
        let bytes = PageText(Array(page.utf8)).rewritten { lines in
            lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "[\($0)]\n" }
                .joined()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("<p>甲</p>", "<p>[甲]</p>"), ("甲<br>乙", "[甲]<br>[乙]"), ("<p>a 1</p>", "<p>a 1</p>"),
        ("<p>甲\n乙</p>", "<p>[甲\n乙]</p>"),
        ("<!doctype html>\n<html lang=\"zh\">甲", "<!doctype html>\n<html lang=\"zh\">[甲]"),
        // Shown attributes, and those that are not.
        ("<a href=\"/甲\" title=\"乙\">丙</a>", "<a href=\"/甲\" title=\"[乙]\">[丙]</a>"),
        ("<td data-label=\"甲\" class='number'>1</td>", "<td data-label=\"[甲]\" class='number'>1</td>"),
        (
            "<input value=\"甲\" placeholder=\"乙\" required>丙",
            "<input value=\"甲\" placeholder=\"[乙]\" required>[丙]"
        ),
        ("<a title=\"a > 甲\">乙</a>", "<a title=\"[a > 甲]\">[乙]</a>"),
        ("<option value=\"甲\" selected>乙</option>", "<option value=\"甲\" selected>[乙]</option>"),
        // Left alone, to the end of the element and no further.
        ("<code>甲</code>乙", "<code>甲</code>[乙]"),
        ("<span class=\"code\">甲<span>乙</span>丙</span>丁", "<span class=\"code\">甲<span>乙</span>丙</span>[丁]"),
        ("<span class=\"quiet code\">甲</span>", "<span class=\"quiet code\">甲</span>"),
        ("<span class=\"codes\">甲</span>", "<span class=\"codes\">[甲]</span>"),
        (
            "<button lang=\"zh-Hant\" title=\"甲\">乙</button>丙",
            "<button lang=\"zh-Hant\" title=\"甲\">乙</button>[丙]"
        ),
        (
            "<textarea>甲</textarea><input lang=\"en\" title=\"甲\">乙",
            "<textarea>甲</textarea><input lang=\"en\" title=\"甲\">[乙]"
        ),
        ("<svg><text x=\"1\">甲</text></svg>", "<svg><text x=\"1\">[甲]</text></svg>"),
        // Never past the end, whatever comes.
        ("甲<", "[甲]<"), ("<a title=\"甲", "<a title=\"[甲]"), ("<a b=", "<a b="), ("", ""),
    ])
    func `is what a reader reads, and nothing else`(page: String, expected: String) {
        #expect(marked(page) == expected)
    }
}

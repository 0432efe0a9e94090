import Web

/// The tools of one document (字号、视力保护色、打印), as readers of such pages look for them beside the text.
///
/// - Law: R-45. Small forms, as at the top of every page; printing is the browser's own, and no script is needed for it.
struct ArticleTools: Piece {
    private static let sizes: [(value: String, title: HTML)] = [
        ("normal", "标准"), ("large", "大"), ("largest", "特大"),
    ]

    var html: HTML {
        """
        <form class="article-tools" method="post" action="/reading" aria-label="本文怎样显示">
        <span>字号</span>\(Self.sizes.map { "<button name=\"size\" value=\"\($0.value)\">\($0.title)</button>" as HTML })
        <button name="colour" value="calm">视力保护色</button><button name="colour" value="auto">恢复配色</button>
        <span class="quiet">打印：Ctrl+P（⌘P），手机在浏览器菜单里</span>
        </form>
        """
    }
}

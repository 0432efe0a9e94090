import Web

/// `GET /reading`: how the reader wants to read (阅读设置), with what each choice does; `POST /reading` takes it.
///
/// Open to anyone. The choice is kept in the reader's own browser and nowhere else. After the form the reader is
/// back where they came from, or at the first page when that is no place of this site.
struct ReadingPage {
    let languages: [Manner.Language]

    func add(to routes: Routes) {
        routes.get("reading") { request in
            .page(page(request.manner, back: request.cameFrom ?? "/"), meantFor: .everyone)
        }
        routes.post("reading") { request in
            let named = try request.form.text("back", scalarsMax: Self.backScalarsMax)
            let back = named.map { Link(place: $0) ?? "/" } ?? request.cameFrom
            return .redirect(to: back ?? "/", remembering: try request.manner.changed(by: request.form))
        }
    }

    private static let backScalarsMax = 4000

    private func page(_ manner: Manner, back: Link) -> Page {
        Page(
            title: "阅读设置", lead: "<p>选择怎样显示本站。只记在您自己的浏览器里，本站不保存，也不据此识别任何人。</p>",
            crumbs: [.init("首页", "/")],
            """
            <form class="choices" method="post" action="/reading">
            \(Control.kept("back", back.address))
            \(Self.choices("language", "文字", written, chosen: manner.language.rawValue))
            \(Self.choices("size", "字号", Self.sizes, chosen: manner.size.rawValue))
            \(Self.choices("colour", "配色", Self.colours, chosen: manner.colour.rawValue))
            \(Self.choices("elder", "长者模式", Self.elder, chosen: manner.isElder ? "1" : "0"))
            <button type="submit">保存</button>
            </form>
            <h2>不用保存也可以</h2>
            <p>浏览器自带的放大、深色、高对比度和朗读功能在本站都能用；打印时一律白底黑字。\
            不改任何设置，本站按您设备的深浅色和对比度显示。</p>
            """)
    }

    private struct Choice {
        let value: String
        let title: String
        let detail: HTML
    }

    private var written: [Choice] { languages.map(Self.language) }

    private static func language(_ language: Manner.Language) -> Choice {
        switch language {
        case .simplified: Choice(value: language.rawValue, title: "简体中文", detail: "原文。")
        case .traditional:
            Choice(
                value: language.rawValue, title: "繁体中文",
                detail: "整站转换字形，编号和代码保持原样；转换由程序完成，以简体原文为准。")
        case .english:
            Choice(
                value: language.rawValue, title: "英文界面",
                detail: "栏目、表头、状态和说明用英文；公开的信息、名称和法规原文仍是中文，以中文为准。")
        }
    }

    private static let sizes = [
        Choice(value: "normal", title: "标准", detail: "跟随浏览器的字号。"),
        Choice(value: "large", title: "大", detail: "标准的一又四分之一倍。"),
        Choice(value: "largest", title: "特大", detail: "标准的一倍半。"),
    ]
    private static let colours = [
        Choice(value: "auto", title: "跟随设备", detail: "设备是深色就深色，要求高对比度就高对比度。"),
        Choice(value: "light", title: "浅色", detail: "白底深色字。"),
        Choice(value: "dark", title: "深色", detail: "深底浅色字，适合暗处。"),
        Choice(value: "contrast", title: "高对比度", detail: "黑底浅色字，对比度不低于 7:1。"),
        Choice(value: "calm", title: "视力保护色", detail: "豆绿色底，柔和不刺眼。"),
    ]
    private static let elder = [
        Choice(value: "0", title: "关闭", detail: "标准的版面。"),
        Choice(value: "1", title: "开启", detail: "字更大，按钮更大，单栏排列，导航只留最常用的；内容一样不少。"),
    ]

    private static func choices(_ name: String, _ legend: String, _ all: [Choice], chosen: String) -> HTML {
        "<fieldset><legend>\(legend)</legend>\(all.map { choice(name, $0, isChosen: $0.value == chosen) })</fieldset>\n"
    }

    private static func choice(_ name: String, _ choice: Choice, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="\(name)" value="\(choice.value)"\(when: isChosen, " checked")>
        <span><strong>\(choice.title)</strong> <span class="quiet">\(choice.detail)</span></span></label>
        """
    }
}

/// The switches at the top of every page: language, elder mode, and the way to all choices.
///
/// Small forms, so that they work without a script and no link changes anything. Each names its language in that
/// language and bears it as `lang`, which the rewriting of a page leaves alone. They do not name the page they stand on: the
/// browser says where the reader was.
struct MannerBar: Piece {
    let manner: Manner
    /// The languages that the site can be shown in.
    let languages: [Manner.Language]

    var html: HTML {
        """
        <form class="manner" method="post" action="/reading" aria-label="阅读设置">
        \(languages.filter { $0 != manner.language }.map(language))
        <button name="elder" value="\(manner.isElder ? "0" : "1")">\(manner.isElder ? "退出长者模式" : "长者模式")</button>
        <a href="/reading">阅读设置</a>
        </form>
        """
    }

    private func language(_ language: Manner.Language) -> HTML {
        let tag = language.rawValue
        return "<button name=\"language\" value=\"\(tag)\" lang=\"\(tag)\">\(language.name)</button>\n"
    }
}

extension Manner.Language {
    /// In itself.
    var name: HTML {
        switch self {
        case .simplified: "简体"
        case .traditional: "繁體"
        case .english: "English"
        }
    }
}

/// How a reader wants to read (阅读设置): script, size of type, elder mode, colours.
///
/// Remembered in one cookie that holds these four choices and nothing else, so it tells nobody apart. What
/// cannot be read in it falls back to the default, each choice by itself.
package struct Manner: Sendable, Hashable {
    /// 文字
    package enum Language: String, Sendable, Hashable, CaseIterable {
        case simplified = "zh-Hans"
        case traditional = "zh-Hant"
        /// The interface; what was published stays as it was published.
        case english = "en"
    }

    /// 字号
    package enum Size: String, Sendable, Hashable, CaseIterable { case normal, large, largest }

    /// 配色
    package enum Colour: String, Sendable, Hashable, CaseIterable {
        /// As the reader's device says: light, dark or high contrast.
        case auto
        case light, dark, contrast
        /// 视力保护色
        case calm
    }

    package var language = Language.simplified
    package var size = Size.normal
    /// 长者模式: larger type and targets, one column, fewer entries; nothing is left out of a page.
    package var isElder = false
    package var colour = Colour.auto

    package init() {}
}

extension Manner {
    static let cookieName = "reading"

    /// Four letters, one a choice: the same for the same manner for ever, `sn-a` for the default.
    ///
    /// Whatever is kept of a page is kept under it too, since the bytes of a page depend on it.
    package var key: String {
        String([
            Self.letter(of: language, in: Self.languages), Self.letter(of: size, in: Self.sizes),
            isElder ? "e" : "-", Self.letter(of: colour, in: Self.colours),
        ])
    }

    private static let languages: [(Character, Language)] = [
        ("s", .simplified), ("t", .traditional), ("e", .english),
    ]
    private static let sizes: [(Character, Size)] = [("n", .normal), ("l", .large), ("x", .largest)]
    private static let colours: [(Character, Colour)] = [
        ("a", .auto), ("l", .light), ("d", .dark), ("c", .contrast), ("g", .calm),
    ]

    private static func letter<Choice: Equatable>(
        of choice: Choice, in table: [(Character, Choice)]
    ) -> Character {
        guard let row = table.first(where: { $0.1 == choice }) else {
            preconditionFailure("a choice without a letter")
        }
        return row.0
    }

    /// The manner that a key names; a letter that is none leaves its choice at the default.
    package init(key: String) {
        let letters = Array(key)
        guard letters.count == 4 else { return }
        language = Self.languages.first { $0.0 == letters[0] }?.1 ?? language
        size = Self.sizes.first { $0.0 == letters[1] }?.1 ?? size
        isElder = letters[2] == "e"
        colour = Self.colours.first { $0.0 == letters[3] }?.1 ?? colour
    }

    /// What the `Cookie` field says; the first of several cookies of our name counts.
    init(cookies: String?) {
        let prefix = Manner.cookieName + "="
        let ours = (cookies ?? "").split(separator: ";").lazy
            .map { $0.drop(while: { $0 == " " }) }
            .first { $0.hasPrefix(prefix) }
        self.init(key: String(ours?.dropFirst(prefix.count) ?? ""))
    }

    /// A year; sent to this site alone, not readable by scripts.
    func cookie(isEncrypted: Bool) -> String {
        "\(Manner.cookieName)=\(key); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
            + (isEncrypted ? "; Secure" : "")
    }

    /// This manner with the choices that a form names; what it does not name stays.
    ///
    /// - Throws: `Problem` for a value that is none.
    package func changed(by form: Fields) throws -> Manner {
        var changed = self
        changed.language = try form.choice("language", of: Language.self) ?? language
        changed.size = try form.choice("size", of: Size.self) ?? size
        changed.colour = try form.choice("colour", of: Colour.self) ?? colour
        if form.names.contains("elder") { changed.isElder = try form.flag("elder") }
        return changed
    }

    /// Attributes of `<html>` that the stylesheet goes by; none for the defaults.
    var attributes: HTML {
        """
        \(when: size != .normal, " data-size=\"\(size.rawValue)\"")\
        \(when: colour != .auto, " data-colour=\"\(colour.rawValue)\"")\
        \(when: isElder, " data-elder=\"\"")
        """
    }
}

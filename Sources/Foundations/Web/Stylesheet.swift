/// The one stylesheet, and what becomes of it when a reader chooses the colours (配色).
///
/// It follows the reader's device by conditions such as `@media screen and (prefers-color-scheme: dark)`. A chosen colour
/// is the same stylesheet with these conditions held for true or false, so no palette is written twice.
enum Stylesheet {
    static func assets(_ bytes: [UInt8]) -> [Manner.Colour: Asset] {
        Dictionary(
            uniqueKeysWithValues: Manner.Colour.allCases.map { colour in
                (colour, asset(Self.bytes(bytes, for: colour), colour))
            })
    }

    private static func asset(_ bytes: [UInt8], _ colour: Manner.Colour) -> Asset {
        let name = colour == .auto ? "site" : "site-" + colour.rawValue
        return Asset(name: name, suffix: "css", type: "text/css; charset=utf-8", bytes: bytes)
    }

    /// A stylesheet of one page alone, in the colour that its reader chose.
    static func bytes(_ bytes: [UInt8], for colour: Manner.Colour) -> [UInt8] {
        colour == .auto ? bytes : Array(decided(String(decoding: bytes, as: UTF8.self), for: colour).utf8)
    }

    private static func decided(_ text: String, for colour: Manner.Colour) -> String {
        let holds: Set<String> =
            switch colour {
            case .auto, .light, .calm: []
            case .dark: ["(prefers-color-scheme: dark)"]
            // The palette with the most contrast is the dark one.
            case .contrast: ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]
            }
        return text.replacing(/@media screen((?: and \(prefers-(?:color-scheme: dark|contrast: more)\))+) \{/)
        { match in
            let conditions = match.1.split(separator: " and ").map(String.init)
            return conditions.allSatisfy(holds.contains) ? "@media screen {" : "@media not all {"
        }
    }
}

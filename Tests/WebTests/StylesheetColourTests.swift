import Foundation
import Law
import Testing

/// A colour as the stylesheet writes it, `1c2430`, measured as in the Web Content Accessibility Guidelines 2.2.
private struct Colour {
    let red, green, blue: Int

    init(_ digits: some StringProtocol) throws {
        let value = try #require(Int(digits, radix: 16))
        (red, green, blue) = (value >> 16, value >> 8 & 255, value & 255)
    }

    /// "Relative luminance" of the guidelines.
    private var luminance: Double {
        let linear = [red, green, blue].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// "Contrast ratio" of the guidelines, from 1 to 21.
    func contrast(with other: Colour) -> Double {
        let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)
    }
}

/// What a reader with certain settings gets to see.
private enum Setting: String, CaseIterable {
    case light, lightWithContrast, dark, darkWithContrast, calm, paper

    static let moreContrast = "screen and (prefers-contrast: more)"
    static let isDark = "screen and (prefers-color-scheme: dark)"
    /// Never a setting of the system: the reader chose it here.
    static let chosen = "screen"
    static let both = "screen and (prefers-color-scheme: dark) and (prefers-contrast: more)"

    /// The conditions of the stylesheet that hold; the plain palette has none.
    var conditions: Set<String> {
        switch self {
        case .light: [""]
        case .lightWithContrast: ["", Setting.moreContrast]
        case .dark: ["", Setting.isDark]
        case .darkWithContrast: ["", Setting.moreContrast, Setting.isDark, Setting.both]
        case .calm: ["", Setting.chosen]
        case .paper: ["", "print"]
        }
    }

    /// Success criterion 1.4.3 asks 4.5:1 of text, 1.4.6 asks 7:1.
    var leastForText: Double { self == .lightWithContrast || self == .darkWithContrast ? 7 : 4.5 }
}

/// Text and ground, by the names of their variables.
private struct Pair: Hashable {
    let text, ground: String

    static func each(_ texts: [String], on grounds: [String]) -> [Pair] {
        grounds.flatMap { ground in texts.map { Pair(text: $0, ground: ground) } }
    }

    /// What meets through nesting: a link or a quiet line in a box, a chip's words on the page, a mark in a link.
    static let nested =
        each(
            ["ink", "quiet", "accent", "accent-dark", "good", "warn", "bad"], on: ["paper", "tint"])
        + each(["ink", "quiet", "accent", "accent-dark"], on: ["good-tint", "warn-tint", "bad-tint"])
        + each(["good"], on: ["good-tint"]) + each(["warn"], on: ["warn-tint"])
        + each(["bad"], on: ["bad-tint"]) + each(["ink", "quiet", "accent", "accent-dark"], on: ["found"])
}

/// The palettes: the reader's own system chooses one, and each must be readable.
@Suite struct `The colours of the stylesheet` {
    private let text = String(decoding: DataFiles.builtIn("site.css") ?? [], as: UTF8.self)

    /// The palettes with their conditions, in the order of the stylesheet: a later one wins.
    private var palettes: [(condition: String, rules: Substring)] {
        text.matches(of: /(?:@media ([^{\n]+) \{\s*)?:root(?:\[data-colour="calm"\])? \{([^}]*)\}/)
            .map { (condition: $0.1.map(String.init) ?? "", rules: $0.2) }
    }

    private func colours(for setting: Setting) throws -> [String: Colour] {
        var colours: [String: Colour] = [:]
        for palette in palettes where setting.conditions.contains(palette.condition) {
            for match in palette.rules.matches(of: /--([a-z-]+): #([0-9a-f]{6});/) {
                colours[String(match.1)] = try Colour(match.2)
            }
        }
        return colours
    }

    /// What one and the same rule sets on each other, such as the button's words on the button.
    private func pairsOfOneRule() -> [Pair] {
        text.matches(of: /\{([^{}]*)\}/).compactMap { rule in
            guard let text = rule.1.firstMatch(of: /(?:^|[ ;])color: var\(--([a-z-]+)\)/)?.1,
                let ground = rule.1.firstMatch(of: /background: var\(--([a-z-]+)\)/)?.1
            else { return nil }
            return Pair(text: String(text), ground: String(ground))
        }
    }

    private func contrast(_ pair: Pair, in colours: [String: Colour]) throws -> Double {
        try #require(colours[pair.text], "\(pair.text)")
            .contrast(with: #require(colours[pair.ground], "\(pair.ground)"))
    }

    /// The figures are those known from the guidelines' own techniques: #767676 is the last grey that passes on
    /// white, #777777 the first that does not; #595959 is the last for 7:1.
    @Test(arguments: [
        ("000000", 21.0), ("ffffff", 1), ("767676", 4.54), ("777777", 4.48), ("595959", 7.0),
        ("0000ff", 8.59), ("ff0000", 4.0),
    ])
    func `are measured as the guidelines measure them`(colour: String, onWhite: Double) throws {
        let contrast = try Colour(colour).contrast(with: Colour("ffffff"))
        #expect(abs(contrast - onWhite) < 0.01)
    }

    @Test(arguments: Setting.allCases)
    private func `let every text be read on every ground it meets`(setting: Setting) throws {
        let colours = try colours(for: setting)
        let ofOneRule = pairsOfOneRule()
        #expect(ofOneRule.contains(Pair(text: "on-bad", ground: "bad")))
        #expect(ofOneRule.contains(Pair(text: "on-accent", ground: "accent-dark")))
        for pair in Set(Pair.nested + ofOneRule) {
            let contrast = try contrast(pair, in: colours)
            #expect(contrast >= setting.leastForText, "\(pair.text) on \(pair.ground), \(setting)")
        }
    }

    /// Success criterion 1.4.11: 3:1 for the edges of fields and for what shows the focus.
    @Test(arguments: Setting.allCases)
    private func `let fields and the focus be seen`(setting: Setting) throws {
        let colours = try colours(for: setting)
        let edges = ["strong-line", "focus", "accent", "good", "warn", "bad"]
        for pair in Pair.each(edges, on: ["paper", "tint"]) {
            let contrast = try contrast(pair, in: colours)
            #expect(contrast >= 3, "\(pair.text) on \(pair.ground), \(setting)")
        }
    }

    /// Most telephones read dark squares on light ones only.
    @Test(arguments: Setting.allCases)
    private func `keep the square for the telephone black on white`(setting: Setting) throws {
        let square = Pair(text: "square-dark", ground: "square-light")
        let colours = try colours(for: setting)
        #expect(try contrast(square, in: colours) == 21)
        #expect(colours["square-light"]?.red == 255)
    }

    @Test func `follow the reader's settings on a screen, and on paper are black on white`() throws {
        #expect(
            palettes.map(\.condition)
                == ["", Setting.moreContrast, Setting.isDark, Setting.both, Setting.chosen, "print"])
        let schemes = text.matches(of: /@media ([^{\n]*(?:prefers-|forced-)[^{\n]*)\{/)
        #expect(schemes.count == 4)
        for scheme in schemes { #expect(scheme.1.hasPrefix("screen and "), "\(scheme.1)") }
        let paper = try colours(for: .paper)
        #expect(try contrast(Pair(text: "ink", ground: "paper"), in: paper) == 21)
        #expect(paper["paper"]?.red == 255)
    }

    @Test func `stand in variables only`() {
        for line in text.split(separator: "\n") where line.contains(/#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\(/) {
            #expect(line.contains(/^ +(?::root \{ )?--[a-z-]+: #[0-9a-f]{6};/), "\(line)")
        }
        let defined = Set(text.matches(of: /--([a-z-]+):\s/).map { $0.1 })
        let used = Set(text.matches(of: /var\(--([a-z-]+)\)/).map { $0.1 })
        #expect(used == defined)
    }

    @Test func `leave the states apart where colours are forced`() throws {
        let start = try #require(text.firstRange(of: "(forced-colors: active) {")).upperBound
        let rules = try text[start...].prefix(upTo: #require(text[start...].firstRange(of: "\n}")).lowerBound)
        let thick = try #require(rules.firstMatch(of: /\n  ([^\n]*)\{ border-width: 3px; \}/)).1
        for part in [".chip-overdue", ".step-missing .step-state", ".step-missing::before"] {
            #expect(thick.contains(part), "\(part)")
        }
        #expect(rules.contains(".qr-code { forced-color-adjust: none; }"))
        #expect(rules.firstMatch(of: /#[0-9a-f]{3}|var\(/) == nil)
    }
}

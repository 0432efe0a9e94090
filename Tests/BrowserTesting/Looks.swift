import Foundation

/// On what and how a reader looks.
package struct Screen: Sendable, CustomStringConvertible {
    package let width, height: Int
    package let pixels: Int

    package init(width: Int, height: Int, pixels: Int = 1) {
        (self.width, self.height, self.pixels) = (width, height, pixels)
    }

    package static let desk = Screen(width: 1280, height: 900)
    package static let phone = Screen(width: 390, height: 844, pixels: 2)
    /// The narrowest that WCAG 2.2 asks for (1.4.10), and a desk of 1280 at 400 %.
    package static let narrowest = Screen(width: 320, height: 640)
    /// A tablet held upright.
    package static let tablet = Screen(width: 820, height: 1180)
    /// A desk of 1280 at 200 %.
    package static let zoomed = Screen(width: 640, height: 450, pixels: 2)

    package var description: String { "\(width) px" }
}

/// What a reader's system asks of every page.
package enum Wish: String, Sendable, CaseIterable {
    case light, dark, moreContrast, darkMoreContrast

    /// Every feature each time: what is not named stays as it was.
    fileprivate var media: JSONValue {
        let isDark = self == .dark || self == .darkMoreContrast
        let wantsContrast = self == .moreContrast || self == .darkMoreContrast
        return [
            "media": "",
            "features": [
                ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"],
                ["name": "prefers-contrast", "value": wantsContrast ? "more" : "no-preference"],
            ],
        ]
    }
}

extension Tab {
    package func look(on screen: Screen) async throws {
        try await ask(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(screen.width)), "height": .number(Double(screen.height)),
                "deviceScaleFactor": .number(Double(screen.pixels)), "mobile": false,
            ])
    }

    package func wish(_ wish: Wish) async throws { try await ask("Emulation.setEmulatedMedia", wish.media) }

    /// From now on as paper shows it.
    package func print() async throws {
        try await ask("Emulation.setEmulatedMedia", ["media": "print"])
    }

    /// The page as a file to print or to keep.
    package func paper() async throws -> [UInt8] {
        let answer = try await ask("Page.printToPDF", ["printBackground": false])
        return Data(base64Encoded: answer["data"]?.string ?? "").map(Array.init) ?? []
    }

    /// The words on each page of that paper, as poppler's `pdftotext` reads them.
    package func wordsOnPaper() async throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf")
        try Data(await paper()).write(to: file)
        let words = try PageTools.output(of: "pdftotext", ["-enc", "UTF-8", file.path, "-"])
        try FileManager.default.removeItem(at: file)
        // Each page ends with a form feed.
        return String(decoding: words, as: UTF8.self).split(separator: "\u{0C}").map(String.init)
    }

    /// From the next page on, no page may run a script.
    package func forbidScripts() async throws {
        try await ask("Emulation.setScriptExecutionDisabled", ["value": true])
    }

    /// From the next page on, a cookie of the site.
    package func keep(cookie name: String, _ value: String) async throws {
        try await ask(
            "Network.setCookie", ["name": .string(name), "value": .string(value), "url": .string(site)])
    }
}

import BrowserTesting
import Foundation
import Testing
import Web
import WebTesting

extension `The portal in a browser` {
    @Suite(.enabled(if: PageTools.areHere, PageTools.absence)) struct `Every page type` {
        @Test func `keeps nobody out`() async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.all(on: stage)) {
                try await $0.violations(.all)
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        @Test func `can be told apart in the dark and has more contrast where the system wishes it`()
            async throws
        {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage)) { tab in
                var findings: [String] = []
                for wish in [Wish.dark, .moreContrast, .darkMoreContrast] {
                    try await tab.wish(wish)
                    let rules: AxeRules = wish == .dark ? .colours : .moreContrast
                    findings += try await tab.violations(rules).map { "\(wish): \($0)" }
                }
                return findings
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        /// What a reader chose wins over a system that is dark: green, and light with traditional characters.
        @Test(arguments: ["sn-g", "tn-l"])
        func `can be told apart in the colours of the reader's choice`(manner: String) async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage), manner: manner) {
                tab in
                try await tab.wish(.dark)
                return try await tab.violations(.colours)
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        /// Elder mode; and the most of everything, in traditional characters.
        @Test(arguments: ["snea", "txec"])
        func `keeps nobody out in elder mode`(manner: String) async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage), manner: manner) {
                try await $0.violations(.all)
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        /// On the narrowest screen of WCAG 2.2 1.4.10, which is also a desk's at 400 %; at 200 %; on a tablet and a desk;
        /// with the largest type, in Chinese and in English, whose words are longer.
        @Test(arguments: ["sn-a", "sxea", "exea"])
        func `scrolls nothing sideways, and every target can be hit`(manner: String) async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage), manner: manner) {
                tab in
                var findings: [String] = []
                for screen in [Screen.narrowest, .zoomed, .tablet, .desk] {
                    try await tab.look(on: screen)
                    findings += try await tab.whatSticksOut(of: screen)
                }
                try await tab.look(on: .narrowest)
                return findings + (try await tab.violations(.targets))
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }

        /// WCAG 2.2 1.4.12: a reader's own distances between lines, paragraphs, letters and words.
        @Test func `bears the reader's own spacing of text`() async throws {
            let stage = try Stage.here
            let findings = try await stage.findings(on: PageTypes.oneOfEach(on: stage)) { tab in
                var findings: [String] = []
                try await tab.spaceOut()
                for screen in [Screen.narrowest, .desk] {
                    try await tab.look(on: screen)
                    findings += try await tab.whatSticksOut(of: screen) + tab.whatIsCutOff()
                }
                return findings
            }
            #expect(findings.isEmpty, "\(findings.report)")
        }
    }
}

extension Stage {
    /// Opens addresses one after another, in two tabs at a time, and gathers what is found wrong on each; also what the
    /// browser itself complains of, and whom else a page asks for anything.
    ///
    /// - Parameter manner: the key of a manner of reading.
    func findings(
        on addresses: [String], manner: String = "sn-a",
        _ look: @escaping @Sendable (Tab) async throws -> [String]
    ) async throws -> [String] {
        let halves = [0, 1].map { half in
            addresses.enumerated().filter { $0.offset % 2 == half }.map(\.element)
        }
        return try await withThrowingTaskGroup(of: [String].self) { group in
            for half in halves {
                group.addTask {
                    try await visit(in: manner) { tab in
                        var findings: [String] = []
                        for address in half {
                            try await tab.look(on: .desk)
                            try await tab.wish(.light)
                            try await tab.open(address)
                            findings += try await look(tab).map { "\(address): \($0)" }
                        }
                        // A page that refuses says so by its status, and the browser repeats it.
                        return findings + tab.complaints.filter { !$0.contains("status of 40") }
                            + tab.requests.filter { !$0.hasPrefix(tab.site) && !$0.hasPrefix("data:") }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

extension [String] {
    /// The first of them, for a person who mends one after another.
    var report: String { prefix(40).joined(separator: "\n") + (count > 40 ? "\nand \(count - 40) more" : "") }
}

/// What of a page does not fit.
extension Tab {
    /// Whether anything that the selector means can be seen.
    package func shows(_ selector: String) async throws -> Bool {
        try await value(
            "[...document.querySelectorAll(\(Self.quoted(selector)))].some(e => e.checkVisibility() && e.getClientRects().length)"
        )
    }

    /// Elements that make the page wider than the screen; empty when it does not scroll sideways.
    package func whatSticksOut(of screen: Screen) async throws -> [String] {
        try await value(
            """
            (() => {
                const width = \(screen.width);
                if (document.documentElement.scrollWidth <= width) return [];
                const out = [...document.querySelectorAll("body *")].filter(e =>
                    e.checkVisibility() && e.getBoundingClientRect().right > width + 0.5);
                const last = out.filter(e => !out.some(other => other !== e && e.contains(other)));
                return ["\(screen): scrolls to " + document.documentElement.scrollWidth].concat(
                    last.slice(0, 3).map(e => "\(screen): sticks out: " + e.outerHTML.slice(0, 120)));
            })()
            """)
    }

    /// Sets letters, words, lines and paragraphs as far apart as WCAG 2.2 1.4.12 lets a reader wish.
    package func spaceOut() async throws {
        try await run(
            """
            const wish = new CSSStyleSheet();
            wish.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, wish];
            """)
    }

    /// Elements whose words do not fit and cannot be scrolled to.
    package func whatIsCutOff() async throws -> [String] {
        try await value(
            """
            [...document.querySelectorAll("body *")].filter(e => {
                const style = getComputedStyle(e);
                const hides = (way) => way === "hidden" || way === "clip";
                return e.checkVisibility() && e.innerText?.trim() && e.clientWidth > 1
                    && (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
                        || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
            }).slice(0, 3).map(e => "cut off: " + e.outerHTML.slice(0, 120))
            """)
    }
}

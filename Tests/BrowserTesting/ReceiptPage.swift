/// What a reader does on the page that checks receipts, and what it says.
extension Tab {
    /// `holds`, `fails`, or `none` while there is no verdict.
    package var verdict: String {
        get async throws { try await value("document.body.dataset.verdict ?? 'none'") }
    }

    package var verdictWords: String {
        get async throws { try await value("document.getElementById('result').textContent") }
    }

    /// Types into a field of the page.
    ///
    /// - Parameters:
    ///   - text: holds no backtick, backslash or `${`.
    ///   - name: `receipt`, `key` or `record`.
    package func give(_ text: String, as name: String) async throws {
        try await run(
            """
            { const field = document.getElementById('\(name)'); field.value = `\(text)`;
              field.dispatchEvent(new Event('input')); }
            """)
    }

    /// Presses the one button, whatever it is called.
    package func check() async throws {
        try await run("document.querySelector('#form button').click()")
    }
}

import Foundation

/// What a reader does with mouse and keyboard.
extension Tab {
    package enum Key: Sendable {
        case tab, enter

        fileprivate var event: JSONValue {
            switch self {
            case .tab: Self.event("Tab", "Tab", 9)
            case .enter: Self.event("Enter", "Enter", 13, text: "\r")
            }
        }

        private static func event(
            _ key: JSONValue, _ code: JSONValue, _ number: JSONValue, text: JSONValue = ""
        ) -> JSONValue {
            ["key": key, "code": code, "windowsVirtualKeyCode": number, "text": text]
        }
    }

    package func press(_ key: Key) async throws {
        guard case .object(var event) = key.event else { return }
        event["type"] = event["text"] == "" ? "rawKeyDown" : "keyDown"
        try await ask("Input.dispatchKeyEvent", .object(event))
        event["type"] = "keyUp"
        event["text"] = nil
        try await ask("Input.dispatchKeyEvent", .object(event))
    }

    /// Types where the keyboard's words go now.
    package func type(_ text: String) async throws {
        try await ask("Input.insertText", ["text": .string(text)])
    }

    /// Clicks into a field, named by its label, and types.
    package func type(_ text: String, into label: String) async throws {
        try await click(
            Self.first(
                "input, select, textarea", whose: label,
                name: "[...(e.labels ?? [])].map(l => l.innerText).join(' ') + (e.ariaLabel ?? '')"), label)
        try await type(text)
    }

    /// Clicks what bears these words: a link, a button, what unfolds.
    ///
    /// - Parameter region: a selector of the part of the page that is meant.
    package func click(_ words: String, in region: String = "body") async throws {
        try await click(Self.first("a, button, summary", whose: words, in: region), words)
    }

    /// Clicks what bears these words, and waits for the page that it leads to.
    package func follow(_ words: String, in region: String = "body") async throws {
        try await leadingToPage { try await click(words, in: region) }
    }

    /// Whether a link, a button or what unfolds bears these words and can be seen.
    package func offers(_ words: String, in region: String = "body") async throws -> Bool {
        try await value("!!(\(Self.first("a, button, summary", whose: words, in: region)))")
    }

    private func click(_ element: String, _ words: String) async throws {
        let place: [Double]? = try await value(
            """
            (() => { const e = \(element); if (!e) return null;
            e.scrollIntoView({ block: 'center', behavior: 'instant' });
            const r = e.getClientRects()[0]; const x = r.x + r.width / 2, y = r.y + r.height / 2;
            const there = document.elementFromPoint(x, y);
            return there && (e.contains(there) || there.contains(e)) ? [x, y] : null; })()
            """)
        guard let place else { throw BrowserProblem.notThere(words, on: try await address) }
        for type: JSONValue in ["mousePressed", "mouseReleased"] {
            try await ask(
                "Input.dispatchMouseEvent",
                [
                    "type": type, "x": .number(place[0]), "y": .number(place[1]), "button": "left",
                    "clickCount": 1,
                ])
        }
    }

    /// JavaScript for the first visible element with this name: alone, else within more words.
    private static func first(
        _ selector: String, whose words: String, name: String = "e.ariaLabel ?? e.innerText",
        in region: String = "body"
    ) -> String {
        """
        (() => { const wanted = \(quoted(words)), name = e => (\(name)).trim();
        const all = [...document.querySelector(\(quoted(region)))?.querySelectorAll(\(quoted(selector))) ?? []]
            .filter(e => e.checkVisibility() && e.getClientRects().length);
        return all.find(e => name(e) === wanted) ?? all.find(e => name(e).includes(wanted)); })()
        """
    }

    /// Text as JavaScript writes it.
    static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
            "\n", with: "\\n")
        return "\"" + escaped + "\""
    }

    /// What has the keyboard: its name, and whether a reader can see that it has it.
    package func focused() async throws -> Focus {
        try await value(
            """
            (() => {
                const e = document.activeElement;
                const label = [...(e.labels ?? [])].map(l => l.innerText).join(" ");
                const style = getComputedStyle(e), box = e.getBoundingClientRect();
                const isSeen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
                    || style.boxShadow !== "none";
                return {
                    name: ((e.ariaLabel ?? label) || e.innerText || e.value || "").trim(),
                    tag: e.localName,
                    isSeen: isSeen && box.width > 0 && box.height > 0 && e.checkVisibility(),
                };
            })()
            """)
    }

    package struct Focus: Decodable, Sendable {
        package let name: String
        package let tag: String
        package let isSeen: Bool
    }

    /// Goes on by the tab key until what has the keyboard bears these words.
    ///
    /// - Returns: what had the keyboard on the way and cannot be seen to.
    package func tab(to words: String, atMost steps: Int = 200) async throws -> [String] {
        var unseen: [String] = []
        for _ in 0..<steps {
            try await press(.tab)
            let focus = try await focused()
            // Beyond the last the keyboard leaves the page and comes back.
            if !focus.isSeen, focus.tag != "body" { unseen.append("\(focus.tag) “\(focus.name)”") }
            if focus.name.contains(words) { return unseen }
        }
        throw BrowserProblem.notThere(words, on: try await address)
    }
}

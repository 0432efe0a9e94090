import CivilTime

/// A form that asks: its fields become the query of the address, so that an answer can be sent on as a link.
package struct AskingForm: Piece {
    let action: Link
    let label: String
    let controls: [HTML]
    let button: String

    package init(to action: Link, label: String, button: String = "查询", _ controls: [HTML]) {
        self.action = action
        self.label = label
        self.button = button
        self.controls = controls
    }

    package var html: HTML {
        """
        <form class="asking" method="get" action="\(action)" role="search" aria-label="\(label)">
        \(controls)<button type="submit">\(button)</button>
        </form>
        """
    }
}

/// A form that changes something.
package struct ActingForm: Piece {
    let action: Link
    let controls: [HTML]
    let button: String

    package init(to action: Link, button: String, _ controls: [HTML]) {
        self.action = action
        self.button = button
        self.controls = controls
    }

    package var html: HTML {
        """
        <form class="acting" method="post" action="\(action)">
        \(controls)<button type="submit">\(button)</button>
        </form>
        """
    }
}

/// One field of a form with its label, and a hint or what was wrong with it.
package enum Control {
    package static func text(
        _ name: String, _ label: String, value: String? = nil, hint: String? = nil, wrong: String? = nil,
        kind: Kind = .text, isRequired: Bool = false
    ) -> HTML {
        framed(name, label, hint: hint, wrong: wrong) { described in
            """
            <input id="f-\(name)" name="\(name)" type="\(kind.rawValue)" value="\(value)"\
            \(when: kind != .date, " maxlength=\"200\"")\(when: isRequired, " required")\(when: wrong != nil, " aria-invalid=\"true\"")\(described)>
            """
        }
    }

    package enum Kind: String, Sendable { case text, search, date }

    package static func longText(
        _ name: String, _ label: String, value: String? = nil, hint: String? = nil, wrong: String? = nil
    ) -> HTML {
        framed(name, label, hint: hint, wrong: wrong) { described in
            "<textarea id=\"f-\(name)\" name=\"\(name)\" rows=\"5\"\(described)>\(value)</textarea>"
        }
    }

    package static func day(_ name: String, _ label: String, value: Day? = nil, hint: String? = nil) -> HTML {
        text(name, label, value: value?.description, hint: hint, kind: .date)
    }

    /// - Parameters:
    ///   - options: value and words; the empty value first when none need be chosen.
    package static func choice(
        _ name: String, _ label: String, options: [(value: String, title: String)], chosen: String? = nil,
        hint: String? = nil
    ) -> HTML {
        framed(name, label, hint: hint, wrong: nil) { described in
            """
            <select id="f-\(name)" name="\(name)"\(described)>
            \(options.map { option($0, isChosen: $0.value == (chosen ?? "")) })</select>
            """
        }
    }

    /// A field that the reader does not see, to keep a condition.
    package static func kept(_ name: String, _ value: String?) -> HTML {
        value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" } ?? ""
    }

    private static func option(_ option: (value: String, title: String), isChosen: Bool) -> HTML {
        "<option value=\"\(option.value)\"\(when: isChosen, " selected")>\(option.title)</option>\n"
    }

    private static func framed(
        _ name: String, _ label: String, hint: String?, wrong: String?, _ control: (HTML) -> HTML
    ) -> HTML {
        let note = wrong ?? hint
        return """
            <div class="field"><label for="f-\(name)">\(label)</label>
            \(control(note == nil ? "" : " aria-describedby=\"n-\(name)\""))
            \(note.map { noteLine(name, $0, isWrong: wrong != nil) })</div>

            """
    }

    private static func noteLine(_ name: String, _ note: String, isWrong: Bool) -> HTML {
        "<p class=\"\(isWrong ? "wrong" : "hint")\" id=\"n-\(name)\">\(note)</p>"
    }
}

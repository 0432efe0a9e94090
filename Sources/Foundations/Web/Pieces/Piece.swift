/// A part of a page that several pages have. Interpolated into `HTML` as it is.
package protocol Piece: Sendable {
    var html: HTML { get }
}

extension HTML.StringInterpolation {
    package mutating func appendInterpolation(_ piece: some Piece) {
        appendInterpolation(piece.html)
    }

    package mutating func appendInterpolation(_ piece: (some Piece)?) {
        if let piece { appendInterpolation(piece.html) }
    }
}

/// A state in a word, with a sign of its own shape, so that colour only repeats what is already said.
///
/// The stylesheet knows: `awaited`, `owed`, `due-soon`, `overdue`, `unobserved`, `met-on-time`, `met-late`,
/// `met-undetermined`, `encouraged`, `encouraged-met`, `withheld`, `not-applicable`, `void`, `current`, `lapsed`;
/// others look plain.
package struct Chip: Piece {
    let state: String
    let label: String

    package init(_ state: String, _ label: String) {
        self.state = state
        self.label = label
    }

    package var html: HTML { "<span class=\"chip chip-\(state)\">\(label)</span>" }
}

/// Facts by name: a definition list. A fact without a value is left out by whoever makes the list.
package struct Facts: Piece {
    let facts: [(name: String, value: HTML)]

    package init(_ facts: [(name: String, value: HTML)]) {
        self.facts = facts
    }

    package var html: HTML {
        "<dl class=\"facts\">\(facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value)</dd></div>" as HTML })</dl>"
    }
}

/// A figure with what it counts, linked to the rows behind it.
package struct Figure: Piece {
    let value: Int
    let label: String
    let state: String
    let link: Link?

    /// - Parameters:
    ///   - state: as for `Chip`.
    package init(_ value: Int, _ label: String, state: String = "", link: Link? = nil) {
        self.value = value
        self.label = label
        self.state = state
        self.link = link
    }

    package var html: HTML {
        let inside: HTML =
            "<span class=\"figure-value\">\(value)</span> <span class=\"figure-label\">\(label)</span>"
        return if let link {
            "<a class=\"figure figure-\(state)\" href=\"\(link)\">\(inside)</a>"
        } else {
            "<div class=\"figure figure-\(state)\">\(inside)</div>"
        }
    }
}

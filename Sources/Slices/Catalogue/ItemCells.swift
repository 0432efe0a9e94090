import CivilTime

/// An item as a row of cells: the one form that the data files, the printed list and the database share.
///
/// Lists are parted by `;`, parts of an entry by `|`, a role or an element and its value by `=`, a body and the
/// class of owner that it stands for by `@`.
struct ItemCells: Sendable {
    /// The columns of a catalogue file, in their order. `clocks` and `baseline` are absent from the built-in
    /// files, which keep them in files of their own.
    static let columns = [
        "item", "jurisdiction", "plan", "section", "field", "sub", "title", "elements", "open", "kind",
        "modality",
        "audience", "told", "limit", "due", "bodies", "publisher", "excluded", "key", "keyed", "stage",
        "trigger", "assign",
        "refresh", "parent", "project", "replaces", "scope", "each",
    ]

    let cell: @Sendable (String) -> String?

    func text(_ column: String, required: Bool = false) throws(CellFault) -> String {
        guard let text = cell(column) else {
            guard column != "clocks", column != "baseline" else { return "" }
            throw CellFault(column: column, detail: "the column is missing")
        }
        guard !required || !text.isEmpty else { throw CellFault(column: column, detail: "the cell is empty") }
        return text
    }

    func list(_ column: String) throws(CellFault) -> [String] {
        try text(column).split(separator: ";").map(String.init)
    }

    func flag(_ column: String) throws(CellFault) -> Bool {
        switch try text(column) {
        case "0": return false
        case "1": return true
        default: throw CellFault(column: column, detail: "neither 0 nor 1")
        }
    }

    func number(_ column: String) throws(CellFault) -> Int? {
        let text = try text(column)
        guard !text.isEmpty else { return nil }
        guard let number = Int(text), (1...120).contains(number) else {
            throw CellFault(column: column, detail: "not a number of months, 1...120")
        }
        return number
    }

    func day(_ column: String) throws(CellFault) -> Day? {
        let text = try text(column)
        guard !text.isEmpty else { return nil }
        guard let day = Day(text) else { throw CellFault(column: column, detail: "not a day: \(text)") }
        return day
    }

    func word<Word: RawRepresentable<String>>(_ column: String) throws(CellFault) -> Word {
        try word(try text(column), in: column)
    }

    func wordOrNil<Word: RawRepresentable<String>>(_ column: String) throws(CellFault) -> Word? {
        let text = try text(column)
        return text.isEmpty ? nil : try word(text, in: column)
    }

    func words<Word: RawRepresentable<String>>(_ column: String) throws(CellFault) -> [Word] {
        var words: [Word] = []
        for text in try list(column) { words.append(try word(text, in: column)) }
        return words
    }

    func limits() throws(CellFault) -> [ElementLimit] {
        var limits: [ElementLimit] = []
        for entry in try list("limit") {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            limits.append(
                ElementLimit(
                    element: parts.count == 2 ? parts[0] : "", limit: try word(parts.last ?? "", in: "limit"))
            )
        }
        return limits
    }

    func bodies() throws(CellFault) -> [AssignedBody] {
        var bodies: [AssignedBody] = []
        for entry in try list("bodies") {
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CellFault(column: "bodies", detail: "not role=name: \(entry)")
            }
            let names = parts[1].split(separator: "@", maxSplits: 1).map(String.init)
            guard let name = names.first else {
                throw CellFault(column: "bodies", detail: "no name: \(entry)")
            }
            bodies.append(
                AssignedBody(
                    role: try word(parts[0], in: "bodies"), name: name,
                    owner: names.count == 2 ? names[1] : nil))
        }
        return bodies
    }

    func clocks() throws(CellFault) -> [ItemClock] {
        var clocks: [ItemClock] = []
        for entry in try list("clocks") {
            let parts = entry.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 5 else {
                throw CellFault(column: "clocks", detail: "not five parts: \(entry)")
            }
            clocks.append(
                try ItemCells.clock(
                    channel: parts[0], event: parts[1], element: parts[2], rule: parts[3], basis: parts[4]))
        }
        return clocks
    }

    static func clock(
        channel: String, event: String, element: String, rule: String, basis: String
    ) throws(CellFault) -> ItemClock {
        guard DisclosureChannel(rawValue: channel) != nil else {
            throw CellFault(column: "clocks", detail: "unknown channel: \(channel)")
        }
        return ItemClock(channel: channel, eventKind: event, element: element, rule: rule, basis: basis)
    }

    private func word<Word: RawRepresentable<String>>(_ text: String, in column: String) throws(CellFault)
        -> Word
    {
        guard let word = Word(rawValue: text) else {
            throw CellFault(column: column, detail: "unknown word: \(text)")
        }
        return word
    }
}

/// A cell that cannot be read.
package struct CellFault: Error, Sendable, Hashable {
    package let column: String
    package let detail: String
}

extension CatalogueItem {
    /// The cells in the order of `ItemCells.columns`.
    var cells: [String] {
        [
            id, catalogue, plan, section, field, sub, title, elements.joined(separator: ";"),
            openEnded ? "1" : "0",
            kind.rawValue, modality.rawValue, audience.rawValue, told?.rawValue ?? "",
            limits.map(\.cell).joined(separator: ";"),
            due?.description ?? "",
            bodies.map(\.cell).joined(separator: ";"),
            publisher, exclusions.map(\.rawValue).joined(separator: ";"), gatherKey, keyRequired ? "1" : "0",
            stage?.rawValue ?? "", triggerKind.rawValue, assignRule.rawValue,
            refreshMonths.map(String.init) ?? "",
            parent, projectScope?.rawValue ?? "", replaces, scope, each,
        ]
    }

    var clocksCell: String { clocks.map(\.cell).joined(separator: ";") }
}

extension ElementLimit {
    /// `20wd`, or `处罚=7wd` for one element.
    var cell: String { element.isEmpty ? limit.rawValue : "\(element)=\(limit.rawValue)" }
}

extension AssignedBody {
    /// `lead=市国资委`, or `lead=市国资委@国有企业` where the class of owner decides.
    var cell: String { "\(role.rawValue)=\(name)\(owner.map { "@" + $0 } ?? "")" }
}

extension ItemClock {
    var cell: String {
        [channel, eventKind, element, rule, basis].joined(separator: "|")
    }
}

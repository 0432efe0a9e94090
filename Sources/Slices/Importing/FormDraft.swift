/// A form file drafted from an unknown file, for a person to correct (采集格式草稿).
package struct FormDraft: Sendable {
    private let name: String
    private let carrier: FileCarrier
    private let guesses: [ColumnGuess]

    /// Rows that are looked at.
    package static let rowsMax = 500
    private static let columnsMax = 200

    /// - Parameters:
    ///   - name: the file's name without its folder and ending.
    ///   - rows: the first rows of the file.
    package init(name: String, carrier: FileCarrier, rows: [JSONValue]) {
        self.name = name
        self.carrier = carrier
        var columns: [String] = []
        for row in rows.prefix(Self.rowsMax) {
            for member in row.members ?? []
            where columns.count < Self.columnsMax && !columns.contains(member.name) {
                columns.append(member.name)
            }
        }
        guesses = Self.oneEach(columns.map { Self.guess($0, rows.prefix(Self.rowsMax)) })
    }

    private static func guess(_ column: String, _ rows: ArraySlice<JSONValue>) -> ColumnGuess {
        var values: [String] = []
        var hasNumbers = false
        for row in rows {
            switch row[column] {
            case .string(let text): values.append(text)
            case .number(let digits):
                values.append(digits)
                hasNumbers = true
            case .array, .object:
                return ColumnGuess(column: column, why: "It holds lists or objects.", samples: [])
            default: continue
            }
        }
        return ColumnGuess(column: column, values: values, hasNumbers: hasNumbers)
    }

    /// A field of the form is one column: the first that seems to be it.
    private static func oneEach(_ guesses: [ColumnGuess]) -> [ColumnGuess] {
        var taken: Set<String> = []
        return guesses.map { guess in
            guard case .field(let field) = guess.role, field != "addresses" else { return guess }
            if taken.insert(field).inserted { return guess }
            return guess.without(reason: "Another column is taken as \(field) already.")
        }
    }

    private func column(_ field: String) -> String? {
        guesses.first { $0.role == .field(field) }?.column
    }

    private func columns(_ field: String) -> [String] {
        guesses.filter { $0.role == .field(field) }.map(\.column)
    }

    /// What names a record: a column that says so, an address, a plot; else the title with the number.
    private var record: [String] {
        if let record = column("record") ?? columns("addresses").first { return [record] }
        let plots = guesses.filter { $0.role == .extra("landParcel") }.map(\.column)
        if !plots.isEmpty { return plots }
        return [column("project"), column("title")].compactMap { $0 }
    }

    private var title: String {
        column("title") ?? guesses.first { $0.role == .extra("landParcel") }?.column ?? column("project")
            ?? guesses.first { $0.role != .ignored }?.column ?? ""
    }

    // MARK: The file

    package var text: String { JSONValue.object(head + body + [learned]).draft }

    private func member(_ name: String, _ value: JSONValue) -> JSONMember {
        JSONMember(name: name, value: value)
    }

    private func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private var head: [JSONMember] {
        [
            member(
                "about",
                list([
                    "A draft. Check `fields`, `extra` and `writings` against the samples in `learned`, then import with --form.",
                    "`record` names a record for good: take columns that never change and never repeat.",
                    "`source` names where the records come from; give each origin its own.",
                    "`kinds` says which notice is which item; an empty list leaves every notice unclassified.",
                    "`isWhole` true lets the checks say what a notice lacks: only for complete texts.",
                ])),
            member("form", .string(name)), member("version", .string("1")), member("title", .string(name)),
            member("source", .string(name)), member("carrier", .string(carrier.rawValue)),
            member("required", list(required)),
            member(
                "limits",
                .object([
                    member("lineBytesMax", .number("8388608")), member("titleScalarsMax", .number("300")),
                    member("recordIDBytesMax", .number("400")), member("depthMax", .number("16")),
                ])), member("mayLackDay", .bool(true)), member("publishedFrom", .string("2000-01-01")),
            member("isWhole", .bool(false)),
        ]
    }

    /// Only what a file of this form always has: in a table every column, in JSON the title and what names the record.
    private var required: [String] {
        var names = record + [title]
        if carrier == .table {
            names += guesses.filter { $0.role != .none && $0.role != .ignored }.map(\.column)
        }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private var body: [JSONMember] {
        var fields = [member("record", list(record)), member("title", .string(title))]
        for field in [
            "published", "text", "business", "info", "region", "project", "medium", "buyer", "agency",
            "budget", "indexNumber", "documentNumber", "documentKind", "addressees", "openness", "dated",
            "issuer",
        ] {
            if let column = column(field) { fields.append(member(field, .string(column))) }
        }
        if column("text") == nil {
            fields.append(member("textColumns", list(guesses.filter { $0.role == .none }.map(\.column))))
        }
        fields.append(member("addresses", list(columns("addresses"))))
        let extra = guesses.compactMap { guess -> JSONMember? in
            if case .extra(let role) = guess.role { member(guess.column, .string(role)) } else { nil }
        }
        let writings = guesses.compactMap { guess in
            guess.writing.map { member(guess.column, .string($0)) }
        }
        return [
            member("fields", .object(fields)),
            member("ignored", list(guesses.filter { $0.role == .ignored }.map(\.column))),
            member("writings", .object(writings)), member("extra", .object(extra)),
            member("kinds", .array([])),
            member("phrases", .object([])), member("columns", .object([])),
        ]
    }

    /// What the draft rests on; a form is read without it.
    private var learned: JSONMember {
        member(
            "learned",
            .array(
                guesses.map { guess in
                    .object([
                        member("column", .string(guess.column)), member("role", .string(guess.roleName)),
                        member("why", .string(guess.why)), member("samples", list(guess.samples)),
                    ])
                }))
    }
}

extension ColumnGuess {
    fileprivate init(column: String, why: String, samples: [String]) {
        self.column = column
        self.why = why
        self.samples = samples
        role = .none
        writing = nil
    }

    fileprivate func without(reason: String) -> ColumnGuess {
        ColumnGuess(column: column, why: reason, samples: samples)
    }

    fileprivate var roleName: String {
        switch role {
        case .field(let name), .extra(let name): name
        case .ignored: "ignored"
        case .none: ""
        }
    }
}

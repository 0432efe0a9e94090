import CivilTime

/// Reads a form file, part by part.
struct NoticeFormReader {
    let root: JSONValue

    private static let members: Set<String> = [
        "form", "version", "title", "source", "carrier", "required", "limits", "fields", "ignored",
        "writings",
        "mayLackDay", "publishedFrom", "isWhole", "businessWords", "kinds", "extra", "phrases", "columns",
        // What a draft says to its reader.
        "about", "learned",
    ]
    private static let fieldMembers: Set<String> = [
        "record", "title", "titleEnding", "published", "versionDay", "text", "textColumns", "business",
        "info",
        "region", "project", "medium", "buyer", "agency", "budget", "extra", "attachments", "addresses",
        "indexNumber", "documentNumber", "documentKind", "addressees", "openness", "dated", "issuer",
    ]

    func form() throws(NoticeFormProblem) -> NoticeForm {
        try checkNames(root, Self.members, in: "")
        for part in ["limits", "fields", "writings", "businessWords", "extra", "phrases", "columns"] {
            try checkObject(part)
        }
        try checkNames(root["fields"] ?? .null, Self.fieldMembers, in: "fields.")
        return NoticeForm(
            id: try text("form"), version: try text("version"), title: try text("title"),
            source: try text("source"), carrier: try carrier(),
            requiredFields: try texts("required", in: root),
            limits: try limits(), fields: try fields(), ignored: Set(try optionalTexts("ignored", in: root)),
            writings: try writings(), mayLackDay: try flag("mayLackDay", in: root) ?? false,
            publishedFrom: try publishedFrom(), isWhole: try flag("isWhole", in: root) ?? true,
            businessWords: try businessWords(), kinds: try kinds(), extraRoles: try extraRoles(),
            words: try words())
    }

    /// A member that nothing reads is a slip of the pen, and would change the import in silence.
    private func checkNames(
        _ value: JSONValue, _ known: Set<String>, in part: String
    ) throws(NoticeFormProblem) {
        for member in value.members ?? [] where !known.contains(member.name) {
            throw wrong(part + member.name, "no part of a form is called that")
        }
    }

    private func checkObject(_ name: String) throws(NoticeFormProblem) {
        guard let value = root[name], value.members == nil else { return }
        throw wrong(name, "an object is needed, not \(value.kindName)")
    }

    /// A truth value that may be left out. One in quotation marks would count for none, in silence.
    private func flag(
        _ name: String, in value: JSONValue, part: String = ""
    ) throws(NoticeFormProblem) -> Bool? {
        guard let found = value[name] else { return nil }
        guard let flag = found.bool else {
            throw wrong(part + name, "true or false is needed, not \(found.kindName)")
        }
        return flag
    }

    /// A text that may be left out, or be null.
    private func optionalText(
        _ name: String, in value: JSONValue, part: String
    ) throws(NoticeFormProblem) -> String? {
        guard let found = value[name], found != .null else { return nil }
        guard let text = found.string else {
            throw wrong(part + name, "a text is needed, not \(found.kindName)")
        }
        return text
    }

    private func carrier() throws(NoticeFormProblem) -> FileCarrier {
        guard let carrier = root["carrier"]?.string.flatMap(FileCarrier.init(rawValue:)) else {
            let known = FileCarrier.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong("carrier", "one of \(known) is needed")
        }
        return carrier
    }

    private func writings() throws(NoticeFormProblem) -> [String: CellWriting] {
        var writings: [String: CellWriting] = [:]
        for member in root["writings"]?.members ?? [] {
            guard let writing = member.value.string.flatMap(CellWriting.init) else {
                throw wrong(
                    "writings.\(member.name)",
                    "one of digits, epochSeconds, html, markdown, 元, 万元, 亿元 is needed")
            }
            writings[member.name] = writing
        }
        return writings
    }

    private func publishedFrom() throws(NoticeFormProblem) -> Day? {
        guard let value = root["publishedFrom"] else { return nil }
        guard let day = value.string.flatMap({ Day($0) }) else {
            throw wrong("publishedFrom", "a day YYYY-MM-DD is needed")
        }
        return day
    }

    private func businessWords() throws(NoticeFormProblem) -> [(word: String, business: String)] {
        var words: [(word: String, business: String)] = []
        for member in root["businessWords"]?.members ?? [] {
            guard let business = member.value.string, !member.name.isEmpty else {
                throw wrong("businessWords.\(member.name)", "a word and a business are needed")
            }
            words.append((member.name, business))
        }
        return words
    }

    private func optionalTexts(_ name: String, in value: JSONValue) throws(NoticeFormProblem) -> [String] {
        guard let found = value[name], found != .null else { return [] }
        guard let values = found.array else {
            throw wrong(name, "a list of texts is needed, not \(found.kindName)")
        }
        // A column may have no name at all.
        var texts: [String] = []
        for value in values {
            guard let text = value.string else { throw wrong(name, "a list of texts is needed") }
            texts.append(text)
        }
        return texts
    }

    private func wrong(_ part: String, _ detail: String) -> NoticeFormProblem {
        .badFormFile(part: part, detail: detail)
    }

    private func text(_ name: String) throws(NoticeFormProblem) -> String {
        guard let text = root[name]?.string, !text.isEmpty else { throw wrong(name, "a text is needed") }
        return text
    }

    private func texts(_ name: String, in value: JSONValue) throws(NoticeFormProblem) -> [String] {
        guard let values = value[name]?.array else { throw wrong(name, "a list of texts is needed") }
        var texts: [String] = []
        for value in values {
            guard let text = value.string, !text.isEmpty else {
                throw wrong(name, "a list of texts is needed")
            }
            texts.append(text)
        }
        return texts
    }

    private func limits() throws(NoticeFormProblem) -> NoticeForm.Limits {
        func number(_ name: String) throws(NoticeFormProblem) -> Int {
            guard let value = root["limits"]?[name]?.integer, value > 0 else {
                throw wrong("limits.\(name)", "a whole number over 0 is needed")
            }
            return value
        }
        return NoticeForm.Limits(
            lineBytesMax: try number("lineBytesMax"), titleScalarsMax: try number("titleScalarsMax"),
            recordIDBytesMax: try number("recordIDBytesMax"), depthMax: try number("depthMax"))
    }

    private func fields() throws(NoticeFormProblem) -> NoticeForm.Fields {
        guard let fields = root["fields"] else { throw wrong("fields", "missing") }
        func needed(_ name: String) throws(NoticeFormProblem) -> String {
            guard let field = fields[name]?.string else {
                throw wrong("fields.\(name)", "a field name is needed")
            }
            return field
        }
        func named(_ name: String) throws(NoticeFormProblem) -> String? {
            try optionalText(name, in: fields, part: "fields.")
        }
        return NoticeForm.Fields(
            record: try record(fields), title: try needed("title"),
            titleEnding: try named("titleEnding"), published: try named("published"),
            versionDay: try named("versionDay"),
            text: try named("text"), textColumns: try optionalTexts("textColumns", in: fields),
            business: try named("business"), info: try named("info"),
            region: try named("region"), project: try named("project"),
            medium: try named("medium"), buyer: try named("buyer"),
            agency: try named("agency"), budget: try named("budget"),
            extra: try named("extra"), attachments: try named("attachments"),
            indexNumber: try named("indexNumber"), documentNumber: try named("documentNumber"),
            documentKind: try named("documentKind"), addressees: try named("addressees"),
            openness: try named("openness"), dated: try named("dated"), issuer: try named("issuer"),
            addresses: try optionalTexts("addresses", in: fields))
    }

    private func record(_ fields: JSONValue) throws(NoticeFormProblem) -> [String] {
        if let field = fields["record"]?.string { return [field] }
        return try texts("record", in: fields)
    }

    private func kinds() throws(NoticeFormProblem) -> [NoticeForm.KindRule] {
        guard let rows = root["kinds"]?.array else { throw wrong("kinds", "a list is needed") }
        var rules: [NoticeForm.KindRule] = []
        for (index, row) in rows.enumerated() {
            let part = "kinds[\(index)]"
            guard let business = row["business"]?.string, let info = row["info"]?.string else {
                throw wrong(part, "business and info are needed")
            }
            guard let kind = row["kind"]?.string.flatMap(NoticeKind.init(rawValue:)) else {
                throw wrong(part, "no kind of notice is called that")
            }
            let headings = row["headings"] == nil ? [] : try texts("headings", in: row)
            var items: [String: String] = [:]
            for member in row["items"]?.members ?? [] {
                guard let item = member.value.string else {
                    throw wrong("\(part).items.\(member.name)", "an item is needed, as a text")
                }
                items[member.name] = item
            }
            rules.append(
                NoticeForm.KindRule(
                    business: business, info: info, headings: headings.map(NoticeText.fold), kind: kind,
                    items: items, isCorrection: try flag("correction", in: row, part: part + ".") ?? false,
                    reason: try optionalText("reason", in: row, part: part + ".")))
        }
        return rules
    }

    private func extraRoles() throws(NoticeFormProblem) -> [String: NoticeRole] {
        var roles: [String: NoticeRole] = [:]
        for member in root["extra"]?.members ?? [] {
            guard let role = member.value.string.flatMap(NoticeRole.init(rawValue:)) else {
                throw wrong("extra.\(member.name)", "no role is called that")
            }
            roles[member.name] = role
        }
        return roles
    }

    private func words() throws(NoticeFormProblem) -> NoticeWords {
        var numbers: [[UInt8]: Int] = [:]
        var phrases: [[UInt8]] = []
        var roles: [Set<NoticeRole>] = []
        var columns: [NoticeColumn?] = []
        var printed: [String] = []
        func number(_ phrase: String, _ part: String) throws(NoticeFormProblem) -> Int {
            let folded = NoticeText.fold(phrase)
            guard PhraseIndex.canHold(folded) else {
                throw wrong(part, "“\(phrase)” must start with a Chinese character")
            }
            if let known = numbers[folded] { return known }
            numbers[folded] = phrases.count
            phrases.append(folded)
            roles.append([])
            columns.append(nil)
            printed.append(phrase)
            return phrases.count - 1
        }
        for member in root["phrases"]?.members ?? [] {
            guard let role = NoticeRole(rawValue: member.name) else {
                throw wrong("phrases.\(member.name)", "no role is called that")
            }
            for phrase in try texts(member.name, in: root["phrases"] ?? .null) {
                roles[try number(phrase, "phrases.\(member.name)")].insert(role)
            }
        }
        for member in root["columns"]?.members ?? [] {
            guard let column = NoticeColumn(rawValue: member.name) else {
                throw wrong("columns.\(member.name)", "no column is called that")
            }
            for phrase in try texts(member.name, in: root["columns"] ?? .null) {
                columns[try number(phrase, "columns.\(member.name)")] = column
            }
        }
        guard root["phrases"] != nil else { throw wrong("phrases", "missing") }
        return NoticeWords(
            index: PhraseIndex(phrases), roles: roles, columns: columns, printed: printed,
            methods: ProcurementMethod.allCases.map { (NoticeText.fold($0.rawValue), $0) })
    }
}

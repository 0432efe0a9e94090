/// What the checks look for: which elements a kind of notice must have, and which periods it must grant.
///
/// The lengths and clauses of periods stand in the law data; here stands which rule looks at which times.
package struct NoticeRules: Sendable {
    package let version: String
    let elements: [ElementRule]
    let periods: [PeriodRule]
    let noticePeriods: [NoticePeriodRule]

    /// The elements (要素) that a kind of notice must have.
    struct ElementRule: Sendable {
        let id: String
        let kind: NoticeKind
        let item: String
        let clause: String
        let verified: Bool
        /// The projects to which the rule applies, when the notice does not show whether it is one.
        let scope: String?
        let elements: [Element]
        let index: PhraseIndex
        /// By phrase: the element, and whether the phrase only comes near it.
        let meanings: [[(element: Int, isNear: Bool)]]
    }

    struct Element: Sendable {
        let name: String
        let phrases: [String]
        /// Not asked of a notice that says that the procedure failed.
        let unlessFailed: Bool
    }

    /// What happens when a period is long enough only by counting its first day.
    enum FirstDay: String, Sendable {
        /// Nothing: practice everywhere counts it.
        case accept
        /// A note.
        case note
    }

    struct PeriodRule: Sendable {
        /// A rule of the law data, form `minimum`.
        let rule: String
        let kinds: [NoticeKind]
        /// Empty: any method.
        let methods: [ProcurementMethod]
        let from: NoticeTime.Role
        let to: NoticeTime.Role
        /// The notice prints a period from–to whose first day may follow the day of publication.
        let printsWholeDays: Bool
        let firstDay: FirstDay
        /// Whether a period that ends on a rest day (休息日) is noted.
        let notesRestDay: Bool
    }

    struct NoticePeriodRule: Sendable {
        let rule: String
        let kinds: [NoticeKind]
        let methods: [ProcurementMethod]
    }

    /// Reads a file of checks.
    ///
    /// - Throws: `badFormFile` with the place in the file.
    package static func load(_ bytes: [UInt8]) throws(NoticeFormProblem) -> NoticeRules {
        let root: JSONValue
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw .badFormFile(part: "byte \(error.offset)", detail: error.detail)
        }
        return try NoticeRulesReader(root: root).rules()
    }
}

private struct NoticeRulesReader {
    let root: JSONValue

    func rules() throws(NoticeFormProblem) -> NoticeRules {
        guard let version = root["version"]?.string else { throw wrong("version", "a text is needed") }
        var elements: [NoticeRules.ElementRule] = []
        for (index, value) in (root["elements"]?.array ?? []).enumerated() {
            elements.append(try elementRule(value, "elements[\(index)]"))
        }
        var periods: [NoticeRules.PeriodRule] = []
        for (index, value) in (root["periods"]?.array ?? []).enumerated() {
            periods.append(try periodRule(value, "periods[\(index)]"))
        }
        var noticePeriods: [NoticeRules.NoticePeriodRule] = []
        for (index, value) in (root["noticePeriods"]?.array ?? []).enumerated() {
            let part = "noticePeriods[\(index)]"
            noticePeriods.append(
                NoticeRules.NoticePeriodRule(
                    rule: try text("rule", value, part), kinds: try kinds(value, part),
                    methods: try methods(value, part)))
        }
        return NoticeRules(
            version: version, elements: elements, periods: periods, noticePeriods: noticePeriods)
    }

    private func wrong(_ part: String, _ detail: String) -> NoticeFormProblem {
        .badFormFile(part: part, detail: detail)
    }

    private func text(_ name: String, _ value: JSONValue, _ part: String) throws(NoticeFormProblem) -> String
    {
        guard let text = value[name]?.string, !text.isEmpty else {
            throw wrong("\(part).\(name)", "a text is needed")
        }
        return text
    }

    private func texts(_ name: String, _ value: JSONValue) -> [String] {
        (value[name]?.array ?? []).compactMap(\.string)
    }

    private func kinds(_ value: JSONValue, _ part: String) throws(NoticeFormProblem) -> [NoticeKind] {
        var kinds: [NoticeKind] = []
        for name in texts("kinds", value) {
            guard let kind = NoticeKind(rawValue: name) else {
                throw wrong(part, "no kind of notice is called \(name)")
            }
            kinds.append(kind)
        }
        return kinds
    }

    private func methods(_ value: JSONValue, _ part: String) throws(NoticeFormProblem) -> [ProcurementMethod]
    {
        var methods: [ProcurementMethod] = []
        for name in texts("methods", value) {
            guard let method = ProcurementMethod(rawValue: name) else {
                throw wrong(part, "no method is called \(name)")
            }
            methods.append(method)
        }
        return methods
    }

    private func elementRule(_ value: JSONValue, _ part: String) throws(NoticeFormProblem)
        -> NoticeRules.ElementRule
    {
        guard let kind = value["kind"]?.string.flatMap(NoticeKind.init(rawValue:)) else {
            throw wrong(part, "no kind of notice is called that")
        }
        guard let verified = value["verified"]?.bool else {
            throw wrong("\(part).verified", "true or false is needed")
        }
        var elements: [NoticeRules.Element] = []
        var numbers: [[UInt8]: Int] = [:]
        var phrases: [[UInt8]] = []
        var meanings: [[(element: Int, isNear: Bool)]] = []
        for (index, element) in (value["elements"]?.array ?? []).enumerated() {
            let here = "\(part).elements[\(index)]"
            elements.append(
                NoticeRules.Element(
                    name: try text("name", element, here), phrases: texts("phrases", element),
                    unlessFailed: element["unlessFailed"]?.bool ?? false))
            for (name, isNear) in [("phrases", false), ("near", true)] {
                for phrase in texts(name, element) {
                    let folded = NoticeText.fold(phrase)
                    guard PhraseIndex.canHold(folded) else {
                        throw wrong(here, "“\(phrase)” must start with a Chinese character")
                    }
                    let number = numbers[folded] ?? phrases.count
                    if number == phrases.count {
                        numbers[folded] = number
                        phrases.append(folded)
                        meanings.append([])
                    }
                    meanings[number].append((index, isNear))
                }
            }
        }
        // A longer phrase found hides a shorter one that starts with it, so it also means what the shorter one means.
        for (number, phrase) in phrases.enumerated() {
            for (other, shorter) in phrases.enumerated()
            where other != number && phrase.starts(with: shorter) {
                meanings[number].append(contentsOf: meanings[other])
            }
        }
        return NoticeRules.ElementRule(
            id: try text("rule", value, part), kind: kind, item: try text("item", value, part),
            clause: try text("clause", value, part), verified: verified, scope: value["scope"]?.string,
            elements: elements,
            index: PhraseIndex(phrases), meanings: meanings)
    }

    private func periodRule(_ value: JSONValue, _ part: String) throws(NoticeFormProblem)
        -> NoticeRules.PeriodRule
    {
        guard let from = value["from"]?.string.flatMap(NoticeTime.Role.init(rawValue:)),
            let to = value["to"]?.string.flatMap(NoticeTime.Role.init(rawValue:))
        else { throw wrong(part, "no time is called that") }
        guard let firstDay = value["firstDay"]?.string.flatMap(NoticeRules.FirstDay.init(rawValue:)) else {
            throw wrong("\(part).firstDay", "accept or note is needed")
        }
        return NoticeRules.PeriodRule(
            rule: try text("rule", value, part), kinds: try kinds(value, part),
            methods: try methods(value, part),
            from: from, to: to, printsWholeDays: value["printsWholeDays"]?.bool ?? false, firstDay: firstDay,
            notesRestDay: value["restDay"]?.string == "note")
    }
}
